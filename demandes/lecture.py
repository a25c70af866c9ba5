"""A demand in words: the lines that the tab « infos NUR », the adviser and the company read.

The same lines, compared, say what an update changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from demandes import mots
from demandes.mots import NON_RENSEIGNE, euros
from demandes.pieces import MOTIFS_SENSIBLES
from demandes.sne import nomenclature as codes
from demandes.sne.dossier import Adulte, DossierSNE, PersonneACharge
from demandes.sne.traduction import comparables

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
        _rubrique("Demandeur", _adulte(dossier.demandeur, communes)),
        *(_rubrique(f"Codemandeur : {_nom(a)}", _adulte(a, communes)) for a in dossier.cotitulaires),
        _rubrique("Personnes à loger", _foyer(dossier)),
        _rubrique("Situation professionnelle", _travail(dossier, communes)),
        _rubrique("Ressources", _ressources(dossier)),
        _rubrique("Logement actuel", _logement_actuel(dossier, communes)),
        _rubrique("Logement recherché", _logement_recherche(dossier, communes)),
        _rubrique("Motif de la demande", _motifs(dossier, sensibles)),
        _rubrique("Dates de la demande", _dates(dossier)),
    ]
    if sensibles:
        return toutes
    gardees = [Rubrique(r.titre, tuple(ligne for ligne in r.lignes if not ligne.sensible)) for r in toutes]
    return [r for r in gardees if r.lignes]


def logement_actuel(dossier: DossierSNE) -> tuple[Ligne, ...]:
    """Where the household lives now; the first line says how it is housed."""
    return tuple(_logement_actuel(dossier, {}))


def _rubrique(titre: str, lignes: Iterator[Ligne]) -> Rubrique:
    """Two lines of one name (two salaries) are told apart by a number, or one would hide the other's changes."""
    vus: dict[str, int] = {}
    gardees = []
    for ligne in lignes:
        vus[ligne.libelle] = rang = vus.get(ligne.libelle, 0) + 1
        gardees.append(replace(ligne, libelle=f"{ligne.libelle} ({rang})") if rang > 1 else ligne)
    return Rubrique(titre, tuple(gardees))


def comparer(
    avant: DossierSNE, apres: DossierSNE, communes: dict[str, str], *, sensibles: bool = True
) -> list[Changement]:
    """What the registry says otherwise, line by line; what the older copy could not hold is no change."""
    avant, apres = comparables(avant, apres)
    return changements(rubriques(avant, communes, sensibles=sensibles), rubriques(apres, communes, sensibles=sensibles))


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
    travail = {adulte.commune_travail for adulte in dossier.adultes}
    adresses = {adulte.adresse.commune for adulte in dossier.adultes if adulte.adresse}
    souhaits = {localisation.commune for localisation in dossier.localisations}
    return (travail | adresses | souhaits | {dossier.logement_actuel.commune_possedee}) - {""}


def _nom(personne: Adulte | PersonneACharge) -> str:
    return f"{personne.prenom} {personne.nom}"


def _adulte(adulte: Adulte, communes: dict[str, str]) -> Iterator[Ligne]:
    yield Ligne("Civilité", codes.CIVILITES[adulte.civilite])
    yield Ligne("Nationalité", codes.NATIONALITES[adulte.nationalite], sensible=True)
    yield Ligne("Nom (nom d’usage ou d’époux)", adulte.nom)
    yield Ligne("Nom de naissance", adulte.nom_naissance)
    yield Ligne("Prénom", adulte.prenom)
    if adulte.nir:
        yield Ligne("Numéro de sécurité sociale", f"{adulte.nir}… (5 premiers chiffres)", sensible=True)
    yield Ligne("Date de naissance", mots.le(adulte.date_naissance))
    yield Ligne("Situation familiale", codes.SITUATIONS_FAMILIALES[adulte.situation_familiale])
    if adulte.adresse:
        yield Ligne("Adresse", mots.adresse(adulte.adresse, communes), sensible=True)
    yield Ligne("Téléphone portable", adulte.telephone or NON_RENSEIGNE)
    if adulte.telephone_domicile:
        yield Ligne("Téléphone du domicile", adulte.telephone_domicile, sensible=True)
    if adulte.telephone_travail:
        yield Ligne("Téléphone du travail", adulte.telephone_travail)
    yield Ligne("Mail personnel", adulte.mel or NON_RENSEIGNE)
    if adulte.invalidite:
        yield Ligne("Carte mobilité inclusion « invalidité »", "oui", sensible=True)


