"""An address to which mails do not arrive: when, who reads it, and how its owner repairs it."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import courriels, retours
from accounts.models import Courriel, User
from demandes.models import Importation
from tests.accounts.test_retours import ADRESSE, en_defaut, envoye
from tests.facteur import Boite
from tests.factories import CandidatureFactory, DemandeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def zoe() -> User:
    user: User = UserFactory(email=ADRESSE, prenom="Zoé", nom_naissance="Brun")
    return user


# When is an address in default?


def refuse(courriel: Courriel, il_y_a: timedelta) -> None:
    courriel.marquer_refuse("Retour 5.1.1")
    courriel.refuse_le = timezone.now() - il_y_a
    courriel.save()


def test_an_address_is_in_default_since_the_first_return_of_the_series(zoe: User) -> None:
    assert not en_defaut()
    refuse(envoye(il_y_a=timedelta(days=9)), timedelta(days=8))
    refuse(envoye(il_y_a=timedelta(days=3)), timedelta(days=2))
    depuis = Courriel.objects.en_defaut_depuis(ADRESSE)
    assert depuis is not None
    assert timezone.localdate(depuis) == timezone.localdate() - timedelta(days=8)


def test_a_mail_that_has_just_left_proves_nothing_and_one_of_yesterday_does(zoe: User) -> None:
    refuse(envoye(il_y_a=timedelta(days=3)), timedelta(days=3))
    recent = envoye(il_y_a=timedelta(hours=2))
    assert en_defaut()
    Courriel.objects.filter(pk=recent.pk).update(envoye_le=timezone.now() - timedelta(hours=25))
    assert not en_defaut()


def test_a_return_that_comes_late_does_not_undo_a_later_mail_that_arrived(zoe: User) -> None:
    ancien = envoye(il_y_a=timedelta(days=5))
    envoye(il_y_a=timedelta(days=2))
    refuse(ancien, timedelta(hours=1))
    assert not en_defaut()


def test_a_full_refusal_at_the_door_counts_as_a_return(zoe: User) -> None:
    courriel = courriels.ecrire(ADRESSE, "demande_acces", {"activate_url": "https://alin.example/x/"})
    courriel.marquer_refuse("550 5.1.1 no such user")
    assert en_defaut()


# Who reads it, and the repair


def page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse, follow=True)
    assert reponse.status_code == 200, adresse
    return unescape(reponse.content.decode()).replace("\xa0", " ")


def connecte(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.django_db(transaction=True)
def test_the_owner_reads_a_banner_everywhere_and_repairs_it_with_one_mail(boite: Boite) -> None:
    zoe = UserFactory(email=ADRESSE, prenom="Zoé")
    DemandeFactory(demandeur=zoe, valide=True)
    refuse(envoye(il_y_a=timedelta(days=3)), timedelta(days=3))
    client = connecte(zoe)
    for nom in ("demandes:situation", "offres:liste", "candidatures:liste", "accounts:profil", "aide"):
        texte = page(client, reverse(nom))
        assert "Nos courriels ne vous parviennent plus" in texte, nom
        assert f'href="{reverse("account_email")}"' in texte
        assert "Elle fonctionne à nouveau" in texte
    for _ in range(2):  # a double click is one mail
        suite = client.post(reverse("accounts:essayer_adresse"), follow=True).content.decode()
    assert "Un courriel d’essai est en route" in suite
    assert "Elle fonctionne à nouveau" not in suite
    assert courriels.livrer() == 1
    (essai,) = boite.messages()
    assert (essai["To"], essai["Subject"]) == (ADRESSE, "Votre adresse reçoit nos courriels")
    assert "Nos courriels ne vous parviennent plus" not in page(client, reverse("demandes:situation"))
    refuse(Courriel.objects.get(gabarit="adresse_essai"), timedelta())
    assert "est revenu lui aussi" in page(client, reverse("demandes:situation"))


def test_test_mails_are_few_and_only_for_an_address_in_default(zoe: User) -> None:
    assert retours.essayer(par=zoe) is None
    refuse(envoye(), timedelta())
    for _ in range(retours.ESSAIS_PAR_JOUR):
        essai = retours.essayer(par=zoe)
        assert essai is not None
        essai.marquer_refuse("550")
    with pytest.raises(retours.EssaiRefuse, match="5 essais"):
        retours.essayer(par=zoe)
    suite = connecte(zoe).post(reverse("accounts:essayer_adresse"), follow=True).content.decode()
    assert "5 essais ont été faits en un jour" in suite


def test_asking_for_a_test_mail_is_a_post(zoe: User) -> None:
    assert connecte(zoe).get(reverse("accounts:essayer_adresse")).status_code == 405
    assert Client().post(reverse("accounts:essayer_adresse")).status_code == 302


def test_nobody_else_reads_the_banner(zoe: User) -> None:
    refuse(envoye(), timedelta())
    assert "ne vous parviennent plus" not in page(Client(), reverse("aide"))
    assert "ne vous parviennent plus" not in page(connecte(UserFactory()), reverse("aide"))


def test_advisers_read_it_on_the_dossier_the_demand_and_the_account(zoe: User) -> None:
    vue = CandidatureFactory(demande=DemandeFactory(demandeur=zoe, valide=True))
    pages = [
        reverse("admin:candidatures_candidature_change", args=[vue.pk]),
        reverse("admin:demandes_demande_change", args=[vue.demande_id]),
        reverse("admin:accounts_user_change", args=[zoe.pk]),
    ]
    superviseur = connecte(UserFactory(superviseur=True))
    for adresse in pages:
        assert "Les courriels à cette adresse reviennent depuis le" not in page(superviseur, adresse)
    refuse(envoye(), timedelta())
    for adresse in pages:
        assert "Les courriels à cette adresse reviennent depuis le" in page(superviseur, adresse)


def test_a_code_that_the_registrys_address_refuses_is_told_with_what_to_do(zoe: User) -> None:
    importation = Importation(par=zoe, numero_unique="111092062114ACLOG", adresse="anne@registre.fr")
    importation.tirer_un_code()
    importation.save()
    code = courriels.ecrire("anne@registre.fr", "code_import", {"code": "482913", "numero": "111092062114ACLOG"})
    client = connecte(zoe)
    assert "Un code a été envoyé à a•••@r•••.fr" in page(client, reverse("demandes:code"))
    code.marquer_refuse("550 5.1.1 no such user")
    texte = page(client, reverse("demandes:code"))
    assert "Le code n’a pas pu être remis à a•••@r•••.fr." in texte
    assert "Corrigez-la sur" in texte
    assert reverse("demandes:departement") in texte
    assert "anne@registre.fr" not in texte
    assert "ne vous parviennent plus" not in texte


def test_a_returned_mail_is_told_from_a_refused_one_in_the_outbox(zoe: User) -> None:
    refuse(envoye(), timedelta())
    liste = reverse("admin:accounts_courriel_changelist")
    superviseur = connecte(UserFactory(superviseur=True))
    assert ADRESSE in page(superviseur, f"{liste}?etat=refuse")
    assert "revenu le" in page(superviseur, f"{liste}?etat=refuse")
    assert ADRESSE not in page(superviseur, f"{liste}?etat=envoye")
