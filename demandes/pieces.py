"""The supporting documents of one demand, computed from the situation and the date (guide #3, tab 3).

Source: arrêté of 22 December 2020 (closed list) as printed by Service-public F10007, and the guide's own rolling
rule: the last three full months, the tax notices on the incomes of N-2 and, once it is out, of N-1.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demandes.sne.dossier import Adulte, Contrat, DossierSNE, SituationFamiliale

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SORTIE_DES_AVIS = 9
"""The month when the notice on last year's income has reached everybody."""

IDENTITE = "Ma situation personnelle-Identité"
RESSOURCES = "Ma situation personnelle-Ressources"
AVIS = "Ma situation personnelle-Avis d’imposition"
FAMILLE = "Ma situation personnelle-Famille"
LOGEMENT = "Ma situation personnelle-Logement actuel"
MOTIF = "Ma situation personnelle-Motif"
RUBRIQUES = (IDENTITE, RESSOURCES, AVIS, FAMILLE, LOGEMENT, MOTIF)

PRESTATIONS = {"AF", "AAH", "AEEH", "AJPP", "RSA", "PAJE", "AMV"}
HEBERGES = {"CP", "CPE", "LTG"}
EN_STRUCTURE = {"RS", "RHVS", "RE", "SH", "CDEFCM", "SLHT"}
LOCATAIRES = {"HLM", "LP"}

PAR_CONTRAT = {
    Contrat.ARTISAN: ("bilan", "Dernier bilan ou attestation comptable"),
    Contrat.CHOMAGE: ("chomage", "Avis de paiement de France Travail"),
    Contrat.RETRAITE: ("retraite", "Notification de pension de retraite"),
    Contrat.ETUDIANT: ("etudiant", "Carte d’étudiant"),
    Contrat.AUTRE: ("situation", "Tout document justifiant de votre situation"),
}
PAR_FAMILLE = {
    SituationFamiliale.MARIE: ("mariage", "Livret de famille"),
    SituationFamiliale.PACSE: ("pacs", "Attestation d’enregistrement du PACS"),
    SituationFamiliale.DIVORCE: ("divorce", "Jugement de divorce ou convention"),
    SituationFamiliale.VEUF: ("veuvage", "Certificat de décès ou livret de famille"),
}
PAR_MOTIF = {
    "01": "Attestation d’un travailleur social ou d’une association, ou attestation de domiciliation",
    "03": "Document d’un service public ou d’un professionnel, photos, jugement ou arrêté sur l’état du logement",
    "04": "Lettre de congé de propriétaire ou jugement prononçant la résiliation du bail",
    "05": "Commandement de payer, assignation, jugement ou commandement de quitter les lieux",
    "06": "Ordonnance de protection, décision du juge ou récépissé de plainte",
    "07": "Carte d’invalidité ou décision de la CDAPH",
    "08": "Certificat médical",
    "09": "Quittance et justificatif des dépenses de logement",
    "15": "Attestation de dépôt de la demande de regroupement familial (OFII)",
    "16": "Agrément d’assistant(e) maternel(le) ou familial(e)",
    "18": "Attestation de l’employeur sur la mutation",
    "19": "Justificatif de l’adresse du lieu de travail",
    "22": "Plan d’apurement ou justificatif des dépenses de logement",
}
PIECES_SENSIBLES = {"sejour", "invalidite"}
MOTIFS_SENSIBLES = {"06", "07", "08"}
"""Violence and health: never shown to a company's housing service."""


@dataclass(frozen=True)
class Piece:
    """One document to have on the registration site. `cle` stays the same as long as the document does."""

    cle: str
    personne: str
    rubrique: str
    libelle: str
    pourquoi: str
    sensible: bool = False


def pieces_attendues(dossier: DossierSNE, jour: date) -> list[Piece]:
    """Every document this demand needs on that day, in the guide's order: person by person, then by rubrique."""
    pieces: list[Piece] = []
    for rang, adulte in enumerate(dossier.adultes):
        marque = _marque(adulte)
        qui = f"{'Codemandeur' if rang else 'Demandeur'} {adulte.prenom.upper()} {adulte.nom.upper()}"
        pieces += (
            Piece(f"{marque}:{cle}", qui, rubrique, libelle, pourquoi, cle in PIECES_SENSIBLES)
            for cle, rubrique, libelle, pourquoi in _pieces_d_un_adulte(adulte, jour)
        )
    premier = pieces[0].personne
    pieces += (
        Piece(f"foyer:{cle}", premier, rubrique, libelle, pourquoi, sensible)
        for cle, rubrique, libelle, pourquoi, sensible in _pieces_du_foyer(dossier)
    )
    personnes = list(dict.fromkeys(piece.personne for piece in pieces))
    return sorted(pieces, key=lambda piece: (personnes.index(piece.personne), RUBRIQUES.index(piece.rubrique)))


