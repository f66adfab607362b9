"""What a check of the office looks at, and what it says: a sentence, and how to mend what is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from config.settings import Settings
from models.db import reading
from models.outbox.missing_addresses import channels_in_use
from rules.outbox.channels import OUR_CHANNELS
from rules.vocabulary import Labelled


class FindingMark(Labelled):
    """How a finding stands."""

    GOOD = "good", "đạt"
    NOTE = "note", "lưu ý"
    WRONG = "wrong", "thiếu"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence (no secrets, no addresses of people); ``mend`` says what to do, empty where nothing is."""

    mark: FindingMark
    words: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Premises:
    """What there is to look at; a part that could not be opened is None, and ``why`` says why, by part."""

    settings: Settings | None
    office: Office | None
    engine: Engine | None
    now: datetime  # of the database, else of the clock
    why: dict[str, str]

    @property
    def today(self) -> date:
        """The office's day of ``now``."""
        return office_day(self.now)


@dataclass(frozen=True, slots=True)
class Check:
    """One subject: ``key`` for programs, ``label`` for people."""

    key: str
    label: str
    look: Callable[[Premises], Iterable[Finding]]


def uses(premises: Premises, schema: str) -> bool:
    """Whether the register has an address with this schema of ours; True where nobody knows."""
    if premises.engine is None:
        return True
    with reading(premises.engine) as session:
        return OUR_CHANNELS[schema].name in channels_in_use(session)


def good(words: str) -> Finding:
    """All is well with it."""
    return Finding(FindingMark.GOOD, words)


def note(words: str, mend: str = "") -> Finding:
    """Worth knowing; nothing is missing."""
    return Finding(FindingMark.NOTE, words, mend)


def wrong(words: str, mend: str = "") -> Finding:
    """Missing or broken: the office cannot do its work like this."""
    return Finding(FindingMark.WRONG, words, mend)
