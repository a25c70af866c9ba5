"""What the simulator keeps: the demands as JSON of the contract, its own settings, the last calls it answered."""

from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Value, When
from django.utils import timezone

from demandes.sne.dossier import DossierSNE
from demandes.sne.simulateur.communes import sans_accents
from demandes.sne.traduction import dossier_depuis_instantane, dossier_vers_json

APPELS_GARDES = 200


class Demande(models.Model):
    num_unique = models.CharField("numéro unique", max_length=18, primary_key=True)
    contenu = models.JSONField("contenu")
    recherche = models.TextField("texte cherché", editable=False)
    rang = models.PositiveIntegerField("rang dans la liste")
    libre = models.BooleanField("à essayer", default=False)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["rang", "num_unique"]

    def __str__(self) -> str:
        return self.num_unique

    @property
    def dossier(self) -> DossierSNE:
        return dossier_depuis_instantane(self.contenu)

    def ecrire(self, dossier: DossierSNE) -> None:
        """Put `dossier` in place of the content, without saving."""
        self.contenu = dossier_vers_json(dossier)
        mots = [f"{a.prenom} {a.nom} {a.nom_naissance} {a.mel}" for a in dossier.adultes]
        naissance = f"{dossier.demandeur.date_naissance:%d/%m/%Y}"
        self.recherche = sans_accents(" ".join([dossier.num_unique, naissance, *mots]))

    def enregistrer(self, dossier: DossierSNE) -> None:
        """Put `dossier` in place of the content, and save."""
        self.ecrire(dossier)
        self.save()


class Panne(models.TextChoices):
    """What the API does to its answers; the pages always work."""

    AUCUNE = "aucune", "Tout va bien"
    LENTE = "lent", "Réponses lentes"
    ERREUR = "erreur", "En panne (erreur 500)"
    ILLISIBLE = "illisible", "Réponses illisibles (JSON coupé)"
    COUPEE = "coupe", "Connexion coupée au milieu de la réponse"
    INCOMPLETE = "incomplet", "Réponses incomplètes (une clé manque)"
    FAUSSE = "schema", "Réponses hors contrat (une clé a une valeur d’un autre genre)"
    JETON = "jeton", "Jetons refusés ou périmés (erreur 401)"
    PORTEE = "portee", "Accès interdit (erreur 403)"


class Reglages(models.Model):
    """The one row of settings."""

    panne = models.CharField("état de l’API", max_length=12, choices=Panne, default=Panne.AUCUNE)
    secondes = models.PositiveIntegerField(
        "attente des réponses lentes, en secondes", default=10, validators=[MaxValueValidator(120)]
    )
    cle_retiree = models.CharField("clé retirée ou faussée", max_length=80, default="demandeur.nom")
    fois = models.PositiveIntegerField(
        "nombre d’appels touchés par la panne (0 : tous)", default=0, validators=[MaxValueValidator(10_000)]
    )
    duree_jeton = models.PositiveIntegerField(
        "durée des jetons, en secondes",
        default=3600,
        validators=[MinValueValidator(1), MaxValueValidator(86_400)],
    )
    avance = models.PositiveIntegerField(
        "avance de l’horloge du registre, en jours", default=0, validators=[MaxValueValidator(1500)]
    )

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(panne__in=Panne.values),
                name="panne_connue",
                violation_error_message="Cet état de l’API n’existe pas.",
            )
        ]

    def __str__(self) -> str:
        return Panne(self.panne).label

    @classmethod
    def lire(cls) -> Self:
        return cls.objects.get_or_create(pk=1)[0]

    def prendre(self) -> bool:
        """Whether the fault touches one more call; the last of those it was set for ends it."""
        if not self.fois:
            return True
        restante = Case(When(fois=1, then=Value(Panne.AUCUNE)), default=F("panne"))
        encore = type(self).objects.filter(pk=self.pk, panne=self.panne, fois__gt=0)
        return bool(encore.update(fois=F("fois") - 1, panne=restante))


class Appel(models.Model):
    """One call that the API answered; the last `APPELS_GARDES` are kept."""

    recu_le = models.DateTimeField(default=timezone.now)
    methode = models.CharField(max_length=8)
    chemin = models.CharField(max_length=200)
    statut = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.methode} {self.chemin} {self.statut}"

    @classmethod
    def noter(cls, recu_le: datetime, methode: str, chemin: str, statut: int) -> None:
        appel = cls.objects.create(recu_le=recu_le, methode=methode, chemin=chemin[:200], statut=statut)
        cls.objects.filter(pk__lte=appel.pk - APPELS_GARDES).delete()


def aujourd_hui() -> date:
    """Today for the registry: its clock may be put forward."""
    return timezone.localdate() + timedelta(days=Reglages.lire().avance)
