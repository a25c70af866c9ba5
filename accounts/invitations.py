"""Bringing an agent into a company's housing service, and closing his access.

An invitation is bound to its address: whoever was only forwarded the mail cannot use it, since a new account gets its
first password by a second mail to that address, and an account that exists must be the one signed in.
"""

import secrets

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import courriels
from accounts.adapter import adresse_absolue
from accounts.models import Appartenance, Entreprise, Invitation, Role, RoleDAgent, User
from accounts.models.invitation import VALIDITE
from accounts.mur import par_la_porte
from alin.templatetags.ecriture import de

INVITANTS = frozenset({Role.CONSEILLER, Role.SUPERVISEUR})
"""Who of the team may invite for any company."""
SEL = "accounts.invitations"


class InvitationRefusee(Exception):
    """Why not, and what to do; the text is for whoever tries."""


def empreinte(jeton: str) -> str:
    """What is kept of a token: nothing that opens."""
    return salted_hmac(SEL, jeton, algorithm="sha256").hexdigest()


@par_la_porte()
@transaction.atomic
def inviter(
    entreprise: Entreprise, *, email: str, prenom: str, nom_naissance: str, role: str = RoleDAgent.AGENT, par: User
) -> Invitation:
    """Send the mail; an invitation that waited at this address is replaced. Raises `InvitationRefusee`.

    It says nothing of an account that the address may have: an employer would learn who looks for a dwelling.
    """
    entreprise = Entreprise.objects.select_for_update(no_key=True).get(pk=entreprise.pk)  # one invitation at a time
    _exiger_le_droit(entreprise, par)
    if not entreprise.est_ouverte:
        raise InvitationRefusee(f"{entreprise.nom} n’a pas de service logement sur AL’in aujourd’hui.")
    if Appartenance.objects.en_poste().filter(entreprise=entreprise, agent__email__iexact=email).exists():
        raise InvitationRefusee(f"{email} a déjà accès au service logement {de(entreprise.nom)}.")
    Invitation.objects.ouvertes().filter(entreprise=entreprise, email=email).update(annulee_le=timezone.now())
    jeton = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        entreprise=entreprise, email=email, prenom=prenom, nom_naissance=nom_naissance, role=role,
        empreinte=empreinte(jeton), par_id=par.pk, par_nom=str(par), expire_le=timezone.now() + VALIDITE,
    )  # fmt: skip
    lien = adresse_absolue(reverse("invitation", args=[jeton]))
    contexte = {"invitation": invitation, "lien": lien, "jours": VALIDITE.days}
    courriels.ecrire(email, "invitation_agent", contexte)
    return invitation


def presenter(jeton: str, *, connecte: User | None) -> tuple[Invitation, User | None]:
    """The invitation behind a link, and the account at its address. Raises `InvitationRefusee` if it opens nothing."""
    invitation = Invitation.objects.filter(empreinte=empreinte(jeton)).select_related("entreprise").first()
    if invitation is None:
        raise InvitationRefusee(
            "Ce lien n’ouvre aucune invitation. Il a peut-être été coupé : copiez-le en entier depuis l’e-mail."
        )
    if invitation.acceptee_le:
        raise InvitationRefusee(
            "Cette invitation a déjà servi. Si c’est vous qui l’avez acceptée, connectez-vous avec l’adresse "
            f"{invitation.email_masque}. Sinon, dites-le à {invitation.par_nom}."
        )
    if invitation.annulee_le:
        raise InvitationRefusee(
            "Cette invitation a été annulée, ou remplacée par une plus récente : cherchez le dernier e-mail reçu, ou "
            f"demandez-en un à {invitation.par_nom}."
        )
    if invitation.est_expiree:
        raise InvitationRefusee(
            f"Cette invitation a expiré le {timezone.localtime(invitation.expire_le):%d/%m/%Y} : elle vaut "
            f"{VALIDITE.days} jours. Demandez-en une nouvelle à {invitation.par_nom}."
        )
    if not invitation.entreprise.est_ouverte:
        raise InvitationRefusee(f"{invitation.entreprise.nom} n’a plus de service logement sur AL’in.")
    if not _invite_encore(invitation):
        raise InvitationRefusee(
            f"{invitation.par_nom} ne gère plus le service logement {de(invitation.entreprise.nom)} : demandez une "
            "nouvelle invitation à un autre gestionnaire, ou à Action Logement."
        )
    compte = User.objects.filter(email__iexact=invitation.email).first()
    if connecte and connecte != compte:
        raise InvitationRefusee(
            f"Cette invitation est pour {invitation.email_masque}, et vous êtes connecté avec {connecte.email}. Un "
            "e-mail transféré ne donne pas d’accès : demandez une invitation à votre adresse, ou déconnectez-vous."
        )
    return invitation, compte


