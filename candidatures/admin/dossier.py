"""One candidature as an adviser reads it: the computed checks, the demand, the documents, the offer, the journal."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import User
from candidatures import recit
from candidatures.admin.liste import CRITERES, VERDICTS, echeance
from candidatures.attente.regle import attente
from candidatures.attente.requetes import delais_du
from candidatures.classement import rangs
from candidatures.models import Candidature, CandidatureQuerySet, Evenement
from candidatures.notes import NoteAuConseiller
from candidatures.statuts import COMPTES_DANS_LA_FILE, Action
from candidatures.transmission import envoi
from demandes import lecture
from demandes.dossier_valide import Case, cases
from demandes.importation import noms_des_communes
from demandes.models import Demande
from demandes.sne.traduction import dossier_depuis_instantane
from offres.eligibilite import Foyer, euros, examiner
from offres.models import Offre
from offres.plafonds import Bareme

LIRE_LE_SENSIBLE = "demandes.lire_le_sensible"


class Constat(NamedTuple):
    """One check as it looks on the page."""

    sujet: str
    genre: str
    verdict: str
    phrase: str


class Fait(NamedTuple):
    libelle: str
    valeur: str


@dataclass(frozen=True)
class LigneDuJournal:
    evenement: Evenement
    acte: str
    qui: str

    @property
    def quand(self) -> str:
        le = timezone.localtime(self.evenement.le)
        return f"{le:%d/%m/%Y} à {le.hour} h {le:%M}"


def visibles_par(user: User) -> CandidatureQuerySet:
    """The candidatures this person may open, with all that the page prints."""
    visibles = Candidature.objects.visibles_par(user).pour_lecture()
    return visibles.select_related("demande__emploi", "instantane", "offre__reservee_a")


def contenu(candidature: Candidature, user: User) -> dict[str, Any]:
    """What the page says of this candidature; who may not read the sensitive lines gets the others."""
    demande, jour = candidature.demande, timezone.localdate()
    sensibles = user.has_perm(LIRE_LE_SENSIBLE)
    au_depot = dossier_depuis_instantane(candidature.instantane.contenu)
    noms = noms_des_communes(au_depot, demande.dossier)
    rubriques = lecture.rubriques(au_depot, noms, sensibles=sensibles)
    journal, ici = list(candidature.journal()), attente(candidature, delais_du(jour), jour)
    return {
        "candidature": candidature,
        "demande": demande,
        "offre": candidature.offre,
        "emploi": getattr(demande, "emploi", None),
        "constats": constats(demande, candidature.offre, jour) if sensibles else [],
        "rubriques": rubriques,
        "changements": lecture.comparer(au_depot, demande.dossier, noms, sensibles=sensibles),
        "place": rangs.si(demande, candidature.offre, jour) if candidature.statut in COMPTES_DANS_LA_FILE else None,
        "attente": ici,
        "echeance": echeance(ici.limite_le, jour) if ici else "",
        "sensibles": sensibles,
        "justificatifs": justificatifs(demande, jour, sensibles=sensibles),
        "au_registre": demande.dossier.pieces if sensibles else (),
        "faits": faits(candidature.offre),
        "etapes": recit.etapes_dessinees(candidature, reversed(journal)),
        "dates": dates(candidature),
        "journal": lignes(journal),
        "suivi": envoi.suivi(candidature),
        "notes": NoteAuConseiller.objects.filter(demande=demande),
    }


def constats(demande: Demande, offre: Offre, jour: date) -> list[Constat]:
    """The checks, on what the registry says today."""
    controles = examiner(Foyer.de(demande), offre, Bareme.en_vigueur(jour))
    return [
        Constat(CRITERES[c.critere].capitalize(), VERDICTS[c.verdict][0], VERDICTS[c.verdict][2], c.phrase)
        for c in controles
    ]


def justificatifs(demande: Demande, jour: date, *, sensibles: bool) -> list[Case]:
    """The documents this demand needs today: confirmed by the applicant or not, received by the registry or not."""
    return [case for case in cases(demande, jour) if sensibles or not case.piece.sensible]


def faits(offre: Offre) -> list[Fait]:
    """What an adviser checks of a dwelling without opening its page."""
    etage = "" if offre.etage is None else "rez-de-chaussée" if offre.etage == 0 else str(offre.etage)
    tous = [
        Fait("Référence", offre.reference),
        Fait("Bailleur", offre.bailleur.nom),
        Fait("Lieu", offre.lieu),
        Fait("Logement", f"{offre.get_typologie_display()}, {offre.surface} m²"),
        Fait("Étage", etage),
        Fait("Ascenseur", "oui" if offre.ascenseur else "non"),
        Fait("Accessible (PMR)", "oui" if offre.accessible_pmr else "non"),
        Fait("Loyer charges comprises", euros(offre.loyer_charges_comprises or 0)),
        Fait("Financement", offre.get_financement_display()),
        Fait("Réservée à", offre.reservee_a.nom if offre.reservee_a else ""),
        Fait("Disponible dès le", _jour(offre.disponible_le)),
        Fait("Droit de désignation jusqu’au", _jour(offre.designation_jusqu_au)),
        Fait("Statut de l’offre", offre.etat(timezone.localdate())),
    ]
    return [fait for fait in tous if fait.valeur]


def dates(candidature: Candidature) -> list[Fait]:
    """What the acts have recorded so far."""
    champs = ("visite_le", "commission_le", "rang", "piece_attendue_le", "notifiee_le", "reponse_avant_le", "bail_le")
    connues = [(champ, getattr(candidature, champ)) for champ in champs]
    return [
        Fait(_libelle(champ), _jour(valeur) if isinstance(valeur, date) else str(valeur))
        for champ, valeur in connues
        if valeur is not None
    ]


def lignes(journal: list[Evenement]) -> list[LigneDuJournal]:
    """The journal with the names of those who acted, in one query."""
    noms = {user.pk: str(user) for user in User.objects.filter(pk__in={evenement.par_id for evenement in journal})}
    return [
        LigneDuJournal(
            evenement,
            Action(evenement.action).label if evenement.action in Action.values else "Je postule",
            f"{noms.get(evenement.par_id, 'Compte supprimé')} ({evenement.get_par_role_display()})",
        )
        for evenement in journal
    ]


def _libelle(champ: str) -> str:
    return str(Candidature._meta.get_field(champ).verbose_name).capitalize()  # type: ignore[union-attr]


def _jour(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""
