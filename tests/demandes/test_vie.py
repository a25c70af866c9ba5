"""The life of a demand as the clock follows it: reminded, struck off, brought back; each told once."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Courriel
from candidatures import horloge as horloge_des_candidatures
from candidatures.statuts import Statut
from demandes import horloge, importation, vie
from demandes.echeances import dans_des_mois
from demandes.models import Demande, Genre, Jalon
from demandes.sne.client import RegistreIndisponible
from demandes.validite import retour
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, dossier
from tests.registre import Registre

pytestmark = pytest.mark.django_db
NUMERO = "111092062114ACLOG"
FIN = timezone.localdate() + timedelta(days=200)
"""The anniversary of the demand of these tests."""


@pytest.fixture
def demande(registre: Registre) -> Demande:
    """The guide's Anne, here and at the registry, renewed on the same day."""
    renouvelee = dans_des_mois(FIN, -12)
    assert dans_des_mois(renouvelee, 12) == FIN
    lu = registre.modifier(NUMERO, date_renouvellement=renouvelee, date_radiation=None, motif_radiation="")
    sienne: Demande = DemandeFactory(valide=True, numero_unique=NUMERO, dossier=lu)
    return sienne


def passer(jour: date) -> None:
    """What beat does on that day."""
    with time_machine.travel(datetime.combine(jour, time(12), timezone.get_current_timezone()), tick=True):
        horloge.suivre_les_demandes(jour)


def courriels(gabarit: str) -> list[Courriel]:
    return list(Courriel.objects.filter(gabarit=gabarit).order_by("cree_le"))


def test_a_reminder_leaves_a_month_before_and_a_week_before_once_each(demande: Demande) -> None:
    for avant in range(40, -3, -1):
        passer(FIN - timedelta(days=avant))
        passer(FIN - timedelta(days=avant))  # beat runs twice
    rappels = Jalon.objects.filter(demande=demande).order_by("le")
    assert [rappel.genre for rappel in rappels] == [Genre.PREMIER_RAPPEL, Genre.SECOND_RAPPEL]
    jours = [timezone.localdate(rappel.le) for rappel in rappels]
    assert jours == [dans_des_mois(FIN, -1), FIN - timedelta(days=7)]
    envoyes = courriels("demande_a_renouveler")
    assert [courriel.sujet for courriel in envoyes] == [f"Renouvelez votre demande avant le {FIN:%d/%m/%Y}"] * 2
    assert f"/demandes/{NUMERO}/" in envoyes[0].texte
    assert f"radiera votre demande le {demande.radiable_le:%d/%m/%Y}" in envoyes[0].texte


def test_a_clock_that_slept_for_three_weeks_sends_only_the_reminder_of_the_week(demande: Demande) -> None:
    passer(FIN - timedelta(days=3))
    assert [jalon.genre for jalon in Jalon.objects.all()] == [Genre.SECOND_RAPPEL]


def test_who_renewed_at_the_registry_is_not_reminded_and_his_new_date_is_known(
    demande: Demande, registre: Registre
) -> None:
    jour = FIN - timedelta(days=6)
    registre.modifier(NUMERO, date_renouvellement=jour)
    passer(jour)
    demande.refresh_from_db()
    assert demande.valable_jusqu_au == dans_des_mois(jour, 12)
    assert [jalon.genre for jalon in Jalon.objects.all()] == [Genre.RENOUVELLEMENT]
    assert not courriels("demande_a_renouveler")


def test_a_registry_that_is_away_delays_the_reminder_and_loses_none(demande: Demande, registre: Registre) -> None:
    registre.panne("erreur")
    with pytest.raises(RegistreIndisponible):
        passer(FIN - timedelta(days=20))
    assert not Courriel.objects.exists()
    registre.panne("aucune")
    passer(FIN - timedelta(days=19))
    assert len(courriels("demande_a_renouveler")) == 1


def test_an_answer_that_cannot_be_read_stops_nobody_else(demande: Demande, registre: Registre) -> None:
    autre = registre.numeros_libres()[1]
    lu = registre.modifier(autre, date_renouvellement=demande.renouvelee_le)
    DemandeFactory(numero_unique=autre, dossier=lu)
    illisible = registre.json(NUMERO) | {"demandeur": None}
    registre.ecrire_json(NUMERO, illisible)
    passer(FIN - timedelta(days=6))
    assert [jalon.demande.numero_unique for jalon in Jalon.objects.all()] == [autre]


