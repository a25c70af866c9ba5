from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import migrations, models
from django.db.models import F


def noter_les_boites_prouvees(apps, schema_editor):
    """Imports made since 20/04/2021 were all proved by a code (guide #4)."""
    depuis = datetime(2021, 4, 20, tzinfo=ZoneInfo("Europe/Paris"))
    apps.get_model("demandes", "Demande").objects.filter(importee_le__gte=depuis).update(code_verifie_le=F("importee_le"))


class Migration(migrations.Migration):

    dependencies = [
        ('demandes', '0004_la_vie_d_une_demande'),
    ]

    operations = [
        migrations.AddField(
            model_name='demande',
            name='code_verifie_le',
            field=models.DateTimeField(blank=True, null=True, verbose_name='boîte aux lettres du registre prouvée le'),
        ),
        migrations.AddField(
            model_name='importation',
            name='refus',
            field=models.CharField(blank=True, max_length=300, verbose_name='pourquoi l’import est refusé'),
        ),
        migrations.RunPython(noter_les_boites_prouvees, migrations.RunPython.noop, elidable=True),
    ]
