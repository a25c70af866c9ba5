"""May this household apply to this dwelling? Each rule answers with its numbers and a sentence.

`examiner` reads its arguments and nothing else: no query, clock, setting or request. The list, the offer's page, the
refusal and the adviser's dossier all speak with these same sentences.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from demandes.models import Commune, Demande
from offres.models import Offre, Typologie
from offres.plafonds import Bareme

# « Pour 1 personne : T1 au T2 · Pour 2 personnes : T1 au T3 · Pour 3 personnes : T2 au T4 · Pour 4 personnes : T3 au T5
#   · Pour 5 personnes et plus : T4 et plus » (guide #0). T1 bis counts as T1 (usual practice).
T = Typologie
TYPOLOGIES = {
    1: (T.T1, T.T1_BIS, T.T2),
    2: (T.T1, T.T1_BIS, T.T2, T.T3),
    3: (T.T2, T.T3, T.T4),
    4: (T.T3, T.T4, T.T5),
    5: (T.T4, T.T5, T.T6),
}
EN_TOUTES_LETTRES = {1: "T1 ou T2", 2: "T1, T2 ou T3", 3: "T2, T3 ou T4", 4: "T3, T4 ou T5", 5: "T4 et plus"}

INSECABLE = "\u202f"


class Critere(StrEnum):
    TYPOLOGIE = "typologie"
    PLAFOND = "plafond"
    EFFORT = "effort"
    RESERVATION = "reservation"


TITRES = {
    Critere.TYPOLOGIE: "La taille du logement",
    Critere.PLAFOND: "Le plafond de revenus",
    Critere.EFFORT: "Un loyer d’environ un tiers de vos revenus",
    Critere.RESERVATION: "La réservation",
}


class Verdict(StrEnum):
    CONVIENT = "convient"
    PREVIENT = "previent"
    INCONNU = "inconnu"
    BLOQUE = "bloque"


@dataclass(frozen=True)
class Controle:
    """One rule applied. `constate` is compared with `attendu`: income with its ceiling, rent with the income."""

    critere: Critere
    verdict: Verdict
    phrase: str
    court: str
    attendu: int | None = None
    constate: int | None = None

    @property
    def titre(self) -> str:
        """What the check is about, as a heading."""
        return TITRES[self.critere]

    @property
    def pour_cent(self) -> int | None:
        """`constate` in percent of `attendu`."""
        if not self.attendu or self.constate is None:
            return None
        return round(self.constate * 100 / self.attendu)

    @property
    def part(self) -> int | None:
        """The same, for the length of a bar: at most 100."""
        return None if self.pour_cent is None else min(100, self.pour_cent)


@dataclass(frozen=True)
class Foyer:
    """What the rules know of a demand. Euros: `rfr` a year, `revenus` a month, of which `aide` is housing aid."""

    personnes: int
    categorie: int
    personnes_en_plus: int
    rfr: int | None
    annee_rfr: int
    revenus: int
    entreprise_id: UUID | None
    aide: int = 0

    @classmethod
    def de(cls, demande: Demande) -> "Foyer":
        """Read from the demand and its employer."""
        return cls(
            demande.nombre_personnes,
            demande.categorie_menage,
            demande.personnes_en_plus,
            demande.rfr,
            demande.annee_rfr,
            demande.revenus,
            demande.emploi.entreprise_id if hasattr(demande, "emploi") else None,
            demande.aide_logement,
        )

    @property
    def taille(self) -> int:
        return taille_de(self.personnes)

    @property
    def typologies(self) -> tuple[Typologie, ...]:
        return TYPOLOGIES[self.taille]

    @property
    def logements_possibles(self) -> str:
        """« T2, T3 ou T4 »."""
        return EN_TOUTES_LETTRES[self.taille]

    @property
    def tiers(self) -> int:
        """A third of the income, euros a month: the rent the guide advises."""
        return self.revenus // 3

    @property
    def en_clair(self) -> str:
        return en_clair(self.personnes)


def taille_de(personnes: int) -> int:
    """The line of the guide's table: 5 stands for five and more."""
    return max(1, min(5, personnes))


def en_clair(personnes: int) -> str:
    return f"{personnes} personne{'s' if personnes > 1 else ''}"


def examiner(foyer: Foyer, offre: Offre, bareme: Bareme) -> list[Controle]:
    """Every check of guide #0, in its order; the reservation only where there is one."""
    controles = [
        _typologie(foyer.personnes, offre.typologie),
        _plafond(foyer, offre, bareme),
        _effort(foyer, offre, bareme),
    ]
    if offre.reservee_a_id:
        controles.append(_reservation(foyer, offre))
    return controles


def convient(controles: list[Controle]) -> bool:
    """Whether nothing among them forbids to apply."""
    return all(controle.verdict is not Verdict.BLOQUE for controle in controles)


@lru_cache(maxsize=1_000)
def _typologie(personnes: int, typologie: str) -> Controle:
    taille, menage = taille_de(personnes), en_clair(personnes)
    verdict = Verdict.CONVIENT if typologie in TYPOLOGIES[taille] else Verdict.BLOQUE
    possibles = EN_TOUTES_LETTRES[taille]
    phrase = f"Vous êtes {menage} : {possibles}. Ce logement est un {Typologie(typologie).label}."
    court = "adapté à votre foyer" if verdict is Verdict.CONVIENT else f"pour {menage} : {possibles}"
    return Controle(Critere.TYPOLOGIE, verdict, phrase, court)


