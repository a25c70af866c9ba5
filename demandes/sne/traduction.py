"""JSON of the registry (docs/registre.md) to and from `DossierSNE`. No Django here.

Strict: every key of the contract is required and every code must be known, so that half a demand never enters the
portal; keys that the contract does not name are ignored. The portal stores its dated copies in this same JSON.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from demandes.sne import nomenclature
from demandes.sne.dossier import (
    Adulte,
    Civilite,
    Contrat,
    DossierSNE,
    Lien,
    Localisation,
    LogementActuel,
    PersonneACharge,
    PieceDeposee,
    Ressource,
    SituationFamiliale,
)
from demandes.sne.lecture import FormeInattendue, Objet, lire_liste

__all__ = [
    "FormeInattendue",
    "Radiation",
    "adresse_depuis_json",
    "dossier_depuis_json",
    "dossier_vers_json",
    "radiations_depuis_json",
]

NUMERO = re.compile(r"[0-9A-Z]{12,18}")
GUICHET = re.compile(r"[0-9A-Z]{1,5}")
TELEPHONE = re.compile(r"(\d{10})?")
SIRET = re.compile(r"(\d{14})?")
COMMUNE = re.compile(r"\d[0-9AB]\d{3}")
COMMUNE_OU_RIEN = re.compile(r"(\d[0-9AB]\d{3})?")
MEL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
MEL_OU_RIEN = re.compile(rf"({MEL.pattern})?")
NIR_OU_RIEN = re.compile(r"(\d{5}([0-9AB]{8}(\d{2})?)?)?")
CODE_PIECE = re.compile(r"[0-9A-Z]{1,12}")

EUROS = 999_999
"""The largest amount that the interface can carry (whole euros)."""


@dataclass(frozen=True, slots=True)
class Radiation:
    """A demand that the registry struck off. `motif_radiation`: a key of `nomenclature.RADIATIONS`."""

    num_unique: str
    date_radiation: date
    motif_radiation: str


def adresse_depuis_json(donnees: object, numero: str) -> str:
    """The contact address of the demand `numero`.

    Raises `FormeInattendue`, also when the answer is about another demand.
    """
    reponse = Objet(donnees)
    if reponse.motif("numUnique", NUMERO) != numero:
        raise FormeInattendue("numUnique")
    return reponse.motif("mel", MEL)


def radiations_depuis_json(donnees: object) -> list[Radiation]:
    """The struck-off demands. Raises `FormeInattendue`."""
    return list(lire_liste(donnees, _radiation))


def dossier_depuis_json(donnees: object) -> DossierSNE:
    """One whole demand. Raises `FormeInattendue`."""
    demande = Objet(donnees)
    demandeur = demande.objet("demandeur")
    annee_n1, annee_n2 = _annees(demandeur)
    naissance = demande.objet("aNaitre")
    recherche = demande.objet("logementRecherche")
    radiee_le = demande.jour_ou_rien("dateRadiation")
    return DossierSNE(
        num_unique=demande.motif("numUnique", NUMERO),
        num_guichet=demande.motif("numGuichet", GUICHET),
        demandeur=_adulte(demandeur, (annee_n1, annee_n2)),
        cotitulaires=demande.liste("cotitulaires", lambda objet: _cotitulaire(objet, (annee_n1, annee_n2))),
        personnes_a_charge=demande.liste("personnesACharge", _personne_a_charge),
        nombre_a_naitre=naissance.entier("nombre", 0, 9),
        naissance_prevue_le=naissance.jour_ou_rien("datePrevue"),
        logement_actuel=_logement_actuel(demande.objet("logementActuel")),
        categorie_recherchee=recherche.code("categorie", nomenclature.CATEGORIES_RECHERCHEES),
        types_recherches=recherche.codes("types", nomenclature.TYPES_LOGEMENT),
        loyer_max=recherche.entier_ou_rien("loyerMax", 0, EUROS),
        localisations=_localisations(recherche),
        motifs=demande.codes("motifs", nomenclature.MOTIFS),
        autre_motif=demande.texte("autreMotif", 36),
        handicap=demande.oui("handicap"),
        dalo=demande.objet("dalo").code("statut", nomenclature.STATUTS_DALO) == "ACTIF",
        notif_sms=demande.oui("notifSms"),
        annee_n1=annee_n1,
        annee_n2=annee_n2,
        date_creation=demande.jour("dateCreationDemande"),
        date_renouvellement=demande.jour_ou_rien("dateRenouvellement"),
        date_radiation=radiee_le,
        motif_radiation=demande.code("motifRadiation", nomenclature.RADIATIONS if radiee_le else {""}),
        date_derniere_modification=demande.jour("dateDerniereModification"),
        pieces=demande.liste("pieces", _piece),
    )


def _radiation(objet: Objet) -> Radiation:
    return Radiation(
        num_unique=objet.motif("numUnique", NUMERO),
        date_radiation=objet.jour("dateRadiation"),
        motif_radiation=objet.code("motifRadiation", nomenclature.RADIATIONS),
    )


def _annees(adulte: Objet) -> tuple[int, int]:
    revenu = adulte.objet("revenuFiscal")
    return revenu.entier("anneeMoins1", 2000, 2999), revenu.entier("anneeMoins2", 2000, 2999)


def _adulte(objet: Objet, annees: tuple[int, int]) -> Adulte:
    """`annees`: the two years of income of the demandeur; those of everybody in a demand are the same."""
    if _annees(objet) != annees:
        raise FormeInattendue(objet.chemin_de("revenuFiscal"))
    revenu = objet.objet("revenuFiscal")
    return Adulte(
        civilite=Civilite(objet.code("civilite", nomenclature.CIVILITES)),
        nom=objet.texte("nom", 36, vide=False),
        nom_naissance=objet.texte("nomPatronymique", 36, vide=False),
        prenom=objet.texte("prenom", 36, vide=False),
        date_naissance=objet.jour("dateNaissance"),
        nationalite=objet.code("nationalite", nomenclature.NATIONALITES),
        situation_familiale=SituationFamiliale(objet.code("situationFamiliale", nomenclature.SITUATIONS_FAMILIALES)),
        telephone=objet.motif("telPortable", TELEPHONE),
        mel=objet.motif("mel", MEL_OU_RIEN),
        profession=objet.texte("profession", 39),
        contrat=Contrat(objet.code("typeContratTravail", nomenclature.CONTRATS)),
        nom_employeur=objet.texte("nomEmployeurPrincipal", 25),
        siret_employeur=objet.motif("siretEmployeur", SIRET),
        commune_travail=objet.motif("communeTravail", COMMUNE_OU_RIEN),
        ressources=objet.liste("ressourcesMensuelles", _ressource),
        rfr_n1=revenu.entier_ou_rien("rfrAnneeMoins1", -EUROS, EUROS),
        rfr_n2=revenu.entier_ou_rien("rfrAnneeMoins2", -EUROS, EUROS),
        nir=objet.motif("nir", NIR_OU_RIEN)[:5],
        invalidite=objet.oui("carteInvalidite"),
    )


def _cotitulaire(objet: Objet, annees: tuple[int, int]) -> Adulte:
    adulte = _adulte(objet, annees)
    return replace(adulte, lien=Lien(objet.code("lienDemandeur", nomenclature.LIENS)))


def _ressource(objet: Objet) -> Ressource:
    return Ressource(code=objet.code("code", nomenclature.RESSOURCES), montant=objet.entier("montant", 0, EUROS))


def _personne_a_charge(objet: Objet) -> PersonneACharge:
    return PersonneACharge(
        nom=objet.texte("nom", 24, vide=False),
        prenom=objet.texte("prenom", 24, vide=False),
        date_naissance=objet.jour("dateNaissance"),
        sexe=objet.code("sexe", nomenclature.SEXES),
        lien=objet.code("lien", nomenclature.LIENS_A_CHARGE),
        garde=objet.code("garde", nomenclature.GARDES),
        invalidite=objet.oui("carteInvalidite"),
    )


def _logement_actuel(objet: Objet) -> LogementActuel:
    return LogementActuel(
        modele=objet.code("modeleLogement", nomenclature.MODELES_LOGEMENT),
        categorie=objet.code("categorie", nomenclature.CATEGORIES_LOGEMENT),
        type=objet.code("type", {"", *nomenclature.TYPES_LOGEMENT}),
        surface=objet.entier_ou_rien("surface", 0, 9_999),
        loyer=objet.entier_ou_rien("loyer", 0, EUROS),
        aide_logement=objet.entier("aplAl", 0, EUROS),
        nombre_habitants=objet.entier_ou_rien("nbHabitants", 0, 99),
        nom_hebergeant=objet.texte("nomHebergeant", 80),
    )


def _localisations(recherche: Objet) -> tuple[Localisation, ...]:
    """At least one, in the order of their ranks, no rank twice."""
    lues = recherche.liste("localisations", _localisation)
    if not lues or len({localisation.rang for localisation in lues}) != len(lues):
        raise FormeInattendue(recherche.chemin_de("localisations"))
    return tuple(sorted(lues, key=lambda localisation: localisation.rang))


def _localisation(objet: Objet) -> Localisation:
    return Localisation(rang=objet.entier("rang", 1, 99), commune=objet.motif("commune", COMMUNE))


def _piece(objet: Objet) -> PieceDeposee:
    return PieceDeposee(
        code=objet.motif("code", CODE_PIECE),
        libelle=objet.texte("libelle", 255),
        deposee_le=objet.jour("dateDepot"),
    )


def dossier_vers_json(dossier: DossierSNE) -> dict[str, Any]:
    """The inverse of `dossier_depuis_json`."""
    annees = (dossier.annee_n1, dossier.annee_n2)
    return {
        "numUnique": dossier.num_unique,
        "numGuichet": dossier.num_guichet,
        "dateCreationDemande": dossier.date_creation.isoformat(),
        "dateRenouvellement": _iso(dossier.date_renouvellement),
        "dateRadiation": _iso(dossier.date_radiation),
        "motifRadiation": dossier.motif_radiation,
        "dateDerniereModification": dossier.date_derniere_modification.isoformat(),
        "demandeur": _adulte_vers_json(dossier.demandeur, annees),
        "cotitulaires": [_adulte_vers_json(adulte, annees) for adulte in dossier.cotitulaires],
        "personnesACharge": [
            {
                "nom": personne.nom,
                "prenom": personne.prenom,
                "dateNaissance": personne.date_naissance.isoformat(),
                "sexe": personne.sexe,
                "lien": personne.lien,
                "garde": personne.garde,
                "carteInvalidite": personne.invalidite,
            }
            for personne in dossier.personnes_a_charge
        ],
        "aNaitre": {"nombre": dossier.nombre_a_naitre, "datePrevue": _iso(dossier.naissance_prevue_le)},
        "logementActuel": {
            "modeleLogement": dossier.logement_actuel.modele,
            "categorie": dossier.logement_actuel.categorie,
            "type": dossier.logement_actuel.type,
            "surface": dossier.logement_actuel.surface,
            "loyer": dossier.logement_actuel.loyer,
            "aplAl": dossier.logement_actuel.aide_logement,
            "nbHabitants": dossier.logement_actuel.nombre_habitants,
            "nomHebergeant": dossier.logement_actuel.nom_hebergeant,
        },
        "logementRecherche": {
            "categorie": dossier.categorie_recherchee,
            "types": list(dossier.types_recherches),
            "loyerMax": dossier.loyer_max,
            "localisations": [{"rang": lieu.rang, "commune": lieu.commune} for lieu in dossier.localisations],
        },
        "motifs": list(dossier.motifs),
        "autreMotif": dossier.autre_motif,
        "handicap": dossier.handicap,
        "dalo": {"statut": "ACTIF" if dossier.dalo else "NON"},
        "notifSms": dossier.notif_sms,
        "pieces": [
            {"code": piece.code, "libelle": piece.libelle, "dateDepot": piece.deposee_le.isoformat()}
            for piece in dossier.pieces
        ],
    }


def _iso(jour: date | None) -> str | None:
    return jour.isoformat() if jour else None


def _adulte_vers_json(adulte: Adulte, annees: tuple[int, int]) -> dict[str, Any]:
    contenu: dict[str, Any] = {
        "civilite": adulte.civilite.value,
        "nom": adulte.nom,
        "nomPatronymique": adulte.nom_naissance,
        "prenom": adulte.prenom,
        "dateNaissance": adulte.date_naissance.isoformat(),
        "nationalite": adulte.nationalite,
        "situationFamiliale": adulte.situation_familiale.value,
        "telPortable": adulte.telephone,
        "mel": adulte.mel,
        "profession": adulte.profession,
        "typeContratTravail": adulte.contrat.value,
        "nomEmployeurPrincipal": adulte.nom_employeur,
        "siretEmployeur": adulte.siret_employeur,
        "communeTravail": adulte.commune_travail,
        "revenuFiscal": {
            "anneeMoins1": annees[0],
            "rfrAnneeMoins1": adulte.rfr_n1,
            "anneeMoins2": annees[1],
            "rfrAnneeMoins2": adulte.rfr_n2,
        },
        "ressourcesMensuelles": [{"code": r.code, "montant": r.montant} for r in adulte.ressources],
        "nir": adulte.nir,
        "carteInvalidite": adulte.invalidite,
    }
    if adulte.lien:
        contenu["lienDemandeur"] = adulte.lien.value
    return contenu
