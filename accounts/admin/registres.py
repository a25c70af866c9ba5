"""The outbox and the registers: read, never written here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.lecture import LectureSeule
from accounts.models import Consultation, Courriel


class EtatDuCourriel(admin.SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("attente", "En attente"), ("envoye", "Envoyés"), ("refuse", "Refusés ou revenus")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> QuerySet[Courriel]:  # noqa: ARG002
        etats = {
            "attente": Q(envoye_le=None, refuse_le=None),
            "envoye": Q(envoye_le__isnull=False, refuse_le=None),
            "refuse": Q(refuse_le__isnull=False),
        }
        return queryset.filter(etats.get(self.value() or "", Q()))


@admin.register(Courriel)
class CourrielAdmin(LectureSeule[Courriel]):
    """Whether a mail left, never what it says: some carry a code or a link that opens an account."""

    list_display = ("sujet", "destinataire", "etat", "tentatives", "derniere_erreur", "cree_le")
    list_filter = (EtatDuCourriel, "cree_le")
    search_fields = ("destinataire", "sujet")
    search_help_text = "Adresse ou objet."
    fields = (
        *("sujet", "destinataire", "repondre_a", "gabarit", "etat"),
        *("cree_le", "envoye_le", "refuse_le", "tentatives", "prochain_essai_le", "derniere_erreur"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Courriel]:
        return super().get_queryset(request).defer("texte", "html")

    @admin.display(description="état")
    def etat(self, courriel: Courriel) -> str:
        if courriel.refuse_le:
            return f"{'revenu' if courriel.envoye_le else 'refusé'} le {_moment(courriel.refuse_le)}"
        if courriel.envoye_le:
            return f"envoyé le {_moment(courriel.envoye_le)}"
        return "en attente"


@admin.register(Consultation)
class ConsultationAdmin(LectureSeule[Consultation]):
    """Who opened whose demand, or was refused it: the lines that the applicant reads by day and by person.

    An applicant refused somebody else's demand is not named, not even here; the link leads to his account.
    """

    list_display = ("le", "acte", "par_nom", "par_role", "objet", "dossier_de")
    list_filter = ("acte", "par_role", "objet_nature", "le")
    search_fields = ("par_nom", "objet", "=par_id", "=demandeur_id", "=objet_id")
    search_help_text = "Nom de la personne, ce qui a été ouvert, ou un identifiant."
    show_full_result_count = False
    fields = ("le", "acte", "par_nom", "par_role", "compte", "objet", "objet_nature", "objet_id", "dossier_de")

    @admin.display(description="son compte")
    def compte(self, consultation: Consultation) -> SafeString:
        return _lien_vers_le_compte(consultation.par_id, "Voir le compte")

    @admin.display(description="dossier de")
    def dossier_de(self, consultation: Consultation) -> SafeString:
        return _lien_vers_le_compte(consultation.demandeur_id, "Voir le demandeur")


def _lien_vers_le_compte(pk: UUID, libelle: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:accounts_user_change", args=[pk]), libelle)


def _moment(instant: datetime) -> str:
    return f"{timezone.localtime(instant):%d/%m/%Y à %H:%M}"
