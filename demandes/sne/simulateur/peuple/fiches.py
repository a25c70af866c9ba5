"""How the invented people of the simulator are written down: one compact line per adult, turned into `DossierSNE`.

Pure values. What follows from the rest is computed: tax income from the salaries, supporting documents from the
situation, the five digits of the NIR from the birth, dates of renewal from the day asked for.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from demandes.sne import nomenclature
from demandes.sne.dossier import (
    Adulte,
    Civilite,
    Contrat,
    DossierSNE,
    Lien,
    Localisation,
    LogementActuel,
    PersonneACharge,
    PieceDeposee,
    Ressource,
    SituationFamiliale,
)

EMPLOYEURS = {
    "V": ("Ateliers Vauban", "12345678200010", "75112"),
    "L": ("Transports Loire-Océan", "22233344500013", "44109"),
    "R": ("Cliniques du Rhône", "33344455200017", "69383"),
    "P": ("Pain et Levain", "44455566800011", ""),
    "I": ("Intérim des Deux Rives", "55566677500013", ""),
    "M": ("Maison Lumière Nettoyage", "66677788300016", ""),
    "S": ("Comptoir des Saisons", "77788899100018", ""),
    "": ("", "", ""),
}
"""Letter of a line → name, SIRET (invented, its two check digits right), commune where people work if it is one."""

MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)


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
    invalidite: bool = False  # of the demandeur
    dalo: bool = False
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
    nombre = len(adultes) + len(charge)
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
        localisations=tuple(Localisation(n, code) for n, code in enumerate(fiche.communes.split(), start=1)),
        motifs=tuple(sorted(fiche.motifs.split())),
        autre_motif=fiche.autre_motif,
        handicap=fiche.handicap,
        dalo=fiche.dalo,
        notif_sms=rang % 3 != 1,
        annee_n1=aujourd_hui.year - 1,
        annee_n2=aujourd_hui.year - 2,
        date_creation=creation,
        date_renouvellement=renouvellement,
        date_radiation=None if fiche.radiee is None else aujourd_hui - timedelta(days=fiche.radiee),
        motif_radiation="" if fiche.radiee is None else "RADREN",
        date_derniere_modification=modification,
        pieces=tuple(
            piece
            for piece in _pieces(fiche, adultes, bool(charge), aujourd_hui, modification)
            if piece.code not in fiche.sans_pieces.split()
        ),
    )


def sans_accents(texte: str) -> str:
    """Lower case, accents dropped: « Zoé » → « zoe »."""
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c)).lower()


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
        mel=(not lien and fiche.mel) or f"{local}@exemple.fr",
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
    )


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
    )


def _pieces(fiche: Fiche, adultes: list[Adulte], enfants: bool, aujourd_hui: date, depot: date) -> list[PieceDeposee]:
    """What this situation calls for (arrêté of 22 December 2020), deposited with the last change."""
    codes = ["SEJOUR" if fiche.nationalite == "3" else "IDENT", "AVISN1", "AVISN2"]
    codes += ["ENFANT"] * enfants + ["GROSSE"] * bool(fiche.a_naitre)
    situations = {"M": "MARIAG", "P": "PACS", "D": "DIVORC", "V": "VEUVAG"}
    codes += [situations[a.situation_familiale] for a in adultes[:1] if a.situation_familiale in situations]
    contrats = {"ART": "BILAN", "CHO": "CHOMAG", "RET": "RETRAI", "ETU": "ETUDIA", "APP": "APPREN"}
    codes += [contrats[a.contrat] for a in adultes if a.contrat in contrats]
    if any(r.code in {"AF", "AAH", "AEEH", "RSA", "PAJE"} for a in adultes for r in a.ressources):
        codes.append("PRESTA")
    modele = fiche.logement.split()[0]
    codes += ["BAIL", "QUITTA"] * (modele in {"HLM", "LP"}) + ["HEBERG"] * (modele in {"CP", "CPE", "LTG"})
    motifs = {"03": "INDECE", "04": "CONGE", "05": "EXPULS", "06": "VIOLEN", "07": "HANDIC", "08": "MEDICA"}
    motifs |= {"15": "REGROU", "16": "AGREME", "18": "MUTATI", "19": "TRAJET"}
    codes += [motifs[motif] for motif in fiche.motifs.split() if motif in motifs]
    pieces = [PieceDeposee(code, nomenclature.PIECES[code], depot) for code in dict.fromkeys(codes)]
    if any(a.contrat in {Contrat.CDI, Contrat.CDD, Contrat.APPRENTI} for a in adultes):
        pieces += [_bulletin(aujourd_hui, recul) for recul in (1, 2, 3)]
    return pieces


def _bulletin(aujourd_hui: date, recul: int) -> PieceDeposee:
    """The pay slip of `recul` months ago, deposited on the 3rd of the month that followed."""
    mois, annee = (aujourd_hui.month - 1 - recul) % 12, aujourd_hui.year - (aujourd_hui.month <= recul)
    suivant = date(annee + mois // 11, (mois + 1) % 12 + 1, 3)
    libelle = f"Bulletin de salaire du mois {'d’' if MOIS[mois][0] in 'ao' else 'de '}{MOIS[mois]} {annee}"
    return PieceDeposee("BULLET", libelle, min(suivant, aujourd_hui))
