"""Whose employer the demand is attached to."""

from functools import cached_property
from uuid import UUID

from django.db import models

from accounts.models import Entreprise, valider_siret
from demandes.models.demande import Demande


class Titulaire(models.TextChoices):
    DEMANDEUR = "demandeur", "Demandeur"
    CODEMANDEUR = "codemandeur", "Codemandeur"


class Emploi(models.Model):
    """The employer tab of the import (guide #3, tab 2)."""

    demande = models.OneToOneField(Demande, on_delete=models.CASCADE, related_name="emploi")
    titulaire = models.CharField("rattachée à", max_length=12, choices=Titulaire, default=Titulaire.DEMANDEUR)
    sans_employeur = models.BooleanField("sans employeur, en situation prioritaire", default=False)
    siret = models.CharField("N° SIRET de l’employeur", max_length=14, blank=True, validators=[valider_siret])
    nom_employeur = models.CharField("Nom de l’employeur", max_length=80, blank=True)
    code_entreprise = models.CharField("Code entreprise", max_length=12, blank=True)
    matricule = models.CharField("Matricule", max_length=30, blank=True)
    entree_le = models.DateField("Date d’entrée dans l’entreprise", null=True, blank=True)
    travail_temporaire = models.BooleanField("dans une entreprise de travail temporaire", default=False)
    en_cdi = models.BooleanField("Êtes-vous en CDI ?", null=True, blank=True)
    valide_le = models.DateTimeField("entreprise validée le", null=True, blank=True)
    confirme_le = models.DateTimeField("emploi confirmé le", null=True, blank=True)
    infirme_le = models.DateTimeField("emploi infirmé le", null=True, blank=True)
    parti = models.BooleanField("a quitté l’entreprise", default=False)

    class Meta:
        verbose_name = "emploi"
        indexes = [models.Index(fields=["siret"], name="emplois_d_une_entreprise")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sans_employeur=True) | (~models.Q(siret="") & ~models.Q(nom_employeur="")),
                name="un_employeur_ou_aucun",
                violation_error_message="Indiquez le SIRET et le nom de l’employeur, ou cochez « sans employeur ».",
            ),
            models.CheckConstraint(
                condition=models.Q(infirme_le=None, parti=False) | models.Q(infirme_le__isnull=False, confirme_le=None),
                name="une_reponse_de_l_entreprise",
                violation_error_message="L’entreprise a confirmé cet emploi ou ne l’a pas reconnu, pas les deux.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_employeur or "Sans employeur"

    @property
    def entreprise(self) -> Entreprise | None:
        """The client company behind the SIRET, if it is one."""
        return Entreprise.objects.filter(siret=self.siret).first() if self.siret else None

    @property
    def service_logement(self) -> Entreprise | None:
        """Whose housing service may be given a leave today: that company's, or that of the one it has become."""
        entreprise, vues = self.entreprise, set[UUID]()
        while entreprise and not entreprise.est_ouverte and entreprise.pk not in vues:
            vues.add(entreprise.pk)
            entreprise = entreprise.successeur
        return entreprise if entreprise and entreprise.est_ouverte else None

    @cached_property
    def entreprise_id(self) -> UUID | None:
        """The key of that company, if there is one."""
        entreprise = self.entreprise
        return entreprise.pk if entreprise else None

    @property
    def reponse(self) -> str:
        """What the company answered: « oui », « non », « parti », or nothing yet."""
        if self.confirme_le is not None:
            return "oui"
        return "" if self.infirme_le is None else "parti" if self.parti else "non"

    @property
    def est_a_confirmer(self) -> bool:
        """Whether the company has still to say if this person works there."""
        return self.valide_le is not None and not self.sans_employeur and not self.reponse

    def oublier_la_reponse(self) -> None:
        """What the company had answered is no longer said: another employer, or another person's."""
        self.confirme_le, self.infirme_le, self.parti = None, None, False

    @property
    def donnees_manquantes(self) -> str:
        """« matricule et date d’entrée »: what some companies need to recognise their employee (guide #3, tab 2)."""
        absentes = {"matricule": not self.matricule, "date d’entrée": self.entree_le is None}
        return " et ".join(nom for nom, manque in absentes.items() if manque)
