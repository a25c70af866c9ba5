"""The translation of the registry's JSON lets nothing in that the contract does not name."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from demandes.sne import client
from demandes.sne.simulateur.personnes import personnes
from demandes.sne.traduction import FormeInattendue, dossier_depuis_json, dossier_vers_json
from tests.registre import Registre

ANNE = "111092062114ACLOG"
JOUR = date(2026, 11, 22)
EXEMPLE = dossier_vers_json(personnes(JOUR)[0])


def chemins(valeur: Any, prefixe: str = "") -> Iterator[str]:
    """The path of every key, lists seen through their first element."""
    if isinstance(valeur, list):
        yield from chemins(valeur[0], prefixe) if valeur else ()
    elif isinstance(valeur, dict):
        for cle, contenu in valeur.items():
            yield f"{prefixe}{cle}"
            yield from chemins(contenu, f"{prefixe}{cle}.")


def remplacer(contenu: dict[str, Any], chemin: str, valeur: Any) -> dict[str, Any]:
    resultat = copy.deepcopy(contenu)
    objet: Any = resultat
    *etapes, derniere = chemin.split(".")
    for etape in etapes:
        objet = objet[etape][0] if isinstance(objet[etape], list) else objet[etape]
    objet[derniere] = valeur
    return resultat


def test_every_key_of_the_contract_is_mandatory(registre: Registre):
    client.lire_dossier(ANNE)
    for chemin in chemins(EXEMPLE):
        registre.panne("incomplet", cle_retiree=chemin)
        with pytest.raises(client.ReponseInvalide):
            client.lire_dossier(ANNE)


@pytest.mark.parametrize("mauvaise", [{}, [], [1], {"a": 1}, 7.5, "zzz" * 100, "\x00", 10**9], ids=repr)
def test_a_value_of_the_wrong_kind_is_refused_wherever_it_is(mauvaise: Any):
    for chemin in chemins(EXEMPLE):
        if mauvaise == [] and chemin in LISTES_VIDES_PERMISES:
            continue
        with pytest.raises(FormeInattendue):
            dossier_depuis_json(remplacer(EXEMPLE, chemin, mauvaise))


LISTES_VIDES_PERMISES = {"cotitulaires", "personnesACharge", "pieces", "demandeur.ressourcesMensuelles"} | {
    "cotitulaires.ressourcesMensuelles"
}


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("demandeur.civilite", "3"),
        ("demandeur.nationalite", "4"),
        ("demandeur.typeContratTravail", "CDx"),
        ("demandeur.dateNaissance", "1989-02-30"),
        ("demandeur.dateNaissance", "19890519"),
        ("demandeur.dateNaissance", "19/05/1989"),
        ("demandeur.nom", "   "),
        ("demandeur.mel", "anne@"),
        ("demandeur.mel", "anne@exemple.fr\nBcc: x@y.fr"),
        ("demandeur.siretEmployeur", "1234"),
        ("demandeur.nir", "2890575111222334455"),
        ("demandeur.revenuFiscal.rfrAnneeMoins2", True),
        ("demandeur.revenuFiscal.rfrAnneeMoins2", 18340.5),
        ("cotitulaires.revenuFiscal.anneeMoins1", 2019),
        ("cotitulaires.lienDemandeur", "Z"),
        ("logementActuel.modeleLogement", "IGLOO"),
        ("logementRecherche.types", []),
        ("logementRecherche.types", ["T2", "T2"]),
        ("logementRecherche.localisations", []),
        ("logementRecherche.localisations.commune", "7511"),
        ("motifs", ["24"]),
        ("motifs", []),
        ("dalo.statut", "PEUT-ETRE"),
        ("handicap", "oui"),
        ("motifRadiation", "RADATT"),
        ("numUnique", ""),
    ],
)
def test_an_unknown_code_or_an_impossible_value_is_refused(chemin: str, valeur: Any):
    with pytest.raises(FormeInattendue) as refus:
        dossier_depuis_json(remplacer(EXEMPLE, chemin, valeur))

    assert chemin.split(".")[0] in refus.value.propriete


def test_of_a_longer_social_security_number_only_five_digits_are_kept():
    dossier = dossier_depuis_json(remplacer(EXEMPLE, "demandeur.nir", "289057511122233"))

    assert dossier.demandeur.nir == "28905"
    assert "289057511122233" not in json.dumps(dossier_vers_json(dossier))


def test_every_invented_person_survives_the_round_trip():
    for dossier in personnes(JOUR):
        assert dossier_depuis_json(json.loads(json.dumps(dossier_vers_json(dossier)))) == dossier
