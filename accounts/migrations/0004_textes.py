import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from accounts.textes import lire


def reprendre_les_acceptations(apps, schema_editor):
    """Whoever ticked the box accepted the first version of « Données personnelles », on the date that was kept."""
    User, Texte = apps.get_model("accounts", "User"), apps.get_model("accounts", "Texte")
    Acceptation = apps.get_model("accounts", "Acceptation")
    ont_accepte = User.objects.exclude(donnees_acceptees_le=None)
    if not ont_accepte.exists():
        return
    premier = next(fichier for fichier in lire() if (fichier.code, fichier.version) == ("donnees", 1))
    texte = Texte.objects.create(**premier._asdict())
    Acceptation.objects.bulk_create(
        (
            Acceptation(personne_id=cle, texte=texte, le=le)
            for cle, le in ont_accepte.values_list("pk", "donnees_acceptees_le").iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_courriel_personne'),
    ]

    operations = [
        migrations.CreateModel(
            name='Texte',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('donnees', 'Données personnelles'), ('cgu', 'Conditions générales d’utilisation'), ('consentement', 'Accord donné au service logement')], max_length=12, verbose_name='texte')),
                ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                ('en_vigueur_le', models.DateField(verbose_name='en vigueur depuis le')),
                ('contenu', models.TextField(verbose_name='contenu')),
            ],
            options={
                'verbose_name': 'texte',
                'ordering': ['code', '-version'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='une_version_par_numero', violation_error_message='Cette version est déjà publiée.')],
            },
        ),
        migrations.CreateModel(
            name='Acceptation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('le', models.DateTimeField(default=django.utils.timezone.now, verbose_name='accepté le')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptations', to=settings.AUTH_USER_MODEL)),
                ('texte', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptations', to='accounts.texte')),
            ],
            options={
                'verbose_name': 'acceptation',
                'ordering': ['-le'],
                'constraints': [models.UniqueConstraint(fields=('personne', 'texte'), name='une_acceptation_par_texte', violation_error_message='Cette personne a déjà accepté ce texte.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='texte',
            trigger=pgtrigger.compiler.Trigger(name='texte_intouchable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eb499c39bc3c92d446ca8feef05c3638af73470b', operation='UPDATE OR DELETE', pgid='pgtrigger_texte_intouchable_8c4c2', table='accounts_texte', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptation',
            trigger=pgtrigger.compiler.Trigger(name='acceptation_intouchable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='26fe3ca82abcf42db1e57f3948f24104735a3f48', operation='UPDATE', pgid='pgtrigger_acceptation_intouchable_6cc7d', table='accounts_acceptation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='acceptation',
            trigger=pgtrigger.compiler.Trigger(name='acceptation_part_avec_sa_personne', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT FROM accounts_user WHERE id = OLD.personne_id) THEN RAISE EXCEPTION 'An acceptance leaves with its person only'; END IF; RETURN NULL;", hash='acf58e0e61164d38d6ddd3893081fae47507559a', operation='DELETE', pgid='pgtrigger_acceptation_part_avec_sa_personne_d1ae9', table='accounts_acceptation', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.RunPython(reprendre_les_acceptations, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(
            model_name='user',
            name='donnees_acceptees_le',
        ),
    ]
