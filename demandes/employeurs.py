"""Whose SIRET is this, and what does the code entreprise mean? What the tab « Mon entreprise » proposes (guide #3)."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError

from accounts.models import Entreprise
from demandes import sirene
from demandes.models import Emploi, Titulaire
from demandes.siret import lire_siret
from demandes.sne.dossier import Adulte, DossierSNE

ACADEMIES = {"17450430800019": "Académie d’Orléans-Tours"}
"""« Pour l'académie d'Orléans-Tours le SIRET à utiliser est le suivant : 17450430800019. » (guide #3)"""
LONGUEUR_DU_NOM = 80

CODE_DE_L_EDUCATION_NATIONALE = (
    "Il n’est pas nécessaire d’indiquer un code entreprise pour les entités de l’Éducation nationale : "
    "vous pouvez effacer celui que vous avez saisi."
)
CODE_D_UNE_AUTRE = (
    "Ce code entreprise est celui d’une autre entreprise que celle de votre SIRET. Vérifiez les deux, ou effacez le "
    "code : il est facultatif."
)
CODE_INCONNU = (
    "Nous ne connaissons pas ce code entreprise. Il est enregistré, et ne vous empêche rien : votre employeur pourra "
    "le reconnaître."
)


class Fiche(NamedTuple):
    """One establishment, and who told us its name, which is empty if nobody may publish it.

    `travail_temporaire` is None when that source does not say.
    """

    siret: str
    nom: str
    source: str
    travail_temporaire: bool | None = None
    ferme_le: date | None = None


def chercher(siret: str, dossier: DossierSNE) -> Fiche | None:
    """The establishment of these 14 digits: our companies first, then the registry's own employers, then Sirene."""
    entreprise = Entreprise.objects.filter(siret=siret).first()
    if entreprise:
        return Fiche(siret, entreprise.nom, "une entreprise connue d’AL’in", entreprise.travail_temporaire or None)
    if siret in ACADEMIES:
        return Fiche(siret, ACADEMIES[siret], "un employeur connu d’AL’in", False)
    for adulte in dossier.adultes:
        if adulte.siret_employeur == siret and adulte.nom_employeur:
            return Fiche(siret, adulte.nom_employeur, "le nom écrit dans votre demande de logement")
    trouve = sirene.chercher(siret)
    if trouve is None:
        return None
    nom = trouve.nom[:LONGUEUR_DU_NOM]
    return Fiche(siret, nom, "selon le répertoire Sirene de l’Insee", trouve.travail_temporaire, trouve.ferme_le)


class Recherche(NamedTuple):
    """What came of one search: the SIRET that was looked for, then its establishment or why it is none."""

    siret: str
    fiche: Fiche | None = None
    refus: str = ""


def rechercher(saisi: str, titulaire: str, dossier: DossierSNE) -> Recherche:
    """« Chercher le nom »: for what was typed, or for the SIRET that the registry knows of this person."""
    siret = siret_a_proposer(saisi.strip(), titulaire, dossier)
    try:
        siret = lire_siret(siret) if siret else ""
    except ValidationError as erreur:
        return Recherche(siret, refus=" ".join(erreur.messages))
    return Recherche(siret, chercher(siret, dossier) if siret else None)


def personnes(dossier: DossierSNE) -> dict[str, Adulte]:
    """Whose job the demand may be attached to: the demandeur, and the codemandeur if there is one."""
    return dict(zip(Titulaire.values, dossier.adultes[:2], strict=False))


def siret_a_proposer(saisi: str, titulaire: str, dossier: DossierSNE) -> str:
    """What was typed; the registry's own SIRET for this person if it is nothing, or the other person's."""
    adultes = personnes(dossier)
    sien = adultes[titulaire].siret_employeur if titulaire in adultes else ""
    des_autres = {adulte.siret_employeur for qui, adulte in adultes.items() if qui != titulaire}
    return sien if sien and (not saisi or saisi in des_autres) else saisi


def connu_du_registre(emploi: Emploi, dossier: DossierSNE) -> Emploi:
    """The same, with what the registry knows of the demandeur's employer, to be checked rather than typed."""
    emploi.siret, emploi.nom_employeur = dossier.demandeur.siret_employeur, dossier.demandeur.nom_employeur
    return emploi


def avis_sur_le_code(emploi: Emploi) -> str:
    """What to say of the code entreprise; empty if there is none or if it is the company's. It never blocks."""
    code = _simplifie(emploi.code_entreprise)
    if not code:
        return ""
    if emploi.siret in ACADEMIES:
        return CODE_DE_L_EDUCATION_NATIONALE
    connus = Entreprise.objects.exclude(code="").values_list("siret", "code")
    siens = {siret for siret, connu in connus if _simplifie(connu) == code}
    if emploi.siret in siens:
        return ""
    return CODE_D_UNE_AUTRE if siens else CODE_INCONNU


def _simplifie(code: str) -> str:
    """« vau 75 » and « VAU-75 » are one code."""
    return "".join(signe for signe in code.casefold() if signe.isalnum())
