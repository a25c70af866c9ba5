"""Offers, their photographs, their imports and the dated tables in the advisers' workplace."""

from offres.admin import alertes, imports, offres, photos

__all__ = ["alertes", "imports", "offres", "photos"]
