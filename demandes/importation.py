"""Importing a demand from the registry, and bringing it up to date (guide #3 and #4).

A number and a birth date first; then a code, mailed to the address that the registry knows; only after the right code
is anything said about the demand. The registry is always asked outside of any transaction.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import User
from demandes import identite, lecture, menage
from demandes.models import Commune, Demande, Importation, Instantane, Souhait
from demandes.models.importation import ESSAIS_PERMIS
from demandes.sne import client
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import dossier_vers_json

DEMANDES_PAR_JOUR = 10
"""Imports one account may start in 24 hours."""
PAR_COMPTE_ET_NUMERO = 5
"""Of which for one same number: one stranger does not use up the number's tries."""
PAR_NUMERO = 15
"""Imports of one number that all accounts together may start in 24 hours, its owner's own mailbox excepted."""
CODES_PAR_IMPORT = 5
TROP_D_ESSAIS = "Trop d’essais aujourd’hui. Réessayez demain, ou appelez le 0970 800 800 : nous regarderons avec vous."


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
    except client.RegistreIndisponible:
        importation.delete()  # the registry's fault is no try of this person's
        raise
    except client.DemandeInconnue:
        if numero_epuise:
            raise ImportRefuse(TROP_D_ESSAIS) from None
        raise
    if numero_epuise and adresse.lower() != par.email.lower():
        raise ImportRefuse(TROP_D_ESSAIS)
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


def importer(importation: Importation, *, par: User) -> Demande:
    """Copy the demand behind a verified import.

    Raises `DejaRattachee`, `IdentiteDifferente`, `client.DemandeInconnue`, `client.RegistreIndisponible`; after any of
    them the import stays open and verified, so that it can be tried again without a new code.
    """
    if importation.verifiee_le is None:
        raise CodeRefuse("Saisissez d’abord le code reçu par e-mail.")
    if Demande.objects.filter(numero_unique=importation.numero_unique).exclude(demandeur=par).exists():
        raise DejaRattachee
    dossier = client.lire_dossier(importation.numero_unique)
    _verifier_l_identite(par, dossier)
    try:
        with transaction.atomic():
            Importation.objects.filter(pk=importation.pk).update(close_le=timezone.now(), adresse="")
            return copier(dossier, par=par)
    except IntegrityError as erreur:
        deja = Demande.objects.filter(demandeur=par, numero_unique=dossier.num_unique).first()
        if deja is not None:  # a double click
            return deja
        if "un_compte_par_numero" in str(erreur):  # another account won the race for this number
            raise DejaRattachee from erreur
        raise


def copier(dossier: DossierSNE, *, par: User) -> Demande:
    """Make this demand its account's own. Raises `IntegrityError` if the account or the number has one already."""
    return _enregistrer(Demande(demandeur=par, numero_unique=dossier.num_unique), dossier)


def mettre_a_jour(demande: Demande, *, par: User) -> list[lecture.Changement]:
    """« Mettre à jour »: read the registry again and say which lines changed.

    Raises `IdentiteDifferente`, `client.DemandeInconnue`, `client.RegistreIndisponible`.
    """
    dossier = client.lire_dossier(demande.numero_unique)
    _verifier_l_identite(par, dossier)
    with transaction.atomic():
        actuelle = Demande.objects.select_for_update().filter(pk=demande.pk).first()
        if actuelle is None:
            raise ImportRefuse("Cette demande vient d’être supprimée d’AL’in. Importez-la de nouveau.")
        avant = actuelle.dossier
        _enregistrer(actuelle, dossier)
    noms = noms_des_communes(avant, dossier)
    return lecture.changements(lecture.rubriques(avant, noms), lecture.rubriques(dossier, noms))


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


def _verifier_l_identite(user: User, dossier: DossierSNE) -> None:
    if ecarts := identite.ecarts(user, dossier):
        raise IdentiteDifferente(ecarts)


def _enregistrer(demande: Demande, dossier: DossierSNE) -> Demande:
    """Write what the registry says: the columns that rules read, the wishes, and a snapshot if anything moved."""
    maintenant = timezone.now()
    demande.deposee_le, demande.renouvelee_le = dossier.date_creation, dossier.date_renouvellement
    demande.radiee_le, demande.mise_a_jour_le = dossier.date_radiation, maintenant
    demande.nombre_personnes = dossier.nombre_personnes
    demande.categorie_menage, demande.personnes_en_plus = menage.categorie(dossier, timezone.localdate())
    demande.rfr, demande.annee_rfr = _rfr(dossier), dossier.annee_n2
    demande.ressources = sum(r.montant for adulte in dossier.adultes for r in adulte.ressources)
    demande.aide_logement = dossier.logement_actuel.aide_logement
    demande.save()
    contenu = dossier_vers_json(dossier)
    dernier = demande.instantanes.order_by("lu_le", "id").last()
    if dernier is None or dernier.contenu != contenu:
        Instantane.objects.create(demande=demande, lu_le=maintenant, contenu=contenu)
    _enregistrer_les_souhaits(demande, dossier)
    demande.__dict__.pop("dossier", None)
    demande.__dict__.pop("zones", None)
    return demande


def _enregistrer_les_souhaits(demande: Demande, dossier: DossierSNE) -> None:
    """A commune that our table does not know stays in the snapshot, and is simply not searched."""
    connues = set(
        Commune.objects.filter(code__in=[s.commune for s in dossier.localisations]).values_list("code", flat=True)
    )
    demande.souhait_set.all().delete()
    Souhait.objects.bulk_create(
        (
            Souhait(demande=demande, commune_id=souhait.commune, rang=souhait.rang)
            for souhait in sorted(dossier.localisations, key=lambda localisation: localisation.rang)
            if souhait.commune in connues
        ),
        ignore_conflicts=True,
    )


def _rfr(dossier: DossierSNE) -> int | None:
    """The sum over the adults; unknown if it is for one of them (R441-1: all the persons to house)."""
    montants = [adulte.rfr_n2 for adulte in dossier.adultes]
    return None if None in montants else sum(m for m in montants if m is not None)
