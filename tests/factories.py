"""Objects for the tests: plausible by default, with traits for what a test is about."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import factory
import pgtrigger
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.db.models import Max
from django.utils import timezone

from accounts.deuxieme_facteur import OBLIGES
from accounts.models import A_CONNAITRE, Appartenance, Civilite, Entreprise, Role, Texte, User
from accounts.textes import accepter
from candidatures.models import Candidature
from candidatures.statuts import Statut
from demandes import copie
from demandes.consentement import texte_de_l_accord
from demandes.dossier_valide import confirmer_les_pieces
from demandes.models import Commune, Consentement, Demande, Departement, Emploi
from demandes.pieces import pieces_attendues
from demandes.sne import dossier as sne
from offres.models import Bailleur, Financement, Offre, StatutOffre

MOT_DE_PASSE = "Demo2026alin"
SECRET_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SIRETS = ("12345678200010", "73282932000074", "55203253400646", "44229377500031")


def adulte(**changements: Any) -> sne.Adulte:
    """Anne Porte, of the guide."""
    anne = sne.Adulte(
        civilite=sne.Civilite.MADAME,
        nom="PORTE",
        nom_naissance="PORTE",
        prenom="ANNE",
        date_naissance=date(1989, 5, 19),
        nationalite="1",
        situation_familiale=sne.SituationFamiliale.CONCUBIN,
        telephone="0604505792",
        mel="gigitdenise@yopmail.com",
        profession="Technicienne",
        contrat=sne.Contrat.CDI,
        nom_employeur="Ateliers Vauban",
        siret_employeur=SIRETS[0],
        commune_travail="",
        ressources=(sne.Ressource("SAL", 3115),),
        rfr_n1=33_500,
        rfr_n2=32_940,
        nir="28905",
    )
    return replace(anne, **changements)


def dossier(**changements: Any) -> sne.DossierSNE:
    """A valid demand of three people: a couple and a child, 3 115 € a month, RFR 32 940 €."""
    denis = adulte(
        civilite=sne.Civilite.MONSIEUR,
        nom="GIGI",
        nom_naissance="GIGI",
        prenom="DENIS",
        date_naissance=date(1987, 3, 2),
        ressources=(),
        rfr_n1=0,
        rfr_n2=0,
        nir="",
        lien=sne.Lien.CONCUBIN,
    )
    base = sne.DossierSNE(
        num_unique="111092062114ACLOG",
        num_guichet="ACLOG",
        demandeur=adulte(),
        cotitulaires=(denis,),
        personnes_a_charge=(sne.PersonneACharge("GIGI", "LINA", date(2022, 6, 1), "F", "E"),),
        nombre_a_naitre=0,
        naissance_prevue_le=None,
        logement_actuel=sne.LogementActuel("CP", "A", "T1", 31, 0, 0, 3, "M. DURAND"),
        categorie_recherchee="A",
        types_recherches=("T2", "T3"),
        loyer_max=1100,
        localisations=(sne.Localisation(1, "75111"),),
        motifs=("04",),
        autre_motif="",
        handicap=False,
        notif_sms=True,
        annee_n1=2025,
        annee_n2=2024,
        date_creation=date(2020, 9, 14),
        date_renouvellement=timezone.localdate() - timedelta(days=90),
        date_radiation=None,
        motif_radiation="",
        date_derniere_modification=timezone.localdate() - timedelta(days=20),
        pieces=(),
    )
    return replace(base, **changements)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        conseiller = factory.Trait(role=Role.CONSEILLER)
        support = factory.Trait(role=Role.SUPPORT)
        superviseur = factory.Trait(role=Role.SUPERVISEUR)
        service_logement = factory.Trait(role=Role.SERVICE_LOGEMENT, prenom="Camille", nom_naissance="Roux")

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    civilite = Civilite.MADAME
    prenom = "Anne"
    nom_naissance = "Porte"
    telephone = "+33604505792"
    role = Role.DEMANDEUR
    password = factory.LazyFunction(lambda: make_password(MOT_DE_PASSE))

    @factory.post_generation
    def adresse_verifiee(self, create: bool, extracted: bool | None, **_: Any) -> None:
        """Signing in asks for a proved address; `adresse_verifiee=False` leaves it unproved."""
        if create:
            EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=extracted is not False)

    @factory.post_generation
    def deuxieme_facteur(self, create: bool, extracted: bool | None, **_: Any) -> None:
        """Whoever opens other people's files has one; `deuxieme_facteur=True` or `False` decides otherwise."""
        if create and (self.role in OBLIGES if extracted is None else extracted):
            TOTP.activate(self, SECRET_TOTP)

    @factory.post_generation
    def textes_acceptes(self, create: bool, extracted: bool | None, **_: Any) -> None:
        """An applicant has accepted what is in force; `textes_acceptes=False` leaves him with the banner."""
        if create and self.role == Role.DEMANDEUR and extracted is not False:
            accepter(self, Texte.objects.en_vigueur().filter(code__in=A_CONNAITRE))


class EntrepriseFactory(factory.django.DjangoModelFactory[Entreprise]):
    class Meta:
        model = Entreprise
        django_get_or_create = ("siret",)

    siret = factory.Iterator(SIRETS)
    nom = "Ateliers Vauban"


class AppartenanceFactory(factory.django.DjangoModelFactory[Appartenance]):
    class Meta:
        model = Appartenance

    agent = factory.SubFactory(UserFactory, service_logement=True)
    entreprise = factory.SubFactory(EntrepriseFactory)


