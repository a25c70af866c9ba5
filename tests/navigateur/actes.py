"""What an adviser does in the browser: on a dossier, on the page of its commission, and on those of the companies."""

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


def il_invite_et_importe(lui: Personne) -> None:
    """A company's « Inviter un agent », empty, and the report of a file with a line that is wrong."""
    lui.va("/admin/accounts/entreprise/?q=vauban")
    lui.clique("Ateliers Vauban")
    lui.clique("Inviter un agent")
    lui.appuie("Envoyer l’invitation")
    lui.lit("Il y a 3 points à corriger")
    lui.va("/admin/accounts/entreprise/importer/")
    fichier = {"name": "entreprises.csv", "mimeType": "text/csv", "buffer": b"siret;nom\n123;Vauban\n"}
    lui.page.get_by_label("Fichier CSV").set_input_files(fichier)  # type: ignore[arg-type]
    lui.appuie("Lire le fichier")
    lui.lit("Rien ne sera écrit")
