"""The versioned texts: published once, accepted with a date, shown with their version; a banner when one changes."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import textes
from accounts.models import Acceptation, CodeTexte, Role, Texte
from accounts.templatetags.textes import corps, sommaire
from candidatures.conservation import REGLES
from tests.factories import ConsentementFactory, UserFactory

pytestmark = pytest.mark.django_db


def lu(html: str) -> str:
    sans_mots = re.sub(r"</?(a|strong|time)\b[^>]*>", "", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", sans_mots)))


def publier(code: str = CodeTexte.CGU, contenu: str = "Chapeau.", en_vigueur_le: date | None = None) -> Texte:
    """The next version of a text."""
    derniere = Texte.objects.filter(code=code).latest("version").version
    return Texte.objects.create(
        code=code, version=derniere + 1, contenu=contenu, en_vigueur_le=en_vigueur_le or timezone.localdate()
    )


def connecte(**champs: object) -> Client:
    client = Client()
    client.force_login(UserFactory(**champs))
    return client


# Publishing


def test_publishing_again_changes_nothing():
    avant = list(Texte.objects.values_list("code", "version", "contenu"))
    assert avant
    assert textes.charger() is False
    assert list(Texte.objects.values_list("code", "version", "contenu")) == avant


def test_a_published_text_whose_file_changed_is_refused_with_a_sentence(tmp_path: Path):
    (tmp_path / "cgu-1.txt").write_text("2026-01-01\n\nTout est permis.\n")
    (tmp_path / "cgu-9.txt").write_text("2026-01-01\n\nUne version de plus.\n")
    with pytest.raises(textes.TexteDejaPublie, match=r"cgu-1 est publié : il ne change plus.*version suivante"):
        textes.charger(tmp_path)
    assert not Texte.objects.filter(version=9).exists()


def test_the_command_says_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    nouvelle = publier(contenu="Ailleurs.")
    (tmp_path / f"cgu-{nouvelle.version}.txt").write_text("2026-01-01\n\nIci.\n")
    monkeypatch.setattr(textes, "DOSSIER", tmp_path)
    with pytest.raises(CommandError, match=f"cgu-{nouvelle.version} est publié"):
        call_command("charger_reference")


@pytest.mark.parametrize("ordre", ["UPDATE accounts_texte SET contenu = ''", "DELETE FROM accounts_texte"])
def test_not_even_sql_changes_a_published_text(ordre: str):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic(), connection.cursor() as c:
        c.execute(ordre)


def test_a_version_of_tomorrow_is_not_in_force_and_not_shown():
    demain = publier(en_vigueur_le=timezone.localdate() + timedelta(days=1))
    assert Texte.objects.en_vigueur().get(code=CodeTexte.CGU).version == demain.version - 1
    assert Client().get(demain.get_absolute_url()).status_code == 404


# Reading


@pytest.mark.parametrize("nom", ["cgu", "donnees_personnelles"])
def test_the_page_says_its_version_its_date_and_leads_to_former_ones(nom: str):
    code = {"cgu": CodeTexte.CGU, "donnees_personnelles": CodeTexte.DONNEES}[nom]
    ancienne = Texte.objects.en_vigueur().get(code=code)
    nouvelle = publier(code)
    page = Client().get(reverse(nom)).content.decode()
    assert f"Version {nouvelle.version}, en vigueur depuis le {timezone.localdate():%d/%m/%Y}." in lu(page)
    assert ancienne.get_absolute_url() in page
    ancien = lu(Client().get(ancienne.get_absolute_url()).content.decode())
    assert f"Version {ancienne.version}, en vigueur depuis" in ancien
    assert "Cette version a été remplacée. Lire la version en vigueur" in ancien


def test_the_consent_can_be_read_by_anyone():
    assert "J’autorise le service logement" in lu(Client().get("/textes/consentement/1/").content.decode())


@pytest.mark.parametrize("adresse", ["/textes/cgu/99/", "/textes/inconnu/1/"])
def test_a_text_that_does_not_exist_is_a_404(adresse: str):
    assert Client().get(adresse).status_code == 404


def test_the_markup_is_escaped_and_typeset():
    html = corps(
        "Chapeau\n\n## Titre : un {un}\n\n- **gras** & <b>\n- deux\n\n| Terme | sens : 10 000 €\n\nVoir [là](contact) ?"
    )
    assert '<h2 id="un">Titre\u00a0: un</h2>' in html
    assert "<ul><li><strong>gras</strong> &amp; &lt;b&gt;</li><li>deux</li></ul>" in html
    assert "<dt>Terme</dt><dd>sens\u00a0: 10\u00a0000 €</dd>" in html
    assert '<p>Voir <a href="/contact/">là</a>\u00a0?</p>' in html
    assert sommaire("## Sans\n\n## Avec {ancre}") == [("ancre", "Avec")]


def test_the_durations_published_are_those_applied():
    publie = Texte.objects.en_vigueur().get(code=CodeTexte.DONNEES).contenu
    siennes = [regle for regle in REGLES if regle.concerne_le_demandeur]
    tues = [regle.nom for regle in siennes if f"{regle.quoi} | {regle.delai}" not in publie]
    assert tues == ["appareils"]  # the same as « Vos connexions »


# Accepting


def test_an_acceptance_never_changes_and_leaves_with_its_person_only():
    user = UserFactory()
    assert user.acceptations.count() == 2
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        user.acceptations.update(le=timezone.now())
    with transaction.atomic():
        user.acceptations.all().delete()
        with pytest.raises(DatabaseError, match="leaves with its person only"):
            connection.check_constraints()
        transaction.set_rollback(True)
    user.delete()
    connection.check_constraints()
    assert not Acceptation.objects.exists()


def test_accepting_twice_keeps_the_first_date():
    user = UserFactory()
    avant = list(user.acceptations.values_list("texte", "le"))
    textes.accepter(user, Texte.objects.en_vigueur())
    assert set(avant) < set(user.acceptations.values_list("texte", "le"))
    assert user.acceptations.count() == 3  # the consent is a text too


def test_a_leave_remembers_the_words_it_was_given_on():
    accord = ConsentementFactory()
    publier(CodeTexte.CONSENTEMENT, "J’autorise tout autre chose")
    accord.refresh_from_db()
    assert accord.texte.version == 1
    assert accord.texte.contenu.startswith("J’autorise le service logement de mon entreprise")


# The banner


def test_a_changed_text_shows_a_quiet_banner_on_every_page_until_it_is_acknowledged():
    client = connecte()
    assert "J’ai pris connaissance" not in client.get("/mon-profil/").content.decode()
    nouvelle = publier()
    phrase = f"Le texte « Conditions générales d’utilisation » a changé le {timezone.localdate():%d/%m/%Y}."
    for adresse in ("/mon-profil/", "/mon-profil/consultations/", "/aide/", "/conditions-generales/"):
        page = client.get(adresse)
        assert page.status_code == 200
        assert phrase in lu(page.content.decode())
    reponse = client.post(f"/mon-profil/textes/cgu/{nouvelle.version}/", {"suite": "/aide/"}, follow=True)
    assert reponse.redirect_chain == [("/aide/", 302)]
    assert phrase not in lu(reponse.content.decode())
    assert "C’est noté." in lu(reponse.content.decode())
    profil = lu(client.get("/mon-profil/").content.decode())
    assert f"{nouvelle}, le {timezone.localdate():%d/%m/%Y} à" in profil


def test_an_applicant_who_never_accepted_is_not_told_that_it_changed():
    page = lu(connecte(textes_acceptes=False).get("/mon-profil/").content.decode())
    depuis = Texte.objects.en_vigueur().get(code=CodeTexte.CGU).en_vigueur_le
    assert f"Le texte « Conditions générales d’utilisation » est en vigueur depuis le {depuis:%d/%m/%Y}." in page
    assert "a changé le" not in page


@pytest.mark.parametrize(
    "suite", ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:x"]
)
def test_acknowledging_leads_nowhere_else(suite: str):
    nouvelle = publier()
    reponse = connecte().post(f"/mon-profil/textes/cgu/{nouvelle.version}/", {"suite": suite})
    assert reponse["Location"] == "/mon-profil/"


@pytest.mark.parametrize("adresse", ["cgu/98/", "inconnu/1/", "consentement/1/", "donnees/1/"])
def test_only_what_is_in_force_is_acknowledged(adresse: str):
    assert connecte(textes_acceptes=False).post(f"/mon-profil/textes/{adresse}").status_code == 404
    assert not Acceptation.objects.exists()


def test_acknowledging_is_for_applicants_who_are_signed_in_and_is_no_link():
    adresse = "/mon-profil/textes/cgu/1/"
    assert Client().post(adresse).status_code == 302
    assert connecte().get(adresse).status_code == 405
    assert connecte(role=Role.CONSEILLER).post(adresse).status_code == 403


def test_the_team_sees_no_banner():
    publier()
    for role in (Role.CONSEILLER, Role.SERVICE_LOGEMENT):
        assert "J’ai pris connaissance" not in connecte(role=role).get("/mon-profil/").content.decode()


def test_a_supervisor_reads_who_accepted_what_and_changes_nothing():
    UserFactory(email="lea@exemple.fr", nom_naissance="Roy", prenom="Léa")
    client = connecte(role=Role.SUPERVISEUR)
    page = lu(client.get("/admin/accounts/acceptation/", {"q": "lea@exemple.fr"}).content.decode())
    assert "Léa Roy" in page
    assert "Conditions générales d’utilisation, version 2" in page
    assert client.get("/admin/accounts/acceptation/add/").status_code == 403
    texte = Texte.objects.filter(code=CodeTexte.CGU).latest("version")
    detail = client.get(f"/admin/accounts/texte/{texte.pk}/change/").content.decode()
    assert "Arriver le premier ne donne aucun avantage" in detail
    assert 'name="_save"' not in detail
