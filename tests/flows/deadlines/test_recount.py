"""The notice of a year comes: what was counted over the provisional year is counted anew, said, or asked.

Seen to fail: all of them when ``changed_years`` finds none; by kind when a branch of
``rules/deadlines/recounts._by_its_rule`` is dropped; "twice" when ``note_years`` is not called after a count.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import Act, by_clock
from config.office import Office
from flows.actions.deadlines.awaited_events import record_event
from flows.actions.documents.intake import issue_stored, store_draft
from flows.actions.documents.issue import publish
from flows.actions.follow_up.follow_up import FollowUpReport, daily_follow_up
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.answer import answer
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from models.db import reading
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.documents import Directive
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task
from models.tasks.corrected_tasks import reading_of
from rules.calendar.workdays import WorkYear
from rules.deadlines.recounts import Recount
from rules.draft import DraftDirective, DraftDue, DueKind
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, DeadlineCause, EventKind, Way
from tests.cast import (  # fmt: skip
    FINANCE,
    ON_SQLITE,
    PLANNING,
    SECRETARIAT,
    TRADE,
    act,
    act_on,
    at,
    decided,
    directive,
    every,
    move_in,
    rows,
    task,
)
from tests.cast import conclusion as drafted
from tests.flows.deadlines.calendars import GUESSED, GUESSED_OFF, HOLIDAYS, KNOWN, office_by, with_year
from tests.flows.deadlines.test_awaited_events import waits
from tests.flows.deadlines.test_first_deadlines import from_receipt, two_hops
from tests.flows.tasks.test_replay import check_history
from tests.stories.told import without_year

MARK = "lịch nghỉ năm 2022 tạm tính"
COUNTED, NEW = date(2022, 9, 2), date(2022, 9, 6)  # 14 working days from 15/8, before and after the notice


def relative(*lead: str, days: int = 14, due: date | None = None, **more: object) -> DraftDirective:
    """So many working days from the document's day, 15/8/2022, as the reader has counted them."""
    phrase = f"trong {days} ngày làm việc kể từ ngày ký"
    day = due or GUESSED.calendar.add(date(2022, 8, 15), days)
    return directive(
        "Báo cáo.", *lead, due=DraftDue(DueKind.DATE, day, phrase=phrase, anchor="document"), **more
    )  # type: ignore[arg-type]


def issue(engine: Engine, *found: DraftDirective, under: Office = GUESSED, day: str = "2022-08-15") -> None:
    publish(move_in(engine), drafted(*found), Act(Actor.SECRETARIAT, at(day), under, Way.PAGE))


def morning(engine: Engine, day: str = "2022-08-17", under: Office = KNOWN) -> FollowUpReport:
    return daily_follow_up(engine, by_clock(at(day, "07:30"), under))


def lines(engine: Engine) -> list[tuple[int, Recount, date, date | None]]:
    return [
        (row.task_id, row.outcome, row.old_due_on, row.new_due_on) for row in rows(engine, RecountedDeadline)
    ]


def letters(engine: Engine, kind: LetterKind) -> list[str]:
    return [row.agency_id for row in rows(engine, OutboxLetter, OutboxLetter.kind == kind)]


def test_the_notice_moves_the_day_takes_the_mark_and_tells_everybody(engine: Engine) -> None:
    issue(engine, relative(FINANCE, cooperate=[PLANNING]))
    assert task(engine).due_on == COUNTED
    assert rows(engine, Directive)[0].due_basis == MARK
    report = morning(engine)
    moved = task(engine)
    assert (moved.due_on, moved.original_due_on, moved.due_set_on) == (NEW, NEW, date(2022, 8, 17))
    assert (rows(engine, Directive)[0].due_basis, rows(engine, Directive)[0].due_years) == ("", "")
    assert rows(engine, DeadlineChange)[-1].cause is DeadlineCause.CALENDAR
    assert letters(engine, LetterKind.DEADLINE) == [FINANCE, PLANNING]
    assert letters(engine, LetterKind.CALENDAR) == [SECRETARIAT]
    assert (report.counts[LetterKind.CALENDAR], lines(engine)) == (1, [(1, Recount.MOVED, COUNTED, NEW)])
    check_history(engine)


def test_twice_changes_nothing(engine: Engine) -> None:
    issue(engine, relative(FINANCE), relative(TRADE, days=30))
    morning(engine)
    before = decided(engine)
    morning(engine)
    assert decided(engine) == before
    morning(engine, under=GUESSED)  # a process that still has the old file
    assert decided(engine) == before


def receive(engine: Engine, day: str = "2022-08-18") -> None:
    answer(engine, 1, EventKind.RECEIVED, act_on(engine, 1, Actor.LEAD, at(day), office=GUESSED))


