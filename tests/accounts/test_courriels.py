"""The outbox: never lost, sent once, its body forgotten."""

import email
import threading
from collections.abc import Iterator

import pytest
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from celery import Celery
from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts import courriels
from accounts.models import Courriel
from accounts.tasks import livrer_courriels
from tests.facteur import Boite, port_libre

LIEN = "https://alin.example/creer-mon-compte/derniere-etape/abc:def/"


def ecrire(destinataire: str = "anne@exemple.fr") -> Courriel:
    return courriels.ecrire(destinataire, "demande_acces", {"activate_url": LIEN})


def relance(courriel: Courriel) -> None:
    Courriel.objects.filter(pk=courriel.pk).update(prochain_essai_le=timezone.now())


@pytest.mark.django_db
def test_text_and_html_say_the_guides_words_and_carry_the_same_link() -> None:
    courriel = ecrire()
    assert courriel.sujet == "Action Logement Services – Demande d’accès"
    for partie in (courriel.texte, courriel.html):
        assert "Suite à votre demande d’accès, veuillez cliquer sur le lien ci-dessous" in partie
        assert "Ce lien expire dans 2 jour(s)." in partie
        assert LIEN in partie
        assert "Cliquez ici" in partie
        assert "Bien cordialement" in partie
    assert f'href="{LIEN}"' in courriel.html


@pytest.mark.django_db
def test_what_a_visitor_typed_is_escaped_in_html_and_cannot_add_a_header() -> None:
    courriels.ecrire_au_support(
        nom="<b>Eve</b>",
        courriel="eve@exemple.fr",
        sujet="Bonjour\r\nBcc: tous@exemple.fr",
        message="<script>alert(1)</script>",
    )
    courriel = Courriel.objects.get()
    assert not set("\r\n") & set(courriel.sujet)
    assert "<script>" not in courriel.html
    assert "&lt;script&gt;" in courriel.html
    assert courriel.repondre_a == "eve@exemple.fr"


@pytest.mark.django_db
def test_a_mail_of_a_transaction_that_fails_never_existed() -> None:
    def interrompue() -> None:
        with transaction.atomic():
            ecrire()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrompue()
    assert not Courriel.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_delivered_mail_arrives_whole_and_leaves_no_body_behind(boite: Boite) -> None:
    courriel = ecrire()
    assert courriels.livrer() == 1
    (message,) = boite.messages()
    assert message["To"] == "anne@exemple.fr"
    assert message["Message-ID"] == courriel.message_id
    corps = message.get_body(("plain",))
    assert corps is not None
    assert LIEN in corps.get_content()
    courriel.refresh_from_db()
    assert courriel.envoye_le is not None
    assert (courriel.texte, courriel.html) == ("", "")
    assert courriels.livrer() == 0


