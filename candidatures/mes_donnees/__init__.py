"""« Mes données »: all that we hold of one person, gathered once, written as a file or on paper (RGPD art. 15, 20).

The file is documented in docs/mes-donnees.md; a change that removes or renames a key raises `VERSION`.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Acte, Consultation, Nature, Role, User
from candidatures.mes_donnees.contenu import rassembler
from candidatures.mes_donnees.structure import Table, brute, en_json

__all__ = ["Table", "consigner_l_export", "en_fichier", "exportables", "rassembler"]

FORMAT, VERSION = "alin.mes-donnees", 1
LA_PERSONNE = "La personne elle-même"
"""Who exported, when it is its owner: the register cannot be changed, so it never holds an applicant's name."""


def exportables() -> QuerySet[User]:
    """The accounts that the team may export when their owner asks for it in writing."""
    return User.objects.filter(role=Role.DEMANDEUR)


def consigner_l_export(personne: User, *, par: User) -> None:
    """Record who exported these data, its owner too: an intruder in his account would leave this line."""
    Consultation.objects.create(
        acte=Acte.EXPORT,
        par_id=par.pk,
        par_nom=LA_PERSONNE if par.pk == personne.pk else str(par),
        par_role=par.role,
        objet="toutes les données",
        objet_nature=Nature.COMPTE,
        objet_id=personne.pk,
        demandeur_id=personne.pk,
    )


def en_fichier(tables: tuple[Table, ...], le: datetime) -> dict[str, Any]:
    """The whole file, ready for JSON."""
    entete = {
        "format": FORMAT,
        "version": VERSION,
        "produit_le": brute(le),
        "responsable": "Action Logement Services",
        "explications": f"{settings.ADRESSE}/donnees-personnelles/",
    }
    return entete | en_json(tables)
