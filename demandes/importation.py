"""Importing a demand from the registry, and bringing it up to date (guide #3 and #4).

A number and a birth date first; then a code, mailed to the address that the registry knows; only after the right code
is anything said about the demand. The registry is always asked outside of any transaction.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import User
from demandes import correction, identite, lecture
from demandes.copie import copier, enregistrer
from demandes.models import Commune, Demande, Importation
from demandes.models.importation import ESSAIS_PERMIS
from demandes.sne import client
from demandes.sne.dossier import DossierSNE

DEMANDES_PAR_JOUR = 10
"""Imports one account may start in 24 hours."""
PAR_COMPTE_ET_NUMERO = 5
"""Of which for one same number: one stranger does not use up the number's tries."""
PAR_NUMERO = 15
"""Imports of one number that all accounts together may start in 24 hours, its owner's own mailbox excepted."""
CODES_PAR_IMPORT = 5
TROP_D_ESSAIS = "Trop d’essais aujourd’hui. Réessayez demain, ou appelez le 0970 800 800 : nous regarderons avec vous."
NUMERO_EPUISE = (
    "Trop d’essais aujourd’hui pour ce numéro, peut-être par d’autres que vous. Réessayez demain, ou donnez à votre "
    "compte AL’in l’adresse e-mail écrite dans votre demande (« Mon profil ») : leurs essais ne vous arrêteront plus."
)
DISPARUE = "Le registre ne connaît plus ce numéro unique. Vérifiez votre attestation, ou appelez le 0970 800 800."


class ImportRefuse(Exception):
    """Why the import stops here; the text is for the person, and says what to do."""


class CodeRefuse(ImportRefuse):
    pass


class DejaRattachee(ImportRefuse):
    def __init__(self) -> None:
        super().__init__(
            "Ce numéro unique est déjà rattaché à un autre compte AL’in : un numéro, un seul compte. Si c’est le "
            "vôtre, connectez-vous avec lui. Sinon, appelez le 0970 800 800."
        )


class IdentiteDifferente(ImportRefuse):
    """The account's name is not the demand's; `ecarts` says where."""

    def __init__(self, ecarts: list[identite.Ecart]) -> None:
        self.ecarts = ecarts
        super().__init__("Le nom ou le prénom de votre compte ne correspond pas à ceux de la demande.")


def demander_le_code(numero: str, date_naissance: date, *, par: User) -> Importation:
    """Mail a code to the registry's address and open an import.

    Raises `client.DemandeInconnue`, `client.RegistreIndisponible`, `ImportRefuse` past the limits of a day. The tries
    of others never lock out whoever proved, at sign-up, the very address that the registry knows; to anybody else a
    number that was tried too often gives one answer, whether the birth date is right or not.
    """
    importation, numero_epuise = _compter_l_essai(numero, par)
    try:
        adresse = client.adresse_de_contact(numero, date_naissance)
    except client.RegistreIndisponible as panne:
        _excuser(importation, panne)
        raise
    except client.DemandeInconnue:
        if numero_epuise:
            raise ImportRefuse(NUMERO_EPUISE) from None
        raise
    if numero_epuise and adresse.lower() != par.email.lower():
        raise ImportRefuse(NUMERO_EPUISE)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=par.pk)
        abandonner(par=par)
        importation.adresse, importation.close_le = adresse, None
        _envoyer_un_code(importation)
    return importation


def abandonner(*, par: User) -> None:
    """Close the import under way, if any, and forget the registry's address."""
    Importation.objects.ouvertes().filter(par=par).update(close_le=timezone.now(), empreinte="", adresse="")


@transaction.atomic
def redemander_un_code(importation: Importation) -> None:
    """« Saisir ma demande » once more: a new code leaves, the old one dies. Raises `ImportRefuse`."""
    importation = Importation.objects.select_for_update().get(pk=importation.pk)
    if importation.codes_envoyes >= CODES_PAR_IMPORT:
        raise ImportRefuse(
            f"{CODES_PAR_IMPORT} codes ont déjà été envoyés. Cherchez le dernier dans vos courriers indésirables, "
            "ou recommencez demain."
        )
    _envoyer_un_code(importation)


