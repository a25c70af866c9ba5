"""What robots send and nobody types: values, bodies, headers, addresses, drawn from a seed to be seen again."""

import json
import random
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

VALEURS = (
    *(
        "",
        " ",
        "\x00",
        "a\x00b",
        "\x1f",
        "\u202eeriovuop",
        "\u2066x\u2069",
        "\u200b",
        "\ufeff",
        "\ufffd",
        "😀",
        "👩‍👩‍👧",
        "Z̸̢̛" * 20,
    ),
    *(
        "x" * 10_000,
        "é" * 5_000,
        "0",
        "-1",
        "1e309",
        "NaN",
        "Infinity",
        "9" * 400,
        "²",
        "١٢٣",
        "0x1F",
        "1_000",
        "1,5",
        "½",
    ),
    *("31/02/2024", "0000-00-00", "2024-13-45", "99999-01-01", "2024-01-01T00:00:00+99:99", "00/00/0000", "٢٠٢٤-٠١-٠١"),
    *(
        "'; DROP TABLE accounts_user; --",
        '" OR ""="',
        "\\",
        "%",
        "%00",
        "%s%n%x",
        "$(reboot)",
        "`id`",
        "{{ 7*7 }}",
        "{% load x %}",
    ),
    *(
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "//evil.example",
        "http://[::1",
        "../../etc/passwd",
        "file:///etc/passwd",
    ),
    *(
        "a@b",
        "a@b.fr\r\nBcc: tous@exemple.fr",
        "é@exemple.fr",
        "anne@exаmple.fr",
        "a" * 300 + "@exemple.fr",
        "@",
        "a@" + "b." * 200 + "fr",
    ),
    *(
        "İ",
        "ﬀ",
        "ß",
        "ǅ",
        "null",
        "None",
        "true",
        "on",
        "[]",
        "{}",
        "[object Object]",
        "2147483648",
        "9223372036854775808",
    ),
)
NOMS = (
    *(
        "next",
        "q",
        "p",
        "o",
        "e",
        "all",
        "page",
        "onglet",
        "tri",
        "motif",
        "action",
        "index",
        "select_across",
        "_save",
        "_popup",
    ),
    *(
        "_to_field",
        "_changelist_filters",
        "_facets",
        "_selected_action",
        "csrfmiddlewaretoken",
        "login",
        "password",
        "code",
    ),
    *(
        "numero",
        "email",
        "statut",
        "statut__exact",
        "id__exact",
        "role__exact",
        "par_role",
        "le__gte",
        "cree_le__day",
        "etat",
    ),
    *(
        "offre",
        "offre__bailleur__nom",
        "password__startswith",
        "demandeur__password",
        "departement",
        "emploi",
        "file",
        "cle",
    ),
    *(
        "app_label",
        "model_name",
        "field_name",
        "term",
        "credential",
        "destinataire",
        "suite",
        "retour",
        "accord",
        "pieces",
    ),
)
TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "application/json"),
    *(
        "text/plain",
        "text/xml",
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data; boundary=\x00",
    ),
    *(
        "application/x-www-form-urlencoded; charset=inconnu",
        "multipart/form-data; boundary=" + "b" * 300,
        "",
        "é",
        "a/b/c;;;=",
    ),
)
ENTETES = {
    "HTTP_X_FORWARDED_HOST": ("evil.example", "", "a" * 3000),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "::1", "pas-une-adresse", "1.2.3.4, " * 200, "\x00"),
    "HTTP_X_FORWARDED_PROTO": ("https", "gopher", ""),
    "HTTP_X_REAL_IP": ("999.1.1.1",),
    "HTTP_ACCEPT_LANGUAGE": ("x" * 3000, "fr;q=9", "*,,;=;", "../../fr", "zh-Hans-CN,\x00"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x", "\x00"),
    "HTTP_ACCEPT_ENCODING": ("br;q=, gzip;;", "identity;q=0"),
    "HTTP_HX_REQUEST": ("true", "false", "oui"),
    "HTTP_HX_BOOSTED": ("true",),
    "HTTP_HX_HISTORY_RESTORE_REQUEST": ("true", "\x00"),
    "HTTP_HX_CURRENT_URL": ("http://[::1", "%ff%fe", "http://testserver/%00", "javascript:1"),
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ("true",),
    "HTTP_HX_TRIGGER": ("%00", "é", "x" * 2000),
    "HTTP_HX_PROMPT": ("%ff",),
    "HTTP_TRIGGERING_EVENT": ("{", "null", "[" * 500),
    "HTTP_COOKIE_EN_PLUS": ("messages=abîmé", "csrf=" + "x" * 4000, "=; ;;=", "csrf=\x00", "django_language=../.."),
    "HTTP_IF_MODIFIED_SINCE": ("hier", "Thu, 99 Zzz 9999 99:99:99 GMT"),
    "HTTP_IF_NONE_MATCH": ('W/"', "*"),
    "HTTP_RANGE": ("bytes=-1-2-3", "bytes=9999999999999999999-"),
    "HTTP_REFERER": ("http://[::1", "javascript:1", "/\\evil.example"),
    "HTTP_ORIGIN": ("null", "http://testserver"),
    "HTTP_USER_AGENT": ("", "x" * 5000, "() { :;}; echo", "Mozilla/5.0 \u202e"),
    "HTTP_AUTHORIZATION": ("Basic !!!", "Bearer x"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
    "CONTENT_LENGTH_FAUX": ("-1", "abc", "²", "99999999999999999999", ""),
    "QUERY_STRING_EN_PLUS": ("%ff=%fe&%00=1", "a[]=1&a[]=2", "=" * 500, "&" * 500),
}


class Robot:
    """Draws everything from one seed."""

    def __init__(self, graine: int) -> None:
        self.hasard = random.Random(graine)

    def valeur(self, bonnes: tuple[str, ...] = ()) -> str:
        return self.hasard.choice(bonnes) if bonnes and self.hasard.random() < 0.3 else self.hasard.choice(VALEURS)

    def champs(self, noms: list[str], bonnes: tuple[str, ...]) -> list[tuple[str, str]]:
        """Those of the page, nearly all, some twice, with a few that it does not have."""
        pris = [nom for nom in noms if self.hasard.random() < 0.9] + self.hasard.sample(NOMS, 3)
        pris += self.hasard.sample(noms, 1) if noms else []
        return [(nom, self.valeur(bonnes)) for nom in pris]

    def corps(self, noms: list[str], bonnes: tuple[str, ...]) -> tuple[bytes, str]:
        """A body and the type it claims to have; more often than not, a form that only its values make strange."""
        champs = self.champs(noms, bonnes)
        formulaire = urlencode(champs).encode()
        tirage = self.hasard.random()
        if tirage < 0.55:
            return formulaire, "application/x-www-form-urlencoded"
        if tirage < 0.7:
            return self.multipart(champs), "multipart/form-data; boundary=limite"
        if tirage < 0.75:
            return self.multipart(champs)[: self.hasard.randrange(1, 200)], "multipart/form-data; boundary=limite"
        if tirage < 0.8:
            return b"&".join(nom.encode() + b"=\xff\xfe\x80" for nom, _ in champs), "application/x-www-form-urlencoded"
        if tirage < 0.84:
            return b"&".join(b"a%d=1" % n for n in range(600)), "application/x-www-form-urlencoded"
        if tirage < 0.86:
            return b"x=" + b"y" * 5_000_000, "application/x-www-form-urlencoded"
        if tirage < 0.9:
            return b"[" * 100_000, "application/json"
        if tirage < 0.93:
            return json.dumps(dict(champs)).encode(), "application/json"
        return formulaire, self.hasard.choice(TYPES)

    def multipart(self, champs: list[tuple[str, str]]) -> bytes:
        morceaux = []
        for nom, valeur in champs:
            fichier = '; filename="a.exe"' if self.hasard.random() < 0.1 else ""
            entete = f'--limite\r\nContent-Disposition: form-data; name="{nom}"{fichier}\r\n\r\n'
            morceaux.append(f"{entete}{valeur}\r\n")
        return ("".join(morceaux) + "--limite--\r\n").encode()

    def entetes(self) -> dict[str, str]:
        noms = self.hasard.sample(sorted(ENTETES), self.hasard.randrange(4))
        return {nom: self.hasard.choice(ENTETES[nom]) for nom in noms}

    def requete(self, noms: list[str], bonnes: tuple[str, ...]) -> str:
        return urlencode(self.champs(noms, bonnes)[: self.hasard.randrange(1, 6)])

    def segment(self, convertisseur: str, bonnes: tuple[str, ...]) -> str:
        """For one part of an address, nearly always of something that exists."""
        if convertisseur == "uuid":
            uuids = [valeur for valeur in bonnes if re.fullmatch(r"[0-9a-f-]{36}", valeur)]
            return self.hasard.choice([*uuids, str(uuid.UUID(int=self.hasard.getrandbits(128), version=4))])
        if convertisseur == "int":
            return self.hasard.choice(["0", "1", "9223372036854775808", "9" * 60])
        if self.hasard.random() < 0.5 and bonnes:
            return self.hasard.choice(bonnes)
        if convertisseur == "slug":
            return self.hasard.choice(["annuler", "accepter", "refuser", "effacer", "cgu", "x" * 300, "-", "_" * 50])
        return quote(self.hasard.choice(VALEURS)[:800], safe="") or "x"

    def adresse(self, route: str, bonnes: tuple[str, ...]) -> str:
        """The route with something in each of its holes."""
        simple = re.sub(r"\(\?P<action>([a-z|-]+)\)", lambda m: self.hasard.choice(m[1].split("|")), route)
        simple = re.sub(r"\(\?P<app_label>([a-z|]+)\)", lambda m: self.hasard.choice(m[1].split("|")), simple)
        simple = re.sub(r"\(\?P<pk>[^)]*\)", "<uuid:pk>", simple).replace("(?P<url>.*)", "<path:url>")
        simple = simple.replace("^", "").replace("$", "")
        return "/" + re.sub(r"<(\w+):\w+>", lambda m: self.segment(m[1], bonnes), simple)


def routes(motifs: list[Any] | None = None, debut: str = "") -> Iterator[str]:
    """Every route of the portal, the admin's included."""
    for motif in get_resolver().url_patterns if motifs is None else motifs:
        if isinstance(motif, URLResolver):
            yield from routes(motif.url_patterns, debut + str(motif.pattern))
        elif isinstance(motif, URLPattern):
            yield debut + str(motif.pattern)


def noms_des_champs(html: str) -> list[str]:
    return sorted(set(re.findall(r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"', html)))
