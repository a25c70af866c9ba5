"""Creating the people of the demonstration as the portal itself would: account, demand, employer, leave, documents."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from accounts.models import A_CONNAITRE, Appartenance, Civilite, Entreprise, Role, RoleDAgent, Texte, User
from accounts.textes import accepter
from candidatures.demonstration.comptes import COMPTES, SOCIETES, Compte
from candidatures.demonstration.scenario import Avancement, Parcours
from demandes import consentement, copie
from demandes.dossier_valide import confirmer_les_pieces
from demandes.models import Demande, Emploi, Titulaire
from demandes.pieces import pieces_attendues
from demandes.sne.dossier import Civilite as CiviliteSNE
from demandes.sne.dossier import DossierSNE

LireDossier = Callable[[str], DossierSNE]
SANS_MOT_DE_PASSE = "!"
"""The people of the queues cannot sign in."""
PAS_ENCORE_LU = "odile.blanchard@exemple.fr"


def creer_les_societes() -> dict[str, Entreprise]:
    """The client companies, by SIRET."""
    return {
        societe.siret: Entreprise.objects.get_or_create(
            siret=societe.siret,
            defaults={
                "nom": societe.nom,
                "code": societe.code,
                "effectif": societe.effectif,
                "exige_confirmation": societe.exige_confirmation,
            },
        )[0]
        for societe in SOCIETES
    }


def absents() -> list[Compte]:
    """The accounts to make: neither their address nor their demand is here. The others stay as they are."""
    presents = set(User.objects.filter(email__in=[c.email for c in COMPTES]).values_list("email", flat=True))
    numeros = [compte.numero for compte in COMPTES if compte.numero]
    pris = set(Demande.objects.filter(numero_unique__in=numeros).values_list("numero_unique", flat=True))
    return [compte for compte in COMPTES if compte.email not in presents and compte.numero not in pris]


def creer_le_compte(compte: Compte, mot_de_passe: str, dossier: DossierSNE | None = None) -> User:
    """An account whose address is proved. `mot_de_passe` is already hashed, once for all of them."""
    adulte = dossier.demandeur if dossier else None
    user = User.objects.create(
        email=compte.email,
        password=mot_de_passe,
        role=compte.role,
        prenom=adulte.prenom if adulte else compte.prenom,
        nom_naissance=adulte.nom_naissance.title() if adulte else compte.nom,
        civilite=_civilite(dossier) if dossier else "",
        telephone=adulte.telephone if adulte else "",
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if compte.role is Role.DEMANDEUR:
        accepter(user, Texte.objects.en_vigueur().filter(code__in=A_CONNAITRE))
    return user


def lire_les_textes_du_jour(comptes: list[Compte]) -> None:
    """Texts that changed since the story made these accounts are acknowledged, but by one: she sees the banner."""
    emails = [compte.email for compte in comptes if compte.role is Role.DEMANDEUR and compte.email != PAS_ENCORE_LU]
    for user in User.objects.filter(email__in=emails):
        accepter(user, Texte.objects.a_connaitre(user))


def creer_l_agent(compte: Compte, mot_de_passe: str, entreprises: dict[str, Entreprise]) -> User:
    """An agent of a company's housing service, or a member of Action Logement; both have a second factor."""
    user = creer_le_compte(compte, mot_de_passe)
    User.objects.filter(pk=user.pk).update(is_superuser=compte.superutilisateur)
    TOTP.activate(user, generate_totp_secret())
    if compte.employe_de is not None:
        Appartenance.objects.create(
            agent=user, entreprise=entreprises[compte.employe_de.siret], role=RoleDAgent.GESTIONNAIRE
        )
    return user


def creer_un_inconnu(dossier: DossierSNE) -> User:
    """One of the crowd."""
    return User.objects.create(
        email=dossier.demandeur.mel,
        password=SANS_MOT_DE_PASSE,
        role=Role.DEMANDEUR,
        prenom=dossier.demandeur.prenom,
        nom_naissance=dossier.demandeur.nom_naissance.title(),
        civilite=_civilite(dossier),
        telephone=dossier.demandeur.telephone,
    )


def importer(user: User, dossier: DossierSNE, parcours: Parcours, entreprises: dict[str, Entreprise]) -> Demande:
    """Take the demand through the three tabs of the import, as far as this person went."""
    demande = copie.copier(dossier, par=user)
    if parcours.importee_le:
        _dater_l_import(demande, parcours.importee_le)
    if parcours.avancement is Avancement.IMPORTEE:
        return demande
    emploi = _emploi(demande, dossier, parcours, entreprises)
    if emploi.siret in entreprises and parcours.accord:
        consentement.donner_son_accord(demande, entreprises[emploi.siret])
    if parcours.avancement is Avancement.VALIDE:
        confirmer_les_pieces_du_jour(demande)
    else:
        jour = timezone.localdate()
        attendues = [piece.cle for piece in pieces_attendues(dossier, jour)]
        confirmer_les_pieces(demande, set(attendues[:-2]), jour)
    return demande


def _dater_l_import(demande: Demande, jour: date) -> None:
    """Imported on that day, and, before the codes existed, without one (guide #4)."""
    moment = timezone.make_aware(datetime.combine(jour, time(10)))
    prouvee = moment if moment >= copie.CODE_EXIGE_DEPUIS else None
    demande.importee_le, demande.code_verifie_le = moment, prouvee
    demande.save()


def confirmer_les_pieces_du_jour(demande: Demande) -> Demande:
    """Tick every document expected today."""
    jour = timezone.localdate()
    confirmer_les_pieces(demande, {piece.cle for piece in pieces_attendues(demande.dossier, jour)}, jour)
    return demande


def _emploi(demande: Demande, dossier: DossierSNE, parcours: Parcours, entreprises: dict[str, Entreprise]) -> Emploi:
    titulaire = Titulaire.CODEMANDEUR if parcours.emploi_du_codemandeur else Titulaire.DEMANDEUR
    adulte = dossier.adultes[titulaire == Titulaire.CODEMANDEUR]
    emploi = Emploi(demande=demande, titulaire=titulaire, valide_le=timezone.now())
    if adulte.siret_employeur:
        hasard = random.Random(dossier.num_unique)  # noqa: S311
        emploi.siret, emploi.nom_employeur = adulte.siret_employeur, adulte.nom_employeur
        emploi.entree_le = timezone.localdate() - timedelta(days=hasard.randint(200, 4000))
        if emploi.siret in entreprises:
            emploi.matricule = f"{hasard.randint(1000, 9999)}"
            emploi.code_entreprise = entreprises[emploi.siret].code
    else:
        emploi.sans_employeur = True
    emploi.save()
    return emploi


def _civilite(dossier: DossierSNE) -> Civilite:
    return Civilite.MADAME if dossier.demandeur.civilite is CiviliteSNE.MADAME else Civilite.MONSIEUR
