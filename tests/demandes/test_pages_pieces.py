"""« Mes pièces justificatives » as people read it and tick it (guide #3 and #4)."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from demandes.adresses import site_de_la_demande
from demandes.copie import enregistrer
from demandes.dossier_valide import confirmer_les_pieces, pieces_manquantes
from demandes.models import Demande
from demandes.pieces import pieces_attendues
from demandes.sne.dossier import DossierSNE, PieceDeposee, Ressource
from tests.demandes.foyers import avec, foyer, une_personne
from tests.factories import DemandeFactory, EmploiFactory

pytestmark = pytest.mark.django_db

PAGE = "/ma-demande/pieces/"
Ouvrir = Callable[..., Demande]


@pytest.fixture
def ouvrir(client: Client) -> Ouvrir:
    """A demand whose employer is known, its owner signed in; `valide` ticks everything first."""

    def ouvrir(dossier: DossierSNE, *, valide: bool = False) -> Demande:
        demande: Demande = DemandeFactory(dossier=dossier, valide=valide)
        if not valide:
            EmploiFactory(demande=demande)
        client.force_login(demande.demandeur)
        return demande

    return ouvrir


def cles(demande: Demande) -> list[str]:
    return [piece.cle for piece in pieces_attendues(demande.dossier, timezone.localdate())]


def lire(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def texte(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def cocher(client: Client, coches: list[str], vues: list[str], **champs: str) -> str:
    reponse = client.post(PAGE, {"pieces": coches, "vues": vues, **champs}, follow=True)
    return " ".join(reponse.content.decode().split())


def test_the_page_counts_what_is_confirmed_for_all_and_for_each(ouvrir: Ouvrir, client: Client) -> None:
    demande = ouvrir(foyer(une_personne("RET"), avec("ART"), logement="LP"))
    toutes = cles(demande)
    assert "0 sur 10 confirmée " in texte(lire(client))
    page = texte(cocher(client, toutes[:3], toutes))
    assert "3 sur 10 confirmées" in page
    assert "3 sur 6 confirmées" in page
    assert "0 sur 4 confirmée " in page
    assert "Il reste 7 pièces à confirmer Demandeur ANNE PORTE : 3 pièces" in page
    assert "Codemandeur DENIS GIGI : 4 pièces" in page


def test_a_few_missing_documents_are_named_one_by_one(ouvrir: Ouvrir, client: Client) -> None:
    toutes = cles(ouvrir(foyer(une_personne("RET"))))
    page = cocher(client, toutes[1:], toutes)
    assert (
        f'<a href="#piece-{toutes[0]}">Demandeur ANNE PORTE&nbsp;: Carte nationale d’identité ou passeport</a>' in page
    )


def test_all_the_boxes_of_one_person_are_ticked_at_once_and_nothing_is_validated(
    ouvrir: Ouvrir, client: Client
) -> None:
    demande = ouvrir(foyer(une_personne("RET"), avec("ART")))
    anne, denis = cles(demande)[:4], cles(demande)[4:]
    reponse = client.post(PAGE, {"tout": "personne-2", "pieces": anne[:1], "vues": anne + denis})
    assert reponse["Location"] == "/ma-demande/pieces/#personne-2"
    assert set(demande.pieces_confirmees.values_list("cle", flat=True)) == {anne[0], *denis}
    client.post(PAGE, {"tout": "personne-1", "pieces": [anne[0], *denis], "vues": anne + denis})
    demande.refresh_from_db()
    assert (demande.pieces_confirmees.count(), demande.dossier_valide_le) == (8, None)
    assert "Tout cocher" not in lire(client)


def test_an_unknown_person_ticks_nobody(ouvrir: Ouvrir, client: Client) -> None:
    demande = ouvrir(foyer())
    assert client.post(PAGE, {"tout": "personne-9"}).status_code == 302
    assert not demande.pieces_confirmees.exists()


def test_the_enter_key_validates_and_never_ticks_everything(ouvrir: Ouvrir, client: Client) -> None:
    """Browsers press the first button of the form."""
    ouvrir(foyer())
    formulaire = lire(client).partition('action="/ma-demande/pieces/"')[2]
    assert "Valider mon dossier" in formulaire.partition("<button")[2].partition("</button>")[0]


def test_a_box_unticked_is_forgotten_and_one_that_was_not_shown_is_kept(ouvrir: Ouvrir, client: Client) -> None:
    demande = ouvrir(foyer())
    une, deux, trois, *_ = cles(demande)
    cocher(client, [une, deux, trois], [une, deux, trois])
    cocher(client, [une], [une, deux])
    assert set(demande.pieces_confirmees.values_list("cle", flat=True)) == {une, trois}


def test_each_box_says_why_what_else_is_accepted_and_what_the_registry_has(ouvrir: Ouvrir, client: Client) -> None:
    deposee = PieceDeposee("IDENT", "Carte nationale d’identité", date(2026, 11, 3))
    demande = ouvrir(replace(foyer(une_personne("RET")), pieces=(deposee,)))
    page = texte(lire(client))
    assert "Pour vérifier votre identité. La carte d’identité des deux côtés. Au registre depuis le 03/11/2026." in page
    assert "Le registre ne l’a pas encore reçue : déposez-la sur votre site d’enregistrement" in page
    assert page.count("Le registre ne l’a pas encore reçue") == len(cles(demande)) - 1
    assert lire(client).count(f'href="{site_de_la_demande(demande)}"') == len(cles(demande)) - 1 + 2


def test_a_box_ticked_against_the_registry_is_said_and_does_not_block(ouvrir: Ouvrir, client: Client) -> None:
    deposee = PieceDeposee("RETRAI", "Notification", date(2026, 11, 3))
    demande = ouvrir(replace(foyer(une_personne("RET")), pieces=(deposee,)))
    page = cocher(client, cles(demande), cles(demande))
    demande.refresh_from_db()
    assert demande.dossier_valide_le is not None
    assert f"Le registre n’a pas encore reçu {len(cles(demande)) - 1} pièces que vous avez cochées" in page


def test_when_the_registry_has_everything_nothing_is_said(ouvrir: Ouvrir, client: Client) -> None:
    depot = timezone.localdate()
    codes = [("IDENT", "CNI"), ("RETRAI", "Notification")]
    codes += [("AVISN1", f"Revenus {annee}") for annee in (depot.year - 1, depot.year - 2)]
    pieces = tuple(PieceDeposee(code, libelle, depot) for code, libelle in codes)
    demande = ouvrir(replace(foyer(une_personne("RET")), pieces=pieces))
    reponse = client.post(PAGE, {"pieces": cles(demande)})
    assert [str(message) for message in get_messages(reponse.wsgi_request)] == [
        "Votre dossier est validé. Vous pouvez consulter les offres."
    ]


def test_after_an_update_only_what_is_new_has_to_be_ticked(ouvrir: Ouvrir, client: Client) -> None:
    demande = ouvrir(foyer(une_personne("RET")), valide=True)
    lu = demande.dossier
    mariee = replace(lu.demandeur, ressources=(Ressource("RET", 900), Ressource("AF", 150)))
    enregistrer(demande, replace(lu, demandeur=mariee, logement_actuel=replace(lu.logement_actuel, modele="HLM")))
    assert [piece.libelle for piece in pieces_manquantes(demande, timezone.localdate())] == [
        "Attestation de paiement de la CAF ou de la MSA",
        "Bail de votre logement",
        "Dernière quittance de loyer",
        "Déclaration sur l’honneur de votre patrimoine",
    ]
    page = lire(client)
    assert page.count('<span class="marque attention">nouvelle</span>') == 4
    assert page.count(" checked") == len(cles(demande)) - 4


def test_an_update_that_goes_back_keeps_what_was_ticked(ouvrir: Ouvrir) -> None:
    demande = ouvrir(foyer(logement="LP"), valide=True)
    lu = demande.dossier
    for modele in ("CP", "LP"):
        enregistrer(demande, replace(lu, logement_actuel=replace(lu.logement_actuel, modele=modele)))
    assert pieces_manquantes(demande, timezone.localdate()) == []


def test_the_first_of_the_month_asks_for_one_payslip_and_keeps_the_dossier_validated(
    ouvrir: Ouvrir, client: Client
) -> None:
    paris = ZoneInfo("Europe/Paris")
    with time_machine.travel(datetime(2026, 11, 30, 23, 59, tzinfo=paris), tick=False):
        demande = ouvrir(foyer(), valide=True)
        assert pieces_manquantes(demande, timezone.localdate()) == []
    with time_machine.travel(datetime(2026, 12, 1, 0, 1, tzinfo=paris), tick=False):
        client.force_login(demande.demandeur)
        (nouvelle,) = pieces_manquantes(demande, timezone.localdate())
        assert nouvelle.libelle == (
            "Bulletin de salaire privé / public du mois de novembre 2026 ou Attestation de l’employeur"
        )
        assert "1 nouvelle" in texte(lire(client))
        assert client.get("/ma-demande/").status_code == 200
        confirmer_les_pieces(demande, {nouvelle.cle}, timezone.localdate())
        assert pieces_manquantes(demande, timezone.localdate()) == []
