"""How the revisions of people, signing in and the trail (0021, 0022) say what their tables are."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

text, instant = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def among(column: str, words: tuple[str, ...]) -> str:
    """That ``column`` holds one of ``words``."""
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def word(table: str, column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    """The CHECK of a word."""
    return sa.CheckConstraint(among(column, words), name=op.f(f"ck_{table}_{column}"))


def points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    """A foreign key."""
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def of_person(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    """A foreign key to a person."""
    return points(table, column, "person.id")


def primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    """The primary key."""
    return sa.PrimaryKeyConstraint(*columns or ("id",), name=op.f(f"pk_{table}"))


def indexed(table: str, *columns: str) -> None:
    """An index on each of ``columns``."""
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
