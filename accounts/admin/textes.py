"""The texts that people accept, and who accepted which: read only, for whoever must prove it."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from accounts.admin.lecture import LectureSeule
from accounts.models import Acceptation, Texte


@admin.register(Texte)
class TexteAdmin(LectureSeule[Texte]):
    list_display = ("code", "version", "en_vigueur_le", "nombre_acceptations")
    list_filter = ("code",)
    fields = ("code", "version", "en_vigueur_le", "nombre_acceptations", "contenu")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Texte]:
        return super().get_queryset(request).annotate(nombre=Count("acceptations"))

    @admin.display(description="acceptations", ordering="nombre")
    def nombre_acceptations(self, texte: Texte) -> int:
        nombre: int = texte.nombre  # type: ignore[attr-defined]
        return nombre


@admin.register(Acceptation)
class AcceptationAdmin(LectureSeule[Acceptation]):
    list_display = ("le", "personne", "texte")
    list_filter = ("texte__code", "texte__version", "le")
    list_select_related = ("personne", "texte")
    search_fields = ("personne__email", "personne__nom_naissance")
    search_help_text = "Nom ou adresse e-mail de la personne."
    fields = ("le", "personne", "texte")
