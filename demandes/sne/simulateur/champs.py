"""The fields and the base form that the pages of the simulator share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from demandes.sne.simulateur import communes


def choix(table: dict[str, str], vide: str | None = None) -> list[tuple[str, str]]:
    return ([] if vide is None else [("", vide)]) + list(table.items())


class ChampDate(forms.DateField):
    """jj/mm/aaaa, as the portal asks for it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "jj/mm/aaaa")
        super().__init__(
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
            input_formats=["%d/%m/%Y", "%Y-%m-%d"],
            **options,
        )


class ChampTelephone(forms.CharField):
    """Ten digits, however they are spaced, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, help_text="10 chiffres", **options)

    def clean(self, value: Any) -> str:
        texte: str = super().clean(value)
        chiffres = "".join(signe for signe in texte if signe.isdecimal() and signe.isascii())
        if texte and len(chiffres) != 10:
            raise ValidationError("Un numéro de téléphone a 10 chiffres.")
        return chiffres


class ChampCommune(forms.CharField):
    """A commune by its name or its INSEE code; the value is the code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{communes.noms()[value]} ({value})" if value in communes.noms() else value

    def clean(self, value: Any) -> str:
        texte: str = super().clean(value)
        trouvees = communes.trouver(texte) if texte else ("",)
        if not trouvees:
            raise ValidationError("Cette commune n’existe pas. Écrivez son nom ou son code INSEE.")
        if len(trouvees) > 1:
            noms = ", ".join(f"{communes.noms()[code]} ({code})" for code in trouvees[:6])
            raise ValidationError(f"Plusieurs communes portent ce nom : {noms}. Recopiez la bonne.")
        return trouvees[0]


class Formulaire(forms.Form):
    """The form of one block of a demand. `groupes`: title and names of the fields, in the order of the page."""

    groupes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def sections(self) -> Iterable[tuple[str, list[forms.BoundField]]]:
        for titre, noms in self.groupes:
            yield titre, [self[nom] for nom in noms if nom in self.fields]
