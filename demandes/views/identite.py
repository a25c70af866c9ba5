"""The account's name is not the demand's: what differs, field by field, and the two ways out (guide #4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from demandes import correction
from demandes.adresses import site_du_numero
from demandes.forms import IdentiteForm
from demandes.identite import sont_inverses


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def identite(request: RequeteConnectee) -> HttpResponse:
    """A POST corrects the account, then the import or the update goes on where it stopped, without a new code."""
    importation = correction.importation_concernee(request.user)
    ecarts = correction.ecarts_a_regler(importation, request.user) if importation else []
    if importation is None or not ecarts:
        return redirect("demandes:code")
    suite = "demandes:mettre_a_jour" if importation.close_le else "demandes:code"
    form = IdentiteForm(request.POST if request.method == "POST" else None, ecarts=ecarts)
    if form.is_valid():
        correction.corriger_le_compte(importation, form.cleaned_data, par=request.user)
        messages.success(request, "Votre compte est corrigé.")
        return redirect(suite, preserve_request=True)
    contexte = {
        "form": form,
        "importation": importation,
        "ecarts": ecarts,
        "inverses": sont_inverses(ecarts),
        "suite": suite,
        "site": site_du_numero(importation.numero_unique),
    }
    return render(request, "demandes/identite.html", contexte)
