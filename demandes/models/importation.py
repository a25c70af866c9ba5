"""One attempt to import a demand: the number asked for, and the code mailed to the registry's address."""

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Courriel, User, masquer

DUREE_DU_CODE = timedelta(hours=24)  # « Ce code est actif durant un délai de 24h. » (guide #3)
ESSAIS_PERMIS = 5
PATIENCE = timedelta(seconds=20)
"""How long the person's own request is given to import, before the worker takes over."""


class ImportationQuerySet(models.QuerySet["Importation"]):
    def ouvertes(self) -> "ImportationQuerySet":
        return self.filter(close_le=None)

    def recentes(self) -> "ImportationQuerySet":
        """Those of the last 24 hours: what the limits count. Where the registry's answer was unreadable, none is."""
        return self.filter(cree_le__gt=timezone.now() - DUREE_DU_CODE).exclude(~Q(anomalie=""), codes_envoyes=0)

    def a_reprendre(self) -> "ImportationQuerySet":
        """Verified ones that nobody refused: the registry was away, or the process that imported died."""
        return self.ouvertes().filter(refus="", verifiee_le__lte=timezone.now() - PATIENCE)

    def perimees(self) -> "ImportationQuerySet":
        """Open attempts whose code has run out, or that stopped a day ago after it was verified."""
        maintenant = timezone.now()
        sans_code = Q(verifiee_le=None, expire_le__lte=maintenant)
        return self.ouvertes().filter(sans_code | Q(verifiee_le__lte=maintenant - DUREE_DU_CODE))


class Importation(models.Model):
    """The code itself is never stored: only its HMAC, keyed by the secret key, until it has served."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    par = models.ForeignKey(User, on_delete=models.CASCADE, related_name="importations")
    numero_unique = models.CharField("numéro unique", max_length=18, db_index=True)
    adresse = models.EmailField("adresse connue du registre", blank=True)
    empreinte = models.CharField("empreinte du code", max_length=64, blank=True)
    expire_le = models.DateTimeField("code valable jusqu’au")
    essais = models.PositiveSmallIntegerField("essais", default=0)
    codes_envoyes = models.PositiveSmallIntegerField("codes envoyés", default=0)
    cree_le = models.DateTimeField("commencée le", default=timezone.now)
    verifiee_le = models.DateTimeField("code vérifié le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    anomalie = models.CharField("anomalie du registre", max_length=200, blank=True)
    """Where the registry's last answer left the contract (« demandeur.nom »), for the support; empty if it did not."""
    refus = models.CharField("pourquoi l’import est refusé", max_length=300, blank=True)
    """In the words the person reads; empty while it may still be tried."""

    identite = models.JSONField("comparaisons d’identité", default=list, blank=True)
    """What account and registry said of the person's name each time they were compared, and what was corrected here:
    written and read by `demandes.correction`, for the support."""

    objects: ClassVar[ImportationQuerySet] = ImportationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["par"], condition=models.Q(close_le=None), name="une_importation_ouverte_par_personne"
            )
        ]

    def __str__(self) -> str:
        return f"{self.numero_unique} par {self.par}"

    def tirer_un_code(self) -> str:
        """Choose a new code of six digits, remember its print and start its 24 hours; the old one dies."""
        code = f"{secrets.randbelow(10**6):06d}"
        self.empreinte, self.essais, self.expire_le = self._empreinte(code), 0, timezone.now() + DUREE_DU_CODE
        self.codes_envoyes += 1
        return code

    def reconnait(self, code: str) -> bool:
        """Whether this is the code that was mailed, compared in constant time."""
        return bool(self.empreinte) and hmac.compare_digest(self.empreinte, self._empreinte(code))

    def _empreinte(self, code: str) -> str:
        message = f"{self.pk}:{self.numero_unique}:{code}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()

    @property
    def reference(self) -> str:
        """What the person reads to the support, who finds the attempt by it."""
        return str(self.pk)[:8]

    @property
    def est_expiree(self) -> bool:
        return self.expire_le <= timezone.now()

    @property
    def attend_le_registre(self) -> bool:
        """Whether the code is verified and the import goes on by itself."""
        return self.close_le is None and self.verifiee_le is not None and not self.refus

    @property
    def reprise_jusqu_au(self) -> datetime:
        """When a verified import stops being tried again; without the code, when the code runs out."""
        return self.verifiee_le + DUREE_DU_CODE if self.verifiee_le else self.expire_le

    @property
    def essais_restants(self) -> int:
        return max(0, ESSAIS_PERMIS - self.essais)

    @property
    def code_non_remis(self) -> bool:
        """Whether the last code was refused by the registry's address, or came back from it."""
        codes = Courriel.objects.filter(gabarit="code_import", destinataire=self.adresse, cree_le__gte=self.cree_le)
        dernier = codes.order_by("-cree_le").first() if self.adresse else None
        return dernier is not None and dernier.refuse_le is not None

    @property
    def adresse_masquee(self) -> str:
        """« a•••@r•••.fr »: enough to recognise one's own mailbox, not enough to learn it."""
        return masquer(self.adresse)
