"""One person, many spellings: pairs checked by hand, those that are one name and those that are two."""

import pytest

from demandes.identite import Ecart, composer, meme_nom, meme_prenom, sont_inverses

MEMES_NOMS = [
    ("Porte", "PORTE"),
    ("Lefèvre", "LEFEVRE"),
    ("Lefe\u0300vre", "Lefèvre"),  # composed and not composed
    ("Guével", "GUEVEL"),
    ("D’Alembert", "D'ALEMBERT"),
    ("D’Alembert", "D ALEMBERT"),
    ("DAlembert", "D’Alembert"),
    ("d’Ormesson", "ORMESSON"),
    ("de La Fontaine", "LA FONTAINE"),
    ("De la Tour", "DELATOUR"),
    ("Le Goff", "LEGOFF"),
    ("Saint-Étienne", "SAINT ETIENNE"),
    ("Martin-Durand", "MARTIN  DURAND"),
    ("Lecœur", "LECOEUR"),
    ("Weiß", "WEISS"),
    ("Sørensen", "SORENSEN"),
    ("Sørensen", "SOERENSEN"),
    ("Müller", "MULLER"),
    ("Müller", "MUELLER"),
    ("Łukasiewicz", "LUKASIEWICZ"),
    ("Nguyễn", "NGUYEN"),
    ("Đặng", "DANG"),
    ("Yıldız", "YILDIZ"),
    ("Yıldız", "yıldız"),
    ("Şahin", "SAHIN"),
    ("Þórsson", "THORSSON"),
    ("Muñoz", "MUNOZ"),
    ("O’Brien", "OBRIEN"),
    ("Ben Saïd", "BENSAID"),
    ("Porte", "DURAND NEE PORTE"),
    ("Porte", "PORTE ÉPOUSE DURAND"),
    ("محمد", "محمد"),
]
AUTRES_NOMS = [
    ("Porte", "Portes"),
    ("Porte", "Laporte"),
    ("Goff", "Le Goff"),
    ("Pont", "Dupont"),
    ("Martin", "Martin-Durand"),
    ("Durand", "Martin-Durand"),
    ("Muller", "Miller"),
    ("Moreau", "Morot"),
    ("Née", "Porte"),
    ("De", "Porte"),
    ("-", "’"),
    ("محمد", "علي"),
]
MEMES_PRENOMS = [
    ("Anne", "ANNE"),
    ("Éléonore", "eleonore"),
    ("Jean-Paul", "JEAN  PAUL"),
    ("Jean Paul", "Jean-Paul"),
    ("Jeanpaul", "Jean-Paul"),
    ("Jean", "JEAN PAUL MARIE"),
    ("Jean", "Jean, Paul, Marie"),
    ("Jean-Paul", "JEAN PAUL MARIE"),
    ("Jean-Paul Marie", "Jean-Paul"),
    ("Marie Claire", "Marie-Claire Anne"),
    ("François", "FRANCOIS"),
    ("İbrahim", "IBRAHIM"),
    ("Işıl", "ISIL"),
    ("Jürgen", "JUERGEN"),
    ("Bjørn", "BJOERN"),
    ("Đức", "DUC"),
    ("N’Golo", "NGOLO"),
]
AUTRES_PRENOMS = [
    ("Anne", "Anna"),
    ("Jean", "Jean-Paul"),
    ("Jean-Paul", "Jean"),
    ("Paul", "Jean Paul"),
    ("Marie", "Anne Marie"),
    ("Anne", "Annette"),
    ("Jean Pierre", "Jean Paul"),
    ("Denis", "Denise"),
    ("", "Anne"),
]


@pytest.mark.parametrize(("un", "autre"), MEMES_NOMS)
def test_one_family_name_is_recognised_however_it_is_written(un: str, autre: str) -> None:
    assert meme_nom(un, autre)
    assert meme_nom(autre, un)


@pytest.mark.parametrize(("un", "autre"), AUTRES_NOMS)
def test_another_family_name_stays_another_name(un: str, autre: str) -> None:
    assert not meme_nom(un, autre)
    assert not meme_nom(autre, un)


@pytest.mark.parametrize(("un", "autre"), MEMES_PRENOMS)
def test_one_first_name_is_recognised_however_it_is_written(un: str, autre: str) -> None:
    assert meme_prenom(un, autre)
    assert meme_prenom(autre, un)


@pytest.mark.parametrize(("un", "autre"), AUTRES_PRENOMS)
def test_another_first_name_stays_another_name(un: str, autre: str) -> None:
    assert not meme_prenom(un, autre)
    assert not meme_prenom(autre, un)


@pytest.mark.parametrize(
    ("au_registre", "propose"),
    [
        ("PORTE", "Porte"),
        ("D'ALEMBERT-PORTE", "D’Alembert-Porte"),
        ("ÉLÉONORE ANNE", "Éléonore Anne"),
        ("MacGregor", "MacGregor"),
    ],
)
def test_a_name_in_capitals_is_proposed_as_people_write_it(au_registre: str, propose: str) -> None:
    assert composer(au_registre) == propose


def test_a_name_typed_in_the_box_of_the_first_name_is_recognised() -> None:
    nom = Ecart("nom_naissance", "Nom", "Anne", "PORTE", "Porte")
    assert sont_inverses([nom, Ecart("prenom", "Prénom", "porte", "ANNE", "Anne")])
    assert not sont_inverses([nom, Ecart("prenom", "Prénom", "Lise", "ANNE", "Anne")])
    assert not sont_inverses([nom])
