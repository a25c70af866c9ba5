"""What the registry says of one demand, as frozen values.

Field names are the French words of the Cerfa 14069; codes are those of the ministry's interface (version 02.01).
Dates are `datetime.date`, amounts are whole euros (a month for `ressources` and `loyer`, a year for `rfr`).
A field with a default is one that older dated copies may lack.
Nothing here knows Django: the client builds a `DossierSNE` from JSON, `demandes.importation` stores it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Civilite(StrEnum):
    MONSIEUR = "1"
    MADAME = "2"


class Contrat(StrEnum):
    """Professional situation of one person."""

    CDI = "CDI"
    CDD = "CDD"
    ARTISAN = "ART"
    CHOMAGE = "CHO"
    APPRENTI = "APP"
    ETUDIANT = "ETU"
    RETRAITE = "RET"
    AUTRE = "AUT"


class SituationFamiliale(StrEnum):
    CELIBATAIRE = "C"
    MARIE = "M"
    DIVORCE = "D"
    SEPARE = "S"
    PACSE = "P"
    CONCUBIN = "U"
    VEUF = "V"


class Lien(StrEnum):
    """How a co-applicant is tied to the demandeur."""

    CONJOINT = "M"
    PACSE = "P"
    CONCUBIN = "C"
    COLOCATAIRE = "L"


@dataclass(frozen=True, slots=True)
class Ressource:
    """What one person receives (or pays) in euros a month. `code`: SAL, RET, CHO, PAR, PINV, AF, AAH… (or PAV)."""

    code: str
    montant: int


@dataclass(frozen=True, slots=True)
class Adresse:
    """Where the post arrives. Outside France (`etranger`), `localite` and `pays` stand for `commune`."""

    etranger: bool
    appartement: str
    etage: str
    escalier: str
    batiment: str
    complement: str
    numero: str
    voie: str
    lieu_dit: str
    code_postal: str
    commune: str  # INSEE code, or empty
    localite: str
    pays: str


@dataclass(frozen=True, slots=True)
class Handicap:
    """The disability of one person and what the dwelling needs (Cerfa 14069, « complément handicap »)."""

    reconnu: bool
    referent: bool
    moteur: bool
    sensoriel: bool
    autre: bool
    etat: str  # STA stable, EVO évolutif, or empty
    marches: str  # 1 none, 2 one to three, 3 one storey, 4 more, or empty
    aides: tuple[str, ...]
    equipements: tuple[str, ...]
    besoin: str


@dataclass(frozen=True, slots=True)
class Adulte:
    """The demandeur or one co-applicant."""

    civilite: Civilite
    nom: str  # nom d'usage ou d'époux
    nom_naissance: str
    prenom: str
    date_naissance: date
    nationalite: str  # 1 française, 2 Union européenne, 3 hors UE
    situation_familiale: SituationFamiliale
    telephone: str
    mel: str
    profession: str
    contrat: Contrat
    nom_employeur: str
    siret_employeur: str  # 14 digits, or empty
    commune_travail: str  # INSEE code, or empty
    ressources: tuple[Ressource, ...]
    rfr_n1: int | None
    rfr_n2: int | None
    nir: str = ""  # its first 5 digits, never more (domain note §9)
    lien: Lien | None = None  # None for the demandeur
    invalidite: bool = False  # CMI-invalidité
    telephone_domicile: str = ""
    telephone_travail: str = ""
    adresse: Adresse | None = None
    multi_employeur: bool = False  # the employer's fields are those of the main one
    organisme_collecteur: str = ""
    versees: tuple[Ressource, ...] = ()
    handicap: Handicap | None = None


@dataclass(frozen=True, slots=True)
class PersonneACharge:
    nom: str
    prenom: str
    date_naissance: date
    sexe: str  # M or F
    lien: str  # P parent, E enfant, A autre
    garde: str = ""  # "" full time, G garde alternée, D droit de visite
    invalidite: bool = False
    ressources: tuple[Ressource, ...] = ()
    versees: tuple[Ressource, ...] = ()
    handicap: Handicap | None = None


@dataclass(frozen=True, slots=True)
class LogementActuel:
    modele: str  # HLM, LP, CP (chez un particulier), CPE, LTG, POCC… (domain note §4.2)
    categorie: str  # A appartement, M maison
    type: str  # C, T1 … T5, T6P, or empty
    surface: int | None  # m²
    loyer: int | None  # euros a month
    aide_logement: int  # APL or AL, euros a month
    nombre_habitants: int | None
    nom_hebergeant: str = ""
    bailleur: str = ""  # SIREN, or empty
    proprietaire: bool = False  # of any dwelling, here or elsewhere
    commune_possedee: str = ""  # INSEE code, or empty
    type_possede: str = ""


@dataclass(frozen=True, slots=True)
class Localisation:
    """A commune wished for, in the applicant's order of preference (rank 1 first)."""

    rang: int
    commune: str  # INSEE code
    quartier: str = ""


