"""The list of candidatures: what an adviser reads of each without opening it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.admin.views.main import ChangeList
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.models import Entreprise
from candidatures.classement import rangs
from candidatures.models import Candidature, CandidatureQuerySet
from demandes.models import Demande, TableDeReference
from offres.eligibilite import Controle, Critere, Foyer, Verdict, examiner
from offres.plafonds import Bareme

PROCHE = 3
"""Days before a deadline from which it is shown in amber."""
CRITERES = {
    Critere.TYPOLOGIE: "taille",
    Critere.PLAFOND: "plafond",
    Critere.EFFORT: "loyer",
    Critere.RESERVATION: "réservation",
}
VERDICTS = {
    Verdict.CONVIENT: ("ok", "✓", "convient"),
    Verdict.PREVIENT: ("attention", "!", "à regarder"),
    Verdict.INCONNU: ("attention", "?", "à vérifier"),
    Verdict.BLOQUE: ("erreur", "✗", "ne convient pas"),
}
"""How each verdict looks: the class, the sign, and the word for whoever does not see the sign."""


class ListeExaminee(ChangeList):
    """A page of the list, each candidature with its `controles` and `place_du_jour`, whatever their number."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list, jour = list(self.result_list), timezone.localdate()
        if not self.result_list:
            return
        reperes = tuple(self.result_list[0].reperes)
        bareme = Bareme.connu(jour, reperes)
        places = rangs.places(self.result_list, jour, rangs.bareme_connu(jour, reperes))
        for candidature in self.result_list:
            foyer = _foyer(candidature.demande, candidature.entreprise_id)
            candidature.controles = examiner(foyer, candidature.offre, bareme)
            candidature.place_du_jour = places.get(candidature.pk)


class PagesEtroites(Paginator[Candidature]):
    """Finds which rows a page has before reading them whole: those of a country are too wide to be sorted."""

    def page(self, number: int | str) -> Page[Candidature]:
        """Raises InvalidPage."""
        numero = self.validate_number(number)
        debut = (numero - 1) * self.per_page
        rangees: Any = self.object_list
        cles = rangees.values("pk")[debut : debut + self.per_page]
        return Page(rangees.filter(pk__parmi=ArraySubquery(cles)), numero, self)


def avec_son_employeur(candidatures: CandidatureQuerySet) -> CandidatureQuerySet:
    """Each with `entreprise_id`, the client company of its demand, and `reperes`: `Foyer.de` makes a query a demand."""
    siret = OuterRef("demande__emploi__siret")
    entreprise = Entreprise.objects.filter(siret=siret).exclude(siret="").order_by().values("pk")
    reperes = TableDeReference.objects.order_by("nom").values("chargee_le")
    return candidatures.annotate(entreprise_id=Subquery(entreprise[:1]), reperes=ArraySubquery(reperes))


def _foyer(demande: Demande, entreprise_id: UUID | None) -> Foyer:
    return Foyer(
        personnes=demande.nombre_personnes,
        categorie=demande.categorie_menage,
        personnes_en_plus=demande.personnes_en_plus,
        rfr=demande.rfr,
        annee_rfr=demande.annee_rfr,
        revenus=demande.revenus,
        entreprise_id=entreprise_id,
    )


def echeance(jour: date | None, aujourd_hui: date) -> SafeString:
    """A deadline and how far it is, in words and in colour: « 07/10/2026, en retard de 2 jours »."""
    if jour is None:
        return SafeString("–")
    reste = (jour - aujourd_hui).days
    if reste < 0:
        genre, mots = "erreur", f"en retard de {-reste} jour{'s' if reste < -1 else ''}"
    elif reste <= PROCHE:
        genre, mots = "attention", ("aujourd’hui", "demain", "dans 2 jours", "dans 3 jours")[reste]
    else:
        genre, mots = "", f"dans {reste} jours"
    texte = '<time datetime="{}">{}</time> <span class="marque {}">{}</span>'
    return format_html(texte, jour.isoformat(), f"{jour:%d/%m/%Y}", genre, mots)


def en_bref(controles: list[Controle]) -> SafeString:
    """« ✓ taille ✓ plafond ! loyer 35 % »."""
    mots = ((*VERDICTS[controle.verdict], _sujet(controle)) for controle in controles)
    lignes = ((genre, signe, sujet, verdict) for genre, signe, verdict, sujet in mots)
    texte = '<span class="marque {}"><span aria-hidden="true">{}</span> {}<span class="cache"> : {}</span></span>'
    return format_html('<span class="verdicts">{}</span>', format_html_join(" ", texte, lignes))


def _sujet(controle: Controle) -> str:
    if controle.critere is Critere.EFFORT and controle.attendu and controle.constate:
        return f"loyer {round(controle.constate * 100 / controle.attendu)}\u202f%"
    return CRITERES[controle.critere]


def depuis(candidature: Candidature, aujourd_hui: date) -> str:
    jours = candidature.jours_dans_le_statut(aujourd_hui)
    return "depuis aujourd’hui" if jours == 0 else f"depuis {jours} jour{'s' if jours > 1 else ''}"
