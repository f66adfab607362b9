"""The reading of one document: values that the reader returns and people correct.

Offsets count characters of ``DraftDocument.text`` (NFC), so every part of a reading can be
shown in place. A reading is never a fact: what is doubtful says so, with candidates.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict


class DocumentKind(StrEnum):
    """The forms a conclusion comes in (corpus guideline, field ``document.kind``)."""

    NOTICE = "notice"
    PRESS = "press"
    MINUTES = "minutes"
    TABLE = "table"
    SLIP = "slip"


class Genre(StrEnum):
    """What a paper really is, of those that an office drops in; it tells where its orders stand."""

    NOTICE = "thong-bao"
    PRESS = "bao-chi"
    LETTER = "cong-van"
    TELEGRAM = "cong-dien"
    PARTY = "dang"
    PLAN = "ke-hoach"
    MINUTES = "bien-ban"
    LIST = "danh-sach"


class DueKind(StrEnum):
    """Labelling guideline, section 4."""

    DATE = "date"
    RECURRING = "recurring"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the reader is unsure of: a Vietnamese sentence for the secretariat."""

    field: str  # "lead", "cooperate", "due", "report_to", "text", "date"...
    message: str
    candidates: tuple[str, ...] = ()  # names as in the register, best first
    span: Span | None = None  # the sentence that it is about, where it is about one of no directive


#: ``Doubt.field`` of a sentence that may be an order and became no directive.
LEFT_OVER = "sentence"


@dataclass(frozen=True, slots=True)
class Party:
    """A body named by a directive: ``phrase`` is the text's word, ``body_id`` the register's."""

    phrase: str
    body_id: str | None
    span: Span | None = None
    candidates: tuple[str, ...] = ()  # body ids, best first, when body_id is None


@dataclass(frozen=True, slots=True)
class DraftDue:
    """A deadline as read. ``rule`` is a recurrence in the guideline's notation."""

    kind: DueKind = DueKind.NONE
    date: dt.date | None = None
    rule: str | None = None
    phrase: str | None = None
    span: Span | None = None
    read_by: str | None = None  # name of the pattern that read the phrase
    anchor: str | None = None  # "document", "receipt", "event", or None for an absolute date
    approximate: bool = False
    event: str | None = None  # the event that starts the clock, in the text's words


@dataclass(frozen=True, slots=True)
class DraftDirective:
    """One directive: exact span, who, by when, to whom, and what is doubtful."""

    text: str
    span: Span
    lead: tuple[Party, ...] = ()
    cooperate: tuple[Party, ...] = ()
    due: DraftDue = field(default_factory=DraftDue)
    report_to: tuple[Party, ...] = ()
    escalation: bool = False
    standing_rule: bool = False  # a stand-alone escalation sentence: issued without a task
    doubts: tuple[Doubt, ...] = ()
    read_by: str | None = None  # name of the rule that judged it a directive


class PlainFields(TypedDict):
    """Fields of a directive that go as they are through the file of a draft, its form and its card.

    A new one needs a type in ``draft_form.DirectiveForm`` and a place on ``draft_cards.Card``, and nothing
    between them.
    """

    escalation: bool
    standing_rule: bool


PLAIN_FIELDS = tuple(PlainFields.__annotations__)


class Mark(StrEnum):
    """What a line of the operative part amounts to (labelling guideline §1)."""

    DIRECTIVE = "directive"
    ORIENTATION = "orientation"
    NO_TASK = "no_task"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, bullet or row of the operative part; ``reason`` is Vietnamese, ``read_by`` its rule."""

    span: Span
    mark: Mark
    reason: str
    read_by: str


@dataclass(frozen=True, slots=True)
class DraftDocument:
    """The document itself; ``date`` None means that nothing in the text gives it."""

    kind: DocumentKind
    number: str | None
    date: dt.date | None
    issuer: str | None  # name as in the register where it resolves, else the text's words
    issuer_id: str | None
    title: str
    text: str
    urgent: bool = False  # stamped "HỎA TỐC"
    genre: Genre | None = None  # None: written by hand, or read by an older release
    genre_reason: str = ""  # why it was taken for that, in Vietnamese
    sentences: int = 0  # how many sentences and rows were looked at; 0 where nobody counted


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole reading."""

    document: DraftDocument
    directives: tuple[DraftDirective, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    statements: tuple[Statement, ...] = ()  # the operative part line by line, without gaps
    outside: tuple[Statement, ...] = ()  # what stands before and after it, and why it gives no order
    dropped: tuple[DraftDirective, ...] = ()  # set aside by a person, to be had back until the issue
