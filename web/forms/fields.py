"""Posted values as people type them: seen signs only, composed; Vietnamese dates."""

from collections.abc import AsyncIterator
from datetime import date
from itertools import islice
from typing import Annotated, TypeVar

from anyio import current_time
from anyio.to_thread import run_sync
from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from flows.actions.tasks.evidence.held_files import size_of
from rules.calendar.workdays import NoCalendar
from rules.refusal import NotFound, Refusal
from rules.text.incoming import cleaned
from rules.text.typed import WrongDay, count_typed, day_typed, page_typed
from rules.vocabulary import Labelled
from web.forms.body_limit import FORM
from web.forms.form_reading import read_form
from web.forms.under_way import Share, UnderWay, in_hand
from web.kit.unsaved import typed_in, typed_texts
from web.visitors.visitor import STILL

W = TypeVar("W", bound=Labelled)

#: The fields of files: chosen now, and held since a form was refused (``chosen_files.py``).
CHOSEN, KEPT = "tep", "giu"
_MOST_HELD = 20  # files that are held; a form with more is refused before one is read
_SMALL = 64 * 1024  # bytes of text; such a form never waits
#: Seconds after which it is asked again who sends a form: a large one may arrive for an hour and more.
_LONG = 5.0
_NO_LONGER = (
    "Trong khi biểu mẫu được gửi, phiên đăng nhập đã kết thúc hoặc vị trí của bạn đã thay đổi; chưa có gì "
    "được lưu. Hãy mở lại trang rồi gửi lại."
)


async def _posted(request: Request) -> AsyncIterator[FormData]:
    """Where every form comes in: its text is decoded in ``read_form``; a large form waits for its turn."""
    rooms: UnderWay = request.app.state.under_way
    text, whole, began = Share(rooms.text), Share(rooms.arriving), current_time()
    try:
        form = await read_form(request, request.scope.get("form_limits", FORM), text, whole)
        try:
            looks = rooms.looks if text.size > _SMALL else None
            async with in_hand(rooms, _memory(form, text.size)):
                typed_in(request)[:] = await run_sync(typed_texts, form, limiter=looks)
                if current_time() - began > _LONG:
                    await _check_still(request)
                yield form
        finally:
            await form.close()
    finally:
        text.end()
        whole.end()


async def _check_still(request: Request) -> None:
    """Whether whoever began to send is still the one who may. Raises HTTPException (401)."""
    still = request.scope.get(STILL)
    if still is not None and not await run_sync(still):
        raise HTTPException(401, _NO_LONGER)


def _memory(form: FormData, text: int) -> int:
    """Bytes that a page takes for ``form``: it reads its files, held ones too, and copies large text some
    four times."""
    files = sum(value.size or 0 for _, value in form.multi_items() if not isinstance(value, str))
    tokens = {str(value).partition("/")[0] for value in form.getlist(KEPT)}
    held = sum(size_of(token) or 0 for token in islice(tokens, _MOST_HELD))
    return files + held + (4 * text if text > _SMALL else 0)


#: Given back before the answer goes out: how fast somebody reads is no matter of the next one's files.
Posted = Annotated[FormData, Depends(_posted, scope="function")]


WrongDate = WrongDay


def is_missing(error: Refusal) -> bool:
    """Whether what a page is about does not exist; a year without a calendar only hinders what was tried."""
    return isinstance(error, NotFound) and not isinstance(error, NoCalendar)


def text_of(form: FormData, name: str) -> str:
    """A posted text as it came through the door (``rules/text/incoming.py``), trimmed, or ""."""
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
