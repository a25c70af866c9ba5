"""Until when, and what a delay gone by changes, in the applicant's words."""

from datetime import date

from candidatures.attente.regle import Attente, Tour
from candidatures.models import Candidature
from candidatures.statuts import AVANT_TRANSMISSION, Statut


def jusqu_a_quand(candidature: Candidature, attente: Attente, jour: date) -> str:
    """« Habituellement 3 jours, au plus tard le 14/12/2026. », and who is freed then."""
    if retard := attente.retard(jour):
        passee = f"La limite était le {attente.limite_le:%d/%m/%Y} : elle est dépassée depuis {jours(retard)}."
        return f"{passee}{_libre(attente, jour)}"
    if attente.fixee:
        silence = " Sans réponse, la loi y voit un refus." if candidature.statut == Statut.PROPOSEE else ""
        return f"Avant le {attente.limite_le:%d/%m/%Y} au soir.{silence}"
    limite = f"au plus tard le {attente.limite_le:%d/%m/%Y}"
    usuel = _usuel(candidature, attente, jour)
    phrase = usuel + (limite if usuel.endswith(", ") else limite.capitalize()) + "."
    return f"{phrase[0].upper()}{phrase[1:]}{_libre(attente, jour)}"


def en_retard(candidature: Candidature, attente: Attente, jour: date) -> str:
    """What being late changes and what he can do; empty while it is not."""
    if not attente.retard(jour):
        return ""
    ecrire = "Vous pouvez nous écrire : nous voyons la même date que vous."
    match attente.tour:
        case Tour.ACTION_LOGEMENT:
            return (
                "Nous sommes en retard, et nous vous le devons. Votre dossier est maintenant en tête de la file de nos "
                f"conseillers. Vous pouvez encore annuler pour postuler ailleurs. {ecrire}"
            )
        case Tour.BAILLEUR:
            return (
                f"{candidature.offre.bailleur.nom} est en retard. Votre dossier est signalé en tête de la file de nos "
                f"conseillers, qui peuvent le relancer ; votre candidature reste valable. {ecrire}"
            )
        case Tour.DEMANDEUR:
            return f"Le délai pour répondre est passé, ce qui vaut refus. {ecrire}"


def jours(nombre: int) -> str:
    return "moins d’un jour" if nombre == 0 else f"{nombre} jour{'s' if nombre > 1 else ''}"


def _libre(attente: Attente, jour: date) -> str:
    """When the clock will free him, if it will."""
    if attente.liberation_le is None or attente.liberation_le < jour:
        return ""
    libre = f"{attente.liberation_le:%d/%m/%Y}"
    return f" Sans suite le {libre} au soir, vous êtes libéré d’office et pouvez postuler ailleurs."


def _usuel(candidature: Candidature, attente: Attente, jour: date) -> str:
    """How long it usually takes, and from when; nothing where the limit comes first."""
    if attente.usuelle_le >= attente.limite_le:
        return ""
    match Statut(candidature.statut):
        case statut if statut in AVANT_TRANSMISSION and attente.depart_le == candidature.offre.date_limite:
            apres = f"{jours(attente.usuel)} après la date limite de l’offre ({attente.depart_le:%d/%m/%Y})"
            return f"habituellement {apres}, "
        case Statut.TRANSMISE:
            bailleur = candidature.offre.bailleur
            usuel, depuis = bailleur.delai_usuel.en_clair, jours(candidature.jours_dans_le_statut(jour))
            return f"{bailleur.nom} répond en général en {usuel} ; votre dossier y est depuis {depuis}. "
        case Statut.VISITE | Statut.EN_COMMISSION if attente.depart_le > jour:
            quoi = "la visite" if candidature.statut == Statut.VISITE else "la séance"
            return f"habituellement {jours(attente.usuel)} après {quoi}, "
        case _:
            return f"habituellement {jours(attente.usuel)}, "
