"""A queue of invented households, written in a few statements."""

import random
from datetime import date, timedelta

from accounts.models import User
from candidatures.models import Candidature
from demandes.models import Demande, Instantane
from demandes.sne.traduction import dossier_vers_json
from offres.models import Offre
from tests.factories import dossier


def remplir(offre: Offre, nombre: int, jour: date, graine: int = 1) -> list[Candidature]:
    """`nombre` candidatures on this offer, of households drawn at random, ties among them."""
    hasard = random.Random(graine)
    gens = User.objects.bulk_create(User(email=f"foule{graine}.{n}@exemple.fr") for n in range(nombre))
    demandes = Demande.objects.bulk_create(
        Demande(
            demandeur=personne,
            numero_unique=f"111{hasard.randrange(10**8):08d}{graine}{n:04d}",
            deposee_le=jour - timedelta(days=hasard.choice((hasard.randrange(0, 3_000), 400, 401))),
            nombre_personnes=hasard.randint(1, 9),
            categorie_menage=hasard.randint(1, 6),
            annee_rfr=2024,
            ressources=hasard.choice((0, hasard.randint(700, 5_000))),
            aide_logement=hasard.choice((0, 150)),
            priorite=hasard.choice(("", "", "l441_1", "dalo")),
            lien_emploi=hasard.choice(("", "mutation", "rapprochement")),
            surface_actuelle=hasard.choice((None, 0, hasard.randint(5, 90))),
            habitants_actuels=hasard.choice((None, 0, hasard.randint(1, 12))),
        )
        for n, personne in enumerate(gens)
    )
    contenu = dossier_vers_json(dossier())
    lus = Instantane.objects.bulk_create(Instantane(demande=demande, contenu=contenu) for demande in demandes)
    return Candidature.objects.bulk_create(
        Candidature(demande=demande, offre=offre, instantane=lu) for demande, lu in zip(demandes, lus, strict=True)
    )
