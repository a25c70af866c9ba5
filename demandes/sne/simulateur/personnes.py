"""The invented people whom the registry's simulator knows, the same on every machine.

The first ones belong to nobody: a newcomer may import any of them. Then come those of the portal's demonstration
accounts, whose e-mail is `prenom.nom@exemple.fr`, and a crowd, whose e-mail is `prenom.nom.rank@exemple.fr`.
"""

from collections.abc import Iterator
from datetime import date

from demandes.sne.dossier import DossierSNE
from demandes.sne.simulateur.peuple.fiches import EMPLOYEURS, dossier
from demandes.sne.simulateur.peuple.foule import foule
from demandes.sne.simulateur.peuple.ile_de_france import ILE_DE_FRANCE
from demandes.sne.simulateur.peuple.libres import LIBRES
from demandes.sne.simulateur.peuple.regions import REGIONS

ATELIERS_VAUBAN, TRANSPORTS_LOIRE_OCEAN, CLINIQUES_DU_RHONE = (EMPLOYEURS[lettre][:2] for lettre in "VLR")
"""Name and SIRET of the three companies that have a housing service on the portal's demonstration."""

COMPTES = (*ILE_DE_FRANCE, *REGIONS)
NUMEROS_LIBRES = tuple(fiche.numero for fiche in LIBRES)
NUMEROS_DES_COMPTES = tuple(fiche.numero for fiche in COMPTES)
NUMEROS = NUMEROS_LIBRES + NUMEROS_DES_COMPTES


FOULE = 2_000
"""How many more are drawn by hazard, beside those written by hand."""


def inconnus(aujourd_hui: date, nombre: int = FOULE) -> Iterator[DossierSNE]:
    """The crowd: people of all France whom no account holds, dated back from `aujourd_hui`."""
    for rang, fiche in enumerate(foule(nombre), start=len(NUMEROS)):
        yield dossier(fiche, rang, aujourd_hui)


def personnes(aujourd_hui: date) -> list[DossierSNE]:
    """Those written by hand, the free ones first, with their renewals and documents dated back from `aujourd_hui`."""
    return [dossier(fiche, rang, aujourd_hui) for rang, fiche in enumerate((*LIBRES, *COMPTES))]
