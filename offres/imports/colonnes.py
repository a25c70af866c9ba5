"""The columns of a file of offers: how each cell is read, and the sentence when it cannot be.

A reader takes a cell as the file gave it (text, number, day, yes or no) and returns the value of the offer's field; it
raises `Refus`. What an empty cell means is `vide`; `GARDER` leaves the offer as it is.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices

from offres.models import Etiquette, Financement, Nature, StatutOffre, Typologie

CELLULE = 5_000
"""Signs of one cell."""
GARDER = object()
ORIGINE_EXCEL = date(1899, 12, 30)
"""Day 0 of Excel's calendar."""
ERREURS_EXCEL = re.compile(r"#(REF|N/A|NOM|NAME|VALEUR|VALUE|DIV/0|NUL|NULL|NOMBRE|NUM|SPILL|CALC)[!?]?")
CHIFFRES_PERDUS = re.compile(r"[0-9][.,]?[0-9]*E\+[0-9]{1,3}", re.IGNORECASE)
"""« 7,32829E+13 » : what a spreadsheet writes of a long number that it does not show whole."""
CHIFFRES_EXACTS = 10**15
"""A spreadsheet keeps fifteen figures of a number; the others become zeros."""
OUI, NON = frozenset({"oui", "o", "vrai", "true", "1", "x", "yes"}), frozenset({"non", "n", "faux", "false", "0", "no"})
Lecteur = Callable[[Any], Any]


class Refus(Exception):
    """This cell cannot be read; the message says what was expected."""


@dataclass(frozen=True)
class Colonne:
    """`champ` is the field it fills, `aide` what docs/import-offres.md says of it."""

    nom: str
    lire: Lecteur
    aide: str
    vide: Any = None
    obligatoire: bool = False

    @property
    def explication(self) -> str:
        """`aide` without the signs that documents need."""
        return self.aide.replace("`", "")

    def valeur(self, cellule: Any) -> Any:
        """Raises `Refus`."""
        if isinstance(cellule, str):
            cellule = _nettoyer(cellule)
        if cellule is None or cellule == "":
            if self.obligatoire:
                raise Refus("cette colonne est obligatoire")
            return self.vide
        if isinstance(cellule, (list, dict)):
            raise Refus("une valeur simple est attendue, pas une liste")
        return self.lire(cellule)


def mille(nombre: int) -> str:
    """« 1 000 000 »."""
    return f"{nombre:_}".replace("_", "\u202f")


def extrait(valeur: Any, longueur: int = 60) -> str:
    """A cell as it may be quoted: short, and without signs that a page or a database cannot hold."""
    debut = _en_mots(valeur)[: longueur + 1]
    lisible = "".join(signe if signe.isprintable() else "\ufffd" for signe in debut)
    return lisible if len(lisible) <= longueur else f"{lisible[:longueur]}…"


def _en_mots(valeur: Any) -> str:
    """What people see in the cell, as nearly as what was read of it lets us say."""
    if isinstance(valeur, bool):
        return "VRAI" if valeur else "FAUX"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m}/{valeur.year}"
    return _en_texte(valeur)


