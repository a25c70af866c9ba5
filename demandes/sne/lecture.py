"""Reading JSON strictly: a value is what the contract says, or `FormeInattendue` names the place of the fault."""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

T = TypeVar("T")


class FormeInattendue(ValueError):
    """The JSON is not what the contract says. `propriete` is the path of the first fault: `demandeur.nom`."""

    def __init__(self, propriete: str) -> None:
        super().__init__(f"unexpected value at {propriete or 'the root'}")
        self.propriete = propriete


class Objet:
    """One JSON object being read, with its path for the error."""

    def __init__(self, valeur: object, chemin: str = "") -> None:
        if not isinstance(valeur, dict):
            raise FormeInattendue(chemin)
        self.valeur = valeur
        self.chemin = chemin

    def chemin_de(self, cle: str) -> str:
        return f"{self.chemin}.{cle}" if self.chemin else cle

    def brut(self, cle: str) -> object:
        if cle not in self.valeur:
            raise FormeInattendue(self.chemin_de(cle))
        return self.valeur[cle]

    def texte(self, cle: str, longueur: int, *, vide: bool = True) -> str:
        valeur = self.brut(cle)
        if not isinstance(valeur, str) or len(valeur) > longueur or "\x00" in valeur or not (vide or valeur.strip()):
            raise FormeInattendue(self.chemin_de(cle))
        return valeur

    def motif(self, cle: str, motif: re.Pattern[str], longueur: int = 255) -> str:
        valeur = self.texte(cle, longueur)
        if not motif.fullmatch(valeur):
            raise FormeInattendue(self.chemin_de(cle))
        return valeur

    def code(self, cle: str, permis: Collection[str]) -> str:
        valeur = self.texte(cle, 10)
        if valeur not in permis:
            raise FormeInattendue(self.chemin_de(cle))
        return valeur

    def codes(self, cle: str, permis: Collection[str]) -> tuple[str, ...]:
        """At least one code, none twice."""
        valeurs = self.brut(cle)
        if not isinstance(valeurs, list) or not valeurs:
            raise FormeInattendue(self.chemin_de(cle))
        if any(not isinstance(valeur, str) or valeur not in permis for valeur in valeurs):
            raise FormeInattendue(self.chemin_de(cle))
        if len(set(valeurs)) != len(valeurs):
            raise FormeInattendue(self.chemin_de(cle))
        return tuple(valeurs)

    def oui(self, cle: str) -> bool:
        valeur = self.brut(cle)
        if not isinstance(valeur, bool):
            raise FormeInattendue(self.chemin_de(cle))
        return valeur

    def entier(self, cle: str, mini: int, maxi: int) -> int:
        valeur = self.brut(cle)
        if not isinstance(valeur, int) or isinstance(valeur, bool) or not mini <= valeur <= maxi:
            raise FormeInattendue(self.chemin_de(cle))
        return valeur

    def entier_ou_rien(self, cle: str, mini: int, maxi: int) -> int | None:
        return None if self.brut(cle) is None else self.entier(cle, mini, maxi)

    def jour(self, cle: str) -> date:
        valeur = self.motif(cle, DATE)
        try:
            return date.fromisoformat(valeur)
        except ValueError as erreur:
            raise FormeInattendue(self.chemin_de(cle)) from erreur

    def jour_ou_rien(self, cle: str) -> date | None:
        return None if self.brut(cle) is None else self.jour(cle)

    def objet(self, cle: str) -> "Objet":
        return Objet(self.brut(cle), self.chemin_de(cle))

    def liste(self, cle: str, lire: "Callable[[Objet], T]") -> tuple[T, ...]:
        return lire_liste(self.brut(cle), lire, self.chemin_de(cle))


def lire_liste(valeur: object, lire: Callable[[Objet], T], chemin: str = "") -> tuple[T, ...]:
    """Every element of a JSON array, read by `lire`."""
    if not isinstance(valeur, list):
        raise FormeInattendue(chemin)
    return tuple(lire(Objet(element, f"{chemin}[{rang}]")) for rang, element in enumerate(valeur))
