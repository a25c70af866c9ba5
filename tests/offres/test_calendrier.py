"""The deadline of an offer in one's calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from offres.calendrier import plier, texte
from tests.factories import OffreFactory
from tests.offres.lecture import adresse, lire


def deplier(fichier: str) -> dict[str, str]:
    """Each property of the event with its value; the reminder, that comes after, does not hide them."""
    lignes = fichier.replace("\r\n ", "").split("\r\n")
    proprietes: dict[str, str] = {}
    for ligne in lignes:
        nom, _, valeur = ligne.partition(":")
        proprietes.setdefault(nom, valeur)
    return proprietes


def test_the_deadline_is_a_whole_day_that_says_what_and_where(anne, onzieme):
    offre = OffreFactory(commune=onzieme, date_limite=timezone.localdate() + timedelta(days=4))

    reponse = anne.get(reverse("offres:date_limite", args=[offre.pk]))

    fichier = reponse.content.decode()
    lu = deplier(fichier)
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    assert reponse["Content-Disposition"] == f'attachment; filename="date-limite-{offre.date_limite:%Y-%m-%d}.ics"'
    assert fichier.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert fichier.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert lu["SUMMARY"] == "Date limite de candidature : T3 de 61 m² à Paris 11e"
    assert lu["DTSTART;VALUE=DATE"] == f"{offre.date_limite:%Y%m%d}"
    assert lu["DTEND;VALUE=DATE"] == f"{offre.date_limite + timedelta(days=1):%Y%m%d}"
    assert lu["UID"] == f"offre-{offre.pk}@alin"
    assert lu["URL"] == f"http://testserver{adresse(offre)}"
    assert "841 € charges comprises\\, PARIS 11EME ARRONDISSEMENT (75011)." in lu["DESCRIPTION"]
    cree = datetime.strptime(lu["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(timezone.now() - cree) < timedelta(hours=1)


def test_no_line_is_longer_than_seventy_five_octets(anne, onzieme):
    fichier = anne.get(reverse("offres:date_limite", args=[OffreFactory(commune=onzieme).pk])).content

    assert b"\n" not in fichier.replace(b"\r\n", b"")
    assert max(map(len, fichier.split(b"\r\n"))) <= 75


@given(st.text(max_size=300))
def test_whatever_is_folded_unfolds_to_itself(valeur):
    pieces = plier(valeur)

    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == valeur


def test_what_would_break_a_line_is_escaped():
    assert texte("a,b;c\\d\r\nBEGIN:VEVENT\x00") == "a\\,b\\;c\\\\d\\nBEGIN:VEVENT"


def test_an_offer_that_one_may_not_read_has_no_calendar(anne, onzieme):
    cachee = OffreFactory(commune=onzieme, loyer_charges_comprises=None)

    lire(anne, reverse("offres:date_limite", args=[cachee.pk]), 404)
