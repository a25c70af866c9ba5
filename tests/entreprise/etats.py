"""Every state a leave may be in, and whether the agent of Ateliers Vauban sees the employee's demand in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Appartenance, Entreprise, User
from demandes.models import Demande
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    UserFactory,
)

VAUBAN, VOISIN = "12345678200010", "12345678200028"
"""Two establishments of one company."""


def jour(ecart: int) -> Any:
    return timezone.localdate() + timedelta(days=ecart)


def accorder(demande: Demande, poste: Appartenance, **champs: Any) -> None:
    ConsentementFactory(demande=demande, **{"entreprise": poste.entreprise, **champs})


def changer(objet: Any, **champs: Any) -> None:
    type(objet).objects.filter(pk=objet.pk).update(**champs)


def avec(geste: Callable[[Demande, Appartenance], None]) -> Callable[[Demande, Appartenance], None]:
    """A leave in force, then something happens."""

    def faire(demande: Demande, poste: Appartenance) -> None:
        accorder(demande, poste)
        geste(demande, poste)

    return faire


def du_groupe(demande: Demande, poste: Appartenance) -> None:
    changer(poste, toute_l_entreprise=True)
    accorder(demande, poste, entreprise=EntrepriseFactory(siret=VOISIN, nom="Vauban Lyon"))


def homonyme(demande: Demande, poste: Appartenance) -> None:
    changer(demande.demandeur, prenom="CAMILLE", nom_naissance="Roux")


def absorbee(demande: Demande, poste: Appartenance) -> None:
    changer(poste.entreprise, radiee_le=jour(-1), successeur=EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison"))
    AppartenanceFactory(agent=poste.agent, entreprise=Entreprise.objects.get(siret=SIRETS[1]))


ETATS: dict[str, tuple[Callable[[Demande, Appartenance], None], bool]] = {
    "no leave": (lambda _d, _p: None, False),
    "in force": (accorder, True),
    "in force until today": (lambda d, p: accorder(d, p, fin_le=jour(0)), True),
    "ended yesterday": (lambda d, p: accorder(d, p, fin_le=jour(-1)), False),
    "withdrawn": (lambda d, p: accorder(d, p, retire_le=timezone.now()), False),
    "given to another company": (
        lambda d, p: accorder(d, p, entreprise=EntrepriseFactory(siret=SIRETS[1], nom="Autre")),
        False,
    ),
    "given to another establishment": (
        lambda d, p: accorder(d, p, entreprise=EntrepriseFactory(siret=VOISIN, nom="Vauban Lyon")),
        False,
    ),
    "given to another establishment, agent for all": (du_groupe, True),
    "agent leaves tomorrow": (avec(lambda _d, p: changer(p, fin_le=jour(1))), True),
    "agent left today": (avec(lambda _d, p: changer(p, fin_le=jour(0))), False),
    "agent's account closed": (avec(lambda _d, p: changer(p.agent, is_active=False)), False),
    "agent has become something else": (avec(lambda _d, p: changer(p.agent, role="demandeur")), False),
    "company struck off": (avec(lambda _d, p: changer(p.entreprise, radiee_le=jour(0))), False),
    "company merged into another, same agent": (avec(absorbee), False),
    "company no client any more": (avec(lambda _d, p: changer(p.entreprise, cliente=False)), False),
    "demand struck off, which may come back": (avec(lambda d, _p: changer(d, radiee_le=jour(0))), True),
    "agent is the applicant": (avec(homonyme), False),
}


def monde(etat: str) -> tuple[Demande, User]:
    """The demand of Zoé, with a candidature, and Camille, agent of Ateliers Vauban, in that state."""
    demande: Demande = DemandeFactory(demandeur=UserFactory(prenom="Zoé", nom_naissance="Porte"), valide=True)
    CandidatureFactory(demande=demande)
    poste: Appartenance = AppartenanceFactory(entreprise=EntrepriseFactory(siret=VAUBAN))
    ETATS[etat][0](demande, poste)
    return Demande.objects.get(pk=demande.pk), User.objects.get(pk=poste.agent_id)