@transaction.atomic
def accepter(jeton: str, *, connecte: User | None) -> tuple[User, bool]:
    """Give the place, once; the account and whether it is new. Raises `InvitationRefusee`."""
    Invitation.objects.select_for_update().filter(empreinte=empreinte(jeton)).first()
    invitation, compte = presenter(jeton, connecte=connecte)
    nouveau = compte is None
    if compte is None:
        compte = _creer_le_compte(invitation)
    elif connecte is None:
        raise InvitationRefusee(
            "Connectez-vous d’abord avec le compte de cette adresse, puis ouvrez le lien à nouveau."
        )
    elif compte.role != Role.SERVICE_LOGEMENT:
        raise InvitationRefusee(
            "Votre compte sert déjà à autre chose sur AL’in, et personne n’ouvre les dossiers des autres avec le sien. "
            f"Demandez à {invitation.par_nom} une invitation à une autre adresse, professionnelle."
        )
    places = Appartenance.objects.en_poste().filter(agent=compte, entreprise=invitation.entreprise)
    if not places.exists():
        Appartenance.objects.create(agent=compte, entreprise=invitation.entreprise, role=invitation.role)
    invitation.acceptee_le = timezone.now()
    invitation.save(update_fields=["acceptee_le"])
    return compte, nouveau


def _creer_le_compte(invitation: Invitation) -> User:
    """Without a password: the mail that leads to one goes to the address itself."""
    compte = User.objects.create_user(
        invitation.email, None, role=Role.SERVICE_LOGEMENT, prenom=invitation.prenom,
        nom_naissance=invitation.nom_naissance,
    )  # fmt: skip
    EmailAddress.objects.create(user=compte, email=compte.email, primary=True, verified=False)
    return compte


@par_la_porte()
@transaction.atomic
def annuler(invitation: Invitation, *, par: User) -> None:
    """Its link opens nothing any more. Raises `InvitationRefusee`."""
    _exiger_le_droit(invitation.entreprise, par)
    Invitation.objects.ouvertes().filter(pk=invitation.pk).update(annulee_le=timezone.now())


@par_la_porte()
@transaction.atomic
def retirer_l_acces(poste: Appartenance, *, par: User) -> None:
    """« Retirer l’accès »: over on the agent's next click, his sessions ended. Raises `InvitationRefusee`."""
    _exiger_le_droit(poste.entreprise, par)
    if poste.agent_id == par.pk:
        raise InvitationRefusee("Un autre gestionnaire, ou Action Logement, doit retirer votre propre accès.")
    Appartenance.objects.en_poste().filter(pk=poste.pk).update(fin_le=timezone.localdate())
    fermer_les_sessions(poste.agent)


def fermer_les_sessions(user: User) -> None:
    """On every device: the next click asks to sign in again."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _invite_encore(invitation: Invitation) -> bool:
    """A manager who is dismissed leaves no door open behind him; an adviser's word stays good."""
    par = User.objects.filter(pk=invitation.par_id).first()
    return par is not None and _a_le_droit(invitation.entreprise, par)


def _a_le_droit(entreprise: Entreprise, par: User) -> bool:
    return par.role in INVITANTS or Entreprise.objects.gerees_par(par).filter(pk=entreprise.pk).exists()


def _exiger_le_droit(entreprise: Entreprise, par: User) -> None:
    if _a_le_droit(entreprise, par):
        return
    raise InvitationRefusee(
        f"Seul un gestionnaire du service logement {de(entreprise.nom)} peut le faire : demandez-le-lui, ou écrivez à "
        "Action Logement par le formulaire de contact."
    )
