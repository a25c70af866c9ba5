"""Reading the pages of « Les offres » as a person does."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from demandes.models import Commune
from offres.models import Offre

LISTE = "/offres/"


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    """The words of a page, with plain spaces."""
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    texte = re.sub(r"<[^>]+>", " ", reponse.content.decode())
    return " ".join(unescape(texte).replace("\u202f", " ").replace("\xa0", " ").split())


def trouver(motif: str, html: str) -> str:
    """The first group of the first match, entities read."""
    trouve = re.search(motif, html, re.DOTALL)
    assert trouve is not None, motif
    return unescape(trouve[1])


def adresse(offre: Offre) -> str:
    return reverse("offres:detail", args=[offre.pk])


def dans(code: str) -> Commune:
    return Commune.objects.get(code=code)
