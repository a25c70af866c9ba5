"""The photographs of a dwelling, served to whoever may see the offer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.decorators import RequeteConnectee
from offres.models import Offre, Tirage
from offres.views import UN_AN


@require_safe
@cache_control(private=True, max_age=UN_AN, immutable=True)
def photo(request: RequeteConnectee, pk: UUID, empreinte: str, taille: int) -> HttpResponse:
    """One photograph at one size; its address is that of its bytes, so it is kept for ever."""
    visibles = Offre.objects.visibles_par(request.user, timezone.localdate())
    tirage = get_object_or_404(Tirage.objects.de(pk, empreinte, taille).filter(photo__offre__in=visibles))
    return HttpResponse(bytes(tirage.contenu), content_type="image/webp")
