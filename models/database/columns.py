"""What SQLModel will not check for us: naming of constraints, word columns, big keys."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from rules.text.typed import MOST_KEY

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def words(vocabulary: type[StrEnum], name: str) -> Any:
    """A column type that stores the value of a word and CHECKs it, on both databases.

    SQLModel by itself stores the member's *name* and makes a native type on PostgreSQL,
    where adding a word then needs ``ALTER TYPE``.
    """
    return sa.Enum(
        vocabulary,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=24,
        name=name,
    )


#: The largest key; a number that somebody typed may be longer than any column.
MOST_ID = MOST_KEY


def big_key() -> Any:
    """A 64-bit key (SQLite autoincrements INTEGER keys only)."""
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def json_value() -> Any:
    """A JSON column; assign a new value to change it, in-place changes are not saved."""
    return sa.JSON()


def json_or_null() -> Any:
    """The same for a value that may be missing: None is SQL's NULL, not JSON's."""
    return sa.JSON(none_as_null=True)
