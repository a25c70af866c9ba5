"""The accounts of the demonstration, and what each is good for. README.md prints the same list."""

from dataclasses import dataclass

from accounts.models import Role

MOT_DE_PASSE = "Demo2026alin"


@dataclass(frozen=True)
class Societe:
    """A company that has a housing service; the SIRET is invented, its two check digits right."""

    nom: str
    siret: str
    code: str
    effectif: int
    exige_confirmation: bool = False


VAUBAN = Societe("Ateliers Vauban", "12345678200010", "VAU-75", 640)
LOIRE_OCEAN = Societe("Transports Loire-Océan", "22233344500013", "TLO-44", 410)
RHONE = Societe("Cliniques du Rhône", "33344455200017", "CDR-69", 1250, exige_confirmation=True)
SOCIETES = (VAUBAN, LOIRE_OCEAN, RHONE)


@dataclass(frozen=True)
class Compte:
    """`numero` is the demand of the registry this account has imported; `employe_de` the company an agent works for."""

    email: str
    role: Role
    a_voir: str
    numero: str = ""
    prenom: str = ""
    nom: str = ""
    employe_de: Societe | None = None
    superutilisateur: bool = False


def _demandeur(nom: str, numero: str, a_voir: str) -> Compte:
    return Compte(f"{nom}@exemple.fr", Role.DEMANDEUR, a_voir, numero)


