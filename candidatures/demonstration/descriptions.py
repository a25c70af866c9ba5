"""What an advertisement says, composed as an owner's agent would write it: building, rooms, comfort, neighbourhood."""

import random
from typing import Any

BATIMENTS = {
    "a": (
        "Immeuble de faubourg en pierre et plâtre, cage d’escalier refaite et parquet d’origine.",
        "Bel immeuble ancien de {annee}, façade ravalée, cheminées conservées dans le séjour.",
        "Petit immeuble sur cour pavée, sans vis-à-vis, entièrement réhabilité par le bailleur.",
        "Immeuble de style haussmannien : hauteur sous plafond, moulures et double vitrage récent.",
        "Ancien immeuble d’artisans transformé en logements, murs épais et frais l’été.",
        "Construction de {annee}, parties communes repeintes, local à vélos dans la cour.",
    ),
    "h": (
        "Ensemble en brique rouge autour d’une cour plantée, gardien sur place.",
        "Habitation à bon marché de {annee}, briques et bow-windows, isolée par l’intérieur.",
        "Immeuble en brique de l’entre-deux-guerres, hall classé et escalier lumineux.",
        "Résidence de {annee}, cour jardin entretenue, loge de gardien ouverte le matin.",
        "Logement traversant d’un bel ensemble en brique, caves saines et local poussettes.",
    ),
    "g": (
        "Résidence de {annee} rénovée : façades isolées, halls sécurisés, boîtes aux lettres neuves.",
        "Longue façade de {annee} entièrement requalifiée, loggias fermées et halls refaits.",
        "Immeuble de {annee} au milieu d’un parc arboré, aires de jeux au pied.",
        "Grand immeuble réhabilité, halls clairs et gardien présent.",
        "Construction d’après-guerre aux pièces bien proportionnées, grandes fenêtres.",
        "Ensemble de {annee} : plan rationnel, placards partout, cave individuelle.",
    ),
    "v": (
        "Résidence de {annee}, enduit clair et petits balcons, espaces verts clos.",
        "Immeuble à taille humaine, deux logements par palier, interphone et badge.",
        "Construction de {annee} bien entretenue, escaliers éclairés naturellement.",
        "Îlot de {annee}, venelles piétonnes et cœur d’îlot planté.",
        "Résidence calme en retrait de la rue, portail et local à vélos fermé.",
    ),
    "d": (
        "Résidence récente de {annee}, façade bois et enduit, toiture végétalisée.",
        "Immeuble de {annee}, prestations soignées : volets roulants, visiophone et local à vélos.",
        "Petit collectif contemporain, larges ouvertures, hall accessible de plain-pied.",
        "Résidence sécurisée livrée en {annee}, cœur d’îlot paysager, tri des déchets enterré.",
        "Bâtiment basse consommation, bardage métal et grands châssis aluminium.",
    ),
    "n": (
        "Programme neuf livré en {annee}, performance énergétique exemplaire, jardin partagé sur le toit.",
        "Immeuble en bois et paille de {annee}, étanche et silencieux, ventilation double flux.",
        "Résidence toute récente, terrasse commune et atelier à vélos équipé.",
        "Construction de {annee} certifiée, logements traversants ou d’angle, loggias profondes.",
        "Nouveau quartier : immeuble de {annee}, commerces et crèche en pied de façade.",
    ),
}
MAISONS = (
    "Maison mitoyenne de {annee} avec jardinet clos et cellier.",
    "Pavillon individuel de {annee}, terrasse orientée au sud et abri de jardin.",
    "Maison de ville sur deux niveaux, entrée indépendante, cour carrelée.",
    "Maison en bande dans une petite opération de douze logements, allée partagée.",
    "Maison familiale, pièce de vie de plain-pied, chambres à l’étage.",
)
SEJOURS = {
    "T1": (
        "Pièce principale claire avec coin nuit, kitchenette équipée de plaques.",
        "Studio bien agencé : une fenêtre sur cour, une autre sur rue, placard d’entrée.",
        "Une belle pièce carrée, coin cuisine séparé par un bar.",
    ),
    "T1B": (
        "Pièce de vie et alcôve pour le lit, cuisine séparée avec fenêtre.",
        "Grand studio avec coin nuit fermé par une porte coulissante.",
    ),
    "T2": (
        "Séjour de {sejour} m² et une chambre de 11 m² sur cour.",
        "Séjour ouvert sur la cuisine, une chambre avec placard intégré.",
        "Entrée, séjour au sud, chambre séparée qui accepte un lit double et un bureau.",
        "Plan simple et sans couloir : séjour, cuisine indépendante, une chambre.",
    ),
    "T3": (
        "Séjour de {sejour} m², deux chambres de 10 et 12 m², dégagement avec rangements.",
        "Deux chambres côté cour, séjour côté rue, cuisine indépendante avec fenêtre.",
        "Appartement traversant : séjour et cuisine d’un côté, deux chambres de l’autre.",
        "Séjour-cuisine de {sejour} m², deux chambres dont une avec salle d’eau attenante.",
        "Deux vraies chambres, un séjour lumineux et un cagibi pour les poussettes.",
    ),
    "T4": (
        "Séjour double de {sejour} m² et trois chambres, dont une de 13 m².",
        "Trois chambres desservies par un couloir avec penderie, séjour traversant.",
        "Grand séjour, cuisine dînatoire, trois chambres et deux points d’eau.",
        "Espace nuit de trois chambres bien séparé de la pièce de vie.",
    ),
    "T5": (
        "Quatre chambres, séjour de {sejour} m², salle de bains et salle d’eau.",
        "Grand appartement familial : quatre chambres, deux WC, nombreux placards.",
        "Séjour de {sejour} m² prolongé par une cuisine fermée, quatre chambres au calme.",
    ),
    "T6": (
        "Cinq chambres, double séjour, deux salles de bains : rare dans le quartier.",
        "Très grand logement en duplex, cinq chambres à l’étage, séjour et cuisine en bas.",
    ),
}
CUISINES = (
    "Cuisine avec meuble sous évier et arrivées pour lave-linge.",
    "Cuisine nue, prises et évacuations prêtes pour vos appareils.",
    "Cuisine aménagée, plaques et hotte laissées par l’ancien locataire.",
    "Cuisine carrelée, fenêtre sur cour, emplacement pour lave-vaisselle.",
    "Coin repas dans la cuisine, cellier attenant.",
    "Cuisine refaite l’an dernier, meubles hauts et bas.",
)
EAUX = (
    "Salle de bains avec baignoire, WC séparés.",
    "Salle d’eau avec douche à l’italienne et sèche-serviettes.",
    "Salle de bains repeinte, faïence neuve, WC indépendants.",
    "Douche de plain-pied, emplacement pour le lave-linge.",
    "Baignoire, meuble vasque et fenêtre : la salle de bains s’aère.",
)
CHALEURS = {
    "gaz": (
        "Chauffage au gaz, chaudière entretenue chaque année.",
        "Chauffage et eau chaude au gaz, robinets thermostatiques neufs.",
    ),
    "électrique": (
        "Chauffage électrique récent à inertie, compteur individuel.",
        "Radiateurs électriques remplacés, ballon d’eau chaude neuf.",
    ),
    "réseau": (
        "Chauffage urbain compris dans les charges, température régulée par pièce.",
        "Chaleur et eau chaude fournies par le réseau de la ville, comprises dans les charges.",
    ),
    "pompe": (
        "Pompe à chaleur : les charges restent basses toute l’année.",
        "Chauffage par pompe à chaleur, plancher chauffant au séjour.",
    ),
}
ATOUTS = {
    "balcon": (
        "Balcon de 5 m², assez profond pour une table.",
        "Balcon filant côté jardin.",
        "Loggia fermée, étendage et rangement.",
        "Balcon exposé à l’ouest, soleil en fin de journée.",
    ),
    "jardin": (
        "Jardin clos à l’usage du logement, exposé au sud.",
        "Jardinet de 30 m² avec récupérateur d’eau.",
        "Petit jardin privatif, abri et point d’eau.",
        "Rez-de-jardin : porte-fenêtre du séjour vers la pelouse.",
    ),
    "stationnement": (
        "Place de parking comprise, en sous-sol fermé.",
        "Emplacement de stationnement en surface, dans l’enceinte.",
        "Parking en sous-sol, box possible selon disponibilité.",
    ),
    "accessible_pmr": (
        "Logement adapté : portes larges, douche accessible, aucun seuil.",
        "Accessible de la rue au logement en fauteuil roulant.",
    ),
    "ascenseur": ("Ascenseur à chaque palier.", "Ascenseur, porte du logement face à la cabine."),
}
PARKING_DE_MAISON = ("Garage attenant.", "Place de stationnement devant la maison.")
CONCLUSIONS = (
    "Logement refait : peintures et sols remis à neuf avant l’entrée.",
    "Disponible après travaux de remise en état.",
    "Ville et centre accessibles sans voiture.",
    "Idéal pour s’installer dans la durée.",
    "Bon ensoleillement tout l’après-midi.",
    "Fibre raccordée, interphone avec badge.",
    "Local à poussettes et à vélos fermé.",
    "Voisinage calme, résidence bien tenue.",
    "Gardien sur place, réponse rapide du bailleur en cas de panne.",
    "Assurance habitation demandée à l’entrée dans les lieux.",
    "Ni fumée ni bruit : isolation phonique refaite au dernier chantier.",
    "Cave ou cellier compris dans le loyer.",
    "Visites organisées par le bailleur en fin de journée.",
)


