"""The advisers' workplace: queues, dossiers, and every act of the table as a button."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Courriel, Role
from candidatures.admin import CandidatureAdmin
from candidatures.admin.files import EN_COURS, FILES
from candidatures.models import Candidature, Evenement
from candidatures.statuts import ACTIFS, Action, Statut
from tests.candidatures.espace import LISTE, acte, candidature, connecte, envoyer, lire, page_de, retrait
from tests.factories import OffreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conseiller() -> Client:
    return connecte(conseiller=True, prenom="Agathe", nom_naissance="Roux")


# Who may come in


def test_a_visitor_is_sent_to_the_one_door(client: Client):
    depuis = candidature()
    for adresse in ("/admin/", LISTE, page_de(depuis)):
        reponse = client.get(adresse, follow=True)
        assert reponse.redirect_chain[-1][0].startswith("/connexion/?next="), adresse
    reponse = client.post(acte(depuis, Action.VALIDER), follow=True)
    assert reponse.redirect_chain[-1][0].startswith("/connexion/?next=")


@pytest.mark.parametrize("role", [Role.DEMANDEUR, Role.SERVICE_LOGEMENT])
def test_who_is_not_of_the_team_is_refused_everywhere(role: Role):
    depuis = candidature()
    client = connecte(role=role)
    for adresse in ("/admin/", LISTE, page_de(depuis), retrait(depuis)):
        assert client.get(adresse).status_code == 403, adresse
    assert client.post(acte(depuis, Action.VALIDER)).status_code == 403
    depuis.refresh_from_db()
    assert depuis.statut == Statut.DEPOSEE


def test_the_support_reads_a_dossier_without_a_button_nor_tax_income_and_cannot_act():
    depuis = candidature()
    support = connecte(support=True)
    page = lire(support, page_de(depuis))
    assert "Valider la candidature" not in page
    assert "32\u202f940" not in page
    assert "votre rôle n’en a pas besoin" in page
    assert "Cette action n’est pas la vôtre." in envoyer(support, acte(depuis, Action.VALIDER))
    assert "Transmettre au bailleur" not in lire(support, LISTE)
    assert support.get(retrait(depuis)).status_code == 403
    assert Evenement.objects.count() == 0


def test_acting_asks_for_a_post_and_reading_for_a_get(conseiller: Client):
    depuis = candidature()
    assert conseiller.get(acte(depuis, Action.VALIDER)).status_code == 405
    assert conseiller.post(page_de(depuis)).status_code == 405


def test_an_act_that_is_not_in_the_table_or_a_dossier_that_is_not_there_is_not_found(conseiller: Client):
    inconnue = f"{LISTE}00000000-0000-4000-8000-000000000000/change/"
    assert conseiller.post(f"{LISTE}{candidature().pk}/supprimer/").status_code in {301, 302, 404}
    assert conseiller.get(inconnue).status_code == 404
    assert conseiller.get(f"{LISTE}n-importe-quoi/change/").status_code == 404


def test_nothing_of_a_candidature_is_typed_added_or_deleted_even_by_a_superuser():
    depuis = candidature()
    superviseur = connecte(superviseur=True, is_superuser=True)
    assert superviseur.get(f"{LISTE}add/").status_code == 403
    assert superviseur.get(f"{LISTE}{depuis.pk}/delete/").status_code == 403
    assert superviseur.post(f"{LISTE}{depuis.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Candidature.objects.filter(pk=depuis.pk).exists()


# The queues


def test_every_status_still_alive_waits_in_exactly_one_queue():
    assert sorted(statut for cle in EN_COURS for statut in FILES[cle].statuts) == sorted(ACTIFS)


def test_the_home_page_counts_what_waits(conseiller: Client):
    for statut in (Statut.DEPOSEE, Statut.DEPOSEE, Statut.VALIDEE, Statut.PROPOSEE):
        candidature(statut=statut)
    page = lire(conseiller, "/admin/")
    comptes = dict(re.findall(r'<a href="[^"]*etape=[^"]*">([^<]+)</a> <strong>(\d+)</strong>', page))
    assert comptes["À examiner"] == "2"
    assert comptes["À transmettre"] == "1"
    assert comptes["Propositions en attente de réponse"] == "1"
    assert comptes["Chez le bailleur"] == "0"
    assert "première date limite" in page


def test_the_queue_to_examine_comes_first_by_limit(conseiller: Client):
    jour = timezone.localdate()
    candidature("Zoé", offre=OffreFactory(date_limite=jour + timedelta(days=9)))
    candidature("Bruno", offre=OffreFactory(date_limite=jour + timedelta(days=1)))
    candidature("Paul", statut=Statut.TRANSMISE)
    page = lire(conseiller, LISTE)
    assert page.index("Bruno Porte") < page.index("Zoé Porte")
    assert "Paul Porte" not in page
    assert "dans 11 jours" in page  # the deadline of the offer, and the ten days to examine
    assert "dans 19 jours" in page
    assert "Paul Porte" in lire(conseiller, f"{LISTE}?etape=chez-le-bailleur")


def en_retard(prenom: str, jours: int, **champs: Any) -> Candidature:
    """Late by so many days at the step of Action Logement: its offer closed ten days before that."""
    limite = timezone.localdate() - timedelta(days=10 + jours)
    offre = OffreFactory(publiee_le=limite - timedelta(days=7), date_limite=limite)
    quand = timezone.now() - timedelta(days=10 + jours)
    return candidature(prenom, offre=offre, deposee_le=quand, statut_depuis=quand, **champs)


def test_those_late_come_first_say_it_in_words_and_can_be_seen_alone(conseiller: Client):
    candidature("Zoé", offre=OffreFactory(date_limite=timezone.localdate()))
    en_retard("Bruno", 1)
    premiere = en_retard("Lise", 4)
    page = lire(conseiller, LISTE)
    assert page.index("Lise Porte") < page.index("Bruno Porte") < page.index("Zoé Porte")
    assert "en retard de 4 jours<" in page
    assert "en retard de 1 jour<" in page
    seules = lire(conseiller, f"{LISTE}?echeance=retard&departement=75")
    assert "Zoé Porte" not in seules
    assert "?departement=75&amp;echeance=retard&amp;etape=a-transmettre" in seules  # the filter stays with the others
    assert f"{premiere.pk}/change/?_changelist_filters=echeance%3Dretard%26departement%3D75" in seules


def test_the_next_dossier_stays_among_those_late(conseiller: Client):
    candidature("Zoé", offre=OffreFactory(date_limite=timezone.localdate()))
    premiere, seconde = en_retard("Lise", 4), en_retard("Bruno", 1)
    for ici, apres in ((premiere, seconde), (seconde, premiere)):
        page = lire(conseiller, f"{page_de(ici)}?_changelist_filters=echeance%3Dretard")
        assert "À Action Logement d’agir" in page
        assert f'href="{page_de(apres)}?_changelist_filters=echeance%3Dretard">Dossier suivant' in page


def test_the_list_says_the_verdicts_in_short(conseiller: Client):
    candidature(offre=OffreFactory(typologie="T5"))
    page = re.sub(r"<[^>]+>", "", lire(conseiller, LISTE))
    assert "✗ taille : ne convient pas" in page
    assert "✓ loyer 27\u202f% : convient" in page


def test_a_search_goes_through_every_step(conseiller: Client):
    transmise = candidature("Paul", statut=Statut.TRANSMISE)
    candidature("Bruno")
    for mots in ("Paul", transmise.demande.numero_unique, transmise.offre.reference):
        page = lire(conseiller, f"{LISTE}?q={mots}")
        assert "Paul Porte" in page
        assert "Bruno Porte" not in page


def test_the_list_filters_by_departement_and_by_bailleur(conseiller: Client):
    a_paris = candidature("Paul")
    ailleurs = OffreFactory(commune__code="59350", commune__departement__code="59", bailleur__nom="Nord Habitat")
    candidature("Lise", offre=ailleurs)
    assert "Paul Porte" not in lire(conseiller, f"{LISTE}?departement=59")
    assert "Paul Porte" not in lire(conseiller, f"{LISTE}?bailleur={ailleurs.bailleur_id}")
    page = lire(conseiller, f"{LISTE}?departement=75&bailleur=inconnu")
    assert "Paul Porte" in page
    assert "_changelist_filters=departement%3D75" in page
    assert str(a_paris.pk) in page


def test_the_list_asks_as_much_of_the_database_for_two_rows_as_for_twenty(conseiller: Client):
    def requetes() -> int:
        with CaptureQueriesContext(connection) as capturees:
            assert conseiller.get(LISTE).status_code == 200
        return len(capturees)

    for numero in range(2):
        candidature(f"Anne{numero}")
    avec_deux = requetes()
    for numero in range(18):
        candidature(f"Bruno{numero}")
    assert requetes() == avec_deux


# Several at once


def test_several_dossiers_are_sent_at_once_and_the_others_say_why_not(conseiller: Client):
    validees = [candidature(prenom, statut=Statut.VALIDEE) for prenom in ("Paul", "Lise")]
    autre = candidature("Bruno")
    choisies = [str(c.pk) for c in (*validees, autre)]
    adresse = f"{LISTE}?etape=toutes"
    page = envoyer_en_lot(conseiller, adresse, "transmettre", choisies)
    assert "« Transmettre au bailleur » : 2 candidatures." in page
    assert "Bruno Porte : Cette candidature est maintenant « En attente »" in page
    assert [Candidature.objects.get(pk=c.pk).statut for c in validees] == [Statut.TRANSMISE] * 2
    assert Courriel.objects.filter(gabarit="candidature_transmise").count() == 2


def test_several_dossiers_are_validated_at_once(conseiller: Client):
    choisies = [str(candidature(prenom).pk) for prenom in ("Paul", "Lise")]
    assert "« Valider la candidature » : 2 candidatures." in envoyer_en_lot(conseiller, LISTE, "valider", choisies)


def envoyer_en_lot(client: Client, adresse: str, action: str, choisies: list[str]) -> str:
    reponse = client.post(adresse, {"action": action, "_selected_action": choisies}, follow=True)
    assert reponse.status_code == 200
    return reponse.content.decode()


# Withdrawing an offer


def test_withdrawing_an_offer_asks_why_then_frees_whoever_waited_for_it(conseiller: Client):
    attend = candidature("Paul")
    assert "1 personne</strong>" in lire(conseiller, retrait(attend))
    page = envoyer(conseiller, retrait(attend), motif=" ")
    assert "Donnez le motif" in page
    page = envoyer(conseiller, retrait(attend), motif="Travaux avant relocation.")
    assert "L’offre est retirée : 1 candidature libérée." in page
    attend.refresh_from_db()
    assert attend.statut == Statut.RETIREE
    assert "Travaux avant relocation." in attend.motif
    assert "déjà retirée" in lire(conseiller, retrait(attend))
    assert "Retirer l’offre</a>" not in lire(conseiller, page_de(attend))


def test_a_long_queue_has_pages_that_follow_one_another(conseiller: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        candidature(f"Paul{n}")
    entiere = list(conseiller.get(LISTE).context["cl"].result_list)
    monkeypatch.setattr(CandidatureAdmin, "list_per_page", 2)
    pages = [conseiller.get(f"{LISTE}?p={page}").context["cl"].result_list for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [c for page in pages for c in page] == entiere
