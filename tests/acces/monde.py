"""One small world for the access matrix: an applicant, those who may look at his file, and those who may not."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from accounts.models import Acceptation, Consultation, Courriel, Texte, User
from candidatures import baremes
from candidatures.delais_d_attente import DelaiDAttente
from candidatures.exports import ExportDeSalaries, FichierDeSalaries
from candidatures.liens import empreinte, tirer_un_jeton
from candidatures.lots import LotDActes
from candidatures.models import Candidature, Evenement, Motif, Passage
from candidatures.statuts import Statut
from demandes.models import Demande, Importation
from offres.depots import ImportOffres
from offres.models import Abonnement, Offre, Plafond, SeuilsEffort, Tournee
from offres.photos import Taille
from tests.acces.cle import cle_d_acces
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    CommuneFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)

PERSONNES = (
    "anonyme",
    "proprietaire",
    "autre demandeur",
    "agent",
    "agent au consentement retiré",
    "agent d'ailleurs",
    "conseiller",
    "support",
    "superviseur",
)
"""The columns of the matrix, in its order."""


@dataclass
class Monde:
    """Everybody by the name of his column, and what the addresses point at: the owner's."""

    personnes: dict[str, User | None]
    objets: dict[str, Any]

    @classmethod
    def creer(cls) -> "Monde":
        commune = CommuneFactory()
        proprietaire, autre = UserFactory(prenom="Olga", nom_naissance="Owner"), UserFactory()
        demande: Demande = DemandeFactory(demandeur=proprietaire, souhaits=(commune,), valide=True)
        DemandeFactory(demandeur=autre, souhaits=(commune,), valide=True)
        offre: Offre = OffreFactory(commune=commune)
        vue = offre.photos.create(ordre=1, texte="Le salon", largeur=1600, hauteur=1067, empreinte="0" * 64)
        for taille in Taille:
            vue.tirages.create(taille=taille, contenu=b"RIFF")
        candidature: Candidature = CandidatureFactory(demande=demande, offre=offre)
        la_sienne, retiree, ailleurs = (EntrepriseFactory(siret=siret) for siret in SIRETS[:3])
        ConsentementFactory(demande=demande, entreprise=retiree, retire_le=timezone.now() - timedelta(days=1))
        ConsentementFactory(demande=demande, entreprise=la_sienne)
        conseiller = UserFactory(conseiller=True)
        jeton = _lien_ouvert(conseiller)
        personnes: dict[str, User | None] = {
            "anonyme": None,
            "proprietaire": proprietaire,
            "autre demandeur": autre,
            "agent": AppartenanceFactory(entreprise=la_sienne).agent,
            "agent au consentement retiré": AppartenanceFactory(entreprise=retiree).agent,
            "agent d'ailleurs": AppartenanceFactory(entreprise=ailleurs).agent,
            "conseiller": conseiller,
            "support": UserFactory(support=True),
            "superviseur": UserFactory(superviseur=True),
        }
        cle = Authenticator.objects.create(
            user=proprietaire,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Ma clé", "credential": cle_d_acces("testserver")},
        )
        texte, _ = Texte.objects.get_or_create(
            code="cgu", version=2, defaults={"en_vigueur_le": date(2026, 11, 23), "contenu": "Conditions"}
        )
        lignes = {
            "motif": Motif.objects.create(action="refuser", libelle="Trop loin de mon travail"),
            "texte": texte,
            "acceptation": Acceptation.objects.get_or_create(personne=proprietaire, texte=texte)[0],
            "courriel": Courriel.objects.create(gabarit="contact", destinataire=proprietaire.email, sujet="Bonjour"),
            "consultation": Consultation.objects.create(
                par_id=conseiller.pk,
                par_nom="Agathe Roux",
                par_role=conseiller.role,
                objet="Votre demande",
                objet_id=demande.pk,
                demandeur_id=proprietaire.pk,
            ),
            "importation": Importation.objects.create(
                par=proprietaire, numero_unique=demande.numero_unique, expire_le=timezone.now(), close_le=timezone.now()
            ),
            "evenement": Evenement.objects.create(
                candidature_id=candidature.pk,
                offre_id=offre.pk,
                action="postuler",
                vers=candidature.statut,
                par_id=proprietaire.pk,
                par_role=proprietaire.role,
            ),
            "depot": ImportOffres.objects.create(nom_fichier="offres.csv", taille=12, fini_le=timezone.now()),
            "passage": Passage.objects.create(regle="imports", nombre=3),
            "plafond": Plafond.objects.create(
                financement="PLUS",
                zone="1",
                categorie=1,
                montant=26000,
                par_personne_en_plus=5000,
                en_vigueur_le=date(2020, 1, 1),
                source="Essai",
            ),
            "tournee": Tournee.objects.create(jour=date(2026, 1, 1)),
            "abonnement": Abonnement.objects.create(personne=proprietaire),
            "bareme": baremes.ecrire(baremes.PREMIER),
            "delai": DelaiDAttente.objects.create(statut=Statut.VISITE, limite=30, en_vigueur_le=date(2026, 1, 1)),
            "lot": LotDActes.objects.create(par=conseiller, action="valider"),
            "export": _export_pret(personnes["agent"], demande),
            "seuil": SeuilsEffort.objects.create(en_vigueur_le=date(2020, 1, 1)),
        }
        return cls(
            personnes,
            {
                "demande": demande.pk,
                "candidature": candidature.pk,
                "jeton": jeton,
                "offre": offre.pk,
                "photo": vue.pk,
                "empreinte": vue.empreinte,
                "proprietaire": proprietaire.pk,
                "conseiller": conseiller.pk,
                "cle": cle.pk,
                **{nom: ligne.pk for nom, ligne in lignes.items()},
                "commune": commune.pk,
                "departement": commune.departement_id,
                "bailleur": offre.bailleur_id,
                "entreprise": la_sienne.pk,
            },
        )

    def session(self, personne: str) -> str:
        """The session key of this person, signed in, second factor included; "" for nobody."""
        client, user = Client(), self.personnes[personne]
        if user is None:
            return ""
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session  # as allauth leaves it after a password typed just now
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return str(client.session.session_key)


