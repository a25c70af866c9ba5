"""The photographs of an offer in the advisers' workplace: a page of its own, the only one that takes them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.admin import personne
from accounts.models import User
from offres import album
from offres.images import OCTETS, PhotoRefusee
from offres.models import Offre, Photo
from offres.photos import PHOTOS_PAR_OFFRE

illustrer = permission_required("offres.illustrer_offre", raise_exception=True)
DEPLACEMENTS = {"avancer": -1, "reculer": 1}


class TexteForm(forms.ModelForm[Photo]):
    """The words that replace a photograph."""

    class Meta:
        model = Photo
        fields = ("texte",)
        labels = {"texte": "Ce que montre la photo"}
        error_messages = {"texte": {"required": "Écrivez ce que montre la photo, pour qui ne la voit pas."}}

    def clean_texte(self) -> str:
        """On one line."""
        return " ".join(str(self.cleaned_data["texte"]).split())


class AjoutForm(TexteForm):
    """« Ajouter la photo ». What was typed is kept when the photograph is refused; the file is to be chosen again."""

    photo = forms.FileField(
        label="Photo",
        help_text=f"JPEG, PNG ou WebP, {OCTETS // 1_000_000} Mo au plus. Ni personne, ni nom, ni plaque de voiture.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Choisissez une photo.", "empty": "Ce fichier est vide. Choisissez une photo."},
    )

    class Meta(TexteForm.Meta):
        help_texts = {
            "texte": "Lu à voix haute à qui ne la voit pas : «\u00a0Le salon, deux fenêtres sur la cour\u00a0»."
        }

    def ajouter(self, offre: Offre, par: User) -> bool:
        """Whether it was kept; if not, the reason is on the field."""
        recue: UploadedFile[bytes] = self.cleaned_data["photo"]
        try:
            album.ajouter(offre, recue.read(), self.cleaned_data["texte"], par=par)
        except PhotoRefusee as refus:
            self.add_error("photo", str(refus))
            return False
        return True


@require_http_methods(["GET", "POST"])
@illustrer
def lire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The album, and « Ajouter la photo » below it."""
    offre = get_object_or_404(Offre.objects.pour_lecture(), pk=pk)
    donnees = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = _ajout(*donnees)
    if form.is_valid() and form.ajouter(offre, personne(request)):
        messages.success(request, f"La photo « {form.cleaned_data['texte']} » est ajoutée.")
        return redirect("admin:offres_offre_photos", pk)
    return _page(request, offre, form)


@require_POST
@illustrer
def changer(request: HttpRequest, pk: UUID, numero: int) -> HttpResponse:
    """One act on one photograph; pressed twice, it leads to the same page."""
    offre, par = get_object_or_404(Offre.objects.pour_lecture(), pk=pk), personne(request)
    photo, acte = offre.photos.filter(pk=numero).first(), request.POST.get("acte", "")
    if photo is None:
        messages.info(request, "Cette photo n’est plus là.")
    elif acte in DEPLACEMENTS:
        album.deplacer(photo, DEPLACEMENTS[acte], par=par)
    elif acte == "retirer":
        album.retirer(photo, par=par)
        messages.success(request, f"La photo « {photo} » est retirée.")
    elif acte == "decrire":
        form = _texte(photo, request)
        if not form.is_valid():
            return _page(request, offre, _ajout(), form)
        album.decrire(offre.photos.get(pk=numero), form.cleaned_data["texte"], par=par)
        messages.success(request, "Le texte est enregistré.")
    return redirect("admin:offres_offre_photos", pk)


def _ajout(donnees: Any = None, fichiers: Any = None) -> AjoutForm:
    return AjoutForm(donnees, fichiers, auto_id="ajout_%s")


def _texte(photo: Photo, request: HttpRequest | None = None) -> TexteForm:
    return TexteForm(request.POST if request else None, instance=photo, auto_id=f"photo-{photo.pk}_%s")


def _page(request: HttpRequest, offre: Offre, ajout: AjoutForm, corrigee: TexteForm | None = None) -> HttpResponse:
    photos = list(offre.photos.all())
    formulaires = [corrigee if corrigee and corrigee.instance == photo else _texte(photo) for photo in photos]
    contexte = {
        "title": "Photos",
        "offre": offre,
        "album": list(zip(photos, formulaires, strict=True)),
        "ajout": ajout,
        "en_erreur": corrigee or ajout,
        "maximum": PHOTOS_PAR_OFFRE,
        "complet": len(photos) >= PHOTOS_PAR_OFFRE,
    }
    return render(request, "admin/offres/photos.html", admin.site.each_context(request) | contexte)
