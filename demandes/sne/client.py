"""The one client of the registry: the only module that knows its addresses, headers and delays (docs/registre.md).

Strings and dates in; a `DossierSNE`, an address or one of three exceptions out. It knows none of our models.
An answer takes at most about `SNE_DELAI` seconds, and at most `APPELS_SIMULTANES` calls of this process wait for the
registry at once: when it is slow, one more caller is told so at once, and the site stays up. After `SILENCES_PERMIS`
silences in a row it is left alone, but for one trial every `SNE_REPOS` seconds (`disjoncteur`).
"""

import atexit
import json
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from django.conf import settings

from demandes.sne import absence
from demandes.sne.contrat import FormeInattendue, verifier
from demandes.sne.disjoncteur import Disjoncteur
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import Radiation, adresse_depuis_json, dossier_depuis_json, radiations_depuis_json

__all__ = [
    "DemandeInconnue",
    "Radiation",
    "RegistreIndisponible",
    "ReponseInvalide",
    "adresse_de_contact",
    "lire_dossier",
    "radiees_depuis",
]

APPELS_SIMULTANES = 4
SILENCES_PERMIS = 5
TAILLE_MAXIMALE = 8 * 1024 * 1024
"""Bytes of one answer; the longest is the list of a day's struck-off demands."""
COUPURES = (httpx.NetworkError, httpx.RemoteProtocolError)
"""The line broke, often because the registry closed an idle connection: reading once more is harmless."""
STATUTS_D_ABSENCE = {HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
"""What a proxy says in front of a registry that is away. A 500 may be about one demand: the others are not cut off."""

_places = threading.BoundedSemaphore(APPELS_SIMULTANES)

T = TypeVar("T")


class DemandeInconnue(Exception):
    """No demand has this number, or this number with this birth date: the registry does not say which."""


class RegistreIndisponible(Exception):
    """No answer that can be used: unreachable, slow, broken, busy, or our credentials are refused."""


class ReponseInvalide(RegistreIndisponible):
    """The registry answered, but not what the contract says; `propriete` is where, empty for the whole answer."""

    def __init__(self, message: str, propriete: str = "") -> None:
        super().__init__(message)
        self.propriete = propriete


def adresse_de_contact(numero: str, date_naissance: date) -> str:
    """The e-mail address declared in the registry for this demand.

    Raises `DemandeInconnue` for an unknown number and for a wrong birth date alike, `RegistreIndisponible`.
    """
    criteres = {"numUnique": numero, "dateNaissance": date_naissance.isoformat()}
    donnees = _demander("POST", "/api/v1/demandes/recherche", json=criteres)
    return _traduire(lambda: adresse_depuis_json(donnees, numero))


def lire_dossier(numero: str) -> DossierSNE:
    """The whole demand as the registry holds it now. Raises `DemandeInconnue`, `RegistreIndisponible`."""
    donnees = _demander("GET", f"/api/v1/demandes/{quote(numero, safe='')}")
    dossier = _traduire(lambda: dossier_depuis_json(donnees))
    if dossier.num_unique != numero:
        raise ReponseInvalide("the registry answered about another demand", "numUnique")
    return dossier


def radiees_depuis(jour: date) -> list[Radiation]:
    """The demands struck off on `jour` or later. Raises `RegistreIndisponible`."""
    donnees = _demander("GET", "/api/v1/demandes/radiees", params={"depuisLe": jour.isoformat()})
    return _traduire(lambda: radiations_depuis_json(donnees))


def _traduire(lire: Callable[[], T]) -> T:
    try:
        return lire()
    except FormeInattendue as erreur:
        raise ReponseInvalide(str(erreur), erreur.propriete) from erreur


def _demander(methode: str, chemin: str, **options: Any) -> object:
    """The JSON of one answer, decoded."""
    registre = _registre(
        settings.SNE_URL, settings.SNE_CLIENT, settings.SNE_SECRET, settings.SNE_DELAI, settings.SNE_REPOS
    )
    if not _places.acquire(blocking=False):
        raise RegistreIndisponible("too many calls are waiting for the registry")
    try:
        statut, corps = registre.appeler(methode, chemin, **options)
    finally:
        _places.release()
    if statut == HTTPStatus.NOT_FOUND:
        raise _introuvable(corps)
    if statut != HTTPStatus.OK:
        raise RegistreIndisponible(f"the registry answered {statut}")
    return _decoder(corps)


def _introuvable(corps: bytes) -> Exception:
    """A 404 is an unknown demand only when the registry itself says so, not a wrong address or a proxy."""
    try:
        anomalies = {anomalie["code"] for anomalie in verifier("erreur", _decoder(corps))["anomalies"]}
    except (FormeInattendue, ReponseInvalide):
        anomalies = set()
    if "DEMANDE_INCONNUE" in anomalies:
        return DemandeInconnue()
    return RegistreIndisponible("the registry answered 404 without the anomaly DEMANDE_INCONNUE")


def _decoder(corps: bytes) -> object:
    try:
        return json.loads(corps)
    except (ValueError, RecursionError) as erreur:
        raise ReponseInvalide("the answer is not JSON") from erreur


class _Registre:
    """The connections and the bearer token for one registry; shared by the threads of the process."""

    def __init__(self, url: str, compte: str, secret: str, delai: float, repos: float) -> None:
        self.compte = httpx.BasicAuth(compte, secret)
        self.delai = delai
        self.disjoncteur = Disjoncteur(SILENCES_PERMIS, repos)
        self.http = httpx.Client(base_url=url, timeout=delai, trust_env=False)
        atexit.register(self.http.close)
        self.verrou = threading.Lock()
        self.jeton = ""
        self.perime_a = 0.0

    def appeler(self, methode: str, chemin: str, **options: Any) -> tuple[int, bytes]:
        """The status and body of one call, unless the breaker is open; whoever asks learns whether anybody answers."""
        if not self.disjoncteur.laisse_passer():
            raise RegistreIndisponible("the registry has not answered for a while")
        statut = HTTPStatus.SERVICE_UNAVAILABLE.value
        try:
            statut, corps = self._avec_jeton(methode, chemin, **options)
        except ReponseInvalide:
            statut = HTTPStatus.OK
            raise
        finally:
            self.disjoncteur.noter(repond=statut not in STATUTS_D_ABSENCE)
            absence.noter(repond=statut < HTTPStatus.INTERNAL_SERVER_ERROR)
        return statut, corps

    def _avec_jeton(self, methode: str, chemin: str, **options: Any) -> tuple[int, bytes]:
        """With a token; one that is refused is renewed once."""
        jeton = self._jeton()
        statut, corps = self._envoyer(methode, chemin, headers={"Authorization": f"Bearer {jeton}"}, **options)
        if statut == HTTPStatus.UNAUTHORIZED:
            jeton = self._jeton(refuse=jeton)
            statut, corps = self._envoyer(methode, chemin, headers={"Authorization": f"Bearer {jeton}"}, **options)
        return statut, corps

    def _jeton(self, refuse: str = "") -> str:
        """The current token, or a new one when it is about to expire or is the one just refused."""
        if not self.verrou.acquire(timeout=self.delai):
            raise RegistreIndisponible("another thread is waiting for a token")
        try:
            if self.jeton in ("", refuse) or time.monotonic() >= self.perime_a:
                self._renouveler()
            return self.jeton
        finally:
            self.verrou.release()

    def _renouveler(self) -> None:
        depart = time.monotonic()
        demande: Mapping[str, str] = {"grant_type": "client_credentials", "scope": "demandes"}
        statut, corps = self._envoyer("POST", "/oauth/token", data=demande, auth=self.compte)
        if statut != HTTPStatus.OK:
            raise RegistreIndisponible(f"the registry refused us a token ({statut})")
        try:
            reponse = verifier("jeton", _decoder(corps))
        except FormeInattendue as erreur:
            raise ReponseInvalide(str(erreur), erreur.propriete) from erreur
        self.jeton, self.perime_a = reponse["access_token"], depart + 0.9 * reponse["expires_in"]

    def _envoyer(self, methode: str, chemin: str, **options: Any) -> tuple[int, bytes]:
        """One request, once more if the line broke; `RegistreIndisponible` for every other trouble of transport."""
        try:
            try:
                return self._lire(methode, chemin, **options)
            except COUPURES:
                return self._lire(methode, chemin, **options)
        except httpx.HTTPError as erreur:
            raise RegistreIndisponible(f"no answer from the registry ({type(erreur).__name__})") from erreur

    def _lire(self, methode: str, chemin: str, **options: Any) -> tuple[int, bytes]:
        """Status and body, read within the delay even when they come drop by drop."""
        fin = time.monotonic() + self.delai
        corps = bytearray()
        with self.http.stream(methode, chemin, **options) as reponse:
            for morceau in reponse.iter_bytes():
                corps += morceau
                if len(corps) > TAILLE_MAXIMALE:
                    raise ReponseInvalide("the answer is too long")
                if time.monotonic() > fin:
                    raise RegistreIndisponible("the answer comes too slowly")
            return reponse.status_code, bytes(corps)


_registres: dict[tuple[str, str, str, float, float], _Registre] = {}
_verrou_des_registres = threading.Lock()


def _registre(url: str, compte: str, secret: str, delai: float, repos: float) -> _Registre:
    """One for each set of settings, made on the first call of a process, so that a fork shares no connection."""
    with _verrou_des_registres:
        reglages = (url, compte, secret, delai, repos)
        if reglages not in _registres:
            _registres[reglages] = _Registre(*reglages)
        return _registres[reglages]