def verifier_le_code(importation: Importation, code: str) -> None:
    """Accept the code once. Raises `CodeRefuse`; a wrong try is counted even though it is refused."""
    with transaction.atomic():
        importation = Importation.objects.select_for_update().get(pk=importation.pk)
        refus = _refus_du_code(importation, code)
        if refus is None:
            importation.verifiee_le, importation.empreinte = timezone.now(), ""
        importation.save()
    if refus is not None:
        raise CodeRefuse(refus)


def importer(importation: Importation, *, par: User, annoncer: bool = False) -> Demande:
    """Copy the demand behind a verified import; one that the account already has is brought up to date (guide #4).

    Raises `ImportRefuse`, `client.RegistreIndisponible`; after any of them the import stays open and verified, so that
    it can be tried again without a new code, and says why. `annoncer`: nobody is there, a mail says how it went.
    """
    if importation.verifiee_le is None:
        raise CodeRefuse("Saisissez d’abord le code reçu par e-mail.")
    try:
        dossier = _lire_pour(par, importation.numero_unique)
        return _copier_une_fois(importation, dossier, par=par, annoncer=annoncer)
    except client.RegistreIndisponible as panne:
        Importation.objects.filter(pk=importation.pk).update(refus="", anomalie=_anomalie(panne))
        raise
    except ImportRefuse as refus:
        refuser(importation, str(refus), annoncer=annoncer)
        raise


@transaction.atomic
def refuser(importation: Importation, motif: str, *, annoncer: bool) -> None:
    """Write why the import stops, and mail it once if nobody is there to read it."""
    ouverte = Importation.objects.select_for_update().filter(pk=importation.pk, close_le=None).first()
    if ouverte is None:
        return
    if annoncer and not ouverte.refus:
        contexte = {"numero": ouverte.numero_unique, "motif": motif}
        courriels.ecrire(ouverte.par.email, "import_refuse", contexte)
    ouverte.refus = motif
    ouverte.save()


def mettre_a_jour(demande: Demande, *, par: User) -> list[lecture.Changement]:
    """« Mettre à jour »: read the registry again and say which lines changed.

    Raises `ImportRefuse` and, among its kinds, `CodeRefuse` while the demand's mailbox has never been proved;
    `client.RegistreIndisponible`.
    """
    if demande.code_a_verifier:
        raise CodeRefuse("Confirmez d’abord votre Numéro Unique avec un code de sécurité.")
    try:
        dossier = _lire_pour(par, demande.numero_unique)
    except client.RegistreIndisponible as panne:
        derniere = Importation.objects.filter(par=par, numero_unique=demande.numero_unique).order_by("-cree_le")[:1]
        Importation.objects.filter(pk__in=derniere.values("pk")).update(anomalie=_anomalie(panne))
        raise
    with transaction.atomic():
        actuelle = Demande.objects.select_for_update().filter(pk=demande.pk).first()
        if actuelle is None:
            raise ImportRefuse("Cette demande vient d’être supprimée d’AL’in. Importez-la de nouveau.")
        avant = actuelle.dossier
        enregistrer(actuelle, dossier)
    return changements(avant, dossier)


def changements(avant: DossierSNE, apres: DossierSNE) -> list[lecture.Changement]:
    """Line by line, in words."""
    return lecture.comparer(avant, apres, noms_des_communes(avant, apres))


def noms_des_communes(*dossiers: DossierSNE) -> dict[str, str]:
    """The names of the communes that these demands speak of, by INSEE code."""
    codes = set().union(*(lecture.codes_communes(dossier) for dossier in dossiers))
    return dict(Commune.objects.filter(code__in=codes).values_list("code", "nom"))


@transaction.atomic
def _compter_l_essai(numero: str, par: User) -> tuple[Importation, bool]:
    """Note the try before the registry is asked, so that parallel ones are counted; and is this number worn out?

    Raises `ImportRefuse` when it is the account's own tries that are too many.
    """
    User.objects.select_for_update().get(pk=par.pk)
    recentes = Importation.objects.recentes()
    du_compte, du_numero = recentes.filter(par=par), recentes.filter(numero_unique=numero)
    if du_compte.count() >= DEMANDES_PAR_JOUR or du_numero.filter(par=par).count() >= PAR_COMPTE_ET_NUMERO:
        raise ImportRefuse(TROP_D_ESSAIS)
    epuise = du_numero.count() >= PAR_NUMERO
    maintenant = timezone.now()
    note = Importation.objects.create(par=par, numero_unique=numero, expire_le=maintenant, close_le=maintenant)
    return note, epuise


