"""Offers and the dated tables in the advisers' workplace."""

from offres.admin import alertes, offres

__all__ = ["alertes", "offres"]
