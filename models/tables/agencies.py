"""The dated register of bodies: names, succession, membership, contacts, the committee."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypedDict

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database import predicates
from models.database.columns import big_key
from rules.outbox.addresses import channel_of, identity_of


class Agency(SQLModel, table=True):
    """A body; never deleted, never renumbered. Dates are inclusive."""

    __table_args__ = (sa.Index("ix_agency_ends", "valid_to", **predicates.where(predicates.ENDS_SQL)),)

    id: str = Field(primary_key=True, max_length=40)
    name: str
    kind: str = Field(max_length=24, index=True)
    valid_from: date | None = None
    valid_to: date | None = None
    vague: bool = False
    represents: str | None = Field(default=None, foreign_key="agency.id")
    note: str | None = None


class AgencyAlias(SQLModel, table=True):
    """Another way a text names the body; ``position`` keeps the register's order."""

    __tablename__ = "agency_alias"

    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    position: int = Field(primary_key=True)
    alias: str


class AgencySuccession(SQLModel, table=True):
    """Which body took over from which, when, by which document."""

    __tablename__ = "agency_succession"

    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    successor_id: str = Field(primary_key=True, foreign_key="agency.id")
    succeeded_on: date | None = None
    legal_basis: str | None = None


class GroupMember(SQLModel, table=True):
    """Dated membership of a collective."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "member_id", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    group_id: str = Field(foreign_key="agency.id", index=True)
    member_id: str = Field(foreign_key="agency.id")
    position: int = 0
    valid_from: date | None = None
    valid_to: date | None = None


class Contact(SQLModel, table=True):
    """Who reads a body's letters: a role of the register, or a person who sits there (``person_id``)."""

    __table_args__ = (
        sa.Index(
            "ix_contact_of_office", "agency_id", "role", "label", unique=True,
            **predicates.where("person_id IS NULL"),
        ),
        sa.Index(
            "ix_contact_of_person", "agency_id", "role", "person_id", unique=True,
            **predicates.where("person_id IS NOT NULL"),
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    agency_id: str = Field(foreign_key="agency.id", index=True)
    role: str = Field(max_length=24)
    label: str
    active: bool = True
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True, sa_type=big_key())


class _Derived(TypedDict):
    default: Callable[[Any], str]  # of SQLAlchemy's context


def _of_url(derive: Callable[[str], str]) -> _Derived:
    """A column that is derived from the row's ``url`` when it is inserted; ``respell`` keeps them in step."""
    return {"default": lambda context: derive(context.get_current_parameters()["url"])}


class ContactAddress(SQLModel, table=True):
    """One Apprise URL of a contact, tried in the order of ``position``.

    ``identity`` tells whether two addresses reach the same place (``rules/outbox/addresses.py``). What a mark
    (``unusable_since``) means and when it ends: ``rules/outbox/address_marks.py``.
    """

    __tablename__ = "contact_address"
    __table_args__ = (UniqueConstraint("contact_id", "url"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    contact_id: int = Field(foreign_key="contact.id", index=True, sa_type=big_key())
    position: int = 0
    url: str = Field(repr=False)  # may hold a token when it belongs to a stock plugin
    channel: str | None = Field(default=None, max_length=24, sa_column_kwargs=_of_url(channel_of))
    identity: str | None = Field(default=None, index=True, repr=False, sa_column_kwargs=_of_url(identity_of))
    withdrawn: bool = False  # no longer in the register; kept because messages point to it
    unusable_since: date | None = None
    unusable_reason: str | None = None

    def respell(self, url: str) -> None:
        """Another spelling of the same address: the row, and whatever points to it, stays."""
        self.url, self.channel, self.identity = url, channel_of(url), identity_of(url)


class Committee(SQLModel, table=True):
    """The one committee of this installation, by the ids of its bodies."""

    id: int = Field(default=1, primary_key=True)
    body_id: str = Field(foreign_key="agency.id")
    chair_id: str = Field(foreign_key="agency.id")
    standing_agency_id: str = Field(foreign_key="agency.id")
    upper_id: str = Field(foreign_key="agency.id")
    secretariat_id: str = Field(foreign_key="agency.id")