def _nettoyer(cellule: str) -> str:
    if len(cellule) > CELLULE:
        raise Refus(
            f"{mille(len(cellule))} signes, {mille(CELLULE)} au plus ; un guillemet ouvert n’est peut-être pas refermé"
        )
    propre = unicodedata.normalize("NFC", cellule.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if propre.startswith("="):
        raise Refus(f"« {extrait(propre)} » est une formule : collez sa valeur")
    if ERREURS_EXCEL.fullmatch(propre):
        raise Refus(f"« {propre} » est une erreur du tableur : corrigez la cellule")
    if any(unicodedata.category(signe) in {"Cc", "Cs"} and signe not in "\n\t" for signe in propre):
        raise Refus("des signes de cette cellule ne sont pas du texte")
    return propre


def texte(maximum: int) -> Lecteur:
    def lire(cellule: Any) -> str:
        mots = _en_texte(cellule)
        if isinstance(cellule, (bool, date, time, timedelta)):
            raise Refus(
                f"« {extrait(cellule)} » n’est pas du texte : donnez le format Texte à la colonne, puis réécrivez"
            )
        if CHIFFRES_PERDUS.fullmatch(mots) or (not isinstance(cellule, str) and abs(cellule) >= CHIFFRES_EXACTS):
            raise Refus(
                f"« {extrait(mots)} » a perdu des chiffres : donnez le format Texte à la colonne, puis réécrivez"
            )
        if len(mots) > maximum:
            raise Refus(f"{len(mots)} signes, {maximum} au plus")
        return mots

    return lire


def _en_texte(cellule: Any) -> str:
    """A spreadsheet makes numbers of references and postal codes: 75011.0 is « 75011 »."""
    if isinstance(cellule, float) and cellule.is_integer():
        return str(int(cellule))
    return cellule if isinstance(cellule, str) else str(cellule)


def code(chiffres: int, exemple: str) -> Lecteur:
    """A code of that length; a spreadsheet takes the first zeros away from numbers."""

    def lire(cellule: Any) -> str:
        mots = _en_texte(cellule).replace(" ", "").replace("\u00a0", "").upper()
        if mots.isascii() and mots.isdigit() and chiffres - len(mots) <= chiffres // 5:
            mots = mots.zfill(chiffres)
        if not re.fullmatch(rf"[0-9AB]{{{chiffres}}}", mots):
            raise Refus(f"« {extrait(cellule)} » n’est pas un code de {chiffres} signes, par exemple {exemple}")
        return mots

    return lire


def _nombre(cellule: Any) -> Decimal:
    if isinstance(cellule, (bool, date)):
        raise Refus(f"« {extrait(cellule)} » n’est pas un nombre")
    mots = re.sub(r"[\s\u00a0\u202f]|€|euros?|m²|m2", "", _en_texte(cellule), flags=re.IGNORECASE).replace(",", ".")
    try:
        nombre = Decimal(mots)
    except InvalidOperation:
        nombre = Decimal("NaN")
    if not nombre.is_finite():
        raise Refus(f"« {extrait(cellule)} » n’est pas un nombre")
    return nombre


def entier(minimum: int, maximum: int) -> Lecteur:
    """A whole number; 841,60 is rounded to 842."""

    def lire(cellule: Any) -> int:
        nombre = _nombre(cellule)
        if not minimum <= nombre <= maximum:
            raise Refus(
                f"« {extrait(cellule)} » n’est pas entre {minimum} et {mille(maximum) if maximum > 9_999 else maximum}"
            )
        return int(nombre.quantize(Decimal(1), ROUND_HALF_UP))

    return lire


def degres(maximum: int) -> Lecteur:
    def lire(cellule: Any) -> float:
        nombre = _nombre(cellule)
        if abs(nombre) > maximum:
            raise Refus(f"« {extrait(cellule)} » n’est pas en degrés, entre -{maximum} et {maximum}")
        return float(nombre)

    return lire


def jour(cellule: Any) -> date:
    """24/11/2026, 2026-11-24, or Excel's number of days."""
    lu = _jour(cellule)
    if lu is None:
        raise Refus(f"« {extrait(cellule)} » n’est pas un jour : écrivez-le comme 24/11/2026")
    if not 1990 <= lu.year <= 2099:
        raise Refus(f"le {lu:%d/%m}/{lu.year} n’est pas entre 1990 et 2099")
    return lu


def _jour(cellule: Any) -> date | None:
    if isinstance(cellule, datetime):
        return cellule.date()
    if isinstance(cellule, date):
        return cellule
    mots = "" if isinstance(cellule, bool) else _en_texte(cellule).split("T")[0].split(" ")[0]
    if re.fullmatch(r"[0-9]{5}(\.[0-9]{1,12})?", mots):
        return ORIGINE_EXCEL + timedelta(days=int(float(mots)))
    for forme in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(mots, forme).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def oui_ou_non(cellule: Any) -> bool:
    mot = "oui" if cellule is True else "non" if cellule is False else _en_texte(cellule).strip().lower()
    if mot not in OUI | NON:
        raise Refus(f"« {extrait(cellule)} » n’est ni oui ni non")
    return mot in OUI


def choix(valeurs: type[TextChoices], **autres: str) -> Lecteur:
    """One of the values, by its code or its label, accents and capitals aside; `autres` are other names for some."""
    connus = {_cle(nom): valeur for valeur, nom in valeurs.choices}
    connus |= {_cle(valeur): valeur for valeur in valeurs.values} | autres

    def lire(cellule: Any) -> str:
        try:
            return connus[_cle(_en_texte(cellule))]
        except KeyError:
            raise Refus(f"« {extrait(cellule)} » n’est pas prévu : {', '.join(valeurs.values)}") from None

    return lire


def _cle(mots: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", unicodedata.normalize("NFKD", mots.lower()))


_FINS = {f"f{n}": f"T{n}" for n in range(1, 7)} | {"f1bis": "T1B", "t6+": "T6", "f6+": "T6", "t7": "T6"}
_EUROS = entier(0, 20_000)
_LETTRE = choix(Etiquette)

COLONNES = (
    Colonne(
        "reference", texte(40), "La référence de l’offre chez le bailleur ; elle ne change jamais", obligatoire=True
    ),
    Colonne(
        "bailleur", texte(80), "Nom ou SIREN du bailleur, tel qu’AL’in le connaît ; inutile s’il est choisi à l’envoi"
    ),
    Colonne(
        "statut",
        choix(StatutOffre),
        "`publiee`, `placee` ou `retiree` ; vide : publiée. Une offre placée ou retirée ne se publie plus",
        StatutOffre.PUBLIEE,
    ),
    Colonne("residence", texte(80), "Nom de la résidence", ""),
    Colonne("adresse", texte(120), "Numéro et voie", ""),
    Colonne("commune", texte(80), "Code INSEE de la commune ou de l’arrondissement", obligatoire=True),
    Colonne("code_postal", code(5, "75011"), "Vide : celui de la commune, si elle n’en a qu’un", ""),
    Colonne("latitude", degres(90), "Degrés"),
    Colonne("longitude", degres(180), "Degrés"),
    Colonne("nature", choix(Nature), "`appartement` ou `maison` ; vide : appartement", Nature.APPARTEMENT),
    Colonne("typologie", choix(Typologie, **_FINS), "`T1`, `T1B` (T1 bis), `T2` à `T6` (T6 et plus)", obligatoire=True),
    Colonne("chambres", entier(0, 20), "Nombre de chambres"),
    Colonne("surface", entier(6, 1_000), "Surface habitable en m², arrondie", obligatoire=True),
    Colonne("etage", entier(-5, 80), "0 : rez-de-chaussée"),
    Colonne("nombre_etages", entier(0, 80), "Étages de l’immeuble"),
    Colonne("annee_construction", entier(1000, 2100), "Année"),
    Colonne("ascenseur", oui_ou_non, "oui ou non", False),
    Colonne("accessible_pmr", oui_ou_non, "oui ou non : adapté aux personnes à mobilité réduite", False),
    Colonne("balcon", oui_ou_non, "oui ou non : balcon ou terrasse", False),
    Colonne("jardin", oui_ou_non, "oui ou non", False),
    Colonne("stationnement", oui_ou_non, "oui ou non", False),
    Colonne("commerce", oui_ou_non, "oui ou non : commerce au rez-de-chaussée", False),
    Colonne("chauffage", texte(60), "En quelques mots", ""),
    Colonne("description", texte(CELLULE), "Texte libre", ""),
    Colonne("loyer", _EUROS, "Loyer hors charges, en euros par mois, arrondi"),
    Colonne("charges", _EUROS, "Charges, en euros par mois", 0),
    Colonne("loyer_stationnement", _EUROS, "Stationnement, en euros par mois", 0),
    Colonne(
        "loyer_charges_comprises", entier(1, 20_000), "Loyer charges comprises, en euros par mois", obligatoire=True
    ),
    Colonne("depot_garantie", _EUROS, "Dépôt de garantie, en euros"),
    Colonne("financement", choix(Financement), "`PLAI`, `PLUS`, `PLS` ou `LLI`", obligatoire=True),
    Colonne("dpe", _LETTRE, "Lettre A à G ; vide : non communiqué", ""),
    Colonne("dpe_valeur", entier(0, 2_000), "kWh/m²/an"),
    Colonne("ges", _LETTRE, "Lettre A à G ; vide : non communiqué", ""),
    Colonne("ges_valeur", entier(0, 2_000), "kg CO₂/m²/an"),
    Colonne("diagnostic_le", jour, "Jour du diagnostic"),
    Colonne("disponible_le", jour, "Jour où le logement est libre"),
    Colonne("publiee_le", jour, "Vide : le jour de l’import, ou ce qui est déjà écrit", GARDER),
    Colonne("date_limite", jour, "Dernier jour pour postuler", obligatoire=True),
    Colonne("designation_jusqu_au", jour, "Fin du droit de désignation"),
    Colonne(
        "reservee_a", code(14, "73282932000074"), "SIRET de l’entreprise à qui l’offre est réservée, connue d’AL’in"
    ),
)
PAR_NOM = {colonne.nom: colonne for colonne in COLONNES}
OBLIGATOIRES = tuple(colonne.nom for colonne in COLONNES if colonne.obligatoire)
