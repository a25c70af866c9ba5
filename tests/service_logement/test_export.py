"""The list as a file, and the counts without a name: what leaves, for whom, for how long (guide #3)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Acte, Consultation, User
from candidatures import tasks
from candidatures.exports import REPRISES, ExportDeSalaries, FichierDeSalaries, Format
from candidatures.salaries import export
from candidatures.salaries.anonymes import EN_COURS, LOGEES, SANS, Comptes, anonymes, publier
from demandes.consentement import retirer_son_accord
from demandes.models import Demande
from tests.factories import SIRETS, AppartenanceFactory, DemandeFactory, EntrepriseFactory
from tests.service_logement.gens import LISTE, connecte, lire, salarie

pytestmark = pytest.mark.django_db


def fait(agent: User, format: Format = Format.CSV, filtres: str = "") -> ExportDeSalaries:
    """An export whose file the worker has made."""
    demande = export.demander(filtres, format, par=agent)
    export.fabriquer(demande.pk)
    demande.refresh_from_db()
    return demande


def test_the_file_holds_what_the_list_shows_for_the_same_filters(client: Client, agent: User, anne: Demande) -> None:
    salarie("Durand")
    DemandeFactory(valide=True)  # gave no leave
    reponse = client.post(f"{LISTE}exports/", {"q": "porte", "format": "csv"})
    demande = ExportDeSalaries.objects.get()
    assert reponse["Location"] == f"{LISTE}exports/{demande.pk}/"
    tasks.exporter_les_salaries(str(demande.pk))
    assert "Le fichier est prêt&nbsp;: 1 salarié." in lire(client, reponse["Location"])
    assert reponse["Location"] in lire(client, LISTE)
    lu = client.get(f"{LISTE}exports/{demande.pk}/fichier/")
    assert lu["Content-Disposition"].startswith('attachment; filename="salaries-')
    assert lu["Cache-Control"] == "private, no-store"
    entete, *lignes = lu.content.decode("utf-8-sig").splitlines()
    assert entete.startswith("nom;prénom;numéro unique;")
    assert len(lignes) == 1
    assert lignes[0].startswith(f"Porte;Anne;{anne.numero_unique};3;T2, T3 ou T4;14/09/2020;")
    assert "Sans candidature" in lignes[0]
    assert "Confirmer l’emploi" in lignes[0]


@pytest.mark.parametrize("format", Format)
def test_a_name_that_is_a_formula_stays_a_name(agent: User, format: Format) -> None:
    salarie("=1+1", "@somme")
    contenu = export.ouvrir(fait(agent, format))
    if format is Format.CSV:
        assert contenu.decode("utf-8-sig").splitlines()[1].startswith("'=1+1;'@somme;")
        return
    feuille = load_workbook(BytesIO(contenu)).active
    assert feuille is not None
    cellules = [feuille.cell(2, colonne) for colonne in (1, 2)]
    assert [(c.value, c.data_type) for c in cellules] == [("'=1+1", "s"), ("'@somme", "s")]


def test_each_employee_reads_that_he_was_exported_once(agent: User, anne: Demande) -> None:
    demande = fait(agent)
    export.fabriquer(demande.pk)  # a task may run twice
    ligne = Consultation.objects.get(demandeur_id=anne.demandeur_id)
    assert (ligne.acte, ligne.par_id, ligne.objet_id) == (Acte.EXPORT, agent.pk, anne.pk)
    assert ligne.par_nom == "Camille Roux, Ateliers Vauban"
    assert "a liste des salariés, en fichier" in lire(connecte(anne.demandeur), "/mon-profil/consultations/")


def test_the_file_opens_for_nobody_else_not_even_a_colleague(agent: User, anne: Demande) -> None:
    demande = fait(agent)
    collegue = AppartenanceFactory(entreprise=EntrepriseFactory(siret=SIRETS[0])).agent
    for suite in ("", "fichier/"):
        assert connecte(collegue).get(f"{LISTE}exports/{demande.pk}/{suite}").status_code == 404
        assert connecte(anne.demandeur).get(f"{LISTE}exports/{demande.pk}/{suite}").status_code == 403


def test_a_leave_withdrawn_after_the_file_was_made_erases_it(client: Client, agent: User, anne: Demande) -> None:
    salarie("Durand")
    demande = fait(agent)
    retirer_son_accord(anne)
    reponse = client.get(f"{LISTE}exports/{demande.pk}/fichier/", follow=True)
    assert "Un salarié a retiré son accord depuis" in reponse.content.decode()
    assert "Porte" not in reponse.content.decode()
    assert not FichierDeSalaries.objects.exists()


def test_a_leave_withdrawn_erases_the_file_that_nobody_comes_for(agent: User, anne: Demande) -> None:
    salarie("Durand")
    fait(agent)
    tasks.suivre_les_exports()
    assert FichierDeSalaries.objects.exists()
    retirer_son_accord(anne)
    tasks.suivre_les_exports()
    assert not FichierDeSalaries.objects.exists()


def test_a_leave_withdrawn_before_the_worker_comes_is_not_in_the_file(agent: User, anne: Demande) -> None:
    demande = export.demander("", Format.CSV, par=agent)
    retirer_son_accord(anne)
    export.fabriquer(demande.pk)
    demande.refresh_from_db()
    assert demande.total == 0
    assert not Consultation.objects.exists()


def test_the_file_is_dropped_by_the_clock_after_a_day(client: Client, agent: User, anne: Demande) -> None:
    demande = fait(agent)
    ExportDeSalaries.objects.update(fini_le=timezone.now() - timedelta(hours=24))
    assert client.get(f"{LISTE}exports/{demande.pk}/fichier/").status_code == 302
    assert "Ce fichier a été effacé" in lire(client, f"{LISTE}exports/{demande.pk}/")
    tasks.suivre_les_exports()
    assert not FichierDeSalaries.objects.exists()


def test_an_export_that_lost_its_worker_is_taken_up_and_then_given_up(agent: User, anne: Demande) -> None:
    perdu = timezone.now() - timedelta(minutes=2)
    demande = export.demander("", Format.CSV, par=agent)
    export.reprendre(demande.pk)
    demande.refresh_from_db()
    assert demande.en_cours  # it has just been asked for: nobody has lost it
    ExportDeSalaries.objects.update(avance_le=perdu)
    export.reprendre(demande.pk)
    demande.refresh_from_db()
    assert (demande.total, demande.reprises) == (1, 1)
    autre = export.demander("tri=nom", Format.CSV, par=agent)
    ExportDeSalaries.objects.filter(pk=autre.pk).update(avance_le=perdu, reprises=REPRISES)
    export.reprendre(autre.pk)
    autre.refresh_from_db()
    assert autre.erreur == export.ABANDON
    assert not autre.ouvert


def test_an_account_that_was_closed_meanwhile_gets_no_file(agent: User, anne: Demande) -> None:
    demande = export.demander("", Format.CSV, par=agent)
    User.objects.filter(pk=agent.pk).update(is_active=False)
    export.fabriquer(demande.pk)
    demande.refresh_from_db()
    assert demande.erreur == export.SANS_ACCES
    assert not Consultation.objects.exists()


# Counts without a name


@pytest.mark.parametrize(
    ("comptes", "total", "situations"),
    [
        ({SANS: [10, 10], EN_COURS: [0, 0], LOGEES: [0, 0]}, None, 0),
        ({SANS: [40, 10], EN_COURS: [0, 0], LOGEES: [0, 0]}, None, 0),
        ({SANS: [11, 11], EN_COURS: [0, 0], LOGEES: [0, 0]}, 11, 0),
        ({SANS: [30, 30], EN_COURS: [30, 30], LOGEES: [10, 10]}, 70, 0),
        ({SANS: [30, 30], EN_COURS: [30, 10], LOGEES: [30, 30]}, 90, 0),
        ({SANS: [30, 11], EN_COURS: [11, 11], LOGEES: [12, 11]}, 53, 3),
    ],
)
def test_no_count_tells_of_fewer_than_eleven_people_even_by_subtraction(
    comptes: dict[str, list[int]], total: int | None, situations: int
) -> None:
    publies = publier([comptes])
    assert (publies.total, len(publies.situations)) == (total, situations)


def test_two_small_companies_of_one_agent_do_not_make_a_large_one() -> None:
    petite: Comptes = {SANS: [10, 10], EN_COURS: [0, 0], LOGEES: [0, 0]}
    grande: Comptes = {SANS: [20, 20], EN_COURS: [11, 11], LOGEES: [30, 12]}
    assert publier([petite, petite]).total is None
    assert (publier([petite, grande]).total, len(publier([petite, grande]).situations)) == (61, 3)
    assert [une.nombre for une in publier([grande, grande]).situations] == [40, 22, 60]
    assert publier([]).total is None


def test_the_counts_are_of_declared_employees_whether_or_not_they_consented(client: Client, agent: User) -> None:
    entreprises = list(agent.entreprises.all())
    visibles = Demande.objects.visibles_par(agent)
    DemandeFactory.create_batch(10, valide=True)
    salarie("Porte")
    DemandeFactory(valide=True, siret=SIRETS[1])
    assert anonymes(entreprises, visibles).total is None
    assert "qu’à partir de 11" in lire(client, LISTE)
    DemandeFactory(valide=True)
    assert anonymes(entreprises, visibles).total == 12
    assert "<strong>12 salariés</strong>" in lire(client, LISTE)


def test_six_employees_of_each_of_two_companies_are_not_counted_as_twelve(agent: User) -> None:
    deux = [*agent.entreprises.all(), EntrepriseFactory(siret=SIRETS[1], nom="Autre société")]
    for entreprise in deux:
        DemandeFactory.create_batch(6, valide=True, siret=entreprise.siret)
    visibles = Demande.objects.visibles_par(agent)
    assert anonymes(deux, visibles).total is None
    DemandeFactory.create_batch(5, valide=True, siret=SIRETS[1])
    assert anonymes(deux, visibles).total == 11
