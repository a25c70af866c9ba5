"""An import that was started goes on by itself: the registry goes away, the tab is closed, the process dies."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Courriel, User
from demandes import importation, reprise
from demandes.models import Demande, Importation
from demandes.models.importation import DUREE_DU_CODE, PATIENCE
from demandes.tasks import expirer_codes
from tests.demandes.importer import NUMERO, code_recu, verifiee
from tests.ensemble import ensemble
from tests.factories import DemandeFactory, UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne(registre: Registre, client: Client) -> User:
    user: User = UserFactory(prenom="Anne", nom_naissance="Porte", email="anne@exemple.fr")
    client.force_login(user)
    return user


@pytest.fixture
def attente(anne: User, client: Client, registre: Registre) -> Importation:
    """Anne's right code, given just as the registry went down."""
    client.post(reverse("demandes:numero"), {"numero": NUMERO, "date_naissance": "19/05/1989"})
    registre.panne("erreur")
    client.post(reverse("demandes:code"), {"code": code_recu()})
    return anne.importations.get()


def page(client: Client, nom: str = "demandes:code") -> str:
    return " ".join(client.get(reverse(nom), follow=True).content.decode().split())


def plus_tard(duree: timedelta = PATIENCE) -> time_machine.travel:
    return time_machine.travel(timezone.now() + duree + timedelta(seconds=1))


def reprendre(ouverte: Importation) -> bool:
    with plus_tard():
        return reprise.reprendre(ouverte.pk)


def mails() -> list[tuple[str, str]]:
    return list(
        Courriel.objects.exclude(gabarit="code_import").order_by("cree_le").values_list("gabarit", "destinataire")
    )


def test_the_page_says_that_it_waits_and_until_when(attente: Importation, client: Client) -> None:
    lue = page(client)
    assert "Votre code est vérifié." in lue
    assert "Le registre des demandes ne répond pas en ce moment." in lue
    assert "Vous pouvez fermer cette page" in lue
    assert "Actualiser" in lue
    assert "hx-get" in lue


def test_the_import_resumes_by_itself_and_says_so_by_mail(attente: Importation, registre: Registre) -> None:
    assert not reprendre(attente)
    assert mails() == []
    registre.panne("aucune")
    assert reprendre(attente)
    assert Demande.objects.get().numero_unique == NUMERO
    assert mails() == [("import_fini", "anne@exemple.fr")]
    assert Courriel.objects.latest("cree_le").sujet == "Votre demande est importée sur AL’in"
    assert not reprendre(attente)
    assert len(mails()) == 1


def test_the_waiting_page_goes_on_by_itself(attente: Importation, client: Client, registre: Registre) -> None:
    htmx = {"HX-Request": "true"}
    assert "Votre code est vérifié" in client.get(reverse("demandes:code"), headers=htmx).content.decode()
    registre.panne("aucune")
    reprendre(attente)
    assert client.get(reverse("demandes:code"), headers=htmx)["HX-Redirect"] == reverse("demandes:numero")
    assert "Votre demande est importée sur AL’in." in page(client, "demandes:numero")


def test_another_device_finds_the_import_where_it_is(
    attente: Importation, anne: User, client: Client, registre: Registre
) -> None:
    telephone = Client()
    telephone.force_login(anne)
    assert "Un import est en cours." in page(telephone, "demandes:tutoriel")
    assert "Votre code est vérifié." in page(telephone)
    registre.panne("aucune")
    telephone.post(reverse("demandes:code"))
    assert "Voici les informations liées au numéro unique" in page(client)
    assert mails() == []  # she was there


def test_a_process_that_dies_after_the_code_is_replaced_by_the_worker(anne: User) -> None:
    ouverte = verifiee(anne)
    assert not reprise.reprendre(ouverte.pk)  # her own request may still be at work
    assert reprendre(ouverte)
    assert mails() == [("import_fini", "anne@exemple.fr")]


