"""Hundreds of hostile sign-ups: a sentence under the field, or an account; never a breakdown, never half an account."""

import re
import unicodedata
from typing import Any

import phonenumbers
import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies

from accounts.models import Courriel, User
from accounts.saisie import ALPHABETS_MELES, SIGNE_INVISIBLE, SIGNE_REFUSE, lire_adresse, lire_nom

pytestmark = pytest.mark.django_db

NOMS_VRAIS = re.findall(
    r"[^|]+",
    "Dupont|Jean-Paul|D’Alembert|O'Brien|Ÿves|Æsa|Nguyễn|Çelik|Łukasz|Ñuñez|Żółć|Sørensen|N’Guessan|Þórr|Ōno|"
    "St. John|de La Tour d’Auvergne|Ben Youssef-El Hadj|Gal·la|François‑Xavier|Иванова|Παπαδόπουλος|محمد|כהן|"
    "王小明|さくら|김민준|अनिता|สมชาย|Գրիգոր|ლევან",
)
NOMS_HOSTILES = (
    *(
        "",
        " ",
        "\x00",
        "An\x00ne",
        "\u202eennA",
        "Anne\u200b",
        "\u2066Anne\u2069",
        "Anne\u200f",
        "😀",
        "Anne 👩‍👩‍👧",
        "x" * 10_000,
    ),
    *(
        "<b>Anne</b>",
        "Anne\r\nBcc: tous@exemple.fr",
        "'; DROP TABLE accounts_user",
        "{{ 7*7 }}",
        "Аnne",
        "Αnne",
        "12",
        "---",
        "\u3164",
    ),
    *(
        "Anne\ufe0f",
        "A\u034fnne",
        "\ufeffAnne",
        "Z" + "\u0301" * 60,
        "\ufffd",
        "a/b",
        "a\tb",
        "https://evil.example",
        "Anne\u0085",
    ),
)
ADRESSES_HOSTILES = [
    *("anne@exemple.fr\r\nBcc: tous@exemple.fr", "anne@exemple.fr\nSubject: x", "anne\x00@exemple.fr"),
    *("anne@exa\u200bmple.fr", "anne@\u202eexemple.fr", "anne@" + ".".join(["é" * 40] * 4) + ".fr"),
    *("a" * 300 + "@exemple.fr", "a" * 64 + "@exemple.fr", "anne@" + "x" * 300 + ".fr", "anne@" + "ex." * 90 + "fr"),
    *("anne@" + "ß" * 63 + ".fr", "anne@ﬀ.fr", "ﬀ@exemple.fr", "anne@exemple。fr"),
    *re.findall(
        r"[^|]+",
        "@|a@b|anne|anne@exаmple.fr|аnne@exemple.fr|anne@еxеmple.fr|anne@xn--80ak6aa92e.fr|anne@société.fr|"
        'anne@exemple.fr%0ABcc:x@y.fr|"anne porte"@exemple.fr|anne@[127.0.0.1]|anne@exemple.fr,tous@exemple.fr|'
        "anne@exemple.fr;x@y.fr|<anne@exemple.fr>|ANNE@EXEMPLE.FR| anne@exemple.fr |anne+1@exemple.fr|"
        "anne@exemple..fr|anne@-exemple.fr",
    ),
]
PAYS = ("FR", "BE", "CH", "DE", "ES", "IT", "GB", "PT", "MA", "DZ", "SN", "CN")
TELEPHONES_HOSTILES = [
    *("\x00", "+" * 50, "0" * 400),
    *re.findall(r"[^|]+", "06|+|٠٦٠٤٥٠٥٧٩٢|06 04 50 57 92 poste 3|abc|+999 123|112|<b>| "),
]


def numeros_de_douze_pays() -> list[str]:
    exemples = (phonenumbers.example_number_for_type(pays, phonenumbers.PhoneNumberType.MOBILE) for pays in PAYS)
    return [phonenumbers.format_number(n, phonenumbers.PhoneNumberFormat.INTERNATIONAL) for n in exemples if n]