def _marque(adulte: Adulte) -> str:
    """What tells a person's documents from another's, should the codemandeur change."""
    return hashlib.sha256(f"{adulte.date_naissance}{adulte.prenom}".encode()).hexdigest()[:8]


def mois_pleins(jour: date, combien: int = 3) -> list[tuple[int, int]]:
    """The last full months before that day, newest first, as (year, month)."""
    dernier = jour.year * 12 + jour.month - 2
    return [divmod(dernier - recul, 12) for recul in range(combien)]


def _pieces_d_un_adulte(adulte: Adulte, jour: date) -> Iterator[tuple[str, str, str, str]]:
    if adulte.nationalite == "3":
        yield "sejour", IDENTITE, "Titre de séjour en cours de validité", "Pour vérifier la régularité du séjour."
    else:
        yield "identite", IDENTITE, "Carte nationale d’identité ou passeport", "Pour vérifier votre identité."
    yield from _ressources(adulte, jour)
    yield from _avis(jour)
    if adulte.situation_familiale in PAR_FAMILLE:
        cle, libelle = PAR_FAMILLE[adulte.situation_familiale]
        yield cle, FAMILLE, libelle, "Pour connaître votre situation familiale."


def _ressources(adulte: Adulte, jour: date) -> Iterator[tuple[str, str, str, str]]:
    if adulte.contrat in {Contrat.CDI, Contrat.CDD, Contrat.APPRENTI}:
        for annee, mois in mois_pleins(jour):
            libelle = (
                f"Bulletin de salaire privé / public du mois {_de(MOIS[mois])} {annee} ou Attestation de l’employeur"
            )
            yield f"bulletin:{annee}-{mois + 1:02d}", RESSOURCES, libelle, "Les trois derniers mois complets."
    if adulte.contrat is Contrat.APPRENTI:
        yield "apprentissage", RESSOURCES, "Contrat d’apprentissage", "Pour connaître votre situation professionnelle."
    if adulte.contrat in PAR_CONTRAT:
        cle, libelle = PAR_CONTRAT[adulte.contrat]
        yield cle, RESSOURCES, libelle, "Pour connaître vos ressources."
    codes = {ressource.code for ressource in adulte.ressources}
    if codes & PRESTATIONS:
        yield (
            "prestations",
            RESSOURCES,
            "Attestation de paiement de la CAF ou de la MSA",
            "Vous recevez des prestations.",
        )
    if "PAR" in codes:
        yield "pension", RESSOURCES, "Jugement fixant la pension alimentaire", "Vous recevez une pension alimentaire."
    if "PINV" in codes:
        yield "invalidite", RESSOURCES, "Notification de pension d’invalidité", "Vous recevez cette pension."
    if "BE" in codes:
        yield "bourse", RESSOURCES, "Avis d’attribution de bourse", "Vous recevez une bourse."


def _avis(jour: date) -> Iterator[tuple[str, str, str, str]]:
    """Notice N-1 on the incomes of N-2, always; notice N on those of N-1 once it is out."""
    annees = [jour.year - 1] + ([jour.year] if jour.month >= SORTIE_DES_AVIS else [])
    for annee in annees:
        libelle = f"Avis d’imposition {annee} sur les revenus de l’année {annee - 1}"
        yield f"avis:{annee}", AVIS, libelle, "Pour comparer vos revenus au plafond du logement."


def _pieces_du_foyer(dossier: DossierSNE) -> Iterator[tuple[str, str, str, str, bool]]:
    if any(personne.lien == "E" for personne in dossier.personnes_a_charge):
        yield (
            "enfants",
            IDENTITE,
            "Livret de famille ou acte de naissance des enfants",
            "Pour compter votre foyer.",
            False,
        )
    if dossier.nombre_a_naitre:
        yield "naissance", FAMILLE, "Certificat de grossesse de plus de 12 semaines", "Un enfant est attendu.", True
    modele = dossier.logement_actuel.modele
    if modele in HEBERGES:
        yield "hebergeant", RESSOURCES, "Attestation de la personne qui héberge", "Vous êtes hébergé.", False
    elif modele in EN_STRUCTURE:
        yield "structure", LOGEMENT, "Attestation de la structure d’hébergement", "Vous y êtes logé.", False
    elif modele in LOCATAIRES:
        yield "bail", LOGEMENT, "Bail de votre logement", "Vous êtes locataire.", False
        yield "quittance", LOGEMENT, "Dernière quittance de loyer", "Vous êtes locataire.", False
    for motif in dossier.motifs:
        if motif in PAR_MOTIF:
            yield (
                f"motif:{motif}",
                MOTIF,
                PAR_MOTIF[motif],
                "Pour appuyer le motif de votre demande.",
                (motif in MOTIFS_SENSIBLES),
            )


def _de(mois: str) -> str:
    """« de septembre », « d’août »."""
    return f"d’{mois}" if mois[0] in "ao" else f"de {mois}"
