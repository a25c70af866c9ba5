from django.db import migrations

DROITS = """
GRANT SELECT ON accounts_user, demandes_demande, demandes_consentement, demandes_emploi, demandes_instantane,
    demandes_souhait TO alin_agent;
GRANT SELECT ON demandes_departement, demandes_commune, demandes_voisinage, demandes_tabledereference TO alin_agent;
"""
"""Documents, imports, milestones, mails, consultations, factors and sessions: nothing at all."""
POLITIQUES = """
CREATE POLICY agent ON demandes_consentement FOR SELECT TO alin_agent
    USING (retire_le IS NULL AND (fin_le IS NULL OR fin_le >= (now() AT TIME ZONE 'Europe/Paris')::date)
           AND entreprise_id IN (SELECT alin_entreprises()));
CREATE POLICY agent ON demandes_demande FOR SELECT TO alin_agent
    USING (EXISTS (SELECT FROM demandes_consentement accord WHERE accord.demande_id = demandes_demande.id)
           AND demandeur_id NOT IN (SELECT alin_soi_meme()));
CREATE POLICY agent ON demandes_emploi FOR SELECT TO alin_agent
    USING (EXISTS (SELECT FROM demandes_demande demande WHERE demande.id = demandes_emploi.demande_id));
CREATE POLICY agent ON demandes_instantane FOR SELECT TO alin_agent
    USING (EXISTS (SELECT FROM demandes_demande demande WHERE demande.id = demandes_instantane.demande_id));
CREATE POLICY agent ON demandes_souhait FOR SELECT TO alin_agent
    USING (EXISTS (SELECT FROM demandes_demande demande WHERE demande.id = demandes_souhait.demande_id));
CREATE POLICY agent ON accounts_user FOR SELECT TO alin_agent
    USING (id = alin_agent_id()
           OR EXISTS (SELECT FROM demandes_demande demande WHERE demande.demandeur_id = accounts_user.id)
           OR EXISTS (SELECT FROM accounts_appartenance poste WHERE poste.agent_id = accounts_user.id));
"""
"""Each leans on the one above: a demand is seen through a leave, and the rest through the demand."""
PORTAIL = """
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['accounts_user', 'demandes_demande', 'demandes_consentement', 'demandes_emploi',
                             'demandes_instantane', 'demandes_souhait'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
            EXECUTE format('CREATE POLICY portail ON %I TO alin USING (true) WITH CHECK (true)', t);
        END IF;
    END LOOP;
END $$
"""
"""For the portal itself nothing changes; the owner is not bound by policies."""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0032_mur'),
        ('demandes', '0009_duree_du_consentement'),
    ]

    operations = [
        migrations.RunSQL(DROITS, migrations.RunSQL.noop),
        migrations.RunSQL(POLITIQUES, migrations.RunSQL.noop),
        migrations.RunSQL(PORTAIL, migrations.RunSQL.noop),
    ]
