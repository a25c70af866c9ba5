"""Every address of the portal, as each role, with what robots send: a sentence, never a breakdown, never half a row."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.test import Client

from accounts.models import Courriel, Role, User
from alin.journal import types_et_lignes
from candidatures.models import Candidature
from candidatures.statuts import Statut
from demandes.models import Demande, Importation, Instantane
from tests.facteur import port_libre
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)
from tests.murs.hostile import Robot, noms_des_champs, routes

pytestmark = pytest.mark.django_db

ATTENTES = {"/sante/"}
"""Says 503 by trade: the tests run no worker."""


class Monde:
    """Somebody of each kind, something to act on, and each one's browser."""

    def __init__(self) -> None:
        candidature = CandidatureFactory(statut=Statut.DEPOSEE)
        ConsentementFactory(demande=candidature.demande, entreprise=EntrepriseFactory(siret=SIRETS[0]))
        neuf, en_import = UserFactory(), UserFactory()
        importation = Importation(par=en_import, numero_unique="111092062114ACLOG", adresse="a@exemple.fr")
        importation.tirer_un_code()
        importation.save()
        agent = UserFactory(service_logement=True)
        AppartenanceFactory(agent=agent, entreprise=EntrepriseFactory(siret=SIRETS[0]))
        gens = {
            "personne": None,
            "demandeur": candidature.demande.demandeur,
            "sans candidature": DemandeFactory(valide=True).demandeur,
            "neuf": neuf,
            "en import": en_import,
            "conseiller": UserFactory(conseiller=True),
            "support": UserFactory(support=True),
            "superviseur": UserFactory(superviseur=True),
            "service logement": agent,
        }
        self.clients = {nom: entrer(user) for nom, user in gens.items()}
        objets = (candidature, candidature.offre, candidature.demande, OffreFactory(), *filter(None, gens.values()))
        self.bonnes = (*(str(objet.pk) for objet in objets), "1", "75", "75111", SIRETS[0], "111092062114ACLOG")


