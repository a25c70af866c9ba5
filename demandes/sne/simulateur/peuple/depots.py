"""The pièces that an invented person has already deposited, from the situation."""

from datetime import date
from typing import TYPE_CHECKING

from demandes.sne import nomenclature
from demandes.sne.dossier import Adulte, Contrat, PieceDeposee

if TYPE_CHECKING:
    from demandes.sne.simulateur.peuple.fiches import Fiche

MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)

EN_STRUCTURE = {"RS", "RHVS", "RE", "SH", "CDEFCM", "SLHT"}
DE_LA_RESSOURCE = {"PAR": "PENSIO", "PINV": "RETRAI", "BE": "BOURSE", "AUT": "INDEMN"}
DU_MOTIF = {
    "01": "SANSLO",
    "03": "INDECE",
    "04": "CONGE",
    "05": "EXPULS",
    "06": "VIOLEN",
    "07": "HANDIC",
    "08": "MEDICA",
    "09": "DEPENS",
    "15": "REGROU",
    "16": "AGREME",
    "18": "MUTATI",
    "19": "TRAJET",
    "22": "APUREM",
}


def deposees(
    fiche: "Fiche", adultes: list[Adulte], enfants: bool, aujourd_hui: date, depot: date
) -> list[PieceDeposee]:
    """What this situation calls for (arrêté of 22 December 2020), deposited with the last change; each adult his."""
    codes = [code for adulte in adultes for code in _d_un_adulte(adulte)]
    codes += ["ENFANT"] * enfants + ["GROSSE"] * bool(fiche.a_naitre)
    situations = {"M": "MARIAG", "P": "PACS", "D": "DIVORC", "S": "SEPARA", "V": "VEUVAG"}
    codes += [situations[a.situation_familiale] for a in adultes[:1] if a.situation_familiale in situations]
    modele = fiche.logement.split()[0]
    codes += ["BAIL", "QUITTA"] * (modele in {"HLM", "LP"}) + ["PATRIM"] * (modele == "HLM")
    codes += ["HEBERG"] * (modele in {"CP", "CPE", "LTG"}) + ["STRUCT"] * (modele in EN_STRUCTURE)
    codes += [DU_MOTIF[motif] for motif in fiche.motifs.split() if motif in DU_MOTIF]
    salaries = sum(a.contrat in {Contrat.CDI, Contrat.CDD, Contrat.APPRENTI} for a in adultes)
    return [PieceDeposee(code, nomenclature.PIECES[code], depot) for code in codes] + [
        _bulletin(aujourd_hui, recul) for recul in (1, 2, 3) for _ in range(salaries)
    ]


def _d_un_adulte(adulte: Adulte) -> list[str]:
    codes = ["SEJOUR" if adulte.nationalite == "3" else "IDENT", "AVISN1", "AVISN2"]
    contrats = {"ART": "BILAN", "CHO": "CHOMAG", "RET": "RETRAI", "ETU": "ETUDIA", "APP": "APPREN", "AUT": "SITUAT"}
    codes += [contrats[adulte.contrat]] if adulte.contrat in contrats else []
    recues = {ressource.code for ressource in adulte.ressources}
    codes += ["PRESTA"] * bool(recues & {"AF", "AAH", "AEEH", "AJPP", "RSA", "PAJE"})
    return codes + [code for ressource, code in DE_LA_RESSOURCE.items() if ressource in recues]


def _bulletin(aujourd_hui: date, recul: int) -> PieceDeposee:
    """The pay slip of `recul` months ago, deposited on the 3rd of the month that followed."""
    mois, annee = (aujourd_hui.month - 1 - recul) % 12, aujourd_hui.year - (aujourd_hui.month <= recul)
    suivant = date(annee + mois // 11, (mois + 1) % 12 + 1, 3)
    libelle = f"Bulletin de salaire du mois {'d’' if MOIS[mois][0] in 'ao' else 'de '}{MOIS[mois]} {annee}"
    return PieceDeposee("BULLET", libelle, min(suivant, aujourd_hui))
