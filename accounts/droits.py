"""What each role of the team may open and change in the admin: one table, asked by Django's own permission checks.

The acts on a candidature are not here: candidatures/statuts.py says who does them.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import Role, User


def _lire(*modeles: str) -> frozenset[str]:
    return frozenset(".view_".join(modele.split(".")) for modele in modeles)


def _ecrire(*modeles: str) -> frozenset[str]:
    """Read, add and change. Nobody deletes: what is over is ended, withdrawn or made inactive."""
    return frozenset(f".{acte}_".join(modele.split(".")) for modele in modeles for acte in ("view", "add", "change"))


_TERRITOIRES = _lire("demandes.departement", "demandes.commune")
_SENSIBLE = frozenset({"demandes.lire_le_sensible"})
"""Health, violence, residence, tax income: needed to examine a demand, not to answer the telephone (RGPD art. 5)."""
_RETRAIT = frozenset({"offres.retirer_offre"})
_COMMISSION = frozenset({"candidatures.tenir_seance"})
"""Read the sheet of a commission and enter its decisions."""
_IMPORT = frozenset({"offres.importer_offres"}) | _lire("offres.importoffres")
_ILLUSTRATION = frozenset({"offres.illustrer_offre"})
"""Add, order and remove the photographs of an offer; whoever brings offers in by file may show them too."""
_LOT = _lire("candidatures.lotdactes")
"""One's own acts on many dossiers; the supervisor reads everybody's (candidatures.lots)."""
_EXPORT = frozenset({"accounts.exporter_donnees"})
"""All that is held of one person, for whoever asks for it in writing (RGPD art. 15); recorded, and shown to him."""

_BAREME = _lire("candidatures.baremedeclassement", "candidatures.tranchedebareme")
"""The scale of the ranking, which is public; the supervisor alone writes the next one."""

_DELAIS = _lire("candidatures.delaidattente")
"""How long each step may take; the supervisor alone writes the next delays."""

DROITS: dict[str, frozenset[str]] = {
    Role.CONSEILLER: _TERRITOIRES
    | _SENSIBLE
    | _RETRAIT
    | _COMMISSION
    | _LOT
    | _IMPORT
    | _ILLUSTRATION
    | _lire("candidatures.candidature", "candidatures.motif", "demandes.demande")
    | _BAREME
    | _DELAIS
    | _lire("offres.offre", "offres.bailleur", "offres.plafond", "offres.seuilseffort")
    | _ecrire("accounts.entreprise", "accounts.appartenance"),
    Role.SUPPORT: _TERRITOIRES
    | _EXPORT
    | _lire("accounts.user", "accounts.courriel", "accounts.consultation", "accounts.entreprise")
    | _lire("demandes.demande", "demandes.importation", "candidatures.candidature", "offres.offre", "offres.bailleur")
    | _lire("offres.tournee", "offres.abonnement"),
    Role.SUPERVISEUR: _SENSIBLE
    | _RETRAIT
    | _COMMISSION
    | _LOT
    | _IMPORT
    | _ILLUSTRATION
    | _EXPORT
    | _lire("accounts.courriel", "accounts.consultation", "demandes.demande", "demandes.importation")
    | _lire("demandes.commune", "candidatures.candidature", "candidatures.evenement", "candidatures.passage")
    | _lire("accounts.texte", "accounts.acceptation", "offres.tournee", "offres.abonnement")
    | _ecrire("accounts.user", "accounts.entreprise", "accounts.appartenance", "candidatures.motif")
    | _ecrire("candidatures.baremedeclassement", "candidatures.tranchedebareme", "candidatures.delaidattente")
    | _ecrire("offres.offre", "offres.bailleur", "offres.plafond", "offres.seuilseffort", "demandes.departement"),
}
AUCUN: frozenset[str] = frozenset()


class DroitsDuRole:
    """Lends a person the rights of his role, and answers for them alone: no other backend is asked, no query is made.

    It signs nobody in: it has no `get_user`.
    """

    def authenticate(self, request: HttpRequest | None, **identifiants: Any) -> None:  # noqa: ARG002
        return None

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: object = None) -> bool:
        """Raises PermissionDenied for a right that the role has not, which ends Django's search."""
        if perm not in self.get_user_permissions(user_obj, obj):
            raise PermissionDenied
        return True

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        if user_obj.is_anonymous or not user_obj.is_active or obj is not None:
            return set()
        return set(DROITS.get(user_obj.role, AUCUN))

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        """Whether anything of this application may be opened. Raises PermissionDenied as `has_perm` does."""
        if not any(droit.startswith(f"{app_label}.") for droit in self.get_user_permissions(user_obj)):
            raise PermissionDenied
        return True
