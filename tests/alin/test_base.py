"""What the models promise is in the database that the migrations made."""

import pytest
from django.apps import apps
from django.db import connection

NOTRES = ("accounts", "demandes", "offres", "candidatures")


@pytest.mark.django_db
def test_every_constraint_and_index_of_a_model_is_in_the_database() -> None:
    """A migration that changes a column may drop an index that is not its own."""
    modeles = [modele for nom in NOTRES for modele in apps.get_app_config(nom).get_models(include_auto_created=True)]
    attendus = {
        (modele._meta.db_table, un.name)
        for modele in modeles
        for un in (*modele._meta.constraints, *modele._meta.indexes)
        if modele._meta.managed
    }
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
            " UNION SELECT conrelid::regclass::text, conname FROM pg_constraint"
        )
        presents = set(curseur.fetchall())
    assert len(attendus) > 50
    assert attendus - presents == set()
