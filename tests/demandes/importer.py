"""Importing in a test, as a person does: the number, the code of the last mail."""

import re
from datetime import date

from accounts.models import Courriel, User
from demandes import importation
from demandes.models import Importation

NUMERO, NAISSANCE = "111092062114ACLOG", date(1989, 5, 19)


def code_recu(adresse: str = "") -> str:
    """The six digits of the last mail, to this address if one is given."""
    courriels = Courriel.objects.filter(gabarit="code_import")
    if adresse:
        courriels = courriels.filter(destinataire=adresse)
    trouve = re.search(r"^(\d{6})$", courriels.latest("cree_le").texte, re.MULTILINE)
    assert trouve is not None
    return trouve[1]


def verifiee(user: User) -> Importation:
    """An import of Anne's demand, whose code has been given back."""
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=user)
    importation.verifier_le_code(ouverte, code_recu())
    ouverte.refresh_from_db()
    return ouverte
