"""Those who will apply, what they apply to, the crowd of one offer, the advisers: made once the country is full."""

from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone

from accounts.models import User
from candidatures import workflow
from candidatures.models import Candidature
from demandes.models import Demande
from offres.models import Offre
from tests.charge.peuplement import CANDIDATURE, DEMANDE, Copieur, Echelle, identifiant
from tests.factories import OffreFactory, UserFactory

CANDIDATS, ETALEES, FOULE, LECTEURS, CONSEILLERS = 4_000, 200, 500, 20, 8
REVENUS = 2_300
"""Euros a month from which the offers of the factory are within the means of a household."""
SessionDe = Callable[[User], dict[str, str]]


def preparer_les_candidats(url: str, echelle: Echelle, session_de: SessionDe) -> dict[str, Any]:
    """Sessions and identifiers, for `resultats.json`'s figures of candidatures. `url` is a superuser's."""
    libres = _libres(echelle)
    _confirmer_leurs_pieces(libres)
    chaude, classee, *etalees = OffreFactory.create_batch(ETALEES + 2)
    premiere = libres.pop()
    modele = workflow.postuler(premiere, etalees[0], par=premiere.demandeur)
    combien = min(FOULE, len(libres) // 3)  # a small country has a small crowd
    foule, candidats = libres[:combien], libres[combien:]
    _en_foule(url, modele, foule, classee)
    if raison := next(
        (r for d in candidats[:50] if (r := workflow.empechement(d, chaude, timezone.localdate()))), None
    ):
        raise RuntimeError(f"les candidats ne peuvent pas postuler : {raison}")
    conseillers = [UserFactory(conseiller=True) for _ in range(CONSEILLERS)]
    return {
        "candidats": [session_de(demande.demandeur)["cle"] for demande in candidats],
        "classes": [session_de(demande.demandeur) for demande in foule[:LECTEURS]],
        "conseillers": [session_de(conseiller) for conseiller in conseillers],
        "chaude": str(chaude.pk),
        "classee": str(classee.pk),
        "etalees": [str(offre.pk) for offre in etalees],
    }


def _libres(echelle: Echelle) -> list[Demande]:
    """Demands without a candidature under way that those offers suit."""
    rangs = range(echelle.actives, echelle.demandes)
    cles = [identifiant(DEMANDE, n) for n in rangs[: 12 * CANDIDATS]]
    conviennent = Demande.objects.filter(pk__in=cles, nombre_personnes__in=(2, 3), ressources__gte=REVENUS)
    return list(conviennent.select_related("demandeur").order_by("pk")[: CANDIDATS + FOULE + 1])


def _confirmer_leurs_pieces(demandes: list[Demande]) -> None:
    """They ticked the boxes that the model ticked: nobody may apply otherwise."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO demandes_piececonfirmee (demande_id, cle, confirmee_le) SELECT d, p.cle, p.confirmee_le"
            " FROM demandes_piececonfirmee p CROSS JOIN unnest(%s) AS d",
            [[demande.pk for demande in demandes]],
        )


def _en_foule(url: str, modele: Candidature, demandes: list[Demande], offre: Offre) -> None:
    """All of them have applied to this offer."""
    instantanes = {d.pk: d.instantanes.latest().pk for d in demandes}
    with psycopg.connect(url, autocommit=True) as chez:
        chez.execute("SET session_replication_role = replica")
        lignes = (
            {
                "id": identifiant(CANDIDATURE + 1, n),
                "demande_id": demande.pk,
                "instantane_id": instantanes[demande.pk],
                "offre_id": offre.pk,
                "statut": "validee",
            }
            for n, demande in enumerate(demandes)
        )
        Copieur(Candidature, modele.pk).copier(chez, lignes)
        chez.execute("ANALYZE")
