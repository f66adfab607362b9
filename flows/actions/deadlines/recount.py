"""The notice of a year has come, or has changed: what was counted over its earlier days is counted anew.

Source: issue 10, "Tạm tính for ever". Runs in the daily follow-up, before anybody is reminded. Normally no
year has changed, and that is all that is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.act import Act
from flows.actions.doors.recount import lapse_question
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_deadlines import tell_deadline
from models.deadlines.calendar_years import RecountedDeadline, changed_years, note_years
from models.deadlines.recount_lists import left_on, lift_marks, questions_by_task, was_kept
from models.deadlines.recounts import Countable, countable, countable_count
from models.people.register import the_committee
from models.trail.deeds import part_of_its_own
from notifications.outbox.enqueue import enqueue, letter_by
from rules.calendar.workdays import NoCalendar
from rules.deadlines.anchors import shown_years
from rules.deadlines.recounts import Counted, Recount, count_again, outcome
from rules.outbox.payloads import keys
from rules.outbox.payloads.office import Recounted
from rules.refusal import NotAllowed
from rules.vocabulary import DeadlineCause, EventKind

BY_HAND = "ngày do Văn phòng ghi, hệ thống không tính lại"


@dataclass(frozen=True, slots=True)
class _Counting:
    session: Session
    act: Act
    years: frozenset[int]  # whose days have changed
    questions: dict[int, RecountedDeadline]  # by task, what nobody has answered
    left: frozenset[int]  # tasks that this day's earlier pass has left alone


def recount(session: Session, act: Act) -> int:
    """Count anew what hangs on a changed year; returns how many deadlines it would move. Safe to run twice.

    A deadline that nobody has moved since gets its new day, and the bodies are told; a day that is over
    already is asked about, unless the old one was kept in an answer to the same question. The secretariat
    gets one letter of all. A task that somebody holds at this moment is left to the next pass, and the year
    with it.
    """
    years = changed_years(session, act.office.calendar)
    if not years:
        note_years(session, act.office.calendar, act.now, new_only=True)
        return 0
    found = countable(session)  # which holds the tasks, so that nobody answers a question from here on
    desk = _Counting(session, act, years, questions_by_task(session), left_on(session, act.today))
    rows = [row for one in found if (row := _counted_anew(desk, one)) is not None]
    if len(found) == countable_count(session):
        lift_marks(session, years)
        note_years(session, act.office.calendar, act.now)
    if rows:
        _tell_secretariat(desk, rows)
    return len(rows)


def _counted_anew(desk: _Counting, one: Countable) -> RecountedDeadline | None:
    """What became of one deadline, if it is worth a line."""
    if not one.by_rule:
        return _left(desk, one, None, BY_HAND) if one.marked & desk.years else None
    try:
        counted = count_again(one.counting, desk.act.office.calendar)
    except NoCalendar as missing:
        return _left(desk, one, None, f"{missing}") if one.marked & desk.years else None
    if counted is None or not counted.touches(desk.years):
        return None
    _lapse_question(desk, one, counted)
    found = outcome(one.counted_due, counted.due_on, bool(one.moved_by), desk.act.today)
    if found is Recount.MOVED:
        return _moved(desk, one, counted)
    if found is Recount.LEFT:
        return _left(desk, one, counted.due_on, one.moved_by)
    if found is None or was_kept(desk.session, one.task_id, one.counting.due_on, counted.due_on):
        return None
    return _line(desk, one, found, counted.due_on)


def _moved(desk: _Counting, one: Countable, counted: Counted) -> RecountedDeadline | None:
    """Set the day; trouble with one task is its own and undoes nobody else's work."""
    task, old, new = find_task(desk.session, one.task_id), one.counting.due_on, counted.due_on
    words = f"tính lại theo lịch nghỉ chính thức năm {shown_years(desk.years)}"
    counted_anew = Happening(
        EventKind.DEADLINE_SET,
        note=f"Thời hạn {new:%d/%m/%Y}, {words} (trước đó: {old:%d/%m/%Y}).",
        changes={"due_on": new, "original_due_on": new},
        cause=DeadlineCause.CALENDAR,
    )
    try:
        with part_of_its_own(desk.session):
            perform(desk.session, task, desk.act, counted_anew)
            tell_deadline(desk.session, task, desk.act, old, DeadlineCause.CALENDAR, words)
    except NotAllowed as refusal:
        return _left(desk, one, new, f"{refusal}")
    return _line(desk, one, Recount.MOVED, new)


def _left(desk: _Counting, one: Countable, new: date | None, reason: str) -> RecountedDeadline | None:
    """Somebody else has the last word on this deadline; what was said today is not said twice."""
    return None if one.task_id in desk.left else _line(desk, one, Recount.LEFT, new, reason)


def _line(
    desk: _Counting, one: Countable, found: Recount, new: date | None, reason: str = ""
) -> RecountedDeadline | None:
    """One line of the list; a question that stands already is not asked again."""
    if found is Recount.ASKED and one.task_id in desk.questions:
        return None
    row = RecountedDeadline(
        task_id=one.task_id,
        counted_on=desk.act.today,
        years=shown_years(desk.years),
        outcome=found,
        old_due_on=one.counting.due_on,
        new_due_on=new,
        reason=reason,
    )
    desk.session.add(row)
    return row


def _lapse_question(desk: _Counting, one: Countable, counted: Counted) -> None:
    """An earlier count asked about another day, or about a deadline that somebody has moved since."""
    row = desk.questions.get(one.task_id)
    if row and (row.new_due_on, row.old_due_on) != (counted.due_on, one.counting.due_on):
        lapse_question(desk.session, row, desk.act)
        del desk.questions[one.task_id]


def _tell_secretariat(desk: _Counting, rows: Sequence[RecountedDeadline]) -> None:
    """One letter of everything that this pass found; it reads the lines when it leaves."""
    desk.session.flush()
    ids = [row.id or 0 for row in rows]
    notices = [desk.act.office.calendar.years[year].notice or "" for year in sorted(desk.years)]
    told = Recounted(ids[0], ids[-1], shown_years(desk.years), "; ".join(filter(None, notices)))
    key, secretariat = keys.calendar(desk.act.today, ids[0]), the_committee(desk.session).secretariat_id
    enqueue(desk.session, [letter_by(desk.act, key, told, secretariat)], desk.act.now)
