"""What the pages of one's account say about it."""

from django import template

from accounts.deuxieme_facteur import OBLIGES
from accounts.models import User

register = template.Library()

NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMES = (
    *(("iPhone", "un iPhone"), ("iPad", "un iPad"), ("Android", "Android")),
    *(("Windows", "Windows"), ("Mac OS", "un Mac"), ("Linux", "Linux")),
)
"""What browsers say of themselves, most particular first; nothing finer is worth showing."""


@register.filter
def doit_avoir_deux_facteurs(user: User) -> bool:
    """Whether this person's role asks for a second factor."""
    return user.role in OBLIGES


@register.filter
def appareil(agent: str) -> str:
    """« Firefox sous Windows », from what the browser says of itself."""
    navigateur = next((nom for signe, nom in NAVIGATEURS if signe in agent), "Navigateur inconnu")
    systeme = next((nom for signe, nom in SYSTEMES if signe in agent), "")
    return f"{navigateur} sur {systeme}" if systeme else navigateur
