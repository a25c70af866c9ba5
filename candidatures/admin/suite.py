"""The dossier that comes after another, in the queue and the filters that one works through."""

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, When
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from candidatures.admin.echeances import restreindre
from candidatures.admin.files import FILES, ORDRE
from candidatures.attente.regle import attente
from candidatures.attente.requetes import avec_echeance, delais_du
from candidatures.classement import rangs
from candidatures.models import Candidature

CHEMINS = {"departement": "offre__commune__departement", "bailleur": "offre__bailleur", "offre": "offre"}
"""What a parameter of the list filters on."""


def suivante(user: User, faite: Candidature, cle: str, filtres: str) -> Candidature | None:
    """The dossier to open after this one in a queue, within the filters of the list; from the top once at its end."""
    parametres = QueryDict(filtres)
    restreint = {chemin: parametres[nom] for nom, chemin in CHEMINS.items() if parametres.get(nom)}
    try:
        file = Candidature.objects.visibles_par(user).filter(statut__in=sorted(FILES[cle].statuts), **restreint)
    except (ValueError, ValidationError):
        return None
    jour = timezone.localdate()
    delais = delais_du(jour)
    file = restreindre(avec_echeance(file, delais), parametres.get("echeance"), jour)
    file = rangs.avec_les_points(file.exclude(pk=faite.pk), jour)
    total = rangs.points_de(faite.demande, faite.offre, rangs.bareme_du(jour), jour).total
    plus_loin, ici = rangs.apres(faite.demande, total), attente(faite, delais, jour)
    if ici is not None:
        plus_loin = Q(echeance_le__gt=ici.limite_le) | Q(echeance_le=ici.limite_le) & plus_loin
    return file.alias(passee=Case(When(plus_loin, then=0), default=1)).order_by("passee", *ORDRE).first()
