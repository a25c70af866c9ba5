"""« Ma demande »: its import in three tabs, and its life afterwards (guide #3 and #4)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Consultation, Role
from demandes import consentement as accord
from demandes import importation as import_sne
from demandes import lecture
from demandes.adresses import site_de_la_demande
from demandes.decorators import avec_demande
from demandes.dossier_valide import confirmer_les_pieces, pieces_manquantes
from demandes.forms import CodeForm, DepartementForm, EmploiForm, NumeroForm
from demandes.models import Demande, Emploi, Importation, Titulaire
from demandes.pieces import pieces_attendues
from demandes.sne import client

PANNE = (
    "Le registre des demandes ne répond pas en ce moment. Rien n’est perdu : réessayez dans quelques minutes. "
    "Vos autres pages restent ouvertes."
)
INCONNUE = (
    "Aucune demande ne correspond à ce numéro et à cette date de naissance. Vérifiez les deux sur votre attestation "
    "d’enregistrement ; la date est celle du demandeur principal."
)


@require_GET
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
            "pieces": pieces_attendues(demande.dossier, jour),
            "manquantes": pieces_manquantes(demande, jour),
            "emploi": Emploi.objects.filter(demande=demande).first(),
            "consentement": demande.consentements.en_cours().first(),
            "consultation": Consultation.objects.du_demandeur(request.user).par_autrui().first(),
            "souhaits": demande.souhait_set.select_related("commune"),
            "logement": lecture.logement_actuel(demande.dossier),
            "site": site_de_la_demande(demande),
        },
    )


@require_GET
@reserve_a(Role.DEMANDEUR)
def tutoriel(request: RequeteConnectee) -> HttpResponse:
    """The steps ahead; « Passer les étapes » leads on at any time."""
    importation = Importation.objects.ouvertes().filter(par=request.user).first()
    return render(request, "demandes/tutoriel.html", {"importation": importation})


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def numero(request: RequeteConnectee) -> HttpResponse:
    """Ask for the number and the birth date; the code leaves for the registry's address."""
    if Demande.objects.filter(demandeur=request.user).exists():
        return redirect("demandes:situation")
    form = NumeroForm(request.POST if request.method == "POST" else None)
    statut = 200
    if form.is_valid():
        try:
            import_sne.demander_le_code(**form.cleaned_data, par=request.user)
            return redirect("demandes:code")
        except client.DemandeInconnue:
            form.add_error(None, INCONNUE)
        except client.RegistreIndisponible:
            form.add_error(None, PANNE)
            statut = 503
        except import_sne.ImportRefuse as refus:
            form.add_error(None, str(refus))
    return render(request, "demandes/numero.html", {"form": form, "departements": DepartementForm()}, status=statut)


@login_not_required
@require_GET
def departement(request: HttpRequest) -> HttpResponse:
    """No number yet: which site registers demands in that département (guide #3)."""
    form = DepartementForm(request.GET or None)
    choisi = form.cleaned_data["departement"] if form.is_bound and form.is_valid() else None
    return render(request, "demandes/departement.html", {"form": form, "departement": choisi})


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def code(request: RequeteConnectee) -> HttpResponse:
    """The code mailed to the registry's address, then the import itself."""
    importation = Importation.objects.ouvertes().filter(par=request.user).first()
    if importation is None:
        return redirect("demandes:numero")
    form = CodeForm(request.POST if request.method == "POST" and importation.verifiee_le is None else None)
    if form.is_valid():
        try:
            import_sne.verifier_le_code(importation, form.cleaned_data["code"])
        except import_sne.CodeRefuse as refus:
            form.add_error("code", str(refus))
        else:
            return _importer(request, importation)
    elif request.method == "POST" and importation.verifiee_le:
        return _importer(request, importation)
    return render(request, "demandes/code.html", {"form": form, "importation": importation})


def _importer(request: RequeteConnectee, importation: Importation) -> HttpResponse:
    """Import behind a verified code; whatever stops it is said, and can be tried again without a new code."""
    importation.refresh_from_db()
    contexte: dict[str, object] = {"importation": importation, "form": CodeForm()}
    try:
        import_sne.importer(importation, par=request.user)
    except import_sne.IdentiteDifferente as refus:
        contexte |= {"refus": str(refus), "ecarts": refus.ecarts}
    except import_sne.ImportRefuse as refus:
        contexte["refus"] = str(refus)
    except client.RegistreIndisponible:
        contexte["refus"] = PANNE
        return render(request, "demandes/code.html", contexte, status=503)
    except client.DemandeInconnue:
        contexte["refus"] = INCONNUE
    else:
        messages.success(request, "Votre demande est importée sur AL’in.")
        return redirect("demandes:infos")
    return render(request, "demandes/code.html", contexte)


