"""People, companies, the outbox, the register of consultations and the texts that people accept."""

from accounts.models.consultation import Acte, Consultation, Nature
from accounts.models.courriel import Courriel
from accounts.models.entreprise import Appartenance, Entreprise, RoleDAgent, valider_siret
from accounts.models.invitation import Invitation
from accounts.models.personne import Civilite, Role, User, masquer
from accounts.models.texte import A_CONNAITRE, Acceptation, CodeTexte, Texte

__all__ = [
    "A_CONNAITRE",
    "Acceptation",
    "Acte",
    "Appartenance",
    "Civilite",
    "CodeTexte",
    "Consultation",
    "Courriel",
    "Entreprise",
    "Invitation",
    "Nature",
    "Role",
    "RoleDAgent",
    "Texte",
    "User",
    "masquer",
    "valider_siret",
]
