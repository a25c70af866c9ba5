"""Applicants at their browsers while something breaks, and what must be true in the database afterwards."""

import contextlib
import os
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx
from django.db import connection

from accounts.models import Courriel
from candidatures.models import ACTIFS_TRIES, Candidature, Evenement
from demandes.models import Demande
from tests.charge.memoire import famille_de
from tests.factories import DemandeFactory, OffreFactory
from tests.pannes.conftest import attendre
from tests.pannes.portail import Adresse, visiteur

GABARIT = "candidature_deposee"
REPIT = 6
"""Seconds. Granian gives up when a worker dies within 5.5 s of its start: whoever leads it then starts it again."""


@dataclass
class Postulant:
    """One person and one offer; `post` is « Confirmer »."""

    client: httpx.Client
    chemin: str
    demande: Demande
    reponses: list[httpx.Response] = field(default_factory=list)

    @classmethod
    def devant(cls, adresse: Adresse) -> "Postulant":
        demande, offre = DemandeFactory(valide=True), OffreFactory()
        client = visiteur(adresse, demande.demandeur)
        client.headers["Connection"] = "close"  # nothing stays open once he is answered
        return cls(client, f"/candidatures/offre/{offre.pk}/", demande)

    def post(self) -> None:
        """An answer that never comes is no answer: the server was killed."""
        with contextlib.suppress(httpx.TransportError):
            self.reponses.append(self.client.post(self.chemin))

    def lance(self) -> threading.Thread:
        fil = threading.Thread(target=self.post)
        fil.start()
        return fil

    @property
    def lignes(self) -> tuple[int, int, int]:
        """How many candidatures, lines of journal and mails there are of this person's."""
        siennes = Candidature.objects.filter(demande=self.demande)
        evenements = Evenement.objects.filter(par_id=self.demande.demandeur_id, action="postuler")
        courriels = Courriel.objects.filter(destinataire=self.demande.demandeur.email, gabarit=GABARIT)
        return siennes.count(), evenements.count(), courriels.count()


def tuer_les_ouvriers(adresse: Adresse) -> None:
    """SIGKILL to every process of the portal but the one that starts new ones."""
    for pid in famille_de(adresse.serveur.pid) - {adresse.serveur.pid}:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def attendre_le_portail(adresse: Adresse) -> None:
    """Until it answers again, with workers that have lived long enough to be killed once more."""

    def repond() -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{adresse}/sante/vivant/", trust_env=False).is_success
        return False

    attendre(repond, 300)
    time.sleep(REPIT)


def bloquees() -> int:
    """How many processes of this very base wait for somebody's lock."""
    return compter(
        "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database()"
    )


def en_travail() -> int:
    """How many other connections are in a transaction: those of the dead end at PostgreSQL's own pace."""
    return compter(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND state IN ('active', 'idle in transaction')"
    )


def compter(requete: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(requete)
        return int(curseur.fetchone()[0])


def verifier_que_rien_n_est_a_moitie() -> None:
    """The journal agrees with each status, each line has its mail, nobody holds two places."""
    dernier = dict(Evenement.objects.order_by("id").values_list("candidature_id", "vers"))
    assert dernier == dict(Candidature.objects.values_list("pk", "statut"))
    courriels = Courriel.objects.filter(gabarit__startswith="candidature_").count()
    assert courriels == Evenement.objects.count()
    places = Counter(Candidature.objects.filter(statut__in=ACTIFS_TRIES).values_list("demande", flat=True))
    assert not places or max(places.values()) == 1
