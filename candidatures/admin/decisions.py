"""The decisions on a dossier: one form an action of the table, made from what the table asks for."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.admin import champ_date
from accounts.models import User
from candidatures.models import Candidature, Motif
from candidatures.statuts import TRANSITIONS, Action, Precision, Statut, se_decide_en_seance

PRECISIONS = {
    Precision.VISITE_LE: "Jour de la visite",
    Precision.COMMISSION_LE: "Jour de la commission",
    Precision.RANG: "Rang donné par la commission",
    Precision.PIECE_ATTENDUE_LE: "Pièce attendue avant le",
    Precision.NOTIFIEE_LE: "Proposition notifiée le",
    Precision.BAIL_LE: "Bail signé le",
}
AIDES = {
    Precision.RANG: "2 ou plus : le rang 1, c’est « Attribuer ».",
    Precision.NOTIFIEE_LE: "Le demandeur a dix jours pour répondre à partir de ce jour.",
}
DEJA_PASSE = frozenset({Precision.NOTIFIEE_LE, Precision.BAIL_LE})
"""These say what has happened: they cannot be in the future."""
A_VENIR = frozenset({Precision.PIECE_ATTENDUE_LE})
UN_AN = timedelta(days=365)


def decisions(candidature: Candidature, user: User, saisie: "Decision | None" = None) -> list["Decision"]:
    """A form for each act this person may do now, but those that a sitting decides.

    `saisie` takes the place of its own, with what was typed in it.
    """
    actions = [a for a in candidature.actions_pour(user) if not se_decide_en_seance(Statut(candidature.statut), a)]
    motifs = list(Motif.objects.filter(action__in=actions, actif=True))
    formulaires = (Decision(a, candidature, [m for m in motifs if m.action == a]) for a in actions)
    return [saisie if saisie and saisie.action is form.action else form for form in formulaires]


class Decision(forms.Form):
    """What is due with one act: a reason, a date, a rank, or nothing."""

    def __init__(self, action: Action, candidature: Candidature, motifs: Sequence[Motif], data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{action}_%s")
        self.action, self.candidature, self.regle = action, candidature, TRANSITIONS[action]
        if self.regle.precision is not None:
            self.fields[self.regle.precision] = _champ(self.regle.precision)
        if self.regle.motif_obligatoire:
            if motifs:
                self.fields["motif"] = _choix_du_motif(motifs, obligatoire=action is Action.DECLARER_IRRECEVABLE)
            self.fields["complement"] = forms.CharField(
                label="Précision pour le demandeur",
                help_text="Il la lit telle quelle, dans son suivi et par e-mail.",
                max_length=600,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @classmethod
    def saisie(cls, action: Action, candidature: Candidature, data: Any) -> "Decision":
        """The form as it came back."""
        return cls(action, candidature, list(Motif.objects.filter(action=action, actif=True)), data)

    @property
    def est_favorable(self) -> bool:
        """An act that owes no explanation."""
        return not self.regle.motif_obligatoire

    @property
    def motif(self) -> str:
        """What the applicant will read: the reason chosen, then the adviser's own words."""
        morceaux = (self.cleaned_data.get("motif", ""), self.cleaned_data.get("complement", ""))
        return ". ".join(morceau.strip().rstrip(".") for morceau in morceaux if morceau.strip())

    @property
    def precision(self) -> date | int | None:
        return self.cleaned_data.get(self.regle.precision) if self.regle.precision else None

    @property
    def textes(self) -> list[tuple[str, str]]:
        """What was typed, field by field, whether it could be accepted or not."""
        return [(str(champ.label), str(champ.value())) for champ in self if champ.value()]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if self.regle.motif_obligatoire and not self.errors and not self.motif:
            nom = "motif" if "motif" in self.fields else "complement"
            self.add_error(nom, "Donnez le motif : choisissez-en un, ou écrivez-le. La personne doit pouvoir le lire.")
        champ = self.regle.precision
        if champ and isinstance(self.precision, date) and (faute := self._faute_de_date(champ, self.precision)):
            self.add_error(champ, faute)
        return donnees

    def _faute_de_date(self, champ: Precision, jour: date) -> str:
        """Why this day cannot be, or nothing."""
        aujourd_hui, depot = timezone.localdate(), timezone.localdate(self.candidature.deposee_le)
        if jour < depot:
            return f"Ce jour est avant le dépôt de la candidature ({depot:%d/%m/%Y})."
        if champ in DEJA_PASSE and jour > aujourd_hui:
            return "Ce jour n’est pas encore venu : indiquez le jour où cela s’est fait."
        if champ in A_VENIR and jour < aujourd_hui:
            return "Ce jour est déjà passé : laissez au demandeur le temps de fournir la pièce."
        return "Ce jour est dans plus d’un an : vérifiez l’année." if jour > aujourd_hui + UN_AN else ""


def _choix_du_motif(motifs: Sequence[Motif], *, obligatoire: bool) -> forms.ChoiceField:
    """A choice that one's own words may replace, but where the law gives the list (R441-2-8)."""
    return forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisissez un motif"), *((motif.libelle, motif.libelle) for motif in motifs)],
        required=obligatoire,
        error_messages={
            "required": "Choisissez un motif d’irrecevabilité : la loi en donne la liste (article R441-2-8).",
            "invalid_choice": "Ce motif n’est pas proposé pour cette décision : choisissez-en un autre.",
        },
    )


def _champ(precision: Precision) -> forms.Field:
    libelle, aide = PRECISIONS[precision], AIDES.get(precision, "")
    if precision is Precision.RANG:
        erreurs = {
            "required": "Indiquez le rang.",
            "invalid": "Écrivez un nombre, par exemple 2.",
            "min_value": "Le rang est 2 ou plus : pour le rang 1, choisissez « Attribuer ».",
            "max_value": "Ce rang est trop grand.",
        }
        return forms.IntegerField(label=libelle, help_text=aide, min_value=2, max_value=99, error_messages=erreurs)
    erreurs = {"required": "Indiquez le jour.", "invalid": "Ce jour n’existe pas. Écrivez-le comme 24/11/2026."}
    formats = ["%Y-%m-%d", "%d/%m/%Y"]
    return forms.DateField(
        label=libelle, help_text=aide, widget=champ_date(), input_formats=formats, error_messages=erreurs
    )


class RetraitForm(forms.Form):
    """Why an offer is withdrawn: every applicant who waited for it reads this sentence."""

    motif = forms.CharField(
        label="Motif du retrait",
        help_text="Chaque personne qui avait postulé le lit dans son suivi et par e-mail.",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Donnez le motif : les personnes doivent pouvoir le lire."},
    )
