"""How long each step usually takes and may take at most, by date. `candidatures.models` gives this model to Django.

As with the scale of the ranking, a delay is never corrected once in force: a new one is written with a later date.
"""

from datetime import date
from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q

from candidatures.statuts import ACTIFS, AVANT_TRANSMISSION, TRANSITIONS, Action, Statut
from offres.declencheurs import REPERE
from offres.models import Bailleur, Financement

LIBERABLES = TRANSITIONS[Action.LIBERER].depuis
"""From where the clock may free somebody: everywhere but once the dwelling is his."""


class Delai(NamedTuple):
    """Days in one status. `usuel` None: the bailleur's own. No bailleur or no `financement`: all of them."""

    statut: Statut
    usuel: int | None
    limite: int
    bailleur_id: int | None = None
    financement: str = ""
    libere: bool = False
    libere_designation: bool = False

    def vaut_pour(self, statut: str, bailleur_id: int, financement: str) -> bool:
        meme_bailleur = self.bailleur_id in (None, bailleur_id)
        return self.statut == statut and meme_bailleur and self.financement in ("", financement)


class Delais(tuple[Delai, ...]):
    """Those in force on a day, the closest to a case first: the bailleur's own, then the financing's, then all."""

    __slots__ = ()

    def pour(self, statut: str, bailleur_id: int, financement: str) -> Delai:
        """The first that holds; those published first are at the end, so there is one."""
        return next(delai for delai in self if delai.vaut_pour(statut, bailleur_id, financement))


class DelaiQuerySet(models.QuerySet["DelaiDAttente"]):
    def du(self, jour: date) -> Delais:
        """The delays in force on that day, those published first standing for what nobody has written."""
        connus: dict[tuple[str, int | None, str], Delai] = {}
        for version in self.filter(en_vigueur_le__lte=jour).order_by("-en_vigueur_le"):
            delai = version.en_valeur()
            connus.setdefault((delai.statut, delai.bailleur_id, delai.financement), delai)
        precis_d_abord = sorted(connus.values(), key=lambda delai: (delai.bailleur_id is None, not delai.financement))
        return Delais((*precis_d_abord, *PREMIERS))


class DelaiDAttente(models.Model):
    """One version for one status, from its day until the next version's; for one bailleur or financing, or for all."""

    statut = models.CharField(
        "étape", max_length=16, choices=[(statut.value, statut.label) for statut in Statut if statut in ACTIFS]
    )
    bailleur = models.ForeignKey(
        Bailleur, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Vide : tous."
    )
    financement = models.CharField(
        "financement", max_length=4, choices=Financement, blank=True, help_text="Vide : tous."
    )
    usuel = models.PositiveSmallIntegerField(
        "délai usuel (jours)", null=True, blank=True, help_text="Vide : le délai de réponse du bailleur."
    )
    limite = models.PositiveSmallIntegerField("limite (jours)")
    libere = models.BooleanField("libérer le candidat quand la limite passe", default=False)
    libere_designation = models.BooleanField(
        "libérer le candidat quand le droit de désignation passe avant l’envoi au bailleur", default=False
    )
    en_vigueur_le = models.DateField("en vigueur le")

    objects: ClassVar[DelaiQuerySet] = DelaiQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "délai d’attente"
        verbose_name_plural = "délais d’attente"
        ordering = ["-en_vigueur_le", "statut", "bailleur", "financement"]
        triggers = [REPERE]
        constraints = [
            models.UniqueConstraint(
                fields=["statut", "bailleur", "financement", "en_vigueur_le"],
                nulls_distinct=False,
                name="un_delai_par_etape",
                violation_error_message="Ce délai existe déjà à cette date.",
            ),
            models.CheckConstraint(
                condition=Q(statut__in=sorted(ACTIFS)),
                name="delai_d_une_etape_en_cours",
                violation_error_message="On n’attend plus rien à cette étape.",
            ),
            models.CheckConstraint(
                condition=Q(limite__gte=1) & (Q(usuel=None) | Q(usuel__lte=F("limite"))),
                name="usuel_avant_la_limite",
                violation_error_message="Le délai usuel ne peut pas dépasser la limite.",
            ),
            models.CheckConstraint(
                condition=Q(libere=False) | Q(statut__in=sorted(LIBERABLES)),
                name="on_libere_avant_l_attribution",
                violation_error_message="À cette étape le logement est attribué : personne n’est libéré d’office.",
            ),
            models.CheckConstraint(
                condition=Q(libere_designation=False) | Q(statut__in=sorted(AVANT_TRANSMISSION)),
                name="designation_avant_l_envoi",
                violation_error_message="Le droit de désignation ne compte qu’avant l’envoi au bailleur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_statut_display()} : {self.limite} jours, le {self.en_vigueur_le:%d/%m/%Y}"

    def en_valeur(self) -> Delai:
        """As the rule reads it."""
        return Delai(
            Statut(self.statut),
            self.usuel,
            self.limite,
            self.bailleur_id,
            self.financement,
            self.libere,
            self.libere_designation,
        )


PREMIERS = (
    Delai(Statut.DEPOSEE, 3, 10, libere_designation=True),
    Delai(Statut.VALIDEE, 2, 7, libere_designation=True),
    Delai(Statut.TRANSMISE, None, 60),
    Delai(Statut.VISITE, 7, 30),
    Delai(Statut.EN_COMMISSION, 3, 10),
    Delai(Statut.CLASSEE, 20, 60),
    Delai(Statut.SOUS_CONDITION, 10, 30),
    Delai(Statut.ATTRIBUEE, 5, 15),
    Delai(Statut.PROPOSEE, 10, 14),
    Delai(Statut.ACCEPTEE, 20, 45),
)
"""The first delays published: ours, sober, read in no text (docs/delais.md)."""
PUBLIES_LE = date(2026, 1, 1)


def charger() -> bool:
    """Write the first delays; False if the portal has some already, its own or later ones."""
    if DelaiDAttente.objects.exists():
        return False
    DelaiDAttente.objects.bulk_create(ecrit(delai, PUBLIES_LE) for delai in PREMIERS)
    return True


def ecrit(delai: Delai, jour: date) -> DelaiDAttente:
    """A version, not saved yet."""
    return DelaiDAttente(en_vigueur_le=jour, **delai._asdict())
