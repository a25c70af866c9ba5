"""Importing a demand: never without the right code, never twice, never half. The registry answers over real HTTP."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Courriel, User
from demandes import importation
from demandes.importation import CodeRefuse, DejaRattachee, IdentiteDifferente, ImportRefuse
from demandes.models import Demande, Importation, Instantane
from demandes.sne import client
from demandes.tasks import expirer_codes
from tests.factories import DemandeFactory, UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.django_db

NUMERO, NAISSANCE = "111092062114ACLOG", date(1989, 5, 19)


@pytest.fixture
def anne(registre: Registre) -> User:
    user: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    return user


def code_recu() -> str:
    """The six digits of the last mail."""
    courriel = Courriel.objects.filter(gabarit="code_import").latest("cree_le")
    assert not re.search(r"\d{6}", courriel.sujet)  # the subject outlives the body
    trouve = re.search(r"^(\d{6})$", courriel.texte, re.MULTILINE)
    assert trouve is not None
    return trouve[1]


def un_autre(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def verifiee(user: User) -> Importation:
    """An import whose code has been given back."""
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=user)
    importation.verifier_le_code(ouverte, code_recu())
    ouverte.refresh_from_db()
    return ouverte


def test_the_code_goes_to_the_registrys_address_and_is_nowhere_in_the_database(anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    assert Courriel.objects.get().destinataire == "gigitdenise@yopmail.com" != anne.email
    assert code_recu() not in (ouverte.empreinte, ouverte.adresse)
    assert re.fullmatch(r"[0-9a-f]{64}", ouverte.empreinte)


def test_an_unknown_number_and_a_wrong_birth_date_are_one_same_refusal_and_send_nothing(anne: User) -> None:
    for numero, naissance in ((NUMERO, date(1989, 5, 20)), ("111092099999ACLOG", NAISSANCE)):
        with pytest.raises(client.DemandeInconnue):
            importation.demander_le_code(numero, naissance, par=anne)
    assert not Courriel.objects.exists()


def test_the_right_code_imports_the_whole_demand(anne: User) -> None:
    demande = importation.importer(verifiee(anne), par=anne)
    assert demande.numero_unique == NUMERO
    assert demande.nombre_personnes == 3
    assert demande.dossier.demandeur.date_naissance == NAISSANCE
    assert demande.dossier.logement_actuel.modele == "CP"
    assert demande.dossier.motifs == ("04",)
    close = Importation.objects.get()
    assert close.close_le is not None
    assert (close.adresse, close.empreinte) == ("", "")


def test_a_code_serves_once(anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    code = code_recu()
    importation.verifier_le_code(ouverte, code)
    with pytest.raises(CodeRefuse, match="déjà servi"):
        importation.verifier_le_code(ouverte, code)


def test_after_five_wrong_codes_even_the_right_one_is_refused(anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    code = code_recu()
    for restants in (4, 3, 2, 1):
        with pytest.raises(CodeRefuse, match=f"il vous reste {restants} essai"):
            importation.verifier_le_code(ouverte, un_autre(code))
    with pytest.raises(CodeRefuse, match="dernier essai"):
        importation.verifier_le_code(ouverte, un_autre(code))
    with pytest.raises(CodeRefuse, match="ne peut plus servir"):
        importation.verifier_le_code(ouverte, code)


@pytest.mark.parametrize(("heures", "bon"), [(23, True), (25, False)])
def test_the_code_lives_twenty_four_hours(heures: int, bon: bool, anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    with time_machine.travel(timezone.now() + timedelta(hours=heures)):
        if bon:
            importation.verifier_le_code(ouverte, code_recu())
        else:
            with pytest.raises(CodeRefuse, match="n’est plus valable"):
                importation.verifier_le_code(ouverte, code_recu())


def test_a_new_code_kills_the_old_one(anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    ancien = code_recu()
    importation.redemander_un_code(ouverte)
    if ancien != code_recu():
        with pytest.raises(CodeRefuse, match="pas le bon"):
            importation.verifier_le_code(ouverte, ancien)
    importation.verifier_le_code(ouverte, code_recu())


def test_five_codes_a_day_are_enough(anne: User) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    for _ in range(importation.CODES_PAR_IMPORT - 1):
        importation.redemander_un_code(ouverte)
    with pytest.raises(ImportRefuse, match="5 codes ont déjà été envoyés"):
        importation.redemander_un_code(ouverte)


def test_numbers_cannot_be_tried_for_ever(anne: User) -> None:
    for _ in range(importation.PAR_COMPTE_ET_NUMERO):
        with pytest.raises(client.DemandeInconnue):
            importation.demander_le_code(NUMERO, date(1990, 1, 1), par=anne)
    with pytest.raises(ImportRefuse, match="Trop d’essais aujourd’hui"):
        importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        importation.demander_le_code(NUMERO, NAISSANCE, par=anne)


def test_that_a_number_is_taken_is_said_only_after_the_right_code(anne: User) -> None:
    DemandeFactory(numero_unique=NUMERO)
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    with pytest.raises(CodeRefuse):
        importation.verifier_le_code(ouverte, un_autre(code_recu()))
    importation.verifier_le_code(ouverte, code_recu())
    ouverte.refresh_from_db()
    with pytest.raises(DejaRattachee, match="un numéro, un seul compte"):
        importation.importer(ouverte, par=anne)


def test_another_persons_name_is_shown_field_by_field_and_can_be_corrected_without_a_new_code(anne: User) -> None:
    anne.prenom = "Denise"
    anne.save()
    ouverte = verifiee(anne)
    with pytest.raises(IdentiteDifferente) as refus:
        importation.importer(ouverte, par=anne)
    (ecart,) = refus.value.ecarts
    assert (ecart.champ, ecart.ici, ecart.registre.upper()) == ("Prénom", "Denise", "ANNE")
    anne.prenom = "ANNE"
    anne.save()
    assert importation.importer(ouverte, par=anne).demandeur == anne


def test_a_registry_that_goes_down_after_the_code_costs_no_new_code(anne: User, registre: Registre) -> None:
    ouverte = verifiee(anne)
    registre.panne("erreur")
    with pytest.raises(client.RegistreIndisponible):
        importation.importer(ouverte, par=anne)
    assert not Demande.objects.exists()
    registre.panne("aucune")
    assert importation.importer(ouverte, par=anne).numero_unique == NUMERO


@pytest.mark.parametrize("panne", ["erreur", "illisible", "incomplet", "jeton", "portee"])
def test_a_broken_registry_never_makes_half_a_demand(panne: str, anne: User, registre: Registre) -> None:
    ouverte = verifiee(anne)
    registre.panne(panne)
    with pytest.raises(client.RegistreIndisponible):
        importation.importer(ouverte, par=anne)
    assert not Demande.objects.exists()
    assert not Instantane.objects.exists()


def test_an_update_says_which_lines_changed_and_keeps_what_was_said_before(anne: User, registre: Registre) -> None:
    demande = importation.importer(verifiee(anne), par=anne)
    assert importation.mettre_a_jour(demande, par=anne) == []
    assert demande.instantanes.count() == 1
    registre.modifier(NUMERO, loyer_max=999)
    (changement,) = importation.mettre_a_jour(demande, par=anne)
    assert (changement.rubrique, changement.libelle) == ("Logement recherché", "Loyer maximum")
    assert changement.apres.startswith("999")
    assert demande.instantanes.count() == 2


def test_an_update_while_the_registry_is_away_keeps_the_dated_copy(anne: User, registre: Registre) -> None:
    demande = importation.importer(verifiee(anne), par=anne)
    registre.panne("erreur")
    with pytest.raises(client.RegistreIndisponible):
        importation.mettre_a_jour(demande, par=anne)
    assert Demande.objects.get().dossier.num_unique == NUMERO


def test_the_clock_closes_the_imports_whose_code_ran_out_and_forgets_the_address(anne: User) -> None:
    importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    expirer_codes()
    assert Importation.objects.ouvertes().count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        expirer_codes()
    close = Importation.objects.get()
    assert close.close_le is not None
    assert (close.adresse, close.empreinte) == ("", "")


def test_an_abandoned_import_leaves_room_for_another_number(anne: User, registre: Registre) -> None:
    importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    autre = registre.numeros_libres()[1]
    naissance = registre.dossier(autre).demandeur.date_naissance
    importation.demander_le_code(autre, naissance, par=anne)
    assert Importation.objects.ouvertes().get().numero_unique == autre