def _lien_ouvert(par: User) -> str:
    """A bailleur's link: to somebody else's dossier, since the owner's candidature is not transmitted yet."""
    jeton = tirer_un_jeton()
    attribuee: Candidature = CandidatureFactory(statut="attribuee")
    attribuee.liens.create(empreinte=empreinte(jeton), expire_le=timezone.now() + timedelta(days=1), par_id=par.pk)
    return jeton


def _export_pret(par: Any, demande: Demande) -> ExportDeSalaries:
    """The agent's own file, with the owner in it."""
    export = ExportDeSalaries.objects.create(par=par, format="csv", total=1, lignes=1, fini_le=timezone.now())
    FichierDeSalaries.objects.create(export=export, contenu=b"Olga", demandes=[demande.pk])
    return export


def routes() -> set[str]:
    """Every route the portal answers at, the admin's included, as Django writes them."""
    return set(_routes(get_resolver(), ""))


def _routes(noeud: URLResolver, debut: str) -> Iterator[str]:
    for motif in noeud.url_patterns:
        if isinstance(motif, URLPattern):
            yield f"{debut}{str(motif.pattern).removeprefix('^')}"
        else:
            yield from _routes(motif, f"{debut}{motif.pattern}")


def reponse(session: str, methode: str, chemin: str) -> str:
    """What the holder of this session gets here: a status, or « L » for « sign in first ». Nothing of it remains."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        lue = getattr(client, methode)(chemin)
        a_la_porte = lue.status_code == 302 and lue["Location"].startswith(("/connexion/", "/admin/login/"))
        transaction.set_rollback(True)
    return "L" if a_la_porte else str(lue.status_code)