def _foyer(dossier: DossierSNE) -> Iterator[Ligne]:
    yield Ligne("Nombre de personnes", str(dossier.nombre_personnes))
    for a_charge in dossier.personnes_a_charge:
        yield Ligne(_nom(a_charge), mots.a_charge(a_charge))
    if dossier.nombre_a_naitre:
        attendus = f"{dossier.nombre_a_naitre}, pour le {mots.le(dossier.naissance_prevue_le)}"
        yield Ligne("Enfant à naître", attendus, sensible=True)
    if dossier.handicap:
        yield Ligne("Handicap d’une personne à loger", "oui", sensible=True)
    for personne in dossier.personnes:
        if personne.handicap:
            yield Ligne(f"{_nom(personne)}, handicap", mots.handicap(personne.handicap), sensible=True)


def _travail(dossier: DossierSNE, communes: dict[str, str]) -> Iterator[Ligne]:
    for adulte in dossier.adultes:
        employeur = f" chez {adulte.nom_employeur}" if adulte.nom_employeur else ""
        lieu = f", à {communes.get(adulte.commune_travail, adulte.commune_travail)}" if adulte.commune_travail else ""
        profession = f"{adulte.profession}, " if adulte.profession else ""
        yield Ligne(_nom(adulte), f"{profession}{codes.CONTRATS[adulte.contrat]}{employeur}{lieu}")
        if adulte.multi_employeur:
            yield Ligne(f"{_nom(adulte)}, plusieurs employeurs", "oui, le premier est l’employeur principal")
        if adulte.organisme_collecteur:
            yield Ligne(f"{_nom(adulte)}, organisme qui collecte la contribution", adulte.organisme_collecteur)


def _ressources(dossier: DossierSNE) -> Iterator[Ligne]:
    for personne in dossier.personnes:
        for ressource in personne.ressources:
            libelle = f"{_nom(personne)}, {codes.RESSOURCES[ressource.code].lower()}"
            sensible = ressource.code in RESSOURCES_SENSIBLES
            yield Ligne(libelle, f"{euros(ressource.montant)} par mois", sensible=sensible)
        for versement in personne.versees:
            libelle = f"{_nom(personne)}, {codes.VERSEMENTS[versement.code].lower()}"
            yield Ligne(libelle, f"{euros(versement.montant)} par mois", sensible=True)
        if isinstance(personne, Adulte):
            nom = _nom(personne)
            yield Ligne(f"{nom}, revenu fiscal {dossier.annee_n2}", euros(personne.rfr_n2), sensible=True)
            yield Ligne(f"{nom}, revenu fiscal {dossier.annee_n1}", euros(personne.rfr_n1), sensible=True)


def _logement_actuel(dossier: DossierSNE, communes: dict[str, str]) -> Iterator[Ligne]:
    logement = dossier.logement_actuel
    yield Ligne("Vous êtes logé", codes.MODELES_LOGEMENT[logement.modele])
    if logement.nom_hebergeant:
        yield Ligne("Chez", logement.nom_hebergeant)
    if logement.bailleur:
        yield Ligne("Bailleur", f"SIREN {logement.bailleur}")
    if logement.type:
        surface = f" de {logement.surface} m²" if logement.surface else ""
        yield Ligne("Type", f"{codes.TYPES_LOGEMENT[logement.type]}{surface}")
    if logement.loyer:
        yield Ligne("Loyer", f"{euros(logement.loyer)} par mois")
    if logement.aide_logement:
        yield Ligne("APL ou AL", f"{euros(logement.aide_logement)} par mois")
    if logement.proprietaire:
        lieu = communes.get(logement.commune_possedee, logement.commune_possedee)
        bien = ", ".join(filter(None, (codes.TYPES_LOGEMENT.get(logement.type_possede), lieu)))
        yield Ligne("Propriétaire d’un logement", f"oui : {bien}" if bien else "oui", sensible=True)


