"""JSON of the registry (docs/registre.md) to and from `DossierSNE`. No Django here.

What comes from the registry is first held against the contract, so that half a demand never enters the portal. The
portal keeps its dated copies in this same JSON: they were checked when they came, and those made before a key existed
are read with its default.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from demandes.sne.cles import AJOUTS, CLES
from demandes.sne.contrat import FormeInattendue, verifier
from demandes.sne.dossier import DossierSNE

__all__ = [
    "FormeInattendue",
    "Radiation",
    "adresse_depuis_json",
    "comparables",
    "dossier_depuis_instantane",
    "dossier_depuis_json",
    "dossier_vers_json",
    "radiations_depuis_json",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Radiation:
    """A demand that the registry struck off. `motif_radiation`: a key of `nomenclature.RADIATIONS`."""

    num_unique: str
    date_radiation: date
    motif_radiation: str


def adresse_depuis_json(donnees: object, numero: str) -> str:
    """The contact address of the demand `numero`.

    Raises `FormeInattendue`, also when the answer is about another demand.
    """
    reponse = verifier("contact", donnees)
    if reponse["numUnique"] != numero:
        raise FormeInattendue("numUnique")
    adresse: str = reponse["mel"]
    return adresse


def radiations_depuis_json(donnees: object) -> list[Radiation]:
    """The struck-off demands. Raises `FormeInattendue`."""
    return [
        Radiation(lue["numUnique"], date.fromisoformat(lue["dateRadiation"]), lue["motifRadiation"])
        for lue in verifier("radiations", donnees)
    ]


def dossier_depuis_json(donnees: object) -> DossierSNE:
    """One whole demand, as the registry sends it. Raises `FormeInattendue`."""
    contenu = verifier("demande", donnees)
    rangs = [lieu["rang"] for lieu in contenu["logementRecherche"]["localisations"]]
    if len(set(rangs)) != len(rangs):
        raise FormeInattendue("logementRecherche.localisations")
    for n, adulte in enumerate(contenu["cotitulaires"]):
        if _annees(adulte) != _annees(contenu["demandeur"]):
            raise FormeInattendue(f"cotitulaires[{n}].revenuFiscal")
    return dossier_depuis_instantane(contenu)


def dossier_depuis_instantane(contenu: Mapping[str, Any], *, sans_ajouts: bool = False) -> DossierSNE:
    """One dated copy, whatever the version of the contract that it was made with.

    `sans_ajouts` leaves out what the first version did not have, to compare with a copy made then.
    """
    ancienne = sans_ajouts or AJOUTS[DossierSNE]["delai_anormalement_long"] not in contenu
    lu = _lire(DossierSNE, contenu, ancienne)
    localisations = tuple(sorted(lu.localisations, key=lambda lieu: lieu.rang))
    adultes = [replace(adulte, nir=adulte.nir[:5]) for adulte in lu.adultes]
    return replace(
        lu,
        localisations=localisations,
        demandeur=adultes[0],
        cotitulaires=tuple(adultes[1:]),
        est_de_la_premiere_version=ancienne,
    )


def comparables(avant: DossierSNE, apres: DossierSNE) -> tuple[DossierSNE, DossierSNE]:
    """Both with what both may hold: a copy of the first version knew less, which is not a change."""
    if avant.est_de_la_premiere_version == apres.est_de_la_premiere_version:
        return avant, apres
    lus = (dossier_depuis_instantane(dossier_vers_json(dossier), sans_ajouts=True) for dossier in (avant, apres))
    return next(lus), next(lus)


def dossier_vers_json(dossier: DossierSNE) -> dict[str, Any]:
    """The inverse of `dossier_depuis_json`."""
    contenu = _ecrire(dossier)
    del contenu["demandeur"]["lienDemandeur"]
    for adulte in contenu["cotitulaires"]:
        adulte["revenuFiscal"] |= dict(zip(("anneeMoins1", "anneeMoins2"), _annees(contenu["demandeur"]), strict=True))
    return contenu


def _annees(adulte: Mapping[str, Any]) -> tuple[int, int]:
    revenu = adulte["revenuFiscal"]
    return revenu["anneeMoins1"], revenu["anneeMoins2"]


class _Champ(NamedTuple):
    """How one field is read and written. `obligatoire`: it has no default."""

    nom: str
    chemin: tuple[str, ...]
    obligatoire: bool
    ajout: bool
    lire: Callable[[Any, bool], Any]
    ecrire: Callable[[Any], Any]


def _champs(classe: Any) -> tuple[_Champ, ...]:
    types = get_type_hints(classe)
    ajouts = AJOUTS.get(classe, {})
    cles = CLES[classe] | ajouts
    return tuple(
        _Champ(
            champ.name,
            tuple(cles[champ.name].split(".")),
            champ.default is MISSING,
            champ.name in ajouts,
            _lecteur(types[champ.name]),
            _redacteur(types[champ.name]),
        )
        for champ in fields(classe)
        if champ.name in cles
    )


def _lecteur(genre: Any) -> Callable[[Any, bool], Any]:
    """What turns a JSON value into one of this type; its second argument is `sans_ajouts`."""
    if get_origin(genre) is UnionType:
        present = _lecteur(get_args(genre)[0])
        return lambda valeur, sans: None if valeur is None else present(valeur, sans)
    if get_origin(genre) is tuple:
        element = _lecteur(get_args(genre)[0])
        return lambda valeur, sans: tuple(element(un, sans) for un in valeur)
    if genre in CLES:
        return lambda valeur, sans: _lire(genre, valeur, sans)
    if genre is date:
        return lambda valeur, _sans: date.fromisoformat(valeur)
    return lambda valeur, _sans: genre(valeur)


def _redacteur(genre: Any) -> Callable[[Any], Any]:
    """The inverse of `_lecteur`."""
    if get_origin(genre) is UnionType:
        present = _redacteur(get_args(genre)[0])
        return lambda valeur: None if valeur is None else present(valeur)
    if get_origin(genre) is tuple:
        element = _redacteur(get_args(genre)[0])
        return lambda valeur: [element(un) for un in valeur]
    if genre in CLES:
        return _ecrire
    if genre is date:
        return date.isoformat
    if issubclass(genre, StrEnum):
        return lambda valeur: valeur.value
    return lambda valeur: valeur


ABSENT = object()


def _lire(classe: type[T], contenu: Mapping[str, Any], sans_ajouts: bool) -> T:
    lus = {}
    for champ in CHAMPS[classe]:
        if sans_ajouts and champ.ajout and not champ.obligatoire:
            continue
        valeur: Any = contenu
        for etape in champ.chemin:
            valeur = valeur.get(etape, ABSENT)
        if valeur is not ABSENT or champ.obligatoire:
            lus[champ.nom] = champ.lire(valeur, sans_ajouts)
    return classe(**lus)


def _ecrire(objet: Any) -> dict[str, Any]:
    contenu: dict[str, Any] = {}
    for champ in CHAMPS[type(objet)]:
        bloc = contenu
        *blocs, cle = champ.chemin
        for etape in blocs:
            bloc = bloc.setdefault(etape, {})
        bloc[cle] = champ.ecrire(getattr(objet, champ.nom))
    return contenu


CHAMPS = {classe: _champs(classe) for classe in CLES}
"""How each block is read and written, worked out once."""