def happen(engine: Engine) -> None:
    record_event(engine, 1, date(2022, 8, 25), Act(Actor.SECRETARIAT, at("2022-08-26"), GUESSED, Way.PAGE))


def handed(engine: Engine) -> None:
    plan = preview_hand_over(engine, FINANCE, TRADE, at("2022-08-16"))
    hand_over(
        engine, plan, "NQ 202", "", Act(Actor.SECRETARIAT, at("2022-08-16"), GUESSED, Way.PAGE, capacity="x")
    )


Happening = Callable[[Engine], None] | None
FORTNIGHT = "trong 12 ngày làm việc kể từ ngày nhận được Thông báo này"
#: What is issued, what happens to it, on which morning the notice is used; the open task's day before, after.
KINDS: dict[str, tuple[DraftDirective, Happening, str, date, date]] = {
    "from the document": (relative(FINANCE), None, "2022-08-17", COUNTED, NEW),
    "from a presumed receipt": (
        from_receipt(FINANCE, phrase=FORTNIGHT), None, "2022-08-17", date(2022, 9, 1), date(2022, 9, 5),
    ),
    "from a recorded receipt": (
        from_receipt(FINANCE, phrase=FORTNIGHT), receive, "2022-08-19", date(2022, 9, 5), date(2022, 9, 7),
    ),
    "from an event": (
        waits("Triển khai.", FINANCE), happen, "2022-08-29", date(2022, 9, 1), date(2022, 9, 5),
    ),
    "a unit's day before its aggregator's": (
        two_hops(TRADE, day=date(2022, 9, 6)), None, "2022-08-17", date(2022, 9, 1), date(2022, 8, 30),
    ),
    "a recurring duty": (directive("Báo cáo tuần.", FINANCE, due=every("weekly")), None, "2022-08-30",
                         date(2022, 9, 2), date(2022, 8, 31)),
    "after a hand-over": (relative(FINANCE), handed, "2022-08-17", COUNTED, NEW),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_counted_by_the_rule_that_made_it(engine: Engine, kind: str) -> None:
    found, act, day, before, after = KINDS[kind]
    issue(engine, found, day="2022-08-29" if "recurring" in kind else "2022-08-15")
    if act:
        act(engine)
    last = len(rows(engine, Task))
    assert task(engine, last).due_on == before
    assert rows(engine, Directive)[0].due_years == "2022"
    morning(engine, day)
    assert (task(engine, last).due_on, rows(engine, Directive)[0].due_years) == (after, "")
    assert "tạm tính" not in rows(engine, Directive)[0].due_basis.replace("08/2022, tạm tính", "")
    assert lines(engine) == [(last, Recount.MOVED, before, after)]
    check_history(engine)


def test_a_notice_that_is_corrected_is_followed_again(engine: Engine) -> None:
    """Nothing was provisional: the days of a year that had its notice have changed."""
    first = office_by(notice="Thông báo số 1")
    issue(engine, relative(FINANCE), under=first)
    assert rows(engine, Directive)[0].due_years == ""
    morning(engine, "2022-08-16", first)
    assert lines(engine) == []
    morning(engine, "2022-08-17", KNOWN)
    morning(engine, "2022-08-18", office_by(HOLIDAYS[1], notice="Thông báo số 3"))
    assert [line[1:] for line in lines(engine)] == [
        (Recount.MOVED, COUNTED, NEW),
        (Recount.MOVED, NEW, date(2022, 9, 5)),
    ]
    assert task(engine).due_on == date(2022, 9, 5)


@ON_SQLITE
def test_a_provisional_year_that_is_only_edited_waits_for_its_notice(engine: Engine) -> None:
    issue(engine, relative(FINANCE))
    morning(engine, under=GUESSED_OFF)
    assert (task(engine).due_on, lines(engine)) == (COUNTED, [])
    assert rows(engine, Directive)[0].due_basis == MARK


@ON_SQLITE
def test_each_year_takes_its_own_mark(engine: Engine) -> None:
    guessed = with_year(GUESSED, WorkYear(2023, {}, provisional=True))
    issue(engine, two_hops(TRADE, day=date(2023, 1, 4)), under=guessed)
    assert rows(engine, Directive)[0].due_years == "2022, 2023"
    morning(engine, under=with_year(guessed, KNOWN.calendar.years[2022]))
    assert rows(engine, Directive)[0].due_basis.endswith("; lịch nghỉ năm 2023 tạm tính")
    off = {date(2023, 1, 2): "Nghỉ bù", date(2023, 1, 3): "Nghỉ bù"}
    notice = WorkYear(2023, off, provisional=False, notice="Thông báo số 9")
    morning(engine, "2022-12-01", with_year(KNOWN, notice))
    assert rows(engine, Directive)[0].due_years == ""
    assert task(engine, 2).due_on == date(2022, 12, 28)


@ON_SQLITE
def test_a_year_that_had_no_file_was_counted_by_weekdays(engine: Engine) -> None:
    without = without_year(KNOWN, 2023)
    found = relative(FINANCE, days=100, due=date(2023, 1, 2))  # as the reader counts without the file
    issue(engine, found, under=without)
    assert rows(engine, Directive)[0].due_basis == "lịch nghỉ năm 2023 tạm tính"
    morning(engine, under=without)
    assert lines(engine) == []
    morning(engine, "2022-12-01", KNOWN)
    assert task(engine).due_on == KNOWN.calendar.add(date(2022, 8, 15), 100) != date(2023, 1, 2)


@ON_SQLITE
def test_a_draft_that_was_read_before_the_notice_is_counted_anew(engine: Engine) -> None:
    found = relative(FINANCE)
    found = replace(found, due=replace(found.due, read_by="relative_days"))
    key = store_draft(move_in(engine), drafted(found), "kl.docx", act(Actor.SECRETARIAT, at("2022-08-15")))
    morning(engine, "2022-08-16")
    issue_stored(engine, key, None, Act(Actor.SECRETARIAT, at("2022-08-17", "09:00"), KNOWN, Way.PAGE))
    assert (task(engine).due_on, rows(engine, Directive)[0].due_basis) == (COUNTED, MARK)
    morning(engine, "2022-08-18")
    assert (task(engine).due_on, rows(engine, Directive)[0].due_basis) == (NEW, "")


@ON_SQLITE
def test_on_a_day_off_nobody_is_told(engine: Engine) -> None:
    issue(engine, relative(FINANCE))
    morning(engine, "2022-08-20")
    assert (task(engine).due_on, lines(engine)) == (COUNTED, [])
    morning(engine, "2022-08-22")
    assert task(engine).due_on == NEW


WEEKLY = directive("Báo cáo tuần.", FINANCE, due=every("weekly"))


def go(engine: Engine, source: str, to: str, day: str) -> None:
    """The newest task alone: what was done before stays where it was done."""
    now, newest = at(day, "06:00"), len(rows(engine, Task))
    hand_over(
        engine,
        preview_hand_over(engine, source, to, now, [newest]),
        "NQ 202",
        "",
        Act(Actor.SECRETARIAT, now, GUESSED, Way.PAGE, capacity="x"),
    )


def first_put_off(engine: Engine) -> None:
    """The occurrence before gets another day after this one was opened, which tells nothing of this one."""
    now = at("2022-08-29")
    with reading(engine) as session:
        wanted = replace(reading_of(session, session.get_one(Task, 1)), due_on=date(2022, 9, 1))
    correct(engine, Seen(1, 0), wanted, "Đọc nhầm.", act(Actor.SECRETARIAT, now, office=GUESSED))


@ON_SQLITE
@pytest.mark.parametrize("second", [False, True], ids=["first", "later"])
@pytest.mark.parametrize("moves", ["nothing", "once", "twice", "before"])
def test_a_recurring_duty_is_counted_from_its_own_opening(engine: Engine, second: bool, moves: str) -> None:
    """Its last working day becomes the 31st; whoever got it on the 31st has it for the same week."""
    issue(engine, WEEKLY, day="2022-08-22" if second else "2022-08-29")
    if second:
        late = moves == "twice"  # nothing ran on the 26th: the day on which it is opened is its own, too
        open_next_occurrences(engine, by_clock(at("2022-08-31" if late else "2022-08-26", "05:00"), GUESSED))
        if moves == "before":
            first_put_off(engine)
    if moves in ("once", "twice"):
        go(engine, FINANCE, TRADE, "2022-08-31")
    if moves == "twice":
        go(engine, TRADE, PLANNING, "2022-08-31")
    newest = [one for one in rows(engine, Task) if one.due_on == date(2022, 9, 2)][-1].id
    morning(engine, "2022-08-31")
    assert task(engine, newest).due_on == date(2022, 8, 31)


@ON_SQLITE
def test_a_receipt_counts_for_whoever_has_the_task_by_now(engine: Engine) -> None:
    issue(engine, from_receipt(FINANCE, phrase=FORTNIGHT))
    receive(engine)
    go(engine, FINANCE, TRADE, "2022-08-19")
    go(engine, TRADE, PLANNING, "2022-08-19")
    assert task(engine, 3).due_on == date(2022, 9, 5)
    morning(engine, "2022-08-19")
    assert task(engine, 3).due_on == date(2022, 9, 7)
