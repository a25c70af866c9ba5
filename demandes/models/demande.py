"""The demand behind a Numéro Unique: our dated copy of what the registry says."""

import uuid
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import Entreprise, Role, User
from demandes import echeances
from demandes.models.territoire import Commune, TableDeReference, Zones
from demandes.sne import nomenclature
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import dossier_depuis_instantane


def _soi_meme(agent: User) -> Q:
    """The demands that are the agent's own, by the account or by the name: nobody helps himself as an agent.

    A homonym is taken for him: somebody else of his service opens that file. Migration accounts 0032 says it in SQL.
    """
    homonyme = Q(demandeur__nom_naissance__iexact=agent.nom_naissance, demandeur__prenom__iexact=agent.prenom)
    return Q(demandeur=agent) | homonyme


class DemandeQuerySet(models.QuerySet["Demande"]):
    def visibles_par(self, user: User) -> "DemandeQuerySet":
        """The one place that says who may open which demand (guide #3, consent).

        What only the dossier tells, that an agent is one of its adults, `demandes.consultation` adds when it is opened.
        """
        match user.role:
            case Role.DEMANDEUR:
                return self.filter(demandeur=user)
            case Role.CONSEILLER | Role.SUPPORT | Role.SUPERVISEUR:
                return self.all()
            case Role.SERVICE_LOGEMENT:
                pas_finis = Q(consentements__fin_le=None) | Q(consentements__fin_le__gte=timezone.localdate())
                suivies = Entreprise.objects.suivies_par(user).values("pk")  # one leave at most is not withdrawn
                consenties = self.filter(
                    pas_finis, consentements__retire_le=None, consentements__entreprise__in=suivies
                )
                return consenties.exclude(_soi_meme(user))
            case _:
                return self.none()

    def a_suivre(self, jour: date) -> "DemandeQuerySet":
        """Those whose life may turn: a reminder may be due, validity is over, or struck off and still able to return.

        A few days too many at a month's end; `demandes.vie` looks at each.
        """
        bientot = echeances.dans_des_mois(jour, echeances.PREMIER_RAPPEL - echeances.VALABLE) + timedelta(days=3)
        revenables = Q(radiee_le__gt=echeances.dans_des_mois(jour, -echeances.RETABLISSEMENT))
        return self.annotate(depuis=Coalesce("renouvelee_le", "deposee_le")).filter(
            revenables | Q(radiee_le=None, depuis__lte=bientot)
        )


class Priorite(models.TextChoices):
    """Whether the law houses this household first, as far as the registry's answer tells (`demandes.priorites`)."""

    DALO = "dalo", "Droit au logement opposable (DALO)"
    L441_1 = "l441_1", "Situation prioritaire de l’article L441-1"
    AUCUNE = "", "Aucune priorité déclarée"


class LienEmploi(models.TextChoices):
    """What ties the search to a job, among the motives of the demand."""

    MUTATION = "mutation", "Mutation professionnelle"
    RAPPROCHEMENT = "rapprochement", "Rapprochement du lieu de travail"
    AUCUN = "", "Aucun lien déclaré avec l’emploi"


