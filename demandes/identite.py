"""Is the account's holder the demandeur of the registry? Case, accents, hyphens and spaces are forgiven (guide #4)."""

import re
import unicodedata
from typing import NamedTuple

from accounts.models import User
from demandes.sne.dossier import DossierSNE


class Ecart(NamedTuple):
    """One field that differs: what the account says, what the registry says."""

    champ: str
    ici: str
    registre: str


def simplifier(nom: str) -> str:
    """« Jean-Paul  D’Alembert » and « JEAN PAUL D ALEMBERT » become the same."""
    lettres = unicodedata.normalize("NFKD", nom.casefold().replace("œ", "oe").replace("æ", "ae"))
    sans_accent = "".join(signe for signe in lettres if not unicodedata.combining(signe))
    return " ".join(re.sub(r"[\W_]+", " ", sans_accent).split())


def ecarts(user: User, dossier: DossierSNE) -> list[Ecart]:
    """The fields on which account and registry disagree; the married name serves as well as the birth name."""
    demandeur = dossier.demandeur
    trouves = []
    if simplifier(user.nom_naissance) not in {simplifier(demandeur.nom), simplifier(demandeur.nom_naissance)}:
        trouves.append(Ecart("Nom", user.nom_naissance, demandeur.nom_naissance))
    if simplifier(user.prenom) != simplifier(demandeur.prenom):
        trouves.append(Ecart("Prénom", user.prenom, demandeur.prenom))
    return trouves
