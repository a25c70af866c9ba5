"""One act on many dossiers: confirmed first, done once, reported; and what an adviser reads of it."""

import csv
import re
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Courriel, Entreprise, User
from candidatures import en_lot
from candidatures.admin.lots import SUR_LE_CHAMP
from candidatures.conservation import conserver
from candidatures.lots import GARDE, SILENCE, Issue, LotDActes
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Action, Statut
from candidatures.tasks import faire_un_lot, reprendre_les_lots
from tests.candidatures.espace import LISTE, candidature, connecte, lire
from tests.factories import SIRETS, CandidatureFactory, EntrepriseFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db
LOTS = "/admin/candidatures/lotdactes/"


@pytest.fixture
def conseiller() -> Client:
    return connecte(conseiller=True, prenom="Agathe", nom_naissance="Roux")


def toute_la_file(client: Client, action: Action, filtres: str = "") -> LotDActes:
    """« Select all », and the page that follows."""
    champs = {"action": action, "_selected_action": str(uuid4()), "select_across": "1"}
    reponse = client.post(f"{LISTE}{filtres}", champs)
    assert reponse.status_code == 302
    lot = LotDActes.objects.latest("cree_le")
    assert reponse["Location"] == lot.get_absolute_url()
    return lot


def confirmer(client: Client, lot: LotDActes) -> None:
    assert client.post(f"{LOTS}{lot.pk}/confirmer/").status_code == 302


def statuts() -> list[str]:
    return sorted(Candidature.objects.values_list("statut", flat=True))


def travailler(lot: LotDActes) -> None:
    """What the worker does."""
    while en_lot.derouler(lot.pk, 2):
        pass
    lot.refresh_from_db()


# Before


def test_a_whole_queue_is_confirmed_before_anything_is_done(conseiller: Client):
    for prenom in ("Paul", "Lise", "Bruno"):
        candidature(prenom)
    lot = toute_la_file(conseiller, Action.VALIDER)
    page = lire(conseiller, lot.get_absolute_url())
    assert "3 dossiers : à confirmer" in page
    assert "Aucun refus n’est à prévoir." in page
    assert "Confirmer pour 3 dossiers" in page
    assert statuts() == [Statut.DEPOSEE] * 3
    assert Evenement.objects.count() == Courriel.objects.count() == 0


def test_the_refusals_known_before_are_said_with_their_reasons_and_counts(conseiller: Client):
    exigeante: Entreprise = EntrepriseFactory(siret=SIRETS[1], nom="Cliniques du Rhône", exige_confirmation=True)
    candidature("Paul")
    for prenom in ("Lise", "Jean"):
        candidature(prenom, offre=OffreFactory(reservee_a=exigeante))
    candidature("Bruno", statut=Statut.TRANSMISE)
    lot = toute_la_file(conseiller, Action.VALIDER, "?etape=toutes")
    page = lire(conseiller, lot.get_absolute_url())
    assert "<strong>1 dossier</strong> sur 4" in page
    assert "<strong>2</strong> : Cliniques du Rhône n’a pas encore confirmé cet emploi" in page
    assert "<strong>1</strong> : Cette candidature est maintenant « Transmise au bailleur »" in page


def test_a_filter_chosen_whole_takes_its_dossiers_and_no_others(conseiller: Client):
    candidature("Paul")
    ailleurs = OffreFactory(commune__code="59350", commune__departement__code="59", bailleur__nom="Nord Habitat")
    lise = candidature("Lise", offre=ailleurs)
    lot = toute_la_file(conseiller, Action.VALIDER, "?departement=59")
    assert [ligne.candidature_id for ligne in lot.lignes.all()] == [lise.pk]
    assert f'href="{LISTE}?departement=59"' in lire(conseiller, lot.get_absolute_url())


def test_a_whole_queue_needs_no_box_to_tick_and_no_script(conseiller: Client):
    candidature("Paul")
    candidature("Lise", statut=Statut.VALIDEE)
    page = lire(conseiller, f"{LISTE}?departement=75")
    assert "Agir sur toute la file (1)" in page
    assert f'action="{LISTE}lot/?departement=75"' in page
    reponse = conseiller.post(f"{LISTE}lot/?departement=75", {"action": "valider"}, follow=True)
    assert "Confirmer pour 1 dossier" in reponse.content.decode()
    assert conseiller.post(f"{LISTE}lot/", {"action": "invalider"})["Location"] == f"{LISTE}?"
    assert LotDActes.objects.count() == 1
    assert "Agir sur toute la file" not in lire(connecte(support=True), LISTE)


