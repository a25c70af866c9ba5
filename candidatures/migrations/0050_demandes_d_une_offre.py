import django.db.models.deletion
from django.db import migrations, models

ANCIEN = "candidatures_candidature_offre_id_bfe3771a"
"""The index of the foreign key alone: the new one begins with the same column."""


class Migration(migrations.Migration):
    dependencies = [
        ("candidatures", "0049_mur_de_l_aide"),
        ("demandes", "0012_emplois_d_une_entreprise"),
        ("offres", "0045_lieu_des_offres"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="candidature",
            index=models.Index(fields=["offre", "demande"], include=("statut",), name="demandes_d_une_offre"),
        ),
        migrations.RemoveIndex(model_name="candidature", name="candidatures_d_une_offre"),
        # Django would drop every index of that column, the partial one of `un_seul_attributaire` too.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX {ANCIEN}", f"CREATE INDEX {ANCIEN} ON candidatures_candidature (offre_id)"
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="candidature",
                    name="offre",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidatures",
                        to="offres.offre",
                    ),
                ),
            ],
        ),
    ]
