"""The map of « Les offres »: its numbers, its links, its weight, and what it says without being seen (guide #5)."""

import re
from collections.abc import Iterator
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demandes.models import Commune, Departement, Voisinage
from demandes.reference import lignes
from tests.factories import CommuneFactory, DemandeFactory, DepartementFactory, OffreFactory
from tests.offres.lecture import LISTE, dans, lire

CARTE = f"{LISTE}?vue=carte"


def plans(html: str) -> Iterator[ElementTree.Element]:
    for dessin in re.findall(r"<svg class=\"plan carte-des-offres\".*?</svg>", html, re.DOTALL):
        yield ElementTree.fromstring(dessin)  # noqa: S314 - our own drawing


def liens(html: str) -> dict[str, str]:
    """What each commune of the drawings says, and where it leads."""
    return {a.attrib["aria-label"]: a.attrib["href"] for plan in plans(html) for a in plan.iter("a")}


def test_each_commune_with_dwellings_is_a_link_that_says_how_many(anne, onzieme):
    OffreFactory.create_batch(2, commune=onzieme)
    OffreFactory(commune=dans("75120"))
    OffreFactory(commune=dans("75115"))
    OffreFactory(commune=dans("75115"), trop_grande=True)

    html = anne.get(CARTE).content.decode()

    assert liens(html) == {
        "Paris 11e : 2 logements": "?commune=75111",
        "Paris 20e : 1 logement": "?commune=75120",
        "Paris 15e : 1 logement": "?commune=75115",
    }


def test_a_table_says_the_same_numbers(anne, onzieme):
    OffreFactory.create_batch(2, commune=onzieme)
    OffreFactory(commune=dans("75120"))

    page = lire(anne, CARTE)

    assert "Communes demandées 2 Paris 11e 2 Communes limitrophes 1 Paris 20e 1" in page
    assert "Autres communes du département 0" in page


def test_following_a_commune_opens_its_tab_narrowed_to_it(anne, onzieme):
    OffreFactory(commune=dans("75120"))
    OffreFactory(commune=onzieme)

    page = lire(anne, f"{LISTE}?commune=75120")

    assert "1 logement, communes limitrophes" in page
    assert "PARIS 20EME ARRONDISSEMENT (75020)" in page
    assert "PARIS 11EME ARRONDISSEMENT" not in page
    assert "Seulement à Paris 20e" in page


def test_the_map_counts_what_passes_the_filters_and_hands_them_on(anne, onzieme):
    OffreFactory(commune=onzieme, surface=80)
    OffreFactory(commune=onzieme, surface=40)

    html = anne.get(f"{CARTE}&surface=65&tri=loyer").content.decode()

    assert liens(html) == {"Paris 11e : 1 logement": "?commune=75111&surface=65&tri=loyer"}
    assert 'href="/offres/?surface=65&amp;tri=loyer"' in html


@pytest.mark.parametrize("code", ["99999", "29019", "75056", "<svg>", "7511'", "75111%00", "②", "x" * 9000])
def test_a_commune_unknown_merged_or_out_of_the_zones_is_ignored_with_a_word(anne, onzieme, code):
    OffreFactory(commune=onzieme)
    CommuneFactory(code="29019", nom="Brest", departement__code="29", departement__nom="Finistère")

    page = lire(anne, f"{LISTE}?commune={code}")

    assert "n’a pas été compris et n’a pas été appliqué : commune" in page
    assert "PARIS 11EME ARRONDISSEMENT (75011)" in page
    lire(anne, f"{CARTE}&commune={code}")


def test_without_an_outline_the_table_remains(client, onzieme):
    ailleurs = CommuneFactory(
        code="98799", nom="Ailleurs", departement__code="987", departement__nom="Polynésie française"
    )
    demande = DemandeFactory(souhaits=(ailleurs,), valide=True)
    client.force_login(demande.demandeur)
    OffreFactory(commune=ailleurs)

    page = lire(client, CARTE)

    assert "La carte de vos communes n’est pas disponible" in page
    assert "Ailleurs 1" in page


def test_a_commune_drawn_on_two_plans_is_reached_by_keyboard_once(client, pays):
    brest = dans("29019")
    OffreFactory(commune=brest)
    client.force_login(DemandeFactory(souhaits=(brest,), valide=True).demandeur)

    dessins = list(plans(client.get(CARTE).content.decode()))

    atteints = [[a.get("tabindex") for a in plan.iter("a")] for plan in dessins]
    assert atteints == [[None], ["-1"]]


def test_an_empty_map_says_so(anne):
    page = lire(anne, CARTE)

    assert "Aucun logement" in page
    assert "Communes demandées 0" in page


def test_htmx_gets_the_map_alone_and_nothing_is_styled_in_line(anne, onzieme):
    OffreFactory(commune=onzieme)

    html = anne.get(CARTE, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in html
    assert "carte-des-offres" in html
    assert "style=" not in html


@pytest.fixture
def pays(db: None) -> None:
    """Every commune of these départements, with their true borders."""
    voulus = {"29", "75", "77", "78", "91", "92", "93", "94", "95"}
    departements = {code: DepartementFactory(code=code, nom=f"Département {code}") for code in sorted(voulus)}
    rangees = [ligne for ligne in lignes("communes.csv.gz") if ligne["code_departement"] in voulus]
    villes = [ligne for ligne in rangees if not ligne["commune_parent"]]
    for lot in (villes, [ligne for ligne in rangees if ligne["commune_parent"]]):
        Commune.objects.bulk_create(
            (
                Commune(
                    code=ligne["code_insee"],
                    nom=ligne["nom"],
                    departement=departements[ligne["code_departement"]],
                    codes_postaux=[ligne["code_insee"]],
                    parent_id=ligne["commune_parent"] or None,
                )
                for ligne in lot
            ),
            ignore_conflicts=True,
        )
    connues = set(Commune.objects.values_list("code", flat=True))
    paires = [(ligne["code_a"], ligne["code_b"]) for ligne in lignes("adjacences.csv.gz")]
    Voisinage.objects.bulk_create(
        Voisinage(commune_id=a, voisine_id=b)
        for paire in paires
        if connues.issuperset(paire)
        for a, b in (paire, paire[::-1])
    )


@pytest.mark.parametrize(
    "souhaits",
    [("29019",), ("75056", "92012"), ("75111", "77284", "95127"), ("29019", "75111")],
    ids=["Brest", "Paris whole", "all over Île-de-France", "far apart"],
)
def test_the_map_is_light_whatever_the_zones(client: Client, onzieme: Commune, pays: None, souhaits: tuple[str, ...]):
    demande = DemandeFactory(souhaits=tuple(dans(code) for code in souhaits), valide=True)
    client.force_login(demande.demandeur)
    departements = Departement.objects.filter(pk__in=demande.zones.departements)
    for commune in Commune.objects.ou_l_on_habite().filter(departement__in=departements)[:400]:
        OffreFactory(commune=commune, surface=61)

    reponse = client.get(CARTE)

    html = reponse.content.decode()
    assert len(reponse.content) < 60_000
    assert len(list(plans(html))) + 1 >= 2
    assert len(liens(html)) > 30


def test_the_map_costs_the_same_queries_for_two_offers_and_for_twenty(anne, onzieme):
    def compter() -> int:
        with CaptureQueriesContext(connection) as requetes:
            anne.get(CARTE)
        return len(requetes)

    OffreFactory.create_batch(2, commune=onzieme)
    compter()
    deux = compter()
    OffreFactory.create_batch(18, commune=dans("75120"), publiee_le=timezone.localdate() - timedelta(days=1))

    assert compter() == deux
