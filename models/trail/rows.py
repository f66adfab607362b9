"""The tables of the trail. Rows are only ever added; a seal follows each row in the order of its chain.

What a row says of a person by name stands apart (``TrailName``), and the seal covers its hash only: names of
closed years can be blacked out, and the chain still holds.
"""

from datetime import datetime

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field, SQLModel

from models.database.columns import big_key, json_value, words
from rules.trail.words import TrailWhat
from rules.vocabulary import Actor, Way

_DIGEST = 64


class TrailRow(SQLModel, table=True):
    """Something that changed anything, written in its transaction.

    ``noun`` and ``noun_key`` say on what ("task", "12"); ``data`` is small, and names nobody.
    """

    __tablename__ = "trail"
    __table_args__ = (
        *(
            sa.Index(f"ix_trail_{column}", column, "happened_at")
            for column in ("what", "person_id", "body_id")
        ),
        sa.Index("ix_trail_noun", "noun", "noun_key", "happened_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    happened_at: datetime = Field(index=True)
    what: TrailWhat = Field(sa_type=words(TrailWhat, "what"))
    actor: Actor | None = Field(default=None, sa_type=words(Actor, "actor"))
    way: Way | None = Field(default=None, sa_type=words(Way, "way"))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    instead_of_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    seat_id: int | None = Field(default=None, foreign_key="seat.id", sa_type=big_key())
    body_id: str | None = Field(default=None, foreign_key="agency.id")
    address: str = Field(default="", max_length=64)
    noun: str = Field(default="", max_length=24)
    noun_key: str = Field(default="", max_length=64)
    data: dict[str, JsonValue] = Field(default_factory=dict, sa_type=json_value())


class TrailName(SQLModel, table=True):
    """What a row says of a person in words; without ``said`` and ``salt`` it was blacked out."""

    __tablename__ = "trail_name"

    trail_id: int = Field(primary_key=True, foreign_key="trail.id", sa_type=big_key())
    said: str | None = None
    salt: str | None = Field(default=None, max_length=32)
    digest: str = Field(max_length=_DIGEST)


class TrailSeal(SQLModel, table=True):
    """The next link of the chain: ``digest`` covers the row and the digest before it."""

    __tablename__ = "trail_seal"

    seq: int = Field(primary_key=True, sa_type=big_key(), sa_column_kwargs={"autoincrement": False})
    trail_id: int = Field(unique=True, foreign_key="trail.id", sa_type=big_key())
    digest: str = Field(max_length=_DIGEST)
    sealed_at: datetime
