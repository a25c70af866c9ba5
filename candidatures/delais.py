"""How the law counts the days an applicant has to answer (R441-10; Code de procédure civile, art. 641-642)."""

from datetime import date, timedelta

JOURS_POUR_REPONDRE = 10
FETES_FIXES = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}


def reponse_avant(notifiee_le: date) -> date:
    """The last day to answer a proposition: ten days after the notification, carried over to a working day."""
    jour = notifiee_le + timedelta(days=JOURS_POUR_REPONDRE)
    while jour.weekday() >= 5 or est_ferie(jour):
        jour += timedelta(days=1)
    return jour


def est_ferie(jour: date) -> bool:
    """A public holiday in mainland France (Code du travail, L3133-1)."""
    apres_paques = (jour - paques(jour.year)).days
    return (jour.month, jour.day) in FETES_FIXES or apres_paques in {1, 39, 50}


def paques(annee: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, (b, c) = annee % 19, divmod(annee, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    mois = (h - m + r + 90) // 25
    return date(annee, mois, (h - m + r + mois + 19) % 32)
