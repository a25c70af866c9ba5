"""How the invented people of the simulator are written down: one compact line per adult, turned into `DossierSNE`.

Pure values. What follows from the rest is computed: tax income from the salaries, supporting documents from the
situation, the five digits of the NIR from the birth, dates of renewal from the day asked for.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from demandes.sne.dossier import (
    Adresse,
    Adulte,
    Civilite,
    Contrat,
    Dalo,
    DossierSNE,
    Handicap,
    Lien,
    Localisation,
    LogementActuel,
    PersonneACharge,
    Ressource,
    SituationFamiliale,
)
from demandes.sne.simulateur import communes
from demandes.sne.simulateur.communes import sans_accents
from demandes.sne.simulateur.peuple.depots import deposees

EMPLOYEURS = {
    "V": ("Ateliers Vauban", "12345678200010", "75112"),
    "L": ("Transports Loire-Océan", "22233344500013", "44109"),
    "R": ("Cliniques du Rhône", "33344455200017", "69383"),
    "P": ("Pain et Levain", "44455566800011", ""),
    "I": ("Intérim des Deux Rives", "55566677500013", ""),
    "M": ("Maison Lumière Nettoyage", "66677788300016", ""),
    "S": ("Comptoir des Saisons", "77788899100018", ""),
    "T": ("Textiles de Flandre", "88899900000019", ""),
    "A": ("Aéro Garonne", "99900011000018", ""),
    "H": ("Hospices du Midi", "10203040000018", ""),
    "O": ("Océan Indien Logistique", "20304050600016", ""),
    "C": ("Caraïbes Distribution", "30405060200016", ""),
    "B": ("Bretagne Salaisons", "40506070800014", ""),
    "": ("", "", ""),
}
"""Letter of a line → name, SIRET (invented, its two check digits right), commune where people work if it is one."""

VOIES = (
    *("rue de la République", "avenue Jean Jaurès", "rue Pasteur", "place de la Mairie", "rue des Écoles"),
    *("rue du Moulin", "allée des Tilleuls", "boulevard Voltaire", "rue Victor Hugo", "chemin des Vignes"),
)
QUARTIERS = ("", "", "Centre", "", "Gare", "", "Les Jardins")


@dataclass(frozen=True)
class Fiche:
    """One demand, as it is written in the modules beside this one.

    `personne` and `avec`: « civilité|NOM d'usage/NOM de naissance|Prénom|naissance|situation|contrat|profession|
    employeur|ressources », the birth name only when it differs; a co-applicant's line starts with « lien: ».
    `charge`: « Prénom sexe âge [garde] », `logement`: « modèle catégorie type surface loyer aide ».
    Days are counted back from the day the people are made.
    """

    numero: str
    personne: str
    logement: str
    communes: str
    types: str
    loyer_max: int
    motifs: str
    avec: tuple[str, ...] = ()
    charge: str = ""
    a_naitre: int = 0
    hebergeant: str = ""
    autre_motif: str = ""
    categorie: str = "A"
    nationalite: str = "1"
    jour: int = 0  # of the first registration; else from the number
    renouvelee: int | None = None  # days ago; else from the number
    radiee: int | None = None  # days ago
    sans_pieces: str = ""  # codes of the pièces that were not deposited
    rfr: tuple[tuple[int, int], ...] = ()  # N-1, N-2 of each adult; else from the salaries
    handicap: bool = False
    mobilite: str = ""  # of the demandeur: how many steps, then the aids: « 1 FAUTMA »
    invalidite: bool = False  # of the demandeur
    dalo: bool = False
    statut_dalo: str = ""  # CADUC or ACTREL
    versee: int = 0  # pension alimentaire that the demandeur pays
    ressource_a_charge: str = ""  # of the first dependant: « AAH 1016 »
    deux_employeurs: bool = False
    proprietaire: str = ""  # commune and type of what the household owns: « 69383 T3 »
    elargie: bool = False
    delai_long: bool = False
    motif_radiation: str = "RADREN"
    suffixe: str = ""  # of every e-mail, to tell namesakes apart
    mel: str = ""
    telephone: str = ""


def dossier(fiche: Fiche, rang: int, aujourd_hui: date) -> DossierSNE:
    """`rang`: position of the demand in the whole list, which gives its telephone numbers."""
    lignes = [f":{fiche.personne}", *fiche.avec]
    adultes = [_adulte(fiche, ligne, place, rang) for place, ligne in enumerate(lignes)]
    creation = _creation(fiche)
    renouvellement = _renouvellement(fiche, creation, aujourd_hui)
    modification = renouvellement or creation
    if fiche.radiee is None:
        modification = max(modification, aujourd_hui - timedelta(days=21))
    charge = tuple(_a_charge(texte, adultes[0].nom, aujourd_hui) for texte in fiche.charge.split(", ") if texte)
    if charge and fiche.ressource_a_charge:
        code, montant = fiche.ressource_a_charge.split()
        charge = (replace(charge[0], ressources=(Ressource(code, int(montant)),)), *charge[1:])
    nombre = len(adultes) + len(charge)
    pieces = tuple(
        piece
        for piece in deposees(fiche, adultes, bool(charge), aujourd_hui, modification)
        if piece.code not in fiche.sans_pieces.split()
    )
    return DossierSNE(
        num_unique=fiche.numero,
        num_guichet=fiche.numero[-5:],
        demandeur=adultes[0],
        cotitulaires=tuple(adultes[1:]),
        personnes_a_charge=charge,
        nombre_a_naitre=fiche.a_naitre,
        naissance_prevue_le=aujourd_hui + timedelta(days=100) if fiche.a_naitre else None,
        logement_actuel=_logement(fiche, nombre),
        categorie_recherchee=fiche.categorie,
        types_recherches=tuple(fiche.types.split()),
        loyer_max=fiche.loyer_max,
        localisations=tuple(
            Localisation(n, code, QUARTIERS[rang % 7] if n == 1 else "")
            for n, code in enumerate(fiche.communes.split(), start=1)
        ),
        motifs=tuple(sorted(fiche.motifs.split())),
        autre_motif=fiche.autre_motif,
        handicap=fiche.handicap or bool(fiche.mobilite),
        notif_sms=rang % 3 != 1,
        annee_n1=aujourd_hui.year - 1,
        annee_n2=aujourd_hui.year - 2,
        date_creation=creation,
        date_renouvellement=renouvellement,
        date_radiation=None if fiche.radiee is None else aujourd_hui - timedelta(days=fiche.radiee),
        motif_radiation="" if fiche.radiee is None else fiche.motif_radiation,
        date_derniere_modification=modification,
        pieces=pieces,
        recours_dalo=_dalo(fiche, creation, aujourd_hui),
        date_jugement=aujourd_hui - timedelta(days=75) if "05" in fiche.motifs.split() else None,
        parking=rang % 4 == 0,
        rdc_accepte=rang % 5 != 2,
        sans_ascenseur_accepte=not fiche.mobilite and rang % 3 != 0,
        demande_elargie=fiche.elargie,
        notif_evt=rang % 2 == 0,
        delai_anormalement_long=fiche.delai_long,
        date_derniere_piece=max((piece.deposee_le for piece in pieces), default=None),
    )


def _adulte(fiche: Fiche, texte: str, place: int, rang: int) -> Adulte:
    lien, _, ligne = texte.partition(":")
    civilite, noms, prenom, naissance, situation, contrat, profession, lettre, ressources = ligne.split("|")
    nom, _, nom_naissance = noms.partition("/")
    jour = date.fromisoformat(naissance)
    employeur, siret, commune = EMPLOYEURS[lettre]
    lues = tuple(Ressource(code, int(montant)) for code, montant in (r.split() for r in ressources.split(",") if r))
    imposable = 12 * sum(r.montant for r in lues if r.code in {"SAL", "RET", "CHO", "PAR", "PINV"})
    rfr_n1, rfr_n2 = fiche.rfr[place] if fiche.rfr else (round(imposable * 0.89), round(imposable * 0.87))
    local = sans_accents(f"{prenom}.{nom}").replace(" ", "-").replace("’", "-")
    return Adulte(
        civilite=Civilite(civilite),
        nom=nom,
        nom_naissance=nom_naissance or nom,
        prenom=prenom,
        date_naissance=jour,
        nationalite="1" if lien else fiche.nationalite,
        situation_familiale=SituationFamiliale(situation),
        telephone=(not lien and fiche.telephone) or f"063998{rang * 3 + place:04d}",
        mel=(not lien and fiche.mel) or f"{local}{fiche.suffixe}@exemple.fr",
        profession=profession,
        contrat=Contrat(contrat),
        nom_employeur=employeur,
        siret_employeur=siret,
        commune_travail=(commune or fiche.communes.split()[0]) if employeur else "",
        ressources=lues,
        rfr_n1=rfr_n1,
        rfr_n2=rfr_n2,
        nir=f"{civilite}{jour:%y%m}",
        lien=Lien(lien) if lien else None,
        invalidite=not lien and fiche.invalidite,
        adresse=_adresse(fiche, rang),
        multi_employeur=not lien and fiche.deux_employeurs,
        versees=(Ressource("PAV", fiche.versee),) if fiche.versee and not lien else (),
        handicap=_handicap(fiche.mobilite) if fiche.mobilite and not lien else None,
    )


def _adresse(fiche: Fiche, rang: int) -> Adresse:
    """Somewhere in the first commune wished for."""
    code = fiche.communes.split()[0]
    return Adresse(
        etranger=False,
        appartement=str(rang % 40 + 1) if rang % 3 else "",
        etage=str(rang % 9) if rang % 4 == 1 else "",
        escalier="",
        batiment="B" if rang % 6 == 0 else "",
        complement=f"chez {fiche.hebergeant}"[:33] if fiche.hebergeant else "",
        numero=str(rang * 7 % 120 + 1),
        voie=VOIES[rang % len(VOIES)],
        lieu_dit="",
        code_postal=communes.toutes()[code].code_postal,
        commune=code,
        localite="",
        pays="",
    )


def _handicap(mobilite: str) -> Handicap:
    marches, *aides = mobilite.split()
    equipements = ("DOUCHE", "ASCENS") if marches == "1" else ("ASCENS",)
    return Handicap(True, False, True, False, False, "STA", marches, tuple(aides), equipements, "")


def _dalo(fiche: Fiche, creation: date, aujourd_hui: date) -> Dalo:
    statut = "ACTIF" if fiche.dalo else fiche.statut_dalo or "NON"
    if statut == "NON":
        return Dalo()
    decision = min(creation + timedelta(days=240), aujourd_hui - timedelta(days=40))
    return Dalo(statut, decision, diagnostic_social=True, typologie=fiche.types.split()[-1])


def _creation(fiche: Fiche) -> date:
    """The month and year are in the number (MMAA after the territory)."""
    mois, annee, ordre = int(fiche.numero[3:5]), 2000 + int(fiche.numero[5:7]), int(fiche.numero[7:-5])
    return date(annee, mois, fiche.jour or 1 + ordre % 28)


def _renouvellement(fiche: Fiche, creation: date, aujourd_hui: date) -> date | None:
    if fiche.renouvelee is not None:
        return aujourd_hui - timedelta(days=fiche.renouvelee)
    if (aujourd_hui - creation).days < 330:
        return None
    return aujourd_hui - timedelta(days=15 + int(fiche.numero[7:-5]) % 270)


def _a_charge(texte: str, nom: str, aujourd_hui: date) -> PersonneACharge:
    prenom, sexe, age, *garde = texte.split()
    naissance = aujourd_hui - timedelta(days=round(365.25 * (int(age) + 0.4)))
    return PersonneACharge(nom[:24], prenom, naissance, sexe, "P" if int(age) > 60 else "E", "".join(garde))


def _logement(fiche: Fiche, nombre: int) -> LogementActuel:
    modele, categorie, type_actuel, surface, loyer, aide = fiche.logement.split()
    return LogementActuel(
        modele=modele,
        categorie=categorie,
        type="" if type_actuel == "-" else type_actuel,
        surface=int(surface) or None,
        loyer=int(loyer) or None,
        aide_logement=int(aide),
        nombre_habitants=nombre + (2 if fiche.hebergeant else 0),
        nom_hebergeant=fiche.hebergeant,
        bailleur="552000762" if modele == "HLM" else "",
        proprietaire=bool(fiche.proprietaire) or modele == "POCC",
        commune_possedee=fiche.proprietaire[:5],
        type_possede=fiche.proprietaire[6:],
    )
