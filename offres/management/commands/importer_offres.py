"""`manage.py importer_offres FICHIER`: what an adviser does in the admin, from the machine, without the worker."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from offres.depots import ImportOffres, Issue
from offres.imports.classeur import Illisible
from offres.imports.deroulement import deposer, derouler
from offres.imports.rapport import en_csv
from offres.models import Bailleur

REFUS_MONTRES = 20
"""Rows that are printed; the report has them all."""


class Command(BaseCommand):
    help = "Importe un fichier d’offres (CSV, XLSX ou JSON : docs/import-offres.md) et écrit le compte de ses lignes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument("--bailleur", help="nom ou SIREN, si le fichier n’a pas de colonne bailleur")
        parser.add_argument(
            "--a-blanc", action="store_true", help="dire ce qui serait fait : aucune offre n’est écrite"
        )
        parser.add_argument(
            "--complet", action="store_true", help="retirer les offres du bailleur qui ne sont pas dans le fichier"
        )
        parser.add_argument("--rapport", type=Path, help="où écrire le rapport ligne à ligne (CSV)")

    def handle(
        self, *_: Any, fichier: Path, bailleur: str, a_blanc: bool, complet: bool, rapport: Path | None, **__: Any
    ) -> None:
        depot = self._importer(fichier, _trouver(bailleur) if bailleur else None, a_blanc=a_blanc, complet=complet)
        if rapport:
            rapport.write_text("".join(en_csv(depot)), encoding="utf-8", newline="")
        comptes = ", ".join(f"{nombre} {quoi}" for quoi, nombre in depot.comptes)
        self.stdout.write(f"{depot.lignes_lues} lignes lues : {comptes}.")
        if depot.colonnes_ignorees:
            self.stdout.write(f"Colonnes inconnues, non lues : {', '.join(depot.colonnes_ignorees)}.")
        for ligne in depot.lignes.filter(issue=Issue.REFUSEE)[:REFUS_MONTRES]:
            self.stdout.write(f"ligne {ligne.numero}, {ligne.detail}")
        if depot.refusees > REFUS_MONTRES:
            self.stdout.write(f"… et {depot.refusees - REFUS_MONTRES} autres : --rapport CHEMIN les écrit toutes.")
        if depot.erreur:
            raise CommandError(depot.erreur)
        if a_blanc:
            self.stdout.write("À blanc : aucune offre n’a été écrite.")

    @staticmethod
    def _importer(fichier: Path, bailleur: Bailleur | None, *, a_blanc: bool, complet: bool) -> ImportOffres:
        try:
            depot = deposer(
                fichier.read_bytes(), fichier.name, par=None, bailleur=bailleur, a_blanc=a_blanc, complet=complet
            )
        except OSError as erreur:
            raise CommandError(f"{fichier} ne se lit pas : {erreur.strerror}.") from erreur
        except Illisible as refus:
            raise CommandError(str(refus)) from refus
        derouler(depot.pk)
        depot.refresh_from_db()
        if a_blanc and hasattr(depot, "fichier"):
            depot.fichier.delete()  # the file is on the machine: nobody will press « Importer pour de bon »
        return depot


def _trouver(dit: str) -> Bailleur:
    bailleur = Bailleur.objects.filter(siren=dit).first() or Bailleur.objects.filter(nom__iexact=dit).first()
    if bailleur is None:
        raise CommandError(f"Aucun bailleur n’est connu sous « {dit} ».")
    return bailleur
