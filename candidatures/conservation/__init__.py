"""How long what is kept (RGPD art. 5-1-e): a table of rules, and the nightly passage that applies it."""

from candidatures.conservation.passage import conserver
from candidatures.conservation.regles import REGLES, Regle

__all__ = ["REGLES", "Regle", "conserver"]
