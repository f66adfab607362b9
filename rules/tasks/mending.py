"""Mending an issued task: what it says, what it should say, and the deadline that follows.

Source: issue 10, line 9. A correction puts right what was read otherwise than the paper has it. It is no
extension: the deadline of the issue stays visible, and what was extended or paused since then stays so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from rules.calendar.workdays import WorkCalendar
from rules.deadlines.classes import DueDates
from rules.refusal import NotAllowed
from rules.vocabulary import CorrectionField

#: A day further ahead is a slip in the year.
MOST_YEARS_AHEAD = 20
MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class TaskReading:
    """What a task says: its words, who leads, who cooperates, and by when by the paper's sentence."""

    text: str
    lead: str
    cooperating: frozenset[str]
    due_on: date | None


def differences(before: TaskReading, after: TaskReading) -> tuple[CorrectionField, ...]:
    """The fields in which two readings differ; words are compared, not the blanks between them."""
    pairs = (
        (CorrectionField.TEXT, before.text.split(), after.text.split()),
        (CorrectionField.LEAD, before.lead, after.lead),
        (CorrectionField.COOPERATE, before.cooperating, after.cooperating),
        (CorrectionField.DUE, before.due_on, after.due_on),
    )
    return tuple(field for field, was, now in pairs if was != now)


def shared(theirs: TaskReading, before: TaskReading, after: TaskReading) -> TaskReading:
    """What another task of the same directive should say once ``before`` was put right to ``after``.

    Only where both said the same; each keeps its own lead, who does not cooperate with itself.
    """
    partners = before.cooperating - {theirs.lead} == theirs.cooperating - {before.lead}
    return TaskReading(
        text=after.text if theirs.text.split() == before.text.split() else theirs.text,
        lead=theirs.lead,
        cooperating=after.cooperating - {theirs.lead} if partners else theirs.cooperating,
        due_on=after.due_on if theirs.due_on == before.due_on else theirs.due_on,
    )


def check_reading(after: TaskReading, changed: Collection[CorrectionField]) -> None:
    """Whether a task may be made to say this. Raises NotAllowed, in Vietnamese."""
    if not changed:
        raise NotAllowed("Chưa có nội dung nào khác với nhiệm vụ hiện nay nên không có gì để đính chính.")
    if not after.text.strip():
        raise NotAllowed("Nội dung nhiệm vụ không được để trống.")
    if len(after.text) > MOST_CHARACTERS:
        raise NotAllowed(f"Nội dung nhiệm vụ dài {len(after.text)} ký tự, tối đa {MOST_CHARACTERS}.")
    if after.lead in after.cooperating:
        raise NotAllowed("Cơ quan chủ trì không thể đồng thời là cơ quan phối hợp của nhiệm vụ này.")


def check_paper_day(day: date, dated_on: date | None, parent_on: date | None, today: date) -> None:
    """Whether the paper can say so: not before itself, not after whoever sums up, no slip in the year.

    A day that has passed is no reason: the paper says what it says. Raises NotAllowed, in Vietnamese.
    """
    if dated_on is not None and day < dated_on:
        raise NotAllowed(f"Thời hạn {day:%d/%m/%Y} ở trước ngày văn bản ({dated_on:%d/%m/%Y}).")
    if day.year > today.year + MOST_YEARS_AHEAD:
        raise NotAllowed(f"Thời hạn {day:%d/%m/%Y} còn quá xa, xem lại năm đã ghi.")
    if parent_on is not None and day > parent_on:
        raise NotAllowed(f"Thời hạn không được sau thời hạn của cơ quan tổng hợp ({parent_on:%d/%m/%Y}).")


def in_force(dates: DueDates, paper_on: date, calendar: WorkCalendar) -> tuple[date, date]:
    """The deadline in force once the paper says ``paper_on``: with the task's pauses, and without.

    An extension was granted up to a day, so it stands unless the paper itself gives more time; the
    working days that pauses took are added again. Raises NoCalendar.
    """
    unpaused = dates.without_pauses
    without = max(paper_on, unpaused) if unpaused is not None and dates.extended else paper_on
    if unpaused is None or dates.due_on is None or dates.due_on <= unpaused:
        return without, without
    return calendar.add(without, calendar.between(unpaused, dates.due_on)), without
