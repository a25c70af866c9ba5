"""« Mon entreprise » (guide #3, tab 2): the SIRET, the name it leads to, the code, who is asked about a CDI."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demandes.models import Demande, Emploi
from demandes.siret import lire_siret
from tests.factories import ConsentementFactory, DemandeFactory, EmploiFactory, EntrepriseFactory, adulte, dossier

pytestmark = pytest.mark.django_db

VAUBAN, AUTRE, ACADEMIE = "12345678200010", "73282932000074", "17450430800019"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def demande(client: Client) -> Demande:
    """Anne's demand just imported: she works at Vauban, Denis nowhere that the registry knows."""
    denis = adulte(prenom="DENIS", nom="GIGI", nom_employeur="", siret_employeur="")
    sienne: Demande = DemandeFactory(dossier=replace(dossier(), cotitulaires=(denis,)))
    client.force_login(sienne.demandeur)
    return sienne


def envoyer(client: Client, page: str = "demandes:employeur", **champs: Any) -> str:
    saisie = {"titulaire": "demandeur", "siret": VAUBAN, "nom_employeur": "Vauban", **champs}
    return " ".join(client.post(reverse(page), saisie, follow=True).content.decode().split())


def chercher(client: Client, **champs: str) -> str:
    """What htmx gets."""
    reponse = client.get(reverse("demandes:nom_employeur"), {"titulaire": "demandeur", **champs}, headers=HTMX)
    return " ".join(reponse.content.decode().split())


@pytest.mark.parametrize(
    "saisie",
    [
        "12345678200010",
        "123 456 782 00010",
        "123\u00a0456\u202f782\u00a000010",
        "123.456.782-00010",
        " 123456782 00010\t",
        "１２３４５６７８２０００１０",
        "SIRET : 123 456 782 00010",
        "N° SIRET 12345678200010",
    ],
)
def test_a_siret_is_read_as_people_paste_it(saisie: str) -> None:
    assert lire_siret(saisie) == VAUBAN


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ("123456782", "C’est un n° SIREN"),
        ("123 456 782", "5 autres"),
        ("123456789", "9 chiffres au lieu de 14"),
        ("1", "1 chiffre au lieu de 14"),
        ("123456782000101", "15 chiffres au lieu de 14"),
        ("FR32123456782", "n° de TVA"),
        ("1234567820001O", "que des chiffres"),
        ("Ateliers Vauban", "que des chiffres"),
        ("١٢٣٤٥٦٧٨٢٠٠٠١٠", "que des chiffres"),
        ("12345678200011", "sa clé de contrôle ne correspond pas"),
    ],
)
def test_what_is_no_siret_is_told_why(saisie: str, phrase: str) -> None:
    with pytest.raises(ValidationError) as refus:
        lire_siret(saisie)
    assert phrase in refus.value.messages[0]


def test_the_name_comes_from_our_companies_first(demande: Demande, client: Client) -> None:
    EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban (siège)")
    page = chercher(client, siret="123 456 782 00010")
    assert 'value="Ateliers Vauban (siège)"' in page
    assert 'value="12345678200010"' in page


def test_then_from_the_demand_itself(demande: Demande, client: Client) -> None:
    assert 'value="Ateliers Vauban"' in chercher(client, siret=VAUBAN, nom_employeur="")


def test_the_academy_of_the_guide_is_known(demande: Demande, client: Client) -> None:
    assert "Académie d’Orléans-Tours" in chercher(client, siret=ACADEMIE)


def test_a_name_that_nobody_knows_is_asked_for(demande: Demande, client: Client) -> None:
    page = chercher(client, siret=AUTRE, nom_employeur="Ma boulangerie")
    assert "Nous ne trouvons pas le nom de cet établissement." in page
    assert "nom_employeur" not in page  # what is typed there stays


def test_a_wrong_siret_is_told_while_searching(demande: Demande, client: Client) -> None:
    assert "C’est un n° SIREN" in chercher(client, siret="123456782")
    denis = chercher(client, siret="", titulaire="codemandeur")
    assert "Saisissez d’abord le n° SIRET." in denis


def test_the_other_persons_employer_is_proposed_with_him(client: Client) -> None:
    denis = adulte(prenom="DENIS", nom="GIGI", nom_employeur="Boulangerie du Port", siret_employeur=AUTRE)
    client.force_login(DemandeFactory(dossier=replace(dossier(), cotitulaires=(denis,))).demandeur)
    page = chercher(client, siret=VAUBAN, titulaire="codemandeur")
    assert f'value="{AUTRE}"' in page
    assert 'value="Boulangerie du Port"' in page


def test_without_a_script_the_button_shows_the_tab_with_the_name_and_saves_nothing(
    demande: Demande, client: Client
) -> None:
    page = envoyer(
        client, "demandes:nom_employeur", siret=ACADEMIE, nom_employeur="", matricule="A 12", entree_le="01/09/2019"
    )
    for gardee in (ACADEMIE, "A 12", "01/09/2019", "Académie d’Orléans-Tours"):
        assert f'value="{gardee}"' in page
    assert not Emploi.objects.exists()


