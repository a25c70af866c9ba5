from django.db import migrations

DROITS = """
GRANT SELECT ON accounts_user, demandes_demande, demandes_consentement, demandes_emploi, demandes_instantane,
    demandes_souhait TO alin_agent;
GRANT SELECT ON demandes_departement, demandes_commune, demandes_voisinage, demandes_tabledereference TO alin_agent;
"""
"""Documents, imports, milestones, mails, consultations, factors and sessions: nothing at all."""
FONCTIONS = """
CREATE FUNCTION alin_siennes() RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
    SELECT id FROM demandes_demande WHERE demandeur_id IN (SELECT alin_soi_meme())
$$;
COMMENT ON FUNCTION alin_siennes() IS 'The demands that are the agent''s own: nobody helps himself.';

CREATE FUNCTION alin_demandes() RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp ROWS 500 AS $$
    SELECT demande_id
      FROM demandes_consentement
     WHERE retire_le IS NULL AND (fin_le IS NULL OR fin_le >= (now() AT TIME ZONE 'Europe/Paris')::date)
       AND entreprise_id IN (SELECT alin_entreprises()) AND demande_id NOT IN (SELECT alin_siennes())
$$;
COMMENT ON FUNCTION alin_demandes() IS 'The demands whose applicant gave his leave to a company of the agent.';

REVOKE ALL ON FUNCTION alin_siennes(), alin_demandes() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alin_siennes(), alin_demandes() TO alin_agent;
"""
POLITIQUES = """
CREATE POLICY agent ON demandes_consentement FOR SELECT TO alin_agent
    USING (retire_le IS NULL AND (fin_le IS NULL OR fin_le >= (now() AT TIME ZONE 'Europe/Paris')::date)
           AND entreprise_id IN (SELECT alin_entreprises()));
CREATE POLICY agent ON demandes_demande FOR SELECT TO alin_agent
    USING (id IN (SELECT alin_demandes()));
CREATE POLICY agent ON demandes_emploi FOR SELECT TO alin_agent
    USING (demande_id IN (SELECT alin_demandes()));
CREATE POLICY agent ON demandes_instantane FOR SELECT TO alin_agent
    USING (demande_id IN (SELECT alin_demandes()));
CREATE POLICY agent ON demandes_souhait FOR SELECT TO alin_agent
    USING (demande_id IN (SELECT alin_demandes()));
CREATE POLICY agent ON accounts_user FOR SELECT TO alin_agent
    USING (id = alin_agent_id()
           OR EXISTS (SELECT FROM demandes_demande demande WHERE demande.demandeur_id = accounts_user.id)
           OR EXISTS (SELECT FROM accounts_appartenance poste WHERE poste.agent_id = accounts_user.id));
"""
"""One list of demands for all of them, made once for each table of a query: looked up row by row, 10 000 files took twice as long."""
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
        migrations.RunSQL(FONCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(POLITIQUES, migrations.RunSQL.noop),
        migrations.RunSQL(PORTAIL, migrations.RunSQL.noop),
    ]
