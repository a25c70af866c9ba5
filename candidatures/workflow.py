"""The doors. `postuler` and `avancer` alone write `statut`; every change is lock → check → write → log, mail included.

Lock order: demande, then candidature, then offre; several rows by primary key.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import Role, User
from accounts.mur import par_la_porte
from alin.preparees import Preparee, parametre
from candidatures.classement import comparables
from candidatures.delais import reponse_avant
from candidatures.empechements import empechement as empechement  # the first thing that its callers ask
from candidatures.empechements import trouver
from candidatures.models import TITULAIRES, Candidature, Evenement, Seance
from candidatures.refus import CandidatureRefusee as CandidatureRefusee  # what the doors say
from candidatures.refus import refus as refus
from candidatures.refus import trop_tard as trop_tard
from candidatures.statuts import (
    ACTIFS,
    ATTRIBUTAIRES,
    CONSEILLERS,
    EN_INSTRUCTION,
    TRANSITIONS,
    Action,
    Precision,
    Statut,
    courriel_de,
)
from candidatures.transmission import envoi
from demandes.consentement import tenir_l_accord
from demandes.la_sienne import demande_de
from demandes.models import Demande
from offres.models import Offre, StatutOffre
from offres.une_offre import offre_retenue

SEULE = "une_seule_candidature_active"
COMPLETS = {
    "un_seul_attributaire": "Ce logement est déjà attribué à un autre candidat.",
    "un_rang_par_offre": "Ce rang est déjà donné à un autre candidat sur ce logement.",
}
"""What the database refuses when two want one place, and how it is said."""
DISPARUE = "Cette demande n’existe plus, ou vous n’y avez plus accès."
LUS_AVEC = ("demande__demandeur", "offre__commune", "offre__bailleur", "offre__reservee_a")
"""What an act and its mail read of the others."""


@par_la_porte()
def postuler(demande: Demande, offre: Offre, *, par: User) -> Candidature:
    """« Je postule » (guide #5). The loser of a race gets the existing candidature and a kind sentence.

    Raises `CandidatureRefusee`. Applying twice to the same offer gives the same candidature.
    """
    try:
        with transaction.atomic():
            demande = (
                _la_sienne(demande, par) if par.pk == demande.demandeur_id else verrouiller_la_demande(demande, par)
            )
            if _places_prises().lire(demande=demande.pk):
                return _meme_ou_refus(Candidature.objects.places_prises().get(demande=demande), offre)
            offre = offre_retenue(offre.pk)
            if obstacle := trouver(demande, offre, timezone.localdate()):
                raise CandidatureRefusee(obstacle.phrase, a_un_tiers=obstacle.a_un_tiers)
            candidature = Candidature.objects.create(
                demande=demande, offre=offre, instantane=demande.dernier_instantane
            )
            _consigner(candidature, "postuler", "", par, "")
            return candidature
    except IntegrityError as erreur:
        if SEULE not in str(erreur):
            raise
        return _meme_ou_refus(Candidature.objects.actives().get(demande=demande), offre)


def verrouiller_la_demande(demande: Demande, par: User) -> Demande:
    """The demand as it is now, ours until we commit. Raises `CandidatureRefusee` if it is gone, or out of sight.

    An agent's leave is looked at again once locked: it may have been withdrawn while we waited.
    """
    visibles = Demande.objects.visibles_par(par).select_related("demandeur", "emploi")
    trouvee = visibles.select_for_update(of=["self"]).filter(pk=demande.pk).first()
    if trouvee is None or not tenir_l_accord(trouvee, par=par):
        raise CandidatureRefusee(DISPARUE)
    return trouvee


def _la_sienne(demande: Demande, par: User) -> Demande:
    """The same when its owner asks, with all that applying reads of it."""
    trouvee = demande_de(par, verrouillee=True)
    if trouvee is None or trouvee.pk != demande.pk:
        raise CandidatureRefusee(DISPARUE)
    return trouvee


@par_la_porte()
def avancer(
    candidature: Candidature,
    action: Action,
    *,
    par: User,
    motif: str = "",
    precision: Any = None,
    seance: Seance | None = None,
    vu: str = "",
) -> Candidature:
    """Do one act of the table. Raises `CandidatureRefusee` if it is not open, not this person's, or lacks something.

    `precision` is what `Transition.precision` asks for: a date or a rank. `seance`: the sitting that decided it; the
    decisions of a commission are open to nothing else. `vu`: the status that `par` had before his eyes; somebody who
    moved the candidature meanwhile is not passed over.
    """
    try:
        with transaction.atomic():
            candidature = _candidature_verrouillee(candidature, par)
            depuis = Statut(candidature.statut)
            if raison := refus(candidature, action, par, motif, seance):
                raise CandidatureRefusee(raison)
            if vu and vu != depuis:
                raise CandidatureRefusee(f"Elle a changé entre-temps : elle est maintenant « {depuis.label} ».")
            candidature.seance = seance or candidature.seance
            _ecrire(candidature, action, motif, precision)
            _consigner(candidature, action, depuis, par, motif)
            if action is Action.SIGNER:
                _placer(candidature)
                comparables.noter(candidature, timezone.localdate())
            if action is Action.TRANSMETTRE:
                envoi.envoyer(candidature, par=par)
    except IntegrityError as erreur:
        phrase = next((phrase for nom, phrase in COMPLETS.items() if nom in str(erreur)), None)
        if phrase is None:
            raise
        raise CandidatureRefusee(phrase) from erreur
    if action is Action.SIGNER:
        _liberer_les_autres(candidature)
    elif depuis in ATTRIBUTAIRES and candidature.statut not in ACTIFS:
        passer_au_suivant(candidature.offre_id)
    return candidature


def _candidature_verrouillee(candidature: Candidature, par: User) -> Candidature:
    """As it is now, ours until we commit. Raises `CandidatureRefusee` if it is gone, or out of sight."""
    visibles = Candidature.objects.visibles_par(par).select_related(*LUS_AVEC)
    trouvee: Candidature | None = visibles.select_for_update(of=["self"]).filter(pk=candidature.pk).first()
    if trouvee is None or not tenir_l_accord(trouvee.demande, par=par):
        raise CandidatureRefusee("Cette candidature n’existe plus, ou vous n’y avez plus accès.")
    return trouvee


def passer_au_suivant(offre_id: UUID) -> Candidature | None:
    """The dwelling of whoever refused, kept silent or left goes to the next rank. Returns whom it went to, if anybody.

    The commission has decided the order, nobody decides again (R441-3, II, 2°). In a transaction of its own, after that
    of the departure: a crash in between is caught up by the clock.
    """
    file = Candidature.objects.filter(offre=offre_id, offre__statut=StatutOffre.PUBLIEE)
    if not settings.PASSER_AU_SUIVANT or file.filter(statut__in=TITULAIRES).exists():
        return None
    for suivante in file.filter(statut=Statut.CLASSEE).order_by("rang", "pk"):
        try:
            return avancer(suivante, Action.PASSER_AU_SUIVANT, par=User.objects.automate())
        except CandidatureRefusee:  # he moved, left, or the dwelling has just gone
            continue
    return None


def retirer_offre(offre: Offre, *, par: User, motif: str) -> int:
    """Withdraw an offer, then free each candidature in a transaction of its own. Returns how many were freed.

    Raises `CandidatureRefusee` if `par` is no adviser, or if the offer is withdrawn or placed already.
    """
    if Role(par.role) not in CONSEILLERS:
        raise CandidatureRefusee("Seul un conseiller peut retirer une offre.")
    with transaction.atomic():
        offre = Offre.objects.select_for_update().get(pk=offre.pk)
        if offre.statut != StatutOffre.PUBLIEE:
            raise CandidatureRefusee(f"Cette offre est déjà « {offre.get_statut_display()} ».")
        offre.statut = StatutOffre.RETIREE
        offre.save(update_fields=["statut"])
    return liberer(offre.candidatures.actives(), Action.RETIRER, f"L’offre a été retirée. {motif}".strip())


def liberer(candidatures: Iterable[Candidature], action: Action, motif: str) -> int:
    """Let the clock do `action` to each, skipping those that moved meanwhile. Returns how many it did."""
    automate, faites = User.objects.automate(), 0
    for candidature in candidatures:
        try:
            avancer(candidature, action, par=automate, motif=motif)
        except CandidatureRefusee:
            continue
        faites += 1
    return faites


def place_prise(demande: Demande) -> Candidature | None:
    """The candidature that holds the one place: an active one, or a signed lease, which is for good."""
    return Candidature.objects.places_prises().filter(demande=demande).select_related("offre").first()


@cache
def _places_prises() -> Preparee:
    return Preparee(Candidature.objects.places_prises().filter(demande=parametre("demande")).values_list("pk"))


def _meme_ou_refus(existante: Candidature, offre: Offre) -> Candidature:
    if existante.offre_id == offre.pk:
        return existante
    if existante.statut == Statut.BAIL_SIGNE:
        raise CandidatureRefusee(
            "Vous avez signé un bail grâce à AL’in : votre recherche est terminée.",
            existante,
            "Cette personne a signé un bail grâce à AL’in : sa recherche est terminée.",
        )
    raise CandidatureRefusee(
        "Vous avez déjà une candidature active. Attendez sa réponse, ou annulez-la dans « Mes candidatures » pour "
        "postuler à ce logement.",
        existante,
        "Cette personne a déjà une candidature active : on ne postule qu’à un logement à la fois.",
    )


def _ecrire(candidature: Candidature, action: Action, motif: str, valeur: Any) -> None:
    depuis, regle = Statut(candidature.statut), TRANSITIONS[action]
    vers = regle.arrivee(depuis)
    if action is not Action.PROPOSER_VISITE or not candidature.attend_une_piece:
        candidature.motif = motif.strip()  # a visit does not make one forget the document that is asked for
        if depuis in EN_INSTRUCTION:
            candidature.piece_attendue_le = None
    if regle.precision is not None:
        if valeur is None:
            raise CandidatureRefusee("Il manque une date ou un rang pour enregistrer cette étape.")
        setattr(candidature, regle.precision, valeur)
        if regle.precision is Precision.NOTIFIEE_LE:
            candidature.reponse_avant_le = reponse_avant(valeur)
    if depuis == Statut.EN_COMMISSION and vers in ATTRIBUTAIRES:
        candidature.rang = 1
    if vers != depuis:
        candidature.statut, candidature.statut_depuis = vers, timezone.now()
    candidature.save()


def _consigner(candidature: Candidature, action: str, depuis: str, par: User, motif: str) -> None:
    """One line of the journal, and the mail that tells the applicant."""
    Evenement.objects.create(
        candidature_id=candidature.pk,
        offre_id=candidature.offre_id,
        action=action,
        depuis=depuis,
        vers=candidature.statut,
        par_id=par.pk,
        par_role=par.role,
        motif=motif.strip(),
    )
    demandeur = candidature.demande.demandeur
    contexte = {
        "candidature": candidature,
        "offre": candidature.offre,
        "demandeur": demandeur,
        "par": par,
        "motif": motif.strip(),
    }
    courriels.ecrire(demandeur.email, courriel_de(action, candidature.statut), contexte, pour=demandeur)


def _liberer_les_autres(signee: Candidature) -> None:
    """The lease is signed: those who waited for this dwelling are free. A crash here is caught up by the clock."""
    autres = Candidature.objects.actives().filter(offre=signee.offre_id).exclude(pk=signee.pk).order_by("pk")
    liberer(autres, Action.CLORE, "Le logement a été attribué à un autre candidat.")


def _placer(candidature: Candidature) -> None:
    """The dwelling is taken. Raises `CandidatureRefusee` if the offer was withdrawn meanwhile."""
    offre = Offre.objects.filter(pk=candidature.offre_id).exclude(statut=StatutOffre.RETIREE)
    if not offre.update(statut=StatutOffre.PLACEE):
        raise CandidatureRefusee("Cette offre vient d’être retirée : le bail ne peut plus être enregistré.")
