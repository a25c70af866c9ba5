"""« Ma situation » and the demand as the registry has it, with « Mettre à jour » (guide #3, tab 1, and #4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import RequeteConnectee
from accounts.models import Consultation
from demandes import importation as import_sne
from demandes import lecture
from demandes.adresses import site_de_la_demande
from demandes.consentement import texte_de_l_accord
from demandes.decorators import avec_demande
from demandes.dossier_valide import cases, pieces_manquantes
from demandes.models import Demande, Emploi
from demandes.sne import client
from demandes.views.importation import ILLISIBLE, PANNE


@require_safe
@avec_demande
def situation(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """« Ma situation »: the dashboard once the file is validated; before that, the step that is due."""
    if demande.dossier_valide_le is None:
        return redirect(demande.etape)
    jour = timezone.localdate()
    return render(
        request,
        "demandes/situation.html",
        {
            "demande": demande,
            "pieces": cases(demande, jour),
            "manquantes": pieces_manquantes(demande, jour),
            "emploi": Emploi.objects.filter(demande=demande).first(),
            "consentement": demande.consentements.en_cours().first(),
            "texte_accord": texte_de_l_accord(),
            "consultation": Consultation.objects.du_demandeur(request.user).par_autrui().first(),
            "souhaits": demande.souhait_set.select_related("commune"),
            "logement": lecture.logement_actuel(demande.dossier),
            "site": site_de_la_demande(demande),
        },
    )


@require_safe
@avec_demande
def infos(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Tab 1, « Les informations de mon NUR-NUD »."""
    noms = import_sne.noms_des_communes(demande.dossier)
    contexte = {
        "demande": demande,
        "rubriques": lecture.rubriques(demande.dossier, noms),
        "changements": request.session.pop("changements", None),
        "site": site_de_la_demande(demande),
    }
    return render(request, "demandes/infos.html", contexte)


@require_POST
@avec_demande
def mettre_a_jour(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """« Mettre à jour »: read the registry again, then show what changed on tab 1."""
    if demande.code_a_verifier:
        return redirect("demandes:confirmer")
    try:
        trouves = import_sne.mettre_a_jour(demande, par=request.user)
    except client.ReponseInvalide:
        messages.error(request, ILLISIBLE)
    except client.RegistreIndisponible:
        messages.error(request, f"{PANNE} Vous voyez votre demande telle qu’elle était à la dernière mise à jour.")
    except import_sne.IdentiteDifferente:
        return redirect("demandes:identite")
    except import_sne.ImportRefuse as refus:
        messages.error(request, str(refus))
    else:
        request.session["changements"] = [vars(changement) for changement in trouves]
        messages.success(request, "Votre demande est à jour." if trouves else "Votre demande était déjà à jour.")
    return redirect("demandes:infos")
