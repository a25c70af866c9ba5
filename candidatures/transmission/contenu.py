"""What is transmitted, gathered once: the paper and the file are both written from these tables (docs/transmission.md).

Only what a bailleur needs to examine the candidature (RGPD art. 5-1-c). Health, violence, disability, residence and
what the applicant wrote in his own words never leave, and `ECARTES` says so.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from candidatures.mes_donnees.structure import Donnee, Fiche, Table, donnee, en_json, fiche
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Action, Statut
from demandes import lecture, mots
from demandes.dossier_valide import Case, cases
from demandes.importation import noms_des_communes
from demandes.models import Demande
from demandes.pieces import MOTIFS_SENSIBLES
from demandes.pieces.registre import Reception
from demandes.sne import nomenclature as codes
from demandes.sne.dossier import Adulte, DossierSNE
from offres.eligibilite import Controle, Foyer, Verdict, examiner
from offres.models import Offre
from offres.plafonds import Bareme

FORMAT, VERSION = "alin.dossier-transmis", 1
"""The name and the version of the file; a field that changes its meaning or leaves makes a new version."""
ECARTES = (
    "Ce dossier ne contient, par choix, ni motif ni pièce qui touche à la santé, au handicap ou à des violences, ni "
    "titre de séjour, ni nationalité, ni ce que la personne a écrit librement. Leur absence ne dit rien d’elle."
)
VERDICTS = {
    Verdict.CONVIENT: "convient",
    Verdict.PREVIENT: "à regarder",
    Verdict.INCONNU: "à vérifier",
    Verdict.BLOQUE: "ne convient pas",
}
RECEPTIONS = {
    Reception.RECUE: "reçue par le registre",
    Reception.PARTAGEE: "une pièce de ce genre est au registre, sans dire laquelle",
    Reception.ABSENTE: "pas reçue par le registre",
}
OFFRE = (
    *("reference", "typologie:typologie:Type", "surface:surface_m2:Surface (m²)", "etage", "financement"),
    *("disponible_le", "designation_jusqu_au"),
)
DEMANDE = ("numero_unique", "deposee_le", "renouvelee_le", "valable_jusqu_au:valable_jusqu_au:Valable jusqu’au")
EMPLOI = ("titulaire", "sans_employeur", "nom_employeur", "siret", "entree_le", "en_cdi", "confirme_le")
RUBRIQUES = {"Logement actuel", "Logement recherché"}
"""Those of the demand that are told line by line; « Chez », the name of somebody else, is left out."""


def rassembler(candidature: Candidature, jour: date) -> tuple[Table, ...]:
    """Everything transmitted of this candidature, from our latest copy of the registry."""
    demande, offre = candidature.demande, candidature.offre
    dossier = demande.dossier
    controles = examiner(Foyer.de(demande), offre, Bareme.en_vigueur(jour))
    emploi = getattr(demande, "emploi", None)
    return (
        Table("offre", "Le logement", "", (_offre(offre),), unique=True),
        Table("candidature", "La candidature", "", (_candidature(candidature),), unique=True),
        Table("contact", "Le candidat, pour le joindre", "", (_contact(demande, dossier.demandeur),), unique=True),
        Table("demande", "La demande au registre national", "", (_demande(demande),), unique=True),
        Table("foyer", "Le foyer et ses ressources", "", (_foyer(demande),), unique=True),
        Table("personnes", "Les personnes à loger", "", tuple(_personnes(dossier))),
        Table("verifications", "Les vérifications d’AL’in", "", tuple(_controle(c) for c in controles)),
        Table("pieces", "Les pièces justificatives", "", tuple(_pieces(demande, jour))),
        Table("employeur", "L’employeur", "", (fiche(emploi, EMPLOI),) if emploi else (), unique=True),
        Table("logement", "Le logement actuel et le logement recherché", "", tuple(_lignes(dossier))),
        Table("motifs", "Les motifs de la demande", "", tuple(_motifs(dossier))),
    )


def fichier(tables: tuple[Table, ...], etabli_le: datetime) -> dict[str, object]:
    """The machine-readable dossier."""
    entete = {
        "format": FORMAT,
        "version": VERSION,
        "etabli_le": timezone.localtime(etabli_le).isoformat(timespec="seconds"),
        "ecartes": ECARTES,
    }
    return entete | en_json(tables)


def _offre(offre: Offre) -> Fiche:
    bailleur = (donnee("bailleur", "Bailleur", offre.bailleur.nom), donnee("siren", "SIREN", offre.bailleur.siren))
    lieu = (
        donnee("residence", "Résidence", offre.residence),
        donnee("adresse", "Adresse", offre.adresse),
        donnee("commune", "Commune", offre.lieu),
        donnee("code_insee", "Code INSEE", offre.commune_id),
    )
    loyer = offre.loyer_charges_comprises
    loyer_eur = donnee("loyer_eur", "Loyer charges comprises", loyer, mots.euros(loyer))
    return Fiche("", (*bailleur, *lieu, loyer_eur, *fiche(offre, OFFRE).donnees))


def _candidature(candidature: Candidature) -> Fiche:
    transmise = candidature.journal().filter(action=Action.TRANSMETTRE).first()
    validee = candidature.journal().filter(action=Action.VALIDER).first()
    return Fiche(
        "",
        (
            Donnee("identifiant", "", str(candidature.pk), ""),
            donnee("deposee_le", "Déposée le", timezone.localdate(candidature.deposee_le)),
            donnee("validee_le", "Validée par Action Logement le", _jour(validee)),
            donnee("transmise_le", "Transmise au bailleur le", _jour(transmise)),
            donnee("statut", "Où elle en est", candidature.statut, Statut(candidature.statut).label),
        ),
    )


def _jour(evenement: Evenement | None) -> date | None:
    return timezone.localdate(evenement.le) if evenement else None


def _contact(demande: Demande, demandeur: Adulte) -> Fiche:
    personne = demande.demandeur
    return Fiche(
        "",
        (
            donnee("civilite", "Civilité", codes.CIVILITES[demandeur.civilite]),
            donnee("nom", "Nom", demandeur.nom),
            donnee("prenom", "Prénom", demandeur.prenom),
            donnee("telephone", "Téléphone", str(personne.telephone or demandeur.telephone)),
            donnee("courriel", "Adresse e-mail", personne.email),
        ),
    )


def _demande(demande: Demande) -> Fiche:
    lue_le = donnee("lue_le", "Lue au registre le", timezone.localdate(demande.mise_a_jour_le))
    return Fiche("", (*fiche(demande, DEMANDE).donnees, lue_le))


def _foyer(demande: Demande) -> Fiche:
    """Euros: the tax income a year, the rest a month. Resources are a total, which hides what each is for."""
    return Fiche(
        "",
        (
            donnee("personnes", "Personnes à loger", demande.nombre_personnes),
            donnee("ressources_eur", "Ressources par mois", demande.ressources, mots.euros(demande.ressources)),
            donnee("aide_logement_eur", "APL ou AL par mois", demande.aide_logement, mots.euros(demande.aide_logement)),
            donnee("revenu_fiscal_eur", "Revenu fiscal de référence", demande.rfr, mots.euros(demande.rfr)),
            donnee("annee_revenu_fiscal", "Année de ce revenu fiscal", demande.annee_rfr),
        ),
    )


def _personnes(dossier: DossierSNE) -> Iterator[Fiche]:
    for adulte in dossier.adultes:
        lien = codes.LIENS[adulte.lien] if adulte.lien else "Demandeur"
        emploi = (adulte.contrat.value, codes.CONTRATS[adulte.contrat])
        yield _personne(adulte.prenom, adulte.nom, adulte.date_naissance, lien, emploi)
    for a_charge in dossier.personnes_a_charge:
        garde = f", {codes.GARDES[a_charge.garde].lower()}" if a_charge.garde else ""
        lien = f"{codes.LIENS_A_CHARGE[a_charge.lien]} à charge{garde}"
        yield _personne(a_charge.prenom, a_charge.nom, a_charge.date_naissance, lien, ("", "sans objet"))


def _personne(prenom: str, nom: str, naissance: date, lien: str, emploi: tuple[str, str]) -> Fiche:
    return Fiche(
        "",
        (
            donnee("prenom", "Prénom", prenom),
            donnee("nom", "Nom", nom),
            donnee("date_naissance", "Né(e) le", naissance),
            donnee("lien", "Dans le foyer", lien),
            donnee("situation_professionnelle", "Situation", *emploi),
        ),
    )


def _controle(controle: Controle) -> Fiche:
    """`constate` is compared with `attendu`, in euros: see docs/transmission.md for each."""
    attendu, constate = controle.attendu, controle.constate
    return Fiche(
        "",
        (
            donnee("critere", "Vérification", controle.critere.value, controle.titre),
            donnee("verdict", "Résultat", controle.verdict.value, VERDICTS[controle.verdict]),
            donnee("constate_eur", "Constaté", constate, mots.euros(constate)),
            donnee("attendu_eur", "Comparé à", attendu, mots.euros(attendu)),
            donnee("phrase", "Ce que lit le candidat", controle.phrase),
        ),
    )


def _pieces(demande: Demande, jour: date) -> Iterator[Fiche]:
    """Their names and days, never the documents: those stay with the registry."""
    confirmees = dict(demande.pieces_confirmees.values_list("cle", "confirmee_le"))
    for case in cases(demande, jour):
        if not case.piece.sensible:
            yield _piece(case, confirmees.get(case.piece.cle))


def _piece(case: Case, confirmee_le: datetime | None) -> Fiche:
    recue = case.registre
    return Fiche(
        "",
        (
            donnee("personne", "Pour qui", case.piece.personne),
            donnee("piece", "Pièce", case.piece.libelle),
            donnee("confirmee_le", "Confirmée le", timezone.localdate(confirmee_le) if confirmee_le else None),
            donnee("registre", "Au registre", recue.reception.value, RECEPTIONS[recue.reception]),
            donnee("au_registre_le", "Depuis le", recue.depuis),
        ),
    )


def _lignes(dossier: DossierSNE) -> Iterator[Fiche]:
    for rubrique in lecture.rubriques(dossier, noms_des_communes(dossier), sensibles=False):
        if rubrique.titre in RUBRIQUES:
            yield from (_ligne(rubrique.titre, ligne) for ligne in rubrique.lignes if ligne.libelle != "Chez")


def _ligne(rubrique: str, ligne: lecture.Ligne) -> Fiche:
    """The Cerfa speaks to the applicant; this page speaks of him."""
    libelle = ligne.libelle.replace("Vous êtes logé", "Logé")
    return Fiche(
        "",
        (
            donnee("rubrique", "Rubrique", rubrique),
            donnee("libelle", "Quoi", libelle),
            donnee("valeur", "Réponse", ligne.valeur),
        ),
    )


def _motifs(dossier: DossierSNE) -> Iterator[Fiche]:
    """Without those of health and violence, and without the words typed beside « Autre motif »."""
    for motif in dossier.motifs:
        if motif not in MOTIFS_SENSIBLES:
            yield Fiche("", (donnee("motif", "Motif", motif, codes.MOTIFS[motif]),))
