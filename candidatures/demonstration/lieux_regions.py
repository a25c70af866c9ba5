"""The communes of the other regions where the demonstration offers dwellings."""

from candidatures.demonstration.lieux import BOURG, BREST, LILLE, LYON, MARSEILLE, OUEST, TOULOUSE, Lieu
from candidatures.demonstration.lieux_ile_de_france import ILE_DE_FRANCE

REGIONS = (
    Lieu("69381", 2, LYON, ("Pentes de la Croix-Rousse, place Sathonay à trois minutes.",)),
    Lieu("69382", 2, LYON, ("Presqu’île sud, entre Ampère et Perrache, métro A.",)),
    Lieu(
        "69383",
        8,
        LYON,
        (
            "Quartier de la Part-Dieu, tramway T1 et gare à dix minutes à pied.",
            "Montchat, rues calmes et marché place Ronde.",
            "Sans-Souci, métro D, écoles et commerces cours Albert-Thomas.",
            "Près des hôpitaux Est, tramway T2 Grange-Blanche.",
        ),
    ),
    Lieu("69384", 2, LYON, ("Plateau de la Croix-Rousse, marché tous les matins sauf le lundi.",)),
    Lieu("69385", 2, LYON, ("Point-du-Jour, bus 46, vue dégagée vers Fourvière.",)),
    Lieu("69386", 3, LYON, ("Masséna, à dix minutes du parc de la Tête-d’Or.",)),
    Lieu(
        "69387",
        7,
        LYON,
        (
            "Jean-Macé, métro B et gare, marché le mercredi et le samedi.",
            "Gerland, parc des berges et stade, métro B Debourg.",
            "Guillotière, entre les quais du Rhône et la place Gabriel-Péri.",
        ),
    ),
    Lieu(
        "69388",
        7,
        LYON,
        (
            "Quartier Monplaisir, institut Lumière et métro D.",
            "États-Unis, tramway T4, cité Tony-Garnier et ses fresques.",
            "Mermoz, renouvelé, métro D au pied.",
        ),
    ),
    Lieu("69389", 4, LYON, ("Vaise, métro D Valmy, quai de Saône aménagé.", "La Duchère, parc du Vallon et bus C6.")),
    Lieu(
        "69266",
        9,
        LYON,
        (
            "Gratte-Ciel, métro A, toutes commodités dans l’avenue Henri-Barbusse.",
            "Charpennes, métro A et B, marché place Wilson.",
            "La Doua et ses tramways, parc de la Feyssine à vélo.",
        ),
    ),
    Lieu("69029", 4, LYON, ("Bron centre, tramways T2 et T5, place de la Liberté.", "Parilly, métro D et grand parc.")),
    Lieu(
        "69259",
        4,
        LYON,
        ("Gare de Vénissieux, métro D et tramway T4.", "Plateau des Minguettes, tramway T4, école rénovée."),
    ),
    Lieu(
        "69256", 5, LYON, ("La Soie, métro A, canal de Jonage à vélo.", "Village de Vaulx, maisons basses et bus C3.")
    ),
    Lieu(
        "13201",
        4,
        MARSEILLE,
        (
            "Noailles et la Canebière à cinq minutes, métro 1 et 2.",
            "Belsunce, bibliothèque de l’Alcazar, gare Saint-Charles à pied.",
        ),
    ),
    Lieu("13202", 2, MARSEILLE, ("Joliette, front de mer rénové, tramway T2.",)),
    Lieu("13203", 2, MARSEILLE, ("Belle-de-Mai, friche culturelle et bus 49.",)),
    Lieu("13204", 2, MARSEILLE, ("Cinq-Avenues, parc Longchamp au bout de la rue.",)),
    Lieu(
        "13205",
        5,
        MARSEILLE,
        (
            "Baille, métro 1, hôpital de la Conception à deux rues.",
            "Camas, petites rues plates et commerces de la place Jean-Jaurès.",
        ),
    ),
    Lieu("13206", 2, MARSEILLE, ("Castellane, métro 1 et 2, marché de la rue de Rome.",)),
    Lieu("13208", 3, MARSEILLE, ("Rond-point du Prado, métro 2, plages en bus 83.",)),
    Lieu("13210", 2, MARSEILLE, ("La Timone, métro 1, tramway T3, marché de la Capelette.",)),
    Lieu("13212", 2, MARSEILLE, ("Saint-Barnabé, noyau villageois, métro 1.",)),
    Lieu("13213", 2, MARSEILLE, ("Saint-Just, métro 1, stade et bibliothèque.",)),
    Lieu("13214", 2, MARSEILLE, ("Sainte-Marthe, vue sur la rade, bus 31.",)),
    Lieu(
        "13005",
        4,
        MARSEILLE,
        ("Centre d’Aubagne, gare et tramway gratuit.", "La Tourtelle, école et terrain de sport au pied."),
    ),
    Lieu("13002", 2, MARSEILLE, ("Logis-Neuf, collines à pied, bus vers La Rose.",)),
    Lieu(
        "59350",
        9,
        LILLE,
        (
            "Wazemmes, marché le dimanche, métro 1 Gambetta.",
            "Fives, ancienne usine devenue halle gourmande, métro 1 Marbrerie.",
            "Lille-Moulins, faculté de droit, métro 2 Porte-de-Douai.",
            "Saint-Maurice-Pellevoisin, rues de maisons en brique, métro 2.",
        ),
    ),
    Lieu(
        "59512",
        4,
        LILLE,
        ("Près de la Piscine et du parc Barbieux, métro 2 Gare-Jean-Lebas.", "L’Épeule, rue commerçante, métro 2."),
    ),
    Lieu("59599", 3, LILLE, ("Centre de Tourcoing, métro 2 et tramway.", "Quartier Gambetta, école et city-stade.")),
    Lieu(
        "59009",
        5,
        LILLE,
        ("Hôtel-de-Ville, lac du Héron et métro 1.", "Flers-Bourg, bibliothèque et ferme pédagogique."),
    ),
    Lieu(
        "35238",
        9,
        OUEST,
        (
            "Villejean, métro A, facultés et centre commercial Kennedy.",
            "Cleunay, métro B, marché le mercredi.",
            "Sud-Gare, rue de Nantes, gare à dix minutes à pied.",
            "Baud-Chardonnet, berges de Vilaine réaménagées.",
        ),
    ),
    Lieu("35051", 3, OUEST, ("Viasilva, métro B, bois et piste cyclable.",)),
    Lieu("35278", 2, OUEST, ("Bourg de Saint-Grégoire, bus C3, canal d’Ille-et-Rance.",)),
    Lieu("35047", 3, OUEST, ("Centre de Bruz, gare à huit minutes, collège et cinéma.",)),
    Lieu(
        "29019",
        9,
        BREST,
        (
            "Saint-Marc, vue sur la rade par temps clair, bus 6.",
            "Recouvrance, téléphérique et tramway, ateliers des Capucins.",
            "Bellevue, tramway A, université et rives de Penfeld.",
            "Lambézellec, bourg commerçant, bus 4.",
        ),
    ),
    Lieu(
        "29075",
        3,
        BREST,
        ("Coataudon, zone d’emplois et bus vers Brest.", "Bourg de Guipavas, école et salle de sport."),
    ),
    Lieu("29130", 2, BREST, ("Bourg de Locmaria, plage de Portez à cinq minutes en voiture.",)),
    Lieu(
        "44109",
        12,
        OUEST,
        (
            "Malakoff, gare de Nantes à pied, berges de Loire.",
            "Île de Nantes, busway 5, machines et écoles neuves.",
            "Doulon, tramway 1, parc du Grand-Blottereau.",
            "Zola, chronobus C1, marché le mercredi.",
            "Nantes nord, tramway 2, faculté et Petit-Port.",
        ),
    ),
    Lieu(
        "44162",
        5,
        OUEST,
        ("Bellevue, tramway 1 Romanet, maison de quartier.", "Bourg de Saint-Herblain, parc de la Gournerie à vélo."),
    ),
    Lieu("44143", 5, OUEST, ("Pont-Rousseau, tramways 2 et 3, gare.", "Trentemoult, ruelles colorées et navibus.")),
    Lieu("44114", 2, OUEST, ("Bourg d’Orvault, vallée du Cens, bus 89.",)),
    Lieu(
        "44190",
        3,
        OUEST,
        ("Pas-Enchantés, gare et bords de Loire.", "Croix-des-Herses, écoles et commerces de proximité."),
    ),
    Lieu(
        "44043", 3, OUEST, ("À dix minutes à pied du centre médiéval et des halles, train pour Nantes en 25 minutes.",)
    ),
    Lieu(
        "31555",
        10,
        TOULOUSE,
        (
            "Minimes, métro B, canal du Midi à vélo.",
            "Borderouge, métro B, jardins du Muséum.",
            "Saint-Cyprien, marché couvert et métro A.",
            "La Cartoucherie, halles et tramway T1.",
        ),
    ),
    Lieu("31044", 2, TOULOUSE, ("Balma-Gramont, terminus du métro A.",)),
    Lieu("31069", 3, TOULOUSE, ("Centre de Blagnac, tramway T1, parc du Ritouret.",)),
    Lieu("31149", 2, TOULOUSE, ("Colomiers, gare et bus gratuit, emplois aéronautiques à vélo.",)),
    Lieu("35360", 2, BOURG, ("Au pied des remparts, gare et marché du lundi.",)),
    Lieu("22050", 2, BOURG, ("Plateau de Dinan, écoles et hôpital à proximité.",)),
    Lieu("71137", 2, BOURG, ("Sous l’abbaye, commerces et voie verte.",)),
    Lieu("26108", 2, BOURG, ("Rive droite de la Drôme, sous la tour, gare à quinze minutes.",)),
    Lieu("26113", 1, BOURG, ("Petite ville au pied du Glandasse, marché deux fois par semaine.",)),
    Lieu("84054", 2, BOURG, ("Bord des canaux, gare et marché du dimanche.",)),
    Lieu("24520", 2, BOURG, ("À l’écart du centre touristique, collège et supermarché à pied.",)),
    Lieu("57089", 1, BOURG, ("Face à la citadelle, jardins et commerces de la rue principale.",)),
)

LIEUX = (*ILE_DE_FRANCE, *REGIONS)
