import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

ROLE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin_purge') THEN
        BEGIN
            CREATE ROLE alin_purge NOLOGIN;
        EXCEPTION -- another database of this server is being made at the same time
            WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'alin_purge', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT alin_purge TO %I', current_user);
        EXCEPTION
            WHEN unique_violation THEN NULL;
        END;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'Il manque le role alin_purge : lancez alin/embarque/roles.sql en superutilisateur, puis migrez.';
END $$
"""
"""roles.sql makes it; here it is only made where whoever migrates may make roles."""
DROITS = """
GRANT SELECT, DELETE ON accounts_consultation TO alin_purge;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'alin') THEN
        REVOKE UPDATE, DELETE ON accounts_consultation, accounts_texte FROM alin;
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_textes'),
    ]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(DROITS, migrations.RunSQL.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='consultation',
            name='consultation_intouchable',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='consultation_intouchable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d1fcbdce22b2f1312749af50642b3e803ca20bd2', operation='UPDATE', pgid='pgtrigger_consultation_intouchable_d3005', table='accounts_consultation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='consultation_ineffacable', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (current_user <> 'alin_purge' OR OLD.le > now() - interval '1825 days')", func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1c6dd8982a4da5905b7f3ad1c5c8364af7c295f1', operation='DELETE', pgid='pgtrigger_consultation_ineffacable_b3f9e', table='accounts_consultation', when='BEFORE')),
        ),
    ]
