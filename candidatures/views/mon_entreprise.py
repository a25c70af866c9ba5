"""« Mon entreprise et moi »: the leave, before and after, and what came of it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import acces
from accounts.decorators import RequeteConnectee
from accounts.models import Consultation, Role
from candidatures import mon_entreprise as entre_nous
from demandes.consentement import texte_de_l_accord
from demandes.decorators import avec_demande
from demandes.forms_employeur import AccordForm
from demandes.models import Demande, Emploi

PAR_PAGE = 20


@require_safe
@avec_demande
def page(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Who has access, since when and until when, under which text, what they saw and did; and « Retirer »."""
    emploi = Emploi.objects.filter(demande=demande, valide_le__isnull=False).first()
    accord = demande.consentements.en_cours().select_related("entreprise", "texte").first()
    vues = Consultation.objects.du_demandeur(request.user).filter(par_role=Role.SERVICE_LOGEMENT)
    page = Paginator(vues.par_jour_et_personne(), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "demande": demande,
        "emploi": emploi,
        "service": emploi.service_logement if emploi else None,
        "accord": accord,
        "agents": entre_nous.agents_de(accord.entreprise) if accord else [],
        "form": AccordForm(request.GET if "fin_le" in request.GET else None),
        "texte": texte_de_l_accord(),
        "page": page,
        "jours": acces.par_jour(page),
        "faits": entre_nous.faits(demande),
        "anciens": entre_nous.anciens(demande, accord),
    }
    return render(request, "candidatures/mon_entreprise.html", contexte)
