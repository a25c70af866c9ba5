"""What a day of alerts costs: `python -m tests.charge.alertes 0.1` fills a tenth of the country and writes its mails.

2 000 new offers a day for 1 000 000 demands, both times the part that is asked for. Prints seconds of processor.
"""

import contextlib
import os
import secrets
import sys
import time
from datetime import timedelta
from pathlib import Path

import django

from alin.embarque.essais import ROLES, dossier_jetable
from alin.embarque.postgres import Postgres
from alin.embarque.valkey import Valkey

NEUVES = 2_000
"""Offers that appear in a day, in the whole country."""
LOTS_MESURES = 50
"""Lots that are written and timed; the others only count people."""


def mesurer(part: float) -> None:
    """Fill, let yesterday's round pass, make some offers new, then time one morning."""
    from django.core.management import call_command
    from django.db.models import F, Func, Sum
    from django.utils import timezone

    from accounts.models import Courriel
    from candidatures import alertes
    from offres.models import Lot, Offre, Parution
    from tests.charge.peuplement import Echelle, Pays

    call_command("migrate", verbosity=0)
    call_command("charger_reference", verbosity=0, stdout=sys.stderr)
    echelle = Echelle(part)
    Pays(os.environ["ALIN_URL_SUPERUTILISATEUR"], echelle).remplir()
    confirmer_les_pieces()
    jour = timezone.localdate()
    alertes.ouvrir_une_tournee(jour - timedelta(days=1))
    neuves = Offre.objects.ouvertes(jour).order_by("-publiee_le", "pk").values("pk")[: echelle.de(NEUVES)]
    Parution.objects.filter(offre__in=neuves).delete()
    Offre.objects.ouvertes(jour).filter(parution=None).exclude(pk__in=neuves).update(
        publiee_le=jour + timedelta(days=1)
    )
    print(f"{echelle.demandes} demandes, {echelle.de(NEUVES)} offres neuves")  # noqa: T201
    avant = processeur()
    alertes.ouvrir_une_tournee(jour)
    gens = Lot.objects.annotate(taille=Func(F("demandes"), function="cardinality")).aggregate(n=Sum("taille"))["n"] or 0
    print(f"ouverture : {cout(avant)}, {gens} personnes à examiner")  # noqa: T201
    avant, lots = processeur(), 0
    while lots < LOTS_MESURES and alertes.ecrire_un_lot() is not None:
        lots += 1
    ecrits = Courriel.objects.filter(gabarit="alerte").count()
    print(f"{lots} lots : {cout(avant)}, {ecrits} e-mails écrits")  # noqa: T201


def processeur() -> tuple[float, float]:
    """Seconds of processor used so far by Python, and by its connection's own process in PostgreSQL.

    They do not change with what else the machine does, as elapsed time would.
    """
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_backend_pid()")
        pid = curseur.fetchone()[0]
    champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time(), (int(champs[11]) + int(champs[12])) / os.sysconf("SC_CLK_TCK")


def cout(avant: tuple[float, float]) -> str:
    python, base = (apres - alors for apres, alors in zip(processeur(), avant, strict=True))
    return f"{python:.2f} s de Python et {base:.2f} s de PostgreSQL"


def confirmer_les_pieces() -> None:
    """Everybody ticked the boxes that the modèle ticked: nobody may apply otherwise."""
    from django.db import connection

    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO demandes_piececonfirmee (demande_id, cle, confirmee_le) SELECT d.id, p.cle, p.confirmee_le "
            "FROM demandes_piececonfirmee p CROSS JOIN demandes_demande d WHERE d.id <> p.demande_id"
        )
        curseur.execute("VACUUM ANALYZE")


def preparer_les_serveurs(pile: contextlib.ExitStack) -> dict[str, str]:
    """A PostgreSQL thrown away afterwards, and the variables that lead to it; nothing is sent to a queue."""
    dossier = pile.enter_context(dossier_jetable())
    postgres = Postgres(dossier, dossier / "s", {role: secrets.token_urlsafe(16) for role in ROLES}, durable=False)
    pile.callback(postgres.arreter)
    postgres.demarrer()
    valkey = Valkey(dossier, dossier)
    pile.callback(valkey.arreter)
    valkey.demarrer()
    return {
        "DJANGO_SETTINGS_MODULE": "tests.charge.reglages",
        "ALIN_CLE_SECRETE": secrets.token_urlsafe(64),
        "ALIN_STATIQUES": str(dossier / "statiques"),
        "REDIS_URL": valkey.url(),
        "DATABASE_URL": postgres.url("alin_proprietaire", "alin"),
        "ALIN_URL_SUPERUTILISATEUR": postgres.url("postgres", "alin"),
        "ALIN_JOURNAL": "WARNING",
    }


if __name__ == "__main__":
    with contextlib.ExitStack() as serveurs:
        os.environ.update(preparer_les_serveurs(serveurs))
        django.setup()
        mesurer(float(sys.argv[1]))