@require_POST
@reserve_a(Role.DEMANDEUR)
def nouveau_code(request: RequeteConnectee) -> HttpResponse:
    """« Saisir ma demande » again: a new code, or the number once more if nothing is under way."""
    importation = Importation.objects.ouvertes().filter(par=request.user, verifiee_le=None).first()
    if importation is None:
        return redirect("demandes:numero")
    try:
        import_sne.redemander_un_code(importation)
        messages.success(request, f"Un nouveau code est parti à {importation.adresse_masquee}. L’ancien ne sert plus.")
    except import_sne.ImportRefuse as refus:
        messages.error(request, str(refus))
    return redirect("demandes:code")


@require_POST
@reserve_a(Role.DEMANDEUR)
def abandonner(request: RequeteConnectee) -> HttpResponse:
    """Use another number: the import under way is closed."""
    import_sne.abandonner(par=request.user)
    return redirect("demandes:numero")


@require_GET
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
    try:
        trouves = import_sne.mettre_a_jour(demande, par=request.user)
    except client.RegistreIndisponible:
        messages.error(request, f"{PANNE} Vous voyez votre demande telle qu’elle était à la dernière mise à jour.")
    except client.DemandeInconnue:
        messages.error(request, "Le registre ne connaît plus ce numéro. Appelez le 0970 800 800.")
    except import_sne.IdentiteDifferente as refus:
        messages.error(
            request,
            f"{refus} Corrigez votre profil ou votre demande, ou supprimez votre demande, puis réimportez-la.",
        )
    except import_sne.ImportRefuse as refus:
        messages.error(request, str(refus))
    else:
        request.session["changements"] = [vars(changement) for changement in trouves]
        messages.success(request, "Votre demande est à jour." if trouves else "Votre demande était déjà à jour.")
    return redirect("demandes:infos")


@require_http_methods(["GET", "POST"])
@avec_demande
@transaction.atomic
def employeur(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Tab 2, « Les informations à compléter pour AL'in »: the employer, then the consent."""
    # A double click saves one job, and the leave follows it.
    demande = get_object_or_404(Demande.objects.select_for_update(), pk=demande.pk)
    emploi = Emploi.objects.filter(demande=demande).first()
    form = EmploiForm(
        request.POST if request.method == "POST" else None,
        instance=emploi or _emploi_connu_du_registre(demande),
        titulaires=_titulaires(demande),
    )
    if form.is_valid():
        enregistre = form.save()
        demande.consentements.en_cours().exclude(entreprise__siret=enregistre.siret).update(retire_le=timezone.now())
        messages.success(request, "Votre entreprise est validée." if enregistre.siret else "C’est enregistré.")
        return redirect("demandes:employeur")
    contexte = {
        "demande": demande,
        "form": form,
        "emploi": emploi if emploi and emploi.valide_le else None,
        "consentement": demande.consentements.en_cours().first(),
        "texte_accord": accord.texte_de_l_accord().contenu,
    }
    return render(request, "demandes/employeur.html", contexte)


def _titulaires(demande: Demande) -> list[tuple[str, str]]:
    noms = [f"{adulte.prenom} {adulte.nom}" for adulte in demande.dossier.adultes[:2]]
    return list(zip([Titulaire.DEMANDEUR.value, Titulaire.CODEMANDEUR.value], noms, strict=False))


def _emploi_connu_du_registre(demande: Demande) -> Emploi:
    """What the registry already knows of the demandeur's employer, to be checked rather than typed."""
    demandeur = demande.dossier.demandeur
    return Emploi(demande=demande, siret=demandeur.siret_employeur, nom_employeur=demandeur.nom_employeur)


@require_POST
@avec_demande
def consentement(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Give or withdraw one's leave, by a box (tab 2) or by the switch of « Ma situation »."""
    emploi = get_object_or_404(Emploi, demande=demande)
    entreprise = emploi.entreprise
    if request.POST.get("accord") and entreprise:
        accord.donner_son_accord(demande, entreprise)
        messages.success(request, f"Le service logement de {entreprise.nom} peut maintenant vous aider.")
    elif demande.consentements.en_cours().exists():
        accord.retirer_son_accord(demande)
        messages.success(request, "Votre accord est retiré : votre entreprise ne voit plus rien, dès maintenant.")
    return redirect("demandes:pieces" if "suite" in request.POST else "demandes:situation")


@require_http_methods(["GET", "POST"])
@avec_demande
def pieces(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Tab 3, « Les pièces justificatives de mon NUR-NUD », and « Valider mon dossier »."""
    if demande.etape == "demandes:infos":
        messages.info(request, "Complétez d’abord les informations sur votre entreprise.")
        return redirect("demandes:employeur")
    jour = timezone.localdate()
    attendues = pieces_attendues(demande.dossier, jour)
    oubliees = None
    if request.method == "POST":
        oubliees = confirmer_les_pieces(demande, set(request.POST.getlist("pieces")), jour)
        if not oubliees:
            messages.success(request, "Votre dossier est validé. Vous pouvez consulter les offres.")
            return redirect("demandes:situation")
    cochees = set(demande.pieces_confirmees.values_list("cle", flat=True))
    contexte = {
        "demande": demande,
        "pieces": attendues,
        "cochees": cochees,
        "oubliees": oubliees,
        "site": site_de_la_demande(demande),
    }
    return render(request, "demandes/pieces.html", contexte)
