"""Tab 2, « Les informations à compléter pour AL'in »: the employer and the consent (guide #3)."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from accounts.decorators import RequeteConnectee
from demandes import consentement as accord
from demandes import employeurs
from demandes.decorators import avec_demande
from demandes.forms_employeur import AccordForm, EmploiForm
from demandes.models import Demande, Emploi

AVANT = {"1": "demandes:employeur", "entreprise": "mon_entreprise"}
APRES = {"1": "demandes:pieces", "entreprise": "mon_entreprise"}
"""Where a leave was given from, and where one goes on; « Ma situation » for whoever says nothing."""


@require_http_methods(["GET", "POST"])
@avec_demande
@transaction.atomic
def employeur(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """The employer, then the consent."""
    # A double click saves one job, and the leave follows it.
    demande = get_object_or_404(Demande.objects.select_for_update(), pk=demande.pk)
    form = _formulaire(demande, request.POST if request.method == "POST" else None)
    if form.is_valid():
        enregistre = form.save()
        messages.success(request, "Votre entreprise est validée." if enregistre.siret else "C’est enregistré.")
        for nom in accord.suivre_l_employeur(demande, enregistre):
            messages.info(request, f"Votre accord donné à {nom} prend fin : son service logement ne voit plus rien.")
        return redirect("demandes:employeur")
    return render(request, "demandes/employeur.html", _contexte(demande, form))


@require_http_methods(["GET", "POST"])
@avec_demande
def nom_employeur(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """« Chercher le nom » from the SIRET: a fragment for htmx, the whole tab for a plain form. Nothing is saved."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return redirect("demandes:employeur")
    saisie = request.GET if request.method == "GET" else request.POST
    recherche = employeurs.rechercher(saisie.get("siret", ""), saisie.get("titulaire", ""), demande.dossier)
    form = _formulaire(demande, initial=_a_proposer(saisie, recherche))
    contexte = _contexte(demande, form) | {"recherche": recherche}
    if request.method == "POST":
        return render(request, "demandes/employeur.html", contexte | {"emploi": None})
    if recherche.fiche is None:
        return render(request, "demandes/employeur_trouvaille.html", contexte)
    bloc = render(request, "demandes/employeur_entreprise.html", contexte)
    return reswap(retarget(bloc, "#entreprise"), "outerHTML")


def _formulaire(
    demande: Demande, donnees: QueryDict | None = None, initial: dict[str, Any] | None = None
) -> EmploiForm:
    """The tab's form, filled with what is saved, else with what the registry knows of the demandeur's employer."""
    dossier = demande.dossier
    emploi = Emploi.objects.filter(demande=demande).first()
    titulaires = [(qui, f"{adulte.prenom} {adulte.nom}") for qui, adulte in employeurs.personnes(dossier).items()]
    instance = emploi or employeurs.connu_du_registre(Emploi(demande=demande), dossier)
    return EmploiForm(donnees, instance=instance, initial=initial, titulaires=titulaires)


def _contexte(demande: Demande, form: EmploiForm) -> dict[str, Any]:
    emploi = Emploi.objects.filter(demande=demande, valide_le__isnull=False).first()
    consentement = demande.consentements.en_cours().first()
    return {
        "demande": demande,
        "form": form,
        "emploi": emploi,
        "avis_code": employeurs.avis_sur_le_code(emploi) if emploi else "",
        "recherche": None,
        "consentement": consentement,
        "accord": AccordForm(initial={"fin_le": consentement.fin_le if consentement else None}),
        "texte_accord": accord.texte_de_l_accord(),
    }


def _a_proposer(saisie: QueryDict, recherche: employeurs.Recherche) -> dict[str, Any]:
    """What was typed, kept, with the name that was found."""
    cases = {case: case in saisie for case in ("sans_employeur", "travail_temporaire")}
    typees = {champ: saisie.get(champ, "") for champ in EmploiForm.base_fields if champ not in cases}
    trouvees: dict[str, Any] = {"siret": recherche.siret}
    if recherche.fiche:
        trouvees["nom_employeur"] = recherche.fiche.nom or typees["nom_employeur"]
        if recherche.fiche.travail_temporaire is not None:
            trouvees["travail_temporaire"] = recherche.fiche.travail_temporaire
    return typees | cases | trouvees


@require_POST
@avec_demande
@transaction.atomic
def consentement(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Give or withdraw one's leave: by a box (tab 2), the switch of « Ma situation », or « Mon entreprise et moi »."""
    # The employer who is given it is still the employer: changing of employer takes the same lock.
    demande = get_object_or_404(Demande.objects.select_for_update(), pk=demande.pk)
    service = get_object_or_404(Emploi, demande=demande).service_logement
    if request.POST.get("accord") and service:
        form = AccordForm(request.POST, service=service, texte=accord.texte_de_l_accord())
        if not form.is_valid():
            return _pas_donne(request, form)
        accord.donner_son_accord(demande, service, form.cleaned_data["fin_le"])
        messages.success(request, f"Le service logement de {service.nom} peut maintenant vous aider.")
    elif demande.consentements.non_retires().exists():
        accord.retirer_son_accord(demande)
        messages.success(request, "Votre accord est retiré : votre entreprise ne voit plus rien, dès maintenant.")
    return redirect(APRES.get(request.POST.get("suite", ""), "demandes:situation"))


def _pas_donne(request: RequeteConnectee, form: AccordForm) -> HttpResponse:
    """Why, where it was asked from; a date that is wrong is said beside its field, with what was typed."""
    if request.POST.get("suite") == "entreprise" and "fin_le" in form.errors:
        return redirect(reverse("mon_entreprise", query={"fin_le": request.POST.get("fin_le", "")[:20]}))
    messages.error(request, " ".join(str(erreur) for erreurs in form.errors.values() for erreur in erreurs))
    return redirect(AVANT.get(request.POST.get("suite", ""), "demandes:situation"))
