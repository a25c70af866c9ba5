"""The alerts in the support's workplace: how many left and for how many dwellings, never which, nor what they said."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from accounts.admin.lecture import LectureSeule
from offres.models import Abonnement, Parution, Tournee


@admin.register(Tournee)
class TourneeAdmin(LectureSeule[Tournee]):
    list_display = ("commencee_le", "quotidienne", "offres_parues", "lots", "lots_en_attente", "e_mails")
    list_filter = ("quotidienne", "jour")
    fields = ("commencee_le", "quotidienne", "offres_parues", "lots", "lots_en_attente", "e_mails")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tournee]:
        """With its counts."""
        parutions = Parution.objects.filter(tournee=OuterRef("pk")).order_by().values("tournee").annotate(n=Count("*"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                nombre_offres=Coalesce(Subquery(parutions.values("n")), 0),
                nombre_lots=Count("lots"),
                nombre_en_attente=Count("lots", filter=Q(lots__fait_le=None)),
                nombre_courriels=Coalesce(Sum("lots__courriels"), 0),
            )
        )

    @admin.display(description="offres parues")
    def offres_parues(self, tournee: Tournee) -> int:
        return self._compte(tournee, "nombre_offres")

    @admin.display(description="lots")
    def lots(self, tournee: Tournee) -> int:
        return self._compte(tournee, "nombre_lots")

    @admin.display(description="lots en attente")
    def lots_en_attente(self, tournee: Tournee) -> int:
        return self._compte(tournee, "nombre_en_attente")

    @admin.display(description="e-mails écrits")
    def e_mails(self, tournee: Tournee) -> int:
        return self._compte(tournee, "nombre_courriels")

    def _compte(self, tournee: Tournee, nom: str) -> int:
        return int(getattr(tournee, nom))


@admin.register(Abonnement)
class AbonnementAdmin(LectureSeule[Abonnement]):
    """Whether somebody's alerts are on, and when the last one left, for « je n’ai rien reçu »."""

    list_display = ("adresse", "__str__", "dernier_le", "logements", "arrete_le")
    list_select_related = ("personne",)
    search_fields = ("=personne__email",)
    search_help_text = "Adresse e-mail, en entier."
    show_full_result_count = False
    fields = ("adresse", "dernier_le", "logements", "arrete_le")

    @admin.display(description="adresse", ordering="personne__email")
    def adresse(self, abonnement: Abonnement) -> str:
        return abonnement.personne.email
