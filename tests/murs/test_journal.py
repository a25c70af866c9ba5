"""Nothing secret and nobody's name in what is written down: logs, tracebacks, error reports."""

import io
import logging
import os
import subprocess
import sys
from smtplib import SMTPAuthenticationError
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from django.conf import settings as reglages_du_portail
from django.core import mail
from django.test import Client, RequestFactory
from django.utils.log import AdminEmailHandler
from django.views.debug import get_exception_reporter_class

from alin.embarque.dossiers import RACINE
from alin.journal import CACHE, Censure, censurer
from tests.murs.secrets_d_essai import BASE, REGISTRE, SMTP, trouves

pytestmark = pytest.mark.django_db
ADRESSES_QUI_TOMBENT = "tests.murs.pages_qui_tombent"


@pytest.fixture
def visiteur() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.urls(ADRESSES_QUI_TOMBENT)
@pytest.mark.parametrize(
    ("genre", "statut"), [("500", 500), ("404", 404), ("403", 403), ("400", 400), ("mauvaise", 400)]
)
def test_a_page_that_fails_with_a_secret_writes_where_and_never_what(
    genre: str, statut: int, visiteur: Client, secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    for secret in secrets.values():
        assert visiteur.get(f"/essai/{genre}/{secret.replace('/', '')}/").status_code == statut
        assert visiteur.get(f"/essai/{genre}/", {"secret": secret}).status_code == statut
        assert visiteur.post(f"/essai/{genre}/", {"secret": secret, "password": secret}).status_code == statut
    lu = ecrit.getvalue()
    assert trouves(secrets, lu) == []
    if genre != "400":  # Django gives no address with a suspicious operation
        assert "/essai/<slug:genre>/<path:secret>/" in lu
    if statut == 500:
        assert "pages_qui_tombent.py" in lu
        assert "in tomber\nRuntimeError" in lu
        assert "\nValueError\n" in lu


def test_an_address_that_leads_nowhere_keeps_its_plain_words_only(
    visiteur: Client, secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    for secret in secrets.values():
        visiteur.get(f"/mot-de-passe/oublie/{secret.replace('/', '')}/?cle={secret}")
        visiteur.get(f"/{secret.replace('/', '')}")
    assert trouves(secrets, ecrit.getvalue()) == []
    assert f"Not Found: /mot-de-passe/oublie/{CACHE}/" in ecrit.getvalue()


@pytest.mark.urls(ADRESSES_QUI_TOMBENT)
def test_a_mistake_of_sql_names_its_constraint_and_not_its_values(
    visiteur: Client, secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    for secret in secrets.values():
        for genre in ("type", "unique"):
            assert visiteur.post("/essai/base/", {genre: "1", "secret": f"x{secret}"}).status_code == 500
    lu = ecrit.getvalue()
    assert trouves(secrets, lu) == []
    assert "psycopg.errors.UniqueViolation [23505, " in lu
    assert "psycopg.errors.InvalidTextRepresentation [22P02]" in lu


def test_forms_that_are_refused_write_nothing_of_what_was_typed(
    visiteur: Client, secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    for secret in secrets.values():
        visiteur.post("/connexion/", {"login": secret, "password": secret})
        visiteur.post("/creer-mon-compte/", {"prenom": secret, "email": secret, "telephone": secret})
        visiteur.post("/mot-de-passe/oublie/", {"email": secret})
        visiteur.post(f"/creer-mon-compte/derniere-etape/{secret.replace('/', '')}/")
        visiteur.get(f"/mot-de-passe/mise-a-jour/abc/{secret.replace('/', '')}/")
        visiteur.post("/contact/", {"message": secret, "courriel": secret})
    assert trouves(secrets, ecrit.getvalue()) == []


def test_a_wrong_host_a_lost_token_and_a_foreign_page_write_neither_header_nor_cookie(
    secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    mefiant = Client(raise_request_exception=False, enforce_csrf_checks=True)
    for secret in secrets.values():
        mefiant.get("/", HTTP_HOST=f"{secret}.exemple.fr")
        sien: dict[str, Any] = {
            "HTTP_REFERER": f"https://testserver/{secret}/",
            "HTTP_AUTHORIZATION": f"Bearer {secret}",
        }
        mefiant.cookies["session"] = mefiant.cookies["csrf"] = secret.replace("/", "")
        mefiant.post("/connexion/", {"password": secret}, **sien)
        mefiant.post("/connexion/", {"password": secret}, secure=True, **sien)
        mefiant.post(
            "/connexion/", {"csrfmiddlewaretoken": secret}, HTTP_ORIGIN=f"https://{secret}@ailleurs.fr/{secret}", **sien
        )
        mefiant.post("/connexion/", secret, content_type=f"multipart/form-data; boundary={secret}", **sien)
        mefiant.generic("TRACE", f"/connexion/?cle={secret}", **sien)
    assert trouves(secrets, ecrit.getvalue()) == []
    assert "DisallowedHost" in ecrit.getvalue()


def test_errors_of_the_mail_server_and_of_the_registry_say_their_type(
    secrets: dict[str, str], ecrit: io.StringIO
) -> None:
    journal = logging.getLogger("alin.essai")
    for secret in secrets.values():
        code = quote(secret, safe="")
        demande = httpx.Request("GET", f"https://alin:{code}@registre.example/{code}?jeton={code}")
        for erreur in (
            SMTPAuthenticationError(535, f"5.7.8 {secret}".encode()),
            httpx.HTTPStatusError(f"401 for {demande.url} {secret}", request=demande, response=httpx.Response(401)),
            httpx.ConnectError(secret),
        ):
            try:
                raise erreur
            except Exception:
                journal.exception("Échec : %s", erreur)
            journal.error("Échec : %s", erreur)
            journal.error(str(erreur), exc_info=erreur)
            journal.error("Deux échecs : %s, %r", erreur, erreur, exc_info=erreur)
    lu = ecrit.getvalue()
    assert trouves(secrets, lu) == []
    assert "Échec : smtplib.SMTPAuthenticationError" in lu


def test_what_a_library_says_in_passing_is_masked_by_its_shape(secrets: dict[str, str], ecrit: io.StringIO) -> None:
    journal = logging.getLogger("bibliotheque")
    for nom, secret in secrets.items():
        if nom != "mot de passe":  # a bare word looks like any other: the next lines say that it is one
            journal.info("vu %s ici", secret)
            journal.info("{'x': '%s'}", secret)
        journal.info("password=%s; mot_de_passe: %s", secret.replace(" ", ""), secret.replace(" ", ""))
        journal.info("Cookie: session=%s; csrf=%s", secret, secret)
        journal.info("Authorization: Basic %s", secret)
        journal.info("postgresql://alin:%s@localhost/alin", secret.replace(" ", ""))
        journal.info('"GET /page/?cle=%s HTTP/1.1" 200', secret.replace(" ", ""))
    assert trouves(secrets, ecrit.getvalue()) == []


def test_what_helps_to_mend_is_kept() -> None:
    for texte in (
        "Not Found: /offres/0f6f7b1e-5b7e-4b7e-8b7e-0f6f7b1e5b7e/",
        'File "/srv/alin/.venv/lib/python3.11/site-packages/django/core/handlers/base.py", line 197, in inner',
        "Task accounts.tasks.livrer_courriels[0f6f7b1e-5b7e-4b7e-8b7e-0f6f7b1e5b7e] succeeded in 0.0123456789s: 3",
        "Le courtier ne répond pas : les courriels partiront à la prochaine tournée.",
        "Message-ID <0f6f7b1e-5b7e-4b7e-8b7e-0f6f7b1e5b7e@alin>, SIRET 12345678200010, port 54321, 120 ms",
        "Forbidden (CSRF cookie not set.): /connexion/",
    ):
        assert censurer(texte) == texte
    assert censurer("anne.porte@yopmail.com") == "a•••@y•••.com"
    assert censurer("numéro 111092062114ACLOG, ou 111102345678969123") == "numéro •••CLOG, ou •••9123"


def test_a_record_that_cannot_be_formatted_is_written_all_the_same(ecrit: io.StringIO) -> None:
    logging.getLogger("bibliotheque").error("%d personnes, %s", "trois")
    assert "%d personnes" in ecrit.getvalue()


def test_every_logger_goes_through_the_one_handler_that_hides() -> None:
    journal = reglages_du_portail.LOGGING
    assert [handler["filters"] for handler in journal["handlers"].values()] == [["censure"]]
    assert [logger for logger in journal["loggers"].values() if logger.get("handlers")] == []
    for nom in (None, "django", "django.request", "django.server", "celery", "celery.task", "_granian", "httpx"):
        logger: logging.Logger | None = logging.getLogger(nom)
        while logger is not None:
            notres = [
                h for h in logger.handlers if type(h).__module__ == "logging" and type(h) is not logging.NullHandler
            ]
            assert all(any(isinstance(f, Censure) for f in h.filters) for h in notres), (nom, logger.name, notres)
            logger = logger.parent if logger.propagate else None
    connus = journal["filters"]["censure"]["secrets"]
    assert reglages_du_portail.SECRET_KEY in connus
    assert reglages_du_portail.DATABASES["default"]["PASSWORD"] in connus


@pytest.mark.urls(ADRESSES_QUI_TOMBENT)
def test_an_error_report_shows_types_and_lines(secrets: dict[str, str], settings: Any) -> None:
    """Both the page of DEBUG and the mail to the administrators are made by this class."""
    settings.ADMINS = [("Équipe", "equipe@exemple.fr")]
    for secret in secrets.values():
        request = RequestFactory().post(
            f"/essai/500/?cle={secret}", {"password": secret}, HTTP_COOKIE=f"session={secret}", HTTP_X_JETON=secret
        )
        try:
            raise RuntimeError(secret)
        except RuntimeError as erreur:
            classe: Any = get_exception_reporter_class(request)
            rapport = classe(request, type(erreur), erreur, erreur.__traceback__)
            textes = [rapport.get_traceback_text(), rapport.get_traceback_html(), str(rapport.get_traceback_data())]
            envoi = AdminEmailHandler(include_html=True, email_backend="django.core.mail.backends.locmem.EmailBackend")
            envoi.addFilter(Censure([BASE, REGISTRE, SMTP]))
            details = (request.path, (type(erreur), erreur, erreur.__traceback__))
            trace = logging.LogRecord("django.request", 40, "", 0, "Erreur : %s %s", (details[0], erreur), details[1])
            trace.request = request
            envoi.handle(trace)
        (courriel,) = mail.outbox
        mail.outbox.clear()
        assert "in test_an_error_report_shows_types_and_lines\nRuntimeError" in textes[0]
        assert trouves(secrets, *textes, str(courriel.message()), str(courriel.subject), str(courriel.body)) == []


def test_a_page_of_debug_shows_no_secret_either(client: Client, secrets: dict[str, str], settings: Any) -> None:
    settings.DEBUG = True
    settings.ROOT_URLCONF = ADRESSES_QUI_TOMBENT
    client.raise_request_exception = False
    for secret in secrets.values():
        reponse = client.post("/essai/500/", {"secret": secret, "password": secret}, HTTP_X_JETON=secret)
        assert trouves(secrets, reponse.content.decode()) == []
        assert "RuntimeError" in reponse.content.decode()


OUVRIER = """
import logging, sys
from alin.celery import app
app.loader.import_default_modules()
app.log.setup(loglevel="INFO", redirect_stdouts=True)

@app.task(bind=True)
def echouer(self, secret):
    raise RuntimeError(f"refus : {secret}")

@app.task(bind=True, max_retries=1)
def recommencer(self, secret):
    raise self.retry(exc=RuntimeError(secret), throw=False)

@app.task
def rendre(secret):
    logging.getLogger("celery.task").warning("mot_de_passe=%s", secret)
    return secret

for tache in (echouer, recommencer, rendre):
    tache.apply(args=[sys.argv[1]], kwargs={}, throw=False)
"""


def test_a_task_that_fails_in_the_worker_says_its_name_and_its_lines(secrets: dict[str, str]) -> None:
    """Celery's own set-up, in a process of its own: it would add handlers that hide nothing."""
    for secret in (secrets["mot de passe"], secrets["clé d'activation"]):
        resultat = subprocess.run(
            [sys.executable, "-c", OUVRIER, secret],
            cwd=RACINE,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "alin.settings"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert trouves(secrets, resultat.stdout, resultat.stderr) == []
        assert "echouer[" in resultat.stderr
        assert "in echouer\nRuntimeError" in resultat.stderr


def test_a_database_address_that_cannot_be_read_is_not_repeated() -> None:
    resultat = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=RACINE,
        env={**os.environ, "DATABASE_URL": "postgresql://alin:mot de passe secret@localhost/alin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "DATABASE_URL n'est pas une adresse PostgreSQL" in resultat.stderr
    assert "passe secret" not in resultat.stderr
