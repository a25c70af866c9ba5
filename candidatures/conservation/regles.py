"""The table: what leaves, when, why, and how. « Mes données » and the published text say the same durations."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from candidatures.conservation import dues, gestes
from candidatures.conservation.duree import Duree


class Regle(NamedTuple):
    """`quoi` leaves `delai`. `dues` gives the rows whose time was over at a moment; `faire` treats a batch of them."""

    nom: str
    duree: Duree
    quoi: str
    depart: str
    source: str
    dues: Callable[[datetime], QuerySet[Any]]
    faire: Callable[[QuerySet[Any]], int]
    concerne_le_demandeur: bool = True

    @property
    def delai(self) -> str:
        """« 1 an après la radiation de votre demande »."""
        return f"{self.duree} {self.depart}"

    def concernees(self) -> QuerySet[Any]:
        """The rows due now."""
        return self.dues(self.duree.avant(timezone.now()))


REGLES = (
    Regle(
        "demandes",
        Duree(mois=12),
        "Votre demande et vos candidatures",
        "après la radiation de votre demande",
        "Durée du registre national (arrêté du 23 mars 2015, annexe §7 ; décret 2017-917, art. 4)",
        dues.demandes_radiees,
        gestes.supprimer_une_a_une,
    ),
    Regle(
        "imports",
        Duree(jours=30),
        "Les traces de l’import de votre demande",
        "après la fin de l’import",
        "Limiter les essais et répondre au support, puis plus rien (RGPD, art. 5-1-e)",
        dues.imports_clos,
        gestes.supprimer,
    ),
    Regle(
        "comptes jamais confirmés",
        Duree(jours=30),
        "Un compte jamais confirmé",
        "après sa création",
        "L’adresse n’est peut-être pas celle de la personne (RGPD, art. 5-1-d)",
        dues.comptes_jamais_confirmes,
        gestes.effacer_les_comptes,
    ),
    Regle(
        "annonces",
        Duree(mois=23),
        "Un e-mail annonce l’effacement d’un compte sans demande",
        "après votre dernière connexion",
        "Nul compte n’est effacé sans que son titulaire ait pu le garder",
        dues.comptes_a_prevenir,
        gestes.prevenir,
        concerne_le_demandeur=False,
    ),
    Regle(
        "comptes endormis",
        Duree(mois=24),
        "Un compte sans demande",
        f"après votre dernière connexion, et {dues.PREAVIS} après l’e-mail qui l’annonce",
        "Deux ans sans usage (RGPD, art. 5-1-e)",
        dues.comptes_endormis,
        gestes.effacer_les_comptes,
    ),
    Regle(
        "agents partis",
        Duree(mois=6),
        "Le compte d’un agent de service logement est désactivé",
        "après la fin de ses fonctions",
        "Habilitations individuelles, le temps de la fonction",
        dues.agents_partis,
        gestes.desactiver,
        concerne_le_demandeur=False,
    ),
    Regle(
        "invitations d’agents",
        Duree(mois=6),
        "L’invitation d’un agent de service logement",
        "après son envoi",
        "Répondre à « qui m’a invité » ; l’adresse de qui n’est pas venu ne sert plus (RGPD, art. 5-1-e)",
        dues.invitations,
        gestes.supprimer,
        concerne_le_demandeur=False,
    ),
    Regle(
        "équipe absente",
        Duree(mois=6),
        "Le compte d’un membre d’Action Logement est désactivé",
        "après sa dernière connexion",
        "Habilitations individuelles, le temps de la fonction",
        dues.equipe_absente,
        gestes.desactiver,
        concerne_le_demandeur=False,
    ),
    Regle(
        "courriels",
        Duree(mois=6),
        "L’objet et la date des e-mails que nous vous écrivons",
        "après l’envoi",
        "Répondre à « je n’ai rien reçu » ; le texte part dès l’envoi",
        dues.courriels_traites,
        gestes.supprimer,
    ),
    Regle(
        "lots d’alertes",
        Duree(jours=90),
        "Le compte des alertes écrites",
        "après leur écriture",
        "Répondre à « combien d’alertes sont parties » ; plus aucun nom dès l’écriture",
        dues.lots_faits,
        gestes.supprimer,
        concerne_le_demandeur=False,
    ),
    Regle(
        "actes en lot",
        Duree(jours=90),
        "Le rapport d’un acte fait sur plusieurs dossiers à la fois",
        "après l’acte",
        "Répondre à « pourquoi pas ce dossier » ; la décision elle-même est au journal de la candidature",
        dues.actes_en_lot,
        gestes.supprimer,
        concerne_le_demandeur=False,
    ),
    Regle(
        "exports de salariés",
        Duree(jours=90),
        "La trace d’un export demandé par un service logement",
        "après sa demande",
        "Répondre à « qui a demandé ce fichier » ; le fichier part après 24 heures",
        dues.exports_de_salaries,
        gestes.supprimer,
        concerne_le_demandeur=False,
    ),
    Regle(
        "sessions",
        Duree(jours=1),
        "Vos connexions",
        "après leur fin",
        "Sécurité du compte",
        dues.sessions_finies,
        gestes.supprimer,
    ),
    Regle(
        "appareils",
        Duree(jours=1),
        "La liste de vos connexions dans « Mes connexions »",
        "après leur fin",
        "Sécurité du compte",
        dues.connexions_finies,
        gestes.supprimer,
    ),
    Regle(
        "fichiers d’offres",
        Duree(mois=12),
        "Le rapport de l’import d’un fichier d’offres",
        "après l’import",
        "Répondre au bailleur qui demande ce qu’est devenu son fichier ; le fichier part dès qu’il est lu",
        dues.imports_d_offres,
        gestes.supprimer,
        concerne_le_demandeur=False,
    ),
    Regle(
        "consultations",
        Duree(mois=60),
        "Qui a consulté votre dossier",
        "après la consultation",
        "Obligation de sécurité (RGPD, art. 32)",
        dues.vieilles_consultations,
        gestes.purger_le_registre,
    ),
    Regle(
        "journal",
        Duree(mois=60),
        "Le journal de vos candidatures",
        "après chaque événement, ou avec la candidature si elle est encore là",
        "Preuve des décisions ; une décision défavorable se conteste",
        dues.vieux_journal,
        gestes.purger_le_registre,
    ),
)
"""In the order they run: an announcement is written before its deletion is looked for."""
