"""A demand in words: the lines that the tab « infos NUR », the adviser and the company read.

The same lines, compared, say what an update changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demandes.pieces import MOTIFS_SENSIBLES
from demandes.sne import nomenclature as codes
from demandes.sne.dossier import Adulte, DossierSNE, LogementActuel, PersonneACharge

INSECABLE = "\u202f"
NON_RENSEIGNE = "non renseigné"
RESSOURCES_SENSIBLES = {"AAH", "AEEH", "AJPP", "PINV"}
"""Allowances and pensions that tell of a disability or an illness."""


@dataclass(frozen=True)
class Ligne:
    """`sensible` lines are hidden from a company's housing service, and said to be hidden (RGPD art. 9)."""

    libelle: str
    valeur: str
    sensible: bool = False


@dataclass(frozen=True)
class Rubrique:
    titre: str
    lignes: tuple[Ligne, ...]


@dataclass(frozen=True)
class Changement:
    """One line that an update changed."""

    rubrique: str
    libelle: str
    avant: str
    apres: str


def rubriques(dossier: DossierSNE, communes: dict[str, str], *, sensibles: bool = True) -> list[Rubrique]:
    """The whole demand in words. `communes` gives the names of the INSEE codes it holds (see `codes_communes`)."""
    toutes = [
        Rubrique("Demandeur", tuple(_adulte(dossier.demandeur))),
        *(Rubrique(f"Codemandeur : {_nom(a)}", tuple(_adulte(a))) for a in dossier.cotitulaires),
        Rubrique("Personnes à loger", tuple(_foyer(dossier))),
        Rubrique("Situation professionnelle", tuple(_travail(dossier, communes))),
        Rubrique("Ressources", tuple(_ressources(dossier))),
        Rubrique("Logement actuel", logement_actuel(dossier)),
        Rubrique("Logement recherché", tuple(_logement_recherche(dossier, communes))),
        Rubrique("Motif de la demande", tuple(_motifs(dossier, sensibles))),
        Rubrique("Dates de la demande", tuple(_dates(dossier))),
    ]
    if sensibles:
        return toutes
    gardees = [Rubrique(r.titre, tuple(ligne for ligne in r.lignes if not ligne.sensible)) for r in toutes]
    return [r for r in gardees if r.lignes]


def logement_actuel(dossier: DossierSNE) -> tuple[Ligne, ...]:
    """Where the household lives now; the first line says how it is housed."""
    return tuple(_logement_actuel(dossier.logement_actuel))


def changements(avant: list[Rubrique], apres: list[Rubrique]) -> list[Changement]:
    """The lines that differ, in the order of the page."""
    anciennes = {(r.titre, ligne.libelle): ligne.valeur for r in avant for ligne in r.lignes}
    nouvelles = {(r.titre, ligne.libelle): ligne.valeur for r in apres for ligne in r.lignes}
    return [
        Changement(titre, libelle, anciennes.get((titre, libelle), "rien"), nouvelles.get((titre, libelle), "rien"))
        for titre, libelle in dict.fromkeys([*nouvelles, *anciennes])
        if anciennes.get((titre, libelle)) != nouvelles.get((titre, libelle))
    ]


def codes_communes(dossier: DossierSNE) -> set[str]:
    """Every INSEE code that the words need a name for."""
    travail = {adulte.commune_travail for adulte in dossier.adultes if adulte.commune_travail}
    return travail | {localisation.commune for localisation in dossier.localisations}


def euros(montant: int | None) -> str:
    """« 1 038 € », with narrow no-break spaces."""
    if montant is None:
        return NON_RENSEIGNE
    return f"{montant:,}".replace(",", INSECABLE) + "\u00a0€"


