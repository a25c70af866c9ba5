"""What has already happened when the demonstration opens: who applied, when, and what became of it.

Every act goes through `workflow.postuler` and `workflow.avancer`, like anyone's, on the day it happened.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from candidatures.statuts import Action

A = Action


class Avancement(IntEnum):
    """How far an account has gone in the import."""

    IMPORTEE = 1
    EMPLOYEUR = 2
    VALIDE = 3


@dataclass(frozen=True)
class Acte:
    """`jour` counts from today, negative in the past. `precision`: a rank for `CLASSER`, else such a day too."""

    action: Action
    jour: int
    precision: int | None = None
    motif: str = ""


@dataclass(frozen=True)
class Depot:
    """One candidature: the day it was made, then what followed."""

    jour: int
    suite: tuple[Acte, ...] = ()
    offre_retiree: str = ""  # why the owner withdraws the offer, in the end
    devant: tuple[Acte, ...] = ()  # what became of somebody else, who applied to the same dwelling


@dataclass(frozen=True)
class Vie:
    """A demand that has lived with the portal; days as in `Acte`.

    `renouvelee`: the last renewal when it was imported, if there was another since.
    """

    arrivee: int
    renouvelee: int | None = None
    radiee: int | None = None
    retablie: int | None = None


@dataclass(frozen=True)
class Parcours:
    avancement: Avancement = Avancement.VALIDE
    depots: tuple[Depot, ...] = field(default=())
    accord: bool = True
    accord_retire: bool = False
    emploi_du_codemandeur: bool = False
    emploi_confirme: bool = True
    importee_le: date | None = None
    """When not just before the first candidature."""
    vie: Vie | None = None


def _envoyee(depot: int, *suite: Acte, visite: int | None = None) -> Depot:
    """Made, validated a week later, sent to the owner two days after that."""
    debut = (Acte(A.VALIDER, depot + 7), Acte(A.TRANSMETTRE, depot + 9))
    visitee = (Acte(A.PROPOSER_VISITE, depot + 12, visite),) if visite is not None else ()
    return Depot(depot, (*debut, *visitee, *suite))


def _en_commission(depot: int, *suite: Acte) -> Depot:
    """The same, visited, and before the commission three weeks after it was made."""
    return _envoyee(depot, Acte(A.PASSER_EN_COMMISSION, depot + 17, depot + 21), *suite, visite=depot + 15)


PLUS_ANCIEN = "Un candidat plus prioritaire ou plus ancien a été retenu : demande de 2015, même taille de foyer."
PARCOURS: dict[str, Parcours] = {
    "franck.aubert@exemple.fr": Parcours(Avancement.IMPORTEE),
    "mathis.olivier@exemple.fr": Parcours(Avancement.IMPORTEE),
    "estelle.lambert@exemple.fr": Parcours(Avancement.EMPLOYEUR),
    "nicolas.leroy@exemple.fr": Parcours(),
    "romain.boucher@exemple.fr": Parcours(emploi_confirme=False),
    "gildas.le-roux@exemple.fr": Parcours(),
    "ange.bartoli@exemple.fr": Parcours(),
    "kim.tcheng@exemple.fr": Parcours(accord=False),
    "youssef.hamadi@exemple.fr": Parcours(accord_retire=True),
    "margaux.vidal@exemple.fr": Parcours(vie=Vie(-120)),
    "maelle.tanguy@exemple.fr": Parcours(vie=Vie(-200, radiee=-40)),
    "cedric.ferrand@exemple.fr": Parcours(vie=Vie(-160, renouvelee=-440, radiee=-44, retablie=-20)),
    "julie.marchand@exemple.fr": Parcours(
        depots=(
            Depot(
                -47,
                (
                    Acte(
                        A.INVALIDER,
                        -40,
                        motif="Pièces manquantes : le bulletin de salaire le plus récent n’était pas déposé.",
                    ),
                ),
            ),
            Depot(-1),
        )
    ),
    "solenn.le-goff@exemple.fr": Parcours(depots=(Depot(-2),), emploi_confirme=False),
    "lola.garcia@exemple.fr": Parcours(depots=(Depot(-1),)),
    "ousmane.n-diaye@exemple.fr": Parcours(depots=(Depot(-3),), emploi_confirme=False),
    "abdoulaye.cisse@exemple.fr": Parcours(depots=(Depot(-5, (Acte(A.VALIDER, -1),)),)),
    "delphine.picard@exemple.fr": Parcours(depots=(Depot(-6, (Acte(A.VALIDER, -2),)),), accord=False),
    "laure.chevalier@exemple.fr": Parcours(depots=(_envoyee(-21),)),
    "karine.lemaire@exemple.fr": Parcours(depots=(_envoyee(-16),)),
    "julien.dupuis@exemple.fr": Parcours(depots=(_envoyee(-15, visite=3),)),
    "nolwenn.caradec@exemple.fr": Parcours(depots=(_envoyee(-20, visite=-4),)),
    "serge.kouassi@exemple.fr": Parcours(
        depots=(
            _en_commission(-120, Acte(A.NON_ATTRIBUER, -98, motif=PLUS_ANCIEN)),
            _envoyee(-26, Acte(A.PASSER_EN_COMMISSION, -4, 7), visite=-9),
        )
    ),
    "amelie.vandenberghe@exemple.fr": Parcours(
        depots=(_envoyee(-25, Acte(A.PASSER_EN_COMMISSION, -6, 1), visite=-10),)
    ),
    "leila.mansouri@exemple.fr": Parcours(
        depots=(
            replace(
                _en_commission(-28, Acte(A.CLASSER, -6, 2)),
                devant=_en_commission(-28, Acte(A.ATTRIBUER, -6), Acte(A.PROPOSER, -3, -3)).suite,
            ),
        )
    ),
    "fatou.ouedraogo@exemple.fr": Parcours(
        depots=(_en_commission(-27, Acte(A.CONDITIONNER, -5, 12, "Avis d’imposition à fournir.")),)
    ),
    "charlotte.robin@exemple.fr": Parcours(depots=(_en_commission(-24, Acte(A.ATTRIBUER, -2)),)),
    "alicia.perez@exemple.fr": Parcours(
        depots=(_en_commission(-30, Acte(A.ATTRIBUER, -7), Acte(A.PROPOSER, -3, -3)),), emploi_du_codemandeur=True
    ),
    "elodie.schmitt@exemple.fr": Parcours(
        depots=(_en_commission(-40, Acte(A.ATTRIBUER, -17), Acte(A.PROPOSER, -13, -13), Acte(A.ACCEPTER, -6)),)
    ),
    "philippe.garnier@exemple.fr": Parcours(
        depots=(
            _en_commission(
                -62, Acte(A.ATTRIBUER, -40), Acte(A.PROPOSER, -37, -37), Acte(A.ACCEPTER, -30), Acte(A.SIGNER, -9, -9)
            ),
        )
    ),
    "marta.da-silva@exemple.fr": Parcours(depots=(_en_commission(-33, Acte(A.NON_ATTRIBUER, -11, motif=PLUS_ANCIEN)),)),
    "bilal.hamidi@exemple.fr": Parcours(
        depots=(
            Depot(
                -12, (Acte(A.INVALIDER, -5, motif="Données non à jour : le contrat déclaré a pris fin en septembre."),)
            ),
        )
    ),
    "odile.blanchard@exemple.fr": Parcours(depots=(Depot(-9, (Acte(A.ANNULER, -8),)),), importee_le=date(2021, 3, 8)),
    "ronan.cadiou@exemple.fr": Parcours(
        depots=(
            _en_commission(
                -45,
                Acte(A.ATTRIBUER, -23),
                Acte(A.PROPOSER, -20, -20),
                Acte(A.REFUSER, -14, motif="Transports ou écoles"),
            ),
        )
    ),
    "kevin.joubert@exemple.fr": Parcours(
        depots=(_en_commission(-48, Acte(A.ATTRIBUER, -26), Acte(A.PROPOSER, -24, -24), Acte(A.EXPIRER, -11)),)
    ),
    "pauline.richard@exemple.fr": Parcours(
        depots=(
            _en_commission(
                -35,
                Acte(A.DECLARER_IRRECEVABLE, -13, motif="Revenus au-dessus des plafonds du logement social (IRRRES)"),
            ),
        )
    ),
    "emre.yilmaz@exemple.fr": Parcours(
        depots=(Depot(-14, offre_retiree="Travaux plus longs que prévu dans l’immeuble."),)
    ),
}
RETRAIT = -6
"""The day the owner withdraws an offer."""