@dataclass(frozen=True, slots=True)
class Dalo:
    """What the commission of mediation decided (droit au logement opposable)."""

    statut: str = "NON"  # ACTIF is a priority; CADUC, ACTREL (housed) no longer are
    decide_le: date | None = None
    diagnostic_social: bool = False
    accompagnement_social: bool = False
    typologie: str = ""


@dataclass(frozen=True, slots=True)
class PieceDeposee:
    """A supporting document that the registry holds."""

    code: str
    libelle: str
    deposee_le: date


@dataclass(frozen=True, slots=True)
class DossierSNE:
    """One demand as the registry gave it."""

    num_unique: str
    num_guichet: str
    demandeur: Adulte
    cotitulaires: tuple[Adulte, ...]
    personnes_a_charge: tuple[PersonneACharge, ...]
    nombre_a_naitre: int
    naissance_prevue_le: date | None
    logement_actuel: LogementActuel
    categorie_recherchee: str  # A appartement, M maison, I indifférent
    types_recherches: tuple[str, ...]  # C, T1 … T6P
    loyer_max: int | None  # euros a month, charges included
    localisations: tuple[Localisation, ...]
    motifs: tuple[str, ...]  # 01 … 23
    autre_motif: str
    handicap: bool  # of somebody in the household; each person's own is with that person
    notif_sms: bool
    annee_n1: int  # the year of income that `rfr_n1` is about
    annee_n2: int
    date_creation: date  # first registration: what ancienneté counts from
    date_renouvellement: date | None
    date_radiation: date | None
    motif_radiation: str  # RADATT, RADABA, RADCON, RADIRR, RADREN, or empty
    date_derniere_modification: date
    pieces: tuple[PieceDeposee, ...]
    recours_dalo: Dalo = Dalo()
    date_jugement: date | None = None  # of eviction
    parking: bool = False
    rdc_accepte: bool = True
    sans_ascenseur_accepte: bool = True
    demande_elargie: bool = False  # other communes than those named would do
    notif_evt: bool = False
    delai_anormalement_long: bool = False
    attributions_multiples: bool = False  # several attributions under condition at once
    num_unique_associe: str = ""
    date_derniere_piece: date | None = None
    est_de_la_premiere_version: bool = False  # a dated copy made before the fields with a default were asked for

    @property
    def dalo(self) -> bool:
        """Recognised as a priority, today."""
        return self.recours_dalo.statut == "ACTIF"

    @property
    def ressources_mensuelles(self) -> int:
        """Euros a month that everybody to house receives, APL and AL apart (article L442-12)."""
        return sum(ressource.montant for personne in self.personnes for ressource in personne.ressources)

    @property
    def personnes(self) -> "tuple[Adulte | PersonneACharge, ...]":
        """Everybody to house who is born."""
        return (*self.adultes, *self.personnes_a_charge)

    @property
    def adultes(self) -> tuple[Adulte, ...]:
        """The demandeur, then the co-applicants."""
        return (self.demandeur, *self.cotitulaires)

    @property
    def nombre_personnes(self) -> int:
        """Persons to house, the children to come included (Cerfa 14069, box « personnes à loger »)."""
        return len(self.adultes) + len(self.personnes_a_charge) + self.nombre_a_naitre
