"""The closed list of supporting documents, written by hand: what nobody may be asked more than.

Source: arrêté of 22 December 2020, annexe, as printed by Service-public (page F10007, « Pièces justificatives »), and
the guide (#3, tab 3) for the payslips, the notices, the host's statement and motif 04.
"""

CNI = "Carte nationale d’identité ou passeport"
SEJOUR = "Titre de séjour en cours de validité"
IDENTITE_RATTACHE = "Carte nationale d’identité, passeport ou titre de séjour"
ENFANTS = "Livret de famille ou acte de naissance des enfants"
BILAN = "Dernier bilan ou attestation comptable"
CHOMAGE = "Avis de paiement de France Travail"
RETRAITE = "Notification de pension de retraite"
INVALIDITE = "Notification de pension d’invalidité"
INDEMNITES = "Bulletin d’indemnités journalières ou justificatif de vos autres ressources"
CAF = "Attestation de paiement de la CAF ou de la MSA"
PENSION = "Jugement fixant la pension alimentaire"
PENSION_VERSEE = "Jugement fixant la pension alimentaire que vous versez, ou preuve des versements"
BOURSE = "Avis d’attribution de bourse"
LIVRET = "Livret de famille"
PACS = "Attestation d’enregistrement du PACS"
DIVORCE = "Jugement de divorce ou convention"
EN_INSTANCE = "Ordonnance de non-conciliation, saisine du juge aux affaires familiales ou attestation de l’avocat"
PACS_DISSOUS = "Acte de naissance portant la mention de la dissolution du PACS"
VEUVAGE = "Certificat de décès ou livret de famille"
GROSSESSE = "Certificat de grossesse de plus de 12 semaines"
ETUDIANT = "Carte d’étudiant"
APPRENTI = "Contrat d’apprentissage"
AUTRE = "Tout document justifiant de votre situation"
HEBERGEANT = "Attestation de la personne qui héberge"
STRUCTURE = "Attestation de la structure d’hébergement"
BAIL = "Bail de votre logement"
QUITTANCE = "Dernière quittance de loyer"
PATRIMOINE = "Déclaration sur l’honneur de votre patrimoine"
SANS_LOGEMENT = "Attestation d’un travailleur social ou d’une association, ou attestation de domiciliation"
INDECENT = "Document d’un service public ou d’un professionnel, photos, jugement ou arrêté sur l’état du logement"
CONGE = "Lettre de congé de propriétaire ou jugement prononçant la résiliation du bail"
EXPULSION = "Commandement de payer, assignation, jugement ou commandement de quitter les lieux"
VIOLENCES = "Ordonnance de protection, décision du juge ou récépissé de plainte"
HANDICAP = "Carte d’invalidité ou décision de la CDAPH"
MEDICAL = "Certificat médical"
TROP_CHER = "Quittance et justificatif des dépenses de logement"
OFII = "Attestation de dépôt de la demande de regroupement familial (OFII)"
AGREMENT = "Agrément d’assistant(e) maternel(le) ou familial(e)"
MUTATION = "Attestation de l’employeur sur la mutation"
TRAJET = "Justificatif de l’adresse du lieu de travail"
APUREMENT = "Plan d’apurement ou justificatif des dépenses de logement"

UNE_FOIS = frozenset(
    (
        *(CNI, SEJOUR, IDENTITE_RATTACHE, ENFANTS),
        *(BILAN, CHOMAGE, RETRAITE, INVALIDITE, INDEMNITES, CAF, PENSION, PENSION_VERSEE, BOURSE),
        *(LIVRET, PACS, DIVORCE, EN_INSTANCE, PACS_DISSOUS, VEUVAGE, GROSSESSE),
        *(ETUDIANT, APPRENTI, AUTRE),
        *(HEBERGEANT, STRUCTURE, BAIL, QUITTANCE, PATRIMOINE),
        *(SANS_LOGEMENT, INDECENT, CONGE, EXPULSION, VIOLENCES, HANDICAP, MEDICAL, TROP_CHER, OFII),
        *(AGREMENT, MUTATION, TRAJET, APUREMENT),
    )
)
BULLETIN = (
    r"Bulletin de salaire privé / public du mois "
    r"(de (janvier|février|mars|mai|juin|juillet|septembre|novembre|décembre)|d’(avril|août|octobre)) \d{4} "
    r"ou Attestation de l’employeur"
)
AVIS = r"Avis d’imposition \d{4} sur les revenus de l’année \d{4}"


def bulletin(mois: str) -> str:
    """« d’octobre 2026 » as the guide prints it."""
    return f"Bulletin de salaire privé / public du mois {mois} ou Attestation de l’employeur"


OCTOBRE, SEPTEMBRE, AOUT = bulletin("d’octobre 2026"), bulletin("de septembre 2026"), bulletin("d’août 2026")
AVIS_2025 = "Avis d’imposition 2025 sur les revenus de l’année 2024"
AVIS_2026 = "Avis d’imposition 2026 sur les revenus de l’année 2025"
