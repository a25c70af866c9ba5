"""When account and registry disagree on a name: what is kept of it for the support, and the account corrected here.

Nobody reaches this before the code mailed to the registry's own address was right: to correct one's account is not a
way into somebody else's demand. What was there before stays written, thirty days after the import ends.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from demandes.identite import Ecart
from demandes.models import Demande, Importation

CHAMPS = ("nom_naissance", "prenom")
"""What may be corrected from the import: nothing that was not compared."""
LIGNES_GARDEES = 20
REFUS, ACCORD, CORRECTION = "refus", "accord", "correction"


def importation_concernee(user: User) -> Importation | None:
    """The attempt that a comparison of names belongs to: the one under way behind a verified code, else the one that
    led to the demand this account has."""
    en_cours = Importation.objects.ouvertes().filter(par=user, verifiee_le__isnull=False).first()
    if en_cours:
        return en_cours
    demande = Demande.objects.filter(demandeur=user).first()
    return _du_numero(user, demande.numero_unique).first() if demande else None


def ecarts_a_regler(importation: Importation, user: User) -> list[Ecart]:
    """What differed the last time, unless names have agreed or the account says something else since."""
    derniere = importation.identite[-1] if importation.identite else {}
    ecarts = [Ecart(**ecart) for ecart in derniere.get("ecarts", ())]
    return ecarts if all(getattr(user, ecart.attribut) == ecart.ici for ecart in ecarts) else []


@transaction.atomic
def consigner(ecarts: list[Ecart], *, par: User, numero: str) -> None:
    """Keep what a comparison found; the same finding twice is kept once."""
    importation = _du_numero(par, numero).select_for_update().first()
    if importation is None:
        if not ecarts:
            return
        maintenant = timezone.now()
        importation = Importation(par=par, numero_unique=numero, expire_le=maintenant, close_le=maintenant)
    derniere = importation.identite[-1] if importation.identite else {"acte": ACCORD}
    constat = {"acte": REFUS, "ecarts": [ecart._asdict() for ecart in ecarts]} if ecarts else {"acte": ACCORD}
    if constat != {cle: valeur for cle, valeur in derniere.items() if cle != "le"}:
        _ajouter(importation, constat)


@transaction.atomic
def corriger_le_compte(importation: Importation, champs: Mapping[str, Any], *, par: User) -> None:
    """« L’erreur est sur AL’in »: write the name as it should be, and keep what it was."""
    user = User.objects.select_for_update().get(pk=par.pk)
    importation = Importation.objects.select_for_update().get(pk=importation.pk, par=user)
    avant = {champ: getattr(user, champ) for champ in CHAMPS if champ in champs}
    apres = {champ: champs[champ] for champ in avant}
    for champ, valeur in apres.items():
        setattr(user, champ, valeur)
        setattr(par, champ, valeur)
    user.save(update_fields=list(apres))
    _ajouter(importation, {"acte": CORRECTION, "avant": avant, "apres": apres})


def en_mots(importation: Importation) -> list[tuple[str, str]]:
    """When and what, a line each, for the support."""
    moments = [timezone.localtime(datetime.fromisoformat(ligne["le"])) for ligne in importation.identite]
    return [(f"{le:%d/%m/%Y %H:%M}", _phrase(ligne)) for le, ligne in zip(moments, importation.identite, strict=True)]


def _phrase(ligne: dict[str, Any]) -> str:
    match ligne["acte"]:
        case "refus":
            return " ; ".join(
                f"{ecart['champ']} : « {ecart['ici']} » sur AL’in, « {ecart['registre']} » au registre"
                for ecart in ligne["ecarts"]
            )
        case "correction":
            return "Compte corrigé : " + ", ".join(
                f"« {ligne['avant'][champ]} » devient « {ligne['apres'][champ]} »"
                for champ in CHAMPS
                if champ in ligne["apres"]
            )
        case _:
            return "Les noms concordent."


def _du_numero(user: User, numero: str) -> Any:
    """The attempts of this account for this number: the open one first, then the latest."""
    siennes = Importation.objects.filter(par=user, numero_unique=numero)
    return siennes.order_by(F("close_le").desc(nulls_first=True), "-cree_le")


def _ajouter(importation: Importation, ligne: dict[str, Any]) -> None:
    datee = {"le": timezone.now().isoformat(timespec="seconds"), **ligne}
    importation.identite = [*importation.identite, datee][-LIGNES_GARDEES:]
    if importation._state.adding:
        importation.save()
    else:
        importation.save(update_fields=["identite"])
