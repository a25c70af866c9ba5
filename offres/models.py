"""Bailleurs, dwellings offered, and the dated tables that the rules read (domain: guide #5)."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Entreprise
from demandes.models import Commune
from offres import depots as depots  # models of this application too
from offres.declencheurs import LIEU, REPERE
from offres.photos import Photo, Tirage
from offres.recherche import OffreQuerySet
from offres.reponses import DelaiMesure, DelaiUsuel, usuel
from offres.tournees import Abonnement, Lot, Parution, Tournee

__all__ = [
    "Abonnement",
    "Bailleur",
    "DelaiMesure",
    "Etiquette",
    "Financement",
    "Lot",
    "Nature",
    "Offre",
    "Parution",
    "Photo",
    "Plafond",
    "SeuilsEffort",
    "StatutOffre",
    "Tirage",
    "Tournee",
    "Typologie",
]


class Bailleur(models.Model):
    nom = models.CharField("nom", max_length=80, unique=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    ville = models.CharField("ville", max_length=60, blank=True)
    courriel = models.EmailField("adresse e-mail pour les dossiers", blank=True)
    delai_reponse = models.PositiveSmallIntegerField("délai de réponse habituel (jours)", default=30)

    class Meta:
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom

    @property
    def delai_usuel(self) -> DelaiUsuel:
        """What people are told: measured if it can be, else announced."""
        return usuel(self.delai_reponse, getattr(self, "delai_mesure", None))


class Typologie(models.TextChoices):
    T1 = "T1", "T1"
    T1_BIS = "T1B", "T1 bis"
    T2 = "T2", "T2"
    T3 = "T3", "T3"
    T4 = "T4", "T4"
    T5 = "T5", "T5"
    T6 = "T6", "T6 et plus"


class Financement(models.TextChoices):
    """The loan that built the dwelling, and with it the ceiling on resources."""

    PLAI = "PLAI", "PLAI (très social)"
    PLUS = "PLUS", "PLUS (social)"
    PLS = "PLS", "PLS (social supérieur)"
    LLI = "LLI", "LLI (intermédiaire)"


class Nature(models.TextChoices):
    APPARTEMENT = "appartement", "Appartement"
    MAISON = "maison", "Maison"


class StatutOffre(models.TextChoices):
    PUBLIEE = "publiee", "Publiée"
    PLACEE = "placee", "Placée"
    RETIREE = "retiree", "Retirée"


class Etiquette(models.TextChoices):
    """A letter of the DPE or GES ladder; blank means « non communiqué »."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"


