from django.db import migrations

MUR = """
GRANT SELECT ON candidatures_candidature, candidatures_evenement TO alin_agent;
GRANT SELECT ON offres_offre, offres_bailleur, offres_delaimesure, offres_plafond, offres_seuilseffort, offres_photo,
    candidatures_motif TO alin_agent;
CREATE POLICY agent ON candidatures_candidature FOR SELECT TO alin_agent
    USING (demande_id IN (SELECT alin_demandes()));
CREATE POLICY agent ON candidatures_evenement FOR SELECT TO alin_agent
    USING (EXISTS (SELECT FROM candidatures_candidature candidature
                    WHERE candidature.id = candidatures_evenement.candidature_id));
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['candidatures_candidature', 'candidatures_evenement'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
            EXECUTE format('CREATE POLICY portail ON %I TO alin USING (true) WITH CHECK (true)', t);
        END IF;
    END LOOP;
END $$;
CREATE POLICY purge ON candidatures_evenement TO alin_purge USING (true);
"""
"""Dwellings are nobody's: an agent reads them all. The ranking, the links and the sittings are not for him."""


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0043_piece_demandee'),
        ('demandes', '0010_mur'),
        ('offres', '0043_delai_mesure'),
    ]

    operations = [
        migrations.RunSQL(MUR, migrations.RunSQL.noop),
    ]
