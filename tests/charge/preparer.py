"""Fill one database and sign people in. `python -m tests.charge.preparer PART` prints the sessions, as JSON."""

import json
import os
import random
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from accounts.models import User

GENS = 200


def preparer(part: float) -> dict[str, object]:
    """Reference data, rows, and the sessions of the people who will visit."""
    from django.core.management import call_command

    from tests.charge.candidats import preparer_les_candidats
    from tests.charge.entreprise import preparer_l_entreprise
    from tests.charge.peuplement import OFFRE, Echelle, Pays, identifiant

    call_command("migrate", verbosity=0)
    call_command("charger_reference", verbosity=0, stdout=sys.stderr)
    echelle = Echelle(part)
    Pays(os.environ["ALIN_URL_SUPERUTILISATEUR"], echelle).remplir()
    sessions = [session_de(user) for user in ceux_qui_ont_le_choix(echelle.demandes)]
    offres = [identifiant(OFFRE, n) for n in range(0, echelle.offres, max(1, echelle.offres // 500))]
    candidats = preparer_les_candidats(os.environ["ALIN_URL_SUPERUTILISATEUR"], echelle, session_de)
    agents = preparer_l_entreprise(echelle, session_de)
    return {"sessions": sessions, "offres": offres, "agents": agents, **candidats}


def session_de(user: "User") -> dict[str, str]:
    """A session of this person, as signing in leaves one."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.module_loading import import_string

    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"cle": session.session_key, "personne": str(user.pk)}


def ceux_qui_ont_le_choix(demandes: int) -> Iterator["User"]:
    """People drawn by lot among those whose first tab is a full page, the heaviest there is."""
    from django.http import QueryDict
    from django.utils import timezone

    from accounts.models import User
    from demandes.la_sienne import demande_de
    from offres.resultats import Resultats
    from tests.charge.peuplement import USER, identifiant

    ordre = random.Random(20261123).sample(range(demandes), demandes)
    trouves = 0
    for n in ordre[:40_000]:
        user = User.objects.get(pk=identifiant(USER, n))
        demande = demande_de(user)
        if demande and len(Resultats.pour(demande, QueryDict(), timezone.localdate()).examinees) == 20:
            yield user
            trouves += 1
        if trouves == GENS:
            return


if __name__ == "__main__":
    django.setup()
    json.dump(preparer(float(sys.argv[1])), sys.stdout)