noms = strategies.one_of(
    strategies.sampled_from(NOMS_VRAIS), strategies.sampled_from(NOMS_HOSTILES), strategies.text(max_size=45)
)
adresses = strategies.one_of(
    strategies.emails(),
    strategies.sampled_from(ADRESSES_HOSTILES),
    strategies.text(max_size=60).map("{}@exemple.fr".format),
)
telephones = strategies.one_of(
    strategies.sampled_from(numeros_de_douze_pays()),
    strategies.sampled_from(TELEPHONES_HOSTILES),
    strategies.text(alphabet="0123456789+ .()-", max_size=25),
)
ATTAQUES = {
    "civilite": strategies.sampled_from(("docteur", "", "\x00")),
    "nom_naissance": noms,
    "prenom": noms,
    "telephone": telephones,
    "email": adresses,
    "donnees_acceptees": strategies.sampled_from(("", "true", "\x00")),
}
BONNE = {
    "civilite": "madame",
    "nom_naissance": "Porte",
    "prenom": "Anne",
    "telephone": "06 04 50 57 92",
    "email": "anne@exemple.fr",
    "donnees_acceptees": "on",
}
inscriptions = (
    strategies.sets(strategies.sampled_from(sorted(ATTAQUES)), min_size=1, max_size=3)
    .flatmap(lambda champs: strategies.fixed_dictionaries({champ: ATTAQUES[champ] for champ in sorted(champs)}))
    .map(lambda attaque: BONNE | attaque)
)
EN_FRANCAIS = re.compile(r"[a-zàâçéèêîôû’]{3,}.* (est|sont|pas|ce|cette|un|une|la|le|les|à|de|ou)\b", re.IGNORECASE)
TENUES: dict[str, int] = {"essais": 0, "comptes": 0, "refus": 0}


def s_inscrire(saisie: dict[str, str]) -> None:
    """One try, in a transaction that is undone: what it answered, and what it left."""
    cache.clear()
    client = Client(raise_request_exception=False)
    TENUES["essais"] += 1
    with transaction.atomic():
        reponse = client.post("/creer-mon-compte/", saisie)
        comptes, courriels = list(User.objects.all()), list(Courriel.objects.all())
        if reponse.status_code == 302:
            TENUES["comptes"] += 1
            un_compte_entier(comptes, courriels)
        else:
            TENUES["refus"] += 1
            assert reponse.status_code == 200, (reponse.status_code, saisie)
            assert (comptes, courriels, EmailAddress.objects.count()) == ([], [], 0)
            phrases_sous_les_champs(reponse.content.decode(), saisie)
        transaction.set_rollback(True)


def un_compte_entier(comptes: list[User], courriels: list[Courriel]) -> None:
    (compte,), (courriel,), adresse = comptes, courriels, EmailAddress.objects.get()
    assert compte.email == adresse.email == courriel.destinataire == compte.email.lower()
    assert compte.email.isascii()
    assert not re.search(r"[\s,;<>]", compte.email)
    assert len(compte.email) <= 254
    for nom in (compte.prenom, compte.nom_naissance):
        assert 1 <= len(nom) <= 36
        assert unicodedata.is_normalized("NFC", nom)
        assert not any(unicodedata.category(signe)[0] in "CNS" for signe in nom), nom
    assert compte.telephone.is_valid()
    assert "\n" not in courriel.sujet
    assert "/creer-mon-compte/derniere-etape/" in courriel.texte


def phrases_sous_les_champs(page: str, saisie: dict[str, str]) -> None:
    lues = re.findall(r'<div class="message" id="id_\w+_error">.*?<span>(.*?)</span>', page, re.DOTALL)
    assert lues
    assert all(EN_FRANCAIS.search(lue) for lue in lues), (lues, saisie)
    assert not re.search(r"\b(Enter|Ensure|This field|valid|Null)\b", " ".join(lues)), lues


REGLES = settings(deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)


def compter(capsys: pytest.CaptureFixture[str], au_moins: int) -> None:
    with capsys.disabled():
        print(f" [{TENUES}] ", end="")  # noqa: T201
    assert TENUES["essais"] >= au_moins
    assert TENUES["comptes"]
    assert TENUES["refus"]
    TENUES.update(essais=0, comptes=0, refus=0)