EQUIPE = (
    Compte(
        "conseiller1@alin.exemple", Role.CONSEILLER, "La file « À examiner » et les dossiers", "", "Claire", "Fontaine"
    ),
    Compte(
        "conseiller2@alin.exemple", Role.CONSEILLER, "Un second conseiller, pour agir à deux", "", "Hugo", "Tessier"
    ),
    Compte("support@alin.exemple", Role.SUPPORT, "Les comptes et les demandes, en lecture", "", "Samia", "Belkacem"),
    Compte("superviseur@alin.exemple", Role.SUPERVISEUR, "Tout, avec les barèmes et les motifs", "", "Marc", "Delorme"),
    Compte(
        "administration@alin.exemple",
        Role.SUPERVISEUR,
        "Le seul superutilisateur ; les étapes restent la règle pour lui aussi",
        "",
        "Inès",
        "Morvan",
        superutilisateur=True,
    ),
)
SERVICES_LOGEMENT = (
    Compte(
        "vauban@alin.exemple", Role.SERVICE_LOGEMENT, f"Les salariés des {VAUBAN.nom}", "", "Camille", "Roux", VAUBAN
    ),
    Compte(
        "loire-ocean@alin.exemple",
        Role.SERVICE_LOGEMENT,
        f"Ceux de {LOIRE_OCEAN.nom}",
        "",
        "Yann",
        "Guével",
        LOIRE_OCEAN,
    ),
    Compte(
        "rhone@alin.exemple",
        Role.SERVICE_LOGEMENT,
        f"Ceux des {RHONE.nom}, emplois à confirmer",
        "",
        "Nora",
        "Weber",
        RHONE,
    ),
)
SANS_DEMANDE = Compte(
    "sophie.moreau@exemple.fr",
    Role.DEMANDEUR,
    "Compte tout neuf : importer 111062307731GDPUB, née le 11/02/1982",
    "",
    "Sophie",
    "Moreau",
)
DEMANDEURS = (
    SANS_DEMANDE,
    _demandeur("franck.aubert", "111052310026GDPUB", "Demande importée, employeur à compléter"),
    _demandeur("mathis.olivier", "044102009985GDPUB", "Demande importée, employeur à compléter (Nantes)"),
    _demandeur("estelle.lambert", "111122107340ACLOG", "Employeur validé, des pièces restent à confirmer"),
    _demandeur("nicolas.leroy", "111072402948GDPUB", "Dossier validé, libre de postuler (Paris)"),
    _demandeur("romain.boucher", "069062107755GDPUB", "Dossier validé, emploi à confirmer (Villeurbanne)"),
    _demandeur("gildas.le-roux", "029082305208GDPUB", "Dossier validé, sans candidature (Brest)"),
    _demandeur("ange.bartoli", "013092106930ACLOG", "Retraités propriétaires, sans employeur (Allauch)"),
    _demandeur("kim.tcheng", "031072206543GDPUB", "Prioritaire DALO, sans candidature (Toulouse)"),
    _demandeur("youssef.hamadi", "059062405841ACLOG", "Accord au service logement retiré (Lille)"),
    _demandeur("margaux.vidal", "031012404186ACLOG", "Demande à renouveler dans quelques jours (Toulouse)"),
    _demandeur("maelle.tanguy", "044052207418GDPUB", "Demande radiée, encore rétablissable (Nantes)"),
    _demandeur("cedric.ferrand", "035092106637ACLOG", "Demande radiée, puis rétablie (Rennes)"),
    _demandeur("julie.marchand", "111042203311GDPUB", "Candidature déposée hier, une autre non validée avant"),
    _demandeur("solenn.le-goff", "035032204977GDPUB", "Candidature déposée (Rennes)"),
    _demandeur("lola.garcia", "013052309457GDPUB", "Candidature déposée (Marseille)"),
    _demandeur("ousmane.n-diaye", "069102502811ACLOG", "Candidature déposée, prioritaire DALO (Vaulx-en-Velin)"),
    _demandeur("abdoulaye.cisse", "111092305172ACLOG", "Candidature validée, encore annulable"),
    _demandeur("delphine.picard", "044012403327ACLOG", "Candidature validée (Clisson)"),
    _demandeur("laure.chevalier", "111112206035ACLOG", "Transmise au bailleur : plus d’annulation"),
    _demandeur("karine.lemaire", "059092110264GDPUB", "Transmise ; motif de santé masqué à l’entreprise"),
    _demandeur("julien.dupuis", "069012204418ACLOG", "Visite prévue dans les jours qui viennent"),
    _demandeur("nolwenn.caradec", "029022406719ACLOG", "Visite faite, suite attendue (Brest)"),
    _demandeur("serge.kouassi", "111101914730ACLOG", "En commission sous huit jours, foyer de six personnes"),
    _demandeur("amelie.vandenberghe", "059012206387GDPUB", "En commission dans les jours qui viennent (Lille)"),
    _demandeur("leila.mansouri", "069092401038ACLOG", "Classée au rang 2"),
    _demandeur("fatou.ouedraogo", "111082409167GDPUB", "Attribuée sous condition : une pièce à fournir"),
    _demandeur("charlotte.robin", "069052206274GDPUB", "Attribuée, proposition à venir"),
    _demandeur("alicia.perez", "111022505511GDPUB", "Logement proposé : accepter ou refuser dans les dix jours"),
    _demandeur("elodie.schmitt", "069032306690GDPUB", "Proposition acceptée, bail à signer"),
    _demandeur("philippe.garnier", "069112000593GDPUB", "Bail signé"),
    _demandeur("marta.da-silva", "111012100486GDPUB", "Non attribuée, avec son motif ; libre à nouveau"),
    _demandeur("bilal.hamidi", "111032502209GDPUB", "Non validée, avec son motif ; libre à nouveau"),
    _demandeur(
        "odile.blanchard",
        "111062008874GDPUB",
        "Annulée par elle-même ; demande d’avant 2021, code à la mise à jour",
    ),
    _demandeur("ronan.cadiou", "044042206150ACLOG", "Proposition refusée par lui (Nantes)"),
    _demandeur("kevin.joubert", "035112307003ACLOG", "Proposition restée sans réponse (Rennes)"),
    _demandeur("pauline.richard", "044072301392GDPUB", "Déclarée irrecevable, avec son motif"),
    _demandeur("emre.yilmaz", "044052508846GDPUB", "Offre retirée par le bailleur"),
)
COMPTES = (*DEMANDEURS, *SERVICES_LOGEMENT, *EQUIPE)


def tableau() -> str:
    """What `make demo` prints above its addresses."""
    lignes = [f"Comptes de démonstration (mot de passe de tous : {MOT_DE_PASSE})", ""]
    rubriques = (
        ("Demandeurs", DEMANDEURS),
        ("Services logement d’entreprise", SERVICES_LOGEMENT),
        ("Action Logement", EQUIPE),
    )
    for titre, comptes in rubriques:
        lignes += [titre, *(f"  {compte.email:<32}{compte.a_voir}" for compte in comptes), ""]
    lignes += [
        "Sans compte : créez le vôtre au nom d’Anne Porte et importez 111092062114ACLOG (née le 19/05/1989) ;",
        "le code arrive dans « Les courriels envoyés ».",
    ]
    return "\n".join(lignes)