class Demande(models.Model):
    """One per account, one per Numéro Unique. The columns are what rules and lists read; the rest is in `dossier`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demandeur = models.OneToOneField(User, on_delete=models.CASCADE, related_name="demande")
    numero_unique = models.CharField("numéro unique", max_length=18)
    deposee_le = models.DateField("demande faite le")
    renouvelee_le = models.DateField("renouvelée le", null=True, blank=True)
    radiee_le = models.DateField("radiée le", null=True, blank=True)
    motif_radiation = models.CharField(
        "motif de la radiation", max_length=6, blank=True, choices=nomenclature.RADIATIONS
    )
    nombre_personnes = models.PositiveSmallIntegerField("personnes à loger")
    categorie_menage = models.PositiveSmallIntegerField("catégorie de ménage (1 à 6)")
    personnes_en_plus = models.PositiveSmallIntegerField("personnes au-delà de six", default=0)
    rfr = models.PositiveIntegerField("revenu fiscal de référence N-2 (€ par an)", null=True, blank=True)
    annee_rfr = models.PositiveSmallIntegerField("année du revenu fiscal")
    ressources = models.PositiveIntegerField("ressources (€ par mois)")
    aide_logement = models.PositiveIntegerField("APL ou AL (€ par mois)", default=0)
    priorite = models.CharField("priorité", max_length=8, blank=True, choices=Priorite)
    lien_emploi = models.CharField("lien avec l’emploi", max_length=16, blank=True, choices=LienEmploi)
    surface_actuelle = models.PositiveIntegerField("surface du logement actuel (m²)", null=True, blank=True)
    habitants_actuels = models.PositiveSmallIntegerField("habitants du logement actuel", null=True, blank=True)
    importee_le = models.DateTimeField("importée le", default=timezone.now)
    mise_a_jour_le = models.DateTimeField("mise à jour le", default=timezone.now)
    code_verifie_le = models.DateTimeField("boîte aux lettres du registre prouvée le", null=True, blank=True)
    dossier_valide_le = models.DateTimeField("dossier validé le", null=True, blank=True)
    offres_vues_le = models.DateField("offres regardées le", null=True, blank=True)
    offres_vues_avant_le = models.DateField("offres regardées, la fois d’avant, le", null=True, blank=True)
    souhaits = models.ManyToManyField(Commune, through="Souhait", related_name="+")

    objects: ClassVar[DemandeQuerySet] = DemandeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "demande"
        constraints = [
            models.UniqueConstraint(
                fields=["numero_unique"],
                name="un_compte_par_numero",
                violation_error_message="Ce numéro unique est déjà rattaché à un autre compte AL’in.",
            ),
            models.CheckConstraint(
                condition=models.Q(categorie_menage__range=(1, 6)),
                name="categorie_de_menage_connue",
                violation_error_message="La catégorie de ménage va de 1 à 6.",
            ),
        ]

    def __str__(self) -> str:
        return self.numero_unique

    def get_absolute_url(self) -> str:
        return reverse("demandes:situation")

    @cached_property
    def dossier(self) -> DossierSNE:
        """What the registry said last."""
        return dossier_depuis_instantane(self.dernier_instantane.contenu)

    @cached_property
    def dernier_instantane(self) -> "Instantane":
        """The copy in force."""
        return self.instantanes.latest()

    @cached_property
    def reperes(self) -> tuple[datetime | None, ...]:
        """When each reference table last changed: what a process remembers of them is worth no more than that."""
        return tuple(TableDeReference.objects.order_by("nom").values_list("chargee_le", flat=True))

    @cached_property
    def zones(self) -> Zones:
        return Zones.autour_de(list(self.souhait_set.values_list("commune_id", flat=True)))

    @property
    def en_cours_depuis(self) -> date:
        """The filing, or the last renewal: the day that its calendar is counted from."""
        return self.renouvelee_le or self.deposee_le

    @property
    def valable_jusqu_au(self) -> date:
        """The anniversary, still included (`demandes.echeances`)."""
        return echeances.dans_des_mois(self.en_cours_depuis, echeances.VALABLE)

    @property
    def radiable_le(self) -> date:
        """When the registry strikes it off, unless it is renewed."""
        return echeances.dans_des_mois(self.en_cours_depuis, echeances.RADIATION)

    @property
    def retablissable_jusqu_au(self) -> date:
        """Struck off for want of renewal, it may be brought back until then."""
        return echeances.dans_des_mois(self.en_cours_depuis, echeances.RETABLISSEMENT)

    @property
    def code_a_verifier(self) -> bool:
        """Made on AL'in before 20/04/2021 and never proved since: its next update asks for a code, once (guide #4)."""
        return self.code_verifie_le is None

    @property
    def revenus(self) -> int:
        """Euros a month that the rent is compared with, housing aid included (guide #0)."""
        return self.ressources + self.aide_logement

    @property
    def etape(self) -> str:
        """The page of the import to open next, deduced from what is already saved."""
        if not hasattr(self, "emploi") or not self.emploi.valide_le:
            return "demandes:infos"
        if not self.dossier_valide_le:
            return "demandes:pieces"
        return "demandes:situation"


class Souhait(models.Model):
    """A commune asked for, in order of preference."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT)
    rang = models.PositiveSmallIntegerField("ordre")

    class Meta:
        ordering = ["rang"]
        constraints = [models.UniqueConstraint(fields=["demande", "commune"], name="un_souhait_par_commune")]

    def __str__(self) -> str:
        return f"{self.rang}. {self.commune}"


class Instantane(models.Model):
    """What the registry said of a demand, one day. Never changed; the latest is the one in force."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="instantanes")
    lu_le = models.DateTimeField("lu le", default=timezone.now)
    contenu = models.JSONField("contenu")

    class Meta:
        verbose_name = "instantané"
        get_latest_by = ["lu_le", "id"]
        constraints = [models.UniqueConstraint(fields=["demande", "lu_le"], name="un_instantane_par_moment")]
        triggers = [pgtrigger.Protect(name="instantane_intouchable", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.demande_id} au {self.lu_le:%d/%m/%Y}"
