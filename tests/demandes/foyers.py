"""Households in a few words, for the table of documents: codes are the registry's, ages are on 22 November 2026."""

from dataclasses import replace
from datetime import date

from demandes.sne import dossier as sne
from tests.factories import adulte, dossier

NOVEMBRE = date(2026, 11, 22)


def une_personne(
    contrat: str = "CDI",
    *,
    famille: str = "C",
    nationalite: str = "1",
    recoit: str = "",
    verse: str = "",
    lien: str = "",
) -> sne.Adulte:
    """`recoit` and `verse`: codes of resources, separated by spaces."""
    return adulte(
        contrat=sne.Contrat(contrat),
        situation_familiale=sne.SituationFamiliale(famille),
        nationalite=nationalite,
        ressources=tuple(sne.Ressource(code, 500) for code in recoit.split()),
        versees=tuple(sne.Ressource(code, 100) for code in verse.split()),
        lien=sne.Lien(lien) if lien else None,
    )


def avec(contrat: str = "CDI", **details: str) -> sne.Adulte:
    """Denis, the co-applicant."""
    lien = details.pop("lien", "C")
    denis = une_personne(contrat, lien=lien, **details)
    return replace(denis, prenom="Denis", nom="Gigi", date_naissance=date(1987, 3, 2))


def a_charge(ne_le: str, *, lien: str = "E", garde: str = "", recoit: str = "") -> sne.PersonneACharge:
    """Léo, born on that day."""
    ressources = tuple(sne.Ressource(code, 300) for code in recoit.split())
    return sne.PersonneACharge("Gigi", "Léo", date.fromisoformat(ne_le), "M", lien, garde, ressources=ressources)


def foyer(
    *personnes: sne.Adulte | sne.PersonneACharge, logement: str = "SD", motifs: str = "13", a_naitre: int = 0
) -> sne.DossierSNE:
    """Without anybody: an employee on a permanent contract, single. « SD » and motif 13 call for no document."""
    adultes = [personne for personne in personnes if isinstance(personne, sne.Adulte)] or [une_personne()]
    base = dossier()
    return replace(
        base,
        demandeur=adultes[0],
        cotitulaires=tuple(adultes[1:]),
        personnes_a_charge=tuple(p for p in personnes if isinstance(p, sne.PersonneACharge)),
        nombre_a_naitre=a_naitre,
        logement_actuel=replace(base.logement_actuel, modele=logement),
        motifs=tuple(motifs.split()),
        pieces=(),
    )
