"""One row of a file -> the values of an offer, or the reasons why not."""

import csv
import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models.functions import Upper

from accounts.models import Entreprise
from demandes import reference
from demandes.models import Commune
from offres.imports.colonnes import COLONNES, GARDER, PAR_NOM, Refus, extrait
from offres.imports.formats import Ligne
from offres.models import Bailleur

FUSIONNEES: Path = reference.DONNEES / "communes_fusionnees.csv.gz"
Cle = tuple[int, str]
"""A bailleur and its reference: what an offer is recognised by."""


@dataclass
class LigneLue:
    """`valeurs` are those of the columns that the row has; a row with `erreurs` is refused."""

    numero: int
    reference: str
    valeurs: dict[str, Any] = field(default_factory=dict)
    erreurs: list[str] = field(default_factory=list)

    @property
    def cle(self) -> Cle | None:
        """None when the row does not say which offer it is about."""
        bailleur = self.valeurs.get("bailleur_id")
        return (bailleur, self.valeurs["reference"]) if bailleur and self.valeurs.get("reference") else None

    def refuser(self, colonne: str, raison: str) -> None:
        self.erreurs.append(f"colonne {colonne} : {raison}")


@dataclass(frozen=True)
class Lecture:
    """Reads the rows of one file; `impose` is the bailleur chosen for all of it, if one was."""

    impose: Bailleur | None
    bailleurs: dict[str, int]

    @classmethod
    def pour(cls, impose: Bailleur | None) -> "Lecture":
        tous = list(Bailleur.objects.all())
        connus = {b.nom.casefold(): b.pk for b in tous} | {b.siren: b.pk for b in tous if b.siren}
        return cls(impose, connus)

    def manquantes(self, colonnes: Iterable[str]) -> list[str]:
        """The columns that a table must have and does not."""
        attendues = [colonne.nom for colonne in COLONNES if colonne.obligatoire]
        if self.impose is None:
            attendues.insert(1, "bailleur")
        presentes = set(colonnes)
        return [nom for nom in attendues if nom not in presentes]

    def lire(self, lignes: list[Ligne]) -> list[LigneLue]:
        """A batch of rows: two queries, for its communes and its companies, whatever its length."""
        lues = [self._lire(ligne) for ligne in lignes]
        _situer(lues)
        _reserver(lues)
        return lues

    def cle(self, ligne: Ligne) -> LigneLue:
        """The row as far as saying which offer it is about."""
        return self._lire(ligne, seulement=frozenset({"reference", "bailleur"}))

    def _lire(self, ligne: Ligne, seulement: frozenset[str] | None = None) -> LigneLue:
        lue = LigneLue(ligne.numero, extrait(ligne.cellules.get("reference") or ""))
        if ligne.deborde:
            lue.erreurs.append("plus de cellules que de colonnes : un texte à séparateur n’est pas entre guillemets")
        for nom in self.manquantes(ligne.cellules):
            lue.refuser(nom, "cette colonne est obligatoire")
        for nom, cellule in ligne.cellules.items():
            if nom in PAR_NOM and (seulement is None or nom in seulement):
                self._lire_la_cellule(lue, nom, cellule)
        lue.reference = extrait(lue.valeurs.get("reference") or lue.reference)
        self._attribuer(lue)
        return lue

    def _lire_la_cellule(self, lue: LigneLue, nom: str, cellule: Any) -> None:
        try:
            valeur = PAR_NOM[nom].valeur(cellule)
        except Refus as refus:
            lue.refuser(nom, str(refus))
        else:
            if valeur is not GARDER:
                lue.valeurs[nom] = valeur

    def _attribuer(self, lue: LigneLue) -> None:
        """Whose offer it is: the bailleur of the file, which the row may repeat, or that of the row."""
        dit = lue.valeurs.pop("bailleur", None)
        connu = (
            self.bailleurs.get(dit.replace(" ", "") if dit.replace(" ", "").isdigit() else dit.casefold())
            if dit
            else None
        )
        if dit and connu is None:
            lue.refuser("bailleur", f"« {extrait(dit)} » n’est pas un bailleur connu d’AL’in")
        elif self.impose and connu and connu != self.impose.pk:
            lue.refuser("bailleur", f"ce fichier est celui de {self.impose.nom}, pas de « {extrait(dit)} »")
        elif not self.impose and not connu and not any("colonne bailleur" in erreur for erreur in lue.erreurs):
            lue.refuser("bailleur", "cette colonne est obligatoire")
        attribue = connu or (self.impose.pk if self.impose else None)
        if attribue:
            lue.valeurs["bailleur_id"] = attribue


