from django.db import migrations

MUR = """
GRANT SELECT ON candidatures_noteauconseiller, candidatures_exportdesalaries TO alin_agent;
CREATE POLICY agent ON candidatures_noteauconseiller FOR SELECT TO alin_agent
    USING (demande_id IN (SELECT alin_demandes()));
CREATE POLICY agent ON candidatures_exportdesalaries FOR SELECT TO alin_agent USING (par_id = alin_agent_id());
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['candidatures_noteauconseiller', 'candidatures_exportdesalaries'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
            EXECUTE format('CREATE POLICY portail ON %I TO alin USING (true) WITH CHECK (true)', t);
        END IF;
    END LOOP;
END $$;
"""
"""What a file holds is not for this role: it is handed over by the door, once every row of it was seen from behind."""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0048_exports_de_salaries'),
    ]

    operations = [
        migrations.RunSQL(MUR, migrations.RunSQL.noop),
    ]
