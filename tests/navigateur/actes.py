"""What an adviser does in the browser, on a dossier and on the page of its commission."""

from tests.navigateur.conftest import Personne


def tenir_la_seance(lui: Personne, aujourd_hui: str) -> None:
    """From the dossier to the page of its commission, which met today about it alone, and back."""
    dossier = lui.page.url
    lui.clique("Saisir la séance")
    lui.page.locator("input[name=tenue_le]").fill(aujourd_hui)
    lui.page.locator("textarea[name=justification]").fill("Une seule personne a postulé.")
    lui.page.locator("select[name$='-decision']").first.select_option("attribuer")
    lui.appuie("Enregistrer la séance")
    lui.page.goto(dossier)


def agir(lui: Personne, bouton: str, jour: str) -> None:
    """Press the button of one act, its fold opened and its date filled in where it has one."""
    cible = lui.page.locator("form", has=lui.page.get_by_role("button", name=bouton, include_hidden=True))
    pli = lui.page.locator("details", has=cible)
    if pli.count() and pli.first.get_attribute("open") is None:
        pli.first.locator("summary").click()
    if jour:
        cible.locator("input[type=date], input[name$=_le]").first.fill(jour)
    cible.get_by_role("button", name=bouton).click()
