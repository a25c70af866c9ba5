"""Deciding: two advisers on one dossier, the words previewed as they will be read, and the next dossier at once."""

import re

import pytest
from django.test import Client

from accounts.models import Courriel
from candidatures.models import Evenement, Motif
from candidatures.statuts import Action, Statut
from tests.candidatures.espace import LISTE, acte, candidature, connecte, envoyer, lire, page_de

pytestmark = pytest.mark.django_db
A = Action


@pytest.fixture
def agathe() -> Client:
    return connecte(conseiller=True, prenom="Agathe", nom_naissance="Roux")


@pytest.fixture
def hugo() -> Client:
    return connecte(conseiller=True, prenom="Hugo", nom_naissance="Tessier")


# Two advisers


def test_the_second_adviser_is_told_who_opened_the_dossier_and_when(agathe: Client, hugo: Client):
    vue = candidature()
    assert "a ouvert ce dossier" not in lire(agathe, page_de(vue))
    assert "a ouvert ce dossier" not in lire(agathe, page_de(vue)), "one's own look is no news"
    page = lire(hugo, page_de(vue)).replace("\xa0", " ")
    assert "Agathe Roux a ouvert ce dossier il y a 0 minute." in page


def test_the_second_to_decide_reads_who_did_what_and_keeps_what_was_typed(agathe: Client, hugo: Client):
    vue = candidature()
    assert 'name="vu" value="deposee"' in lire(hugo, page_de(vue))
    envoyer(agathe, acte(vue, A.VALIDER), vu="deposee")
    page = envoyer(hugo, acte(vue, A.INVALIDER), 409, vu="deposee", complement="Revenus trop élevés cette année.")
    assert "Rien n’a été enregistré" in page
    assert "elle est maintenant « Validée par Action Logement »" in page
    assert "Agathe Roux (Conseiller Action Logement) : « Valider la candidature », le" in page
    assert re.search(r"<textarea[^>]*>\s*Revenus trop élevés cette année.</textarea>", page)
    assert Evenement.objects.count() == 1
    envoyer(hugo, acte(vue, A.INVALIDER), vu="validee", complement="Revenus trop élevés cette année.")
    vue.refresh_from_db()
    assert vue.statut == Statut.INVALIDEE


def test_words_typed_for_an_act_that_is_gone_stay_in_sight(agathe: Client, hugo: Client):
    vue = candidature(statut=Statut.VALIDEE)
    envoyer(agathe, acte(vue, A.TRANSMETTRE), vu="validee")
    page = envoyer(hugo, acte(vue, A.INVALIDER), 409, vu="validee", complement="Revenus trop élevés cette année.")
    assert "Ce que vous aviez saisi pour « Ne pas valider »" in page
    assert "<dd>Revenus trop élevés cette année.</dd>" in page
    assert "« Transmettre au bailleur », le" in page
    vue.refresh_from_db()
    assert vue.statut == Statut.TRANSMISE


def test_a_second_click_without_words_is_answered_by_a_sentence(agathe: Client):
    vue = candidature()
    envoyer(agathe, acte(vue, A.VALIDER), vu="deposee")
    page = envoyer(agathe, acte(vue, A.VALIDER), vu="deposee")
    assert "Agathe Roux (Conseiller Action Logement) : « Valider la candidature »" in page
    assert Evenement.objects.count() == 1


# Previewed


