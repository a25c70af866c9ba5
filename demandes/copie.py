"""Our copy of a demand: the columns that rules and lists read, the wishes, and the dated snapshots."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import User
from demandes import menage, priorites, vie
from demandes.models import Commune, Demande, Instantane, Souhait
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import dossier_vers_json

CODE_EXIGE_DEPUIS = datetime(2021, 4, 20, tzinfo=ZoneInfo("Europe/Paris"))
"""Demands made on AL'in before were imported without a code (guide #4)."""


def copier(dossier: DossierSNE, *, par: User) -> Demande:
    """Make this demand its account's own. Raises `IntegrityError` if the account or the number has one already."""
    maintenant = timezone.now()
    prouvee = maintenant if maintenant >= CODE_EXIGE_DEPUIS else None
    return enregistrer(Demande(demandeur=par, numero_unique=dossier.num_unique, code_verifie_le=prouvee), dossier)


def enregistrer(demande: Demande, dossier: DossierSNE) -> Demande:
    """Write what the registry says: the columns that rules read, the wishes, and a snapshot if anything moved."""
    maintenant = timezone.now()
    vie.dater(demande, dossier)
    demande.mise_a_jour_le = maintenant
    demande.nombre_personnes = dossier.nombre_personnes
    demande.categorie_menage, demande.personnes_en_plus = menage.categorie(dossier, timezone.localdate())
    demande.rfr, demande.annee_rfr = _rfr(dossier), dossier.annee_n2
    demande.ressources = dossier.ressources_mensuelles
    demande.aide_logement = dossier.logement_actuel.aide_logement
    demande.priorite, demande.lien_emploi = priorites.priorite(dossier), priorites.lien_emploi(dossier)
    demande.surface_actuelle = dossier.logement_actuel.surface
    demande.habitants_actuels = dossier.logement_actuel.nombre_habitants
    demande.save()
    contenu = dossier_vers_json(dossier)
    dernier = demande.instantanes.order_by("lu_le", "id").last()
    if dernier is None or dernier.contenu != contenu:
        Instantane.objects.create(demande=demande, lu_le=maintenant, contenu=contenu)
    _enregistrer_les_souhaits(demande, dossier)
    for deduit in ("dernier_instantane", "dossier", "zones"):
        demande.__dict__.pop(deduit, None)
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
    """The sum over the adults, nothing below zero (a loss); unknown if it is for one of them (R441-1)."""
    montants = [adulte.rfr_n2 for adulte in dossier.adultes]
    return None if None in montants else max(0, sum(m for m in montants if m is not None))
