"""What applicant and adviser read: the same figures, before applying and after, and nobody's name."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from candidatures.baremes import PREMIER, ecrire
from candidatures.classement import rangs
from candidatures.classement.anonymes import lettres
from candidatures.models import Candidature
from candidatures.workflow import postuler
from demandes.models import Demande
from offres.models import Offre
from tests.candidatures.classement.file import remplir
from tests.candidatures.espace import LISTE, connecte, lire, page_de
from tests.factories import CommuneFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def offre() -> Offre:
    offre: Offre = OffreFactory(commune=CommuneFactory())
    remplir(offre, 8, timezone.localdate())
    return offre


@pytest.fixture
def demande(offre: Offre) -> Demande:
    moi = UserFactory(prenom="Anne", nom_naissance="Porte")
    demande: Demande = DemandeFactory(demandeur=moi, valide=True, souhaits=(offre.commune,))
    return demande


@pytest.fixture
def anne(demande: Demande) -> Client:
    client = Client()
    client.force_login(demande.demandeur)
    return client


def tableau(page: str) -> list[str]:
    """The points of the first breakdown of a page, the total last."""
    table = re.search(r'<table class="points">.*?</table>', page)
    assert table is not None
    return re.findall(r"<td>(\d+)</td>", table[0])


def texte(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.replace("&nbsp;", " ")))


def test_the_place_is_said_before_applying_and_the_breakdown_is_one_click_away(anne, demande, offre):
    place = rangs.si(demande, offre, timezone.localdate())
    page = texte(lire(anne, offre.get_absolute_url()))
    assert "8 candidatures déposées" in page
    assert f"Vous seriez {place.en_clair}, avec {place.points.total} points. Comment ?" in page
    assert f"Vous seriez {place.en_clair}" in texte(lire(anne, f"/candidatures/offre/{offre.pk}/"))
    page = lire(anne, f"/candidatures/offre/{offre.pk}/classement/")
    assert f"<h1>Vous seriez {place.en_clair}</h1>" in page
    assert tableau(page) == [str(n) for n in (*(ligne.points for ligne in place.points.lignes), place.points.total)]


def test_applicant_and_adviser_read_the_same_figures(anne, demande, offre):
    candidature = postuler(demande, offre, par=demande.demandeur)
    place = rangs.si(demande, offre, timezone.localdate())
    suivi = lire(anne, "/candidatures/")
    liste = lire(anne, f"/candidatures/offre/{offre.pk}/classement/")
    conseiller = connecte(conseiller=True)
    dossier, file = lire(conseiller, page_de(candidature)), lire(conseiller, LISTE)
    assert tableau(suivi) == tableau(liste) == tableau(dossier)
    assert f"Vous êtes {place.en_clair}" in texte(suivi)
    assert f"Vous êtes {place.en_clair}" in texte(liste)
    assert f"Vous êtes {place.en_clair}" in texte(lire(anne, offre.get_absolute_url()))
    assert f"Rang {place.rang} / {place.nombre}" in dossier
    ligne = next(ligne for ligne in file.split("<tr>")[1:] if "Anne Porte" in ligne)
    assert f">{place.rang} / {place.nombre}</td>" in ligne
    for mot in ("31 m² pour 3 personnes", "mois pleins depuis le 14/09/2020"):
        assert mot in suivi
        assert mot in dossier


def test_the_support_reads_the_points_without_what_may_come_from_health_or_violence(demande, offre):
    candidature = postuler(demande, offre, par=demande.demandeur)
    page = lire(connecte(support=True), page_de(candidature))
    assert "Public prioritaire" in page
    assert "Aucune priorité déclarée" not in page
    assert "mois pleins depuis" in page
    assert "Aucune priorité déclarée" in lire(connecte(conseiller=True), page_de(candidature))


def test_the_queue_is_read_by_deadline_then_by_rank(offre):
    page = lire(connecte(conseiller=True), LISTE)
    lus = [int(rang) for rang in re.findall(r">(\d+) / 8</td>", page)]
    assert lus == list(range(1, 9))


def test_the_list_of_an_offer_lets_anybody_reckon_the_ranks_and_names_nobody(anne, demande, offre):
    postuler(demande, offre, par=demande.demandeur)
    page = lire(anne, f"/candidatures/offre/{offre.pk}/classement/")
    table = page[page.index('class="points liste"') :]
    rangees = re.findall(r"<tr[^>]*> ?<td>(\d+)</td> ?<th scope=\"row\">([^<]+)</th>(.*?)</tr>", table)
    assert len(rangees) == 9
    totaux = []
    for _, _, cases in rangees:
        *criteres, total = (int(n) for n in re.findall(r"<td>(?:<b>)?(\d+)", cases))
        assert sum(criteres) == total
        totaux.append(total)
    assert totaux == sorted(totaux, reverse=True)
    assert sum(nom == "Vous" for _, nom, _ in rangees) == 1
    for autre in Candidature.objects.exclude(demande=demande).select_related("demande__demandeur"):
        assert autre.demande.numero_unique not in page
        assert str(autre.demande.demandeur.email) not in page
        assert str(autre.pk) not in page


def test_below_three_others_nobody_else_is_shown(anne, demande):
    peu = OffreFactory(commune=CommuneFactory())
    remplir(peu, 2, timezone.localdate(), graine=5)
    page = lire(anne, f"/candidatures/offre/{peu.pk}/classement/")
    assert "Moins de trois autres candidatures" in page
    assert "points liste" not in page
    assert "Vous seriez" in page


def test_the_list_of_an_offer_kept_for_another_company_is_not_found(anne, offre):
    assert anne.get("/candidatures/offre/00000000-0000-4000-8000-000000000000/classement/").status_code == 404


def test_anybody_reads_the_scale_in_force_and_an_example_that_adds_up(client: Client):
    ecrire(replace(PREMIER, dalo=61, en_vigueur_le=timezone.localdate()))
    page = lire(client, "/aide/classement/")
    assert "<td>61</td>" in page
    *lignes, total = (int(n) for n in tableau(page[page.index("t-exemple") :]))
    assert sum(lignes) == total
    for mot in ("Une personne décide toujours", "R441-2-17", "postuler le premier ne donne rien", "Le nombre d’essais"):
        assert mot in page
    assert "/aide/classement/" in lire(client, "/aide/")


def test_letters_follow_the_rank():
    assert [lettres(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
