"""The same days in SQL, so that a queue is sorted and swept where it lies. `regle` is the reference."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.db.models import BooleanField, Case, DateField, ExpressionWrapper, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest, Least, TruncDate

from candidatures.delais_d_attente import LIBERABLES, Delai, DelaiDAttente, Delais
from candidatures.models import ACTIFS_TRIES, Candidature, CandidatureQuerySet
from candidatures.statuts import AVANT_TRANSMISSION, EN_INSTRUCTION, Statut
from demandes.models import TableDeReference

A_COMPLETER = sorted({*EN_INSTRUCTION, Statut.SOUS_CONDITION})
AVANT = Q(statut__in=sorted(AVANT_TRANSMISSION))


def delais_du(jour: date) -> Delais:
    """The delays in force: one query, two when a reference table has changed."""
    return delais_connus(jour, tuple(TableDeReference.objects.order_by("nom").values_list("chargee_le", flat=True)))


def delais_connus(jour: date, reperes: tuple[datetime | None, ...]) -> Delais:
    """The same without a query, remembered by the process until a reference table changes (`demande.reperes`)."""
    return _delais(jour, reperes)


@lru_cache(maxsize=4)
def _delais(jour: date, reperes: tuple[datetime | None, ...]) -> Delais:  # noqa: ARG001
    return DelaiDAttente.objects.du(jour)


def avec_echeance(candidatures: CandidatureQuerySet, delais: Delais) -> CandidatureQuerySet:
    """Each with its `echeance_le`: the limit of its step, nothing once it is over."""
    return candidatures.annotate(echeance_le=_limite(delais))


def a_liberer(delais: Delais, jour: date) -> CandidatureQuerySet:
    """Those that the clock has to free. Reads only what the settings may free."""
    peut_etre = AVANT & Q(offre__designation_jusqu_au__lt=jour)
    if limites := sorted({delai.statut for delai in delais if delai.libere}):
        peut_etre |= Q(statut__in=limites)
    trouvees = Candidature.objects.filter(peut_etre, statut__in=sorted(LIBERABLES))
    return trouvees.annotate(liberation_le=_liberation(delais)).filter(liberation_le__lt=jour)


def _limite(delais: Delais) -> Combinable:
    return Case(
        When(statut=Statut.PROPOSEE, reponse_avant_le__isnull=False, then=F("reponse_avant_le")),
        When(statut__in=A_COMPLETER, piece_attendue_le__isnull=False, then=F("piece_attendue_le")),
        When(AVANT, then=Least(_apres(delais), F("offre__designation_jusqu_au"))),
        When(statut__in=ACTIFS_TRIES, then=_apres(delais)),
        output_field=DateField(),
    )


def _apres(delais: Delais) -> Combinable:
    """The limit in days after what the step is counted from; GREATEST and LEAST leave out what is unknown."""
    attendu = Case(
        When(AVANT, then=F("offre__date_limite")),
        When(statut=Statut.VISITE, then=F("visite_le")),
        When(statut=Statut.EN_COMMISSION, then=F("commission_le")),
        output_field=DateField(),
    )
    jours = _selon(delais, lambda delai: Cast(Value(delai.limite), IntegerField()), IntegerField())
    return ExpressionWrapper(Greatest(TruncDate("statut_depuis"), attendu) + jours, output_field=DateField())


def _liberation(delais: Delais) -> Combinable:
    designation = _selon(delais, lambda delai: Value(delai.libere_designation), BooleanField())
    limite = _selon(delais, lambda delai: Value(delai.libere), BooleanField())
    return Least(
        Case(When(AVANT & Q(designation), then=F("offre__designation_jusqu_au")), output_field=DateField()),
        Case(When(limite, then=_limite(delais)), output_field=DateField()),
    )


def _selon(delais: Delais, valeur: Callable[[Delai], Combinable], genre: IntegerField | BooleanField) -> Case:  # type: ignore[type-arg]
    """What the first delay that holds says."""
    return Case(*(When(_cas(delai), then=valeur(delai)) for delai in delais), output_field=genre)


def _cas(delai: Delai) -> Q:
    cas = Q(statut=delai.statut)
    if delai.bailleur_id is not None:
        cas &= Q(offre__bailleur=delai.bailleur_id)
    return cas & Q(offre__financement=delai.financement) if delai.financement else cas
