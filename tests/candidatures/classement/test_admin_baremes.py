"""The scale is published before it counts, and what has counted stays as it was."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from candidatures import baremes
from candidatures.baremes import PREMIER, BaremeDeClassement
from tests.candidatures.espace import connecte, lire

pytestmark = pytest.mark.django_db

AJOUT = "/admin/candidatures/baremedeclassement/add/"


def saisie(jour: date) -> dict[str, str]:
    champs = {"en_vigueur_le": jour.isoformat(), "dalo": "60", "prioritaire": "30", "par_mois": "1"}
    champs |= {"mois_comptes": "48", "mutation": "12", "rapprochement": "8"}
    tranches = {"critere": "effort", "seuil": "25", "points": "9", "id": "", "bareme": ""}
    ligne = {f"tranches-0-{nom}": valeur for nom, valeur in tranches.items()}
    return champs | ligne | {"tranches-TOTAL_FORMS": "1", "tranches-INITIAL_FORMS": "0"}


def enregistrer(client: Client, jour: date) -> str:
    return client.post(AJOUT, saisie(jour), follow=True).content.decode()


def test_the_supervisor_writes_the_next_scale_from_the_one_in_force():
    baremes.charger()
    superviseur = connecte(superviseur=True)
    page = lire(superviseur, AJOUT)
    assert page.count('<option value="effort" selected>') == len(PREMIER.effort)
    assert page.count('<option value="suroccupation" selected>') == len(PREMIER.suroccupation)
    demain = timezone.localdate() + timedelta(days=1)
    enregistrer(superviseur, demain)
    du_jour, suivant = BaremeDeClassement.objects.du(timezone.localdate()), BaremeDeClassement.objects.du(demain)
    assert du_jour == PREMIER
    assert (suivant.dalo, suivant.mois_comptes, suivant.effort, suivant.suroccupation) == (60, 48, ((25, 9),), ())


def test_a_scale_cannot_begin_today():
    superviseur = connecte(superviseur=True)
    assert "publié avant de s’appliquer" in enregistrer(superviseur, timezone.localdate())
    assert not BaremeDeClassement.objects.exists()


def test_a_scale_that_has_begun_is_read_and_no_longer_changed():
    version = baremes.ecrire(PREMIER)
    adresse = f"/admin/candidatures/baremedeclassement/{version.pk}/change/"
    superviseur = connecte(superviseur=True)
    page = lire(superviseur, adresse)
    assert "Enregistrer" not in page
    assert superviseur.post(adresse, saisie(date(2027, 1, 1))).status_code == 403
    version.refresh_from_db()
    assert version.dalo == 50


def test_an_adviser_reads_the_scales_and_writes_none():
    baremes.ecrire(PREMIER)
    conseiller = connecte(conseiller=True)
    assert "2026" in lire(conseiller, "/admin/candidatures/baremedeclassement/")
    assert conseiller.get(AJOUT).status_code == 403
