from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_consultation_acte'),
    ]

    operations = [
        migrations.AddField(
            model_name='courriel',
            name='personne_id',
            field=models.UUIDField(blank=True, db_index=True, null=True, verbose_name='identifiant de la personne'),
        ),
        migrations.RunSQL(
            "UPDATE accounts_courriel SET personne_id = accounts_user.id FROM accounts_user"
            " WHERE accounts_user.email = lower(COALESCE(NULLIF(repondre_a, ''), destinataire))",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='consultation',
            name='objet_nature',
            field=models.CharField(choices=[('demande', 'Demande'), ('candidature', 'Candidature'), ('compte', 'Compte')], default='demande', max_length=12, verbose_name='nature de l’objet'),
        ),
    ]