def _situer(lues: list[LigneLue]) -> None:
    """The commune of each row, by its code; what is no code is looked for by name, to say which code to write."""
    dits = {lue.numero: _code(str(lue.valeurs.pop("commune"))) for lue in lues if lue.valeurs.get("commune")}
    suivants = {code: _fusionnees()[code] for code in dits.values() if code in _fusionnees()}
    codes = {*dits.values(), *suivants.values()}
    communes = {c.code: c for c in Commune.objects.filter(code__in=codes).prefetch_related("arrondissements")}
    inconnus = {dit.upper() for dit in dits.values() if dit not in communes and dit not in suivants}
    homonymes: dict[str, list[Commune]] = {}
    if inconnus:
        for commune in Commune.objects.annotate(majuscules=Upper("nom")).filter(majuscules__in=inconnus):
            homonymes.setdefault(commune.nom.upper(), []).append(commune)
    for lue in lues:
        if lue.numero not in dits:
            continue
        dit = dits[lue.numero]
        raison = _raison(dit, communes, suivants, homonymes)
        if raison:
            lue.refuser("commune", raison)
        else:
            _placer(lue, communes[dit])


def _code(dit: str) -> str:
    """« 1001 » for « 01001 »: a spreadsheet takes the first zero away."""
    return dit.zfill(5) if dit.isdigit() else dit


def _raison(
    dit: str, communes: dict[str, Commune], suivants: dict[str, str], homonymes: dict[str, list[Commune]]
) -> str:
    """Why no dwelling can be there; "" when one can."""
    if dit in communes:
        quartiers = list(communes[dit].arrondissements.all())
        exemple = min((quartier.code for quartier in quartiers), default="")
        return f"{communes[dit].nom} : écrivez le code de l’arrondissement, par exemple {exemple}" if quartiers else ""
    if dit in suivants and suivants[dit] in communes:
        nouvelle = communes[suivants[dit]]
        return f"la commune {dit} n’existe plus : écrivez {nouvelle.code} ({nouvelle.nom})"
    if trouvees := homonymes.get(dit.upper()):
        codes = ", ".join(f"{c.code} ({c.departement_id})" for c in sorted(trouvees, key=lambda c: c.code)[:5])
        return f"le code INSEE est attendu ; pour « {extrait(dit)} », écrivez {codes}"
    return f"la commune « {extrait(dit)} » est inconnue : le code INSEE à cinq signes est attendu, par exemple 75111"


def _placer(lue: LigneLue, commune: Commune) -> None:
    """The commune, and a postal code of its département: what a dwelling's page says of where it is."""
    lue.valeurs["commune_id"] = commune.code
    dit, connus = lue.valeurs.get("code_postal", ""), commune.codes_postaux
    if dit and connus and dit[:2] not in {connu[:2] for connu in connus}:
        lue.refuser("code_postal", f"« {dit} » n’est pas à {commune.nom} : {', '.join(connus[:8])}")
    if lue.valeurs.get("code_postal", "") == "":
        if len(commune.codes_postaux) == 1:
            lue.valeurs["code_postal"] = commune.codes_postaux[0]
        elif not any("colonne code_postal" in erreur for erreur in lue.erreurs):
            lue.refuser("code_postal", f"{commune.nom} en a plusieurs : {', '.join(commune.codes_postaux[:8])}")


def _reserver(lues: list[LigneLue]) -> None:
    """The company an offer is reserved to, by its SIRET."""
    sirets = {lue.valeurs["reservee_a"] for lue in lues if lue.valeurs.get("reservee_a")}
    connues = dict(Entreprise.objects.filter(siret__in=sirets).values_list("siret", "pk")) if sirets else {}
    for lue in lues:
        if "reservee_a" not in lue.valeurs:
            continue
        siret = lue.valeurs.pop("reservee_a")
        if siret and siret not in connues:
            lue.refuser("reservee_a", f"aucune entreprise d’AL’in n’a le SIRET {siret}")
        lue.valeurs["reservee_a_id"] = connues.get(siret)


@cache
def _fusionnees() -> dict[str, str]:
    """The former codes of communes that merged, with the code of today's."""
    with gzip.open(FUSIONNEES, "rt", encoding="ascii", newline="") as fichier:
        return {ligne["ancien"]: ligne["actuel"] for ligne in csv.DictReader(fichier)}
