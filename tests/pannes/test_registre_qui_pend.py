"""A registry that hangs 30 s per call, while people insist on the import's pages: the other pages keep their speed."""

import threading
import time
from pathlib import Path
from statistics import quantiles

import httpx
import pytest

from accounts.models import User
from offres import baremes
from tests.factories import CommuneFactory, DemandeFactory, OffreFactory, UserFactory
from tests.pannes.portail import portail, visiteur
from tests.registre import SECRET, Registre

INSISTANTS = 24
"""More than the portal has threads: without its walls, they would all wait for the registry."""
OFFRES = 20
DELAI = 5.0
"""Seconds the portal waits for one answer of the registry (ALIN_SNE_DELAI)."""


@pytest.fixture
def personnes(transactional_db: None, registre: Registre) -> tuple[User, list[User]]:
    """Who reads the offers, and those who update their demand again and again."""
    baremes.charger()
    commune = CommuneFactory()
    lecteur: User = DemandeFactory(souhaits=(commune,), valide=True).demandeur
    for _ in range(OFFRES):
        OffreFactory(commune=commune)
    insistants: list[User] = []
    for numero in registre.numeros_libres()[:INSISTANTS]:
        lu = registre.dossier(numero)
        user = UserFactory(prenom=lu.demandeur.prenom, nom_naissance=lu.demandeur.nom_naissance)
        DemandeFactory(demandeur=user, numero_unique=numero, dossier=lu)
        insistants.append(user)
    return lecteur, insistants


def p95(adresse: str, lecteur: User, lectures: int) -> float:
    """Seconds that 95 % of the readings of « Les offres » stay under."""
    durees = []
    with visiteur(adresse, lecteur) as client:
        for _ in range(lectures):
            depart = time.perf_counter()
            page = client.get("/offres/")
            durees.append(time.perf_counter() - depart)
            assert page.status_code == 200
            assert "841" in page.text
    return quantiles(durees, n=20)[-1]


class Insistance:
    """People who press « Mettre à jour » again and again, two seconds after each answer."""

    def __init__(self, adresse: str, users: list[User]) -> None:
        self.fini = threading.Event()
        self.reponses: list[int] = []
        self.fils = [threading.Thread(target=self._insister, args=(visiteur(adresse, user),)) for user in users]

    def _insister(self, client: httpx.Client) -> None:
        with client:
            while not self.fini.is_set():
                self.reponses.append(client.post("/ma-demande/mettre-a-jour/").status_code)
                self.fini.wait(2)

    def __enter__(self) -> "Insistance":
        for fil in self.fils:
            fil.start()
        time.sleep(1)
        return self

    def __exit__(self, *_: object) -> None:
        self.fini.set()
        for fil in self.fils:
            fil.join()


@pytest.mark.panne
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lectures", [40, pytest.param(400, marks=pytest.mark.epreuve)])
def test_the_offers_keep_their_speed_while_the_registry_hangs(
    lectures: int, personnes, registre: Registre, environnement: dict[str, str], tmp_path: Path
) -> None:
    lecteur, insistants = personnes
    variables = {
        **environnement,
        "ALIN_SNE_URL": registre.url,
        "ALIN_SNE_DELAI": str(DELAI),
        "ALIN_SNE_CLIENT": "alin",
        "ALIN_SNE_SECRET": SECRET,
    }
    with portail(variables, tmp_path / "portail.log") as adresse:
        p95(adresse, lecteur, 10)  # the first pages of a process are slow
        calme = p95(adresse, lecteur, lectures)
        with Insistance(adresse, insistants) as bien:
            sain = p95(adresse, lecteur, lectures)
        registre.panne("lent", secondes=30)
        with Insistance(adresse, insistants) as mal:
            pendu = p95(adresse, lecteur, lectures)
    assert set(bien.reponses) | set(mal.reponses) == {302}
    print(  # noqa: T201
        f"« Les offres », p95 : {calme * 1000:.0f} ms au calme, {sain * 1000:.0f} ms pendant {len(bien.reponses)} "
        f"mises à jour, {pendu * 1000:.0f} ms pendant {len(mal.reponses)} registre pendu ; rapport {pendu / sain:.2f}"
    )
    assert pendu < sain + DELAI / 2, "nobody waits behind the registry"
    if lectures > 100:
        assert pendu / sain < 3
