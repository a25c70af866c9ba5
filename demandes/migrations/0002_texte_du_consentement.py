import django.db.models.deletion
from django.db import migrations, models

from accounts.textes import lire


def reprendre_les_textes(apps, schema_editor):
    """Each leave keeps its words: those of the version it was given under, which were the same for all.

    Raises RuntimeError if a leave was given under other words, which no release of the portal showed.
    """
    Consentement, Texte = apps.get_model("demandes", "Consentement"), apps.get_model("accounts", "Texte")
    if not Consentement.objects.exists():
        return
    premier = next(fichier for fichier in lire() if (fichier.code, fichier.version) == ("consentement", 1))
    if Consentement.objects.exclude(texte_lu=premier.contenu).exists():
        raise RuntimeError("Un consentement a été donné sur un texte inconnu : rien n'est changé.")
    texte, _ = Texte.objects.get_or_create(
        code=premier.code, version=premier.version, defaults=premier._asdict()
    )
    Consentement.objects.update(texte=texte)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_textes'),
        ('demandes', '0001_initial'),
    ]

    operations = [
        migrations.RenameField(model_name='consentement', old_name='texte', new_name='texte_lu'),
        migrations.AddField(
            model_name='consentement',
            name='texte',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.texte', verbose_name='texte accepté'),
        ),
        migrations.RunPython(reprendre_les_textes, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='consentement',
            name='texte',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.texte', verbose_name='texte accepté'),
        ),
        migrations.RemoveField(model_name='consentement', name='texte_lu'),
    ]
