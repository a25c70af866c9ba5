"""Gathering every row about one person, table by table, in the order in which one would tell it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from accounts.models import Acceptation, Consultation, Courriel, User
from candidatures.mes_donnees import colonnes, registre
from candidatures.mes_donnees.structure import Donnee, Fiche, Table, donnee, fiche, moment
from candidatures.models import Candidature, Evenement
from candidatures.notes import NoteAuConseiller
from demandes.models import Demande, Emploi, Importation
from demandes.pieces import pieces_attendues
from offres.models import Abonnement, Offre

VOUS = "vous"
REGISTRE = "le registre national des demandes de logement social, après votre code"
AL_IN = "AL’in, automatiquement"
CONSEILLERS = "vous, Action Logement et le bailleur"
SERVICE_LOGEMENT = "le service logement de votre entreprise"
CODE = "code_import"
"""The one mail that goes to the registry's address: whose it is, only the code will tell."""


def rassembler(personne: User) -> tuple[Table, ...]:
    """All we hold of this person. Reads everything anew, whatever the caller has loaded."""
    personne = User.objects.get(pk=personne.pk)
    demande = Demande.objects.filter(demandeur=personne).first()
    return (
        Table("compte", "Mon compte", VOUS, (fiche(personne, colonnes.COMPTE),), unique=True),
        Table("adresses", "Mes adresses e-mail", VOUS, _fiches(_de(EmailAddress, personne), colonnes.ADRESSES)),
        Table("textes_acceptes", "Les textes que j’ai acceptés", VOUS, _acceptations(personne)),
        Table("connexions", "Mes connexions", AL_IN, _fiches(_de(UserSession, personne), colonnes.CONNEXIONS)),
        Table(
            "deuxiemes_facteurs", "Mon deuxième facteur", VOUS, _fiches(_de(Authenticator, personne), colonnes.FACTEURS)
        ),
        Table("imports", "Mes imports", VOUS, _imports(personne)),
        Table("demande", "Ma demande", REGISTRE, (_demande(demande),) if demande else (), unique=True),
        Table("candidatures", "Mes candidatures", CONSEILLERS, _candidatures(personne)),
        Table("consultations", "Qui a consulté mon dossier", AL_IN, _consultations(personne)),
        Table("alertes", "Mes alertes par e-mail", VOUS, _alertes(personne), unique=True),
        Table("courriels", "Les e-mails d’AL’in", AL_IN, _courriels(personne)),
        Table("interventions", "Ce que l’équipe a changé à mon compte", CONSEILLERS, _interventions(personne)),
    )


def _fiches(lignes: Iterable[Model], champs: Sequence[str]) -> tuple[Fiche, ...]:
    return tuple(fiche(ligne, champs) for ligne in lignes)


def _de(modele: type[Model], personne: User) -> Iterable[Model]:
    """The rows that a library ties to its `user`."""
    return modele._default_manager.filter(user=personne).order_by("pk")


def _acceptations(personne: User) -> tuple[Fiche, ...]:
    acceptees = Acceptation.objects.filter(personne=personne).select_related("texte").order_by("le", "pk")
    return _fiches(acceptees, colonnes.TEXTES)


def _imports(personne: User) -> tuple[Fiche, ...]:
    """With the registry's address as the pages show it: masked."""
    return tuple(
        _avec(
            fiche(i, colonnes.IMPORTS, i.numero_unique),
            donnee("adresse_du_registre", "Adresse du registre", i.adresse_masquee if i.adresse else ""),
        )
        for i in Importation.objects.filter(par=personne).order_by("cree_le")
    )


def _demande(demande: Demande) -> Fiche:
    consentements = demande.consentements.select_related("entreprise").order_by("donne_le")
    souhaits = demande.souhait_set.select_related("commune")
    notes = NoteAuConseiller.objects.filter(demande=demande).order_by("le", "pk")
    tables = (
        Table("souhaits", "Communes demandées", REGISTRE, _fiches(souhaits, colonnes.SOUHAIT)),
        Table(
            "emploi",
            "Mon employeur",
            VOUS,
            _fiches(Emploi.objects.filter(demande=demande), colonnes.EMPLOI),
            unique=True,
        ),
        Table("consentements", "Mes accords au service logement", VOUS, _fiches(consentements, colonnes.CONSENTEMENT)),
        Table("notes", "Notes du service logement au conseiller", SERVICE_LOGEMENT, _fiches(notes, colonnes.NOTE)),
        Table("pieces_confirmees", "Pièces confirmées", VOUS, _pieces(demande)),
        Table("vie", "La vie de ma demande", REGISTRE, _fiches(demande.jalons.all(), colonnes.JALON)),
        Table("lectures_du_registre", "Ce que le registre a dit", REGISTRE, _lectures(demande)),
    )
    return fiche(demande, colonnes.DEMANDE, demande.numero_unique, tables=tables)


