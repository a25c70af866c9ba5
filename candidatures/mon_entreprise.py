"""« Mon entreprise et moi »: who may see one's demand, until when, what they saw and what they did (RGPD art. 15)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Appartenance, Entreprise, Role, User
from candidatures.models import Candidature, Evenement
from candidatures.recit import PHRASES
from candidatures.statuts import Action, Statut
from demandes.models import Consentement, Demande

EN_MON_NOM = {
    "postuler": "Candidature déposée en votre nom",
    Action.ANNULER.value: "Candidature annulée en votre nom",
}


@dataclass(frozen=True)
class Fait:
    """One act of the housing service on one candidature."""

    le: datetime
    qui: str
    quoi: str
    logement: str


@dataclass(frozen=True)
class Ancien:
    """A leave that is over: `fin` says how, in a sentence."""

    accord: Consentement
    fin: str


def agents_de(entreprise: Entreprise) -> QuerySet[Appartenance]:
    """Those who may open one's demand today through this company, by name."""
    ici = Q(entreprise=entreprise) | Q(toute_l_entreprise=True, entreprise__siren=entreprise.siren)
    postes = Appartenance.objects.en_poste().filter(ici, agent__is_active=True, agent__role=Role.SERVICE_LOGEMENT)
    return postes.select_related("agent").order_by("agent__nom_naissance", "agent__prenom")


def anciens(demande: Demande, en_cours: Consentement | None) -> list[Ancien]:
    """The leaves that are over, the last one first."""
    accords = demande.consentements.select_related("entreprise__successeur", "texte").order_by("-donne_le", "-pk")
    return [Ancien(accord, comment_finit(accord)) for accord in accords if accord != en_cours]


def comment_finit(accord: Consentement) -> str:
    """Why a leave is not in force any more."""
    fini_le, entreprise = accord.fini_le, accord.entreprise
    if fini_le and accord.fin_le == fini_le:
        return f"Arrivé à la fin que vous aviez choisie, le {fini_le:%d/%m/%Y}."
    if fini_le:
        return f"Retiré le {fini_le:%d/%m/%Y}."
    if entreprise.successeur and entreprise.radiee_le:
        devenue = f"{entreprise.nom} est devenue {entreprise.successeur.nom} le {entreprise.radiee_le:%d/%m/%Y}."
        return (
            f"{devenue} Votre accord ne passe pas de l’une à l’autre : personne ne voit plus rien, "
            "sauf si vous donnez un nouvel accord."
        )
    return f"{entreprise.nom} n’a plus de service logement sur AL’in : personne n’y voit plus rien."


def faits(demande: Demande) -> list[Fait]:
    """What the agents did of one's candidatures, the last first; in three queries."""
    siennes = Candidature.objects.filter(demande=demande).select_related("offre__commune__parent").order_by()
    candidatures = {candidature.pk: candidature for candidature in siennes}
    evenements = list(
        Evenement.objects.filter(candidature_id__in=candidatures, par_role=Role.SERVICE_LOGEMENT).order_by("-le", "-id")
    )
    noms = User.objects.in_bulk({evenement.par_id for evenement in evenements})
    return [
        Fait(
            evenement.le,
            str(noms.get(evenement.par_id, "Un agent qui n’a plus de compte")),
            EN_MON_NOM.get(evenement.action) or PHRASES[Statut(evenement.vers)],
            str(candidatures[evenement.candidature_id].offre),
        )
        for evenement in evenements
    ]
