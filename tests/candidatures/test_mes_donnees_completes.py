"""The export forgets nothing: every column of every model about a person, and every line of the registry."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from candidatures.mes_donnees import colonnes, registre
from demandes.sne import dossier as sne
from demandes.sne.traduction import dossier_vers_json
from tests.demandes.demande_complete import demande_complete
from tests.factories import adulte, dossier


def etiquette(modele: type[models.Model]) -> str:
    return f"{modele._meta.app_label}.{modele._meta.object_name}"


ORGANISMES = {"offres.Bailleur"}
"""Its address is an organisation's, which a supervisor types."""


def de_la_personne(modele: type[models.Model], connus: set[type[models.Model]]) -> bool:
    """Whether rows of this model are about a person: a link to one, an identifier without a key, or an address."""
    if etiquette(modele) in ORGANISMES:
        return False
    for champ in modele._meta.get_fields():
        if not isinstance(champ, models.Field):
            continue
        if (champ.many_to_one or champ.one_to_one) and champ.related_model in connus:
            return True
        if isinstance(champ, models.UUIDField) and not champ.primary_key and not champ.is_relation:
            return True
        if isinstance(champ, models.EmailField):
            return True
    return False


def modeles_personnels() -> set[type[models.Model]]:
    connus: set[type[models.Model]] = {User}
    while True:
        nouveaux = {m for m in apps.get_models() if m not in connus and de_la_personne(m, connus)}
        if not nouveaux:
            return connus
        connus |= nouveaux


def colonnes_de(modele: type[models.Model]) -> Iterator[str]:
    for champ in modele._meta.get_fields():
        if isinstance(champ, models.Field):
            yield champ.name


def test_every_column_of_every_table_about_a_person_is_exported_or_left_out_with_a_reason() -> None:
    oublies = []
    for modele in modeles_personnels():
        nom = etiquette(modele)
        if nom in colonnes.ECARTS:
            continue
        exportees = {champ.split(":")[0].removesuffix("_id") for champ in colonnes.EXPORTEES.get(nom, ())}
        exportees |= {champ.split(":")[0] for champ in colonnes.EXPORTEES.get(nom, ())}
        for colonne in colonnes_de(modele):
            if colonne in exportees or colonne == colonnes.LIENS.get(nom) or f"{nom}.{colonne}" in colonnes.ECARTS:
                continue
            oublies.append(f"{nom}.{colonne}")
    assert oublies == []


def test_the_walk_finds_the_tables_one_knows_of_and_every_table_of_ours_is_decided() -> None:
    trouves = {etiquette(modele) for modele in modeles_personnels()}
    assert set(colonnes.EXPORTEES) <= trouves
    assert {"accounts.Appartenance", "mfa.Authenticator", "usersessions.UserSession"} <= trouves


def test_what_is_left_out_still_exists_and_says_why() -> None:
    for cle, raison in colonnes.ECARTS.items():
        app, nom, *colonne = cle.split(".")
        modele = apps.get_model(app, nom)
        assert len(raison) > 8
        if colonne:
            assert modele._meta.get_field(colonne[0])
            assert colonne[0] not in {c.split(":")[0] for c in colonnes.EXPORTEES[f"{app}.{nom}"]}


def riche() -> sne.DossierSNE:
    """A demand with something distinct in every line of the registry."""
    mariage = adulte(
        nom="DUVERGER",
        nom_naissance="MARTINEZ",
        prenom="OCTAVE",
        lien=sne.Lien.CONJOINT,
        mel="octave@exemple.fr",
        telephone="0611223344",
        invalidite=True,
        nationalite="3",
    )
    enfant = sne.PersonneACharge("DUVERGER", "PRUNE", date(2019, 1, 2), "M", "E", "G", True)
    return dossier(
        cotitulaires=(mariage,),
        personnes_a_charge=(enfant,),
        nombre_a_naitre=1,
        naissance_prevue_le=date(2027, 2, 3),
        logement_actuel=sne.LogementActuel("LP", "M", "T2", 43, 777, 123, 4, "M. HEBERGEUR"),
        motifs=("06", "23"),
        autre_motif="RAPPROCHEMENT",
        handicap=True,
        recours_dalo=sne.Dalo("ACTIF"),
        date_radiation=date(2026, 10, 11),
        motif_radiation="RADREN",
        pieces=(sne.PieceDeposee("PID1", "Carte d’identité", date(2026, 3, 4)),),
    )


def feuilles(valeur: Any, cle: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(valeur, dict):
        for nom, dedans in valeur.items():
            yield from feuilles(dedans, nom)
    elif isinstance(valeur, list):
        for dedans in valeur:
            yield from feuilles(dedans, cle)
    else:
        yield cle, valeur


CODEES = {
    *("civilite", "nationalite", "situationFamiliale", "typeContratTravail", "code", "lienDemandeur", "sexe", "lien"),
    *("garde", "carteInvalidite", "modeleLogement", "categorie", "type", "types", "commune", "communeTravail"),
    *("motifs", "motifRadiation", "handicap", "statut", "notifSms", "rang", "etat", "marches", "aides", "equipements"),
    *("typologie", "communePropriete", "typePropriete"),
}
"""Said in words on paper, rather than by their code."""


@pytest.mark.parametrize("lu", [riche(), demande_complete()], ids=["riche", "complete"])
def test_every_line_of_the_registry_is_read_in_words(lu: sne.DossierSNE) -> None:
    texte = " ".join(
        f"{ligne.libelle} {ligne.valeur}" for r in registre.au_complet(lu, {"75111": "Paris 11e"}) for ligne in r.lignes
    ).replace("\u202f", "")
    for cle, valeur in feuilles(dossier_vers_json(lu)):
        if cle in CODEES or cle == "numUnique" or not valeur or valeur is True:
            continue
        ecrit = (
            f"{date.fromisoformat(valeur):%d/%m/%Y}" if re.fullmatch(r"\d{4}-\d\d-\d\d", str(valeur)) else str(valeur)
        )
        assert ecrit in texte, (cle, valeur)


def test_the_codes_of_the_registry_are_read_in_words() -> None:
    texte = str(registre.au_complet(riche(), {}))
    for mots in (
        "Conjoint(e)",
        "Hors Union européenne",
        "Masculin",
        "garde alternée",
        "Maison",
        "DALO",
        "Handicap",
        "PID1",
    ):
        assert mots in texte, mots
