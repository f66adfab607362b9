"""Conclusions and the directives in them, as corrected and published by the secretariat."""

from datetime import date, datetime

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field, SQLModel, UniqueConstraint

from models.database import predicates
from models.database.columns import big_key, json_or_null, json_value, words
from rules.draft import DueKind
from rules.vocabulary import Actor, DocumentMove, DocumentState, PartyRole, Way


class Document(SQLModel, table=True):
    """A conclusion. ``identity`` is set when it is issued: one issue per issuer, year, number.

    Whoever takes the whole document back frees it, so that the right paper can be issued under the number.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    state: DocumentState = Field(sa_type=words(DocumentState, "state"), index=True)
    kind: str = Field(max_length=16)
    number: str | None = None
    dated_on: date | None = None
    issuer_id: str | None = Field(default=None, foreign_key="agency.id")
    issuer: str | None = None
    title: str = ""
    text: str = ""
    source_name: str = ""  # the file it came from
    source_digest: str | None = Field(default=None, max_length=64, index=True)  # SHA-256 of its bytes
    draft: dict[str, JsonValue] = Field(default_factory=dict, sa_type=json_value())
    first_reading: list[JsonValue] | None = Field(
        default=None, sa_type=json_or_null()
    )  # changed by another reading only
    #: Keys of the questions answered with yes when it was made ready or issued (actions/open_questions).
    confirmed: list[str] | None = Field(default=None, sa_type=json_or_null())
    identity: str | None = Field(default=None, unique=True)
    version: int = 0
    entered_at: datetime
    issue_at: datetime | None = None  # when a document made ready is to be issued
    issued_at: datetime | None = None


class DocumentEvent(SQLModel, table=True):
    """One move of a document from draft to its issue and after; rows are only ever added."""

    __tablename__ = "document_event"
    __table_args__ = (UniqueConstraint("document_id", "seq"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    document_id: int = Field(foreign_key="document.id", sa_type=big_key())
    seq: int  # the document's version after the move
    happened_at: datetime
    kind: DocumentMove = Field(sa_type=words(DocumentMove, "kind"))
    actor: Actor = Field(sa_type=words(Actor, "actor"))
    person_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    instead_of_id: int | None = Field(default=None, foreign_key="person.id", sa_type=big_key())
    way: Way | None = Field(default=None, sa_type=words(Way, "way"))
    issue_at: datetime | None = None  # the instant that was set by it
    note: str = ""  # the reason, where somebody gave one


class AwaitedEvent(SQLModel, table=True):
    """What a deadline waits for ("sau khi được phê duyệt"), and the day on which it happened."""

    __tablename__ = "awaited_event"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    document_id: int = Field(foreign_key="document.id", index=True, sa_type=big_key())
    words: str  # as the text names it
    happened_on: date | None = None
    recorded_at: datetime | None = None  # when somebody said that it had happened


class Directive(SQLModel, table=True):
    """One directive: the exact source span, its deadline as read, and what became of it."""

    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        sa.Index("ix_directive_recurring", "id", **predicates.where(predicates.RECURRING_SQL)),
        sa.Index("ix_directive_due_years", "due_years", **predicates.where(predicates.MARKED_SQL)),
        sa.Index("ix_directive_event_id", "event_id", **predicates.where("event_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    document_id: int = Field(foreign_key="document.id", sa_type=big_key())
    ordinal: int  # 1, 2, 3... in the order of the text; what was added after the issue follows
    text: str
    span_start: int
    span_end: int
    due_kind: DueKind = Field(sa_type=words(DueKind, "due_kind"))
    due_on: date | None = None
    due_rule: str | None = None
    due_phrase: str | None = None
    due_read_by: str | None = None
    due_anchor: str | None = None
    due_approximate: bool = False
    due_event: str | None = None
    due_basis: str = ""  # how a derived date came about, for people to read
    due_counted: bool = False  # the calendar gave the date, and gives it again when its days have changed
    due_counted_from: date | None = None  # the document's day; that of the issue for a receipt
    due_given_days: int | None = None  # working days of the policy that the date was counted with
    due_years: str = ""  # the years over which it was counted before their notice came: "2026, 2027"
    urgency: str = ""  # "khẩn trương", "kịp thời": kept as the text has it, never made into a date
    event_id: int | None = Field(default=None, foreign_key="awaited_event.id", sa_type=big_key())
    escalation: bool = False
    standing_rule: bool = False  # a stand-alone escalation sentence: published without a task
    doubts: list[str] = Field(default_factory=list, sa_type=json_value())


class DirectiveParty(SQLModel, table=True):
    """A body that a directive names, in its role; collectives are kept as named."""

    __tablename__ = "directive_party"
    __table_args__ = (sa.Index("ix_directive_party_agency_id", "agency_id", "role", "directive_id"),)

    directive_id: int = Field(primary_key=True, foreign_key="directive.id", sa_type=big_key())
    role: PartyRole = Field(primary_key=True, sa_type=words(PartyRole, "role"))
    position: int = Field(primary_key=True)
    agency_id: str = Field(foreign_key="agency.id")
