"""What a reader is told, and what it may say: pydantic's forms on the way there and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from rules.calendar.workdays import WorkCalendar, WorkYear
from rules.draft import Draft
from rules.people.bodies import Body

_MEGABYTE = 1024 * 1024
MOST_REGISTER = 64 * _MEGABYTE  # of our own making: more is a fault
#: Bytes of all that a reader says about one paper. A text of 600 pages comes back with every sentence twice.
MOST_ANSWER = 32 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one paper may take. Programs that its reader starts have limits of their own."""

    cpu_seconds: int = 40  # of the reader itself; 200 pages take two
    silent_seconds: float = 150.0  # without a report: a conversion may take 90, a page of OCR 100
    whole_seconds: float = 7200.0  # fifty pages of OCR at their limit, behind others
    memory: int = 400 * _MEGABYTE  # of address space, on top of what a reader begins with
    file_bytes: int = 256 * _MEGABYTE  # the largest file that it may write


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a paper is read with. The same bytes of it are taken in once."""

    bodies: tuple[Body, ...]
    years: Mapping[int, WorkYear]
    weekend: frozenset[int]

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar as it was handed over."""
        return WorkCalendar(self.years, self.weekend)


@dataclass(frozen=True, slots=True)
class Order:
    """One paper; its bytes follow in a frame of their own."""

    name: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a reader ended: its exit code (minus a signal's number), or that its time was over."""

    code: int
    over_time: bool = False


@dataclass(frozen=True, slots=True)
class ReaderSaid:
    """One thing that a reader says; exactly one of the fields is there."""

    progress: tuple[str, float] | None = None
    draft: Draft | None = None
    refused: str | None = None
    of_document: bool = True  # the refusal is about the paper itself
    fault: str | None = None  # a traceback
    ended: Ended | None = None  # the zygote's word, not the reader's


BOUNDS: TypeAdapter[Bounds] = TypeAdapter(Bounds)
KNOWLEDGE: TypeAdapter[Knowledge] = TypeAdapter(Knowledge)
ORDER: TypeAdapter[Order] = TypeAdapter(Order)
SAID: TypeAdapter[ReaderSaid] = TypeAdapter(ReaderSaid)