def test_a_refusal_comes_by_mail_with_its_reason_and_only_once(
    attente: Importation, anne: User, client: Client, registre: Registre
) -> None:
    anne.prenom = "Denise"
    anne.save()
    registre.panne("aucune")
    assert not reprendre(attente)
    assert not reprendre(attente)
    assert mails() == [("import_refuse", "anne@exemple.fr")]
    assert "ne correspond pas à ceux de la demande" in Courriel.objects.latest("cree_le").texte
    assert "Denise" in page(client)  # field by field
    anne.prenom = "Anne"
    anne.save()
    client.post(reverse("demandes:code"))
    assert Demande.objects.get().demandeur == anne


def test_a_number_taken_meanwhile_is_told_by_mail(attente: Importation, registre: Registre) -> None:
    DemandeFactory(numero_unique=NUMERO)
    registre.panne("aucune")
    assert not reprendre(attente)
    assert "déjà rattaché à un autre compte" in Courriel.objects.latest("cree_le").texte


def test_after_a_day_the_import_ends_and_the_person_is_told(attente: Importation, client: Client) -> None:
    with plus_tard(DUREE_DU_CODE):
        expirer_codes()
        expirer_codes()
    assert mails() == [("import_refuse", "anne@exemple.fr")]
    assert "n’a pas répondu pendant 24 h" in Courriel.objects.latest("cree_le").texte
    assert not Importation.objects.ouvertes().exists()
    assert "Saisir ma demande" in page(client)


def test_an_abandoned_import_is_never_resumed(attente: Importation, client: Client, registre: Registre) -> None:
    client.post(reverse("demandes:abandonner"))
    registre.panne("aucune")
    assert not reprendre(attente)
    assert not Demande.objects.exists()


def test_an_answer_that_cannot_be_read_leaves_a_trace_for_the_support(anne: User, client: Client, registre) -> None:
    client.post(reverse("demandes:numero"), {"numero": NUMERO, "date_naissance": "19/05/1989"})
    registre.panne("incomplet", cle_retiree="demandeur.nom")
    client.post(reverse("demandes:code"), {"code": code_recu()})
    assert "demandeur.nom" in anne.importations.get().anomalie
    assert "une réponse que nous ne savons pas lire" in page(client)
    assert not Demande.objects.exists()
    registre.panne("aucune")
    reprendre(anne.importations.get())
    assert anne.importations.get().anomalie == ""


def test_the_number_typed_is_kept_while_the_registry_is_away(anne: User, client: Client, registre: Registre) -> None:
    registre.panne("erreur")
    reponse = client.post(
        reverse("demandes:numero"), {"numero": "111 0920 62114 aclog", "date_naissance": "19/05/1989"}
    )
    assert reponse.status_code == 503
    assert "réessayez dans deux minutes" in reponse.content.decode()
    assert f'value="{NUMERO}"' in page(client, "demandes:numero")  # the tab was closed and opened again
    registre.panne("aucune")
    client.post(reverse("demandes:numero"), {"numero": NUMERO, "date_naissance": "19/05/1989"})
    assert "g•••@y•••.com" in page(client)


@pytest.mark.parametrize("nom", ["demandes:situation", "demandes:infos"])
def test_pages_say_that_they_show_a_dated_copy_only_while_the_registry_is_away(
    nom: str, anne: User, client: Client, registre: Registre
) -> None:
    demande = DemandeFactory(demandeur=anne, numero_unique=NUMERO, valide=True)
    phrase = f'Copie du <time datetime="{timezone.localtime(demande.mise_a_jour_le):%Y-%m-%d}">'
    assert phrase not in page(client, nom)
    registre.panne("erreur")
    client.post(reverse("demandes:mettre_a_jour"))
    assert phrase in page(client, nom)
    registre.panne("aucune")
    client.post(reverse("demandes:mettre_a_jour"))
    assert phrase not in page(client, nom)


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_the_person_at_once_import_once_and_write_one_mail_at_most(registre: Registre) -> None:
    for _ in range(5):
        user = UserFactory(prenom="Anne", nom_naissance="Porte")
        ouverte = verifiee(user)
        Importation.objects.update(verifiee_le=timezone.now() - timedelta(minutes=1))
        ensemble(
            partial(reprise.reprendre, ouverte.pk),
            partial(reprise.reprendre, ouverte.pk),
            partial(importation.importer, ouverte, par=user),
        )
        assert Demande.objects.get().demandeur == user
        assert len(mails()) <= 1
        Courriel.objects.all().delete()
        user.delete()
