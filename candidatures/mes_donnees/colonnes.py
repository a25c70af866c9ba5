"""What the export holds of each table, what it leaves out, and why. A test walks the models: nothing is forgotten.

`LIENS` name the column that ties a row to its person, `ECARTS` what is not exported; « app.Modele » is a whole table.
"""

COMPTE = (
    *("id:identifiant", "email:adresse_email", "civilite", "prenom", "nom_naissance", "telephone", "role"),
    *("is_active:actif", "date_joined:cree_le", "last_login:derniere_connexion"),
)
ADRESSES = ("email:adresse_email:Adresse", "verified:confirmee:Confirmée", "primary:principale:Principale")
TEXTES = ("texte", "le:accepte_le")
CONNEXIONS = (
    *("created_at:debut:Depuis", "last_seen_at:derniere_activite:Dernière activité"),
    *("ip:adresse_ip:Adresse sur le réseau (IP)", "user_agent:navigateur:Navigateur"),
)
FACTEURS = ("type", "created_at:ajoute_le:Ajouté le", "last_used_at:dernier_usage:Dernier usage")
IMPORTS = (
    *("numero_unique", "cree_le", "codes_envoyes", "essais", "expire_le:code_valable_jusqu_au"),
    *("verifiee_le:code_verifie_le", "close_le", "anomalie", "refus", "identite:comparaisons_identite"),
)
DEMANDE = (
    *("id:identifiant", "numero_unique", "deposee_le", "renouvelee_le", "radiee_le", "motif_radiation"),
    *("nombre_personnes", "categorie_menage", "personnes_en_plus", "rfr:revenu_fiscal"),
    *("annee_rfr:annee_revenu_fiscal", "ressources", "aide_logement", "priorite", "lien_emploi"),
    *("surface_actuelle:surface_du_logement_actuel", "habitants_actuels:habitants_du_logement_actuel"),
    *("importee_le", "mise_a_jour_le", "code_verifie_le", "dossier_valide_le"),
    *("offres_vues_le", "offres_vues_avant_le"),
)
JALON = ("genre:quoi:Quoi", "jour:jour:Jour", "motif", "le")
INSTANTANE = ("lu_le", "contenu")
SOUHAIT = ("rang", "commune_id:code_insee:Code INSEE", "commune")
EMPLOI = (
    *("titulaire", "sans_employeur", "siret", "nom_employeur", "code_entreprise", "matricule", "entree_le"),
    *("travail_temporaire", "en_cdi"),
    *("valide_le", "confirme_le", "infirme_le", "parti"),
)
CONSENTEMENT = ("entreprise", "texte", "donne_le", "fin_le:valable_jusqu_au", "retire_le")
NOTE = ("le", "par_nom:par", "texte")
PIECE = ("cle:cle:-", "confirmee_le")
CANDIDATURE = (
    *("id:identifiant", "offre_id:identifiant_offre", "offre", "statut", "motif", "deposee_le", "statut_depuis"),
    *("visite_le", "commission_le", "rang", "piece_attendue_le", "notifiee_le", "reponse_avant_le", "bail_le"),
)
LIEN = ("cree_le", "expire_le", "revoque_le")
JOURNAL = ("le", "action:action:-", "depuis", "vers", "par_role:role", "motif")
CONSULTATIONS = (
    *("le", "acte", "par_nom:par", "par_role:role", "objet:objet:Quoi", "objet_nature:nature"),
    "objet_id:identifiant_objet",
)
COURRIELS = (
    *("sujet:objet", "cree_le", "envoye_le", "refuse_le", "repondre_a"),
    *("gabarit:modele:-", "tentatives:tentatives:-"),
)
ALERTES = ("arrete_le", "dernier_le:derniere_alerte", "logements:logements_annonces")
INTERVENTIONS = ("action_time:le:Date", "action_flag:acte:Acte")

EXPORTEES: dict[str, tuple[str, ...]] = {
    "accounts.User": COMPTE,
    "account.EmailAddress": ADRESSES,
    "accounts.Acceptation": TEXTES,
    "usersessions.UserSession": CONNEXIONS,
    "mfa.Authenticator": FACTEURS,
    "demandes.Importation": IMPORTS,
    "demandes.Demande": DEMANDE,
    "demandes.Jalon": JALON,
    "demandes.Instantane": INSTANTANE,
    "demandes.Souhait": SOUHAIT,
    "demandes.Emploi": EMPLOI,
    "demandes.Consentement": CONSENTEMENT,
    "demandes.PieceConfirmee": PIECE,
    "candidatures.NoteAuConseiller": NOTE,
    "candidatures.Candidature": CANDIDATURE,
    "candidatures.Evenement": JOURNAL,
    "candidatures.Lien": LIEN,
    "accounts.Consultation": CONSULTATIONS,
    "accounts.Courriel": COURRIELS,
    "offres.Abonnement": ALERTES,
    "admin.LogEntry": INTERVENTIONS,
}

