"""What must leave the building: letters (decided) and messages (one address, one channel).

A letter's key holds ids, a rung and a date, never persons or addresses. Persons and addresses
are resolved when the letter goes out; bundling happens then, so one message may carry many
letters. See ``docs/decisions/0003`` for what an unsettled message means.
"""

from datetime import date, datetime

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database import predicates
from models.database.columns import big_key, json_value, words
from rules.letter_words import LetterState, MessageState, OutcomeClass
from rules.outbox.payloads.keys import LetterKind


class OutboxLetter(SQLModel, table=True):
    """One letter to one body, written in the transaction of the decision."""

    __tablename__ = "outbox_letter"
    __table_args__ = (
        sa.Index("ix_outbox_letter_waiting", "not_before", **predicates.where(predicates.WAITING_SQL)),
        sa.Index("ix_outbox_letter_telling", "task_id", **predicates.where(predicates.TELLING_SQL)),
        sa.Index("ix_outbox_letter_case_id", "case_id", **predicates.where("case_id IS NOT NULL")),
        sa.Index(
            "ix_outbox_letter_reminded",
            "due_on",
            "task_id",
            "number",
            **predicates.where(predicates.REMINDER_SQL),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    key: str = Field(unique=True)
    kind: LetterKind = Field(sa_type=words(LetterKind, "kind"))
    agency_id: str = Field(foreign_key="agency.id")
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True, sa_type=big_key())
    case_id: int | None = Field(default=None, foreign_key="escalation_case.id", sa_type=big_key())
    person_id: int | None = Field(
        default=None, foreign_key="person.id", sa_type=big_key()
    )  # to this one alone
    scheduled_on: date
    not_before: datetime
    urgent: bool = False
    number: int | None = None  # the step of a reminder, the number of an urging
    due_on: date | None = None  # the deadline that the letter speaks of, to see whether it still holds
    data: dict[str, JsonValue] = Field(default_factory=dict, sa_type=json_value())
    state: LetterState = Field(sa_type=words(LetterState, "state"))
    state_note: str = ""
    written_at: datetime


class OutboxMessage(SQLModel, table=True):
    """A bundle of letters to one contact at one address. ``key`` names contact, bundle, address.

    ``claim`` counts its claims: whoever settles names the claim that it settles, and a claim that is
    not the present one settles nothing. ``claimed_by`` is the worker's number
    (``models/installation/workers.py``).
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        sa.Index("ix_outbox_message_due", "state", "next_at"),
        # The next to leave on a channel is the first of this index, however many wait behind it.
        sa.Index(
            "ix_outbox_message_next",
            "channel",
            "urgent",
            "next_at",
            "id",
            **predicates.where(predicates.TO_GO_SQL),
        ),
        sa.Index("ix_outbox_message_reader", "contact_id", **predicates.where(predicates.TO_GO_SQL)),
        sa.Index("ix_outbox_message_sending", "claimed_by", **predicates.where(predicates.SENDING_SQL)),
        sa.Index("ix_outbox_message_unknown", "id", **predicates.where(predicates.UNSETTLED_SQL)),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    key: str = Field(unique=True)
    bundle: str
    contact_id: int = Field(foreign_key="contact.id", sa_type=big_key())
    address_id: int = Field(foreign_key="contact_address.id", sa_type=big_key())
    channel: str = Field(max_length=24)
    message_id: str  # our RFC 5322 Message-ID, the same for every attempt
    urgent: bool = False
    subject: str = ""
    state: MessageState = Field(sa_type=words(MessageState, "state"))
    next_at: datetime
    give_up_at: datetime
    attempts: int = 0
    claim: int = 0
    claimed_by: int | None = None
    outcome: OutcomeClass | None = Field(default=None, sa_type=words(OutcomeClass, "outcome"))
    outcome_code: str = ""
    outcome_text: str = ""
    provider_id: str | None = None
    settled_at: datetime | None = None


class MessageLetter(SQLModel, table=True):
    """Which letters a message carries."""

    __tablename__ = "message_letter"

    message_id: int = Field(primary_key=True, foreign_key="outbox_message.id", sa_type=big_key())
    letter_id: int = Field(primary_key=True, foreign_key="outbox_letter.id", index=True, sa_type=big_key())


class DeliveryEvent(SQLModel, table=True):
    """Each attempt and its outcome; rows are only ever added."""

    __tablename__ = "delivery_event"
    __table_args__ = (UniqueConstraint("message_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    message_id: int = Field(foreign_key="outbox_message.id", sa_type=big_key())
    seq: int
    happened_at: datetime
    state: MessageState = Field(sa_type=words(MessageState, "state"))
    code: str = ""
    text: str = ""


class ChannelState(SQLModel, table=True):
    """What passes have found out about a channel; no row: never any trouble.

    ``strikes`` counts doubtful failures in a row, ``stops`` how often the channel was stopped since it
    last worked, ``since`` when the present trouble began. ``paused_until`` is the next probe.
    """

    __tablename__ = "channel_state"

    channel: str = Field(primary_key=True, max_length=24)
    strikes: int = 0
    stops: int = 0
    since: datetime | None = None
    paused_until: datetime | None = None
    probe_by: int | None = None  # the worker whose letter tries this channel now; the others wait for it
    code: str = ""
    text: str = ""


class Installation(SQLModel, table=True):
    """This installation, known from its first migration on: one row.

    ``secret`` (64 hex digits, random) keys our Message-IDs, so that another installation's letters never
    bear ours, and a letter that is said again after a restore bears its own.
    """

    id: int = Field(default=1, primary_key=True)
    secret: str = Field(repr=False)
    purpose: str | None = Field(
        default=None, max_length=8
    )  # ``models/installation/restores.py``; None: the office's own


class Moment(SQLModel, table=True):
    """The instant of the last tick: one row. A simulated one is kept until another is given."""

    id: int = Field(default=1, primary_key=True)
    instant: datetime
    simulated: bool = False


class DigestIssue(SQLModel, table=True):
    """A digest that was sent; freezes its date so that the next knows its predecessor."""

    __tablename__ = "digest_issue"

    issued_on: date = Field(primary_key=True)
    counts: dict[str, int] = Field(default_factory=dict, sa_type=json_value())