class Offre(models.Model):
    """A dwelling offered. Amounts are euros a month, surfaces m². Without a rent charges included it is not shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=40)
    bailleur = models.ForeignKey(Bailleur, on_delete=models.PROTECT, related_name="offres")
    statut = models.CharField("statut", max_length=10, choices=StatutOffre, default=StatutOffre.PUBLIEE)
    reservee_a = models.ForeignKey(
        Entreprise, on_delete=models.PROTECT, null=True, blank=True, related_name="offres", verbose_name="réservée à"
    )

    residence = models.CharField("résidence", max_length=80, blank=True)
    adresse = models.CharField("adresse", max_length=120, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="offres")
    code_postal = models.CharField("code postal", max_length=5)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)

    nature = models.CharField("nature", max_length=12, choices=Nature, default=Nature.APPARTEMENT)
    typologie = models.CharField("type", max_length=3, choices=Typologie)
    chambres = models.PositiveSmallIntegerField("chambres", null=True, blank=True)
    surface = models.PositiveSmallIntegerField("surface (m²)")
    etage = models.SmallIntegerField("étage (0 : rez-de-chaussée)", null=True, blank=True)
    nombre_etages = models.PositiveSmallIntegerField("nombre d’étages", null=True, blank=True)
    annee_construction = models.PositiveSmallIntegerField("année de construction", null=True, blank=True)
    ascenseur = models.BooleanField("ascenseur", default=False)
    accessible_pmr = models.BooleanField("adapté aux personnes à mobilité réduite", default=False)
    balcon = models.BooleanField("balcon ou terrasse", default=False)
    jardin = models.BooleanField("jardin", default=False)
    stationnement = models.BooleanField("stationnement", default=False)
    commerce = models.BooleanField("commerce au rez-de-chaussée", default=False)
    chauffage = models.CharField("chauffage", max_length=60, blank=True)
    description = models.TextField("description", blank=True)

    loyer = models.PositiveIntegerField("loyer hors charges (€)", null=True, blank=True)
    charges = models.PositiveIntegerField("charges (€)", default=0)
    loyer_stationnement = models.PositiveIntegerField("stationnement (€)", default=0)
    loyer_charges_comprises = models.PositiveIntegerField("loyer charges comprises (€)", null=True, blank=True)
    depot_garantie = models.PositiveIntegerField("dépôt de garantie (€)", null=True, blank=True)
    financement = models.CharField("financement", max_length=4, choices=Financement)

    dpe = models.CharField("DPE", max_length=1, choices=Etiquette, blank=True)
    dpe_valeur = models.PositiveSmallIntegerField("énergie (kWh/m²/an)", null=True, blank=True)
    ges = models.CharField("GES", max_length=1, choices=Etiquette, blank=True)
    ges_valeur = models.PositiveSmallIntegerField("gaz à effet de serre (kg CO₂/m²/an)", null=True, blank=True)
    diagnostic_le = models.DateField("diagnostic fait le", null=True, blank=True)

    disponible_le = models.DateField("disponible dès le", null=True, blank=True)
    publiee_le = models.DateField("publiée le")
    date_limite = models.DateField("date limite de candidature")
    designation_jusqu_au = models.DateField("fin du droit de désignation", null=True, blank=True)
    photo = models.CharField("empreinte de sa première photo", max_length=64, blank=True, editable=False, default="")
    departement = models.CharField("département", max_length=3, blank=True, editable=False, default="")
    case_de_plafond = models.CharField("case de plafond", max_length=9, blank=True, editable=False, default="")
    """« PLUS:2 », blank where we have no table. Both are copied from the commune (offres/declencheurs.py)."""

    objects: ClassVar[OffreQuerySet] = OffreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "offre"
        ordering = ["date_limite", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bailleur", "reference"],
                name="une_reference_par_bailleur",
                violation_error_message="Ce bailleur a déjà une offre sous cette référence.",
            ),
            models.CheckConstraint(
                condition=Q(date_limite__gte=models.F("publiee_le")),
                name="publiee_avant_sa_date_limite",
                violation_error_message="La date limite de candidature doit suivre la date de publication.",
            ),
            models.CheckConstraint(
                condition=Q(statut__in=StatutOffre.values),
                name="statut_d_offre_connu",
                violation_error_message="Statut d’offre inconnu.",
            ),
        ]
        triggers = [LIEU]
        indexes = [
            # The list reads a whole département at once: what is over, too big or too dear is left in the index.
            # What else decides, filters and sorts is included: it counts without a look at the rows.
            models.Index(
                fields=["departement", "typologie", "loyer_charges_comprises", "date_limite"],
                include=[
                    *("commune", "case_de_plafond", "reservee_a", "publiee_le", "id", "reference"),
                    *("financement", "surface", "etage", "nature", "ascenseur", "accessible_pmr", "disponible_le"),
                ],
                condition=Q(statut=StatutOffre.PUBLIEE),
                name="offres_publiees",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_typologie_display()} | {self.lieu_court} | {self.loyer_charges_comprises} €"

    def get_absolute_url(self) -> str:
        return reverse("offres:detail", args=[self.pk])

    def est_ouverte(self, jour: date) -> bool:
        """Whether one may still apply on that day, whoever one is."""
        return (
            self.statut == StatutOffre.PUBLIEE
            and self.publiee_le <= jour <= self.date_limite
            and self.loyer_charges_comprises is not None
        )

    def pourquoi_fermee(self, jour: date) -> str:
        """Why one may not apply any more, in a sentence; empty while one may."""
        if self.est_ouverte(jour):
            return ""
        match self.statut:
            case StatutOffre.PLACEE:
                return "Ce logement a été attribué : on ne peut plus y postuler."
            case StatutOffre.RETIREE:
                return "Le bailleur a retiré ce logement : on ne peut plus y postuler."
            case _:
                return f"La date limite, le {self.date_limite:%d/%m/%Y}, est passée : on ne peut plus y postuler."

    def etat(self, jour: date) -> str:
        """Its status as people say it on that day: « Expirée » once the deadline of a published offer is past."""
        if self.statut == StatutOffre.PUBLIEE and self.date_limite < jour:
            return "Expirée"
        return self.get_statut_display()

    @property
    def lieu(self) -> str:
        """« PARIS 11EME ARRONDISSEMENT (75011) », as the guide prints it."""
        nom = self.commune.nom.upper().replace("E ARRONDISSEMENT", "EME ARRONDISSEMENT")
        return f"{nom} ({self.code_postal})"

    @property
    def lieu_court(self) -> str:
        """« Paris (75) », as the guide's card prints it."""
        ville = self.commune.parent.nom if self.commune.parent else self.commune.nom
        return f"{ville} ({self.commune.departement_id})"


class Plafond(models.Model):
    """A ceiling on yearly resources, in euros (arrêté of 29 July 1987, annexe; CGI art. 279-0 bis A for LLI)."""

    financement = models.CharField("financement", max_length=4, choices=Financement)
    zone = models.CharField("zone", max_length=4, help_text="1, 2 ou 3 (HLM) ; Abis, A, B1, B2 ou C (LLI)")
    categorie = models.PositiveSmallIntegerField("catégorie de ménage (1 à 6)")
    montant = models.PositiveIntegerField("plafond (€ par an)")
    par_personne_en_plus = models.PositiveIntegerField("par personne en plus (€ par an)")
    en_vigueur_le = models.DateField("en vigueur le")
    source = models.CharField("source", max_length=120)
    verifie = models.BooleanField("lu dans le texte officiel", default=False)

    class Meta:
        verbose_name = "plafond de ressources"
        verbose_name_plural = "plafonds de ressources"
        ordering = ["-en_vigueur_le", "financement", "zone", "categorie"]
        triggers = [REPERE]
        constraints = [
            models.UniqueConstraint(
                fields=["financement", "zone", "categorie", "en_vigueur_le"],
                name="un_plafond_par_case",
                violation_error_message="Ce plafond existe déjà à cette date.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.financement}, zone {self.zone}, catégorie {self.categorie} : {self.montant} €"


class SeuilsEffort(models.Model):
    """Share of income that the rent may take, in percent: above the first one warns, above the second one refuses."""

    alerte = models.PositiveSmallIntegerField("prévenir au-dessus de (%)", default=33)
    blocage = models.PositiveSmallIntegerField("refuser au-dessus de (%)", default=38)
    en_vigueur_le = models.DateField("en vigueur le", unique=True)

    class Meta:
        verbose_name = "seuils d’effort"
        verbose_name_plural = "seuils d’effort"
        ordering = ["-en_vigueur_le"]
        triggers = [REPERE]
        constraints = [
            models.CheckConstraint(
                condition=Q(alerte__lte=models.F("blocage")),
                name="prevenir_avant_de_refuser",
                violation_error_message="Le seuil d’alerte ne peut pas dépasser le seuil de refus.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.alerte} % / {self.blocage} %"