@pytest.mark.django_db(transaction=True)
def test_while_the_mail_server_is_away_the_mail_waits(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port_libre()
    courriel = ecrire()
    courriels.livrer()
    courriel.refresh_from_db()
    assert courriel.envoye_le is None
    assert courriel.tentatives == 1
    assert courriel.prochain_essai_le > timezone.now()
    assert LIEN in courriel.texte


@pytest.mark.django_db(transaction=True)
def test_it_leaves_once_the_server_is_back(boite: Boite, settings: Settings) -> None:
    bon_port, settings.EMAIL_PORT = settings.EMAIL_PORT, port_libre()
    courriel = ecrire()
    courriels.livrer()
    settings.EMAIL_PORT = bon_port
    relance(courriel)
    assert courriels.livrer() == 1
    assert len(boite.messages()) == 1


class Difficile:
    """A mail server that knows nobody called « inconnu »."""

    async def handle_RCPT(
        self, _serveur: SMTP, _session: Session, enveloppe: Envelope, adresse: str, _options: list[str]
    ) -> str:
        if adresse.startswith("inconnu"):
            return "550 5.1.1 no such user"
        if adresse.startswith("plein"):
            return "452 4.2.2 mailbox full"
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"


@pytest.fixture
def serveur_difficile(settings: Settings) -> Iterator[None]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port_libre()
    facteur = Controller(Difficile(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    facteur.start()
    yield
    facteur.stop()


@pytest.mark.django_db(transaction=True)
def test_a_refused_address_leaves_a_trace_and_stops_nobody(serveur_difficile: None) -> None:
    refuse, plein, bon = ecrire("inconnu@exemple.fr"), ecrire("plein@exemple.fr"), ecrire("anne@exemple.fr")
    courriels.livrer()
    for courriel in (refuse, plein, bon):
        courriel.refresh_from_db()
    assert refuse.refuse_le is not None
    assert "550" in refuse.derniere_erreur
    assert refuse.texte == ""
    assert plein.refuse_le is None
    assert plein.tentatives == 1
    assert bon.envoye_le is not None


class Ferme:
    """A mail server that refuses our own address: not the reader's fault."""

    async def handle_MAIL(
        self, _serveur: SMTP, _session: Session, _enveloppe: Envelope, _adresse: str, _options: list[str]
    ) -> str:
        return "550 5.7.1 sender refused"


@pytest.mark.django_db(transaction=True)
def test_a_server_that_refuses_us_destroys_no_mail(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port_libre()
    facteur = Controller(Ferme(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    facteur.start()
    courriel = ecrire()
    courriels.livrer()
    facteur.stop()
    courriel.refresh_from_db()
    assert courriel.refuse_le is None
    assert courriel.tentatives == 1
    assert LIEN in courriel.texte


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_outbox_and_send_each_mail_once(boite: Boite) -> None:
    attendus = sorted(ecrire(f"personne{n}@exemple.fr").message_id for n in range(40))
    depart = threading.Barrier(2)

    def travailler() -> None:
        depart.wait()
        courriels.livrer()
        connections.close_all()

    fils = [threading.Thread(target=travailler) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(str(message["Message-ID"]) for message in boite.messages()) == attendus


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_writing_still_works_and_the_mail_waits(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    nulle_part = Celery("nulle_part", broker=f"redis://127.0.0.1:{port_libre()}/0", set_as_current=False)
    nulle_part.conf.broker_transport_options = {"socket_connect_timeout": 1}
    sonnette = nulle_part.task(name=livrer_courriels.name)(livrer_courriels.run)
    monkeypatch.setattr("accounts.tasks.livrer_courriels", sonnette)
    courriel = ecrire()
    assert "Le courtier ne répond pas" in caplog.text
    assert Courriel.objects.a_envoyer().get() == courriel


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_until_the_worker_comes_then_again(boite: Boite) -> None:
    with redis.from_url(settings.REDIS_URL) as valkey:
        for n in range(5):
            ecrire(f"personne{n}@exemple.fr")
        assert valkey.llen("celery") == 1
        livrer_courriels()
        assert len(boite.messages()) == 5
        ecrire("tardive@exemple.fr")
        ecrire("derniere@exemple.fr")
        assert valkey.llen("celery") == 2


class Enveloppes:
    """A mail server that remembers its envelopes."""

    def __init__(self) -> None:
        self.recues: list[tuple[str | None, str | None]] = []

    async def handle_DATA(self, _serveur: SMTP, _session: Session, enveloppe: Envelope) -> str:
        de = email.message_from_bytes(enveloppe.original_content or b"")["From"]
        self.recues.append((enveloppe.mail_from, de))
        return "250 OK"


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_delivered_comes_back_to_an_address_of_its_own(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port_libre()
    settings.ADRESSE_RETOURS = "retours@alin.example"
    ecrire()
    enveloppes = Enveloppes()
    facteur = Controller(enveloppes, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    facteur.start()
    courriels.livrer()
    facteur.stop()
    assert enveloppes.recues == [("retours@alin.example", settings.DEFAULT_FROM_EMAIL)]