def _jour(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else NON_RENSEIGNE


def _nom(adulte: Adulte) -> str:
    return f"{adulte.prenom} {adulte.nom}"


def _adulte(adulte: Adulte) -> Iterator[Ligne]:
    yield Ligne("Civilité", codes.CIVILITES[adulte.civilite])
    yield Ligne("Nationalité", codes.NATIONALITES[adulte.nationalite], sensible=True)
    yield Ligne("Nom (nom d’usage ou d’époux)", adulte.nom)
    yield Ligne("Nom de naissance", adulte.nom_naissance)
    yield Ligne("Prénom", adulte.prenom)
    if adulte.nir:
        yield Ligne("Numéro de sécurité sociale", f"{adulte.nir}… (5 premiers chiffres)", sensible=True)
    yield Ligne("Date de naissance", _jour(adulte.date_naissance))
    yield Ligne("Situation familiale", codes.SITUATIONS_FAMILIALES[adulte.situation_familiale])
    yield Ligne("Téléphone portable", adulte.telephone or NON_RENSEIGNE)
    yield Ligne("Mail personnel", adulte.mel or NON_RENSEIGNE)
    if adulte.invalidite:
        yield Ligne("Carte mobilité inclusion « invalidité »", "oui", sensible=True)


def _foyer(dossier: DossierSNE) -> Iterator[Ligne]:
    yield Ligne("Nombre de personnes", str(dossier.nombre_personnes))
    for personne in dossier.personnes_a_charge:
        yield Ligne(f"{personne.prenom} {personne.nom}", _a_charge(personne))
    if dossier.nombre_a_naitre:
        attendus = f"{dossier.nombre_a_naitre}, pour le {_jour(dossier.naissance_prevue_le)}"
        yield Ligne("Enfant à naître", attendus, sensible=True)
    if dossier.handicap:
        yield Ligne("Handicap d’une personne à loger", "oui", sensible=True)


def _a_charge(personne: PersonneACharge) -> str:
    garde = f", {codes.GARDES[personne.garde].lower()}" if personne.garde else ""
    return f"{codes.LIENS_A_CHARGE[personne.lien]}, né(e) le {_jour(personne.date_naissance)}{garde}"


def _travail(dossier: DossierSNE, communes: dict[str, str]) -> Iterator[Ligne]:
    for adulte in dossier.adultes:
        employeur = f" chez {adulte.nom_employeur}" if adulte.nom_employeur else ""
        lieu = f", à {communes.get(adulte.commune_travail, adulte.commune_travail)}" if adulte.commune_travail else ""
        profession = f"{adulte.profession}, " if adulte.profession else ""
        yield Ligne(_nom(adulte), f"{profession}{codes.CONTRATS[adulte.contrat]}{employeur}{lieu}")


def _ressources(dossier: DossierSNE) -> Iterator[Ligne]:
    for adulte in dossier.adultes:
        for ressource in adulte.ressources:
            libelle = f"{_nom(adulte)}, {codes.RESSOURCES[ressource.code].lower()}"
            sensible = ressource.code in RESSOURCES_SENSIBLES
            yield Ligne(libelle, f"{euros(ressource.montant)} par mois", sensible=sensible)
        yield Ligne(f"{_nom(adulte)}, revenu fiscal {dossier.annee_n2}", euros(adulte.rfr_n2), sensible=True)
        yield Ligne(f"{_nom(adulte)}, revenu fiscal {dossier.annee_n1}", euros(adulte.rfr_n1), sensible=True)


def _logement_actuel(logement: LogementActuel) -> Iterator[Ligne]:
    yield Ligne("Vous êtes logé", codes.MODELES_LOGEMENT[logement.modele])
    if logement.nom_hebergeant:
        yield Ligne("Chez", logement.nom_hebergeant)
    if logement.type:
        surface = f" de {logement.surface} m²" if logement.surface else ""
        yield Ligne("Type", f"{codes.TYPES_LOGEMENT[logement.type]}{surface}")
    if logement.loyer:
        yield Ligne("Loyer", f"{euros(logement.loyer)} par mois")
    if logement.aide_logement:
        yield Ligne("APL ou AL", f"{euros(logement.aide_logement)} par mois")


def _logement_recherche(dossier: DossierSNE, communes: dict[str, str]) -> Iterator[Ligne]:
    yield Ligne("Catégorie", codes.CATEGORIES_RECHERCHEES[dossier.categorie_recherchee])
    yield Ligne("Types souhaités", ", ".join(codes.TYPES_LOGEMENT[t] for t in dossier.types_recherches))
    if dossier.loyer_max:
        yield Ligne("Loyer maximum", f"{euros(dossier.loyer_max)} charges comprises")
    souhaits = sorted(dossier.localisations, key=lambda localisation: localisation.rang)
    yield Ligne("Communes, par ordre de préférence", ", ".join(communes.get(s.commune, s.commune) for s in souhaits))


def _motifs(dossier: DossierSNE, sensibles: bool) -> Iterator[Ligne]:
    """Numbered without a gap, or a missing number would tell that a reason is hidden."""
    montres = [motif for motif in dossier.motifs if sensibles or motif not in MOTIFS_SENSIBLES]
    for rang, motif in enumerate(montres, start=1):
        precision = f" : {dossier.autre_motif}" if motif == "23" and dossier.autre_motif else ""
        yield Ligne(f"Motif {rang}", f"{codes.MOTIFS[motif]}{precision}", sensible=motif in MOTIFS_SENSIBLES)
    if dossier.dalo:
        yield Ligne("Droit au logement opposable (DALO)", "reconnu prioritaire", sensible=True)


def _dates(dossier: DossierSNE) -> Iterator[Ligne]:
    yield Ligne("Demande faite le", _jour(dossier.date_creation))
    yield Ligne("Renouvelée le", _jour(dossier.date_renouvellement))
    yield Ligne("Notification sms", "oui" if dossier.notif_sms else "non")
    if dossier.date_radiation:
        yield Ligne("Radiée le", _jour(dossier.date_radiation))
