"""The sheet of a commission: the dossiers of one offer that the bailleur has, in order, on paper and in a CSV file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from candidatures.commission.ordre import Placee, en_ordre
from candidatures.models import Candidature
from candidatures.statuts import ATTRIBUTAIRES, CHEZ_LE_BAILLEUR
from offres.imports.rapport import sans_formule
from offres.models import Offre

SUR_LA_FEUILLE = sorted(CHEZ_LE_BAILLEUR | ATTRIBUTAIRES)
ENTETE = (
    *("ordre", "points", "nom", "numéro unique", "demande faite le", "personnes", "candidature déposée le"),
    *("statut", "commission le", "rang", "motif"),
)


@dataclass(frozen=True)
class Ligne:
    """One dossier, its place, and whether the next sitting can decide it."""

    placee: Placee

    @property
    def cellules(self) -> tuple[str, ...]:
        """The columns of `ENTETE`."""
        c, points = self.placee.candidature, self.placee.points
        demande = c.demande
        return (
            str(self.placee.place),
            str(points),
            str(demande.demandeur),
            demande.numero_unique,
            f"{demande.deposee_le:%d/%m/%Y}",
            str(demande.nombre_personnes),
            f"{timezone.localtime(c.deposee_le):%d/%m/%Y}",
            c.get_statut_display(),
            f"{c.commission_le:%d/%m/%Y}" if c.commission_le else "",
            str(c.rang or ""),
            c.motif,
        )


def lignes(offre: Offre) -> list[Ligne]:
    """Those whose dossier the bailleur has, and those whom a sitting has decided."""
    vivantes = Candidature.objects.filter(offre=offre, statut__in=SUR_LA_FEUILLE)
    decidees = Candidature.objects.filter(offre=offre, seance__isnull=False)
    toutes = (vivantes | decidees).select_related("demande__demandeur", "offre")
    return [Ligne(placee) for placee in en_ordre(toutes)]


class _Echo:
    """csv.writer writes a line in it, and gets it back."""

    def write(self, ligne: str) -> str:
        return ligne


def en_csv(feuille: Sequence[Ligne]) -> Iterator[str]:
    """Line by line, for Excel in French: semicolons, the mark of UTF-8 first, and no cell that is a formula."""
    ecrire = csv.writer(_Echo(), delimiter=";").writerow
    yield "\ufeff" + ecrire(ENTETE)
    for ligne in feuille:
        yield ecrire([sans_formule(cellule) for cellule in ligne.cellules])
