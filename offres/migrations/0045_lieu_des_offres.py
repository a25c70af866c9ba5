import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


DEJA_LA = """
UPDATE offres_offre offre
   SET departement = commune.departement_id,
       case_de_plafond = CASE WHEN left(commune.departement_id, 2) = '97' THEN ''
                              WHEN offre.financement = 'LLI' THEN 'LLI:' || commune.zone_abc
                              ELSE offre.financement || ':' || commune.zone END
  FROM demandes_commune commune
 WHERE commune.code = offre.commune_id
"""
UNE_COMMUNE_CHANGE = """
CREATE FUNCTION offres_suivent_leur_commune() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE offres_offre SET commune_id = commune_id WHERE commune_id = NEW.code;
    RETURN NULL;
END $$;
CREATE TRIGGER offres_suivent_leur_commune
    AFTER UPDATE OF departement_id, zone, zone_abc ON demandes_commune FOR EACH ROW
    WHEN ((OLD.departement_id, OLD.zone, OLD.zone_abc) IS DISTINCT FROM (NEW.departement_id, NEW.zone, NEW.zone_abc))
    EXECUTE FUNCTION offres_suivent_leur_commune();
"""
"""Writing the same commune again has the offer's own trigger copy it again."""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0033_invitations'),
        ('demandes', '0012_emplois_d_une_entreprise'),
        ('offres', '0044_index_couvrant_de_la_liste'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='offre',
            name='offres_publiees',
        ),
        migrations.AddField(
            model_name='offre',
            name='case_de_plafond',
            field=models.CharField(blank=True, default='', editable=False, max_length=9, verbose_name='case de plafond'),
        ),
        migrations.AddField(
            model_name='offre',
            name='departement',
            field=models.CharField(blank=True, default='', editable=False, max_length=3, verbose_name='département'),
        ),
        migrations.RunSQL(DEJA_LA, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='offre',
            index=models.Index(condition=models.Q(('statut', 'publiee')), fields=['departement', 'typologie', 'loyer_charges_comprises', 'date_limite'], include=('commune', 'case_de_plafond', 'reservee_a', 'publiee_le', 'id', 'reference', 'financement', 'surface', 'etage', 'nature', 'ascenseur', 'accessible_pmr', 'disponible_le'), name='offres_publiees'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offre',
            trigger=pgtrigger.compiler.Trigger(name='lieu_de_la_commune', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        SELECT commune.departement_id,\n               CASE WHEN left(commune.departement_id, 2) = '97' THEN ''\n                    WHEN NEW.financement = 'LLI' THEN 'LLI:' || commune.zone_abc\n                    ELSE NEW.financement || ':' || commune.zone END\n          INTO NEW.departement, NEW.case_de_plafond\n          FROM demandes_commune commune\n         WHERE commune.code = NEW.commune_id;\n        RETURN NEW;\n    ", hash='ea38774dd4d6a4e22200f8604df8a6599dadf72a', operation='INSERT OR UPDATE OF "commune_id", "financement", "departement", "case_de_plafond"', pgid='pgtrigger_lieu_de_la_commune_1f6fa', table='offres_offre', when='BEFORE')),
        ),
        migrations.RunSQL(UNE_COMMUNE_CHANGE, "DROP FUNCTION offres_suivent_leur_commune() CASCADE"),
    ]
