"""The codes of the ministry's interface (version 02.01) with the words people read.

Pure data, shared by the translation (which refuses a code that is not here), the portal's pages and the simulator's.
"""

CIVILITES = {"1": "Monsieur", "2": "Madame"}

NATIONALITES = {"1": "Française", "2": "Union européenne", "3": "Hors Union européenne"}

SITUATIONS_FAMILIALES = {
    "C": "Célibataire",
    "M": "Marié(e)",
    "D": "Divorcé(e)",
    "S": "Séparé(e)",
    "P": "Pacsé(e)",
    "U": "Concubin(e)",
    "V": "Veuf ou veuve",
}

LIENS = {
    "M": "Conjoint(e)",
    "P": "Partenaire de PACS",
    "C": "Concubin(e)",
    "L": "Colocataire",
}

LIENS_A_CHARGE = {"P": "Parent", "E": "Enfant", "A": "Autre"}

SEXES = {"F": "Féminin", "M": "Masculin"}

GARDES = {"": "À temps plein", "G": "Garde alternée", "D": "Droit de visite"}

CONTRATS = {
    "CDI": "CDI ou fonctionnaire",
    "CDD": "CDD, stage ou intérim",
    "ART": "Artisan, commerçant ou profession libérale",
    "CHO": "Au chômage",
    "APP": "Apprenti(e)",
    "ETU": "Étudiant(e)",
    "RET": "Retraité(e)",
    "AUT": "Autre situation",
}

RESSOURCES = {
    "SAL": "Salaire ou revenu d’activité",
    "RET": "Retraite",
    "CHO": "Allocation chômage",
    "PAR": "Pension alimentaire reçue",
    "PINV": "Pension d’invalidité",
    "AF": "Allocations familiales",
    "AAH": "Allocation d’adulte handicapé",
    "AEEH": "Allocation d’éducation de l’enfant handicapé",
    "AJPP": "Allocation journalière de présence parentale",
    "RSA": "Revenu de solidarité active",
    "AMV": "Allocation de minimum vieillesse",
    "PAJE": "Prestation d’accueil du jeune enfant",
    "BE": "Bourse d’étudiant",
    "AUT": "Autres ressources, hors APL et AL",
}

VERSEMENTS = {"PAV": "Pension alimentaire versée"}

TYPES_LOGEMENT = {
    "C": "Chambre",
    "T1": "T1",
    "T2": "T2",
    "T3": "T3",
    "T4": "T4",
    "T5": "T5",
    "T6P": "T6 et plus",
}

CATEGORIES_LOGEMENT = {"A": "Appartement", "M": "Maison"}

CATEGORIES_RECHERCHEES = {**CATEGORIES_LOGEMENT, "I": "Appartement ou maison"}

MODELES_LOGEMENT = {
    "HLM": "Locataire d’un logement social",
    "LP": "Locataire dans le parc privé",
    "RS": "Résidence sociale, foyer ou pension de famille",
    "RHVS": "Résidence hôtelière à vocation sociale",
    "RE": "Résidence étudiante",
    "SLHT": "Sous-location ou hébergement temporaire",
    "SH": "Structure d’hébergement",
    "CDEFCM": "Centre départemental de l’enfance et de la famille ou centre maternel",
    "CPE": "Chez vos parents ou vos enfants",
    "CP": "Chez un particulier",
    "LTG": "Logé à titre gratuit",
    "FONC": "Logement de fonction",
    "POCC": "Propriétaire occupant",
    "CAMCAR": "Camping ou caravaning",
    "HOT": "Logé à l’hôtel",
    "SD": "Sans abri ou abri de fortune",
    "SQUAT": "Dans un squat",
}

MOTIFS = {
    "01": "Sans logement, hébergé ou en logement temporaire",
    "02": "Démolition",
    "03": "Logement non décent, insalubre, dangereux ou impropre à l’habitation",
    "04": "Logement repris ou mis en vente par son propriétaire",
    "05": "Procédure d’expulsion",
    "06": "Violences familiales",
    "07": "Handicap",
    "08": "Raisons de santé",
    "09": "Logement trop cher",
    "10": "Logement trop grand",
    "11": "Divorce ou séparation",
    "12": "Décohabitation",
    "13": "Logement trop petit",
    "14": "Futur mariage, concubinage ou PACS",
    "15": "Regroupement familial",
    "16": "Assistant(e) maternel(le) ou familial(e)",
    "17": "Problèmes d’environnement ou de voisinage",
    "18": "Mutation professionnelle",
    "19": "Rapprochement du lieu de travail",
    "20": "Rapprochement des équipements et services",
    "21": "Rapprochement de la famille",
    "22": "Accédant à la propriété en difficulté",
    "23": "Autre motif",
}

