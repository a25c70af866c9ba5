"""Territories, the demand imported from the registry, the employer, consent and supporting documents."""

from demandes.models.consentement import Consentement
from demandes.models.demande import Demande, Instantane, LienEmploi, Priorite, Souhait
from demandes.models.emploi import Emploi, Titulaire
from demandes.models.importation import Importation
from demandes.models.jalon import Genre, Jalon
from demandes.models.piece import PieceConfirmee
from demandes.models.territoire import (
    Commune,
    Departement,
    TableDeReference,
    TypeCommune,
    Voisinage,
    Zones,
)

__all__ = [
    "Commune",
    "Consentement",
    "Demande",
    "Departement",
    "Emploi",
    "Genre",
    "Importation",
    "Instantane",
    "Jalon",
    "LienEmploi",
    "PieceConfirmee",
    "Priorite",
    "Souhait",
    "TableDeReference",
    "Titulaire",
    "TypeCommune",
    "Voisinage",
    "Zones",
]
