"""The cards of a draft cut, joined, added and taken back: values in, a draft out, nothing stored.

Each says where its directive stands afterwards. Source: issue 14, line 8.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from config.work_calendar import office_calendar
from flows.actions.reading.read_conclusion import KnownYears
from rules.calendar.workdays import WorkCalendar
from rules.documents.cutting import halves
from rules.documents.joining import joined
from rules.documents.places import place_of, warned
from rules.draft import Draft, DraftDirective, Span
from rules.people.registry import Registry
from rules.reading import hand_reader
from rules.reading.by_hand import HandReader
from rules.refusal import NotAllowed

_NO_PLACE = "Chưa tách được: chỗ tách phải nằm giữa hai phần đều có chữ của chỉ đạo này."
_NO_NEXT = "Không có chỉ đạo nào đứng sau để ghép."
_NOT_IN_TEXT = "Không tìm thấy đúng câu này trong văn bản; hãy sao chép nguyên văn từ cột bên cạnh."
_GONE = "Không còn thẻ này trong dự thảo."


@dataclass(frozen=True, slots=True)
class Recut:
    """A draft, and the place (from 0) of the directive that somebody changed."""

    draft: Draft
    place: int | None = None


#: Made when it is asked for: a reading of the whole text's names costs time.
Reads = Callable[[], HandReader]


def reader_of(draft: Draft, registry: Registry, calendar: WorkCalendar | None = None) -> HandReader:
    """Reads parts of the text of ``draft`` as the whole was read. Raises TooMuchToRead (Vietnamese)."""
    facts, days = draft.document, KnownYears(calendar or office_calendar())
    return hand_reader(facts.text, registry, facts.date, days, facts.genre)


def cut(draft: Draft, place: int, at: int, reads: Reads) -> Recut:
    """The directive at ``place`` as two, parted at ``at`` of the text, both read again. Raises NotAllowed."""
    directive = draft.directives[place]
    parts = halves(draft.document.text, directive.span, at)
    if parts is None:
        raise NotAllowed(_NO_PLACE)
    return Recut(_with(draft, place, 1, *reads().split(directive, parts)), place)


def merge(draft: Draft, place: int) -> Recut:
    """The directive at ``place`` and the next as one. Raises NotAllowed."""
    if place + 1 >= len(draft.directives):
        raise NotAllowed(_NO_NEXT)
    both = joined(draft.document.text, *draft.directives[place : place + 2])
    return Recut(_with(draft, place, 2, both), place)


def restore(draft: Draft, number: int) -> Recut:
    """The dropped directive ``number`` (from 0) back among the others. Raises NotAllowed."""
    if not 0 <= number < len(draft.dropped):
        raise NotAllowed(_GONE)
    rest = tuple(one for n, one in enumerate(draft.dropped) if n != number)
    return put_in(replace(draft, dropped=rest), draft.dropped[number])


def add(draft: Draft, sentence: str, reads: Reads) -> Recut:
    """The words of ``sentence`` as one more directive, read at once. Raises NotAllowed."""
    taken = [one.span for one in draft.directives]
    place = place_of(draft.document.text, sentence, taken)
    if place is None:
        raise NotAllowed(_NOT_IN_TEXT)
    return put_in(draft, reads().read(place))


def add_at(draft: Draft, place: Span, reads: Reads) -> Recut:
    """The words at ``place`` as one more directive, read at once."""
    return put_in(draft, reads().read(place))


def put_in(draft: Draft, directive: DraftDirective) -> Recut:
    """``directive`` in its place, with a doubt where its words are a directive already."""
    more = warned(directive, draft.directives)
    ordered = sorted((*draft.directives, more), key=lambda one: (one.span.start, one.span.end))
    at = next(n for n, one in enumerate(ordered) if one is more)
    return Recut(replace(draft, directives=tuple(ordered)), at)


def _with(draft: Draft, place: int, count: int, *new: DraftDirective) -> Draft:
    """``new`` instead of ``count`` directives from ``place`` on."""
    directives = (*draft.directives[:place], *new, *draft.directives[place + count :])
    return replace(draft, directives=directives)