@pytest.mark.parametrize(
    ("motif", "en_clair", "retour"),
    [
        ("RADREN", "non-renouvellement", "jusqu’au"),
        ("RADATT", "attribution d’un logement", "un bail social"),
        ("RADABA", "abandon de la demande", "renoncé"),
        ("RADCON", "absence de réponse", "Répondez-lui"),
        ("RADIRR", "irrecevabilité", "le contester"),
    ],
)
def test_a_strike_off_is_told_with_its_reason_and_the_way_back(
    motif: str, en_clair: str, retour: str, demande: Demande, registre: Registre, client: Client
) -> None:
    candidature = CandidatureFactory(demande=demande)
    jour = timezone.localdate()
    registre.radier(NUMERO, jour - timedelta(days=2), motif)
    for _ in range(2):
        horloge_des_candidatures.suivre_les_radiations(jour)
    (courriel,) = courriels("demande_radiee")
    assert en_clair in courriel.texte
    assert retour in courriel.texte
    candidature.refresh_from_db()
    assert candidature.statut == Statut.RADIEE
    client.force_login(demande.demandeur)
    for page in (reverse("demandes:situation"), OffreFactory().get_absolute_url()):
        lue = client.get(page).content.decode()
        assert "est radiée du registre depuis le" in lue
        assert retour in lue
        assert "Rétablir ma demande" in lue


def test_the_way_back_ends_at_eighteen_months(demande: Demande) -> None:
    limite = demande.retablissable_jusqu_au
    vie.radier(demande, demande.radiable_le, "RADREN")
    demande.refresh_from_db()
    assert f"jusqu’au {limite:%d/%m/%Y}" in retour(demande, limite)
    assert "Déposez une nouvelle demande" in retour(demande, limite + timedelta(days=1))


def test_a_struck_off_demand_looks_but_cannot_apply_even_by_the_address(demande: Demande, client: Client) -> None:
    offre = OffreFactory()
    vie.radier(demande, timezone.localdate(), "RADREN")
    client.force_login(demande.demandeur)
    assert client.get(reverse("offres:liste")).status_code == 200
    page = client.get(reverse("candidatures:postuler", args=[offre.pk])).content.decode()
    assert "Vous ne pouvez pas postuler à ce logement." in page
    assert ">Confirmer</button>" not in page
    assert "est radiée" in client.post(reverse("candidatures:postuler", args=[offre.pk]), follow=True).content.decode()
    assert not demande.candidatures.exists()


def test_an_accepted_dwelling_waits_for_its_lease_when_the_registry_says_housed(demande: Demande) -> None:
    """« Attribution d'un logement » is most likely that very lease: the adviser records it."""
    candidature = CandidatureFactory(demande=demande, statut=Statut.ACCEPTEE)
    vie.radier(demande, timezone.localdate(), "RADATT")
    assert horloge_des_candidatures.liberer_des_demandes_radiees() == 0
    candidature.refresh_from_db()
    assert candidature.statut == Statut.ACCEPTEE


def test_the_clock_notices_a_demand_brought_back_and_says_so_once(demande: Demande, registre: Registre) -> None:
    jour = timezone.localdate()
    registre.radier(NUMERO, jour - timedelta(days=2))
    horloge_des_candidatures.suivre_les_radiations(jour)
    passer(jour)
    assert not courriels("demande_retablie")
    registre.modifier(NUMERO, date_radiation=None, motif_radiation="", date_renouvellement=jour)
    for _ in range(2):
        passer(jour)
    demande.refresh_from_db()
    assert (demande.radiee_le, demande.motif_radiation, demande.renouvelee_le) == (None, "", jour)
    (courriel,) = courriels("demande_retablie")
    assert f"valable jusqu’au {dans_des_mois(jour, 12):%d/%m/%Y}" in courriel.texte


