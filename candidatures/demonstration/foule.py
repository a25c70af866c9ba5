"""The other applicants: invented households that fill the queues of the demonstration. They cannot sign in."""

import random
import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from candidatures.demonstration.comptes import LOIRE_OCEAN, RHONE, VAUBAN, Societe
from candidatures.demonstration.mots import ENFANTS, FEMMES, HOMMES, METIERS_AU_FEMININ, METIERS_AU_MASCULIN, NOMS
from demandes.sne.dossier import (
    Adulte,
    Civilite,
    Contrat,
    Dalo,
    DossierSNE,
    Lien,
    Localisation,
    LogementActuel,
    PersonneACharge,
    Ressource,
    SituationFamiliale,
)
from offres.models import Offre
from offres.plafonds import Bareme

AUTRES_EMPLOYEURS = (
    ("Pain et Levain", "44455566800011"),
    ("Maison Lumière Nettoyage", "66677788300016"),
    ("Comptoir des Saisons", "77788899100018"),
)
EMPLOYEURS_LOCAUX: dict[str, Societe] = {
    **dict.fromkeys(("75", "93", "94", "92", "59"), VAUBAN),
    **dict.fromkeys(("69",), RHONE),
    **dict.fromkeys(("44", "35", "29", "13"), LOIRE_OCEAN),
}
LOGEMENTS_ACTUELS = (
    LogementActuel("LP", "A", "T2", 38, 780, 0, None),
    LogementActuel("HLM", "A", "T2", 44, 470, 90, None),
    LogementActuel("CP", "A", "T3", 60, None, 0, None, "Madame LAMY"),
)
PERSONNES = {"T1": (1, 1), "T1B": (1, 1), "T2": (1, 3), "T3": (2, 4), "T4": (3, 5), "T5": (5, 6), "T6": (5, 7)}
"""How many live in each type, as few and as many as the guide allows and as people ask for."""


def dossier_invente(rang: int, offre: Offre, jour: date, bareme: Bareme) -> DossierSNE:
    """A demand that suits this dwelling, its ceilings and the guide's third of income; the same for a given rank."""
    hasard = random.Random(f"{offre.reference} : candidat {rang}")  # noqa: S311
    nombre = hasard.randint(*PERSONNES[offre.typologie])
    adultes = 1 if nombre == 1 or hasard.random() < 0.3 else 2
    revenus = round((offre.loyer_charges_comprises or 0) / hasard.uniform(0.22, 0.32))
    depot = jour - timedelta(days=hasard.randint(60, 3200))
    nom = hasard.choice(NOMS).upper()
    employeur = _employeur(hasard, offre)
    parts = [revenus] if adultes == 1 else [round(revenus * 0.6), revenus - round(revenus * 0.6)]
    rfr = _revenu_fiscal(revenus, nombre, offre, bareme)
    menage = [
        _adulte(hasard, nom, place, part, round(rfr * part / revenus), employeur, rang)
        for place, part in enumerate(parts)
    ]
    return DossierSNE(
        num_unique=f"{_territoire(offre)}{depot:%m%y}{900000 + rang:06d}GDPUB",
        num_guichet="GDPUB",
        demandeur=menage[0],
        cotitulaires=tuple(menage[1:]),
        personnes_a_charge=tuple(
            PersonneACharge(
                nom[:24],
                hasard.choice(ENFANTS),
                jour - timedelta(days=hasard.randint(400, 6200)),
                hasard.choice("MF"),
                "E",
            )
            for _ in range(nombre - adultes)
        ),
        nombre_a_naitre=0,
        naissance_prevue_le=None,
        logement_actuel=replace(hasard.choice(LOGEMENTS_ACTUELS), nombre_habitants=nombre),
        categorie_recherchee="I",
        types_recherches=(("T6P" if offre.typologie == "T6" else offre.typologie.removesuffix("B")),),
        loyer_max=None,
        localisations=(Localisation(1, offre.commune_id),),
        motifs=(hasard.choice(("13", "09", "01", "12", "19", "14")),),
        autre_motif="",
        handicap=False,
        recours_dalo=Dalo("ACTIF" if hasard.random() < 0.06 else "NON"),
        notif_sms=hasard.random() < 0.5,
        annee_n1=jour.year - 1,
        annee_n2=jour.year - 2,
        date_creation=depot,
        date_renouvellement=jour - timedelta(days=hasard.randint(20, 280)) if (jour - depot).days > 300 else None,
        date_radiation=None,
        motif_radiation="",
        date_derniere_modification=jour - timedelta(days=hasard.randint(3, 15)),
        pieces=(),
    )


def _adulte(
    hasard: random.Random, nom: str, place: int, salaire: int, rfr: int, employeur: tuple[str, str], rang: int
) -> Adulte:
    femme = hasard.random() < 0.5
    prenom = hasard.choice(FEMMES if femme else HOMMES)
    metier = hasard.choice(METIERS_AU_FEMININ if femme else METIERS_AU_MASCULIN)
    ascii_ = unicodedata.normalize("NFD", f"{prenom}.{nom}".lower()).encode("ascii", "ignore").decode()
    chez, siret = employeur if place == 0 else hasard.choice(AUTRES_EMPLOYEURS)
    naissance = date(hasard.randint(1968, 2001), hasard.randint(1, 12), hasard.randint(1, 28))
    return Adulte(
        civilite=Civilite.MADAME if femme else Civilite.MONSIEUR,
        nom=nom,
        nom_naissance=nom,
        prenom=prenom,
        date_naissance=naissance,
        nationalite="1",
        situation_familiale=SituationFamiliale.CONCUBIN if place else SituationFamiliale.CELIBATAIRE,
        telephone=f"063998{3000 + rang * 2 + place:04d}",
        mel=f"{ascii_}.{rang}@exemple.fr",
        profession=metier,
        contrat=Contrat.CDI,
        nom_employeur=chez,
        siret_employeur=siret,
        commune_travail="",
        ressources=(Ressource("SAL", salaire),),
        rfr_n1=round(rfr * 1.02),
        rfr_n2=rfr,
        lien=Lien.CONCUBIN if place else None,
    )


def _employeur(hasard: random.Random, offre: Offre) -> tuple[str, str]:
    """The company a dwelling is reserved to; else, one time in three, the one that has a housing service there."""
    locale = EMPLOYEURS_LOCAUX.get(offre.commune.departement_id)
    if offre.reservee_a is not None:
        return offre.reservee_a.nom, offre.reservee_a.siret
    if locale is not None and hasard.random() < 0.34:
        return locale.nom, locale.siret
    return hasard.choice(AUTRES_EMPLOYEURS)


def _revenu_fiscal(revenus: int, nombre: int, offre: Offre, bareme: Bareme) -> int:
    """Euros a year, kept under the ceiling of the smallest category such a household may be in."""
    plafond = bareme.plafond(offre.financement, offre.commune, min(6, nombre), 0)
    imposable = round(revenus * 12 * 0.87)
    return imposable if plafond is None else min(imposable, round(plafond * 0.96))


def _territoire(offre: Offre) -> str:
    departement = offre.commune.departement_id
    return "111" if departement in {"75", "77", "78", "91", "92", "93", "94", "95"} else departement.zfill(3)