LIENS: dict[str, str] = {
    "account.EmailAddress": "user",
    "accounts.Acceptation": "personne",
    "usersessions.UserSession": "user",
    "mfa.Authenticator": "user",
    "demandes.Importation": "par",
    "demandes.Demande": "demandeur",
    "demandes.Jalon": "demande",
    "demandes.Instantane": "demande",
    "demandes.Souhait": "demande",
    "demandes.Emploi": "demande",
    "demandes.Consentement": "demande",
    "demandes.PieceConfirmee": "demande",
    "candidatures.NoteAuConseiller": "demande",
    "candidatures.Candidature": "demande",
    "candidatures.Evenement": "candidature_id",
    "candidatures.Lien": "candidature",
    "accounts.Consultation": "demandeur_id",
    "accounts.Courriel": "personne_id",
    "offres.Abonnement": "personne",
    "admin.LogEntry": "object_id",
}

_NUMERO = "numéro de ligne, sans sens hors de la base"
_CLE_DU_COMPTE = "ouvre le compte : qui lirait ce fichier pourrait s’en servir"
_AGENTS = "ne concerne que les agents et l’équipe"
_EQUIPE = "identifiant d’un membre de l’équipe ou d’un agent : son rôle (et son nom, pour les consultations) est donné"
_PLUS_RIEN = "vidé dès l’envoi"
_ADRESSE_DU_REGISTRE = "écrite masquée : elle n’est à cette personne qu’une fois le code vérifié, et s’efface alors"

ECARTS: dict[str, str] = {
    "accounts.User.password": _CLE_DU_COMPTE + " ; nous n’en gardons qu’une empreinte",
    "accounts.User.is_superuser": _AGENTS,
    "accounts.User.groups": _AGENTS,
    "accounts.User.user_permissions": _AGENTS,
    "accounts.Appartenance": _AGENTS,
    "accounts.Invitation": _AGENTS,
    "account.EmailAddress.id": _NUMERO,
    "account.EmailConfirmation": _CLE_DU_COMPTE + " ; table vide, nos liens sont signés et non gardés",
    "accounts.Acceptation.id": _NUMERO,
    "usersessions.UserSession.id": _NUMERO,
    "usersessions.UserSession.session_key": _CLE_DU_COMPTE,
    "usersessions.UserSession.data": "toujours vide",
    "mfa.Authenticator.id": _NUMERO,
    "mfa.Authenticator.data": _CLE_DU_COMPTE,
    **dict.fromkeys(("offres.ImportOffres", "offres.FichierImporte", "offres.LigneImport"), _AGENTS),
    "demandes.Importation.id": _NUMERO,
    "demandes.Importation.adresse": _ADRESSE_DU_REGISTRE,
    "demandes.Importation.empreinte": _CLE_DU_COMPTE,
    "demandes.Demande.souhaits": "les mêmes lignes que « souhaits »",
    "demandes.Jalon.id": _NUMERO,
    "demandes.Instantane.id": _NUMERO,
    "demandes.Souhait.id": _NUMERO,
    "demandes.Emploi.id": _NUMERO,
    "demandes.Consentement.id": _NUMERO,
    "demandes.PieceConfirmee.id": _NUMERO,
    "candidatures.NoteAuConseiller.id": _NUMERO,
    "candidatures.NoteAuConseiller.par_id": _EQUIPE,
    "candidatures.Candidature.instantane": "écrit comme la date de lecture de la demande qui a servi",
    "candidatures.Candidature.seance": "la séance qui a décidé : sa date, sa décision et le rang sont donnés",
    "candidatures.Seance": _AGENTS,
    "candidatures.LotDActes": _AGENTS,
    "candidatures.ExportDeSalaries": _AGENTS,
    "candidatures.FichierDeSalaries": "gardé 24 heures ; chaque export est une ligne des consultations",
    "candidatures.LigneDeLot": "un identifiant, gardé 90 jours ; ce que l’acte a fait est au journal de la candidature",
    "candidatures.Evenement.id": _NUMERO,
    "candidatures.Evenement.offre_id": "celle de la candidature",
    "candidatures.Evenement.par_id": _EQUIPE,
    "candidatures.Lien.id": _NUMERO,
    "candidatures.Lien.empreinte": "ouvre le dossier au bailleur ; nous n’en gardons qu’une empreinte",
    "candidatures.Lien.par_id": _EQUIPE,
    "accounts.Consultation.id": _NUMERO,
    "accounts.Consultation.par_id": _EQUIPE,
    "accounts.Courriel.id": _NUMERO,
    "accounts.Courriel.destinataire": "écrit à part, masqué pour les codes d’import : c’est l’adresse du registre",
    "accounts.Courriel.texte": _PLUS_RIEN,
    "accounts.Courriel.html": _PLUS_RIEN,
    "accounts.Courriel.prochain_essai_le": "réglage de l’envoi",
    "accounts.Courriel.derniere_erreur": "réglage de l’envoi ; peut citer l’adresse du registre",
    "accounts.Courriel.desinscription": _PLUS_RIEN,
    "accounts.Courriel.en_nombre": "réglage de l’envoi",
    "offres.Abonnement.annonce_jusqu_a": "numéro de la dernière tournée lue, sans sens hors de la base",
    "admin.LogEntry.id": _NUMERO,
    "admin.LogEntry.user": _EQUIPE,
    "admin.LogEntry.content_type": "toujours « personne »",
    "admin.LogEntry.object_repr": "le nom, déjà donné",
    "admin.LogEntry.change_message": "écrit en clair",
}