def _logement_recherche(dossier: DossierSNE, communes: dict[str, str]) -> Iterator[Ligne]:
    yield Ligne("Catégorie", codes.CATEGORIES_RECHERCHEES[dossier.categorie_recherchee])
    yield Ligne("Types souhaités", ", ".join(codes.TYPES_LOGEMENT[t] for t in dossier.types_recherches))
    if dossier.loyer_max:
        yield Ligne("Loyer maximum", f"{euros(dossier.loyer_max)} charges comprises")
    yield Ligne(
        "Communes, par ordre de préférence", ", ".join(mots.lieu(lieu, communes) for lieu in dossier.localisations)
    )
    if dossier.est_de_la_premiere_version:
        return
    yield Ligne("Recherche élargie à d’autres communes", mots.oui(dossier.demande_elargie))
    yield Ligne("Place de stationnement souhaitée", mots.oui(dossier.parking))
    yield Ligne("Rez-de-chaussée accepté", mots.oui(dossier.rdc_accepte))
    yield Ligne("Immeuble sans ascenseur accepté", mots.oui(dossier.sans_ascenseur_accepte))


def _motifs(dossier: DossierSNE, sensibles: bool) -> Iterator[Ligne]:
    """Numbered without a gap, or a missing number would tell that a reason is hidden.

    The words of « autre motif » are the applicant's own and may tell anything: they are hidden with the rest.
    """
    montres = [motif for motif in dossier.motifs if sensibles or motif not in MOTIFS_SENSIBLES]
    for rang, motif in enumerate(montres, start=1):
        precision = f" : {dossier.autre_motif}" if sensibles and motif == "23" and dossier.autre_motif else ""
        yield Ligne(f"Motif {rang}", f"{codes.MOTIFS[motif]}{precision}", sensible=motif in MOTIFS_SENSIBLES)
    if dossier.date_jugement:
        yield Ligne("Jugement d’expulsion", f"du {mots.le(dossier.date_jugement)}", sensible=True)
    yield from _dalo(dossier)


def _dalo(dossier: DossierSNE) -> Iterator[Ligne]:
    recours = dossier.recours_dalo
    if recours.statut != "NON":
        etat = "reconnu prioritaire" if dossier.dalo else codes.STATUTS_DALO[recours.statut].lower()
        quand = f", le {mots.le(recours.decide_le)}" if recours.decide_le else ""
        yield Ligne("Droit au logement opposable (DALO)", f"{etat}{quand}", sensible=True)
    if recours.typologie:
        yield Ligne("DALO, type de logement", codes.TYPES_LOGEMENT[recours.typologie], sensible=True)
    if recours.diagnostic_social:
        yield Ligne("DALO, diagnostic social", "oui", sensible=True)
    if recours.accompagnement_social:
        yield Ligne("DALO, accompagnement social", "oui", sensible=True)


def _dates(dossier: DossierSNE) -> Iterator[Ligne]:
    yield Ligne("Demande faite le", mots.le(dossier.date_creation))
    yield Ligne("Renouvelée le", mots.le(dossier.date_renouvellement))
    if dossier.date_derniere_piece:
        yield Ligne("Dernière pièce déposée le", mots.le(dossier.date_derniere_piece))
    if dossier.num_unique_associe:
        yield Ligne("Demande liée", dossier.num_unique_associe)
    if dossier.delai_anormalement_long:
        yield Ligne("Délai anormalement long", "oui, votre demande attend depuis plus longtemps que le délai fixé")
    if dossier.attributions_multiples:
        yield Ligne("Plusieurs attributions sous condition", "oui")
    yield Ligne("Notification sms", mots.oui(dossier.notif_sms))
    if not dossier.est_de_la_premiere_version:
        yield Ligne("Notification des événements par mail", mots.oui(dossier.notif_evt))
    if dossier.date_radiation:
        yield Ligne("Radiée le", mots.le(dossier.date_radiation))
