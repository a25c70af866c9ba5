"""Nothing at rest: once a mail has left, its code or its link is in no column of no table; the NIR stays truncated."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts import courriels
from accounts.models import Courriel, User
from demandes.models import Instantane
from tests.facteur import Boite
from tests.factories import MOT_DE_PASSE, SECRET_TOTP, UserFactory
from tests.registre import Registre

NUMERO = "111092062114ACLOG"
ANNE = {
    "civilite": "madame",
    "nom_naissance": "Porte",
    "prenom": "Anne",
    "telephone": "06 04 50 57 92",
    "email": "anne.porte@exemple.fr",
    "donnees_acceptees": "on",
}


def tout_ce_qui_est_ecrit() -> str:
    """Every column of every table, as text."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [table for (table,) in curseur.fetchall()]
        assert "accounts_courriel" in tables
        assert "django_session" in tables
        morceaux = []
        for table in tables:
            curseur.execute(f'SELECT t::text FROM "{table}" t')
            morceaux += [ligne for (ligne,) in curseur.fetchall()]
    return "\n".join(morceaux)


def present(secret: str) -> bool:
    ecrit = tout_ce_qui_est_ecrit()
    return any(forme in ecrit for forme in {secret, quote(secret), quote(secret, safe=""), json.dumps(secret)[1:-1]})


def livrer(boite: Boite) -> str:
    """Let the worker deliver, and read what arrived last."""
    courriels.livrer()
    corps = boite.messages()[-1].get_body(("plain",))
    assert corps is not None
    return str(corps.get_content())


def cle_du_lien(texte: str) -> tuple[str, str]:
    """The address in the mail, and its last segment, which opens."""
    lien = re.search(r"http://testserver(/\S+/)([^/\s]+)/", texte)
    assert lien is not None
    return f"{lien[1]}{lien[2]}/", lien[2]


@pytest.mark.django_db(transaction=True)
def test_the_links_and_the_password_of_signing_up_stay_nowhere(client: Client, boite: Boite) -> None:
    client.post("/creer-mon-compte/", ANNE)
    assert Courriel.objects.get().texte != ""  # the control: before it leaves, it is there
    adresse, cle = cle_du_lien(Courriel.objects.get().texte)
    assert present(cle)
    livrer(boite)
    assert not present(cle)
    page = client.post(adresse, follow=True).content.decode()  # « Cliquez ici », then the page of the password
    assert "Mise à jour du mot de passe" in page
    session = Session.objects.get(pk=client.session.session_key)
    assert "_password_reset_key" in client.session  # allauth keeps it there
    assert client.session["_password_reset_key"] not in session.session_data
    assert not present(client.session["_password_reset_key"])
    formulaire = re.search(r'action="(/mot-de-passe/mise-a-jour/[^"]+)"', page)
    assert formulaire is not None
    client.post(formulaire[1], {"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE})
    client.post("/connexion/", {"login": ANNE["email"], "password": MOT_DE_PASSE})
    assert "_auth_user_id" in client.session
    assert not present(MOT_DE_PASSE)
    client.post("/deconnexion/")
    client.post("/mot-de-passe/oublie/", {"email": ANNE["email"]})
    _, cle = cle_du_lien(livrer(boite))
    assert not present(cle)
    assert {(c.texte, c.html) for c in Courriel.objects.all()} == {("", "")}


@pytest.mark.django_db(transaction=True)
def test_the_code_of_an_import_stays_nowhere(client: Client, boite: Boite, registre: Registre) -> None:
    client.force_login(UserFactory(prenom="Anne", nom_naissance="Porte"))
    client.post("/ma-demande/numero-unique/", {"numero": NUMERO, "date_naissance": "19/05/1989"})
    code = re.search(r"^(\d{6})\s*$", livrer(boite), re.MULTILINE)
    assert code is not None
    colonnes = "SELECT string_agg(t::text, ' ') FROM accounts_courriel t UNION ALL "
    with connection.cursor() as curseur:
        curseur.execute(f"{colonnes} SELECT string_agg(t::text, ' ') FROM demandes_importation t")
        ecrit = " ".join(ligne for (ligne,) in curseur.fetchall())
    assert not re.search(rf"(?<![0-9a-f]){code[1]}(?![0-9a-f])", ecrit)
    assert not re.search(rf'[">\s]{code[1]}["<\s]', tout_ce_qui_est_ecrit())


@pytest.mark.django_db
def test_the_secrets_of_the_second_factor_are_encrypted(client: Client) -> None:
    user = UserFactory(deuxieme_facteur=True)
    codes = RecoveryCodes.activate(user).generate_codes()
    graines = [facteur.data for facteur in Authenticator.objects.filter(user=user)]
    ecrit = tout_ce_qui_est_ecrit()
    assert SECRET_TOTP not in ecrit
    assert [code for code in codes if code in str(graines)] == []


@pytest.mark.django_db
def test_what_a_session_holds_cannot_be_read_in_the_database(client: Client) -> None:
    user = UserFactory()
    client.force_login(user)
    session = client.session
    session["changements"] = [{"libelle": "Ressources", "apres": "3 115 €"}]
    session.save()
    ligne = Session.objects.get(pk=session.session_key)
    assert ligne.session_data.startswith("gAAAA")  # a Fernet token
    assert ligne.get_decoded() == {}
    assert client.get("/mon-profil/").status_code == 200


@pytest.mark.django_db
def test_a_session_written_with_another_key_signs_nobody_in(client: Client, settings: Any) -> None:
    client.force_login(UserFactory())
    settings.SECRET_KEY = "une-autre-cle-" * 5
    assert client.get("/mon-profil/").status_code == 302
    Session.objects.update(session_data="abîmée")
    assert client.get("/mon-profil/").status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("nir", ["28905", "2890575123456", "289057512345678"])
def test_the_social_security_number_is_kept_truncated_whatever_the_registry_sends(
    nir: str, client: Client, registre: Registre
) -> None:
    contenu = registre.json(NUMERO)
    contenu["demandeur"]["nir"] = nir
    for cotitulaire in contenu["cotitulaires"]:
        cotitulaire["nir"] = nir
    registre.ecrire_json(NUMERO, contenu)
    user: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    client.force_login(user)
    client.post("/ma-demande/numero-unique/", {"numero": NUMERO, "date_naissance": "19/05/1989"})
    code = re.search(r"^(\d{6})$", Courriel.objects.latest("cree_le").texte, re.MULTILINE)
    assert code is not None
    page = client.post("/ma-demande/code/", {"code": code[1]}, follow=True).content.decode()
    client.post("/ma-demande/mettre-a-jour/")
    copies = [json.dumps(instantane.contenu) for instantane in Instantane.objects.all()]
    assert copies
    assert all('"nir": "28905"' in copie for copie in copies)
    assert "28905" in page
    assert nir == "28905" or not present(nir[:8])
