"""Fill one database and sign people in. `python -m tests.charge.preparer PART` prints the sessions, as JSON."""

import json
import os
import sys

import django


def preparer(part: float) -> dict[str, object]:
    """Reference data, rows, and the sessions of people whose wishes are spread over the country."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.core.management import call_command
    from django.utils.module_loading import import_string

    from accounts.models import User
    from tests.charge.peuplement import OFFRE, USER, Echelle, Pays, identifiant

    call_command("migrate", verbosity=0)
    call_command("charger_reference", verbosity=0, stdout=sys.stderr)
    echelle = Echelle(part)
    Pays(os.environ["ALIN_URL_SUPERUTILISATEUR"], echelle).remplir()
    sessions = []
    pas = max(1, echelle.demandes // 200)
    for user in User.objects.filter(pk__in=[identifiant(USER, n) for n in range(0, echelle.demandes, pas)][:200]):
        session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append({"cle": session.session_key, "personne": str(user.pk)})
    offres = [identifiant(OFFRE, n) for n in range(0, echelle.offres, max(1, echelle.offres // 500))]
    return {"sessions": sessions, "offres": offres}


if __name__ == "__main__":
    django.setup()
    json.dump(preparer(float(sys.argv[1])), sys.stdout)