def decrire(hasard: random.Random, champs: dict[str, Any], ere: str, quartier: str) -> str:
    """Three paragraphs at most, in an order that varies, with no sentence that the numbers contradict."""
    sejour = max(14, round(champs["surface"] * hasard.uniform(0.32, 0.38)))
    maison = champs["nature"] == "maison"
    ouverture = hasard.choice(MAISONS if maison else BATIMENTS[ere]).format(annee=champs["annee_construction"])
    pieces = hasard.choice(SEJOURS[champs["typologie"]]).format(sejour=sejour)
    confort = [hasard.choice(CUISINES), hasard.choice(EAUX), hasard.choice(CHALEURS[_chaleur(champs["chauffage"])])]
    atouts = [
        hasard.choice(PARKING_DE_MAISON if maison and atout == "stationnement" else phrases)
        for atout, phrases in ATOUTS.items()
        if champs[atout] and not (maison and atout == "balcon")
    ]
    hasard.shuffle(confort)
    interieur = [pieces, *confort[:2]]
    dehors = [*atouts[:2], quartier]
    hasard.shuffle(dehors)
    paragraphes = (
        [[ouverture, *interieur], dehors]
        if hasard.random() < 0.6
        else [[ouverture, quartier], [*interieur, *atouts[:2]]]
    )
    fin = [hasard.choice(CONCLUSIONS)] if hasard.random() < 0.8 else []
    return "\n\n".join(" ".join(phrases) for phrases in (*paragraphes, fin) if phrases)


def _chaleur(chauffage: str) -> str:
    if "Réseau" in chauffage:
        return "réseau"
    if "Pompe" in chauffage:
        return "pompe"
    return "gaz" if "gaz" in chauffage else "électrique"