def test_mettre_a_jour_notices_the_strike_off_then_the_return_without_waiting_for_the_clock(
    demande: Demande, registre: Registre
) -> None:
    jour = timezone.localdate()
    registre.radier(NUMERO, jour)
    importation.mettre_a_jour(demande, par=demande.demandeur)
    demande.refresh_from_db()
    assert (demande.radiee_le, demande.motif_radiation) == (jour, "RADREN")
    registre.modifier(NUMERO, date_radiation=None, motif_radiation="", date_renouvellement=jour)
    importation.mettre_a_jour(demande, par=demande.demandeur)
    genres = set(Jalon.objects.values_list("genre", flat=True))
    assert genres == {Genre.RADIATION, Genre.RENOUVELLEMENT, Genre.RETABLISSEMENT}
    assert len(courriels("demande_radiee")) == len(courriels("demande_retablie")) == 1


def test_a_strike_off_older_than_a_week_is_found_by_the_daily_round(demande: Demande, registre: Registre) -> None:
    """The clock was stopped for a month while the registry struck off."""
    radiee_le = dans_des_mois(FIN, 1)
    registre.radier(NUMERO, radiee_le)
    jour = radiee_le + timedelta(days=30)
    with time_machine.travel(datetime.combine(jour, time(12), timezone.get_current_timezone()), tick=True):
        assert horloge_des_candidatures.suivre_les_radiations(jour) == 0
    passer(jour)
    demande.refresh_from_db()
    assert demande.radiee_le == radiee_le


def test_a_demand_imported_already_struck_off_begins_without_a_mail() -> None:
    DemandeFactory(dossier=dossier(date_radiation=date(2026, 10, 1), motif_radiation="RADREN"))
    assert not Jalon.objects.exists()
    assert not Courriel.objects.exists()


def test_a_milestone_is_written_once_and_never_changed(demande: Demande) -> None:
    champs: dict[str, Any] = {"demande": demande, "genre": Genre.RADIATION, "jour": FIN}
    Jalon.objects.create(**champs)
    with pytest.raises(IntegrityError), transaction.atomic():
        Jalon.objects.create(**champs)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Jalon.objects.update(motif="RADREN")


# The page


def lire(client: Client) -> str:
    return " ".join(client.get(reverse("demandes:vie")).content.decode().replace("&nbsp;", " ").split())


def test_the_page_tells_the_life_in_order_and_what_comes_next(
    demande: Demande, registre: Registre, client: Client
) -> None:
    registre.modifier(NUMERO, loyer_max=801)
    importation.mettre_a_jour(demande, par=demande.demandeur)
    passer(dans_des_mois(FIN, -1))
    client.force_login(demande.demandeur)
    page = lire(client)
    avenir, passe = page.split("Ce qui s’est passé")
    suite = ("Un second e-mail", "Fin de validité", "Le registre radie votre demande", "Dernier jour pour la faire")
    assert sorted(suite, key=avenir.index) == list(suite)
    histoire = ("Vous avez fait votre demande", "Vous l’avez renouvelée", "Vous l’avez importée", "1 ligne a changé")
    assert sorted(histoire, key=passe.index) == list(histoire)
    assert "AL’in vous a rappelé de la renouveler" in passe
    assert "801" in passe
    assert f'<time datetime="{FIN.isoformat()}">' in avenir
    assert "La vie de ma demande" in client.get(reverse("demandes:situation")).content.decode()


def test_the_page_of_a_demand_struck_off_then_brought_back_tells_both(
    demande: Demande, registre: Registre, client: Client
) -> None:
    client.force_login(demande.demandeur)
    vie.radier(demande, timezone.localdate(), "RADREN")
    page = lire(client)
    assert "Le registre a radié votre demande" in page
    assert "Motif : non-renouvellement." in page
    assert "Dernier jour pour la faire rétablir" in page
    assert "Le registre radie votre demande" not in page
    passer(timezone.localdate())  # the registry never struck it off
    assert "Le registre a rétabli votre demande" in lire(client)


def test_nobody_elses_life_is_told(demande: Demande, client: Client) -> None:
    autre: Demande = DemandeFactory()
    client.force_login(autre.demandeur)
    page = lire(client)
    assert autre.numero_unique in page
    assert NUMERO not in page
