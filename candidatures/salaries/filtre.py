"""What the list is narrowed and sorted by: all in the address, so that reload, back and the export give the same."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.http import urlencode

from accounts.models import Entreprise
from candidatures.salaries import liste
from candidatures.statuts import ACTIFS, ETAPE_DE, ETAPES
from demandes.models import Consentement, Demande

ETATS: dict[str, tuple[str, Q]] = {
    "a-valider": ("Dossier à valider", Q(dossier_valide_le=None)),
    "sans": ("Sans candidature", Q(dossier_valide_le__isnull=False, statut_actif=None, bail_signe=False)),
    "en-cours": ("Candidature en cours", Q(statut_actif__isnull=False)),
    "loges": ("Bail signé", Q(bail_signe=True)),
}
EMPLOIS: dict[str, tuple[str, Q]] = {
    "a-confirmer": ("À confirmer", Q()),
    "confirmes": ("Confirmé", Q(emploi__confirme_le__isnull=False)),
    "infirmes": ("Non reconnu", Q(emploi__infirme_le__isnull=False)),
}
"""« À confirmer » is what `liste.dues` says is due."""


def _choix(libelle: str, choix: Iterable[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, required=False, choices=[("", "Tous"), *choix])


class FiltreForm(forms.Form):
    """A value that nobody offered filters nothing."""

    q = forms.CharField(label="Nom ou numéro unique", required=False, max_length=80)
    etat = _choix("État", [(cle, libelle) for cle, (libelle, _) in ETATS.items()])
    etape = _choix("Étape", [(str(etape.numero), f"{etape.numero}. {etape.libelle}") for etape in ETAPES[1:]])
    emploi = _choix("Emploi", [(cle, libelle) for cle, (libelle, _) in EMPLOIS.items()])
    a_faire = _choix("À faire", liste.A_FAIRE.items())
    etablissement = _choix("Établissement", [])
    tri = forms.ChoiceField(
        label="Trier par", required=False, choices=[(cle, libelle) for cle, (libelle, _) in liste.TRIS.items()]
    )

    def __init__(self, donnees: Any, entreprises: Iterable[Entreprise]) -> None:
        """`entreprises`: those the agent works for; whoever works for one is not asked which."""
        super().__init__(donnees)
        siennes = [(str(entreprise.pk), f"{entreprise.nom}, {entreprise.siret}") for entreprise in entreprises]
        if len(siennes) > 1:
            self.fields["etablissement"].choices = [("", "Tous"), *siennes]  # type: ignore[attr-defined]
        else:
            del self.fields["etablissement"]
        self.is_valid()

    @property
    def choix(self) -> dict[str, str]:
        """What narrows or sorts, without what means nothing."""
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if valeur}

    @property
    def requete(self) -> str:
        """The same for an address."""
        return urlencode(self.choix)

    @property
    def restreint(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.choix.keys() - {"tri"})

    def appliquer(self, demandes: "QuerySet[Demande]", jour: date) -> "QuerySet[Demande]":
        """`demandes` come from `liste.salaries_de`."""
        choix = self.choix
        for nom, conditions in (("etat", ETATS), ("emploi", EMPLOIS)):
            if choisi := choix.get(nom):
                demandes = demandes.filter(conditions[choisi][1])
        if choix.get("emploi") == "a-confirmer":
            demandes = demandes.filter(liste.dues("emploi", jour))
        if etape := choix.get("etape"):
            statuts = [statut for statut in sorted(ACTIFS) if ETAPE_DE[statut] == int(etape)]
            demandes = demandes.filter(Q(active__statut__in=statuts))
        if due := choix.get("a_faire"):
            demandes = demandes.filter(liste.dues(due, jour))
        if etablissement := choix.get("etablissement"):
            accords = Consentement.objects.en_cours().filter(entreprise_id=UUID(etablissement))
            demandes = demandes.filter(pk__in=accords.values("demande"))
        return liste.chercher(demandes, choix.get("q", "")).order_by(*liste.ordre(choix.get("tri", "")))