def test_a_hundred_hostile_sign_ups_make_a_whole_account_or_nothing(capsys: Any) -> None:
    settings(REGLES, max_examples=100)(given(inscriptions)(s_inscrire))()
    compter(capsys, 100)


@pytest.mark.epreuve
def test_six_hundred_hostile_sign_ups_make_a_whole_account_or_nothing(capsys: Any) -> None:
    settings(REGLES, max_examples=600)(given(inscriptions)(s_inscrire))()
    compter(capsys, 600)


@pytest.mark.parametrize("champ", sorted(ATTAQUES))
def test_each_field_alone_holds_against_everything_we_know(champ: str) -> None:
    listes = {
        "nom_naissance": [*NOMS_HOSTILES, *NOMS_VRAIS],
        "prenom": [*NOMS_HOSTILES, *NOMS_VRAIS],
        "email": ADRESSES_HOSTILES,
        "telephone": ["", *TELEPHONES_HOSTILES, *numeros_de_douze_pays()],
    }
    for valeur in listes.get(champ, ("", "\x00", "x" * 10_000)):
        s_inscrire({**BONNE, champ: valeur})


@pytest.mark.parametrize("nom", NOMS_VRAIS)
def test_names_of_the_whole_world_are_kept_as_they_are_written(nom: str) -> None:
    assert lire_nom(nom) == unicodedata.normalize("NFC", nom)
    assert lire_nom(unicodedata.normalize("NFD", f"  {nom} ")) == unicodedata.normalize("NFC", nom)
    Client().post("/creer-mon-compte/", {**BONNE, "nom_naissance": unicodedata.normalize("NFD", nom)})
    assert User.objects.get().nom_naissance == unicodedata.normalize("NFC", nom)


@pytest.mark.parametrize(
    ("nom", "phrase"),
    [
        ("An\x00ne", SIGNE_INVISIBLE),
        ("\u202eennA", SIGNE_INVISIBLE),
        ("Anne\u200b", SIGNE_INVISIBLE),
        ("Anne\u3164", SIGNE_INVISIBLE),
        ("Anne 😀", SIGNE_REFUSE),
        ("Anne2", SIGNE_REFUSE),
        ("<b>Anne</b>", SIGNE_REFUSE),
        ("---", SIGNE_REFUSE),
        ("Аnne", ALPHABETS_MELES),
    ],
)
def test_what_is_no_name_is_refused_with_what_to_do(nom: str, phrase: str) -> None:
    page = Client().post("/creer-mon-compte/", {**BONNE, "prenom": nom}).content.decode()
    assert phrase in page
    assert not User.objects.exists()


@pytest.mark.parametrize("telephone", numeros_de_douze_pays())
def test_mobile_numbers_of_twelve_countries_are_taken(telephone: str) -> None:
    Client().post("/creer-mon-compte/", {**BONNE, "telephone": telephone})
    assert phonenumbers.format_number(
        User.objects.get().telephone, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    ) == phonenumbers.format_number(phonenumbers.parse(telephone), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def test_a_domain_that_imitates_another_is_seen_for_what_it_is() -> None:
    assert lire_adresse("anne@exаmple.fr") == "anne@xn--exmple-4nf.fr"
    assert lire_adresse("Anne@Société.FR") == "anne@xn--socit-esab.fr"
    assert lire_adresse("anne@exa\u200bmple.fr") == "anne@example.fr"


def test_the_address_of_an_accented_domain_opens_under_either_spelling() -> None:
    Client().post("/creer-mon-compte/", {**BONNE, "email": "anne@société.fr"})
    user = User.objects.get()
    assert user.email == "anne@xn--socit-esab.fr"
    user.set_password("Demo2026alin")
    user.save()
    EmailAddress.objects.update(verified=True)
    for adresse in ("anne@société.fr", "ANNE@xn--socit-esab.fr"):
        client = Client()
        client.post("/connexion/", {"login": adresse, "password": "Demo2026alin"})
        assert client.session.get("_auth_user_id") == str(user.pk)
    Courriel.objects.all().delete()
    Client().post("/mot-de-passe/oublie/", {"email": "anne@société.fr"})
    assert Courriel.objects.get().destinataire == user.email
