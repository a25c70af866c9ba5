"""Reports of mails that were not delivered (RFC 3464), as the mail server hands them over."""

import io
import sys
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, example, given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from accounts import courriels, retours
from accounts.models import Courriel

pytestmark = pytest.mark.django_db
ADRESSE = "zoe@exemple.fr"


def envoye(adresse: str = ADRESSE, il_y_a: timedelta = timedelta(minutes=5)) -> Courriel:
    """A mail that the relay took."""
    courriel = courriels.ecrire(adresse, "demande_acces", {"activate_url": "https://alin.example/x/"})
    courriel.marquer_envoye()
    courriel.envoye_le = timezone.now() - il_y_a
    courriel.save()
    return courriel


def rapport(courriel: Courriel, statut: str = "5.1.1", **champs: Any) -> bytes:
    """What Postfix sends when it gives up (RFC 3464), the mail's headers given back."""
    action = champs.get("action", "failed" if statut.startswith("5") else "delayed")
    rendu = champs.get("rendu", f"Message-ID: {courriel.message_id}\nTo: {courriel.destinataire}\nSubject: Bonjour")
    genre = champs.get("genre", "text/rfc822-headers")
    destinataire = champs.get("destinataire", courriel.destinataire)
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@relais.example (Mail Delivery System)
To: retours@alin.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="LIMITE"

--LIMITE
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--LIMITE
Content-Type: message/delivery-status

Reporting-MTA: dns; relais.example
Arrival-Date: Sun, 22 Nov 2026 18:00:00 +0100

Final-Recipient: rfc822; {destinataire}
Original-Recipient: rfc822;{destinataire}
Action: {action}
Status: {statut}
Remote-MTA: dns; mx.exemple.fr
Diagnostic-Code: smtp; 550 5.1.1 No such user

--LIMITE
Content-Type: {genre}

{rendu}

--LIMITE--
""".encode()


def lire(monkeypatch: pytest.MonkeyPatch, octets: bytes) -> None:
    """As the mail server calls it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(octets)))
    call_command("lire_un_retour")


def en_defaut(adresse: str = ADRESSE) -> bool:
    return Courriel.objects.en_defaut_depuis(adresse) is not None


# Reports


@pytest.mark.parametrize("genre", ["text/rfc822-headers", "message/rfc822"])
def test_a_permanent_failure_is_noted_on_the_mail_it_gives_back(monkeypatch: pytest.MonkeyPatch, genre: str) -> None:
    courriel, autre = envoye(), envoye("autre@exemple.fr")
    lire(monkeypatch, rapport(courriel, genre=genre))
    for c in (courriel, autre):
        c.refresh_from_db()
    assert courriel.refuse_le is not None
    assert courriel.envoye_le is not None
    assert courriel.derniere_erreur == "Retour 5.1.1 smtp; 550 5.1.1 No such user"
    assert en_defaut()
    assert not en_defaut("autre@exemple.fr")


def test_a_mail_whose_message_id_a_relay_rewrote_is_known_by_our_own_header(monkeypatch: pytest.MonkeyPatch) -> None:
    courriel = envoye()
    rendu = f"Message-ID: <0102@amazonses.example>\nX-Alin-Courriel: {courriel.pk}"
    lire(monkeypatch, rapport(courriel, rendu=rendu))
    assert en_defaut()


def test_a_delay_leaves_a_trace_and_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    courriel = envoye()
    lire(monkeypatch, rapport(courriel, "4.4.1"))
    courriel.refresh_from_db()
    assert courriel.refuse_le is None
    assert courriel.derniere_erreur.startswith("Retour 4.4.1")
    assert not en_defaut()


def test_the_same_report_twice_changes_nothing_the_second_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    courriel = envoye()
    lire(monkeypatch, rapport(courriel))
    courriel.refresh_from_db()
    quand = courriel.refuse_le
    with caplog.at_level("INFO"):
        lire(monkeypatch, rapport(courriel))
    courriel.refresh_from_db()
    assert courriel.refuse_le == quand
    assert "Déjà connu" in caplog.text


@pytest.mark.parametrize(
    "champs",
    [
        {"rendu": f"Message-ID: <{uuid.uuid4()}@alin>"},
        {"rendu": "Subject: Bonjour"},
        {"rendu": "Message-ID: <ancien@ailleurs.example>"},
        {"destinataire": "quelqu.un@autre.example"},
        {"statut": "2.1.5", "action": "delivered"},
        {"statut": "n'importe quoi"},
        {"genre": "text/plain"},
    ],
)
def test_a_report_that_is_not_of_a_mail_of_ours_is_ignored_with_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, champs: dict[str, str]
) -> None:
    courriel = envoye()
    with caplog.at_level("INFO"):
        lire(monkeypatch, rapport(courriel, **champs))
    courriel.refresh_from_db()
    assert courriel.refuse_le is None
    assert "Ignoré" in caplog.text


def test_a_report_about_a_mail_that_never_left_is_forged(monkeypatch: pytest.MonkeyPatch) -> None:
    courriel = courriels.ecrire(ADRESSE, "demande_acces", {"activate_url": "https://alin.example/x/"})
    lire(monkeypatch, rapport(courriel))
    courriel.refresh_from_db()
    assert courriel.refuse_le is None
    assert courriel.texte


MORCEAUX = st.sampled_from(
    [
        *(b"Content-Type: multipart/report; boundary=x\n\n", b"--x\n", b"--x--\n", b"\n\n", b"\x00", b"\xff\xfe"),
        *(b"Content-Type: message/delivery-status\n\n", b"Content-Type: message/rfc822\n\n", b"Status: 5.1.1\n"),
        *(b"Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n\n", b"Message-ID: <x@alin>\n"),
        *(b"Message-ID: =?utf-8?q?=00?=\n", f"X-Alin-Courriel: {uuid.uuid4()}\n".encode(), b"Diagnostic-Code: \x80;\n"),
    ]
)


@reglages(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=2000), st.lists(MORCEAUX | st.binary(max_size=20), max_size=30).map(b"".join)))
@example(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3000)
@example(b"Content-Type: message/rfc822\n\n" * 3000)
def test_garbage_is_read_without_a_word_too_many(octets: bytes) -> None:
    assert retours.enregistrer(octets).startswith("Ignoré")


def test_a_diagnosis_with_bytes_no_database_takes_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    courriel = envoye()
    lire(monkeypatch, rapport(courriel).replace(b"No such user", b"No \x00 such \xe9\xff user" * 30))
    courriel.refresh_from_db()
    assert courriel.refuse_le is not None
    assert "\x00" not in courriel.derniere_erreur
