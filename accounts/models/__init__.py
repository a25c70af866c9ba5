"""People, companies, the outbox and the register of consultations."""

from accounts.models.consultation import Consultation
from accounts.models.courriel import Courriel
from accounts.models.entreprise import Appartenance, Entreprise, valider_siret
from accounts.models.personne import Civilite, Role, User

__all__ = [
    "Appartenance",
    "Civilite",
    "Consultation",
    "Courriel",
    "Entreprise",
    "Role",
    "User",
    "valider_siret",
]
