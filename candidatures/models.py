"""A person's place on a dwelling, its journal, and the reasons one may give."""

import uuid
from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Role, User
from accounts.models.registre import verrous
from candidatures import attributions as attributions  # models of this application too
from candidatures import baremes as baremes
from candidatures import delais_d_attente as delais_d_attente
from candidatures import exports as exports
from candidatures import liens as liens
from candidatures import lots as lots
from candidatures import notes as notes
from candidatures.seances import Seance as Seance
from candidatures.statuts import (
    ACTIFS,
    ATTRIBUTAIRES,
    COMPTES_DANS_LA_FILE,
    EN_INSTRUCTION,
    ETAPE_DE,
    NAISSANCE,
    TRANSITIONS,
    Action,
    Statut,
    actions_ouvertes,
)
from demandes.models import Demande, Instantane
from offres.models import Offre

ACTIFS_TRIES = sorted(ACTIFS)
PLACES_PRISES = sorted({*ACTIFS, Statut.BAIL_SIGNE})
"""What holds a demand's one place: an active candidature, or a signed lease, which is for good."""
TITULAIRES = sorted({*ATTRIBUTAIRES, Statut.BAIL_SIGNE})
"""To whom the dwelling is attributed: one at most."""
CLASSES = sorted({Statut.CLASSEE, *TITULAIRES})
"""Those whose rank on the dwelling still counts."""
AVANT_LA_DECISION = sorted(
    {
        *(Statut.DEPOSEE, Statut.VALIDEE, Statut.INVALIDEE),
        *(Statut.TRANSMISE, Statut.VISITE, Statut.EN_COMMISSION),
    }
)
"""No commission has ranked these."""
MOUVEMENTS = sorted({(str(depuis), str(t.vers)) for t in TRANSITIONS.values() if t.vers for depuis in t.depuis})


class CandidatureQuerySet(models.QuerySet["Candidature"]):
    def visibles_par(self, user: User) -> "CandidatureQuerySet":
        """The one place that says who may open which candidature."""
        match user.role:
            case Role.CONSEILLER | Role.SUPPORT | Role.SUPERVISEUR | Role.AUTOMATE:
                return self.all()
            case _:
                return self.filter(demande__in=Demande.objects.visibles_par(user))

    def actives(self) -> "CandidatureQuerySet":
        return self.filter(statut__in=ACTIFS_TRIES)

    def places_prises(self) -> "CandidatureQuerySet":
        """Those whose demand may apply to nothing else."""
        return self.filter(statut__in=PLACES_PRISES)

    def dans_la_file(self) -> "CandidatureQuerySet":
        """Those that count in « Il y a actuellement N candidatures déposées sur cette offre »."""
        return self.filter(statut__in=sorted(COMPTES_DANS_LA_FILE))

    def avec_la_file(self) -> "CandidatureQuerySet":
        """Each with `nombre`, how many candidatures its offer has received."""
        file = (
            Candidature.objects.dans_la_file()
            .filter(offre=OuterRef("offre"))
            .order_by()
            .values("offre")
            .annotate(n=Count("demande", distinct=True))
            .values("n")
        )
        return self.annotate(nombre=Coalesce(Subquery(file), 0))

    def avec_son_tour(self) -> "CandidatureQuerySet":
        """Each with `au_suivant`: whether it is ranked, nobody has the dwelling, and nobody waits before it."""
        du_logement = Candidature.objects.filter(offre=OuterRef("offre"))
        avant = du_logement.filter(Q(statut__in=TITULAIRES) | Q(statut=Statut.CLASSEE, rang__lt=OuterRef("rang")))
        tour = Q(statut=Statut.CLASSEE) & ~Exists(avant)
        return self.annotate(au_suivant=ExpressionWrapper(tour, output_field=models.BooleanField()))

    def pour_lecture(self) -> "CandidatureQuerySet":
        """With all that a card prints."""
        return self.avec_la_file().select_related(
            *("demande__demandeur", "offre__bailleur__delai_mesure"),
            *("offre__commune__parent", "offre__commune__departement"),
        )


