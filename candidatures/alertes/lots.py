"""Writing one lot: claim it, look at each demand with the rules, put the mails in the outbox, mark, commit.

All in one transaction: a worker killed anywhere leaves the lot as it was. Two workers never hold the same lot, nor
the same person.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel
from candidatures.alertes.libres import demandes_libres, zones_de
from candidatures.models import Candidature
from demandes.dossier_valide import pieces_manquantes
from demandes.models import Demande, Zones
from demandes.validite import examiner as situer
from offres.alertes import GABARIT, lien_d_arret
from offres.eligibilite import Foyer, convient, examiner
from offres.models import Abonnement, Lot, Offre, Tournee
from offres.plafonds import Bareme

MONTRES = 5
"""Dwellings that a mail shows; the others are behind « Voir toutes les offres »."""


@transaction.atomic
def ecrire_un_lot() -> int | None:
    """Write the next lot that nobody holds. How many mails; None if no lot waits."""
    lot = Lot.objects.filter(fait_le=None).select_for_update(skip_locked=True).order_by("pk").first()
    if lot is None:
        return None
    lettres = _lettres(demandes_libres(lot.demandes), timezone.localdate())
    courriels.ecrire_en_nombre(lettres)
    lot.clore(len(lettres))
    return len(lettres)


@dataclass(frozen=True)
class Nouveautes:
    """The open offers around these demands that some of them were not told of, by commune, and what is read once."""

    jour: date
    jusqu_a: int
    bareme: Bareme
    par_commune: dict[str, list[Offre]]
    deja_candidats: set[tuple[UUID, UUID]]

    @classmethod
    def autour_de(cls, demandes: list[Demande], zones: dict[UUID, Zones], depuis: int, jour: date) -> "Nouveautes":
        jusqu_a = Tournee.objects.aggregate(n=Max("pk"))["n"] or 0
        communes = {code for zone in zones.values() for code in zone.demandees | zone.limitrophes}
        ouvertes = Offre.objects.ouvertes(jour).pour_lecture().select_related("parution__tournee")
        parues = ouvertes.filter(
            commune__in=sorted(communes), parution__tournee__gt=depuis, parution__tournee__lte=jusqu_a
        )
        par_commune = defaultdict(list)
        for offre in parues.order_by("date_limite", "pk"):
            par_commune[offre.commune_id].append(offre)
        candidatures = Candidature.objects.filter(demande__in=demandes).values_list("demande_id", "offre_id")
        return cls(jour, jusqu_a, Bareme.en_vigueur(jour), dict(par_commune), set(candidatures))

    def pour(self, demande: Demande, zones: Zones, depuis: int) -> list[Offre]:
        """What this demand may apply to and was not told of: the communes asked for first, then the nearest deadline.

        An offer that was there before the dossier was validated is no news.
        """
        valide_le = demande.dossier_valide_le
        if valide_le is None or situer(demande, self.jour).empeche:
            return []
        foyer = Foyer.de(demande)
        retenues = [
            offre
            for code in (*sorted(zones.demandees), *sorted(zones.limitrophes))
            for offre in self.par_commune.get(code, ())
            if offre.typologie in foyer.typologies
            and offre.parution.tournee_id > depuis
            and offre.parution.tournee.commencee_le > valide_le
            and (demande.pk, offre.pk) not in self.deja_candidats
            and convient(examiner(foyer, offre, self.bareme))
        ]
        if not retenues or pieces_manquantes(demande, self.jour):
            return []
        return sorted(retenues, key=lambda offre: (offre.commune_id not in zones.demandees, offre.date_limite))


def _lettres(demandes: list[Demande], jour: date) -> list[Courriel]:
    """The mails of this lot, and the mark of each on its person."""
    abonnements = _abonnements(demandes, jour)
    demandes = [demande for demande in demandes if demande.demandeur_id in abonnements]
    if not demandes:
        return []
    zones = zones_de(demandes)
    depuis = min(abonnement.annonce_jusqu_a for abonnement in abonnements.values())
    nouveautes = Nouveautes.autour_de(demandes, zones, depuis, jour)
    lettres = []
    for demande in demandes:
        abonnement = abonnements[demande.demandeur_id]
        offres = nouveautes.pour(demande, zones[demande.pk], abonnement.annonce_jusqu_a)
        if offres:
            abonnement.dernier_le, abonnement.logements = jour, len(offres)
            abonnement.annonce_jusqu_a = nouveautes.jusqu_a
            lettres.append(_lettre(demande, offres))
    prevenus = [abonnement for abonnement in abonnements.values() if abonnement.dernier_le == jour]
    Abonnement.objects.bulk_update(prevenus, ["dernier_le", "logements", "annonce_jusqu_a"])
    return lettres


def _abonnements(demandes: list[Demande], jour: date) -> dict[UUID, Abonnement]:
    """Those of whoever may be written to, by person, ours until we commit. Made, if need be, in the same order."""
    personnes = sorted(demande.demandeur_id for demande in demandes)
    Abonnement.objects.bulk_create((Abonnement(personne_id=pk) for pk in personnes), ignore_conflicts=True)
    a_prevenir = Abonnement.objects.a_prevenir(jour).filter(personne__in=personnes)
    pris = a_prevenir.select_for_update().order_by("personne_id")
    return {abonnement.personne_id: abonnement for abonnement in pris}


def _lettre(demande: Demande, offres: list[Offre]) -> Courriel:
    arret = lien_d_arret(demande.demandeur)
    contexte = {
        "prenom": demande.demandeur.prenom,
        "nombre": len(offres),
        "ou": ou(offres),
        "logements": offres[:MONTRES],
        "arret": arret,
    }
    return courriels.preparer(demande.demandeur, GABARIT, contexte, desinscription=arret)


def ou(offres: list[Offre]) -> str:
    """« à Nantes », « à Nantes et à Rezé », « à Nantes et dans 2 autres communes »: the most dwellings first.

    An arrondissement is its city.
    """
    villes = [ville for ville, _ in Counter((o.commune.parent or o.commune).ou for o in offres).most_common()]
    if len(villes) <= 2:
        return " et ".join(villes)
    return f"{villes[0]} et dans {len(villes) - 1} autres communes"
