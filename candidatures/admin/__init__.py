"""The advisers' workplace: the queues, the dossiers, the reasons and the journal."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, re_path, reverse
from django.urls.converters import UUIDConverter
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin import LectureSeule, personne
from accounts.models import Role
from candidatures.admin import baremes as baremes  # one more page of this admin
from candidatures.admin import commission, transmission, vues
from candidatures.admin import delais as delais  # and another
from candidatures.admin.echeances import FiltreEcheance
from candidatures.admin.files import FILES, LISTE, ORDRE, FiltreBailleur, FiltreDepartement, FiltreEtape, file_montree
from candidatures.admin.liste import ListeExaminee, PagesEtroites, avec_son_employeur, depuis, echeance, en_bref
from candidatures.admin.lots import EN_LOT, faire_en_lot, toute_la_file
from candidatures.attente.requetes import avec_echeance, delais_connus
from candidatures.classement import rangs
from candidatures.conservation import REGLES
from candidatures.models import Candidature, CandidatureQuerySet, Evenement, Motif, Passage
from candidatures.statuts import TRANSITIONS, Action
from candidatures.views import mes_donnees
from offres.models import Offre

COMMISSION = (
    ("commission/", "commission", commission.saisir),
    ("feuille/", "feuille", commission.lire),
    ("feuille.csv", "feuille_csv", commission.fichier),
)
"""The pages of one offer's commission: address, name and view."""


@admin.register(Candidature)
class CandidatureAdmin(LectureSeule[Candidature]):
    list_display = ("demandeur", "logement", "echeance_le", "etat", "controles", "place")
    list_display_links = ("demandeur",)
    list_filter = (FiltreEtape, FiltreEcheance, FiltreDepartement, FiltreBailleur)
    search_fields = (
        *("demande__demandeur__nom_naissance", "demande__demandeur__prenom", "demande__demandeur__email"),
        *("demande__numero_unique", "offre__reference"),
    )
    search_help_text = "Nom, numéro unique ou référence de l’offre ; la recherche porte sur toutes les étapes."
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = tuple(faire_en_lot(action) for action in EN_LOT)

    def get_list_display(self, request: HttpRequest) -> Any:
        """The checks tell of incomes: they are for those who may read these."""
        if personne(request).has_perm("demandes.lire_le_sensible"):
            return self.list_display
        return [colonne for colonne in self.list_display if colonne != "controles"]

    def get_queryset(self, request: HttpRequest) -> CandidatureQuerySet:
        visibles = Candidature.objects.visibles_par(personne(request)).pour_lecture()
        lues = avec_son_employeur(visibles.avec_son_tour().select_related("demande__emploi"))
        jour, reperes = timezone.localdate(), rangs.reperes()
        lues = rangs.avec_les_points(lues, jour, rangs.bareme_connu(jour, reperes))
        return avec_echeance(lues, delais_connus(jour, reperes))

    paginator = PagesEtroites

    def get_paginator(self, request: HttpRequest, *arguments: Any, **options: Any) -> Paginator[Any]:
        """A whole queue is counted by its statuses alone, without its dwellings and its points."""
        paginateur: Paginator[Any] = super().get_paginator(request, *arguments, **options)
        if request.GET.keys() <= {FiltreEtape.parameter_name, PAGE_VAR}:
            file = FILES[file_montree(request.GET)]
            visibles = Candidature.objects.visibles_par(personne(request))
            paginateur.count = visibles.filter(statut__in=sorted(file.statuts)).count()
        return paginateur

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:  # noqa: ARG002
        """Neither the limit nor the points are columns, and Django's checks want columns in `ordering`."""
        return ORDRE

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:  # noqa: ARG002
        return ListeExaminee

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Those of the table for this role."""
        role = Role(personne(request).role)
        ouvertes = {action.value for action in EN_LOT if role in TRANSITIONS[action].par}
        return {nom: acte for nom, acte in super().get_actions(request).items() if nom in ouvertes}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue, and the acts that some of it may take; on one offer, its name and what may be done to it."""
        statuts = FILES[file_montree(request.GET)].statuts
        actes = [acte for acte in map(Action, self.get_actions(request)) if TRANSITIONS[acte].depuis & statuts]
        contexte = {"title": "Candidatures", "offre": _offre(request), "actes": actes, **(extra_context or {})}
        return super().changelist_view(request, contexte)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The dossier, in place of a form: nothing of a candidature is typed."""
        return vues.lire(request, object_id)

    def history_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The journal is on the dossier, where a look is recorded."""
        return redirect("admin:candidatures_candidature_change", object_id)

    def get_urls(self) -> list[URLPattern]:
        """One address for all the acts of the table, others for an offer, its commission, a link, a person's data."""
        actes = "|".join(Action.values)
        return [
            path("lot/", self.admin_site.admin_view(toute_la_file(self)), name="candidatures_candidature_lot"),
            path(
                "offre/<uuid:pk>/retirer/",
                self.admin_site.admin_view(vues.retirer_offre),
                name="candidatures_offre_retirer",
            ),
            *(
                path(f"offre/<uuid:pk>/{chemin}", self.admin_site.admin_view(vue), name=f"candidatures_offre_{nom}")
                for chemin, nom, vue in COMMISSION
            ),
            re_path(
                rf"^(?P<pk>{UUIDConverter.regex})/(?P<action>{actes})/$",
                self.admin_site.admin_view(vues.avancer),
                name="candidatures_candidature_avancer",
            ),
            re_path(
                rf"^(?P<pk>{UUIDConverter.regex})/apercu/(?P<action>{actes})/$",
                self.admin_site.admin_view(vues.apercevoir),
                name="candidatures_candidature_apercu",
            ),
            path(
                "<uuid:pk>/lien/",
                self.admin_site.admin_view(transmission.renouveler),
                name="candidatures_candidature_lien",
            ),
            path(
                "<uuid:pk>/lien/revocation/",
                self.admin_site.admin_view(transmission.revoquer),
                name="candidatures_candidature_revocation",
            ),
            path(
                "personne/<uuid:pk>/donnees/",
                self.admin_site.admin_view(mes_donnees.impression_pour),
                name="candidatures_personne_donnees",
            ),
            path(
                "personne/<uuid:pk>/donnees/fichier/",
                self.admin_site.admin_view(mes_donnees.fichier_pour),
                name="candidatures_personne_fichier",
            ),
            *super().get_urls(),
        ]

    @admin.display(description="demandeur", ordering="demande__demandeur__nom_naissance")
    def demandeur(self, candidature: Candidature) -> SafeString:
        demande = candidature.demande
        return format_html("{} <small>{}</small>", demande.demandeur, demande.numero_unique)

    @admin.display(description="logement", ordering="offre__reference")
    def logement(self, candidature: Candidature) -> SafeString:
        offre = candidature.offre
        texte = '<a href="{}">{}</a> <small>{}</small>'
        return format_html(texte, f"{reverse(LISTE)}?offre={offre.pk}", offre, offre.bailleur)

    @admin.display(description="échéance", ordering="echeance_le")
    def echeance_le(self, candidature: Candidature) -> SafeString:
        """The limit of this step: whoever is late comes first."""
        return echeance(candidature.echeance_le, timezone.localdate())  # type: ignore[attr-defined]

    @admin.display(description="statut", ordering="statut_depuis")
    def etat(self, candidature: Candidature) -> SafeString:
        statut, jours = candidature.get_statut_display(), depuis(candidature, timezone.localdate())
        if candidature.au_suivant:  # type: ignore[attr-defined]
            texte = '{} <span class="marque attention">au suivant</span> <small>{}</small>'
            return format_html(texte, statut, jours)
        return format_html("{} <small>{}</small>", statut, jours)

    @admin.display(description="vérifications")
    def controles(self, candidature: Candidature) -> SafeString:
        return en_bref(candidature.controles)  # type: ignore[attr-defined]

    @admin.display(description="rang", ordering="-points")
    def place(self, candidature: Candidature) -> str:
        """Among those of its offer that count; as the applicant reads it."""
        place = candidature.place_du_jour  # type: ignore[attr-defined]
        return "{} / {}".format(*place) if place else "–"


