"""The form of a sitting: the day, the reason for fewer than three dossiers, and one line a candidature."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from accounts.admin import champ_date
from candidatures.admin.decisions import PRECISIONS, Decision
from candidatures.commission import Choix
from candidatures.models import Candidature, Motif
from candidatures.motifs import MOTIFS
from candidatures.statuts import EN_SEANCE, Action, Precision, Statut

ACTES = [action for action in Action if action in EN_SEANCE]
AJOURNEE = "Ajournée : pas de décision"
LIBELLES = {
    Action.ATTRIBUER: "Attribuée (rang 1)",
    Action.CLASSER: "Classée à un rang suivant",
    Action.CONDITIONNER: "Attribuée sous condition (rang 1)",
    Action.NON_ATTRIBUER: "Non attribuée",
    Action.DECLARER_IRRECEVABLE: "Irrecevable",
}
Motifs = Mapping[Action, Sequence[Motif]]


def motifs_de_la_seance() -> dict[Action, list[Motif]]:
    """The reasons offered for each decision, in one query; those of an inadmissibility are the law's (R441-2-8)."""
    offerts: dict[Action, list[Motif]] = {action: [] for action in ACTES}
    for motif in Motif.objects.filter(action__in=ACTES, actif=True):
        offerts[Action(motif.action)].append(motif)
    irrecevable = Action.DECLARER_IRRECEVABLE
    offerts[irrecevable] = [Motif(action=irrecevable, libelle=libelle) for libelle in MOTIFS[irrecevable]]
    return offerts


class EnTete(forms.Form):
    """What is said of the sitting itself."""

    tenue_le = forms.DateField(
        label="Séance tenue le",
        widget=champ_date(),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={
            "required": "Indiquez le jour de la séance.",
            "invalid": "Ce jour n’existe pas. Écrivez-le comme 24/11/2026.",
        },
    )
    justification = forms.CharField(
        label="Pourquoi moins de trois candidatures examinées",
        help_text="Obligatoire si la commission en a examiné moins de trois (article R441-3) ; gardé avec la séance.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_tenue_le(self) -> date:
        jour: date = self.cleaned_data["tenue_le"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette séance n’a pas encore eu lieu : indiquez le jour où elle s’est tenue.")
        return jour


class LigneDeSeance(forms.Form):
    """The decision on one dossier; what it asks for is checked as it is on the dossier itself."""

    decision = forms.ChoiceField(
        label="Décision",
        required=False,
        choices=[("", AJOURNEE), *((action.value, LIBELLES[action]) for action in ACTES)],
        error_messages={"invalid_choice": "Choisissez l’une des décisions."},
    )
    rang = forms.CharField(
        label="Rang (2 ou plus)", required=False, max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    piece_attendue_le = forms.CharField(
        label=PRECISIONS[Precision.PIECE_ATTENDUE_LE], required=False, max_length=10, widget=champ_date()
    )
    motif = forms.ChoiceField(
        label="Motif", required=False, error_messages={"invalid_choice": "Ce motif n’est plus proposé."}
    )
    complement = forms.CharField(
        label="Précision pour le demandeur", required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, candidature: Candidature, motifs: Motifs, place: int, data: Any = None) -> None:
        super().__init__(data, prefix=str(candidature.pk))
        self.candidature, self.motifs, self.place = candidature, motifs, place
        self.choix: Choix | None = None
        self.depassee = candidature.statut != Statut.EN_COMMISSION
        groupes = [
            (LIBELLES[action], [(motif.libelle, motif.libelle) for motif in offerts])
            for action, offerts in motifs.items()
            if offerts
        ]
        self.fields["motif"].choices = [("", "Choisissez un motif"), *groupes]  # type: ignore[attr-defined]

    @property
    def signalees(self) -> list[str]:
        """What is wrong on this line, in sentences."""
        return [str(faute) for fautes in self.errors.values() for faute in fautes]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if not donnees.get("decision"):
            return donnees
        if self.depassee:
            statut = self.candidature.get_statut_display()
            raise forms.ValidationError(f"Ce dossier a changé entre-temps : il est maintenant « {statut} ».")
        self._retenir(Action(donnees["decision"]))
        return donnees

    def _retenir(self, action: Action) -> None:
        saisis = {champ: self.data.get(self.add_prefix(champ), "") for champ in self.fields}
        decision = Decision(action, self.candidature, self.motifs[action], saisis)
        if decision.is_valid():
            self.choix = Choix(self.candidature, action, decision.motif, decision.precision)
            return
        for champ, fautes in decision.errors.items():
            if champ not in self.errors:
                self.add_error(champ, list(fautes))


class FormulaireDeSeance:
    """The whole page: its head and its lines. `data` is a POST, or None."""

    def __init__(self, candidatures: Sequence[Candidature], data: Any = None) -> None:
        motifs = motifs_de_la_seance()
        self.entete = EnTete(data, initial={"tenue_le": _seance_prevue(candidatures)})
        self.lignes = [LigneDeSeance(c, motifs, place, data) for place, c in enumerate(candidatures, start=1)]
        self.refus: list[str] = []

    def is_valid(self) -> bool:
        """Every part is looked at, so that all that is wrong is said at once."""
        lignes = [ligne.is_valid() for ligne in self.lignes]
        return self.entete.is_valid() and all(lignes)

    @property
    def choix(self) -> list[Choix]:
        return [ligne.choix for ligne in self.lignes if ligne.choix is not None]

    def signaler(self, raison: str, fautes: Mapping[UUID, str]) -> None:
        """Show why the sitting was refused, on the lines at fault."""
        self.refus.append(raison)
        for ligne in self.lignes:
            if (faute := fautes.get(ligne.candidature.pk)) is not None:
                ligne.add_error("decision", faute)

    @property
    def en_faute(self) -> list[LigneDeSeance]:
        return [ligne for ligne in self.lignes if ligne.errors]


def _seance_prevue(candidatures: Sequence[Candidature]) -> date | None:
    """The day that was announced, if it has come."""
    jours = [c.commission_le for c in candidatures if c.commission_le and c.commission_le <= timezone.localdate()]
    return max(jours, default=None)
