"""« La vie de ma demande »: what happened, told in order, and what comes next and when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from demandes import echeances
from demandes.importation import changements
from demandes.lecture import Changement
from demandes.models import Demande, Genre, Jalon
from demandes.sne import nomenclature
from demandes.sne.traduction import comparables, dossier_depuis_instantane


@dataclass(frozen=True)
class Moment:
    """One line. `icone` is a name of Lucide; `alerte` marks what closes doors."""

    le: date
    titre: str
    icone: str
    detail: str = ""
    alerte: bool = False
    changements: tuple[Changement, ...] = field(default=())


def passe(demande: Demande) -> list[Moment]:
    """What happened, oldest first; things of one day in the order they are told here."""
    racontes = [*_au_registre(demande), *_sur_al_in(demande), *_mises_a_jour(demande), *_jalons(demande)]
    return sorted(racontes, key=lambda moment: moment.le)


def avenir(demande: Demande, jour: date) -> list[Moment]:
    """What comes next if nobody does anything, soonest first."""
    fin, radiation = demande.valable_jusqu_au, demande.radiable_le
    premier, second = echeances.jours_des_rappels(fin)
    retour = Moment(
        demande.retablissable_jusqu_au,
        "Dernier jour pour la faire rétablir",
        "rotate-ccw",
        "Avec son ancienneté, en la renouvelant sur votre site d’enregistrement.",
    )
    if demande.radiee_le:
        prevus = [retour] if demande.motif_radiation == "RADREN" else []
    else:
        prevus = [
            Moment(premier, "Un e-mail vous rappelle de la renouveler", "mail"),
            Moment(second, "Un second e-mail vous le rappelle", "mail"),
            Moment(
                fin, "Fin de validité de votre demande", "calendar-clock", "Sans renouvellement, plus de candidature."
            ),
            Moment(
                radiation,
                "Le registre radie votre demande",
                "circle-x",
                "Seulement si vous ne l’avez pas renouvelée. Vos candidatures en cours sont alors closes.",
                alerte=True,
            ),
            retour,
        ]
    return [moment for moment in prevus if moment.le >= jour]


def _au_registre(demande: Demande) -> Iterator[Moment]:
    yield Moment(
        demande.deposee_le,
        "Vous avez fait votre demande de logement social",
        "file-plus",
        "Votre ancienneté se compte à partir de ce jour.",
    )
    for jour in _renouvellements(demande):
        fin = echeances.dans_des_mois(jour, echeances.VALABLE)
        yield Moment(jour, "Vous l’avez renouvelée", "refresh-cw", f"Valable jusqu’au {fin:%d/%m/%Y}.")
    if demande.radiee_le and demande.radiee_le not in _jours(demande, Genre.RADIATION):
        yield _radiation(demande.radiee_le, demande.motif_radiation)


def _renouvellements(demande: Demande) -> list[date]:
    """Those that a copy held, that the clock noted, and the last one."""
    copies = (dossier_depuis_instantane(c) for c in demande.instantanes.values_list("contenu", flat=True))
    lus = {copie.date_renouvellement for copie in copies} | {demande.renouvelee_le}
    notes = set(_jours(demande, Genre.RENOUVELLEMENT))
    return sorted({jour for jour in lus if jour} | notes)


def _jours(demande: Demande, genre: Genre) -> list[date]:
    return list(Jalon.objects.filter(demande=demande, genre=genre).values_list("jour", flat=True))


def _radiation(jour: date, motif: str) -> Moment:
    raison = nomenclature.RADIATIONS.get(motif, "")
    detail = f"Motif : {raison[0].lower()}{raison[1:]}." if raison else ""
    return Moment(jour, "Le registre a radié votre demande", "circle-x", detail, alerte=True)


def _sur_al_in(demande: Demande) -> Iterator[Moment]:
    yield Moment(timezone.localdate(demande.importee_le), "Vous l’avez importée sur AL’in", "download")
    if demande.dossier_valide_le:
        yield Moment(timezone.localdate(demande.dossier_valide_le), "Vous avez validé votre dossier", "circle-check")


def _mises_a_jour(demande: Demande) -> Iterator[Moment]:
    """Each copy that says something else, in words, than the one before."""
    instantanes = list(demande.instantanes.order_by("lu_le", "id"))
    dossiers = [dossier_depuis_instantane(instantane.contenu) for instantane in instantanes]
    for instantane, avant, apres in zip(instantanes[1:], dossiers, dossiers[1:], strict=False):
        changes = tuple(changements(*comparables(avant, apres)))
        lignes = "1 ligne a changé" if len(changes) == 1 else f"{len(changes)} lignes ont changé"
        if changes:
            titre = f"Vous l’avez mise à jour : {lignes}"
            yield Moment(timezone.localdate(instantane.lu_le), titre, "list-checks", changements=changes)


def _jalons(demande: Demande) -> Iterator[Moment]:
    for jalon in demande.jalons.all():
        le = timezone.localdate(jalon.le)
        match Genre(jalon.genre):
            case Genre.PREMIER_RAPPEL | Genre.SECOND_RAPPEL:
                yield Moment(le, "AL’in vous a rappelé de la renouveler", "mail", f"Avant le {jalon.jour:%d/%m/%Y}.")
            case Genre.RADIATION:
                yield _radiation(jalon.jour, jalon.motif)
            case Genre.RETABLISSEMENT:
                yield Moment(jalon.jour, "Le registre a rétabli votre demande", "rotate-ccw", "Avec son ancienneté.")
            case Genre.RENOUVELLEMENT:
                continue  # told with the others, from the copies
