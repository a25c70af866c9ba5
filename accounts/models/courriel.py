"""The outbox: a mail is a row, inserted in the transaction that causes it."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

ATTENTE_MAXIMALE = timedelta(hours=1)
"""The longest pause between two tries at one mail."""
TEMPS_DU_RETOUR = timedelta(days=1)
"""How long a mail that left may still come back; after that it counts as delivered."""
ESSAI = "adresse_essai"
"""The mail that a person asks for, to prove that an address works again."""


class CourrielQuerySet(models.QuerySet["Courriel"]):
    def a_envoyer(self) -> "CourrielQuerySet":
        """Mails neither sent nor refused, whose next try is due: those somebody waits for first, then the oldest."""
        return self.filter(envoye_le=None, refuse_le=None, prochain_essai_le__lte=timezone.now()).order_by(
            "en_nombre", "prochain_essai_le", "cree_le"
        )

    def en_defaut_depuis(self, adresse: str) -> datetime | None:
        """Since when mails to this address are refused or come back; None if they arrive.

        Deduced from what became of the mails, never stored: there was a refusal, and no later mail arrived. One has
        arrived when it left and did not come back in a day; the one its owner asked for, as soon as it left: a
        return would undo it.
        """
        a_l_adresse = self.filter(destinataire=adresse)
        refuses = a_l_adresse.exclude(refuse_le=None)
        if not refuses.exists():
            return None
        laisse = Q(gabarit=ESSAI) | Q(envoye_le__lt=timezone.now() - TEMPS_DU_RETOUR)
        arrive_le = a_l_adresse.filter(laisse, refuse_le=None).aggregate(d=Max("envoye_le"))["d"]
        if arrive_le is not None:
            refuses = refuses.annotate(parti_le=Coalesce("envoye_le", "refuse_le")).filter(parti_le__gt=arrive_le)
        depuis: datetime | None = refuses.aggregate(d=Min("refuse_le"))["d"]
        return depuis

    def dernier_essai(self, adresse: str) -> "Courriel | None":
        """The last mail that the owner of this address asked for, to prove it."""
        return self.filter(destinataire=adresse, gabarit=ESSAI).order_by("-cree_le").first()


class Courriel(models.Model):
    """One message to one person. Its body is wiped in the commit that marks it sent.

    `personne_id` is the account it is about, no foreign key: a mail is inserted without waiting for its account.
    `desinscription` is the address that stops mails of this kind (RFC 8058); it is wiped with the body.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gabarit = models.CharField("modèle", max_length=60)
    destinataire = models.EmailField("destinataire")
    repondre_a = models.EmailField("répondre à", blank=True)
    personne_id = models.UUIDField("identifiant de la personne", null=True, blank=True, db_index=True)
    sujet = models.CharField("objet", max_length=200)
    texte = models.TextField("texte", blank=True)
    html = models.TextField("HTML", blank=True)
    desinscription = models.CharField("lien d’arrêt", max_length=300, blank=True)
    en_nombre = models.BooleanField("écrit à beaucoup de monde", default=False)
    cree_le = models.DateTimeField("écrit le", default=timezone.now)
    prochain_essai_le = models.DateTimeField("prochain essai", default=timezone.now)
    tentatives = models.PositiveSmallIntegerField("essais", default=0)
    derniere_erreur = models.CharField("dernière erreur", max_length=200, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    refuse_le = models.DateTimeField("refusé le", null=True, blank=True)

    objects: ClassVar[CourrielQuerySet] = CourrielQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-cree_le"]
        indexes = [
            models.Index(
                fields=["en_nombre", "prochain_essai_le", "cree_le"],
                condition=models.Q(envoye_le=None, refuse_le=None),
                name="courriels_a_envoyer",
            ),
            models.Index(fields=["destinataire", "envoye_le"], name="courriels_a_une_adresse"),
        ]

    def __str__(self) -> str:
        return f"{self.sujet} → {self.destinataire}"

    @property
    def message_id(self) -> str:
        """The same at every try, so that a mail repeated after a crash is recognised as one."""
        return f"<{self.id}@alin>"

    def marquer_envoye(self) -> None:
        self.envoye_le, self.derniere_erreur = timezone.now(), ""
        self._vider()

    def marquer_refuse(self, erreur: str) -> None:
        """The address takes no mail, and its server says so at once or by a return: keep the trace, drop the body."""
        self.refuse_le, self.derniere_erreur = timezone.now(), erreur[:200]
        self._vider()

    def reporter(self, erreur: str) -> None:
        """Try again later: 10 s, then twice as long each time, at most an hour."""
        self.tentatives += 1
        pause = min(ATTENTE_MAXIMALE, timedelta(seconds=10 * 2 ** min(self.tentatives - 1, 10)))
        self.prochain_essai_le, self.derniere_erreur = timezone.now() + pause, erreur[:200]
        self.save()

    def _vider(self) -> None:
        self.texte = self.html = self.desinscription = ""
        self.save()
