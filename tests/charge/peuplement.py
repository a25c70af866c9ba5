"""A country's worth of rows, by COPY. Each row is a real one, made by the factories, with its identifiers changed.

So a column that is added one day is filled like the others, and nothing here knows the columns it does not vary.
"""

import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from accounts.models import Acceptation, Texte, User
from candidatures.models import Candidature
from demandes.models import Commune, Demande, Emploi, Instantane, Souhait
from offres.models import Bailleur, Offre
from tests.factories import CandidatureFactory

FINANCEMENTS = ("PLUS", "PLUS", "PLUS", "PLAI", "PLS", "LLI")
TYPOLOGIES = ("T1", "T2", "T2", "T3", "T3", "T4", "T5")
PASSES = ("annulee", "invalidee", "non_attribuee", "irrecevable", "retiree")
ACTIFS = ("deposee", "deposee", "validee", "transmise")
GRANDES_VILLES = 400
"""Four in ten wishes and offers are in these communes."""


@dataclass(frozen=True)
class Echelle:
    """How many of each. `part` of the country: 1.0 is all of it."""

    part: float

    def de(self, nombre: int) -> int:
        return max(1, round(nombre * self.part))

    @property
    def demandes(self) -> int:
        return self.de(1_000_000)

    @property
    def offres(self) -> int:
        return self.de(50_000)

    @property
    def actives(self) -> int:
        return self.de(300_000)

    @property
    def passees(self) -> int:
        return self.de(5_000_000)


def identifiant(genre: int, n: int) -> str:
    """The identifier of the n-th row of a kind: in order, so that indexes fill at their end."""
    return str(uuid.UUID(int=(genre << 100) | (4 << 76) | (8 << 60) | n))


USER, DEMANDE, OFFRE, PASSEE, CANDIDATURE = range(1, 6)


class Copieur:
    """Writes rows like this one, changed."""

    def __init__(self, modele: type[models.Model], pk: Any) -> None:
        self.table = modele._meta.db_table
        with connection.cursor() as curseur:
            curseur.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(self.table)).as_string())
            self.colonnes = [c.name for c in curseur.description]
            textes = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(c)) for c in self.colonnes)
            requete = sql.SQL("SELECT {} FROM {} WHERE {} = %s").format(
                textes, sql.Identifier(self.table), sql.Identifier(str(modele._meta.pk.column))
            )
            curseur.execute(requete.as_string(), [pk])
            self.ligne = list(curseur.fetchone())

    def copier(self, chez: psycopg.Connection[Any], varie: Iterable[dict[str, Any]]) -> None:
        places: dict[str, int] = {nom: n for n, nom in enumerate(self.colonnes)}
        ordre = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, self.colonnes))
        )
        with chez.cursor() as curseur, curseur.copy(ordre) as flux:
            for changements in varie:
                ligne = self.ligne.copy()
                for nom, valeur in changements.items():
                    ligne[places[nom]] = valeur
                flux.write_row(ligne)


