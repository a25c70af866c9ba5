"""Playing the scenario: each act at its own date, through the doors of the workflow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID

import time_machine
from django.utils import timezone

from accounts.models import Entreprise, Role, User
from candidatures import commission, workflow
from candidatures.commission import Choix
from candidatures.demonstration.foule import dossier_invente
from candidatures.demonstration.lieux_regions import LIEUX
from candidatures.demonstration.logements import logement
from candidatures.demonstration.offres import Calendrier, Fabrique
from candidatures.demonstration.personnes import confirmer_les_pieces_du_jour, creer_un_inconnu, importer
from candidatures.demonstration.scenario import RETRAIT, Acte, Depot, Parcours
from candidatures.models import Candidature
from candidatures.statuts import EN_SEANCE, TRANSITIONS, Action, Precision
from demandes.confirmation import confirmer_l_emploi
from demandes.models import Demande
from offres.eligibilite import Foyer, convient, examiner
from offres.models import Offre
from offres.plafonds import Bareme

FINANCEMENTS = ("PLUS", "PLS", "PLAI", "LLI")
ESSAIS = 8
"""Dwellings drawn for each type and financing before the next one is tried."""
RIVAUX = 1
"""How many others apply beside each recent candidature that reached the owner."""
MIDI = 4 * 60
"""Minutes after 8 in the morning."""
TROP_PEU = "Moins de trois personnes ont postulé à ce logement."


def le(jour: date, minute: int = 0) -> datetime:
    """`minute` minutes after 8 in the morning of that day, Paris time."""
    matin = datetime.combine(jour, time(8), timezone.get_default_timezone())
    return (matin + timedelta(minutes=minute)).astimezone(UTC)


@dataclass
class Histoire:
    """The acts of the demonstration, told in the order of their dates. Days count from `jour`."""

    jour: date
    fabrique: Fabrique
    bareme: Bareme
    equipe: dict[Role, User]
    entreprises: dict[str, Entreprise]
    agents: dict[str, User]  # an agent of each company, by SIRET
    rivaux: int = RIVAUX
    faits: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    inconnus: int = 0
    seances: dict[tuple[UUID, int], list[tuple[list[Candidature], Acte]]] = field(default_factory=dict)

    def noter(self, jour: int, minute: int, faire: Callable[[], object]) -> None:
        self.faits.append((le(self.jour + timedelta(days=jour), minute), len(self.faits), faire))

    def raconter(self) -> None:
        for quand, _, faire in sorted(self.faits, key=lambda fait: fait[:2]):
            with time_machine.travel(quand, tick=True):
                faire()

    def suivre(self, demande: Demande, parcours: Parcours) -> None:
        """What the holder of an account did once the dossier was valid, on dwellings made to suit."""
        rang = int(demande.numero_unique[-8:-5])
        for numero, depot in enumerate(parcours.depots):
            offre = self._offre_sur_mesure(demande, depot, f"{rang:03d}{numero}")
            self._deposer(lambda: confirmer_les_pieces_du_jour(demande), offre, depot, rang % 300)
            envoi = tuple(acte for acte in depot.suite if acte.action in {Action.VALIDER, Action.TRANSMETTRE})
            if depot.devant:
                self.faire_postuler(offre, Depot(depot.jour, depot.devant), rang % 300 + 5)
            for rival in range(self.rivaux if -31 < depot.jour < -12 and envoi else 0):
                self.faire_postuler(offre, Depot(depot.jour, envoi), rang % 300 + 25 * (rival + 1))

    def faire_postuler(self, offre: Offre, depot: Depot, minute: int) -> None:
        """Someone else signs up and applies to this dwelling."""
        self.inconnus += 1
        rang = self.inconnus
        dossier = dossier_invente(rang, offre, self.jour, self.bareme)
        inscrits: list[Demande] = []

        def s_inscrire() -> None:
            demande = importer(creer_un_inconnu(dossier), dossier, Parcours(accord=rang % 4 > 0), self.entreprises)
            inscrits.append(demande)
            if rang % 5:
                self.confirmer(demande)

        self.noter(depot.jour, minute, s_inscrire)
        self._deposer(lambda: inscrits[0], offre, depot, minute + 10)

    def confirmer(self, demande: Demande) -> None:
        """The company confirms the employment, if it has a housing service and may see the demand."""
        agent = self.agents.get(demande.emploi.siret)
        if agent is not None and Demande.objects.visibles_par(agent).filter(pk=demande.pk).exists():
            confirmer_l_emploi(demande, par=agent)

    def _deposer(self, qui: Callable[[], Demande], offre: Offre, depot: Depot, minute: int) -> None:
        deposees: list[Candidature] = []

        def postuler() -> None:
            demande = qui()
            deposees.append(workflow.postuler(demande, offre, par=demande.demandeur))

        self.noter(depot.jour, minute, postuler)
        for rang, acte in enumerate(depot.suite, start=1):
            jour = acte.jour if Role.DEMANDEUR in TRANSITIONS[acte.action].par else self._ouvre(acte.jour)
            if acte.action in EN_SEANCE:
                self._inscrire_a_la_seance(offre, jour, deposees, acte)
            else:
                self.noter(jour, minute + 45 * rang, partial(self._jouer, deposees, acte))
        if depot.offre_retiree:
            par, motif = self.equipe[Role.SUPERVISEUR], depot.offre_retiree
            self.noter(self._ouvre(RETRAIT), minute, lambda: workflow.retirer_offre(offre, par=par, motif=motif))

    def _inscrire_a_la_seance(self, offre: Offre, jour: int, deposees: list[Candidature], acte: Acte) -> None:
        """The decisions of one day about one dwelling are those of one sitting, held at noon."""
        if (offre.pk, jour) not in self.seances:
            self.noter(jour, MIDI, lambda: self._tenir_la_seance(offre, jour))
        self.seances.setdefault((offre.pk, jour), []).append((deposees, acte))

    def _tenir_la_seance(self, offre: Offre, jour: int) -> None:
        choix = [
            Choix(deposees[0], acte.action, acte.motif, self._precision(acte))
            for deposees, acte in self.seances[offre.pk, jour]
        ]
        date_de_la_seance, par = self.jour + timedelta(days=jour), self.equipe[Role.CONSEILLER]
        commission.tenir(offre, choix, tenue_le=date_de_la_seance, justification=TROP_PEU, par=par)

    def _ouvre(self, jour: int) -> int:
        """The nearest working day: a Friday if it is past, a Monday if it is to come."""
        weekend = max(0, (self.jour + timedelta(days=jour)).weekday() - 4)
        return jour + (3 - weekend if jour > 0 else -weekend) * bool(weekend)

    def _jouer(self, deposees: list[Candidature], acte: Acte) -> None:
        candidature = deposees[0]
        par = self._acteur(acte.action, candidature)
        workflow.avancer(candidature, acte.action, par=par, motif=acte.motif, precision=self._precision(acte))

    def _precision(self, acte: Acte) -> date | int | None:
        """The rank as it is told, or the day."""
        if acte.precision is None or TRANSITIONS[acte.action].precision is Precision.RANG:
            return acte.precision
        return self.jour + timedelta(days=self._ouvre(acte.precision))

    def _acteur(self, action: Action, candidature: Candidature) -> User:
        roles = TRANSITIONS[action].par
        if Role.DEMANDEUR in roles:
            return candidature.demande.demandeur
        return self.equipe[Role.CONSEILLER] if Role.CONSEILLER in roles else User.objects.automate()

    def _offre_sur_mesure(self, demande: Demande, depot: Depot, suffixe: str) -> Offre:
        """A dwelling of the first commune asked for, open on the day of the candidature, that nothing forbids."""
        code = demande.souhait_set.values_list("commune_id", flat=True)[0]
        lieu = next(lieu for lieu in LIEUX if lieu.code == code)
        foyer = Foyer.de(demande)
        calendrier = Calendrier(depot.jour - 2, depot.jour + 6, max(depot.jour + 40, 14))
        souhaits = demande.dossier.types_recherches
        debut = 1 + Offre.objects.filter(reference__startswith=f"{code}-{suffixe}-").count()
        for typologie in sorted(foyer.typologies, key=lambda taille: taille not in souhaits):
            for financement in FINANCEMENTS:
                for essai in range(debut, debut + ESSAIS):
                    reference = f"{code}-{suffixe}-{essai}"
                    champs = logement(lieu, reference, typologie=str(typologie), financement=financement)
                    offre = self.fabrique.offre(lieu, champs, calendrier, self.jour, reservable=False)
                    if convient(examiner(foyer, offre, self.bareme)):
                        offre.reference = f"{code}-{suffixe}-{debut}"
                        offre.save()
                        return offre
        raise LookupError(f"Aucun logement de {code} ne convient à la demande {demande}.")
