"""The communes in and around Paris where the demonstration offers dwellings."""

from candidatures.demonstration.lieux import COURONNE, PARIS, Lieu

ILE_DE_FRANCE = (
    Lieu("75101", 2, PARIS, ("Rue piétonne entre les Halles et le Louvre, métro Louvre-Rivoli à quatre minutes.",)),
    Lieu("75102", 2, PARIS, ("À deux pas de la rue Montorgueil et de ses commerces, métro Sentier.",)),
    Lieu(
        "75103",
        3,
        PARIS,
        (
            "Haut Marais, près du marché des Enfants-Rouges ; métro Filles-du-Calvaire.",
            "Entre la place de la République et le square du Temple, quatre lignes de métro à moins de dix minutes.",
        ),
    ),
    Lieu("75104", 2, PARIS, ("Quartier Saint-Paul, quais de Seine et écoles à pied, métro Pont-Marie.",)),
    Lieu(
        "75105",
        3,
        PARIS,
        (
            "Au calme derrière la rue Mouffetard, marché trois fois par semaine, métro Censier-Daubenton.",
            "Près du Jardin des Plantes et de la gare d’Austerlitz.",
        ),
    ),
    Lieu("75106", 2, PARIS, ("Entre Saint-Placide et le jardin du Luxembourg, commerces au pied de l’immeuble.",)),
    Lieu("75107", 2, PARIS, ("Quartier du Gros-Caillou, rue Saint-Dominique, métro La Tour-Maubourg.",)),
    Lieu("75108", 2, PARIS, ("Quartier de l’Europe, à dix minutes à pied de la gare Saint-Lazare.",)),
    Lieu(
        "75109",
        3,
        PARIS,
        (
            "Bas de la rue des Martyrs, écoles et petits commerces, métro Saint-Georges.",
            "Entre le square d’Anvers et Barbès, lignes 2 et 4 à cinq minutes.",
        ),
    ),
    Lieu(
        "75110",
        6,
        PARIS,
        (
            "Le long du canal Saint-Martin, métro Jacques-Bonsergent ; marché couvert Saint-Quentin à dix minutes.",
            "Quartier de l’hôpital Saint-Louis, crèche et école dans la rue.",
            "Entre la gare de l’Est et la gare du Nord, très bien desservi, cour intérieure calme.",
        ),
    ),
    Lieu(
        "75111",
        13,
        PARIS,
        (
            "Rue tranquille entre Voltaire et Charonne ; le métro (ligne 9) est à six minutes à pied.",
            "Quartier Oberkampf, commerces jusqu’au soir, square Maurice-Gardette au bout de la rue.",
            "Près de la place Léon-Blum et de la bibliothèque, écoles maternelle et élémentaire à moins de 300 mètres.",
            "Vers la rue de la Roquette, marché deux fois par semaine boulevard Richard-Lenoir.",
            "Passage pavé du faubourg, entre Faidherbe-Chaligny et Nation ; bus 46 et 86 au coin.",
        ),
    ),
    Lieu(
        "75112",
        9,
        PARIS,
        (
            "Près du viaduc des Arts et de la promenade plantée, métro Montgallet.",
            "Quartier de Bercy : parc, cinéma et lignes 6 et 14 à huit minutes.",
            "Vers la place Félix-Éboué, marché de la rue de Reuilly et hôpital Saint-Antoine tout proches.",
            "À la lisière du bois de Vincennes, tramway T3a porte Dorée.",
        ),
    ),
    Lieu(
        "75113",
        10,
        PARIS,
        (
            "Butte-aux-Cailles, petite rue de village, piscine et métro Corvisart à cinq minutes.",
            "Quartier Olympiades, ligne 14 directe vers le centre, tous commerces au pied de la dalle.",
            "Paris Rive Gauche, à côté de la bibliothèque François-Mitterrand et du RER C.",
            "Entre la place d’Italie et la Poterne-des-Peupliers, tramway T3a et école à la porte.",
        ),
    ),
    Lieu(
        "75114",
        7,
        PARIS,
        (
            "Quartier Pernety, rue Raymond-Losserand et son marché, ligne 13 à quatre minutes.",
            "Près du parc Montsouris, RER B Cité-Universitaire.",
            "Porte de Vanves, tramway T3a et lycée à proximité immédiate.",
        ),
    ),
    Lieu(
        "75115",
        8,
        PARIS,
        (
            "Entre Convention et Vaugirard, quartier familial, trois écoles dans un rayon de 400 mètres.",
            "À deux pas du parc André-Citroën, RER C Javel.",
            "Beaugrenelle : front de Seine, centre commercial et ligne 10.",
            "Vers la porte de Versailles, ligne 12 et tramway en bas.",
        ),
    ),
    Lieu(
        "75116",
        4,
        PARIS,
        (
            "Porte de Saint-Cloud, ligne 9 à cinq minutes, stade et piscine voisins.",
            "Quartier d’Auteuil, rue commerçante et marché couvert, ligne 10.",
        ),
    ),
    Lieu(
        "75117",
        7,
        PARIS,
        (
            "Au pied du parc Martin-Luther-King, ligne 14 et tribunal à dix minutes.",
            "Quartier des Épinettes, marché de la rue de Lévis à un quart d’heure, ligne 13 Guy-Môquet.",
            "Porte de Champerret, ligne 3 et bus vers Levallois.",
        ),
    ),
    Lieu(
        "75118",
        9,
        PARIS,
        (
            "Versant nord de la Butte Montmartre, métro Lamarck-Caulaincourt.",
            "Quartier de la Goutte-d’Or rénové, marché Dejean, lignes 2 et 4.",
            "La Chapelle, nouvelle promenade urbaine et gare Rosa-Parks à douze minutes.",
            "Porte de Clignancourt, tramway T3b, collège et gymnase dans la rue.",
        ),
    ),
    Lieu(
        "75119",
        11,
        PARIS,
        (
            "Vue dégagée du côté des Buttes-Chaumont, métro Laumière à sept minutes.",
            "Bassin de la Villette : quai piéton, médiathèque et cinémas, lignes 2, 5 et 7.",
            "Place des Fêtes, marché trois matins par semaine, ligne 11 prolongée jusqu’à Rosny.",
            "Quartier Danube et ses villas, ligne 7 bis, tramway T3b à dix minutes.",
        ),
    ),
    Lieu(
        "75120",
        14,
        PARIS,
        (
            "Haut de Ménilmontant, vue sur les toits, lignes 2 et 3 à six minutes.",
            "Quartier de la Réunion, placette, marché le dimanche, ligne 9 Buzenval.",
            "Gambetta : mairie, théâtre et cinéma à pied, lignes 3 et 3 bis.",
            "Le long du cimetière du Père-Lachaise, rue calme à sens unique.",
            "Porte de Montreuil, tramway T3b au bout de la rue, ligne 9 à quatre minutes.",
            "Village de Charonne, rue Saint-Blaise, crèche municipale au rez-de-chaussée voisin.",
        ),
    ),
    Lieu(
        "93048",
        13,
        COURONNE,
        (
            "Bas-Montreuil, dix minutes à pied de la porte de Montreuil, ligne 9 Robespierre.",
            "Croix-de-Chavaux, marché trois fois par semaine et cinéma Le Méliès à côté.",
            "Mairie de Montreuil, terminus de la ligne 9, école et conservatoire dans le quartier.",
            "Hauts de Montreuil, près du parc des Beaumonts et du lycée Condorcet.",
            "Quartier de la Boissière, métro 11 Montreuil-Hôpital à huit minutes.",
            "Murs-à-Pêches : jardins partagés, bus 102 vers Gambetta.",
        ),
    ),
    Lieu(
        "93006",
        6,
        COURONNE,
        (
            "Gallieni, terminus de la ligne 3, centre commercial Bel-Est.",
            "Près du parc Jean-Moulin-Les Guilands, vue sur Paris.",
            "Centre-ville de Bagnolet, marché couvert et mairie à trois minutes.",
        ),
    ),
    Lieu(
        "93055",
        7,
        COURONNE,
        (
            "Au bord du canal de l’Ourcq, ligne 5 Église-de-Pantin à huit minutes.",
            "Quatre-Chemins, ligne 7, marché Magenta.",
            "Hoche, ligne 5, à deux stations de la porte de la Villette.",
        ),
    ),
    Lieu(
        "93045",
        4,
        COURONNE,
        (
            "Mairie des Lilas, ligne 11, parc municipal à deux rues.",
            "Porte des Lilas, cinéma et tramway T3b à dix minutes.",
        ),
    ),
    Lieu(
        "93061", 3, COURONNE, ("Près de la cité-jardin et du parc de la Butte-Rouge, ligne 7 bis Pré-Saint-Gervais.",)
    ),
    Lieu(
        "93063",
        4,
        COURONNE,
        (
            "Place Carnot, ligne 11 depuis le prolongement, base de loisirs à quinze minutes.",
            "Quartier des Bas-Pays, au bord du canal.",
        ),
    ),
    Lieu("93064", 3, COURONNE, ("À dix minutes du RER E et de la ligne 11 Rosny-Bois-Perrier.",)),
    Lieu("93053", 3, COURONNE, ("RER E et tramway T1 à la gare, marché place Jeanne-d’Arc.",)),
    Lieu(
        "93070",
        5,
        COURONNE,
        (
            "Quartier des Docks, grand parc au bord de la Seine, ligne 14 Mairie-de-Saint-Ouen.",
            "À côté des Puces, lignes 4 et 13.",
        ),
    ),
    Lieu(
        "93066",
        8,
        COURONNE,
        (
            "Plaine Saint-Denis, RER B et canal à cinq minutes.",
            "Centre ancien, basilique et marché du dimanche, ligne 13.",
            "Pleyel, lignes 13 et 14, gymnase tout neuf.",
        ),
    ),
    Lieu(
        "93001",
        5,
        COURONNE,
        (
            "Front populaire, ligne 12, campus Condorcet à pied.",
            "Mairie d’Aubervilliers, ligne 12, écoles et théâtre de la Commune.",
        ),
    ),
    Lieu("93005", 2, COURONNE, ("Sud de la ville, quartier pavillonnaire à dix minutes du RER B.",)),
    Lieu("93051", 2, COURONNE, ("Mont d’Est, RER A, Arcades et médiathèque au pied de l’immeuble.",)),
    Lieu(
        "94080",
        6,
        COURONNE,
        (
            "Entre le château et le bois, RER A et ligne 1 à huit minutes.",
            "Rue de Fontenay, commerces et école Jean-Monnet à deux pas.",
        ),
    ),
    Lieu("94067", 2, COURONNE, ("Ligne 1 Saint-Mandé à quatre minutes, lac Daumesnil à dix.",)),
    Lieu(
        "94033",
        4,
        COURONNE,
        ("Val-de-Fontenay, RER A et E, futur tramway T1.", "Village de Fontenay, marché des Rigollots."),
    ),
    Lieu(
        "94041",
        7,
        COURONNE,
        (
            "Centre Jeanne-Hachette, ligne 7 Mairie-d’Ivry.",
            "Ivry-Port, quais de Seine et RER C.",
            "Petit-Ivry, à pied de la porte de Choisy et du tramway T3a.",
        ),
    ),
    Lieu("94043", 3, COURONNE, ("Ligne 7, ligne 14 Hôpital-Bicêtre, centre commercial Okabé.",)),
    Lieu("94037", 2, COURONNE, ("Au bord de la coulée verte de la Bièvre, RER B Gentilly.",)),
    Lieu("94028", 3, COURONNE, ("Quartier du Palais, lac de Créteil et ligne 8 Préfecture.",)),
    Lieu(
        "92012",
        5,
        COURONNE,
        ("Île Seguin toute proche, ligne 9 Billancourt.", "Boulogne nord, marché Escudier, ligne 10 Jean-Jaurès."),
    ),
    Lieu("92044", 2, COURONNE, ("Ligne 3 Anatole-France, parc de la Planchette.",)),
    Lieu("92024", 3, COURONNE, ("Mairie de Clichy, lignes 13 et 14, berges de la Seine.",)),
    Lieu("92049", 3, COURONNE, ("Ligne 4 Mairie-de-Montrouge, cinéma et bibliothèque à cinq minutes.",)),
)
