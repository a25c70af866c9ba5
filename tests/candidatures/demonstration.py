"""Who is at which stage of the demonstration."""

from candidatures.statuts import Statut
from demandes.models import Demande

STATUTS = {
    "julie.marchand": Statut.DEPOSEE,
    "abdoulaye.cisse": Statut.VALIDEE,
    "bilal.hamidi": Statut.INVALIDEE,
    "odile.blanchard": Statut.ANNULEE,
    "laure.chevalier": Statut.TRANSMISE,
    "julien.dupuis": Statut.VISITE,
    "serge.kouassi": Statut.EN_COMMISSION,
    "leila.mansouri": Statut.CLASSEE,
    "fatou.ouedraogo": Statut.SOUS_CONDITION,
    "charlotte.robin": Statut.ATTRIBUEE,
    "marta.da-silva": Statut.NON_ATTRIBUEE,
    "pauline.richard": Statut.IRRECEVABLE,
    "alicia.perez": Statut.PROPOSEE,
    "elodie.schmitt": Statut.ACCEPTEE,
    "ronan.cadiou": Statut.REFUSEE,
    "kevin.joubert": Statut.SANS_REPONSE,
    "philippe.garnier": Statut.BAIL_SIGNE,
    "emre.yilmaz": Statut.RETIREE,
}


def demande_de(nom: str) -> Demande:
    return Demande.objects.get(demandeur__email=f"{nom}@exemple.fr")
