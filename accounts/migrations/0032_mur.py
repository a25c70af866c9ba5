from django.db import migrations

ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin_agent') THEN
        BEGIN
            CREATE ROLE alin_agent NOLOGIN;
        EXCEPTION -- another database of this server is being made at the same time
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'alin_agent', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT alin_agent TO %I', current_user);
        EXCEPTION
            WHEN unique_violation THEN NULL;
        END;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'Il manque le role alin_agent : lancez alin/embarque/roles.sql en superutilisateur, puis migrez.';
END $$
"""
"""roles.sql makes it; here it is only made where whoever migrates may make roles."""
FONCTIONS = """
CREATE FUNCTION alin_agent_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('alin.agent', true), '')::uuid
$$;
COMMENT ON FUNCTION alin_agent_id() IS 'The agent that the transaction names; NULL for nobody, who sees nothing.';

CREATE FUNCTION alin_entreprises() RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp ROWS 3 AS $$
    WITH postes AS (
        SELECT poste.entreprise_id, poste.toute_l_entreprise
          FROM accounts_appartenance poste
          JOIN accounts_user agent ON agent.id = poste.agent_id
         WHERE poste.agent_id = alin_agent_id() AND agent.is_active AND agent.role = 'service_logement'
           AND (poste.fin_le IS NULL OR poste.fin_le > (now() AT TIME ZONE 'Europe/Paris')::date)
    ), suivies AS (
        SELECT entreprise_id AS id FROM postes
        UNION
        SELECT voisine.id
          FROM postes
          JOIN accounts_entreprise sienne ON sienne.id = postes.entreprise_id
          JOIN accounts_entreprise voisine ON voisine.siren = sienne.siren
         WHERE postes.toute_l_entreprise
    )
    SELECT entreprise.id
      FROM suivies
      JOIN accounts_entreprise entreprise ON entreprise.id = suivies.id
     WHERE entreprise.cliente
       AND (entreprise.radiee_le IS NULL OR entreprise.radiee_le > (now() AT TIME ZONE 'Europe/Paris')::date)
$$;
COMMENT ON FUNCTION alin_entreprises() IS 'The companies whose housing service the agent works for today.';

CREATE FUNCTION alin_soi_meme() RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp ROWS 2 AS $$
    SELECT alin_agent_id()
    UNION
    SELECT homonyme.id
      FROM accounts_user agent
      JOIN accounts_user homonyme
        ON upper(homonyme.nom_naissance) = upper(agent.nom_naissance) AND upper(homonyme.prenom) = upper(agent.prenom)
     WHERE agent.id = alin_agent_id()
$$;
COMMENT ON FUNCTION alin_soi_meme() IS 'The accounts that are the agent''s own, by the account or by the name.';

REVOKE ALL ON FUNCTION alin_agent_id(), alin_entreprises(), alin_soi_meme() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alin_agent_id(), alin_entreprises(), alin_soi_meme() TO alin_agent;
"""
"""They look with the owner's eyes, so that no policy leads back to itself."""
MUR = """
GRANT SELECT ON accounts_entreprise, accounts_texte, accounts_appartenance TO alin_agent;
ALTER TABLE accounts_appartenance ENABLE ROW LEVEL SECURITY;
CREATE POLICY agent ON accounts_appartenance FOR SELECT TO alin_agent
    USING (agent_id = alin_agent_id() OR entreprise_id IN (SELECT alin_entreprises()));
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
        CREATE POLICY portail ON accounts_appartenance TO alin USING (true) WITH CHECK (true);
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0031_entreprises'),
    ]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(FONCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(MUR, migrations.RunSQL.noop),
    ]
