"""What is true of each person to house and of the household, in the words that the rules read: « contrat:CDI »…

A fact is either « word:code of the registry » or one word for what has to be deduced from several answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demandes.sne.dossier import Adulte, Contrat, DossierSNE, Lien, PersonneACharge, SituationFamiliale

MAJORITE = 18
SALARIES = {Contrat.CDI, Contrat.CDD, Contrat.APPRENTI}
MEME_LIVRET = {Lien.CONJOINT: SituationFamiliale.MARIE, Lien.PACSE: SituationFamiliale.PACSE}
"""A spouse or partner of the demandeur proves the couple with the same document, asked for once."""
SEPARATION = "11"


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody to house, as the page names him, and what is true of him."""

    titre: str
    date_naissance: date
    prenom: str
    faits: frozenset[str]


def personnes(dossier: DossierSNE, jour: date) -> list[Personne]:
    """Whoever has documents of his own: the demandeur, the co-applicants, then the dependants of age or with income."""
    nommees = [
        _personne("Codemandeur" if rang else "Demandeur", adulte, frozenset(_faits_d_un_adulte(adulte, dossier)))
        for rang, adulte in enumerate(dossier.adultes)
    ]
    rattachees = [
        _personne("Personne à charge", personne, frozenset(_faits_d_un_rattache(personne, jour)))
        for personne in dossier.personnes_a_charge
    ]
    return nommees + [personne for personne in rattachees if personne.faits]


def faits_du_foyer(dossier: DossierSNE, jour: date) -> frozenset[str]:
    """What the documents of the whole household depend on."""
    faits = {f"logement:{dossier.logement_actuel.modele}", *(f"motif:{motif}" for motif in dossier.motifs)}
    if any(not majeur(personne, jour) for personne in dossier.personnes_a_charge):
        faits.add("enfants")
    if dossier.nombre_a_naitre:
        faits.add("a_naitre")
    return frozenset(faits)


def majeur(personne: PersonneACharge, jour: date) -> bool:
    """Eighteen on that day; somebody born on 29 February is on 1 March of an ordinary year."""
    naissance = personne.date_naissance
    return (jour.year - naissance.year, jour.month, jour.day) >= (MAJORITE, naissance.month, naissance.day)


def _personne(role: str, personne: Adulte | PersonneACharge, faits: frozenset[str]) -> Personne:
    titre = f"{role} {personne.prenom.upper()} {personne.nom.upper()}"
    return Personne(titre, personne.date_naissance, personne.prenom, faits)


def _faits_d_un_adulte(adulte: Adulte, dossier: DossierSNE) -> Iterator[str]:
    yield "adulte"
    yield f"nationalite:{adulte.nationalite}"
    yield f"contrat:{adulte.contrat}"
    yield from _revenus(adulte)
    if adulte.contrat in SALARIES or (adulte.contrat is not Contrat.ARTISAN and "recoit:SAL" in set(_revenus(adulte))):
        yield "salaire"
    yield from _situation_familiale(adulte, dossier)


def _faits_d_un_rattache(personne: PersonneACharge, jour: date) -> Iterator[str]:
    """A child who earns nothing has only the household's « livret de famille »."""
    if majeur(personne, jour):
        yield "rattache"
    yield from _revenus(personne)
    if any(ressource.code == "SAL" for ressource in personne.ressources):
        yield "salaire"


def _revenus(personne: Adulte | PersonneACharge) -> Iterator[str]:
    yield from (f"recoit:{ressource.code}" for ressource in personne.ressources)
    yield from (f"verse:{versement.code}" for versement in personne.versees)


def _situation_familiale(adulte: Adulte, dossier: DossierSNE) -> Iterator[str]:
    """Somebody still married or in a PACS who asks because he separates (motif 11) proves the separation instead."""
    situation = adulte.situation_familiale
    if adulte.lien in MEME_LIVRET and MEME_LIVRET[adulte.lien] == situation:
        return
    en_couple = any(cotitulaire.lien in MEME_LIVRET for cotitulaire in dossier.cotitulaires)
    if SEPARATION in dossier.motifs and not en_couple and situation is SituationFamiliale.MARIE:
        yield "divorce_en_cours"
    elif SEPARATION in dossier.motifs and not en_couple and situation is SituationFamiliale.PACSE:
        yield "pacs_rompu"
    else:
        yield f"famille:{situation}"
