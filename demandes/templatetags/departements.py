"""How a département is named in a sentence: « celui du « Finistère » », « celui de « Paris » » (guide #3)."""

from django import template

from demandes.models import Departement

register = template.Library()

ARTICLES = {
    "de": "75 974 976",
    "d’": "35",
    "de l’": "01 02 03 07 09 10 11 12 27 28 34 36 37 38 60 61 89 91",
    "de la": "16 17 19 21 23 24 26 2A 2B 31 33 42 43 44 48 50 51 52 53 54 55 57 58 70 71 72 73 74 76 77 80 85 86 87 93 "
    "971 972 973",
    "des": "04 05 06 08 13 22 40 64 65 66 78 79 88 92",
}
"""The département codes after each article; « du » for all the others."""
PAR_CODE = {code: article for article, codes in ARTICLES.items() for code in codes.split()}


@register.filter
def du(departement: Departement) -> str:
    """The article that comes before the name: « du », « de la », « des »…"""
    return PAR_CODE.get(departement.code, "du")
