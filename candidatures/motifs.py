"""The reasons offered at first, in the words of usual practice; the admin edits them afterwards (domain: CALEOL)."""

from candidatures.models import Motif
from candidatures.statuts import Action

MOTIFS = {
    Action.INVALIDER: [
        "Pièces manquantes ou périmées sur le site d’enregistrement",
        "Demande non renouvelée",
        "Données non à jour (revenu fiscal ou composition du foyer)",
        "Revenus au-dessus du plafond de ce logement",
        "Loyer trop élevé au regard de vos revenus",
        "Taille du logement inadaptée à votre foyer",
        "Employeur non confirmé",
        "Offre pourvue ou retirée",
    ],
    Action.DEMANDER_PIECE: [
        "Avis d’imposition à fournir",
        "Derniers bulletins de salaire à fournir",
        "Attestation de prestations sociales à fournir",
        "Quittances de loyer ou attestation d’hébergement à fournir",
        "Justificatif de situation familiale à fournir",
    ],
    Action.CONDITIONNER: [
        "Avis d’imposition à fournir",
        "Bulletins de salaire à fournir",
        "Jugement ou convention de séparation à fournir",
    ],
    Action.NON_ATTRIBUER: [
        "Un candidat plus prioritaire ou plus ancien a été retenu",
        "Dossier incomplet ou pièces non à jour",
        "Revenus au-dessus du plafond de ce logement",
        "Taux d’effort trop élevé",
        "Reste pour vivre insuffisant",
        "Taille du logement inadaptée au foyer",
        "Logement inadapté au handicap",
        "Absence de réponse au bailleur",
    ],
    Action.DECLARER_IRRECEVABLE: [
        "Revenus au-dessus des plafonds du logement social (IRRRES)",
        "Conditions de séjour non remplies (IRRSEJ)",
    ],
    Action.REFUSER: [
        "Localisation",
        "Loyer ou charges",
        "Surface",
        "Étage ou absence d’ascenseur",
        "État du logement",
        "Environnement",
        "Transports ou écoles",
        "Changement de situation",
        "Autre logement obtenu",
        "Autre",
    ],
}

SENSIBLES = {
    "Logement inadapté au handicap",
    "Conditions de séjour non remplies (IRRSEJ)",
    "Jugement ou convention de séparation à fournir",
    "Justificatif de situation familiale à fournir",
    "Attestation de prestations sociales à fournir",
}
"""Those that an employer does not read: health, disability, residence, family and social allowances."""


def charger() -> None:
    """Add those that are missing; whatever was edited or withdrawn stays so."""
    Motif.objects.bulk_create(
        (
            Motif(action=action, libelle=libelle, ordre=ordre, sensible=libelle in SENSIBLES)
            for action, libelles in MOTIFS.items()
            for ordre, libelle in enumerate(libelles)
        ),
        ignore_conflicts=True,
    )
