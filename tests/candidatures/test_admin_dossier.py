"""One dossier: what the adviser reads, what he decides, what the applicant is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Consultation, Courriel, Role
from candidatures.models import Candidature, Evenement, Motif
from candidatures.statuts import TRANSITIONS, Action, Statut, se_decide_en_seance
from demandes.sne.traduction import dossier_vers_json
from offres.models import StatutOffre
from tests.candidatures.espace import LISTE, acte, candidature, champs_dus, connecte, envoyer, lire, page_de
from tests.factories import OffreFactory, UserFactory, adulte

pytestmark = pytest.mark.django_db
A = Action


@pytest.fixture
def conseiller() -> Client:
    return connecte(conseiller=True, prenom="Agathe", nom_naissance="Roux")


def test_the_dossier_says_the_checks_the_demand_the_documents_and_the_dwelling(conseiller: Client):
    vue = candidature()
    page = lire(conseiller, page_de(vue))
    assert "Vous êtes 3 personnes : T2, T3 ou T4. Ce logement est un T3." in page
    assert "soit 27 % de vos revenus" in page
    assert "revenu fiscal 2024" in page
    assert "Carte nationale d’identité ou passeport" in page
    assert "à confirmer" not in page
    assert vue.offre.reference in page
    assert "Ateliers Vauban, SIRET 12345678200010" in page
    assert "1 candidature sur l’offre" in page


def test_a_demand_changed_since_the_deposit_is_told(conseiller: Client):
    vue = candidature()
    assert "La demande a changé depuis le dépôt" not in lire(conseiller, page_de(vue))
    relu = replace(vue.demande.dossier, demandeur=adulte(telephone="0611223344"))
    vue.demande.instantanes.create(contenu=dossier_vers_json(relu))
    page = lire(conseiller, page_de(vue))
    assert "La demande a changé depuis le dépôt" in page
    assert "<strong>0611223344</strong>" in page


def test_opening_a_dossier_is_recorded_and_told_to_the_applicant(conseiller: Client):
    vue = candidature()
    lire(conseiller, page_de(vue))
    trace = Consultation.objects.du_demandeur(vue.demande.demandeur).get()
    assert (trace.par_nom, trace.par_role) == ("Agathe Roux", Role.CONSEILLER)
    assert trace.objet.startswith("la candidature T3 |")


def test_opening_a_demand_is_recorded_and_shows_its_candidatures(conseiller: Client):
    vue = candidature()
    page = lire(conseiller, f"/admin/demandes/demande/{vue.demande_id}/change/")
    assert "revenu fiscal 2024" in page
    assert f"/admin/candidatures/candidature/{vue.pk}/change/" in page
    assert Consultation.objects.get().objet == "la demande"


@pytest.mark.parametrize("statut", list(Statut))
def test_the_buttons_are_those_of_the_table(conseiller: Client, statut: Statut):
    vue = candidature(statut=statut)
    page = lire(conseiller, page_de(vue))
    adviser = UserFactory.build(conseiller=True)
    ouvertes = [a for a in vue.actions_pour(adviser) if not se_decide_en_seance(statut, a)]
    assert [action for action in Action if f'{vue.pk}/{action}/"' in page] == ouvertes


@pytest.mark.parametrize(
    ("depuis", "action"),
    [
        (depuis, action)
        for action, regle in TRANSITIONS.items()
        if Role.CONSEILLER in regle.par
        for depuis in sorted(regle.depuis)
        if not se_decide_en_seance(depuis, action)
    ],
)
def test_every_act_of_the_table_is_done_from_the_dossier(conseiller: Client, depuis: Statut, action: Action):
    attendue = timezone.localdate() if action is A.RECEVOIR_PIECE else None
    vue = candidature(statut=depuis, piece_attendue_le=attendue)
    page = envoyer(conseiller, acte(vue, action), **champs_dus(action))
    assert "C’est enregistré" in page
    vue.refresh_from_db()
    assert vue.statut == TRANSITIONS[action].arrivee(depuis)
    assert Evenement.objects.get().action == action
    assert Courriel.objects.get().destinataire == vue.demande.demandeur.email


def test_a_dossier_is_led_from_its_deposit_to_the_signed_lease(conseiller: Client):
    vue = candidature()
    chemin = [A.VALIDER, A.TRANSMETTRE, A.PROPOSER_VISITE, A.PASSER_EN_COMMISSION]
    for action in [*chemin, None, A.PROPOSER, A.ACCEPTER, A.SIGNER]:
        if action is None:
            tenir_la_seance(conseiller, vue)
        else:
            assert action.label in lire(conseiller, page_de(vue))
            envoyer(conseiller, acte(vue, action), **champs_dus(action))
    page = lire(conseiller, page_de(vue))
    assert "Cette candidature est terminée." in page
    assert "Bail signé" in page
    assert "Agathe Roux (Conseiller Action Logement)" in page
    vue.refresh_from_db()
    assert vue.bail_le == timezone.localdate()
    assert vue.offre.statut == StatutOffre.PLACEE
    assert Evenement.objects.count() == Courriel.objects.count() == 8


def tenir_la_seance(client: Client, vue: Candidature) -> None:
    """The commission met about this dossier alone, and chose it."""
    champs = {f"{vue.pk}-decision": "attribuer", "justification": "Une seule candidature.", "dossier": str(vue.pk)}
    champs["tenue_le"] = timezone.localdate().isoformat()
    assert client.post(f"{LISTE}offre/{vue.offre_id}/commission/", champs).status_code == 302


def test_a_reason_is_asked_for_and_what_was_typed_is_kept(conseiller: Client):
    vue = candidature(statut=Statut.ATTRIBUEE)
    page = envoyer(conseiller, acte(vue, A.PROPOSER), 422, notifiee_le="2020-01-01")
    assert "Ce jour est avant le dépôt de la candidature" in page
    assert 'value="2020-01-01"' in page
    page = envoyer(conseiller, acte(candidature(), A.INVALIDER), 422, complement="   ")
    assert "Donnez le motif" in page
    vue.refresh_from_db()
    assert vue.statut == Statut.ATTRIBUEE
    assert Evenement.objects.count() == Courriel.objects.count() == 0


def test_the_applicant_reads_the_reason_chosen_then_the_words_of_the_adviser(conseiller: Client):
    vue = candidature()
    Motif.objects.get_or_create(action=A.INVALIDER, libelle="Demande non renouvelée")
    assert "Demande non renouvelée" in lire(conseiller, page_de(vue))
    envoyer(conseiller, acte(vue, A.INVALIDER), motif="Demande non renouvelée", complement="Elle a expiré en mai.")
    vue.refresh_from_db()
    assert vue.motif == "Demande non renouvelée. Elle a expiré en mai"
    assert vue.motif in Courriel.objects.get().texte


@pytest.mark.parametrize(
    ("jour", "phrase"),
    [("32/13/2026", "Ce jour n’existe pas."), ("2299-01-01", "vérifiez l’année"), ("", "Indiquez le jour.")],
)
def test_a_day_that_cannot_be_is_refused_in_french(conseiller: Client, jour: str, phrase: str):
    vue = candidature(statut=Statut.TRANSMISE)
    assert phrase in envoyer(conseiller, acte(vue, A.PROPOSER_VISITE), 422, visite_le=jour)


def test_a_lease_is_not_signed_tomorrow(conseiller: Client):
    demain = (timezone.localdate() + timedelta(days=1)).isoformat()
    page = envoyer(conseiller, acte(candidature(statut=Statut.ACCEPTEE), A.SIGNER), 422, bail_le=demain)
    assert "Ce jour n’est pas encore venu" in page


def test_an_act_that_is_no_longer_open_says_so_and_leaves_no_line(conseiller: Client):
    vue = candidature(statut=Statut.TRANSMISE)
    page = envoyer(conseiller, acte(vue, A.VALIDER))
    assert "Cette candidature est maintenant « Transmise au bailleur »" in page
    assert Evenement.objects.count() == 0


def test_a_double_click_advances_once(conseiller: Client):
    vue = candidature()
    envoyer(conseiller, acte(vue, A.VALIDER))
    assert "cette action n’est plus possible" in envoyer(conseiller, acte(vue, A.VALIDER))
    assert Evenement.objects.count() == 1


def test_after_a_decision_the_next_dossier_of_the_same_list_is_one_click_away(conseiller: Client):
    jour = timezone.localdate()
    premiere = candidature("Paul", offre=OffreFactory(date_limite=jour + timedelta(days=1)))
    ailleurs = OffreFactory(
        commune__code="59350", commune__departement__code="59", date_limite=jour + timedelta(days=2)
    )
    a_lille = candidature("Lise", offre=ailleurs)
    a_paris = candidature("Bruno", offre=OffreFactory(date_limite=jour + timedelta(days=3)))
    page = envoyer(conseiller, acte(premiere, A.VALIDER))
    assert f'<a href="{page_de(a_lille)}">Dossier suivant</a>' in page
    filtres = "?_changelist_filters=departement%3D75"
    assert f'href="{page_de(a_paris)}{filtres}">Dossier suivant' in lire(
        conseiller, page_de(a_lille) + filtres
    ).replace("&amp;", "&")
    assert f'href="{LISTE}?departement=75"' in lire(conseiller, page_de(a_paris) + filtres)


def test_filters_that_mean_nothing_do_not_break_the_dossier(conseiller: Client):
    vue = candidature()
    candidature("Paul")
    assert "Vérifications" in lire(conseiller, f"{page_de(vue)}?_changelist_filters=bailleur%3Dx%26offre%3Dy")