def test_the_fragment_alone_is_no_page(demande: Demande, client: Client) -> None:
    reponse = client.get(reverse("demandes:nom_employeur"), {"siret": VAUBAN})
    assert reponse["Location"] == reverse("demandes:employeur")


def test_the_cdi_is_only_asked_from_temp_agency_staff(demande: Demande, client: Client) -> None:
    envoyer(client, en_cdi="oui")
    emploi = Emploi.objects.get()
    assert (emploi.travail_temporaire, emploi.en_cdi) == (False, None)
    page = envoyer(client, travail_temporaire="on", en_cdi="non")
    emploi.refresh_from_db()
    assert (emploi.travail_temporaire, emploi.en_cdi) == (True, False)
    assert "Travail temporaire, sans CDI" in page


def test_a_temp_agency_of_ours_is_recognised(demande: Demande, client: Client) -> None:
    EntrepriseFactory(siret=AUTRE, nom="Intérim des Deux Rives", travail_temporaire=True)
    page = chercher(client, siret=AUTRE)
    case = page[page.index('name="travail_temporaire"') :]
    assert "checked" in case[: case.index(">")]


@pytest.mark.parametrize(
    ("code", "siret", "phrase"),
    [
        ("VAU-75", VAUBAN, ""),
        ("vau 75", VAUBAN, ""),
        ("VAU-75", AUTRE, "celui d’une autre entreprise"),
        ("ZZZ-99", VAUBAN, "Nous ne connaissons pas ce code entreprise."),
        ("ZZZ-99", ACADEMIE, "Il n’est pas nécessaire d’indiquer un code entreprise"),
    ],
)
def test_a_code_is_explained_and_never_blocks(
    code: str, siret: str, phrase: str, demande: Demande, client: Client
) -> None:
    EntrepriseFactory(siret=VAUBAN, code="VAU-75")
    page = envoyer(client, siret=siret, code_entreprise=code)
    assert Emploi.objects.get().code_entreprise == code
    assert phrase in page
    if not phrase:
        assert "Nous ne connaissons pas" not in page


def test_an_agent_of_the_academy_needs_no_code(demande: Demande, client: Client) -> None:
    page = envoyer(client, siret=ACADEMIE, nom_employeur="Académie d’Orléans-Tours")
    assert "Votre entreprise est validée." in page
    assert "Étape suivante" in page


def test_what_a_company_needs_to_confirm_is_said_and_does_not_block(demande: Demande, client: Client) -> None:
    EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban", exige_confirmation=True)
    assert "vous reconnaît à votre matricule et date d’entrée" in envoyer(client)
    assert "vous reconnaît à votre" not in envoyer(client, matricule="A 12", entree_le="01/09/2019")


def test_without_an_employer_nothing_of_the_former_one_is_kept(demande: Demande, client: Client) -> None:
    envoyer(client, matricule="A 12", travail_temporaire="on", en_cdi="oui")
    envoyer(client, sans_employeur="on", siret="12", entree_le="n’importe quoi", matricule="A 12", code_entreprise="X")
    emploi = Emploi.objects.get()
    assert emploi.sans_employeur
    assert (emploi.siret, emploi.nom_employeur, emploi.matricule, emploi.code_entreprise) == ("", "", "", "")
    assert (emploi.entree_le, emploi.travail_temporaire, emploi.en_cdi) == (None, False, None)


def test_a_change_of_employer_ends_the_leave_and_asks_for_the_confirmation_again(
    demande: Demande, client: Client
) -> None:
    vauban = EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban")
    EmploiFactory(demande=demande, siret=VAUBAN, confirme_le=timezone.now())
    ConsentementFactory(demande=demande, entreprise=vauban)
    envoyer(client, siret="123 456 782 00010", matricule="A 12")  # the same one, written otherwise
    assert Emploi.objects.get().confirme_le is not None
    assert demande.consentements.en_cours().exists()
    page = envoyer(client, siret=AUTRE)
    assert "Votre accord donné à Ateliers Vauban prend fin" in page
    assert Emploi.objects.get().confirme_le is None
    assert not demande.consentements.en_cours().exists()


def test_the_other_persons_job_is_to_be_confirmed_again(demande: Demande, client: Client) -> None:
    EmploiFactory(demande=demande, siret=VAUBAN, confirme_le=timezone.now())
    envoyer(client, titulaire="codemandeur")
    assert Emploi.objects.get().confirme_le is None


def test_somebody_alone_is_not_asked_whose_job_it_is(client: Client) -> None:
    seule = DemandeFactory(dossier=dossier(cotitulaires=()))
    EmploiFactory(demande=seule, titulaire="codemandeur")  # who has left the demand since
    client.force_login(seule.demandeur)
    assert 'name="titulaire"' not in client.get(reverse("demandes:employeur")).content.decode()
    envoyer(client)
    assert Emploi.objects.get().titulaire == "demandeur"
