import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('candidatures', '0010_bareme_de_classement'),
        ('demandes', '0008_criteres_du_classement'),
        ('offres', '0041_index_de_la_liste'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Seance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tenue_le', models.DateField(verbose_name='tenue le')),
                ('examinees', models.PositiveSmallIntegerField(verbose_name='candidatures examinées')),
                ('classees', models.PositiveSmallIntegerField(verbose_name='candidats classés')),
                ('justification', models.TextField(blank=True, verbose_name='pourquoi moins de trois candidatures')),
                ('le', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saisie le')),
            ],
            options={
                'verbose_name': 'séance de commission',
                'verbose_name_plural': 'séances de commission',
                'ordering': ['-tenue_le', '-id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='candidature',
            name='un_seul_attributaire',
        ),
        migrations.AlterField(
            model_name='motif',
            name='action',
            field=models.CharField(choices=[('annuler', 'Annuler cette candidature'), ('valider', 'Valider la candidature'), ('invalider', 'Ne pas valider'), ('transmettre', 'Transmettre au bailleur'), ('proposer-visite', 'Enregistrer la visite'), ('passer-en-commission', 'Inscrire à la commission'), ('attribuer', 'Attribuer (rang 1)'), ('classer', 'Classer à un rang suivant'), ('conditionner', 'Attribuer sous condition'), ('non-attribuer', 'Ne pas attribuer'), ('declarer-irrecevable', 'Déclarer irrecevable'), ('proposer', 'Notifier la proposition'), ('accepter', 'Accepter ce logement'), ('refuser', 'Refuser ce logement'), ('expirer', 'Constater l’absence de réponse'), ('signer', 'Enregistrer le bail signé'), ('passer-au-suivant', 'Passer au rang suivant'), ('clore', 'Clore : logement attribué à un autre candidat'), ('retirer', 'Libérer : offre retirée'), ('radier', 'Libérer : demande radiée'), ('effacer', 'Libérer : compte supprimé')], max_length=24, verbose_name='pour'),
        ),
        migrations.AddField(
            model_name='seance',
            name='offre',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seances', to='offres.offre', verbose_name='offre'),
        ),
        migrations.AddField(
            model_name='seance',
            name='par',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='seances_saisies', to=settings.AUTH_USER_MODEL, verbose_name='saisie par'),
        ),
        migrations.AddField(
            model_name='candidature',
            name='seance',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidatures', to='candidatures.seance', verbose_name='séance'),
        ),
        migrations.AddConstraint(
            model_name='candidature',
            constraint=models.UniqueConstraint(condition=models.Q(('statut__in', ['acceptee', 'attribuee', 'bail_signe', 'proposee', 'sous_condition'])), fields=('offre',), name='un_seul_attributaire', violation_error_message='Ce logement est déjà attribué à un autre candidat.'),
        ),
        migrations.AddConstraint(
            model_name='candidature',
            constraint=models.UniqueConstraint(condition=models.Q(('statut__in', ['acceptee', 'attribuee', 'bail_signe', 'classee', 'proposee', 'sous_condition'])), fields=('offre', 'rang'), name='un_rang_par_offre', violation_error_message='Ce rang est déjà donné à un autre candidat sur ce logement.'),
        ),
        migrations.AddConstraint(
            model_name='candidature',
            constraint=models.CheckConstraint(condition=models.Q(('rang', None), models.Q(('rang__gte', 1), models.Q(('statut__in', ['deposee', 'en_commission', 'invalidee', 'transmise', 'validee', 'visite']), _negated=True)), _connector='OR'), name='rang_donne_par_la_commission', violation_error_message='Seule la commission donne un rang, à partir de 1.'),
        ),
        migrations.AddConstraint(
            model_name='seance',
            constraint=models.CheckConstraint(condition=models.Q(('examinees__gte', 3), models.Q(('justification', ''), _negated=True), _connector='OR'), name='trois_examinees_ou_une_raison', violation_error_message='Moins de trois candidatures examinées : écrivez pourquoi (article R441-3).'),
        ),
        migrations.AddConstraint(
            model_name='seance',
            constraint=models.CheckConstraint(condition=models.Q(('classees__lte', models.F('examinees')), ('examinees__gte', 1)), name='classees_parmi_les_examinees', violation_error_message='On ne classe que des candidatures examinées.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seance',
            trigger=pgtrigger.compiler.Trigger(name='rangs_de_un_a_n', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF EXISTS (\n    SELECT FROM candidatures_candidature WHERE seance_id = NEW.id\n    HAVING count(*) <> NEW.examinees OR count(rang) <> NEW.classees OR coalesce(max(rang), 0) <> NEW.classees\n        OR count(DISTINCT rang) <> NEW.classees\n) THEN\n    RAISE EXCEPTION 'pgtrigger: the ranks of sitting % are not 1 to %', NEW.id, NEW.classees;\nEND IF;\nRETURN NULL;\n", hash='be8281eb8cd94f1e3ad995d890e6f321faf0e73e', operation='INSERT', pgid='pgtrigger_rangs_de_un_a_n_85ce2', table='candidatures_seance', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seance',
            trigger=pgtrigger.compiler.Trigger(name='seance_intouchable', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "offre_id", "tenue_le", "examinees", "classees", "justification", "le" rows from % table\', TG_TABLE_NAME;', hash='b9d29dc662b37251de24f0c0921d2df02096b26b', operation='UPDATE OF "offre_id", "tenue_le", "examinees", "classees", "justification", "le"', pgid='pgtrigger_seance_intouchable_833e2', table='candidatures_seance', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='candidature',
            trigger=pgtrigger.compiler.Trigger(name='rang_donne_une_fois', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.rang IS NOT NULL AND NEW.rang IS DISTINCT FROM OLD.rang OR OLD.seance_id IS NOT NULL AND NEW.seance_id IS DISTINCT FROM OLD.seance_id)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='777569b11d2d4cab700c86f6b61496747c55174c', operation='UPDATE', pgid='pgtrigger_rang_donne_une_fois_a6c41', table='candidatures_candidature', when='BEFORE')),
        ),
    ]
