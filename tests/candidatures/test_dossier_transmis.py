"""The dossier a bailleur receives: the same on paper and in the file, accessible, and nothing that is not for him."""

import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import typst
from django.utils import timezone
from pypdf import PdfReader

from candidatures.mes_donnees.structure import Table
from candidatures.models import Candidature
from candidatures.transmission import contenu, papier
from demandes.mots import NON_RENSEIGNE
from demandes.sne import dossier as sne
from tests.demandes.demande_complete import demande_complete
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, adulte, dossier

pytestmark = pytest.mark.django_db


def tables_de(lu: sne.DossierSNE) -> tuple[Table, ...]:
    """What is transmitted of a candidature whose demand says this."""
    posee = CandidatureFactory(demande=DemandeFactory(dossier=lu, valide=True), statut="transmise")
    return contenu.rassembler(Candidature.objects.pour_lecture().get(pk=posee.pk), timezone.localdate())


def lire(tables: tuple[Table, ...]) -> tuple[PdfReader, str]:
    """The PDF, and its words without the spaces that lines and columns put between them."""
    pdf = PdfReader(io.BytesIO(papier.dessiner(tables, timezone.now())))
    return pdf, serrer("".join(feuille.extract_text() for feuille in pdf.pages))


def serrer(texte: str) -> str:
    return "".join(texte.split())


def test_the_paper_and_the_file_say_the_same() -> None:
    tables = tables_de(demande_complete())
    ecrit = json.loads(json.dumps(contenu.fichier(tables, timezone.now())))
    _, mots = lire(tables)
    compares = 0
    for table in tables:
        objets = [ecrit[table.cle]] if table.unique else ecrit[table.cle]
        assert len(objets) == len(table.fiches)
        for fiche, objet in zip(table.fiches, objets, strict=True):
            assert objet == {donnee.cle: donnee.valeur for donnee in fiche.donnees}
            for donnee in fiche.en_clair():
                if donnee.texte != NON_RENSEIGNE:
                    assert serrer(donnee.texte) in mots, donnee
                    compares += 1
    assert compares > 100


def test_the_paper_is_tagged_titled_and_in_french() -> None:
    pdf, mots = lire(tables_de(dossier()))
    catalogue: Any = pdf.trailer["/Root"]
    assert catalogue["/Lang"] == "fr-FR"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in catalogue
    assert pdf.metadata is not None
    assert "Dossier de candidature de ANNE PORTE, offre REF-" in str(pdf.metadata.title)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data()
    assert f"page1sur{len(pdf.pages)}" in mots


def test_health_violence_disability_and_residence_never_leave() -> None:
    anne = replace(demande_complete().demandeur, nationalite="3", ressources=(sne.Ressource("AAH", 1016),))
    lu = replace(
        demande_complete(),
        demandeur=anne,
        motifs=("06", "07", "08", "23"),
        autre_motif="UNE MALADIE GRAVE",
        handicap=True,
    )
    tables = tables_de(lu)
    pdf, mots = lire(tables)
    ecrit = json.dumps(contenu.fichier(tables, timezone.now()), ensure_ascii=False)
    papier_sans_l_avis = mots.replace(serrer(contenu.ECARTES), "")
    fichier_sans_l_avis = serrer(ecrit.replace(contenu.ECARTES, ""))
    for tu in (
        *("iolence", "andicap", "santé", "médical", "invalid", "séjour", "MALADIE", "grossesse", "naître"),
        *(
            "CANNE",
            "fauteuil",
            "BARRES",
            "AAH",
            "AEEH",
            "adulte handicapé",
            "DALO",
            "Hors Union",
            "M. DURAND",
            "chez MME",
        ),
    ):
        assert serrer(tu).lower() not in papier_sans_l_avis.lower(), tu
        assert serrer(tu).lower() not in fichier_sans_l_avis.lower(), tu
    assert serrer("ne contient, par choix, ni motif ni pièce qui touche à la santé") in mots
    assert "Autremotif" in mots
    assert len(pdf.pages) >= 2


@pytest.mark.parametrize(
    "nom",
    [
        '#read("/etc/passwd")',
        "*x* _y_ $z$ `w` = t",
        '#panic() \\ #image("x.png") @ref <label>',
        "'); }} ]]",
        'a" + "b',
        "Łukasz Ñandú Ψ Я",
    ],
)
def test_a_name_prints_as_it_is_whatever_it_is_made_of(nom: str) -> None:
    pdf, mots = lire(tables_de(dossier(demandeur=adulte(nom=nom))))
    assert pdf.metadata is not None
    assert nom in str(pdf.metadata.title)
    assert serrer(nom) in mots


def test_a_sign_that_no_font_here_draws_is_a_question_mark_on_paper_and_itself_in_the_file() -> None:
    tables = tables_de(dossier(demandeur=adulte(nom="Li 李 😀\x07")))
    _, mots = lire(tables)
    assert "Li???" in mots
    ecrit: Any = contenu.fichier(tables, timezone.now())
    assert ecrit["contact"]["nom"] == "Li 李 😀\x07"


def test_the_template_can_read_no_file_beyond_its_folder() -> None:
    source: Any = b'#set document(title: "x")\n#read("/etc/passwd")'
    with pytest.raises(RuntimeError):
        typst.compile(source, root=papier.GABARIT.parent, ignore_system_fonts=True)
    with pytest.raises(RuntimeError):
        typst.compile(source.replace(b"/etc", b"../../../.."), root=papier.GABARIT.parent, ignore_system_fonts=True)


def test_the_checks_come_with_their_numbers_and_the_documents_with_their_days() -> None:
    lu = dossier(pieces=(sne.PieceDeposee("IDENT", "Carte d’identité", date(2026, 3, 4)),))
    tables = tables_de(lu)
    ecrit: Any = contenu.fichier(tables, timezone.now())
    assert (ecrit["format"], ecrit["version"]) == ("alin.dossier-transmis", 1)
    verifications = {v["critere"]: v for v in ecrit["verifications"]}
    assert verifications["effort"]["constate_eur"] == OffreFactory().loyer_charges_comprises == 841
    assert verifications["effort"]["attendu_eur"] == 3115
    pieces = ecrit["pieces"]
    assert {piece["confirmee_le"] for piece in pieces} == {timezone.localdate().isoformat()}
    identites = [piece for piece in pieces if "identité" in piece["piece"]]
    assert {(p["registre"], p["au_registre_le"]) for p in identites} == {("partagee", "2026-03-04")}