class DepartementFactory(factory.django.DjangoModelFactory[Departement]):
    class Meta:
        model = Departement
        django_get_or_create = ("code",)

    code = "75"
    nom = "Paris"
    region = "Île-de-France"
    site = "https://www.demande-logement-social.gouv.fr"


class CommuneFactory(factory.django.DjangoModelFactory[Commune]):
    class Meta:
        model = Commune
        django_get_or_create = ("code",)

    code = "75111"
    nom = "Paris 11e Arrondissement"
    departement = factory.SubFactory(DepartementFactory)
    codes_postaux = factory.LazyAttribute(lambda commune: [commune.code])
    zone = 1
    zone_abc = "Abis"


class DemandeFactory(factory.django.DjangoModelFactory[Demande]):
    """A demand copied from `dossier` as the import does it.

    `valide=True` fills the employer's tab and ticks every document; `souhaits` are communes, in order.
    """

    class Meta:
        model = Demande

    demandeur = factory.SubFactory(UserFactory)
    numero_unique = factory.Sequence(lambda n: f"1110920{n:06d}ACLOG")
    dossier = factory.LazyFunction(dossier)
    souhaits: tuple[Commune, ...] = ()
    valide = False
    siret = SIRETS[0]

    @classmethod
    def _create(cls, _model_class: type[Demande], *_: Any, **champs: Any) -> Demande:
        souhaits = tuple(sne.Localisation(rang, c.code) for rang, c in enumerate(champs.pop("souhaits"), start=1))
        lu = replace(champs.pop("dossier"), num_unique=champs.pop("numero_unique"))
        valide, siret = champs.pop("valide"), champs.pop("siret")
        demande = copie.copier(replace(lu, localisations=souhaits or lu.localisations), par=champs.pop("demandeur"))
        if valide:
            EmploiFactory(demande=demande, siret=siret)
            jour = timezone.localdate()
            confirmer_les_pieces(demande, {piece.cle for piece in pieces_attendues(demande.dossier, jour)}, jour)
        for champ, valeur in champs.items():
            setattr(demande, champ, valeur)
        if champs:
            demande.save()
        return demande


class EmploiFactory(factory.django.DjangoModelFactory[Emploi]):
    class Meta:
        model = Emploi

    demande = factory.SubFactory(DemandeFactory)
    siret = SIRETS[0]
    nom_employeur = "Ateliers Vauban"
    valide_le = factory.LazyFunction(timezone.now)


class ConsentementFactory(factory.django.DjangoModelFactory[Consentement]):
    class Meta:
        model = Consentement

    demande = factory.SubFactory(DemandeFactory, valide=True)
    entreprise = factory.SubFactory(EntrepriseFactory, siret=SIRETS[0])
    texte = factory.LazyFunction(texte_de_l_accord)


class BailleurFactory(factory.django.DjangoModelFactory[Bailleur]):
    class Meta:
        model = Bailleur
        django_get_or_create = ("nom",)

    nom = "Les Toits du Levant"


class OffreFactory(factory.django.DjangoModelFactory[Offre]):
    """Open for a week, and fit for Anne: a T3 at 841 € under a PLS ceiling."""

    class Meta:
        model = Offre

    class Params:
        expiree = factory.Trait(
            publiee_le=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=9)),
            date_limite=factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1)),
        )
        retiree = factory.Trait(statut=StatutOffre.RETIREE)
        trop_grande = factory.Trait(typologie="T5")
        trop_chere = factory.Trait(loyer_charges_comprises=1900)

    reference = factory.Sequence(lambda n: f"REF-{n:05d}")
    bailleur = factory.SubFactory(BailleurFactory)
    commune = factory.SubFactory(CommuneFactory)
    code_postal = factory.LazyAttribute(lambda offre: offre.commune.codes_postaux[0])
    typologie = "T3"
    surface = 61
    etage = 3
    nombre_etages = 6
    annee_construction = 1908
    loyer = 741
    charges = 100
    loyer_charges_comprises = 841
    financement = Financement.PLS
    dpe = "C"
    dpe_valeur = 142
    ges = "B"
    ges_valeur = 9
    description = "Dans une rue commerçante, immeuble de 1908 autour d’une cour calme."
    disponible_le = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    publiee_le = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=2))
    date_limite = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=5))


def rang_suivant(candidature: Any) -> int:
    """The first rank from 2 that nobody has on this offer."""
    return max(2, (Candidature.objects.filter(offre=candidature.offre).aggregate(n=Max("rang"))["n"] or 0) + 1)


class CandidatureFactory(factory.django.DjangoModelFactory[Candidature]):
    """In any status asked for; only here may a test skip the table, and only at birth."""

    class Meta:
        model = Candidature

    demande = factory.SubFactory(DemandeFactory, valide=True)
    offre = factory.SubFactory(OffreFactory)
    instantane = factory.LazyAttribute(lambda candidature: candidature.demande.instantanes.latest())
    statut = Statut.DEPOSEE
    rang = factory.LazyAttribute(
        lambda candidature: rang_suivant(candidature) if candidature.statut == Statut.CLASSEE else None
    )

    @classmethod
    def _create(cls, model_class: type[Candidature], *args: Any, **champs: Any) -> Candidature:
        with pgtrigger.ignore("candidatures.Candidature:candidature_nait_deposee"):
            return super()._create(model_class, *args, **champs)
