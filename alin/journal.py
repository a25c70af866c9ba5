"""The logs, and what never enters them: secrets, addresses of people, what was typed, what an exception says.

`Censure` sits on the one handler that every logger uses. It rewrites each record: the message loses what looks like a
secret or a person, a traceback keeps types and lines. Only the standard library here: the settings import this module.
"""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

CACHE = "•••"

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NOMS_A_TAIRE = (
    r"pass(?:word|wd)?\d?|mot[ _-]?de[ _-]?passe|mdp\w*|secret|token|jeton|session\w*|csrf\w*|cookie|authorization"
    r"|api[_-]?key|cle|otp|totp|seed"
)
SEGMENT_LISIBLE = re.compile(rf"[a-z.-]{{1,40}}|{UUID}")
"""What may be kept of an address that leads nowhere: words in small letters and identifiers, as in our own."""

REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Headers are cut to the end of the line.
    (re.compile(r"(?i)\b((?:set-)?cookie|(?:proxy-)?authorization|x-csrftoken)(['\"]?\s*[:=]).*"), rf"\1\2 {CACHE}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), rf"\1 {CACHE}"),
    # Addresses of machines keep their host: a path may hold a key, the user part a password.
    (re.compile(r"\b([a-z][a-z0-9+.-]*)://(?:[^\s'\"<>]*@)?([\w.:\[\]-]*)[^\s'\"<>]*"), rf"\1://\2/{CACHE}"),
    (re.compile(r"\?[^\s'\"<>?=&]+=[^\s'\"<>]*"), f"?{CACHE}"),
    # PostgreSQL: « Key (email)=(anne@exemple.fr) already exists. »
    (re.compile(r"(Key \([^)]*\)=)\(.*?\)(?= |$)"), rf"\1({CACHE})"),
    (re.compile(r"(?i)(Failing row contains ).*"), rf"\1({CACHE})"),
    # name=value, name: value, 'name': 'value'
    (
        re.compile(rf"(?i)((?:\b|_)(?:{NOMS_A_TAIRE})['\"]?\s*(?:=|:\s))\s*(?:'[^']*'|\"[^\"]*\"|[^\s,;&)}}]+)"),
        rf"\1{CACHE}",
    ),
    (
        re.compile(r"([^\s@<>\"'(),:;=\[\]{}/])[^\s@<>\"'(),:;=\[\]{}/]*@([^\s@.])[^\s@<>\"'(),:;]*\.(\w{2,})"),
        r"\1•••@\2•••.\3",
    ),
    # A Numéro Unique keeps its last four signs (demandes.numero); a social security number, nothing.
    (re.compile(r"(?i)\b\d{2}[0-9AB]\d{4}\d{5,6}[A-Z0-9]([A-Z0-9]{4})\b"), rf"{CACHE}\1"),
    (re.compile(r"\b[12][ .]?\d\d[ .]?\d\d[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}(?:[ .]?\d\d)?\b"), CACHE),
    (re.compile(r"(?<![\w.])(?:\+\d{2}|0)[ .]?[1-9](?:[ .-]?\d{2}){4}\b|\+\d{8,15}\b"), CACHE),
    # Signed keys, password links, then anything long that mixes letters and digits, identifiers apart.
    (re.compile(r"[\w-]+:[\w-]+:[\w-]{16,}"), CACHE),
    (re.compile(rf"(?<![\w-])(?!{UUID}(?![\w-]))(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{{20,}}={{0,2}}(?![\w-])"), CACHE),
    (re.compile(r"\b[A-Z2-7]{16,}\b"), CACHE),
    # Codes: six digits of an import or of an application, eight of a spare code.
    (re.compile(r"(?<![\w.,:-])(?:\d{6}|\d{8})(?![\w-])"), CACHE),
)


def censurer(texte: str) -> str:
    """The text without what looks like a secret or like a person."""
    for motif, remplacement in REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


def chemin_lisible(request: Any) -> str:
    """The route of a request, without the values in it; of an address that leads nowhere, its plain words only."""
    trouve = getattr(request, "resolver_match", None)
    if trouve is not None:
        return f"/{trouve.route}"
    segments = str(getattr(request, "path", "")).split("/")
    return "/".join(s if not s or SEGMENT_LISIBLE.fullmatch(s) else CACHE for s in segments[:12])


