import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

DROITS = """
GRANT SELECT, DELETE ON candidatures_evenement TO alin_purge;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
        REVOKE UPDATE, DELETE ON candidatures_evenement FROM alin;
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_purge'),
        ('candidatures', '0002_compte_efface'),
    ]

    operations = [
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('regle', models.CharField(max_length=30, verbose_name='règle')),
                ('commence_le', models.DateTimeField(default=django.utils.timezone.now, verbose_name='commencé le')),
                ('fini_le', models.DateTimeField(blank=True, null=True, verbose_name='fini le')),
                ('nombre', models.PositiveIntegerField(default=0, verbose_name='lignes')),
                ('a_blanc', models.BooleanField(default=False, verbose_name='à blanc')),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
                'ordering': ['-commence_le', '-id'],
            },
        ),
        migrations.RunSQL(DROITS, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='evenement',
            name='journal_intouchable',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evenement',
            trigger=pgtrigger.compiler.Trigger(name='journal_intouchable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d234630f1e603f36219c934766d5e0ff8a058e6a', operation='UPDATE', pgid='pgtrigger_journal_intouchable_fe11b', table='candidatures_evenement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evenement',
            trigger=pgtrigger.compiler.Trigger(name='journal_ineffacable', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (current_user <> 'alin_purge' OR OLD.le > now() - interval '1825 days')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='59de764d5a2c59ad3a318c2eb359c9b95c5966ff', operation='DELETE', pgid='pgtrigger_journal_ineffacable_ebef2', table='candidatures_evenement', when='BEFORE')),
        ),
    ]
