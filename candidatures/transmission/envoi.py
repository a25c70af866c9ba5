"""Sending the bailleur a link to the dossier, opening it, taking it back.

The token exists in the mail and on the adviser's screen, once; the database keeps its print (candidatures.liens).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from accounts import courriels
from accounts.models import Consultation, Nature, Role, User
from accounts.models.consultation import BAILLEUR
from candidatures.liens import LISIBLES, Lien, empreinte, tirer_un_jeton
from candidatures.models import Candidature
from candidatures.statuts import CONSEILLERS
from demandes.consultation import consigner


class EnvoiRefuse(Exception):
    """Why no link is made or taken back; the text is for the adviser."""


@dataclass(frozen=True)
class Suivi:
    """What an adviser reads of a candidature's link: the last one, and how often the bailleur downloaded."""

    lien: Lien | None
    en_cours: bool
    ouvertures: int
    derniere: datetime | None
    possible: bool


def envoyer(candidature: Candidature, *, par: User) -> None:
    """At the transmission: a link, mailed to the bailleur. Without an address nobody would hold it: none is made."""
    if candidature.offre.bailleur.courriel:
        _ecrire_le_lien(candidature, par)


def renouveler(candidature: Candidature, *, par: User) -> str:
    """A new link, mailed too if the bailleur has an address; the one before dies. Returns its address, shown once.

    Raises `EnvoiRefuse`.
    """
    with transaction.atomic():
        candidature = _verrouillee(candidature, par)
        if candidature.statut not in LISIBLES:
            raise EnvoiRefuse("Cette candidature n’est pas chez le bailleur : il n’y a rien à lui ouvrir.")
        _revoquer(candidature)
        return _ecrire_le_lien(candidature, par)


def revoquer(candidature: Candidature, *, par: User) -> None:
    """Nothing opens any more. Twice is once. Raises `EnvoiRefuse` for whoever is no adviser."""
    with transaction.atomic():
        _revoquer(_verrouillee(candidature, par))


def trouver(jeton: str) -> Lien | None:
    """The link behind an address, if it still opens."""
    return (
        Lien.objects.en_cours()
        .select_related("candidature__offre__bailleur", "candidature__offre__commune__parent")
        .filter(empreinte=empreinte(jeton))
        .first()
    )


@transaction.atomic
def ouvrir(jeton: str, quoi: str, *, par: User | None) -> Candidature | None:
    """The candidature to be shown, its opening recorded in this transaction; None if the link opens nothing.

    `par` is who is signed in, if anybody is: an adviser who tries the link is not taken for the bailleur.
    """
    lien = Lien.objects.en_cours().select_for_update(of=["self"]).filter(empreinte=empreinte(jeton)).first()
    if lien is None:
        return None
    lues = Candidature.objects.pour_lecture().select_related("demande__emploi", "offre__reservee_a")
    candidature: Candidature = lues.get(pk=lien.candidature_id)
    objet = f"le dossier transmis au bailleur, {quoi}"
    if par is not None:
        consigner(candidature.demande, objet, par=par, nature=Nature.CANDIDATURE, objet_id=candidature.pk)
        return candidature
    Consultation.objects.create(
        par_id=lien.pk,
        par_nom=candidature.offre.bailleur.nom,
        par_role=BAILLEUR,
        objet=objet,
        objet_nature=Nature.CANDIDATURE,
        objet_id=candidature.pk,
        demandeur_id=candidature.demande.demandeur_id,
    )
    return candidature


def suivi(candidature: Candidature) -> Suivi:
    """For the adviser's page, in three queries."""
    lien = candidature.liens.order_by("-cree_le").first()
    ouvertes = Consultation.objects.filter(
        demandeur_id=candidature.demande.demandeur_id, objet_id=candidature.pk, par_role=BAILLEUR
    )
    comptes = ouvertes.order_by().aggregate(nombre=Count("pk"), derniere=Max("le"))
    return Suivi(
        lien,
        lien is not None and Lien.objects.en_cours().filter(pk=lien.pk).exists(),
        comptes["nombre"],
        comptes["derniere"],
        candidature.statut in LISIBLES,
    )


def _verrouillee(candidature: Candidature, par: User) -> Candidature:
    if Role(par.role) not in CONSEILLERS:
        raise EnvoiRefuse("Seul un conseiller ouvre ou ferme un dossier au bailleur.")
    lues = Candidature.objects.visibles_par(par).select_related("demande__demandeur", "offre__bailleur")
    return lues.select_for_update(of=["self"]).get(pk=candidature.pk)


def _revoquer(candidature: Candidature) -> None:
    candidature.liens.filter(revoque_le=None).update(revoque_le=timezone.now())


def _ecrire_le_lien(candidature: Candidature, par: User) -> str:
    """The row, and its mail in the transaction under way. Returns the address."""
    jeton, jours = tirer_un_jeton(), timedelta(days=settings.TRANSMISSION_JOURS)
    expire_le = timezone.now() + jours
    Lien.objects.create(candidature=candidature, empreinte=empreinte(jeton), expire_le=expire_le, par_id=par.pk)
    adresse: str = settings.ADRESSE + reverse("transmission:page", args=[jeton])
    bailleur = candidature.offre.bailleur
    if bailleur.courriel:
        contexte = {"offre": candidature.offre, "lien": adresse, "le": timezone.localdate(expire_le)}
        courriels.ecrire(bailleur.courriel, "dossier_transmis", contexte, pour=candidature.demande.demandeur)
    return adresse