class Candidature(models.Model):
    """`statut` is written by candidatures.workflow alone; two triggers refuse anything else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="candidatures")
    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="candidatures", db_index=False)
    instantane = models.ForeignKey(Instantane, on_delete=models.CASCADE, related_name="+", verbose_name="demande lue")
    statut = models.CharField("statut", max_length=16, choices=Statut, default=NAISSANCE)
    motif = models.TextField("motif", blank=True)
    deposee_le = models.DateTimeField("déposée le", default=timezone.now)
    statut_depuis = models.DateTimeField("dans ce statut depuis", default=timezone.now)
    visite_le = models.DateField("visite le", null=True, blank=True)
    commission_le = models.DateField("commission le", null=True, blank=True)
    rang = models.PositiveSmallIntegerField("rang donné par la commission", null=True, blank=True)
    seance = models.ForeignKey(
        Seance, on_delete=models.PROTECT, null=True, blank=True, related_name="candidatures", verbose_name="séance"
    )
    piece_attendue_le = models.DateField("pièce attendue avant le", null=True, blank=True)
    notifiee_le = models.DateField("proposition notifiée le", null=True, blank=True)
    reponse_avant_le = models.DateField("réponse attendue avant le", null=True, blank=True)
    bail_le = models.DateField("bail signé le", null=True, blank=True)

    objects: ClassVar[CandidatureQuerySet] = CandidatureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "candidature"
        ordering = ["-deposee_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"],
                condition=Q(statut__in=ACTIFS_TRIES),
                name="une_seule_candidature_active",
                violation_error_message="Vous avez déjà une candidature active.",
            ),
            models.UniqueConstraint(
                fields=["offre"],
                condition=Q(statut__in=TITULAIRES),
                name="un_seul_attributaire",
                violation_error_message="Ce logement est déjà attribué à un autre candidat.",
            ),
            models.UniqueConstraint(
                fields=["offre", "rang"],
                condition=Q(statut__in=CLASSES),
                name="un_rang_par_offre",
                violation_error_message="Ce rang est déjà donné à un autre candidat sur ce logement.",
            ),
            models.CheckConstraint(
                condition=Q(rang=None) | (Q(rang__gte=1) & ~Q(statut__in=AVANT_LA_DECISION)),
                name="rang_donne_par_la_commission",
                violation_error_message="Seule la commission donne un rang, à partir de 1.",
            ),
            models.CheckConstraint(
                condition=Q(statut__in=sorted(Statut.values)),
                name="statut_connu",
                violation_error_message="Statut de candidature inconnu.",
            ),
        ]
        indexes = [
            # The list of offers counts the demands of twenty offers without a look at their rows.
            models.Index(fields=["offre", "demande"], include=["statut"], name="demandes_d_une_offre"),
            models.Index(fields=["statut", "statut_depuis"], name="candidatures_par_statut"),
            models.Index(fields=["deposee_le"], name="candidatures_par_depot"),
        ]
        triggers = [
            pgtrigger.FSM(name="statut_suit_la_table", field="statut", transitions=MOUVEMENTS),
            pgtrigger.Protect(
                name="candidature_nait_deposee",
                operation=pgtrigger.Insert,
                condition=~pgtrigger.Q(new__statut=str(NAISSANCE)),
            ),
            pgtrigger.Protect(
                name="rang_donne_une_fois",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.rang IS NOT NULL AND NEW.rang IS DISTINCT FROM OLD.rang"
                    " OR OLD.seance_id IS NOT NULL AND NEW.seance_id IS DISTINCT FROM OLD.seance_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demande} → {self.offre}"

    @property
    def est_active(self) -> bool:
        return self.statut in ACTIFS

    @property
    def attend_une_piece(self) -> bool:
        """Whether its applicant was asked for a document that has not come: by the bailleur, or by the commission."""
        return self.piece_attendue_le is not None and self.statut in {*EN_INSTRUCTION, Statut.SOUS_CONDITION}

    @property
    def etape(self) -> int:
        """The step of the guide under way, 1 to 7."""
        return ETAPE_DE[Statut(self.statut)]

    def actions_pour(self, user: User) -> list[Action]:
        """The buttons this person gets, read from the table."""
        ouvertes = actions_ouvertes(Statut(self.statut), Role(user.role))
        return [a for a in ouvertes if a is not Action.RECEVOIR_PIECE or self.attend_une_piece]

    def precedees(self) -> CandidatureQuerySet:
        """Those ranked before this one on its dwelling, who still wait for it."""
        return Candidature.objects.filter(offre=self.offre_id, statut=Statut.CLASSEE, rang__lt=self.rang or 0)

    def journal(self) -> "models.QuerySet[Evenement]":
        return Evenement.objects.filter(candidature_id=self.pk).order_by("-le", "-id")

    def jours_dans_le_statut(self, jour: date) -> int:
        return (jour - timezone.localdate(self.statut_depuis)).days


class Evenement(models.Model):
    """One line of a candidature's journal. Insert-only; no foreign keys, so that a person can be erased."""

    candidature_id = models.UUIDField("candidature", db_index=True)
    offre_id = models.UUIDField("offre")
    le = models.DateTimeField("date", default=timezone.now)
    action = models.CharField("action", max_length=24)
    depuis = models.CharField("depuis", max_length=16, choices=Statut, blank=True)
    vers = models.CharField("vers", max_length=16, choices=Statut)
    par_id = models.UUIDField("par (identifiant)")
    par_role = models.CharField("rôle", max_length=20, choices=Role)
    motif = models.TextField("motif", blank=True)

    class Meta:
        verbose_name = "événement"
        ordering = ["le", "id"]
        triggers = verrous("journal")

    def __str__(self) -> str:
        return f"{self.get_vers_display()} le {self.le:%d/%m/%Y}"


class Motif(models.Model):
    """A reason offered to whoever has to give one; wording is usual practice, editable, never presented as law."""

    action = models.CharField("pour", max_length=24, choices=Action)
    libelle = models.CharField("motif", max_length=160)
    ordre = models.PositiveSmallIntegerField("ordre", default=0)
    actif = models.BooleanField("proposé", default=True)
    sensible = models.BooleanField(
        "caché à l’employeur", default=False, help_text="Il touche à la santé, au handicap, au séjour ou à un montant."
    )

    class Meta:
        verbose_name = "motif"
        ordering = ["action", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "libelle"],
                name="un_motif_par_action",
                violation_error_message="Ce motif existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle


class Passage(models.Model):
    """One run of one rule of retention. `nombre` grows with each batch, in its transaction: a crash leaves it true."""

    regle = models.CharField("règle", max_length=30)
    commence_le = models.DateTimeField("commencé le", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    nombre = models.PositiveIntegerField("lignes", default=0)
    a_blanc = models.BooleanField("à blanc", default=False)

    class Meta:
        verbose_name = "passage"
        verbose_name_plural = "passages"
        ordering = ["-commence_le", "-id"]

    def __str__(self) -> str:
        return f"{self.regle} le {self.commence_le:%d/%m/%Y}"
