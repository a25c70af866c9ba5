"""The copies of the registry in words: the last one whole, the earlier ones by what they said otherwise."""

from collections.abc import Iterator

from demandes import lecture
from demandes.importation import noms_des_communes
from demandes.lecture import Changement, Ligne, Rubrique
from demandes.models import Demande, Instantane
from demandes.sne import nomenclature as codes
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import comparables, dossier_depuis_instantane


def lues(demande: Demande) -> list[tuple[Instantane, tuple[Rubrique, ...], tuple[Changement, ...]]]:
    """Every copy, newest first, with its words, or with the lines that the next one changed."""
    instantanes = list(demande.instantanes.order_by("-lu_le", "-id"))
    dossiers = [dossier_depuis_instantane(instantane.contenu) for instantane in instantanes]
    noms = noms_des_communes(*dossiers)
    premiere = [(instantanes[0], tuple(au_complet(dossiers[0], noms)), ())] if instantanes else []
    return premiere + [
        (instantane, (), tuple(_changements(avant, apres, noms)))
        for instantane, avant, apres in zip(instantanes[1:], dossiers[1:], dossiers, strict=False)
    ]


def _changements(avant: DossierSNE, apres: DossierSNE, noms: dict[str, str]) -> list[Changement]:
    avant, apres = comparables(avant, apres)
    return lecture.changements(au_complet(avant, noms), au_complet(apres, noms))


def au_complet(dossier: DossierSNE, noms: dict[str, str]) -> list[Rubrique]:
    """The words of `demandes.lecture`, and the few lines that nobody else has a use for."""
    return [*lecture.rubriques(dossier, noms), Rubrique("Le reste de la fiche du registre", tuple(_reste(dossier)))]


def _reste(dossier: DossierSNE) -> Iterator[Ligne]:
    yield Ligne("Guichet d’enregistrement", dossier.num_guichet)
    yield Ligne("Dernière modification au registre", f"{dossier.date_derniere_modification:%d/%m/%Y}")
    if dossier.motif_radiation:
        yield Ligne("Motif de la radiation", codes.RADIATIONS[dossier.motif_radiation])
    if dossier.autre_motif:
        yield Ligne("Autre motif de la demande", dossier.autre_motif)
    for adulte in dossier.adultes:
        if adulte.lien:
            yield Ligne(f"{adulte.prenom} {adulte.nom}, lien", codes.LIENS[adulte.lien])
        if adulte.siret_employeur:
            yield Ligne(f"{adulte.prenom} {adulte.nom}, n° SIRET de l’employeur", adulte.siret_employeur)
    for personne in dossier.personnes_a_charge:
        invalidite = ", carte mobilité inclusion « invalidité »" if personne.invalidite else ""
        yield Ligne(f"{personne.prenom} {personne.nom}, sexe", f"{codes.SEXES[personne.sexe]}{invalidite}")
    yield from _logement(dossier)
    for rang, piece in enumerate(dossier.pieces, start=1):
        yield Ligne(f"Pièce déposée {rang}", f"{piece.libelle} ({piece.code}), le {piece.deposee_le:%d/%m/%Y}")


def _logement(dossier: DossierSNE) -> Iterator[Ligne]:
    logement = dossier.logement_actuel
    if logement.categorie:
        yield Ligne("Logement actuel, catégorie", codes.CATEGORIES_LOGEMENT[logement.categorie])
    if logement.surface and not logement.type:
        yield Ligne("Logement actuel, surface", f"{logement.surface} m²")
    if logement.nombre_habitants:
        yield Ligne("Logement actuel, habitants", str(logement.nombre_habitants))