def _plafond(foyer: Foyer, offre: Offre, bareme: Bareme) -> Controle:
    """« Adéquation de votre revenu fiscal de référence avec des plafonds de ressources » (guide #0)."""
    plafond = bareme.plafond(offre.financement, offre.commune, foyer.categorie, foyer.personnes_en_plus)
    if plafond is None:
        phrase = f"Les plafonds de {offre.commune.nom} suivent d’autres textes : un conseiller les vérifiera avec vous."
        return Controle(Critere.PLAFOND, Verdict.INCONNU, phrase, "plafond à vérifier", constate=foyer.rfr)
    if foyer.rfr is None:
        phrase = (
            f"Votre revenu fiscal {foyer.annee_rfr} n’est pas connu du registre : complétez-le sur votre site "
            f"d’enregistrement. Plafond de ce logement : {euros(plafond)}."
        )
        return Controle(Critere.PLAFOND, Verdict.PREVIENT, phrase, "revenu fiscal à compléter", plafond)
    return _sous_plafond(foyer.rfr, foyer.annee_rfr, foyer.personnes, _ville(offre.commune).ou, plafond)


@lru_cache(maxsize=1_000)
def _sous_plafond(rfr: int, annee: int, personnes: int, ou: str, plafond: int) -> Controle:
    """The dwellings of a list share a few ceilings."""
    verdict = Verdict.CONVIENT if rfr <= plafond else Verdict.BLOQUE
    phrase = f"Vos revenus {annee} : {euros(rfr)}. "
    phrase += f"Plafond de ce logement pour {en_clair(personnes)} {ou} : {euros(plafond)}."
    if verdict is Verdict.BLOQUE:
        phrase += f" Vous le dépassez de {euros(rfr - plafond)}."
    court = "sous les plafonds" if verdict is Verdict.CONVIENT else f"plafond {euros(plafond)} dépassé"
    return Controle(Critere.PLAFOND, verdict, phrase, court, plafond, rfr)


def _effort(foyer: Foyer, offre: Offre, bareme: Bareme) -> Controle:
    """« Vous devez gagner (incluant le cas échéant l'AL ou l'APL) environ 3 fois le montant du loyer » (guide #0)."""
    loyer = offre.loyer_charges_comprises or 0
    trop, un_peu_trop = loyer * 100 > bareme.blocage * foyer.revenus, loyer * 100 > bareme.alerte * foyer.revenus
    verdict = Verdict.BLOQUE if trop else Verdict.PREVIENT if un_peu_trop else Verdict.CONVIENT
    if not foyer.revenus:
        phrase = f"Le loyer est de {euros(loyer)} et le registre ne connaît pas vos revenus : complétez-les d’abord."
        return Controle(Critere.EFFORT, verdict, phrase, "revenus à compléter", None, loyer)
    part = _pour_cent(loyer, foyer.revenus, (bareme.alerte, bareme.blocage))
    suite = {
        Verdict.CONVIENT: "",
        Verdict.PREVIENT: f" C’est un peu plus du tiers conseillé ({bareme.alerte} %).",
        Verdict.BLOQUE: f" C’est trop : {bareme.blocage} % au plus.",
    }[verdict]
    phrase = f"Le loyer est de {euros(loyer)}, soit {part} de vos revenus ({euros(foyer.revenus)} par mois).{suite}"
    phrase += _sans_l_aide(foyer, loyer, verdict)
    court = f"{part} de vos revenus" + (", un peu plus du tiers" if verdict is Verdict.PREVIENT else "")
    return Controle(Critere.EFFORT, verdict, phrase, court, foyer.revenus, loyer)


def _pour_cent(loyer: int, revenus: int, seuils: tuple[int, int]) -> str:
    """« 27 % »; « plus de 38 % » where rounding would hide that a threshold is passed."""
    arrondi = round(loyer * 100 / revenus)
    passe = arrondi in seuils and loyer * 100 > arrondi * revenus
    return f"plus de {arrondi} %" if passe else f"{arrondi} %"


def _sans_l_aide(foyer: Foyer, loyer: int, verdict: Verdict) -> str:
    """The same effort without housing aid: the aid declared is counted, what another dwelling brings is unknown."""
    if not foyer.aide:
        aucune = " Votre demande ne déclare aucune aide au logement (AL ou APL) : si vous en touchez une, elle compte."
        return aucune if verdict is not Verdict.CONVIENT else ""
    propres = foyer.revenus - foyer.aide
    compte = f" Ce calcul compte l’aide au logement que vous touchez aujourd’hui ({euros(foyer.aide)})"
    return (
        f"{compte} ; sans elle : {round(loyer * 100 / propres)} %." if propres > 0 else f"{compte}, votre seul revenu."
    )


def _reservation(foyer: Foyer, offre: Offre) -> Controle:
    if offre.reservee_a_id == foyer.entreprise_id:
        phrase = "Ce logement est réservé aux salariés de votre entreprise."
        return Controle(Critere.RESERVATION, Verdict.CONVIENT, phrase, "réservé à votre entreprise")
    phrase = "Ce logement est réservé aux salariés d’une autre entreprise."
    return Controle(Critere.RESERVATION, Verdict.BLOQUE, phrase, "réservé à une autre entreprise")


def euros(montant: int) -> str:
    """« 1 038 € », with narrow no-break spaces."""
    return f"{montant:,}".replace(",", INSECABLE) + "\u00a0€"


def _ville(commune: Commune) -> Commune:
    """Paris for one of its arrondissements: ceilings are the whole city's."""
    return commune.parent or commune
