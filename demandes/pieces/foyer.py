"""The documents of the whole household, given once: children, present dwelling, and one for each motif that has one."""

from demandes.pieces.regles import FAMILLE, IDENTITE, LOGEMENT, MOTIF, PATRIMOINE, RESSOURCES, Regle, si

MOTIFS_SENSIBLES = {"06", "07", "08"}
"""Violence and health: never shown to a company's housing service."""

FOYER = (
    Regle(
        "enfants",
        IDENTITE,
        "Livret de famille ou acte de naissance des enfants",
        si("enfants"),
        "Pour compter les personnes à loger.",
        ("ENFANT",),
    ),
    Regle(
        "naissance",
        FAMILLE,
        "Certificat de grossesse de plus de 12 semaines",
        si("a_naitre"),
        "Un enfant est attendu : il compte dans votre foyer.",
        ("GROSSE",),
        sensible=True,
    ),
    Regle(
        "hebergeant",
        RESSOURCES,
        "Attestation de la personne qui héberge",
        si("logement:CP logement:CPE logement:LTG"),
        "Vous êtes hébergé.",
        ("HEBERG",),
        "Une lettre datée et signée suffit.",
    ),
    Regle(
        "structure",
        LOGEMENT,
        "Attestation de la structure d’hébergement",
        si("logement:RS logement:RHVS logement:RE logement:SH logement:CDEFCM logement:SLHT"),
        "Vous y êtes logé.",
        ("STRUCT",),
    ),
    Regle(
        "bail",
        LOGEMENT,
        "Bail de votre logement",
        si("logement:HLM logement:LP"),
        "Vous êtes locataire.",
        ("BAIL",),
    ),
    Regle(
        "quittance",
        LOGEMENT,
        "Dernière quittance de loyer",
        si("logement:HLM logement:LP"),
        "Elle montre ce que vous payez aujourd’hui.",
        ("QUITTA",),
        "Ou l’attestation du bailleur : loyers et charges payés.",
    ),
    Regle(
        "patrimoine",
        PATRIMOINE,
        "Déclaration sur l’honneur de votre patrimoine",
        si("logement:HLM"),
        "Elle est demandée aux locataires d’un logement social.",
        ("PATRIM",),
        "Une lettre datée et signée suffit ; écrivez « aucun » si vous n’en avez pas.",
    ),
    *(
        Regle(
            f"motif:{motif}",
            MOTIF,
            libelle,
            si(f"motif:{motif}"),
            "Pour appuyer le motif de votre demande.",
            (code,),
            aussi,
            sensible=motif in MOTIFS_SENSIBLES,
        )
        for motif, libelle, code, aussi in (
            (
                "01",
                "Attestation d’un travailleur social ou d’une association, ou attestation de domiciliation",
                "SANSLO",
                "",
            ),
            (
                "03",
                "Document d’un service public ou d’un professionnel, photos, jugement ou arrêté sur l’état du logement",
                "INDECE",
                "Ou l’attestation de la CAF ou de la MSA.",
            ),
            ("04", "Lettre de congé de propriétaire ou jugement prononçant la résiliation du bail", "CONGE", ""),
            ("05", "Commandement de payer, assignation, jugement ou commandement de quitter les lieux", "EXPULS", ""),
            ("06", "Ordonnance de protection, décision du juge ou récépissé de plainte", "VIOLEN", ""),
            ("07", "Carte d’invalidité ou décision de la CDAPH", "HANDIC", "Ou la carte mobilité inclusion."),
            ("08", "Certificat médical", "MEDICA", ""),
            (
                "09",
                "Quittance et justificatif des dépenses de logement",
                "DEPENS",
                "Par exemple les charges et l’énergie.",
            ),
            ("15", "Attestation de dépôt de la demande de regroupement familial (OFII)", "REGROU", ""),
            ("16", "Agrément d’assistant(e) maternel(le) ou familial(e)", "AGREME", ""),
            ("18", "Attestation de l’employeur sur la mutation", "MUTATI", "De l’employeur actuel ou du prochain."),
            ("19", "Justificatif de l’adresse du lieu de travail", "TRAJET", "Contrat de travail ou attestation."),
            ("22", "Plan d’apurement ou justificatif des dépenses de logement", "APUREM", ""),
        )
    ),
)
"""What the household calls for, once, under the demandeur's name."""