@pytest.mark.parametrize(
    ("etape", "actes"), [("a-examiner", ["valider"]), ("a-transmettre", ["transmettre"]), ("en-commission", [])]
)
def test_a_queue_offers_the_acts_that_some_of_it_may_take(conseiller: Client, etape: str, actes: list[str]):
    for statut in (Statut.DEPOSEE, Statut.VALIDEE, Statut.EN_COMMISSION):
        candidature("Paul", statut=statut)
    menu = re.findall(
        r'<button class="ligne-menu" name="action" value="([^"]+)"', lire(conseiller, f"{LISTE}?etape={etape}")
    )
    assert menu == actes


def test_a_name_that_was_searched_for_is_not_kept(conseiller: Client):
    candidature("Paul")
    assert toute_la_file(conseiller, Action.VALIDER, "?q=Paul&departement=75").retour == "departement=75"


def test_more_dossiers_than_one_waits_for_go_through_a_lot(conseiller: Client):
    offre = OffreFactory()
    choisies = [str(CandidatureFactory(offre=offre).pk) for _ in range(SUR_LE_CHAMP + 1)]
    page = conseiller.post(LISTE, {"action": "valider", "_selected_action": choisies}, follow=True).content.decode()
    assert f"Confirmer pour {SUR_LE_CHAMP + 1} dossiers" in page


