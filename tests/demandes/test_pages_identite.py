"""A name that differs: field by field, then one's account corrected here or the demand there, without a new code."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Courriel, User
from demandes.models import Demande, Importation
from tests.factories import DemandeFactory, UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.django_db

NUMERO = "111092062114ACLOG"


@pytest.fixture
def lise(client: Client) -> User:
    """Her account says Lise Portes; the demand, Anne Porte."""
    user: User = UserFactory(prenom="Lise", nom_naissance="Portes")
    client.force_login(user)
    return user


def envoyer(client: Client, page: str, **champs: object) -> str:
    return " ".join(client.post(reverse(page), champs, follow=True).content.decode().split())


def dernier_code() -> str:
    trouve = re.search(r"^(\d{6})$", Courriel.objects.filter(gabarit="code_import").latest("cree_le").texte, re.M)
    assert trouve is not None
    return trouve[1]


def importer(client: Client) -> str:
    envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    return envoyer(client, "demandes:code", code=dernier_code())


def test_what_differs_is_shown_field_by_field_with_both_ways_out(
    lise: User, client: Client, registre: Registre
) -> None:
    page = importer(client)
    for mots in ("Ce qui diffère", "Portes", "PORTE", "Lise", "Anne", 'value="Porte"', 'value="Anne"'):
        assert mots in page
    for issue in ("Corriger mon compte et continuer", "J’ai corrigé ma demande", "Utiliser un autre numéro"):
        assert issue in page
    assert not Demande.objects.exists()


def test_coming_back_later_finds_the_same_page(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    assert "Ce qui diffère" in client.get(reverse("demandes:code"), follow=True).content.decode()


def test_the_account_corrected_here_the_import_goes_on_without_a_new_code(
    lise: User, client: Client, registre: Registre
) -> None:
    importer(client)
    codes = Courriel.objects.filter(gabarit="code_import").count()
    page = envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Anne")
    assert "Votre compte est corrigé." in page
    assert "Votre demande est importée sur AL’in." in page
    lise.refresh_from_db()
    assert lise.get_full_name() == "Anne Porte"
    assert Courriel.objects.filter(gabarit="code_import").count() == codes
    assert Demande.objects.get().demandeur == lise


def test_only_what_differs_may_be_corrected(client: Client, registre: Registre) -> None:
    anne = UserFactory(prenom="Anne", nom_naissance="Portes")
    client.force_login(anne)
    assert 'name="prenom"' not in importer(client)
    envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Zoé", email="a@b.fr", role="superviseur")
    anne.refresh_from_db()
    assert (anne.prenom, anne.nom_naissance, anne.role) == ("Anne", "Porte", "demandeur")


def test_a_correction_that_still_differs_says_so_again(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    page = envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Zoé")
    assert "Ce qui diffère" in page
    assert "Zoé" in page
    assert "Portes" not in page
    assert not Demande.objects.exists()


def test_a_correction_that_is_no_name_is_refused_and_kept(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    page = envoyer(client, "demandes:identite", nom_naissance="Porte1", prenom="")
    assert "n’est pas une lettre" in page
    assert "Ce champ est obligatoire." in page
    assert 'value="Porte1"' in page
    lise.refresh_from_db()
    assert lise.nom_naissance == "Portes"


def test_the_demand_corrected_there_the_import_goes_on(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    registre.modifier(
        NUMERO, demandeur__nom="PORTES", demandeur__nom_naissance="PORTES", demandeur__prenom="LISE MARIE"
    )
    assert "Votre demande est importée sur AL’in." in envoyer(client, "demandes:code")


def test_a_first_name_in_the_box_of_the_name_is_seen(client: Client, registre: Registre) -> None:
    client.force_login(UserFactory(prenom="Porte", nom_naissance="Anne"))
    page = importer(client)
    assert "semblent inversés" in page
    assert 'name="nom_naissance" value="Porte"' in page


def test_the_married_name_serves_as_well_as_the_birth_name(client: Client, registre: Registre) -> None:
    client.force_login(UserFactory(prenom="anne", nom_naissance="Durand"))
    registre.modifier(NUMERO, demandeur__nom="DURAND", demandeur__nom_naissance="PORTE", demandeur__prenom="ANNE LISE")
    assert "Votre demande est importée sur AL’in." in importer(client)


def test_nobody_corrects_anything_before_the_code_was_right(lise: User, client: Client, registre: Registre) -> None:
    envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    faux = f"{(int(dernier_code()) + 1) % 10**6:06d}"
    envoyer(client, "demandes:code", code=faux)
    page = envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Anne")
    assert "Code de sécurité" in page
    assert "PORTE" not in page
    lise.refresh_from_db()
    assert lise.nom_naissance == "Portes"


def test_a_corrected_account_takes_nobodys_demand(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    DemandeFactory(numero_unique=NUMERO)  # somebody else's, meanwhile
    page = envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Anne")
    assert "déjà rattaché à un autre compte" in page
    assert not Demande.objects.filter(demandeur=lise).exists()


def test_the_support_reads_what_differed_and_what_was_corrected(lise: User, client: Client, registre: Registre) -> None:
    importer(client)
    envoyer(client, "demandes:identite", nom_naissance="Porte", prenom="Zoé")
    registre.modifier(NUMERO, demandeur__prenom="ZOE")
    envoyer(client, "demandes:code")
    equipier = Client()
    equipier.force_login(UserFactory(support=True))
    importation = Importation.objects.get()
    page = equipier.get(reverse("admin:demandes_importation_change", args=[importation.pk])).content.decode()
    assert "Nom : « Portes » sur AL’in, « PORTE » au registre" in page
    assert "« Portes » devient « Porte », « Lise » devient « Zoé »" in page
    assert "Prénom : « Zoé » sur AL’in, « Anne » au registre" in page
    assert "Les noms concordent." in page


def test_an_update_that_finds_another_name_shows_both_ways_out_and_goes_on(client: Client, registre: Registre) -> None:
    anne = UserFactory(prenom="Anne", nom_naissance="Porte")
    DemandeFactory(demandeur=anne, numero_unique=NUMERO)
    client.force_login(anne)
    registre.modifier(NUMERO, demandeur__nom="DURAND", demandeur__nom_naissance="DURAND")
    page = envoyer(client, "demandes:mettre_a_jour")
    assert "Votre demande n’est pas mise à jour" in page
    assert "supprimez votre demande sur AL’in" in page
    page = envoyer(client, "demandes:identite", nom_naissance="Durand")
    assert "Votre demande est à jour." in page
    anne.refresh_from_db()
    assert anne.nom_naissance == "Durand"
    assert Importation.objects.get().close_le is not None


def test_a_new_code_kills_the_old_one(client: Client, registre: Registre) -> None:
    client.force_login(UserFactory(prenom="Anne", nom_naissance="Porte"))
    envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    ancien = dernier_code()
    page = envoyer(client, "demandes:nouveau_code")
    assert "L’ancien ne sert plus." in page
    nouveau = dernier_code()
    if ancien != nouveau:
        assert "Ce n’est pas le bon code" in envoyer(client, "demandes:code", code=ancien)
    assert "Votre demande est importée sur AL’in." in envoyer(client, "demandes:code", code=nouveau)


def test_deleted_on_alin_the_demand_can_be_imported_again(client: Client, registre: Registre) -> None:
    client.force_login(UserFactory(prenom="Anne", nom_naissance="Porte"))
    importer(client)
    envoyer(client, "candidatures:supprimer_demande")
    assert not Demande.objects.exists()
    assert "Votre demande est importée sur AL’in." in importer(client)