class Pays:
    """Fills a database that holds the reference data; `url` is a superuser's, who may skip the triggers."""

    def __init__(self, url: str, echelle: Echelle) -> None:
        self.echelle, self.hasard = echelle, random.Random(20261122)
        self.chez = psycopg.connect(url, autocommit=True)
        self.chez.execute("SET session_replication_role = replica")
        self.voisines = self._departements()
        self.communes = [code for codes in self.voisines.values() for code in codes]
        self.hasard.shuffle(self.communes)
        self.grandes_villes = self.communes[: echelle.de(GRANDES_VILLES)]

    def _departements(self) -> dict[str, list[str]]:
        """The communes of whole départements, enough for that part of the country: as many rows to a commune as in all
        of it, so that a page shows as much."""
        groupes: dict[str, list[str]] = {}
        for code in (
            Commune.objects.exclude(departement__code__startswith="97").order_by("code").values_list("code", flat=True)
        ):
            groupes.setdefault(code[:2], []).append(code)
        reste, gardes = self.echelle.part * sum(map(len, groupes.values())), {}
        while reste > 0 and groupes:
            departement = min(
                self.hasard.sample(sorted(groupes), len(groupes)), key=lambda d: max(0, len(groupes[d]) - reste)
            )
            gardes[departement] = groupes.pop(departement)
            reste -= len(gardes[departement])
        return gardes

    def une_commune(self) -> str:
        grande = self.hasard.random() < 0.4
        return self.hasard.choice(self.grandes_villes if grande else self.communes)

    def remplir(self) -> None:
        modele = CandidatureFactory()
        demande, emploi = modele.demande, modele.demande.emploi
        self._bailleurs(modele.offre.bailleur)
        self._offres(modele.offre)
        self._personnes(demande, emploi)
        self._candidatures(modele)
        Candidature.objects.filter(pk=modele.pk).delete()
        self.chez.execute("SET session_replication_role = origin")
        self.chez.execute("UPDATE offres_offre SET commune_id = commune_id")  # copies what the trigger could not
        self.chez.execute("VACUUM ANALYZE")
        self.chez.close()

    def _bailleurs(self, modele: Bailleur) -> None:
        copieur, self.premier_bailleur = Copieur(Bailleur, modele.pk), modele.pk + 1
        lignes = ({"id": self.premier_bailleur + n, "nom": f"Bailleur {n}"} for n in range(300))
        copieur.copier(self.chez, lignes)

    def _offres(self, modele: Offre) -> None:
        Copieur(Offre, modele.pk).copier(self.chez, self._lignes_des_offres())

    def _lignes_des_offres(self) -> Iterator[dict[str, Any]]:
        jour, h = timezone.localdate(), self.hasard
        for genre, nombre in ((OFFRE, self.echelle.offres), (PASSEE, self.echelle.offres * 2)):
            for n in range(nombre):
                commune, ouverte, loyer = self.une_commune(), genre == OFFRE, h.randint(300, 1300)
                parue = jour - timedelta(days=h.randint(0, 14) if ouverte else h.randint(90, 900))
                yield {
                    "id": identifiant(genre, n),
                    "reference": f"B{genre}-{n}",
                    "bailleur_id": self.premier_bailleur + n % 300,
                    "statut": "publiee" if ouverte else "retiree",
                    "commune_id": commune,
                    "code_postal": commune,
                    "typologie": h.choice(TYPOLOGIES),
                    "surface": h.randint(18, 95),
                    "loyer": loyer - 60,
                    "loyer_charges_comprises": loyer,
                    "financement": h.choice(FINANCEMENTS),
                    "publiee_le": parue,
                    "date_limite": parue + timedelta(days=15 + h.randint(0, 15)),
                }

    def _personnes(self, demande: Demande, emploi: Emploi) -> None:
        nombre, jour = self.echelle.demandes, timezone.localdate()
        instantane = demande.instantanes.latest()
        souhait = demande.souhait_set.first() or Souhait.objects.create(
            demande=demande, commune_id=self.communes[0], rang=1
        )
        Copieur(User, demande.demandeur_id).copier(
            self.chez,
            (
                {
                    "id": identifiant(USER, n),
                    "email": f"personne{n}@charge.exemple",
                    "prenom": f"Prénom{n % 400}",
                    "nom_naissance": f"Nom{n * 7_919 % 20_000}",
                }
                for n in range(nombre)
            ),
        )
        for texte in Texte.objects.a_connaitre(User(pk=uuid.uuid4())):
            acceptation, _ = Acceptation.objects.get_or_create(personne_id=demande.demandeur_id, texte=texte)
            depart = 10_000_000 * (1 + texte.pk)
            Copieur(Acceptation, acceptation.pk).copier(
                self.chez, ({"id": depart + n, "personne_id": identifiant(USER, n)} for n in range(nombre))
            )
        Copieur(Demande, demande.pk).copier(
            self.chez,
            (
                {
                    "id": identifiant(DEMANDE, n),
                    "demandeur_id": identifiant(USER, n),
                    "numero_unique": f"0750120{n:08d}GDP"[:18],
                    "nombre_personnes": 1 + n % 5,
                    "categorie_menage": 1 + n % 5,
                    "rfr": 12_000 + (n * 37) % 40_000,
                    "ressources": 1_200 + (n * 13) % 2_600,
                    "deposee_le": jour - timedelta(days=n % 3_000),
                }
                for n in range(nombre)
            ),
        )
        Copieur(Emploi, emploi.pk).copier(
            self.chez, ({"id": 10_000_000 + n, "demande_id": identifiant(DEMANDE, n)} for n in range(nombre))
        )
        Copieur(Instantane, instantane.pk).copier(
            self.chez, ({"id": 10_000_000 + n, "demande_id": identifiant(DEMANDE, n)} for n in range(nombre))
        )
        Copieur(Souhait, souhait.pk).copier(self.chez, self._lignes_des_souhaits(nombre))

    def _lignes_des_souhaits(self, nombre: int) -> Iterator[dict[str, Any]]:
        rang_de_la_ligne = 10_000_000
        for n in range(nombre):
            premiere = self.une_commune()
            voisines = self.voisines[premiere[:2]]
            voulues = dict.fromkeys((premiere, self.hasard.choice(voisines), self.hasard.choice(voisines)))
            for rang, commune in enumerate(voulues, start=1):
                rang_de_la_ligne += 1
                yield {
                    "id": rang_de_la_ligne,
                    "demande_id": identifiant(DEMANDE, n),
                    "commune_id": commune,
                    "rang": rang,
                }

    def _candidatures(self, modele: Candidature) -> None:
        Copieur(Candidature, modele.pk).copier(self.chez, self._lignes_des_candidatures())

    def _lignes_des_candidatures(self) -> Iterator[dict[str, Any]]:
        e, h = self.echelle, self.hasard
        for n in range(e.actives + e.passees):
            active = n < e.actives
            qui = n if active else h.randrange(e.demandes)
            # A few offers draw a crowd, as in life.
            ou = int(e.offres * (1 if active else 2) * h.random() ** 2)
            yield {
                "id": identifiant(CANDIDATURE, n),
                "demande_id": identifiant(DEMANDE, qui),
                "instantane_id": 10_000_000 + qui,
                "offre_id": identifiant(OFFRE if active else PASSEE, ou),
                "statut": h.choice(ACTIFS if active else PASSES),
            }
