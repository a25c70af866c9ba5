"""Companies brought in from a CSV file: all of it or nothing, after a report that is the import itself, taken back."""

import csv
from dataclasses import dataclass, field

from django.db import transaction

from accounts.forms_entreprises import CHAMPS, EntrepriseForm
from accounts.models import Entreprise

MAXIMUM = 2_000
"""Lines of one file: it is read within a request."""
OUI_NON = {"oui": "True", "o": "True", "1": "True", "vrai": "True"} | {
    "non": "False", "n": "False", "0": "False", "faux": "False",
}  # fmt: skip
CASES = ("cliente", "travail_temporaire", "exige_confirmation")
OBLIGATOIRES = ("siret", "nom")


class FichierRefuse(Exception):
    """Why the file cannot be read at all; the text is for the adviser."""


@dataclass
class Rapport:
    """What a file would do, or did. With one error nothing is written."""

    creees: list[str] = field(default_factory=list)
    changees: list[str] = field(default_factory=list)
    inchangees: int = 0
    erreurs: list[str] = field(default_factory=list)

    @property
    def a_faire(self) -> bool:
        return not self.erreurs and bool(self.creees or self.changees)


def decoder(contenu: bytes) -> str:
    """The text of a file written by a spreadsheet: UTF-8, else Windows's Western."""
    try:
        return contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenu.decode("cp1252", errors="replace")


@transaction.atomic
def importer(texte: str, *, a_blanc: bool) -> Rapport:
    """Write each line through the form of the page; a column that is not in the file is left as it is.

    So is an answer left empty: nothing is neither yes nor no.

    Raises `FichierRefuse`.
    """
    rapport, vus = Rapport(), set[str]()
    for numero, ligne in enumerate(_lire(texte), start=2):
        siret = ligne["siret"].replace(" ", "")
        if siret in vus:
            rapport.erreurs.append(f"Ligne {numero} : le n° SIRET {siret} est déjà plus haut.")
            continue
        vus.add(siret)
        if douteuses := [nom for nom in CASES if ligne.get(nom, "True") not in ("True", "False")]:
            rapport.erreurs.append(f"Ligne {numero}, {', '.join(douteuses)} : écrivez oui ou non.")
            continue
        _ecrire(numero, ligne | {"siret": siret}, rapport)
    if a_blanc or rapport.erreurs:
        transaction.set_rollback(True)
    return rapport


def _ecrire(numero: int, ligne: dict[str, str], rapport: Rapport) -> None:
    entreprise = Entreprise.objects.filter(siret=ligne["siret"]).select_related("successeur").first()
    connue = EntrepriseForm(instance=entreprise or Entreprise())
    donnees = {nom: str(connue[nom].value()) for nom in CHAMPS if connue[nom].value() is not None} | ligne
    form = EntrepriseForm(donnees, instance=connue.instance)
    if not form.is_valid():
        rapport.erreurs += [
            f"Ligne {numero}, {form.fields[nom].label if nom in form.fields else 'ensemble'} : {erreur}"
            for nom, erreurs in form.errors.items()
            for erreur in erreurs
        ]
    elif entreprise is None:
        rapport.creees.append(f"{form.save().nom} ({ligne['siret']})")
    elif form.has_changed():
        noms = ", ".join(str(form.fields[nom].label).lower() for nom in form.changed_data)
        rapport.changees.append(f"{form.save().nom} ({ligne['siret']}) : {noms}")
    else:
        rapport.inchangees += 1


def _lire(texte: str) -> list[dict[str, str]]:
    if "\0" in texte:  # no spreadsheet writes it, and PostgreSQL does not store it
        raise FichierRefuse("Ce fichier n’est pas un tableau CSV qui se lise.")
    premiere = texte.partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    lecteur = csv.DictReader(texte.splitlines(), delimiter=separateur, restval="")
    colonnes = [(nom or "").strip().lower() for nom in lecteur.fieldnames or []]
    manquantes = [nom for nom in OBLIGATOIRES if nom not in colonnes]
    if manquantes:
        raise FichierRefuse(f"La première ligne doit nommer les colonnes : il manque {' et '.join(manquantes)}.")
    if inconnues := [nom for nom in colonnes if nom not in CHAMPS]:
        raise FichierRefuse(f"Colonne inconnue : {inconnues[0] or 'sans nom'}. Les colonnes sont {', '.join(CHAMPS)}.")
    lecteur.fieldnames = colonnes
    try:
        lignes = [_nettoyer(ligne) for ligne in lecteur]
    except csv.Error as erreur:
        raise FichierRefuse("Ce fichier n’est pas un tableau CSV qui se lise.") from erreur
    if len(lignes) > MAXIMUM:
        raise FichierRefuse(f"Ce fichier a {len(lignes)} lignes : au plus {MAXIMUM} à la fois.")
    return lignes


def _nettoyer(ligne: dict[str | None, str | list[str]]) -> dict[str, str]:
    propre = {nom: str(valeur).strip() for nom, valeur in ligne.items() if nom}
    return {nom: OUI_NON.get(v.lower(), v) if nom in CASES else v for nom, v in propre.items() if v or nom not in CASES}
