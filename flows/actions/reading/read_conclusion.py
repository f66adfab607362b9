"""One uploaded conclusion -> a Draft to be corrected; works without any database."""

from dataclasses import dataclass, replace
from datetime import date

from config.work_calendar import office_calendar
from flows.actions.reading.read_document import DocumentError, Progress, take_in
from rules.calendar.workdays import NoCalendar, WorkCalendar
from rules.draft import Doubt, Draft
from rules.people.registry import Registry
from rules.reading import read_text
from rules.reading.dates.dates import add_working_days
from rules.reading.text.limits import TooMuchToRead

#: ``Doubt.field`` of what was remarked when the file was taken in.
OF_FILE = "file"
#: Of one draft: what six hundred pages full of them hold. A person has to look at each.
MOST_DIRECTIVES = 10_000


def read_conclusion(
    name: str,
    data: bytes,
    registry: Registry,
    as_of: date | None,
    calendar: WorkCalendar | None = None,
    progress: Progress | None = None,
) -> Draft:
    """Read an uploaded conclusion.

    ``as_of`` stands in only for a date that the document does not state; ``calendar`` counts
    working days (None: the office's). What was come by with some risk (OCR, an encoding of the
    nineties) is said in a doubt of the draft. Raises DocumentError with a Vietnamese message.
    """
    days = KnownYears(calendar or office_calendar())
    content = take_in(name, data, progress)
    try:
        draft = read_text(content.text, registry, as_of, days)
    except TooMuchToRead as refusal:
        raise DocumentError(str(refusal)) from refusal
    if len(draft.directives) > MOST_DIRECTIVES:
        raise DocumentError(
            f"Tệp “{name}” có {len(draft.directives)} chỉ đạo, một dự thảo chỉ nhận {MOST_DIRECTIVES}. "
            "Hãy tách thành nhiều tệp."
        )
    remarks = tuple(Doubt(OF_FILE, remark) for remark in content.remarks)
    return replace(draft, doubts=remarks + draft.doubts)


@dataclass(frozen=True, slots=True)
class KnownYears:
    """The calendar where it has data; an old document is read all the same, by weekdays."""

    calendar: WorkCalendar

    def add(self, day: date, count: int) -> date:
        """The working day ``count`` working days after ``day``."""
        try:
            return self.calendar.add(day, count)
        except NoCalendar:
            return add_working_days(day, count, None)

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is worked."""
        try:
            return self.calendar.is_working(day)
        except NoCalendar:
            return day.weekday() not in self.calendar.weekend