def entrer(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def moities() -> list[str]:
    """Rows that should have come with others and did not, or that the database would refuse in the end."""
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
        curseur.execute("SET CONSTRAINTS ALL DEFERRED")
    sans = {
        "compte sans adresse": User.objects.exclude(role=Role.AUTOMATE).filter(
            ~Exists(EmailAddress.objects.filter(user=OuterRef("pk")))
        ),
        "demande sans copie": Demande.objects.filter(~Exists(Instantane.objects.filter(demande=OuterRef("pk")))),
        "courriel vide": Courriel.objects.filter(envoye_le=None, refuse_le=None, texte=""),
        "candidature sans dossier": Candidature.objects.filter(demande__dossier_valide_le=None),
    }
    return [nom for nom, lignes in sans.items() if lignes.exists()]


class Tir:
    """One request at one address, as one role."""

    def __init__(self, monde: Monde, qui: str, route: str, graine: int) -> None:
        self.robot = Robot(graine)
        self.client, self.bonnes = monde.clients[qui], monde.bonnes
        self.adresse = self.robot.adresse(route, monde.bonnes)
        self.nom = f"{qui} {self.adresse[:120]} (graine {graine})"

    def partir(self, methode: str, noms: list[str]) -> Any:
        supplements: dict[str, Any] = {**self.robot.entetes()}
        biscuits = supplements.pop("HTTP_COOKIE_EN_PLUS", "")
        longueur = supplements.pop("CONTENT_LENGTH_FAUX", None)
        requete = supplements.pop("QUERY_STRING_EN_PLUS", "")
        siens = "; ".join(f"{cle}={biscuit.value}" for cle, biscuit in self.client.cookies.items())
        supplements["HTTP_COOKIE"] = f"{siens}; {biscuits}" if biscuits else siens
        corps, genre = self.robot.corps(noms, self.bonnes) if methode == "POST" else (b"", "")
        if "charset" in genre:  # with too many parameters, Django's own request falls: alin.wsgi has ours (test_prise)
            requete = ""
        adresse = f"{self.adresse}?{self.robot.requete(noms, self.bonnes)}&{requete}"
        if longueur is not None:
            supplements["CONTENT_LENGTH"] = longueur
        return self.client.generic(methode, adresse, corps, content_type=genre, **supplements)


def defaut(reponse: Any, tir: Tir, methode: str) -> str | None:
    """What is wrong with this answer, or None."""
    statut, ou = reponse.status_code, f"{methode} {tir.nom}"
    if tir.adresse in ATTENTES or (statut == 503 and "ne répond pas" in reponse.content.decode()):
        return None
    if statut >= 500:
        erreur = reponse.exc_info[1] if getattr(reponse, "exc_info", None) else None
        return f"{ou} : {statut} {types_et_lignes(erreur)[-400:] if erreur else ''}"
    vers = reponse.get("Location") or reponse.get("HX-Redirect")  # an address for the browser, or for htmx
    if vers is not None:
        return f"{ou} : mène à {vers}" if re.match(r"//|[a-z]+:(?!//testserver)", vers) else None
    if statut == 304:
        return None
    morceau = "HX-Request" in reponse.wsgi_request.headers  # a part of a page may be empty, a page may not
    return None if morceau or reponse.content.strip() else f"{ou} : {statut} sans un mot"


def tirer(par_adresse: int, settings: Any, *, une_sur: int = 1) -> tuple[int, list[str]]:
    """So many reads and posts at every address (or one in so many) as every role: how many, and what went wrong."""
    settings.SNE_URL = f"http://127.0.0.1:{port_libre()}"
    monde, tirs = Monde(), 0
    defauts: list[str] = []
    paires = [(qui, route) for qui in monde.clients for route in routes()]
    for graine, (qui, route) in list(enumerate(paires))[::une_sur]:
        cache.clear()  # a limit reached would hide what is behind it
        for essai in range(par_adresse):
            tir = Tir(monde, qui, route, graine * 1000 + essai)
            with transaction.atomic():
                page = tir.client.get(tir.adresse)
                noms = noms_des_champs(page.content.decode(errors="replace")) if page.status_code == 200 else []
                trouves = [defaut(page, tir, "GET")]
                trouves += [defaut(tir.partir(methode, noms), tir, methode) for methode in ("GET", "POST")]
                if not any(trouves):  # a breakdown leaves a transaction where nothing can be asked
                    trouves += [f"{tir.nom} : {moitie}" for moitie in moities()]
                tirs += 3
                defauts += filter(None, trouves)
                transaction.set_rollback(True)
    return tirs, defauts


def test_no_address_breaks_down_whatever_a_robot_sends(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    tirs, defauts = tirer(1, settings, une_sur=4)
    with capsys.disabled():
        print(f" [{tirs} requêtes hostiles] ", end="")  # noqa: T201
    assert not defauts, "\n\n".join(defauts)
    assert tirs > 1250


@pytest.mark.epreuve
def test_no_address_breaks_down_over_tens_of_thousands_of_requests(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    tirs, defauts = tirer(6, settings)
    with capsys.disabled():
        print(f" [{tirs} requêtes hostiles] ", end="")  # noqa: T201
    assert not defauts, "\n\n".join(defauts)
    assert tirs > 25_000


def test_the_robot_reads_the_pages_it_attacks() -> None:
    """The control: it knows the fields of a form, and an evening of its posts reaches the database."""
    page = Client().get("/creer-mon-compte/").content.decode()
    assert {"nom_naissance", "prenom", "telephone", "email", "donnees_acceptees"} <= set(noms_des_champs(page))
    assert len(list(routes())) > 100
    candidature = CandidatureFactory(statut=Statut.DEPOSEE)
    assert moities() == []
    EmailAddress.objects.filter(user=candidature.demande.demandeur).delete()
    assert moities() == ["compte sans adresse"]
