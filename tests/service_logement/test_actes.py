"""What an agent does for an employee: answer about his job, apply and cancel in his name, write, recall (guide #3)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Acte, Consultation, Courriel, User
from candidatures import workflow
from candidatures.empechements import empechement, trouver
from candidatures.models import Candidature, Evenement
from candidatures.notes import NoteAuConseiller
from candidatures.salaries import actes
from candidatures.salaries.propositions import propositions
from candidatures.statuts import Statut
from demandes.confirmation import Reponse, confirmer_l_emploi
from demandes.consentement import donner_son_accord, retirer_son_accord
from demandes.models import Demande, Emploi
from offres.models import Offre
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    CommuneFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)
from tests.service_logement.gens import connecte, lire, page, salarie

pytestmark = pytest.mark.django_db


@pytest.fixture
def anne() -> Demande:
    return salarie("Porte", "Anne", souhaits=(CommuneFactory(),))


@pytest.fixture
def offre() -> Offre:
    logement: Offre = OffreFactory()
    return logement


def pour(demande: Demande, offre: Offre) -> str:
    return f"{page(demande)}offres/{offre.pk}/"


def dernier_courriel(demande: Demande) -> Courriel:
    return Courriel.objects.filter(personne_id=demande.demandeur_id).latest("cree_le")


# The offers


def test_the_offers_that_fit_are_shown_those_of_the_company_first(client: Client, anne: Demande) -> None:
    vauban, autre = EntrepriseFactory(siret=SIRETS[0]), EntrepriseFactory(siret=SIRETS[1], nom="Autre société")
    OffreFactory(trop_grande=True, reference="GRANDE")
    OffreFactory(reservee_a=autre, reference="AILLEURS")
    ouverte = OffreFactory(date_limite=timezone.localdate() + timedelta(days=1))
    reservee = OffreFactory(reservee_a=vauban, date_limite=timezone.localdate() + timedelta(days=9))
    jour = timezone.localdate()
    assert [ligne.offre for ligne in propositions(anne, jour).lignes] == [reservee, ouverte]
    assert all(empechement(anne, ligne.offre, jour) is None for ligne in propositions(anne, jour).lignes)
    for adresse in (page(anne), f"{page(anne)}offres/"):
        texte = lire(client, adresse)
        assert "Réservé à Ateliers Vauban" in texte
        assert texte.index(str(reservee.pk)) < texte.index(str(ouverte.pk))
        assert "Communes demandées" in texte


def test_what_keeps_from_applying_is_told_without_the_amounts(client: Client, anne: Demande) -> None:
    chere = OffreFactory(trop_chere=True, trop_grande=True)
    jour = timezone.localdate()
    obstacle = trouver(anne, chere, jour)
    assert obstacle is not None
    assert "3\u202f115" in obstacle.phrase
    texte = " ".join(lire(client, pour(anne, chere)).split())
    assert "ne convient pas à sa situation : la taille du logement, le loyer au regard des revenus" in texte
    assert "3\u202f115" not in texte
    assert "Confirmer</button>" not in texte
    reponse = client.post(pour(anne, chere), follow=True)
    assert "ne convient pas à sa situation" in reponse.content.decode()
    assert "3\u202f115" not in reponse.content.decode().partition("La demande de logement")[0]
    assert not Candidature.objects.exists()


# « Je postule », « Annuler »


def test_an_agent_applies_in_the_employee_s_name_and_the_mail_says_who(
    client: Client, agent: User, anne: Demande, offre: Offre
) -> None:
    texte = lire(client, pour(anne, offre))
    assert "Postuler au nom de Anne Porte" in texte
    assert "741" not in texte.partition("resume-offre")[0]
    reponse = client.post(pour(anne, offre))
    assert (reponse.status_code, reponse["Location"]) == (302, page(anne))
    candidature = Candidature.objects.get(demande=anne, offre=offre)
    ligne = Evenement.objects.get(candidature_id=candidature.pk)
    assert (ligne.action, ligne.par_id, ligne.par_role) == ("postuler", agent.pk, agent.role)
    assert "en votre nom par Camille Roux" in dernier_courriel(anne).texte
    assert "Le service logement de l’entreprise" in lire(connecte(anne.demandeur), "/candidatures/")


def test_applying_twice_gives_one_candidature_and_another_dwelling_is_refused(
    client: Client, anne: Demande, offre: Offre
) -> None:
    for _ in range(2):
        client.post(pour(anne, offre))
    assert Candidature.objects.filter(demande=anne).count() == 1
    autre = OffreFactory()
    assert "On ne postule qu’à un logement à la fois" in lire(client, pour(anne, autre))
    reponse = client.post(pour(anne, autre), follow=True)
    assert "Cette personne a déjà une candidature active" in reponse.content.decode()
    assert Candidature.objects.filter(demande=anne).count() == 1


def test_a_leave_withdrawn_on_the_confirmation_page_lets_nothing_happen(
    client: Client, agent: User, anne: Demande, offre: Offre
) -> None:
    assert client.get(pour(anne, offre)).status_code == 200
    assert Consultation.objects.get().objet == "un logement auquel postuler"
    retirer_son_accord(anne)
    assert client.post(pour(anne, offre)).status_code == 404
    for suite in ("emploi/", "rappel/"):
        assert client.post(f"{page(anne)}{suite}", {"reponse": "oui"}).status_code == 404
    perdue = client.post(f"{page(anne)}note/", {"texte": "Une place en crèche"})
    assert perdue.status_code == 404
    assert "Une place en crèche</textarea>" in perdue.content.decode(), "what he was typing is not lost"
    with pytest.raises(actes.ActeRefuse):
        actes.postuler_en_son_nom(anne, offre, par=agent)
    with pytest.raises(actes.ActeRefuse):
        actes.ecrire_une_note(anne, "Bonjour", par=agent)
    with pytest.raises(actes.ActeRefuse):
        actes.rappeler_le_dossier(anne, par=agent)
    assert not Candidature.objects.exists()
    assert not NoteAuConseiller.objects.exists()
    assert Consultation.objects.exclude(acte=Acte.REFUS).count() == 1


def test_an_agent_cancels_in_the_employee_s_name_until_the_bailleur_has_it(client: Client, anne: Demande) -> None:
    candidature = CandidatureFactory(demande=anne)
    adresse = f"{page(anne)}candidatures/{candidature.pk}/annuler/"
    assert "Annuler cette candidature en son nom" in lire(client, page(anne))
    assert "Annuler la candidature de Anne Porte" in lire(client, adresse)
    client.post(adresse)
    candidature.refresh_from_db()
    assert candidature.statut == Statut.ANNULEE
    assert "en votre nom par Camille Roux" in dernier_courriel(anne).texte
    transmise = CandidatureFactory(demande=anne, statut=Statut.TRANSMISE)
    reponse = client.post(f"{page(anne)}candidatures/{transmise.pk}/annuler/", follow=True)
    assert "ne peut plus être annulée" in reponse.content.decode()
    assert "Annuler cette candidature" not in reponse.content.decode()


def test_the_candidature_of_somebody_else_is_not_found(client: Client, anne: Demande) -> None:
    ailleurs = CandidatureFactory()
    assert client.post(f"{page(anne)}candidatures/{ailleurs.pk}/annuler/").status_code == 404
    assert Consultation.objects.get().acte == Acte.REFUS


def test_an_agent_looks_at_the_photographs_of_what_he_may_propose(agent: User) -> None:
    libre, sienne = OffreFactory(), OffreFactory(reservee_a=EntrepriseFactory(siret=SIRETS[0]))
    OffreFactory(reservee_a=EntrepriseFactory(siret=SIRETS[1], nom="Autre société"))
    assert set(Offre.objects.visibles_par(agent, timezone.localdate())) == {libre, sienne}


# « Confirmer l'emploi »


def test_the_page_shows_the_matricule_and_asks_for_an_answer(client: Client, anne: Demande) -> None:
    Emploi.objects.filter(demande=anne).update(matricule="VAU-0042", entree_le="2019-03-04")
    texte = lire(client, f"{page(anne)}emploi/")
    assert Consultation.objects.get().objet == "l’emploi déclaré"
    assert "VAU-0042" in texte
    assert "04/03/2019" in texte
    reponse = client.post(f"{page(anne)}emploi/")
    assert reponse.status_code == 422
    assert "Choisissez une réponse." in reponse.content.decode()


def test_an_employment_that_is_not_recognised_is_told_and_can_be_answered_again(
    client: Client, agent: User, anne: Demande
) -> None:
    client.post(f"{page(anne)}emploi/", {"reponse": "non"})
    emploi = Emploi.objects.get(demande=anne)
    assert (emploi.reponse, emploi.est_a_confirmer) == ("non", False)
    courriel = dernier_courriel(anne)
    assert courriel.sujet == "Votre entreprise n’a pas reconnu votre emploi"
    assert "Camille Roux" in courriel.texte
    assert "emploi non reconnu par l’entreprise" in lire(connecte(anne.demandeur), "/ma-demande/")
    confirmer_l_emploi(anne, Reponse.OUI, par=agent)
    assert Emploi.objects.get(demande=anne).reponse == "oui"


def test_a_departure_ends_the_leave_and_tells_the_employee(client: Client, anne: Demande) -> None:
    reponse = client.post(f"{page(anne)}emploi/", {"reponse": "parti"}, follow=True)
    assert "son accord a pris fin" in reponse.content.decode()
    assert "Anne Porte</a>" not in reponse.content.decode()
    assert not anne.consentements.en_cours().exists()
    assert client.get(page(anne)).status_code == 404
    assert "L’accord que vous lui aviez donné a pris fin aussitôt" in dernier_courriel(anne).texte
    assert Emploi.objects.get(demande=anne).parti


# A note, a reminder


def test_a_note_reaches_the_adviser_and_is_never_rewritten(client: Client, agent: User, anne: Demande) -> None:
    assert client.post(f"{page(anne)}note/", {"texte": " "}).status_code == 422
    client.post(f"{page(anne)}note/", {"texte": "Mutée à Nantes en mars, elle cherche vite."})
    note = NoteAuConseiller.objects.get(demande=anne)
    assert note.par_nom == "Camille Roux, Ateliers Vauban"
    assert "Mutée à Nantes" in lire(client, page(anne))
    candidature = CandidatureFactory(demande=anne)
    dossier = lire(connecte(UserFactory(conseiller=True)), f"/admin/candidatures/candidature/{candidature.pk}/change/")
    assert "Notes du service logement" in dossier
    assert "Mutée à Nantes" in dossier
    assert "une note au conseiller" in lire(connecte(anne.demandeur), "/mon-profil/consultations/")


def test_a_reminder_leaves_once_a_week_and_only_when_something_is_missing(client: Client, agent: User) -> None:
    complete = salarie("Complete")
    with pytest.raises(actes.ActeRefuse, match="complet"):
        actes.rappeler_le_dossier(complete, par=agent)
    demande = salarie("Porte", "Anne")
    Demande.objects.filter(pk=demande.pk).update(dossier_valide_le=None)
    assert "Rappeler de terminer le dossier" in lire(client, page(demande))
    client.post(f"{page(demande)}rappel/")
    assert dernier_courriel(demande).sujet == "Votre dossier AL’in reste à terminer"
    texte = client.post(f"{page(demande)}rappel/", follow=True).content.decode()
    assert "Un rappel est déjà parti cette semaine" in texte
    assert Courriel.objects.filter(gabarit=actes.RAPPEL).count() == 1
    Courriel.objects.update(cree_le=timezone.now() - timedelta(days=7))
    actes.rappeler_le_dossier(demande, par=agent)
    assert Courriel.objects.filter(gabarit=actes.RAPPEL).count() == 2


def test_the_looks_of_one_s_own_service_are_shown_and_no_other(client: Client, agent: User, anne: Demande) -> None:
    Consultation.objects.create(
        par_id=UserFactory(conseiller=True).pk,
        par_nom="Agathe Conseil",
        par_role="conseiller",
        objet="la demande",
        objet_id=anne.pk,
        demandeur_id=anne.demandeur_id,
    )
    texte = lire(client, page(anne))
    assert "Ce que votre service a consulté" in texte
    assert "Camille Roux, Ateliers Vauban" in texte
    assert "Agathe Conseil" not in texte


def test_the_company_that_took_over_the_employer_confirms_the_employment(anne: Demande) -> None:
    vauban = EntrepriseFactory(siret=SIRETS[0])
    vauban.successeur = EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    vauban.radiee_le = timezone.localdate()
    vauban.save()
    donner_son_accord(anne, vauban.successeur)
    navigateur = connecte(AppartenanceFactory(entreprise=vauban.successeur).agent)
    assert "Confirmer l’emploi" in lire(navigateur, "/service-logement/")
    navigateur.post(f"{page(anne)}emploi/", {"reponse": "oui"})
    assert Emploi.objects.get(demande=anne).confirme_le


def test_a_former_employer_s_notes_are_not_the_next_one_s_to_read(client: Client, agent: User, anne: Demande) -> None:
    actes.ecrire_une_note(anne, "Le contrat ne sera pas renouvelé.", par=agent)
    assert "Le contrat ne sera pas renouvelé." in lire(client, page(anne))
    autre = EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    nouveau = AppartenanceFactory(entreprise=autre).agent
    donner_son_accord(anne, autre)
    assert "Le contrat ne sera pas renouvelé." not in lire(connecte(nouveau), page(anne))


def test_both_wordings_refuse_the_same() -> None:
    jour = timezone.localdate()
    demandes = [DemandeFactory(valide=True), DemandeFactory(), DemandeFactory(valide=True, radiee_le=jour)]
    offres = [OffreFactory(), OffreFactory(trop_chere=True), OffreFactory(expiree=True)]
    for demande in demandes:
        for offre in offres:
            obstacle, raison = trouver(demande, offre, jour), empechement(demande, offre, jour)
            assert (obstacle.phrase if obstacle else None) == raison
            assert obstacle is None or "€" not in obstacle.a_un_tiers
    with pytest.raises(workflow.CandidatureRefusee):
        workflow.postuler(demandes[1], offres[0], par=demandes[1].demandeur)