def chaine(erreur: BaseException) -> Iterator[BaseException]:
    """The exception and those it came from, each once, the last one raised first."""
    vues: list[BaseException] = []
    reste: list[BaseException | None] = [erreur]
    while reste:
        suivante = reste.pop(0)
        if suivante is None or any(suivante is vue for vue in vues):
            continue
        vues.append(suivante)
        yield suivante
        reste += [suivante.__cause__, None if suivante.__suppress_context__ else suivante.__context__]


def nom(erreur: BaseException) -> str:
    """The type, and for the database the code of the error and the constraint: never what the exception says."""
    qualifie = f"{type(erreur).__module__}.{type(erreur).__qualname__}".removeprefix("builtins.")
    diagnostic = getattr(erreur, "diag", None)
    details = [
        str(d) for d in (getattr(diagnostic, "sqlstate", None), getattr(diagnostic, "constraint_name", None)) if d
    ]
    return f"{qualifie} [{', '.join(details)}]" if details else qualifie


def types_et_lignes(erreur: BaseException) -> str:
    """A traceback of types and lines, the oldest cause first."""
    morceaux = []
    for maillon in reversed(list(chaine(erreur))):
        cadres = traceback.StackSummary.extract(traceback.walk_tb(maillon.__traceback__), lookup_lines=False)
        lignes = [f'  File "{cadre.filename}", line {cadre.lineno}, in {cadre.name}' for cadre in cadres]
        morceaux.append("\n".join([*lignes, nom(maillon)]))
    return "\n\n".join(morceaux)


class Censure(logging.Filter):
    """Lets every record through, rewritten. Never raises: a log that fails would take its request with it."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """`secrets`: the values of this installation's own; short ones would eat ordinary words."""
        super().__init__()
        longs = {s for s in secrets if len(s) >= 8}
        self.secrets = sorted(longs | {quote(s, safe="") for s in longs}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.message(record), None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = types_et_lignes(record.exc_info[1])
        if record.stack_info:
            record.stack_info = self.sans_secrets(record.stack_info)
        return True

    def message(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        try:
            texte = str(record.msg) % self.arguments(record.args, request) if record.args else str(record.msg)
        except Exception:
            texte = str(record.msg)
        if record.exc_info and record.exc_info[1]:
            texte = sans_ce_que_disent(record.exc_info[1], texte)
        return self.sans_secrets(texte)

    def arguments(self, arguments: Any, request: Any) -> Any:
        if isinstance(arguments, Mapping):  # Celery's: what a task was given, gave back or raised
            return {cle: CACHE if cle in MUETS else self.argument(valeur, request) for cle, valeur in arguments.items()}
        return tuple(self.argument(valeur, request) for valeur in arguments)

    def argument(self, valeur: object, request: Any) -> object:
        if isinstance(valeur, BaseException):
            return nom(valeur)
        if request is not None and isinstance(valeur, str) and valeur.startswith("/"):
            return chemin_lisible(request)
        return valeur

    def sans_secrets(self, texte: str) -> str:
        for secret in self.secrets:
            texte = texte.replace(secret, CACHE)
        return censurer(texte)


MUETS = {"args", "kwargs", "exc", "return_value", "traceback"}


def sans_ce_que_disent(erreur: BaseException, texte: str) -> str:
    """The text without the words of these exceptions: Django and Celery repeat them in their messages."""
    for maillon in chaine(erreur):
        try:
            dits = {str(maillon), repr(maillon), *map(str, maillon.args)}
        except Exception:
            return nom(maillon)
        for dit in sorted(dits, key=len, reverse=True):
            if len(dit) > 3 or dit == texte:
                texte = texte.replace(dit, nom(maillon)).replace(dit.encode("unicode_escape").decode(), nom(maillon))
    return texte


def reglages(niveau: str, secrets: Iterable[str]) -> dict[str, Any]:
    """LOGGING: one handler, one filter, and no logger that goes round them."""
    vers_la_racine = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"censure": {"()": "alin.journal.Censure", "secrets": list(secrets)}},
        "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "ligne", "filters": ["censure"]},
        },
        "root": {"handlers": ["console"], "level": niveau},
        "loggers": {
            "django": vers_la_racine,
            "django.server": vers_la_racine,
            "_granian": vers_la_racine,
            "granian.access": {**vers_la_racine, "level": "CRITICAL"},
            # What they say below these levels holds parameters, addresses and bodies.
            "django.db.backends": {"level": "INFO"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }
