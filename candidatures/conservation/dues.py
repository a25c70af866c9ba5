"""Which rows are due: each function gives those whose time was over at `limite`."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Appartenance, Consultation, Courriel, Invitation, Role, User
from accounts.models.personne import EQUIPE
from candidatures.conservation.duree import Duree
from candidatures.exports import ExportDeSalaries
from candidatures.lots import LotDActes
from candidatures.models import Candidature, Evenement
from demandes.models import Demande, Importation
from offres.depots import ImportOffres
from offres.models import Lot

ANNONCE = "compte_bientot_efface"
"""The mail that precedes the deletion of an account nobody uses."""
PREAVIS = Duree(jours=30)
"""How long before."""


def demandes_radiees(limite: datetime) -> QuerySet[Demande]:
    """A candidature still active holds its demand: the clock frees it first (candidatures.horloge)."""
    actives = Candidature.objects.actives().filter(demande=OuterRef("pk"))
    return Demande.objects.filter(~Exists(actives), radiee_le__lte=timezone.localdate(limite))


def imports_clos(limite: datetime) -> QuerySet[Importation]:
    return Importation.objects.filter(close_le__lte=limite)


def imports_d_offres(limite: datetime) -> QuerySet[ImportOffres]:
    return ImportOffres.objects.filter(fini_le__lte=limite)


def comptes_jamais_confirmes(limite: datetime) -> QuerySet[User]:
    prouvees = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return _sans_demande().filter(~Exists(prouvees), last_login=None, date_joined__lte=limite)


def comptes_a_prevenir(limite: datetime) -> QuerySet[User]:
    return _endormis(limite).filter(~Exists(_annonces()))


def comptes_endormis(limite: datetime) -> QuerySet[User]:
    """Asleep for long enough, and told long enough ago: the announcement left, or the address takes no mail."""
    preavis = PREAVIS.avant(timezone.now())
    parties = _annonces().filter(Q(envoye_le__lte=preavis) | Q(refuse_le__lte=preavis))
    return _endormis(limite).filter(Exists(parties))


def _endormis(limite: datetime) -> QuerySet[User]:
    return _sans_demande().annotate(vu_le=Coalesce("last_login", "date_joined")).filter(vu_le__lte=limite)


def _sans_demande() -> QuerySet[User]:
    return User.objects.filter(role=Role.DEMANDEUR, demande=None)


def _annonces() -> QuerySet[Courriel]:
    """Those written to the present address of `_endormis` since they were last here."""
    return Courriel.objects.filter(
        gabarit=ANNONCE,
        destinataire=OuterRef("email"),
        cree_le__gt=Coalesce(OuterRef("last_login"), OuterRef("date_joined")),
    )


def agents_partis(limite: datetime) -> QuerySet[User]:
    """Agents who worked for a company's housing service, and for none any more since then."""
    postes = Appartenance.objects.filter(agent=OuterRef("pk"))
    encore = postes.filter(Q(fin_le=None) | Q(fin_le__gt=timezone.localdate(limite)))
    return User.objects.filter(Exists(postes), ~Exists(encore), role=Role.SERVICE_LOGEMENT, is_active=True)


def invitations(limite: datetime) -> QuerySet[Invitation]:
    """Accepted or not: the place itself says who came."""
    return Invitation.objects.filter(cree_le__lte=limite)


def equipe_absente(limite: datetime) -> QuerySet[User]:
    """The end of an adviser's function is not known here: not signing in any more stands for it."""
    equipe = User.objects.filter(role__in=sorted(EQUIPE), is_active=True, is_superuser=False)
    return equipe.annotate(vu_le=Coalesce("last_login", "date_joined")).filter(vu_le__lte=limite)


def courriels_traites(limite: datetime) -> QuerySet[Courriel]:
    """A mail that still waits is never lost."""
    return Courriel.objects.filter(cree_le__lte=limite).exclude(envoye_le=None, refuse_le=None)


def lots_faits(limite: datetime) -> QuerySet[Lot]:
    """They name nobody any more."""
    return Lot.objects.filter(fait_le__lte=limite)


def actes_en_lot(limite: datetime) -> QuerySet[LotDActes]:
    """Done, or never confirmed; one under way is never taken."""
    return LotDActes.objects.filter(Q(fini_le__lte=limite) | Q(confirme_le=None, cree_le__lte=limite))


def exports_de_salaries(limite: datetime) -> QuerySet[ExportDeSalaries]:
    """The account of it; its file left after a day."""
    return ExportDeSalaries.objects.filter(cree_le__lte=limite)


def sessions_finies(limite: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lte=limite)


def connexions_finies(limite: datetime) -> QuerySet[UserSession]:
    sessions = Session.objects.filter(session_key=OuterRef("session_key"))
    connexions: QuerySet[UserSession] = UserSession.objects.filter(~Exists(sessions), last_seen_at__lte=limite)
    return connexions


def vieilles_consultations(limite: datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(le__lte=limite)


def vieux_journal(limite: datetime) -> QuerySet[Evenement]:
    """The journal of a candidature that is still here stays with it: its applicant reads it."""
    presentes = Candidature.objects.filter(pk=OuterRef("candidature_id"))
    return Evenement.objects.filter(~Exists(presentes), le__lte=limite)
