"""Words the demonstration draws from: names of people, children, trades, streets and residences."""

# fmt: off
FEMMES = (
    "Aïcha", "Agathe", "Amandine", "Béatrice", "Camille", "Carine", "Céline", "Chloé", "Djeneba", "Émilie", "Fanny",
    "Farida", "Gabrielle", "Hawa", "Inès", "Jeanne", "Khadija", "Laura", "Lucile", "Maëlle", "Maria", "Mélanie",
    "Mireille", "Nadège", "Noémie", "Oumou", "Priscille", "Rachida", "Rosa", "Sabrina", "Sylvie", "Yasmine",
)
HOMMES = (
    "Adrien", "Alassane", "Antoine", "Boris", "Cédric", "Damien", "David", "Éric", "Fabrice", "Florent", "Gaël",
    "Hamza", "Idriss", "Jérôme", "Karim", "Léo", "Loïc", "Malik", "Mehdi", "Moussa", "Nathan", "Olivier", "Pascal",
    "Quentin", "Rachid", "Rémi", "Samuel", "Sékou", "Thierry", "Victor", "Yann", "Zakaria",
)
NOMS = (
    "Adam", "Amrani", "Arnaud", "Bailly", "Barbier", "Baron", "Bernard", "Besson", "Bouvier", "Brunet", "Camara",
    "Carpentier", "Charpentier", "Collet", "Coulibaly", "Daniel", "Delattre", "Diarra", "Dufour", "Dumas",
    "Fernandes", "Ferrand", "Fofana", "Fournier", "Gauthier", "Gomes", "Gonzalez", "Guillot", "Haddad", "Hamel",
    "Henry", "Hoarau", "Huet", "Jacob", "Keita", "Klein", "Lacroix", "Laurent", "Lebrun", "Leclerc", "Lopes",
    "Maillard", "Marty", "Meyer", "Michaud", "Monnier", "Moulin", "Noël", "Ortega", "Pascal", "Pham", "Poirier",
    "Prévost", "Rahmani", "Renaud", "Rivière", "Royer", "Salmon", "Sanchez", "Schneider", "Soumaré", "Tanguy",
    "Traoré", "Vasseur", "Verdier", "Weiss", "Zerrouki",
)
ENFANTS = (
    "Adam", "Alice", "Amir", "Assia", "Basile", "Chiara", "Élise", "Gabin", "Ilyès", "Jade", "Lenny", "Lou", "Maya",
    "Naïm", "Nina", "Sohan", "Tess", "Zoé",
)
METIERS_AU_FEMININ = (
    "Agente de maintenance", "Aide-soignante", "Animatrice", "Assistante de gestion", "Boulangère", "Caissière",
    "Conductrice de bus", "Cuisinière", "Électricienne", "Employée de rayon", "Gestionnaire de paie", "Infirmière",
    "Magasinière", "Opératrice", "Serveuse", "Technicienne",
)
METIERS_AU_MASCULIN = (
    "Agent de maintenance", "Aide-soignant", "Animateur", "Assistant de gestion", "Boulanger", "Caissier",
    "Chauffeur-livreur", "Cuisinier", "Électricien", "Employé de rayon", "Gestionnaire de paie", "Infirmier",
    "Magasinier", "Opérateur", "Serveur", "Technicien",
)
VOIES = (
    "rue des Acacias", "rue Jean-Moulin", "allée des Tilleuls", "rue du Moulin", "rue Pasteur",
    "passage des Jardins", "rue de la Fontaine", "rue Louise-Michel", "rue des Écoles", "rue Victor-Hugo",
    "rue du Repos", "avenue Jean-Jaurès", "rue des Cerisiers", "rue Marie-Curie", "impasse du Puits",
    "rue des Lilas", "rue Gabriel-Péri", "rue de l’Espérance", "place du Marché", "rue Olympe-de-Gouges",
    "rue du Four", "rue des Vignes", "allée Simone-Veil", "rue de la Gare", "rue Émile-Zola", "rue du Clos",
    "rue des Trois-Frères",
)
RESIDENCES = (
    "Les Tilleuls", "Le Clos Fleuri", "Les Trois Frères", "La Closerie", "Les Hauts Jardins", "Le Belvédère",
    "La Manufacture", "Les Orangers", "Le Parc aux Merles", "La Forge", "Les Glycines", "Le Cèdre bleu", "L’Atelier",
    "Les Passerelles", "La Verrière", "Le Patio", "Les Coteaux", "Villa des Arts", "Les Alizés", "Le Square",
    "Les Peupliers", "La Cour des Roses", "Le Grand Chêne", "Les Aubépines",
)
