"""An import from its deposit to its end.

    deposer ─▶ (the worker) derouler ─▶ batch ─▶ batch ─▶ … ─▶ clos
                     ▲                    │ killed
                     └── reprendre ◀──────┘

Each batch is one transaction: its offers, its lines of the report, and how far the import got. A worker that takes over
reads the file again from the start (half a minute at most), skips the rows that are written, and goes on.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from offres.depots import REPRISES, FichierImporte, ImportOffres, Issue, LigneImport
from offres.imports.classeur import Illisible
from offres.imports.colonnes import PAR_NOM, extrait
from offres.imports.ecriture import Lot, retirer_les_absentes
from offres.imports.formats import COLONNES, Ligne, Tableau, ouvrir
from offres.imports.lecture import Cle, Lecture, LigneLue
from offres.models import Bailleur

PAR_LOT = 500
"""Rows of a transaction: a third of a second, during which nobody may apply to the offers it changes."""
COMPTEURS = {
    Issue.NOUVELLE: "nouvelles",
    Issue.CHANGEE: "changees",
    Issue.INCHANGEE: "inchangees",
    Issue.RETIREE: "retirees",
    Issue.REFUSEE: "refusees",
}
ABANDON = (
    "L’import s’est interrompu plusieurs fois au même endroit. Ce qui est compté est enregistré ; prévenez le support."
)


SANS_NOM = (
    "La ligne {} ne dit pas de quelle offre il s’agit : aucune offre absente du fichier n’a été retirée. Corrigez-la."
)


class DejaAvance(Exception):
    """Somebody else is further on with this import."""


def deposer(
    contenu: bytes, nom: str, *, par: User | None, bailleur: Bailleur | None, a_blanc: bool, complet: bool = False
) -> ImportOffres:
    """Keep a file until the worker has read it. Raises `Illisible` for what can be told of it at once."""
    tableau = ouvrir(contenu)
    if tableau.colonnes and (manquantes := Lecture.pour(bailleur).manquantes(tableau.colonnes)):
        raise Illisible(f"Il manque à ce fichier : {', '.join(manquantes)}. La première ligne nomme les colonnes.")
    if complet and bailleur is None:
        raise Illisible("Choisissez le bailleur dont ce fichier contient toutes les offres.")
    with transaction.atomic():
        depot = ImportOffres.objects.create(
            par=par,
            bailleur=bailleur,
            nom_fichier=extrait(nom, 140),
            format=tableau.format,
            taille=len(contenu),
            empreinte=hashlib.sha256(contenu).hexdigest(),
            a_blanc=a_blanc,
            complet=complet,
            colonnes_ignorees=[colonne for colonne in tableau.colonnes if colonne not in PAR_NOM],
            lignes_annoncees=tableau.annonce,
        )
        FichierImporte.objects.create(depot=depot, contenu=contenu)
    return depot


def confirmer(essai: ImportOffres, *, par: User) -> ImportOffres | None:
    """« Importer pour de bon » : a new import, to which the dry run gives its file; None when it has none any more."""
    with transaction.atomic():
        fichier = FichierImporte.objects.select_for_update().filter(depot=essai).first()
        if fichier is None or not essai.reste_a_confirmer:
            return None
        neuf = ImportOffres.objects.create(
            par=par,
            bailleur=essai.bailleur,
            nom_fichier=essai.nom_fichier,
            format=essai.format,
            taille=essai.taille,
            empreinte=essai.empreinte,
            complet=essai.complet,
            colonnes_ignorees=essai.colonnes_ignorees,
            lignes_annoncees=essai.lignes_lues,
        )
        FichierImporte.objects.filter(pk=fichier.pk).update(depot=neuf)
    return neuf


def derouler(identifiant: UUID, par_lot: int = PAR_LOT) -> None:
    """Bring an import to its end from wherever it is; two at once share nothing and write nothing twice."""
    depot = ImportOffres.objects.select_related("bailleur", "fichier").filter(pk=identifiant, fini_le=None).first()
    if depot is None:
        return
    try:
        _derouler(depot, ouvrir(bytes(depot.fichier.contenu)), par_lot)
    except Illisible as refus:
        _clore(depot, {}, str(refus))
    except DejaAvance:
        return


def reprendre(identifiant: UUID) -> None:
    """Take up an import whose worker is gone; give it up when it never moves."""
    depot = ImportOffres.objects.arretes().filter(pk=identifiant).first()
    if depot is None:
        return
    if depot.reprises >= REPRISES:
        _clore(depot, {}, ABANDON)
        return
    moi = ImportOffres.objects.arretes().filter(pk=identifiant, reprises=depot.reprises)
    if moi.update(reprises=depot.reprises + 1, avance_le=timezone.now()):
        derouler(identifiant)


def oublier_les_fichiers() -> int:
    """Drop the files of dry runs that nobody followed up. Returns how many."""
    return FichierImporte.objects.filter(depot__in=ImportOffres.objects.aux_fichiers_inutiles()).delete()[0]


def _derouler(depot: ImportOffres, tableau: Tableau, par_lot: int) -> None:
    lecture, vues, lues, sans_nom = Lecture.pour(depot.bailleur), dict[Cle, int](), 0, 0
    for lignes in _par_lots(tableau.lignes, par_lot):
        if lues < depot.lignes_lues:
            _retenir(vues, du_lot := [lecture.cle(ligne) for ligne in lignes])
        else:
            _traiter(depot, du_lot := lecture.lire(lignes), vues, lues, _inconnues(lignes))
        sans_nom = sans_nom or next((lue.numero for lue in du_lot if lue.cle is None), 0)
        lues += len(lignes)
    _clore(depot, vues, sans_nom=sans_nom)


def _par_lots(lignes: Iterator[Ligne], par_lot: int) -> Iterator[list[Ligne]]:
    while lot := list(islice(lignes, par_lot)):
        yield lot


def _retenir(vues: dict[Cle, int], lues: list[LigneLue]) -> None:
    """The rows that are written already, for those that name the same offer again."""
    for lue in lues:
        if lue.cle is not None:
            vues.setdefault(lue.cle, lue.numero)


def _inconnues(lignes: list[Ligne]) -> set[str]:
    """The columns that we do not read; in JSON each row has its own."""
    return {nom for ligne in lignes for nom in ligne.cellules if nom} - PAR_NOM.keys()


def _traiter(
    depot: ImportOffres, lues: list[LigneLue], vues: dict[Cle, int], deja: int, inconnues: Iterable[str]
) -> None:
    with transaction.atomic():
        _prendre(depot, deja)
        lot = Lot(lues, vues, timezone.localdate())
        if not depot.a_blanc:
            lot.ecrire()
        for sort in lot.sorts:
            compteur = COMPTEURS[sort.issue]
            setattr(depot, compteur, getattr(depot, compteur) + 1)
        LigneImport.objects.bulk_create(
            LigneImport(depot=depot, numero=s.ligne.numero, reference=s.ligne.reference, issue=s.issue, detail=s.detail)
            for s in lot.sorts
            if s.issue is not Issue.INCHANGEE
        )
        depot.colonnes_ignorees = sorted({*depot.colonnes_ignorees, *inconnues})[:COLONNES]
        depot.lignes_lues, depot.avance_le, depot.reprises = deja + len(lues), timezone.now(), 0
        depot.save()


def _prendre(depot: ImportOffres, deja: int) -> None:
    """Ours until we commit. Raises `DejaAvance` when it is not where we left it."""
    depot.refresh_from_db(from_queryset=ImportOffres.objects.select_for_update())
    if depot.lignes_lues != deja or depot.fini_le is not None:
        raise DejaAvance


def _clore(depot: ImportOffres, vues: dict[Cle, int], erreur: str = "", sans_nom: int = 0) -> None:
    """The end: what a whole file lacks is withdrawn, the file is forgotten unless a dry run may be followed up.

    A row that names no offer, `sans_nom`, may be about any of those that seem to lack: then nothing is withdrawn.
    """
    with transaction.atomic():
        _prendre(depot, depot.lignes_lues)
        depot.erreur, depot.fini_le = erreur, timezone.now()
        acceptees = depot.nouvelles + depot.changees + depot.inchangees + depot.retirees
        if not erreur and not acceptees:
            depot.erreur = (
                "Aucune ligne de ce fichier n’a pu être lue." if depot.lignes_lues else "Ce fichier est vide."
            )
        elif depot.complet and sans_nom and not erreur:
            depot.erreur = SANS_NOM.format(sans_nom)
        elif depot.complet and depot.bailleur and not erreur:
            absentes = retirer_les_absentes(depot.bailleur, vues, a_blanc=depot.a_blanc)
            depot.retirees += len(absentes)
            LigneImport.objects.bulk_create(
                LigneImport(depot=depot, reference=r, issue=Issue.RETIREE, detail="absente du fichier")
                for r in absentes
            )
        depot.save()
        if not depot.a_blanc or depot.erreur:
            FichierImporte.objects.filter(depot=depot).delete()
