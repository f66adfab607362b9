"""Posted values as people type them: seen signs only, composed; Vietnamese dates."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.datastructures import FormData

from rules.incoming import cleaned
from rules.refusal import NotFound, Refusal
from rules.typed import WrongDay, count_typed, day_typed, page_typed
from rules.vocabulary import Labelled
from rules.workdays import NoCalendar
from web.body_limit import LIMIT
from web.unsaved import typed_in, typed_texts

W = TypeVar("W", bound=Labelled)

#: A draft of three hundred directives has some ten fields each.
_MOST_FIELDS = 20_000


async def _posted(request: Request) -> AsyncIterator[FormData]:
    async with request.form(max_files=20, max_fields=_MOST_FIELDS, max_part_size=LIMIT) as form:
        typed_in(request)[:] = typed_texts(form)
        yield form


Posted = Annotated[FormData, Depends(_posted)]


WrongDate = WrongDay


def is_missing(error: Refusal) -> bool:
    """Whether what a page is about does not exist; a year without a calendar only hinders what was tried."""
    return isinstance(error, NotFound) and not isinstance(error, NoCalendar)


def text_of(form: FormData, name: str) -> str:
    """A posted text as it came through the door (``rules/incoming.py``), trimmed; "" if it was not sent."""
    value = form.get(name)
    return cleaned(value).strip() if isinstance(value, str) else ""


def pasted_in(form: FormData, name: str) -> str:
    """A pasted document as it was posted: its reader cleans it, and tells what could not be seen."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def texts_of(form: FormData, name: str) -> list[str]:
    """All posted texts of one name, without the empty ones."""
    found = [cleaned(value).strip() for value in form.getlist(name) if isinstance(value, str)]
    return [value for value in found if value]


def parse_day(typed: str) -> date | None:
    """A day written 5/9/2022 (or 2022-09-05); None if nothing was typed. Raises WrongDate."""
    return day_typed(typed) if typed.strip() else None


def number_in(typed: str) -> int:
    """A number that a key or version may have; -1, which none has, for everything else."""
    found = count_typed(typed)
    return -1 if found is None else found


def page_in(typed: str) -> int:
    """The number of a page of a list; the first one for everything that is none."""
    return page_typed(typed)


def word_of(vocabulary: type[W], typed: str | None) -> W | None:
    """The word of ``vocabulary`` that was sent, or None."""
    return next((word for word in vocabulary if word == typed), None)