def _pieces(demande: Demande) -> tuple[Fiche, ...]:
    """With the words of each document, as they were on the day it was confirmed."""
    confirmees = list(demande.pieces_confirmees.order_by("confirmee_le", "pk"))
    jours = {timezone.localdate(confirmee.confirmee_le) for confirmee in confirmees}
    attendues = [piece for jour in jours for piece in pieces_attendues(demande.dossier, jour)]
    libelles = {piece.cle: f"{piece.personne} : {piece.libelle}" for piece in attendues}
    fiches = _fiches(confirmees, colonnes.PIECE)
    return tuple(
        replace(f, donnees=(donnee("piece", "Pièce", libelles.get(c.cle, c.cle)), *f.donnees))
        for f, c in zip(fiches, confirmees, strict=True)
    )


def _lectures(demande: Demande) -> tuple[Fiche, ...]:
    return tuple(
        fiche(
            instantane,
            colonnes.INSTANTANE,
            f"Lecture du {moment(instantane.lu_le)}",
            rubriques=rubriques,
            changements=changements,
        )
        for instantane, rubriques, changements in registre.lues(demande)
    )


def _candidatures(personne: User) -> tuple[Fiche, ...]:
    siennes = (
        Candidature.objects.filter(demande__demandeur=personne)
        .pour_lecture()
        .select_related("instantane")
        .prefetch_related("liens")
    )
    candidatures = list(siennes.order_by("deposee_le"))
    journaux: defaultdict[UUID, list[Evenement]] = defaultdict(list)
    for evenement in Evenement.objects.filter(candidature_id__in=[c.pk for c in candidatures]).order_by("le", "id"):
        journaux[evenement.candidature_id].append(evenement)
    return tuple(_candidature(candidature, journaux[candidature.pk]) for candidature in candidatures)


def _candidature(candidature: Candidature, evenements: list[Evenement]) -> Fiche:
    offre: Offre = candidature.offre
    journal = Table("journal", "Journal", CONSEILLERS, _fiches(evenements, colonnes.JOURNAL))
    liens = Table("liens", "Liens ouverts au bailleur", CONSEILLERS, _fiches(candidature.liens.all(), colonnes.LIEN))
    return _avec(
        fiche(candidature, colonnes.CANDIDATURE, str(offre), tables=(journal, liens)),
        donnee("reference_offre", "Référence de l’offre", offre.reference),
        donnee("bailleur", "Bailleur", offre.bailleur.nom),
        donnee("demande_lue_le", "Demande lue au registre le", candidature.instantane.lu_le),
    )


def _consultations(personne: User) -> tuple[Fiche, ...]:
    return _fiches(Consultation.objects.du_demandeur(personne).order_by("le"), colonnes.CONSULTATIONS)


def _alertes(personne: User) -> tuple[Fiche, ...]:
    return _fiches(Abonnement.objects.filter(personne=personne), colonnes.ALERTES)


def _courriels(personne: User) -> tuple[Fiche, ...]:
    """Subject, dates and state; nothing keeps what they said once they have left."""
    siens = Courriel.objects.filter(personne_id=personne.pk).order_by("cree_le")
    return tuple(_avec(fiche(c, colonnes.COURRIELS), donnee("a", "À", _destinataire(c))) for c in siens)


def _destinataire(courriel: Courriel) -> str:
    if courriel.gabarit != CODE:
        return courriel.destinataire
    return Importation(adresse=courriel.destinataire).adresse_masquee


def _interventions(personne: User) -> tuple[Fiche, ...]:
    comptes = ContentType.objects.get_for_model(User)
    entrees = LogEntry.objects.filter(content_type=comptes, object_id=str(personne.pk)).order_by("action_time")
    return tuple(
        _avec(fiche(e, colonnes.INTERVENTIONS), donnee("changement", "Changement", e.get_change_message()))
        for e in entrees
    )


def _avec(base: Fiche, *donnees: Donnee) -> Fiche:
    return replace(base, donnees=(*base.donnees, *donnees))
