"""Loading the demonstration, in one transaction: all of it or nothing.

The people of the accounts come from the registry (`lire_dossier`), the crowd is invented. What exists is left as its
visitors made it, but for the dates of the offers nobody has applied to.
"""

from datetime import date, timedelta
from uuid import UUID

import time_machine
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Courriel, Role, User
from candidatures.demonstration import vies
from candidatures.demonstration.comptes import COMPTES, EQUIPE, MOT_DE_PASSE, SERVICES_LOGEMENT, Compte
from candidatures.demonstration.histoire import RIVAUX, Histoire, le
from candidatures.demonstration.offres import Fabrique, charger_les_offres
from candidatures.demonstration.personnes import (
    LireDossier,
    absents,
    confirmer_les_pieces_du_jour,
    creer_l_agent,
    creer_le_compte,
    creer_les_societes,
    importer,
    lire_les_textes_du_jour,
)
from candidatures.demonstration.scenario import PARCOURS, Acte, Avancement, Depot, Parcours
from candidatures.statuts import Action
from demandes.consentement import retirer_son_accord
from demandes.models import Demande
from demandes.sne.dossier import DossierSNE
from offres.models import Offre
from offres.plafonds import Bareme

INSCRIPTION = -9
"""The day accounts without a candidature were made, from today."""
FILES = (21, 14, 10, 8, 6, 5, 4, 3, 3, 2, 2)
"""How many apply to the most wanted dwellings; one in twelve of the others gets a single candidature."""
TRES_DEMANDEES = ("75111", "75120", "93048")


def charger(lire_dossier: LireDossier) -> None:
    """Raises what `lire_dossier` raises; `LookupError` if the reference data are not loaded."""
    jour = timezone.localdate()
    nouveaux = absents()
    dossiers = {compte.numero: lire_dossier(compte.numero) for compte in nouveaux if compte.numero}
    with transaction.atomic():
        creer_les_societes()
        charger_les_offres(jour)
        if nouveaux:
            en_attente = set(Courriel.objects.filter(envoye_le=None).values_list("pk", flat=True))
            _peupler(nouveaux, dossiers, jour)
            _ne_rien_envoyer(en_attente)


def _peupler(nouveaux: list[Compte], dossiers: dict[str, DossierSNE], jour: date) -> None:
    mot_de_passe, entreprises = make_password(MOT_DE_PASSE), creer_les_societes()
    for compte in nouveaux:
        if compte.role is not Role.DEMANDEUR:
            creer_l_agent(compte, mot_de_passe, entreprises)
    par_email = User.objects.in_bulk([c.email for c in (*EQUIPE, *SERVICES_LOGEMENT)], field_name="email")
    premier_chargement = len(nouveaux) == len(COMPTES)
    histoire = Histoire(
        jour,
        Fabrique(),
        Bareme.en_vigueur(jour),
        {compte.role: par_email[compte.email] for compte in reversed(EQUIPE)},
        entreprises,
        {c.employe_de.siret: par_email[c.email] for c in SERVICES_LOGEMENT if c.employe_de},
        rivaux=RIVAUX if premier_chargement else 0,
    )
    for compte in nouveaux:
        if compte.role is Role.DEMANDEUR:
            _inscrire(compte, mot_de_passe, dossiers.get(compte.numero), histoire)
    if premier_chargement:
        _remplir_les_files(histoire)
    histoire.raconter()
    lire_les_textes_du_jour(nouveaux)
    for demande in Demande.objects.filter(numero_unique__in=dossiers, dossier_valide_le__isnull=False):
        confirmer_les_pieces_du_jour(demande)


def _inscrire(compte: Compte, mot_de_passe: str, dossier: DossierSNE | None, histoire: Histoire) -> None:
    """Make the account, import its demand, and note what it did afterwards."""
    if dossier is None:
        creer_le_compte(compte, mot_de_passe)
        return
    parcours = PARCOURS[compte.email]
    arrivee = min((depot.jour - 3 for depot in parcours.depots), default=INSCRIPTION)
    alors = dossier
    if parcours.vie:
        arrivee, alors = parcours.vie.arrivee, vies.a_l_import(dossier, parcours.vie, histoire)
    with time_machine.travel(le(histoire.jour + timedelta(days=arrivee), 600), tick=True):
        user = creer_le_compte(compte, mot_de_passe, dossier)
        demande = importer(user, alors, parcours, histoire.entreprises)
    if parcours.vie:
        vies.noter(demande, alors, dossier, parcours.vie, histoire)
    if parcours.avancement is Avancement.VALIDE:
        _noter_les_suites(demande, parcours, arrivee, histoire)


def _noter_les_suites(demande: Demande, parcours: Parcours, arrivee: int, histoire: Histoire) -> None:
    if parcours.emploi_confirme:
        histoire.noter(arrivee + 1, 20, lambda: histoire.confirmer(demande))
    if parcours.accord_retire:
        histoire.noter(arrivee + 5, 0, lambda: retirer_son_accord(demande))
    histoire.suivre(demande, parcours)


def _remplir_les_files(histoire: Histoire) -> None:
    """Long queues where people look first, a candidature here and there elsewhere."""
    ouvertes = list(
        Offre.objects.ouvertes(histoire.jour)
        .filter(publiee_le__lt=histoire.jour)
        .select_related("commune", "reservee_a")
    )
    ouvertes.sort(key=lambda offre: offre.reference)
    prisees = [
        offre
        for offre in ouvertes
        if offre.commune_id in TRES_DEMANDEES
        and offre.financement in {"PLUS", "PLS"}
        and offre.typologie in {"T2", "T3", "T4"}
    ]
    prisees.sort(key=lambda offre: (offre.loyer or 0) / offre.surface)
    files = dict(zip([offre.pk for offre in prisees], FILES, strict=False))
    for rang, offre in enumerate(ouvertes):
        for numero in range(files.get(offre.pk, rang % 12 == 0)):
            depuis = (histoire.jour - offre.publiee_le).days
            jour = -1 - numero % depuis
            suite = (Acte(Action.VALIDER, -1),) if jour < -3 and numero % 3 == 0 else ()
            histoire.faire_postuler(offre, Depot(jour, suite), (numero * 37 + rang * 11) % 600)


def _ne_rien_envoyer(deja_en_attente: set[UUID]) -> None:
    """The mails of the story are old news: they count as sent, so that the mailbox opens empty."""
    Courriel.objects.filter(envoye_le=None).exclude(pk__in=deja_en_attente).update(
        envoye_le=F("cree_le"), texte="", html=""
    )