def test_a_reason_is_previewed_as_the_applicant_will_read_it_and_nothing_is_done(agathe: Client):
    vue = candidature()
    Motif.objects.get_or_create(action=A.INVALIDER, libelle="Demande non renouvelée")
    champs = {"motif": "Demande non renouvelée", "complement": "Elle a expiré en mai.", "apercu": "1"}
    reponse = agathe.post(acte(vue, A.INVALIDER), champs | {"vu": "deposee"})
    assert reponse.status_code == 302
    assert "renouvel" not in reponse["Location"], "an address would write the reason into logs"
    page = lire(agathe, reponse["Location"])
    assert "Rien n’est encore enregistré" in page
    assert "Votre candidature n’est pas validée" in page
    assert "Bonjour Anne," in page
    assert "Motif : Demande non renouvelée. Elle a expiré en mai" in page
    assert "Motif écrit : «&nbsp;Demande non renouvelée. Elle a expiré en mai&nbsp;»" in page
    vue.refresh_from_db()
    assert (vue.statut, vue.motif) == (Statut.DEPOSEE, "")
    assert Evenement.objects.count() == Courriel.objects.count() == 0


def test_what_is_confirmed_after_a_preview_is_the_mail_that_was_read(agathe: Client):
    vue = candidature()
    envoyer(agathe, acte(vue, A.INVALIDER), complement="Trop cher.", apercu="1", vu="deposee")
    page = lire(agathe, f"{LISTE}{vue.pk}/apercu/invalider/")
    caches = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert caches["complement"] == "Trop cher."
    assert "C’est enregistré" in envoyer(agathe, acte(vue, A.INVALIDER), **caches)
    assert "Motif : Trop cher" in Courriel.objects.get().texte


def test_what_was_previewed_is_still_on_the_form_until_it_is_done(agathe: Client, hugo: Client):
    vue = candidature()
    envoyer(agathe, acte(vue, A.INVALIDER), complement="Trop cher pour vous.", apercu="1", vu="deposee")
    assert re.search(r"<textarea[^>]*>\s*Trop cher pour vous.</textarea>", lire(agathe, page_de(vue)))
    assert "Trop cher pour vous" not in lire(hugo, page_de(vue))
    envoyer(agathe, acte(vue, A.INVALIDER), complement="Trop cher.", vu="deposee")
    assert "Trop cher pour vous" not in lire(agathe, page_de(vue))


def test_a_preview_that_nobody_asked_for_leads_to_the_dossier(agathe: Client):
    vue = candidature()
    reponse = agathe.get(f"{LISTE}{vue.pk}/apercu/invalider/")
    assert (reponse.status_code, reponse["Location"]) == (302, page_de(vue))


def test_a_preview_of_a_dossier_that_moved_says_so_and_keeps_the_words(agathe: Client, hugo: Client):
    vue = candidature()
    envoyer(hugo, acte(vue, A.VALIDER), vu="deposee")
    page = envoyer(agathe, acte(vue, A.INVALIDER), 409, complement="Trop cher.", apercu="1", vu="deposee")
    assert "Hugo Tessier (Conseiller Action Logement) : « Valider la candidature »" in page
    assert "Trop cher." in page


# The next one


def test_one_may_decide_and_be_on_the_next_dossier_at_once(agathe: Client):
    premiere, autre = candidature("Paul"), candidature("Lise")
    page = lire(agathe, page_de(premiere))
    assert 'name="ensuite" value="suivant" data-touche="v"' in page
    reponse = agathe.post(acte(premiere, A.VALIDER), {"ensuite": "suivant", "vu": "deposee"}, follow=True)
    assert reponse.redirect_chain == [(page_de(autre), 302)]
    page = reponse.content.decode()
    assert "Paul Porte reçoit un e-mail." in page
    assert f'<a href="{page_de(premiere)}">Revenir à ce dossier</a>' in page


def test_the_last_dossier_of_a_queue_has_no_next(agathe: Client):
    vue = candidature()
    assert "Décider et passer au suivant" not in lire(agathe, page_de(vue))
    assert "C’est enregistré" in envoyer(agathe, acte(vue, A.VALIDER), ensuite="suivant", vu="deposee")


def test_the_keys_are_listed_and_can_be_switched_off(agathe: Client):
    page = lire(agathe, page_de(candidature()))
    assert "Raccourcis actifs sur ce navigateur" in page
    assert "<kbd>v</kbd>" in page