def _offre(request: HttpRequest) -> Offre | None:
    """The one offer the list is about, if it is."""
    try:
        return Offre.objects.select_related("commune__parent", "bailleur").filter(pk=request.GET["offre"]).first()
    except (KeyError, ValidationError):
        return None


@admin.register(Evenement)
class EvenementAdmin(LectureSeule[Evenement]):
    """The journal of everyone, for an audit."""

    list_display = ("le", "action", "depuis", "vers", "par_role", "motif")
    list_filter = ("vers", "par_role", "le")
    search_fields = ("=candidature_id", "=offre_id", "=par_id")
    search_help_text = "Identifiant d’une candidature, d’une offre ou d’une personne."
    fields = ("le", "candidature_id", "offre_id", "action", "depuis", "vers", "par_id", "par_role", "motif")


@admin.register(Passage)
class PassageAdmin(LectureSeule[Passage]):
    """What retention did each night; a passage without an end was interrupted, and the next one goes on."""

    list_display = ("regle", "commence_le", "fini_le", "nombre", "genre")
    list_filter = ("a_blanc", "regle", "commence_le")
    fields = ("regle", "delai", "commence_le", "fini_le", "nombre", "genre")

    @admin.display(description="genre", ordering="a_blanc")
    def genre(self, passage: Passage) -> str:
        return "à blanc" if passage.a_blanc else "appliqué"

    @admin.display(description="délai")
    def delai(self, passage: Passage) -> str:
        return next((regle.delai for regle in REGLES if regle.nom == passage.regle), "règle disparue")


@admin.register(Motif)
class MotifAdmin(admin.ModelAdmin[Motif]):
    """The reasons offered; one that has served is no longer offered rather than deleted."""

    list_display = ("libelle", "action", "ordre", "propose", "cache")
    list_filter = ("action", "actif", "sensible")
    search_fields = ("libelle",)
    fields = ("action", "libelle", "ordre", "actif", "sensible")

    def has_delete_permission(self, request: HttpRequest, obj: Motif | None = None) -> bool:  # noqa: ARG002
        return False

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the acts that owe a reason to a person, and that a person does."""
        if db_field.name == "action":
            dus = [a for a, regle in TRANSITIONS.items() if regle.motif_obligatoire and regle.par != {Role.AUTOMATE}]
            kwargs["choices"] = [(action.value, action.label) for action in dus]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description="proposé", ordering="actif")
    def propose(self, motif: Motif) -> str:
        return "oui" if motif.actif else "non"

    @admin.display(description="caché à l’employeur", ordering="sensible")
    def cache(self, motif: Motif) -> str:
        return "oui" if motif.sensible else "non"
