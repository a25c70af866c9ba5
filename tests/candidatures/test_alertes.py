"""Alerts: the right dwellings, to the right people, once, one mail a day at most."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Courriel
from candidatures.models import Candidature
from candidatures.statuts import Statut
from demandes.models import Demande, Voisinage
from offres import alertes, baremes
from offres.models import Abonnement, Lot, Parution, StatutOffre, Tournee
from tests.candidatures.alertes import deja_en_service, passer, recues
from tests.factories import (
    SIRETS,
    CandidatureFactory,
    CommuneFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    dossier,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne() -> Demande:
    """Anne asks for Paris 11e, which touches the 20e. The alerts have been at work since yesterday."""
    baremes.charger()
    onzieme = CommuneFactory(code="75111", codes_postaux=["75011"])
    vingtieme = CommuneFactory(code="75120", nom="Paris 20e Arrondissement", codes_postaux=["75020"])
    CommuneFactory(code="75115", nom="Paris 15e Arrondissement", codes_postaux=["75015"])
    Voisinage.objects.create(commune=onzieme, voisine=vingtieme)
    Voisinage.objects.create(commune=vingtieme, voisine=onzieme)
    demande: Demande = DemandeFactory(souhaits=(onzieme,), valide=True)
    deja_en_service()
    return demande


def dans(code: str, **champs: object):
    return OffreFactory(commune=CommuneFactory(code=code), **champs)


def lendemain(jours: int = 1) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=jours), tick=True)


def test_a_new_dwelling_in_a_commune_asked_for_is_told_the_same_day(anne: Demande) -> None:
    passer()  # the first round of the day had nothing to say
    assert recues() == []
    offre = dans("75111")
    passer()
    (mail,) = recues()
    assert mail.destinataire == anne.demandeur.email
    assert mail.sujet == "1 nouveau logement pour vous à Paris 11e"
    assert f"/offres/{offre.pk}/" in mail.texte
    assert f"/offres/{offre.pk}/" in mail.html


def test_a_mail_says_what_one_decides_by(anne: Demande) -> None:
    limite = timezone.localdate() + timedelta(days=5)
    for _ in range(7):
        dans("75111", date_limite=limite)
    passer()
    (mail,) = recues()
    assert mail.sujet.startswith("7 nouveaux logements pour vous à Paris 11e")
    assert "7 logements viennent de paraître" in mail.texte
    assert "En voici 5." in mail.texte
    assert mail.texte.count("/offres/") == 5 + 1 + 1  # the dwellings, all the offers, the way out
    for mots in ("T3 de 61 m²", "841\u202f€ charges comprises", "Paris 11e (75011)", "3e étage sur 6", "inclus"):
        assert mots in mail.texte
        assert mots in mail.html
    assert limite.strftime(" %Y inclus") in mail.texte
    assert "Voir toutes les offres" in mail.html
    assert "Ne plus recevoir ces alertes" in mail.html
    assert "<img" not in mail.html


def test_the_subject_names_the_commune_with_the_most_dwellings(anne: Demande) -> None:
    for nom, code, nombre in (("Le Pecq", "78481", 1), ("Nantes", "44109", 2), ("Rezé", "44143", 1)):
        commune = CommuneFactory(code=code, nom=nom)
        anne.souhait_set.create(commune=commune, rang=int(code[:2]))
        for _ in range(nombre):
            OffreFactory(commune=commune, code_postal=code)
    passer()
    assert [mail.sujet for mail in recues()] == ["4 nouveaux logements pour vous à Nantes et dans 2 autres communes"]


def test_what_was_there_before_the_alerts_is_no_news(anne: Demande) -> None:
    Tournee.objects.all().delete()
    dans("75111")
    passer()
    assert recues() == []
    assert Parution.objects.count() == 1


def test_one_mail_a_day_at_most_and_nothing_is_lost(anne: Demande) -> None:
    dans("75111")
    passer()
    tardive = dans("75111")
    passer()
    assert len(recues()) == 1
    with lendemain():
        passer()
        passer()
        assert len(recues()) == 2
        assert str(tardive.pk) in recues()[1].texte
        assert recues()[1].sujet.startswith("1 nouveau logement")


def test_what_touches_the_communes_asked_for_waits_for_the_next_morning(anne: Demande) -> None:
    passer()
    voisine = dans("75120")
    dans("75115")  # the rest of the département is not announced
    passer()
    assert recues() == []
    with lendemain():
        passer()
        (mail,) = recues()
        assert str(voisine.pk) in mail.texte
        assert mail.sujet == "1 nouveau logement pour vous à Paris 20e"


def test_a_wish_for_a_whole_city_is_told_of_its_arrondissements(anne: Demande) -> None:
    paris = CommuneFactory(code="75056", nom="Paris")
    for code in ("75111", "75115"):
        commune = CommuneFactory(code=code)
        commune.parent = paris
        commune.save()
    Demande.objects.get().souhait_set.all().delete()
    anne.souhait_set.create(commune=paris, rang=1)
    dans("75111")
    dans("75115")
    passer()
    assert [mail.sujet for mail in recues()] == ["2 nouveaux logements pour vous à Paris"]


@pytest.mark.parametrize(
    "champs",
    [
        {"typologie": "T5"},
        {"loyer_charges_comprises": 1900},
        {"financement": "PLAI"},
        {"loyer_charges_comprises": None},
        {"statut": StatutOffre.RETIREE},
    ],
    ids=["too large", "too dear", "over the ceiling", "without a rent", "withdrawn"],
)
def test_a_dwelling_one_cannot_apply_to_is_never_announced(anne: Demande, champs: dict[str, object]) -> None:
    dans("75111", **champs)
    passer()
    assert recues() == []


def test_a_dwelling_reserved_to_a_company_is_told_to_its_employees_only(anne: Demande) -> None:
    DemandeFactory(souhaits=(CommuneFactory(code="75111"),), valide=True, siret=SIRETS[1])
    dans("75111", reservee_a=EntrepriseFactory(siret=SIRETS[0]))
    passer()
    assert [mail.destinataire for mail in recues()] == [anne.demandeur.email]


def test_nobody_is_told_who_holds_a_place_and_he_catches_up_once_free(anne: Demande) -> None:
    candidature: Candidature = CandidatureFactory(demande=anne, offre=dans("75115"))
    pendant = dans("75111")
    passer()
    assert recues() == []
    candidature.delete()
    with lendemain():
        suivante = dans("75111")
        passer()
        (mail,) = recues()
        assert str(pendant.pk) in mail.texte
        assert str(suivante.pk) in mail.texte


def test_an_offer_one_has_applied_to_is_not_announced_to_him(anne: Demande) -> None:
    CandidatureFactory(demande=anne, offre=dans("75111"), statut=Statut.ANNULEE)
    passer()
    assert recues() == []


def test_nobody_is_told_whose_demand_cannot_apply(anne: Demande) -> None:
    jour = timezone.localdate()
    commune = CommuneFactory(code="75111")
    Demande.objects.filter(pk=anne.pk).update(radiee_le=jour)
    DemandeFactory(souhaits=(commune,))  # not validated
    perimee = DemandeFactory(souhaits=(commune,), valide=True)
    Demande.objects.filter(pk=perimee.pk).update(renouvelee_le=jour - timedelta(days=380))
    a_completer = DemandeFactory(souhaits=(commune,), valide=True)
    a_completer.pieces_confirmees.first().delete()
    dans("75111")
    passer()
    assert recues() == []


def test_somebody_whose_mails_come_back_is_not_written_to(anne: Demande) -> None:
    adresse, hier = anne.demandeur.email, timezone.now() - timedelta(days=1)
    Courriel.objects.create(gabarit="contact", destinataire=adresse, sujet="Bonjour", envoye_le=hier, refuse_le=hier)
    dans("75111")
    passer()
    assert recues() == []


def test_an_offer_older_than_the_dossier_is_no_news(anne: Demande) -> None:
    dans("75111")
    passer()
    nouvelle: Demande = DemandeFactory(souhaits=(CommuneFactory(code="75111"),), valide=True)
    recente = dans("75111")
    with lendemain():
        passer()
    (mail,) = [mail for mail in recues() if mail.destinataire == nouvelle.demandeur.email]
    assert mail.sujet.startswith("1 nouveau logement")
    assert str(recente.pk) in mail.texte


def test_an_offer_whose_day_comes_later_is_announced_that_day(anne: Demande) -> None:
    demain = timezone.localdate() + timedelta(days=1)
    dans("75111", publiee_le=demain, date_limite=demain + timedelta(days=5))
    passer()
    assert recues() == []
    with lendemain():
        passer()
        assert len(recues()) == 1


def test_an_offer_withdrawn_between_the_round_and_its_lot_is_not_announced(anne: Demande) -> None:
    from candidatures.alertes import ecrire_un_lot, ouvrir_une_tournee

    offre = dans("75111")
    ouvrir_une_tournee(timezone.localdate())
    offre.statut = StatutOffre.RETIREE
    offre.save()
    assert ecrire_un_lot() == 0
    assert Lot.objects.get().demandes == []


def test_who_stopped_hears_nothing_and_who_starts_again_hears_of_what_comes_then(anne: Demande) -> None:
    alertes.arreter(anne.demandeur)
    dans("75111")
    passer()
    assert recues() == []
    alertes.reprendre(anne.demandeur)
    ensuite = dans("75111")
    passer()
    (mail,) = recues()
    assert str(ensuite.pk) in mail.texte
    assert mail.sujet.startswith("1 nouveau logement")


def test_stopping_keeps_back_the_alert_that_has_not_left(anne: Demande) -> None:
    dans("75111")
    passer()
    assert len(recues()) == 1
    alertes.arreter(anne.demandeur)
    assert recues() == []
    assert Abonnement.objects.get().arrete_le is not None


def test_a_lot_forgets_its_people_once_it_is_written(anne: Demande) -> None:
    dans("75111")
    passer()
    lot = Lot.objects.get()
    assert (lot.demandes, lot.courriels) == ([], 1)
    assert lot.fait_le is not None


def test_alerts_leave_after_the_mails_that_somebody_waits_for(anne: Demande) -> None:
    dans("75111")
    passer()
    code = Courriel.objects.create(gabarit="code_import", destinataire="zoe@exemple.fr", sujet="Votre code")
    assert [mail.pk for mail in Courriel.objects.a_envoyer()] == [code.pk, recues()[0].pk]


def test_people_by_the_hundred_are_cut_into_lots(anne: Demande) -> None:
    from candidatures.alertes import ouvrir_une_tournee

    commune = CommuneFactory(code="75111")
    for _ in range(4):
        DemandeFactory(souhaits=(commune,), valide=True)
    dans("75111")
    ouvrir_une_tournee(timezone.localdate(), par_lot=2)
    assert sorted(len(lot.demandes) for lot in Lot.objects.all()) == [1, 2, 2]
    passer()
    assert len({mail.destinataire for mail in recues()}) == len(recues()) == 5


def test_a_dossier_that_differs_only_by_its_income_gets_another_mail(anne: Demande) -> None:
    """The sum of what people may apply to is what they are told, neither more nor less."""
    pauvre = DemandeFactory(souhaits=(CommuneFactory(code="75111"),), valide=True, dossier=dossier())
    Demande.objects.filter(pk=pauvre.pk).update(ressources=1000, rfr=9000)
    dans("75111", loyer_charges_comprises=841)
    sociale = dans("75111", loyer_charges_comprises=350, financement="PLAI")
    passer()
    textes = {mail.destinataire: mail.texte for mail in recues()}
    assert str(sociale.pk) not in textes[anne.demandeur.email]
    assert "1 nouveau" in next(m.sujet for m in recues() if m.destinataire == pauvre.demandeur.email)
    assert str(sociale.pk) in textes[pauvre.demandeur.email]
