"""An event that deadlines wait for: once it has a day, every task that hangs on it has its date."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.deadlines.awaited_events import EventOutcome, record_event
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.replay import present, replay
from models.db import reading
from models.deadlines.awaited import awaited_events, bases_of
from models.tables.documents import AwaitedEvent, Directive
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from rules.calendar.workdays import NoCalendar
from rules.draft import DraftDirective, DraftDue, DueKind
from rules.refusal import NotAllowed, NotFound
from rules.vocabulary import Actor, DeadlineCause, EventKind, TaskStatus
from tests.cast import (
    DATED,
    FINANCE,
    PLANNING,
    TRADE,
    act,
    at,
    change,
    directive,
    dump,
    issue,
    move_in,
    rows,
)
from tests.cast import task as the_task

APPROVED = "đề án được phê duyệt"


def after(phrase: str, event: str = APPROVED) -> DraftDue:
    return DraftDue(DueKind.NONE, phrase=phrase, anchor="event", event=event)


def waits(
    text: str, *lead: str, phrase: str = "trong 05 ngày làm việc kể từ ngày đề án được phê duyệt"
) -> DraftDirective:
    return directive(text, *lead, due=after(phrase))


def record(engine: Engine, day: str, on: str = "2022-08-25", event: int = 1) -> EventOutcome:
    return record_event(engine, event, date.fromisoformat(day), act(Actor.SECRETARIAT, at(on)))


def deadlines(engine: Engine) -> list[date | None]:
    return [task.due_on for task in rows(engine, Task)]


def test_tasks_of_one_event_wait_together_and_get_their_own_dates(engine: Engine) -> None:
    first = waits("Triển khai đề án.", FINANCE, TRADE)
    second = waits("Báo cáo kết quả.", PLANNING, phrase="trong vòng 10 ngày kể từ ngày đề án được phê duyệt")
    issue(move_in(engine), first, second, DATED)
    with reading(engine) as session:
        [event] = awaited_events(session)
    assert (event.words, event.waiting, event.happened_on) == (APPROVED, 3, None)
    assert deadlines(engine)[:3] == [None] * 3
    assert all(task.review_on for task in rows(engine, Task)[:3])

    assert record(engine, "2022-08-25") == EventOutcome(("GN-0001", "GN-0002", "GN-0003"))
    assert deadlines(engine) == [date(2022, 9, 5), date(2022, 9, 5), date(2022, 9, 4), date(2022, 8, 31)]
    dated = the_task(engine)
    assert (dated.original_due_on, dated.due_set_on, dated.review_on) == (
        date(2022, 9, 5),
        date(2022, 8, 25),
        None,
    )
    with reading(engine) as session:
        assert awaited_events(session) == []
        assert [e.happened_on for e in awaited_events(session, happened=True)] == [date(2022, 8, 25)]
        assert bases_of(session, [1, 4]) == {1: f"tính từ ngày 25/08/2022: {APPROVED}"}


def test_each_deadline_has_its_cause_and_its_event(engine: Engine) -> None:
    issue(move_in(engine), waits("Triển khai đề án.", FINANCE))
    record(engine, "2022-08-25")
    [moved] = rows(engine, DeadlineChange)
    assert (moved.old_due_on, moved.due_on, moved.cause) == (None, date(2022, 9, 5), DeadlineCause.EVENT)
    history = rows(engine, TaskEvent)
    assert [event.kind for event in history] == [EventKind.ASSIGNED, EventKind.DEADLINE_SET]
    assert (history[1].actor, history[1].seq) == (Actor.SECRETARIAT, moved.event_seq)
    assert replay(history) == present(the_task(engine))


def test_the_same_day_again_changes_nothing(engine: Engine) -> None:
    issue(move_in(engine), waits("Triển khai đề án.", FINANCE))
    record(engine, "2022-08-25")
    before = dump(engine)
    assert record(engine, "2022-08-25", on="2022-08-26") == EventOutcome()
    assert dump(engine) == before


def test_another_day_corrects_what_still_stands_as_the_event_had_set_it(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), waits("Triển khai đề án.", FINANCE, TRADE))
    record(sqlite_engine, "2022-08-25")
    extended = date(2022, 10, 1)
    change(sqlite_engine, Task, 2, due_on=extended)  # as an extension would
    assert record(sqlite_engine, "2022-08-26", on="2022-08-27") == EventOutcome(("GN-0001",))
    assert deadlines(sqlite_engine) == [date(2022, 9, 6), extended]
    assert [row.cause for row in rows(sqlite_engine, DeadlineChange)] == [
        DeadlineCause.EVENT,
        DeadlineCause.EVENT,
        DeadlineCause.CORRECTION,
    ]


def test_a_phrase_without_a_number_of_days_gives_no_date_but_a_review(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), waits("Triển khai.", FINANCE, phrase="ngay sau khi được phê duyệt"))
    assert record(sqlite_engine, "2022-08-25") == EventOutcome(undated=("GN-0001",))
    task = the_task(sqlite_engine)
    assert (task.due_on, task.review_on) == (None, date(2022, 8, 25))
    assert "chưa có thời hạn" in rows(sqlite_engine, TaskEvent)[1].note


def test_a_day_already_fixed_may_lie_ahead(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), waits("Trình kỳ họp.", FINANCE, phrase="tại kỳ họp cuối năm"))
    assert record(sqlite_engine, "2022-12-07").dated == ("GN-0001",)
    assert deadlines(sqlite_engine) == [date(2022, 12, 7)]


def test_closed_tasks_get_no_date(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), waits("Triển khai.", FINANCE, TRADE))
    answer(sqlite_engine, 1, EventKind.WITHDRAWN, act(Actor.LEADER, at("2022-08-20")), Said("Thôi"))
    assert record(sqlite_engine, "2022-08-25").dated == ("GN-0002",)
    assert the_task(sqlite_engine).status is TaskStatus.WITHDRAWN
    assert deadlines(sqlite_engine) == [None, date(2022, 9, 5)]


@pytest.mark.parametrize(
    ("event", "day", "error", "words"),
    [
        (7, "2022-08-25", NotFound, "sự kiện số 7"),
        (1, "2022-08-14", NotAllowed, "trước ngày văn bản"),
        (1, "2027-12-30", NoCalendar, "2028"),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(
    sqlite_engine: Engine, event: int, day: str, error: type[Exception], words: str
) -> None:
    issue(move_in(sqlite_engine), waits("Triển khai.", FINANCE))
    before = dump(sqlite_engine)
    with pytest.raises(error, match=words):
        record(sqlite_engine, day, event=event)
    assert dump(sqlite_engine) == before


def test_a_dated_directive_waits_for_nothing(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    assert rows(sqlite_engine, AwaitedEvent) == []
    assert rows(sqlite_engine, Directive)[0].event_id is None
