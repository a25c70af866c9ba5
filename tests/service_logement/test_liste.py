"""The list of a company's employees: what is due, filters, sort, figures (guide #3)."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from accounts.models import Entreprise, User
from candidatures.salaries import chiffres, liste
from candidatures.salaries.filtre import FiltreForm
from candidatures.salaries.liste import A_FAIRE, _finit_avant, salaries_de
from candidatures.statuts import Statut
from demandes.confirmation import confirmer_l_emploi
from demandes.echeances import dans_des_mois
from demandes.models import Demande, Emploi
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    UserFactory,
)
from tests.service_logement.gens import LISTE, lire, salarie

pytestmark = pytest.mark.django_db


def lignes(agent: User, requete: str = "") -> list[liste.Ligne]:
    """The lines of the list, for this query string."""
    jour = timezone.localdate()
    form = FiltreForm(QueryDict(requete), Entreprise.objects.suivies_par(agent))
    demandes = liste.avec_candidature(form.appliquer(salaries_de(agent, jour), jour))
    return [liste.ligne(demande, jour) for demande in demandes]


def test_the_states_filter_the_list(client: Client, anne: Demande) -> None:
    a_valider = ConsentementFactory(
        demande=DemandeFactory(demandeur=UserFactory(nom_naissance="Incomplet")), entreprise__siret=SIRETS[0]
    ).demande
    Emploi.objects.create(demande=a_valider, siret=SIRETS[0], nom_employeur="Ateliers Vauban", valide_le=timezone.now())
    CandidatureFactory(demande=salarie("Actif"))
    CandidatureFactory(demande=salarie("Antan"), statut=Statut.NON_ATTRIBUEE)
    CandidatureFactory(demande=salarie("Installe"), statut=Statut.BAIL_SIGNE)
    noms = {"Porte", "Incomplet", "Actif", "Antan", "Installe"}
    attendus = {
        "a-valider": {"Incomplet"},
        "sans": {"Porte", "Antan"},
        "en-cours": {"Actif"},
        "loges": {"Installe"},
        "nimporte": noms,
        "": noms,
    }
    for etat, voulus in attendus.items():
        texte = lire(client, f"{LISTE}?etat={etat}")
        assert {nom for nom in noms if nom in texte} == voulus, etat


def test_the_employments_to_confirm_filter_the_list(client: Client, agent: User, anne: Demande) -> None:
    confirme = salarie("Confirme")
    confirmer_l_emploi(confirme, par=agent)
    assert "Confirme<" not in lire(client, f"{LISTE}?emploi=a-confirmer")
    assert "Anne Porte" not in lire(client, f"{LISTE}?emploi=confirmes")


def test_what_is_due_filters_the_list_as_each_line_says_it(client: Client, agent: User, anne: Demande) -> None:
    jour, sous_peu = timezone.localdate(), timezone.localdate() + timedelta(days=4)
    proposee, visite, piece, bientot = (salarie(nom) for nom in ("Propose", "Visiteur", "Papier", "Bientot"))
    CandidatureFactory(demande=proposee, statut=Statut.PROPOSEE, reponse_avant_le=sous_peu)
    CandidatureFactory(demande=visite, statut=Statut.VISITE, visite_le=sous_peu)
    CandidatureFactory(demande=piece, statut=Statut.TRANSMISE, piece_attendue_le=sous_peu, motif="Avis d’imposition")
    Demande.objects.filter(pk=bientot.pk).update(renouvelee_le=jour - timedelta(days=340))
    Demande.objects.filter(pk=anne.pk).update(dossier_valide_le=None)
    for demande in (proposee, visite, piece, bientot):
        confirmer_l_emploi(demande, par=agent)
    tous = {ligne.demande: {due.cle for due in ligne.dues} for ligne in lignes(agent)}
    assert tous == {
        **{proposee: {"reponse"}, visite: {"visite"}, piece: {"piece"}, bientot: {"renouvellement"}},
        anne: {"emploi", "dossier"},
    }
    for cle in A_FAIRE:
        assert {ligne.demande for ligne in lignes(agent, f"a_faire={cle}")} == {
            d for d, siens in tous.items() if cle in siens
        }


@pytest.mark.parametrize("jour", [date(2025, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2026, 12, 31)])
def test_the_end_of_a_demand_is_the_same_day_in_the_list_and_in_its_filter(jour: date) -> None:
    limite = _finit_avant(jour)
    for ecart in range(-2, 3):
        depuis = limite + timedelta(days=ecart)
        assert (dans_des_mois(depuis, 12) <= jour) is (depuis <= limite)


def test_the_step_and_the_establishment_filter_the_list(client: Client, agent: User, anne: Demande) -> None:
    CandidatureFactory(demande=anne, statut=Statut.VISITE, visite_le=timezone.localdate())
    autre = EntrepriseFactory(siret=SIRETS[1], nom="Vauban Sud")
    assert "Établissement" not in lire(client, LISTE)
    AppartenanceFactory(agent=agent, entreprise=autre)
    voisin = ConsentementFactory(demande=DemandeFactory(valide=True, siret=SIRETS[1]), entreprise=autre).demande
    assert {ligne.demande for ligne in lignes(agent, "etape=4")} == {anne}
    assert {ligne.demande for ligne in lignes(agent, "etape=5")} == set()
    assert {ligne.demande for ligne in lignes(agent, f"etablissement={autre.pk}")} == {voisin}
    assert "Vauban Sud, 73282932000074" in lire(client, LISTE)


def test_the_list_is_sorted_as_asked(agent: User) -> None:
    noms = {"Zola": 10, "Arp": 30, "Mina": 20}
    for nom, jours in noms.items():
        demande = salarie(nom)
        Demande.objects.filter(pk=demande.pk).update(deposee_le=timezone.localdate() - timedelta(days=jours))
    CandidatureFactory(demande=Demande.objects.get(demandeur__nom_naissance="Zola"))
    attendus = {"date": "Zola", "nom": "Arp", "anciennete": "Arp", "recentes": "Zola", "nimporte": "Zola"}
    for tri, premier in attendus.items():
        assert lignes(agent, f"tri={tri}")[0].demande.demandeur.nom_naissance == premier, tri


def test_the_months_are_drawn_and_written(client: Client, agent: User, anne: Demande) -> None:
    CandidatureFactory(demande=anne, statut=Statut.BAIL_SIGNE, bail_le=timezone.localdate())
    jour = timezone.localdate()
    siens = salaries_de(agent, jour)
    annee = chiffres.annee(siens, chiffres.chiffres(siens, jour).accords, jour)
    assert (annee.mois[-1].accords, annee.mois[-1].depots, annee.mois[-1].baux, annee.baux) == (1, 1, 1, 1)
    assert sum(un.accords for un in annee.mois[:-1]) == 0
    texte = lire(client, LISTE)
    assert "Mois par mois" in texte
    assert texte.count('class="accords" x=') == 1