def _excuser(importation: Importation, panne: client.RegistreIndisponible) -> None:
    """The registry's fault is no try of this person's; of an answer that cannot be read, the support keeps the last."""
    muettes = Importation.objects.filter(par=importation.par, codes_envoyes=0).exclude(anomalie="")
    muettes.filter(numero_unique=importation.numero_unique).delete()
    importation.anomalie = _anomalie(panne)
    if importation.anomalie:
        importation.save()
    else:
        importation.delete()


def _anomalie(panne: client.RegistreIndisponible) -> str:
    """Where the answer left the contract, or empty if there was none."""
    return (panne.propriete or str(panne))[:200] if isinstance(panne, client.ReponseInvalide) else ""


def _envoyer_un_code(importation: Importation) -> None:
    code = importation.tirer_un_code()
    importation.save()
    contexte = {"code": code, "numero": importation.numero_unique}
    courriels.ecrire(importation.adresse, "code_import", contexte, pour=importation.par)


def _refus_du_code(importation: Importation, code: str) -> str | None:
    """Why this code is refused, or None; a wrong one is counted on the row, which the caller saves."""
    if importation.verifiee_le:
        return "Ce code a déjà servi. Poursuivez votre import, ou demandez un nouveau code avec « Saisir ma demande »."
    if importation.est_expiree:
        return "Ce code n’est plus valable : il servait pendant 24 h. Demandez-en un autre avec « Saisir ma demande »."
    if importation.essais >= ESSAIS_PERMIS:
        return (
            f"{ESSAIS_PERMIS} essais ont été faits : ce code ne peut plus servir. Demandez-en un autre avec "
            "« Saisir ma demande »."
        )
    if importation.reconnait(code):
        return None
    importation.essais += 1
    restants = importation.essais_restants
    if not restants:
        return "Ce n’est pas le bon code, et c’était le dernier essai. Demandez-en un autre avec « Saisir ma demande »."
    return (
        f"Ce n’est pas le bon code. Prenez le plus récent de vos e-mails ; il vous reste {restants} "
        f"essai{'s' if restants > 1 else ''}."
    )


def _lire_pour(user: User, numero: str) -> DossierSNE:
    """The demand as the registry holds it, if it may be this account's. Asked outside of any transaction."""
    if Demande.objects.filter(numero_unique=numero).exclude(demandeur=user).exists():
        raise DejaRattachee
    try:
        dossier = client.lire_dossier(numero)
    except client.DemandeInconnue:
        raise ImportRefuse(DISPARUE) from None
    ecarts = identite.ecarts(user, dossier)
    correction.consigner(ecarts, par=user, numero=numero)
    if ecarts:
        raise IdentiteDifferente(ecarts)
    return dossier


def _copier_une_fois(importation: Importation, dossier: DossierSNE, *, par: User, annoncer: bool) -> Demande:
    """Close the import and write its demand, together. Two at once (double click, worker): the second finds it done."""
    try:
        with transaction.atomic():
            ouverte = Importation.objects.select_for_update().filter(pk=importation.pk, close_le=None).first()
            deja = Demande.objects.select_for_update().filter(demandeur=par).first()
            if deja and deja.numero_unique != dossier.num_unique:
                raise ImportRefuse("Votre compte a déjà une demande : un compte, un seul numéro.")
            if ouverte is None and deja:
                return deja
            if ouverte is None:
                raise ImportRefuse("Cet import a été abandonné. Saisissez de nouveau votre numéro.")
            ouverte.close_le, ouverte.adresse, ouverte.refus, ouverte.anomalie = timezone.now(), "", "", ""
            ouverte.save()
            if annoncer:
                contexte = {"prenom": par.prenom, "numero": dossier.num_unique, "deja": deja is not None}
                courriels.ecrire(par.email, "import_fini", contexte)
            if deja is None:
                return copier(dossier, par=par)
            deja.code_verifie_le = ouverte.verifiee_le
            return enregistrer(deja, dossier)
    except IntegrityError as erreur:
        if "un_compte_par_numero" in str(erreur):  # another account won the race for this number
            raise DejaRattachee from erreur
        raise
