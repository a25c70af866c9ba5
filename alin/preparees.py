"""A queryset written in SQL once per process, then asked as often as one likes with other values.

Building a queryset of some size and turning it into SQL costs Django more time than PostgreSQL needs to answer it, and
so does its plan. On the busiest pages both are made once: what changes from one person to the next is a `parametre`,
given when the rows are read.

    enfants = Preparee(Personne.objects.filter(parent=parametre("parent")).values_list("nom"))
    enfants.lire(parent=clef)   # [("Anne",), …]

Rows come as psycopg reads them: no model, no converter. A column that needs one has no place here.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Field, Lookup, Value
from django.db.models.base import ModelState
from psycopg import Cursor
from psycopg._queries import PostgresQuery
from psycopg.sql import Literal

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Parametre:
    """The place of a value not known yet."""

    nom: str


def parametre(nom: str) -> Value:
    """To be put in a queryset where a value would stand."""
    return Value(Parametre(nom))


class Preparee:
    """The SQL of a `values_list`; reading raises KeyError when a parameter is not given.

    What is the same for everybody is written in the SQL: a plan made once for all values knows these, so it may use an
    index of the open offers alone. `autour` is SQL to put around that of the queryset, where it has `{}`.
    """

    def __init__(self, requete: "models.QuerySet[Any, Any]", autour: str = "{}") -> None:
        sql, valeurs = requete.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        sql = sql.replace("%%", "%%%%") % tuple(
            "%s" if isinstance(valeur, Parametre) else _litteral(valeur) for valeur in valeurs
        )
        self.sql = autour.format(sql)
        self.places = [valeur.nom for valeur in valeurs if isinstance(valeur, Parametre)]

    def lire(self, **valeurs: Any) -> list[tuple[Any, ...]]:
        """The rows, in one query."""
        donnees = [valeurs[nom] for nom in self.places]
        with _curseur() as curseur:
            curseur.execute(self.sql, donnees)
            lignes: list[tuple[Any, ...]] = curseur.fetchall()
        return lignes


def _litteral(valeur: Any) -> str:
    """A constant as SQL has it, in a text where a place is still `%s`."""
    return Literal(valeur).as_string().replace("%", "%%")


class _Curseur(Cursor[Any]):
    """Sends the values apart from the SQL, and remembers it for Django's log of queries."""

    def _convert_query(self, *arguments: Any, **options: Any) -> PostgresQuery:
        self._query = super()._convert_query(*arguments, **options)
        return self._query


def _curseur() -> Any:
    """A cursor whose SQL PostgreSQL prepares and plans once, too: Django's own write the values into it.

    It is wrapped as they are: logged, counted, timed.
    """
    connection.ensure_connection()
    return connection._prepare_cursor(_Curseur(connection.connection))  # type: ignore[attr-defined]


def colonnes(modele: type[models.Model], *, sauf: tuple[str, ...] = ()) -> list[str]:
    """The names of the columns that make an instance, in the order `instance` wants them."""
    return [champ.attname for champ in modele._meta.concrete_fields if champ.attname not in sauf]


def instance(modele: type[M], noms: list[str], valeurs: tuple[Any, ...]) -> M:
    """The object behind a row; a column left out is read when asked for.

    A model's constructor takes ten times as long, going through every field. It is not called: columns are plain
    values, and nobody listens to signals.
    """
    objet = modele.__new__(modele)
    objet._state = ModelState()
    objet._state.adding, objet._state.db = False, DEFAULT_DB_ALIAS
    vars(objet).update(zip(noms, valeurs, strict=True))
    return objet


@Field.register_lookup
class Parmi(Lookup[bool]):
    """`code__parmi=codes`: one array, where `in` writes each value; the SQL does not change with their number."""

    lookup_name = "parmi"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        gauche, places_de_gauche = self.process_lhs(compiler, connection)
        droite, places_de_droite = self.process_rhs(compiler, connection)
        return self.comparer(gauche, droite, connection), [*places_de_gauche, *places_de_droite]

    def comparer(self, gauche: str, droite: str, connection: Any) -> str:  # noqa: ARG002
        return f"{gauche} = ANY({droite})"


@Field.register_lookup
class ParmiBeaucoup(Parmi):
    """The same through a hash, made once in a query. No index serves it: for rows that are looked at anyway.

    PostgreSQL reads an array it does not know while planning from one end to the other, for each row.
    """

    lookup_name = "parmi_beaucoup"

    def comparer(self, gauche: str, droite: str, connection: Any) -> str:
        return f"{gauche} IN (SELECT unnest({droite}::{self.lhs.output_field.db_type(connection)}[]))"