def test_a_lot_too_large_is_refused_with_the_way_out(conseiller: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(en_lot, "AU_PLUS", 1)
    for prenom in ("Paul", "Lise"):
        candidature(prenom)
    champs = {"action": "valider", "_selected_action": str(uuid4()), "select_across": "1"}
    page = conseiller.post(LISTE, champs, follow=True).content.decode()
    assert "Un lot prend 1 dossiers au plus" in page
    assert not LotDActes.objects.exists()


# During and after


def test_a_confirmed_lot_does_what_it_can_and_reports_the_rest(conseiller: Client):
    for prenom in ("Paul", "Lise", "Bruno"):
        candidature(prenom, statut=Statut.VALIDEE)
    autre = candidature("Jeanne")
    lot = toute_la_file(conseiller, Action.TRANSMETTRE, "?etape=toutes")
    confirmer(conseiller, lot)
    travailler(lot)
    assert statuts() == [Statut.DEPOSEE, *[Statut.TRANSMISE] * 3]
    assert Evenement.objects.count() == Courriel.objects.filter(gabarit="candidature_transmise").count() == 3
    page = lire(conseiller, lot.get_absolute_url())
    assert "C’est fini : 3 faits, 1 refusé." in page
    assert page.index("Jeanne Porte") < page.index("Paul Porte")
    assert "Cette candidature est maintenant « En attente »" in page
    assert lot.lignes.get(candidature_id=autre.pk).issue == Issue.REFUSEE


def test_two_clicks_on_confirm_make_one_act(conseiller: Client):
    candidature("Paul")
    lot = toute_la_file(conseiller, Action.VALIDER)
    confirmer(conseiller, lot)
    lot.refresh_from_db()
    la_premiere = lot.confirme_le
    confirmer(conseiller, lot)
    lot.refresh_from_db()
    assert lot.confirme_le == la_premiere
    for _ in range(2):
        faire_un_lot(str(lot.pk))
    assert Evenement.objects.count() == 1
    assert "C’est fini : 1 fait" in lire(conseiller, lot.get_absolute_url())


def test_an_unconfirmed_lot_does_nothing_and_is_too_old_the_day_after(conseiller: Client):
    candidature("Paul")
    lot = toute_la_file(conseiller, Action.VALIDER)
    travailler(lot)
    assert statuts() == [Statut.DEPOSEE]
    LotDActes.objects.update(cree_le=timezone.now() - GARDE - timedelta(minutes=1))
    reponse = conseiller.post(f"{LOTS}{lot.pk}/confirmer/", follow=True)
    assert "Ce choix date de plus d’un jour" in reponse.content.decode()
    assert "rien n’a été fait" in reponse.content.decode()
    travailler(lot)
    assert statuts() == [Statut.DEPOSEE]


def test_the_progress_is_told_and_the_page_asks_again_until_the_end(conseiller: Client):
    for prenom in ("Paul", "Lise", "Bruno"):
        candidature(prenom)
    lot = toute_la_file(conseiller, Action.VALIDER)
    confirmer(conseiller, lot)
    assert en_lot.derouler(lot.pk, 2)
    page = lire(conseiller, lot.get_absolute_url())
    assert "2 dossiers sur 3" in page
    assert '<progress class="avancee" aria-label="Avancement" max="3" value="2">' in page
    assert 'http-equiv="refresh"' in page
    fragment = conseiller.get(lot.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "2 dossiers sur 3" in fragment
    assert "<html" not in fragment
    travailler(lot)
    assert "hx-trigger" not in lire(conseiller, lot.get_absolute_url())


def test_a_lot_whose_worker_is_gone_is_found_by_the_clock():
    lot = lot_de([candidature("Paul")], UserFactory(conseiller=True))
    assert not LotDActes.objects.arretes().exists()
    LotDActes.objects.update(confirme_le=timezone.now() - 2 * SILENCE)
    assert LotDActes.objects.arretes().get() == lot
    lot.lignes.update(issue=Issue.FAITE, traitee_le=timezone.now())
    assert not LotDActes.objects.arretes().exists()
    reprendre_les_lots()  # finds nothing, and says nothing


def test_a_dossier_that_is_gone_and_an_author_who_left_are_refusals():
    auteur = UserFactory(conseiller=True)
    reste, partie = candidature("Paul"), candidature("Lise")
    lot = lot_de([reste, partie], auteur)
    partie.demande.delete()
    User.objects.filter(pk=auteur.pk).update(is_active=False)
    travailler(lot)
    assert {ligne.raison for ligne in lot.lignes.all()} == {en_lot.SANS_AUTEUR}
    User.objects.filter(pk=auteur.pk).update(is_active=True)
    lot = lot_de([reste, partie], auteur)
    travailler(lot)
    assert [ligne.raison for ligne in lot.lignes.order_by("pk")] == ["", en_lot.DISPARUE]


def lot_de(choisies: list[Candidature], par: User) -> LotDActes:
    """A confirmed lot of these."""
    lot = LotDActes.objects.create(par=par, action=Action.VALIDER, confirme_le=timezone.now())
    for une in choisies:
        lot.lignes.create(candidature_id=une.pk)
    return lot


def test_the_report_is_a_file_that_runs_nothing_in_a_spreadsheet(conseiller: Client):
    candidature("=cmd()", statut=Statut.VALIDEE)
    lot = toute_la_file(conseiller, Action.TRANSMETTRE, "?etape=toutes")
    confirmer(conseiller, lot)
    travailler(lot)
    fichier = b"".join(conseiller.get(f"{LOTS}{lot.pk}/rapport.csv")).decode()
    lignes = list(csv.reader(StringIO(fichier.removeprefix("\ufeff")), delimiter=";"))
    assert lignes[0][0] == "demandeur"
    assert lignes[1][0] == "'=cmd() Porte"
    assert lignes[1][3] == "fait"


def test_a_lot_is_its_authors_and_the_supervisors(conseiller: Client):
    candidature("Paul")
    lot = toute_la_file(conseiller, Action.VALIDER)
    autre, superviseur = connecte(conseiller=True), connecte(superviseur=True)
    for adresse in (lot.get_absolute_url(), f"{LOTS}{lot.pk}/rapport.csv"):
        assert autre.get(adresse).status_code == 404
        assert superviseur.get(adresse).status_code == 200
    assert autre.post(f"{LOTS}{lot.pk}/confirmer/").status_code == 404
    assert conseiller.get(f"{LOTS}n-importe-quoi/change/").status_code == 404
    assert str(lot) not in lire(autre, LOTS)
    assert str(lot) in lire(superviseur, LOTS)


def test_a_page_of_many_lines_asks_as_much_as_one_of_two(conseiller: Client):
    def requetes(lot: LotDActes) -> int:
        with CaptureQueriesContext(connection) as capturees:
            lire(conseiller, lot.get_absolute_url())
        return len(capturees)

    auteur = User.objects.get(prenom="Agathe")
    petit = lot_de([candidature(f"Anne{n}") for n in range(2)], auteur)
    travailler(petit)
    grand = lot_de([candidature(f"Bruno{n}") for n in range(12)], auteur)
    travailler(grand)
    assert requetes(grand) == requetes(petit)


def test_a_lot_leaves_ninety_days_after_and_never_before_its_end():
    auteur, longtemps = UserFactory(conseiller=True), timezone.now() - timedelta(days=91)
    fini, en_cours = lot_de([], auteur), lot_de([], auteur)
    LotDActes.objects.update(cree_le=longtemps, confirme_le=longtemps)
    LotDActes.objects.filter(pk=fini.pk).update(fini_le=longtemps)
    assert {p.regle: p.nombre for p in conserver() if p.nombre} == {"actes en lot": 1}
    assert list(LotDActes.objects.all()) == [en_cours]
