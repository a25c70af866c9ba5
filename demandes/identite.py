"""Is the account's holder the demandeur of the registry? (guide #4; domaine: nom d'usage or de naissance)

Number, birth date and the registry's mailbox are proved before a name is compared: what is forgiven here is how one
name gets written, never another name. Case, accents, hyphens, apostrophes and spaces do not count; the first of several
first names serves; letters that have two spellings (ß, ø, ü…) are read both ways; the particle « de » may be missing.
"""

import re
import unicodedata
from itertools import accumulate
from typing import NamedTuple

from accounts.models import User
from demandes.sne.dossier import DossierSNE

LETTRES = str.maketrans(
    {
        **{"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "þ": "th", "ŋ": "n"},
        **{"ı": "i", "ə": "a", "ĳ": "ij"},
    }
)
"""What NFKD leaves whole. `casefold` has already made « ss » of « ß »."""
PASSEPORT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
"""How the lines that machines read in a passport spell the same letters (ICAO 9303-3, §6)."""
PARTICULES = ("de", "d")
"""Papers write « d’Ormesson » or « Ormesson »; « du », « des », « le » are part of the name."""
DEUX_NOMS = re.compile(r"\b(?:nee?|epouse|epse|ep|veuve|vve)\b")
"""« DURAND née PORTE », in one box."""


class Ecart(NamedTuple):
    """One field that differs: what the account says, what the registry says, and how the account could say it."""

    attribut: str  # of `User`
    champ: str
    ici: str
    registre: str
    propose: str


def simplifier(nom: str) -> str:
    """« Jean-Paul  D’Alembert » and « JEAN PAUL D ALEMBERT » become the same."""
    lettres = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", nom).casefold().translate(LETTRES))
    sans_accent = "".join(signe for signe in lettres if not unicodedata.combining(signe))
    return " ".join(re.sub(r"[\W_]+", " ", sans_accent).split())


def meme_nom(un: str, autre: str) -> bool:
    """Two spellings of one family name."""
    return bool(_noms(un) & _noms(autre))


def meme_prenom(un: str, autre: str) -> bool:
    """One first name, or the first of several: « Jean » for « Jean Paul », but not for « Jean-Paul », which is one."""
    return bool(_entiers(un) & _debuts(autre) or _entiers(autre) & _debuts(un))


def ecarts(user: User, dossier: DossierSNE) -> list[Ecart]:
    """The fields on which account and registry disagree; the married name serves as well as the birth name."""
    demandeur = dossier.demandeur
    trouves = []
    if not (meme_nom(user.nom_naissance, demandeur.nom) or meme_nom(user.nom_naissance, demandeur.nom_naissance)):
        deux = simplifier(demandeur.nom) != simplifier(demandeur.nom_naissance)
        registre = f"{demandeur.nom_naissance}, ou {demandeur.nom} (nom d’usage)" if deux else demandeur.nom_naissance
        propose = composer(demandeur.nom_naissance)
        trouves.append(Ecart("nom_naissance", "Nom", user.nom_naissance, registre, propose))
    if not meme_prenom(user.prenom, demandeur.prenom):
        propose = composer(demandeur.prenom)
        trouves.append(Ecart("prenom", "Prénom", user.prenom, demandeur.prenom, propose))
    return trouves


def est_du_foyer(user: User, dossier: DossierSNE) -> bool:
    """Whether somebody of this name asks for the dwelling, alone or with others; the married name serves too."""
    return any(
        meme_prenom(user.prenom, adulte.prenom)
        and (meme_nom(user.nom_naissance, adulte.nom) or meme_nom(user.nom_naissance, adulte.nom_naissance))
        for adulte in dossier.adultes
    )


def sont_inverses(trouves: list[Ecart]) -> bool:
    """Whether the account has its first name in the box of the name, and the other way round."""
    if len(trouves) != 2:
        return False
    nom, prenom = trouves
    return meme_nom(prenom.ici, nom.propose) and meme_prenom(nom.ici, prenom.propose)


def composer(nom: str) -> str:
    """« D'ALEMBERT-PORTE » as people write it, « D’Alembert-Porte »; a name that has small letters is left alone."""
    if nom != nom.upper():
        return nom
    return re.sub(r"\w+", lambda mot: mot[0].capitalize(), nom).replace("'", "’")


def _passeport(nom: str) -> str:
    return unicodedata.normalize("NFC", nom).casefold().translate(PASSEPORT)


def _telle_quelle(nom: str) -> str:
    return nom


ECRITURES = (_telle_quelle, _passeport)


def _noms(nom: str) -> set[str]:
    """Every way to write a family name in one word; both names if the box holds two."""
    trouves = set()
    for ecriture in ECRITURES:
        entier = simplifier(ecriture(nom))
        for partie in (entier, *DEUX_NOMS.split(entier)):
            mots = partie.split()
            trouves.add("".join(mots))
            if len(mots) > 1 and mots[0] in PARTICULES:
                trouves.add("".join(mots[1:]))
    return trouves - {""}


def _entiers(prenom: str) -> set[str]:
    return {simplifier(ecriture(prenom)).replace(" ", "") for ecriture in ECRITURES} - {""}


def _debuts(prenom: str) -> set[str]:
    """« Jean-Paul Marie » gives « jeanpaul » and « jeanpaulmarie »: what stands before each space or comma."""
    debuts: set[str] = set()
    for ecriture in ECRITURES:
        mots = (simplifier(mot).replace(" ", "") for mot in re.split(r"[\s,;]+", ecriture(prenom)))
        debuts.update(accumulate(mot for mot in mots if mot))
    return debuts