STATUTS_DALO = {"NON": "Non", "ACTIF": "Oui", "CADUC": "Caduc", "ACTREL": "Oui, relogé"}

ETATS_HANDICAP = {"STA": "Stable", "EVO": "Évolutif"}

MARCHES = {
    "1": "Aucune marche",
    "2": "Une à trois marches",
    "3": "Un étage",
    "4": "Plus d’un étage",
}

AIDES_TECHNIQUES = {
    "AUCUNE": "Aucune",
    "CANNE": "Canne",
    "DEAMBU": "Déambulateur",
    "FAUTMA": "Fauteuil manuel",
    "FAUTEL": "Fauteuil électrique",
    "LEVEPE": "Lève-personne",
    "LITMED": "Lit médicalisé",
}
"""The interface lists them in words; the codes are ours."""

EQUIPEMENTS = {
    "BAIGNO": "Baignoire adaptée",
    "WCTRAN": "WC avec espace de transfert",
    "DOUCHE": "Douche sans seuil",
    "ASCENS": "Ascenseur",
    "TIERCE": "Chambre pour une tierce personne",
    "STATIO": "Stationnement de 3,30 m",
}
"""The interface lists them in words; the codes are ours."""

RADIATIONS = {
    "RADATT": "Attribution d’un logement",
    "RADABA": "Abandon de la demande",
    "RADCON": "Absence de réponse à un courrier",
    "RADIRR": "Irrecevabilité",
    "RADREN": "Non-renouvellement",
}

PIECES = {
    "IDENT": "Carte nationale d’identité ou passeport",
    "SEJOUR": "Titre de séjour",
    "ENFANT": "Livret de famille ou acte de naissance",
    "AVISN1": "Avis d’imposition sur les revenus N-1",
    "AVISN2": "Avis d’imposition sur les revenus N-2",
    "BULLET": "Bulletin de salaire ou attestation de l’employeur",
    "BILAN": "Dernier bilan ou attestation comptable",
    "RETRAI": "Notification de retraite ou de pension d’invalidité",
    "CHOMAG": "Avis de paiement de l’allocation chômage",
    "INDEMN": "Bulletin d’indemnités journalières ou justificatif d’autres ressources",
    "PENSIO": "Jugement fixant la pension alimentaire",
    "PENSIV": "Pension alimentaire versée : jugement ou preuve des versements",
    "PRESTA": "Attestation de la CAF ou de la MSA",
    "BOURSE": "Avis d’attribution de bourse",
    "MARIAG": "Livret de famille",
    "PACS": "Attestation d’enregistrement du PACS",
    "DIVORC": "Jugement de divorce ou convention",
    "SEPARA": "Ordonnance de non-conciliation, saisine du juge ou attestation de l’avocat",
    "DISSOL": "Acte de naissance portant la mention de la dissolution du PACS",
    "VEUVAG": "Certificat de décès ou livret de famille",
    "GROSSE": "Certificat de grossesse de plus de 12 semaines",
    "ETUDIA": "Carte d’étudiant",
    "APPREN": "Contrat d’apprentissage",
    "SITUAT": "Document justifiant de la situation professionnelle",
    "BAIL": "Bail",
    "QUITTA": "Dernière quittance de loyer",
    "PATRIM": "Déclaration sur l’honneur du patrimoine",
    "HEBERG": "Attestation de la personne qui héberge",
    "STRUCT": "Attestation de la structure d’hébergement",
    "SANSLO": "Attestation d’un travailleur social, d’une association ou de domiciliation",
    "INDECE": "Document établissant l’état du logement",
    "CONGE": "Lettre de congé du propriétaire ou jugement prononçant la résiliation du bail",
    "EXPULS": "Commandement, assignation ou jugement d’expulsion",
    "VIOLEN": "Ordonnance de protection ou récépissé de plainte",
    "HANDIC": "Carte d’invalidité ou décision de la CDAPH",
    "MEDICA": "Certificat médical",
    "REGROU": "Attestation de dépôt de la demande de regroupement familial",
    "AGREME": "Agrément d’assistant(e) maternel(le) ou familial(e)",
    "MUTATI": "Attestation de l’employeur sur la mutation",
    "TRAJET": "Justificatif du lieu de travail",
    "APUREM": "Plan d’apurement",
    "DEPENS": "Quittance et justificatif des dépenses de logement",
    "AUTRE": "Autre document",
}
