"""An export from the asking to the taking: made by the worker, recorded, dropped after a day.

demander ─▶ (the worker) fabriquer ─▶ fini ─▶ ouvrir, for 24 hours and while every leave stands
                  ▲         │ killed
                  └─ reprendre
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Entreprise, User
from accounts.mur import derriere_le_mur, par_la_porte
from candidatures.exports import REPRISES, VALABLE, ExportDeSalaries, FichierDeSalaries, Format
from candidatures.salaries import fichier, liste
from candidatures.salaries.filtre import FiltreForm
from demandes import consultation
from demandes.models import Consentement, Demande

PAR_LOT = 500
"""Rows between two moves of the progress."""
OBJET = "la liste des salariés, en fichier"
ABANDON = "Le fichier n’a pas pu être fait. Demandez-le à nouveau ; si cela se répète, prévenez le support."
SANS_ACCES = "Votre compte ne donne plus accès à ces dossiers."
RETIRE = "Un salarié a retiré son accord depuis : ce fichier est effacé. Demandez-en un nouveau."


class ExportFerme(Exception):
    """Why the file does not open; the text is for the agent."""


@par_la_porte()
@transaction.atomic
def demander(filtres: str, format: Format, *, par: User) -> ExportDeSalaries:
    """A file to make; one that is still under way is not asked for twice."""
    User.objects.select_for_update(no_key=True).get(pk=par.pk)
    en_cours = ExportDeSalaries.objects.de(par).filter(fini_le=None, filtres=filtres, format=format).first()
    return en_cours or ExportDeSalaries.objects.create(par=par, filtres=filtres, format=format)


def fabriquer(identifiant: UUID) -> None:
    """Read the rows as they may be seen now, write the file, record whose they are. May run twice, records once."""
    export = ExportDeSalaries.objects.select_related("par").filter(pk=identifiant, fini_le=None).first()
    if export is None:
        return
    if not export.par.is_active:
        _clore(export, [], b"", SANS_ACCES)
        return
    jour, lignes = timezone.localdate(), list[liste.Ligne]()
    with derriere_le_mur(export.par):
        form = FiltreForm(QueryDict(export.filtres), Entreprise.objects.suivies_par(export.par))
        cles = list(form.appliquer(liste.salaries_de(export.par, jour), jour).values_list("pk", flat=True))
    export.total = len(cles)
    export.save(update_fields=["total"])
    for debut in range(0, len(cles), PAR_LOT):
        lignes += _lire(cles[debut : debut + PAR_LOT], export.par, jour)
        _avancer(export, len(lignes))
    contenu = fichier.ecrire(Format(export.format), map(fichier.cellules, lignes))
    _clore(export, [ligne.demande for ligne in lignes], contenu)


def _lire(cles: list[UUID], agent: User, jour: date) -> list[liste.Ligne]:
    """One batch, as the agent would read it now: whoever took his leave back meanwhile is not in it."""
    with derriere_le_mur(agent):
        demandes = liste.avec_candidature(liste.salaries_de(agent, jour).filter(pk__in=cles))
        par_cle = {demande.pk: liste.ligne(demande, jour) for demande in demandes}
    return [par_cle[cle] for cle in cles if cle in par_cle]


def _avancer(export: ExportDeSalaries, lignes: int) -> None:
    ExportDeSalaries.objects.filter(pk=export.pk, fini_le=None).update(lignes=lignes, avance_le=timezone.now())


@transaction.atomic
def _clore(export: ExportDeSalaries, demandes: list[Demande], contenu: bytes, erreur: str = "") -> None:
    """The end, the record in every employee's register, and the file; whoever comes second finds it done."""
    libre = ExportDeSalaries.objects.select_for_update().filter(pk=export.pk, fini_le=None).first()
    if libre is None:
        return
    libre.total = libre.lignes = len(demandes)
    libre.fini_le, libre.erreur = timezone.now(), erreur
    libre.save()
    if not erreur:
        consultation.consigner_l_export(demandes, OBJET, par=export.par)
        FichierDeSalaries.objects.create(export=libre, contenu=contenu, demandes=[demande.pk for demande in demandes])


def ouvrir(export: ExportDeSalaries) -> bytes:
    """The file, if every row of it may still be seen. Raises `ExportFerme`; a leave withdrawn since then erases it."""
    with par_la_porte():
        gardee = FichierDeSalaries.objects.filter(export=export).first()
    if not export.ouvert or gardee is None:
        raise ExportFerme("Ce fichier n’est plus disponible : demandez-en un nouveau.")
    if not _tout_se_voit(gardee, export.par):
        with par_la_porte():
            gardee.delete()
        raise ExportFerme(RETIRE)
    return bytes(gardee.contenu)


def reprendre(identifiant: UUID) -> None:
    """Take up an export whose worker is gone; give it up when it never ends."""
    export = ExportDeSalaries.objects.arretes().filter(pk=identifiant).first()
    if export is None:
        return
    if export.reprises >= REPRISES:
        _clore(export, [], b"", ABANDON)
        return
    moi = ExportDeSalaries.objects.arretes().filter(pk=identifiant, reprises=export.reprises)
    if moi.update(reprises=export.reprises + 1, avance_le=timezone.now()):
        fabriquer(identifiant)


def _tout_se_voit(gardee: FichierDeSalaries, agent: User) -> bool:
    visibles = Demande.objects.visibles_par(agent).filter(pk__in=gardee.demandes)
    return visibles.count() == len(gardee.demandes)


def oublier_les_fichiers() -> int:
    """Drop the files whose day is over, and those of whoever took his leave back since. Returns how many."""
    retires = Consentement.objects.filter(retire_le__gte=timezone.now() - 2 * VALABLE).values_list("demande", flat=True)
    touches = FichierDeSalaries.objects.filter(demandes__overlap=list(retires)).select_related("export__par")
    fermes = [gardee.pk for gardee in touches.defer("contenu") if not _tout_se_voit(gardee, gardee.export.par)]
    perimes = Q(export__in=ExportDeSalaries.objects.perimes())
    return FichierDeSalaries.objects.filter(perimes | Q(pk__in=fermes)).delete()[0]
