"""What a count by a new calendar does not set: what somebody has moved since, and days that are over.

Seen to fail: "moved" when ``models/deadlines/recounts._moved`` finds nothing; "over" when ``outcome`` never
asks; "answered twice" when ``_swap`` compares no outcome.
"""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.deadlines import recount
from flows.actions.deadlines.recount_answers import answer_recount
from flows.actions.doors.task import Happening, perform
from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.withdraw import withdraw
from models.db import reading
from models.deadlines.calendar_years import RecountedDeadline
from models.deadlines.recount_lists import count_questions, open_question
from models.tables.documents import Directive
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from rules.deadlines.recounts import Recount
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import Actor, DeadlineCause, TaskStatus, Way
from tests.cast import (
    FINANCE,
    ON_POSTGRESQL,
    ON_SQLITE,
    SECRETARIAT,
    TRADE,
    act,
    act_on,
    at,
    by,
    decided,
    directive,
    rows,
    task,
)
from tests.flows.deadlines.calendars import GUESSED, GUESSED_OFF, HOLIDAYS, KNOWN_WORKED, office_by
from tests.flows.deadlines.test_recount import (
    COUNTED,
    MARK,
    NEW,
    handed,
    issue,
    letters,
    lines,
    morning,
    relative,
)
from tests.flows.tasks.test_replay import check_history


def extended(engine: Engine) -> None:
    now = at("2022-08-16")
    ask_extension(
        engine, 1, "Chờ số liệu.", date(2022, 9, 30), act_on(engine, 1, Actor.LEAD, now, office=GUESSED)
    )
    decide_extension(engine, 1, True, "", act(Actor.ASSIGNER, now, office=GUESSED))


def rested(engine: Engine) -> None:
    pause(engine, 1, "Chờ hướng dẫn.", act(Actor.ASSIGNER, at("2022-08-15")))
    resume(engine, 1, "", act(Actor.ASSIGNER, at("2022-08-16"), office=GUESSED))


def extended_and_handed(engine: Engine) -> None:
    extended(engine)
    handed(engine)


@ON_SQLITE
@pytest.mark.parametrize(
    ("moves", "reason"),
    [
        (extended, "được gia hạn"),
        (rested, "cộng thời gian tạm dừng"),
        (extended_and_handed, "đã thay đổi trước khi chuyển giao"),
    ],
)
def test_what_somebody_has_moved_since_is_left_alone_and_said(
    engine: Engine, moves: Callable[[Engine], None], reason: str
) -> None:
    issue(engine, relative(FINANCE))
    moves(engine)
    last = len(rows(engine, Task))
    due_on = task(engine, last).due_on
    morning(engine)
    assert task(engine, last).due_on == due_on
    assert rows(engine, Directive)[0].due_basis == ""
    [row] = rows(engine, RecountedDeadline)
    assert (row.outcome, row.new_due_on, row.reason) == (Recount.LEFT, NEW, reason)
    assert letters(engine, LetterKind.CALENDAR) == [SECRETARIAT]


@ON_SQLITE
def test_a_day_that_stays_only_loses_its_mark(engine: Engine) -> None:
    issue(engine, relative(FINANCE, days=5))
    assert rows(engine, Directive)[0].due_basis == MARK
    assert LetterKind.CALENDAR not in morning(engine).counts
    assert (rows(engine, Directive)[0].due_basis, lines(engine)) == ("", [])
    assert letters(engine, LetterKind.DEADLINE) == letters(engine, LetterKind.CALENDAR) == []


@ON_SQLITE
def test_what_is_closed_or_set_by_hand_is_not_counted(engine: Engine) -> None:
    by_hand = relative(TRADE, due=date(2022, 9, 15))
    issue(engine, relative(FINANCE), by_hand, directive("Báo cáo.", FINANCE, due=by(COUNTED)))
    withdraw(engine, 1, "Thôi.", act(Actor.ASSIGNER, at("2022-08-16"), office=GUESSED))
    morning(engine)
    assert [one.due_on for one in rows(engine, Task)] == [COUNTED, date(2022, 9, 15), COUNTED]
    assert [(row.task_id, row.outcome) for row in rows(engine, RecountedDeadline)] == [(2, Recount.LEFT)]
    assert {row.due_basis for row in rows(engine, Directive)} == {""}


def test_a_day_that_is_over_is_asked_about_and_not_set(engine: Engine) -> None:
    issue(engine, relative(FINANCE, due=NEW), under=GUESSED_OFF)
    morning(engine, "2022-09-05", KNOWN_WORKED)
    assert (task(engine).due_on, lines(engine)) == (NEW, [(1, Recount.ASKED, NEW, COUNTED)])
    assert letters(engine, LetterKind.DEADLINE) == []
    assert letters(engine, LetterKind.CALENDAR) == [SECRETARIAT]
    assert rows(engine, Directive)[0].due_basis == ""
    before = decided(engine)
    morning(engine, "2022-09-05", KNOWN_WORKED)
    assert decided(engine) == before


def asked(engine: Engine) -> Engine:
    issue(engine, relative(FINANCE, due=NEW), under=GUESSED_OFF)
    morning(engine, "2022-09-05", KNOWN_WORKED)
    return engine


def handed_late(engine: Engine) -> None:
    now = at("2022-09-05", "14:00")
    hand_over(
        engine,
        preview_hand_over(engine, FINANCE, TRADE, now),
        "NQ 202",
        "",
        Act(Actor.SECRETARIAT, now, KNOWN_WORKED, Way.PAGE, capacity="x"),
    )


def reply(engine: Engine, take: bool, note: str = "") -> date | None:
    return answer_recount(
        engine, 1, take, note, Act(Actor.SECRETARIAT, at("2022-09-05", "10:00"), KNOWN_WORKED, Way.PAGE)
    )


def test_the_secretariat_takes_the_day_or_keeps_the_old_one(engine: Engine) -> None:
    asked(engine)
    assert reply(engine, True) == COUNTED
    assert (task(engine).due_on, task(engine).original_due_on) == (COUNTED, COUNTED)
    assert rows(engine, DeadlineChange)[-1].cause is DeadlineCause.CALENDAR
    assert letters(engine, LetterKind.DEADLINE) == [FINANCE]
    assert lines(engine) == [(1, Recount.SET, NEW, COUNTED)]
    with pytest.raises(NotAllowed, match="không còn chờ quyết định: Văn phòng lấy ngày tính lại"):
        reply(engine, False)
    check_history(engine)


@ON_SQLITE
def test_a_day_that_is_kept_stands_with_the_reason(engine: Engine) -> None:
    asked(engine)
    assert reply(engine, False, "Đã báo cơ quan.") == NEW
    assert (lines(engine), letters(engine, LetterKind.DEADLINE)) == ([(1, Recount.KEPT, NEW, COUNTED)], [])
    event = rows(engine, TaskEvent, TaskEvent.task_id == 1)[-1]
    assert event.note.startswith("Giữ thời hạn 06/09/2022; thời hạn tính lại theo lịch nghỉ chính thức")
    assert event.note.endswith("Đã báo cơ quan.")
    before = decided(engine)
    morning(engine, "2022-09-05", KNOWN_WORKED)
    assert decided(engine) == before
    with pytest.raises(NotFound):
        answer_recount(engine, 7, True, "", Act(Actor.SECRETARIAT, at("2022-09-05"), KNOWN_WORKED, Way.PAGE))


@ON_SQLITE
@pytest.mark.parametrize("moves", [lambda _: None, handed_late], ids=["as it was", "at its successor"])
def test_what_was_kept_is_not_asked_again_for_the_same_days(
    engine: Engine, moves: Callable[[Engine], None]
) -> None:
    """A year's days change once more, and give the same day; another day is another question."""
    asked(engine)
    reply(engine, False)
    moves(engine)
    last = len(rows(engine, Task))
    kept = (1, Recount.KEPT, NEW, COUNTED)
    changed = office_by(date(2022, 11, 15), notice="Thông báo số 4")
    morning(engine, "2022-09-06", changed)
    assert lines(engine) == [kept]
    assert letters(engine, LetterKind.CALENDAR) == [SECRETARIAT]
    morning(engine, "2022-09-06", office_by(HOLIDAYS[0], notice="Thông báo số 5"))
    assert lines(engine) == [kept, (last, Recount.ASKED, NEW, date(2022, 9, 5))]


@ON_SQLITE
def test_a_question_goes_with_the_task_or_its_deadline(engine: Engine) -> None:
    asked(engine)
    withdraw(engine, 1, "Thôi.", act(Actor.ASSIGNER, at("2022-09-05", "09:00"), office=KNOWN_WORKED))
    with reading(engine) as session:
        assert (count_questions(session), open_question(session, 1)) == (0, None)
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        reply(engine, True)


@ON_SQLITE
def test_a_second_notice_takes_the_question_back_or_asks_anew(engine: Engine) -> None:
    asked(engine)
    morning(engine, "2022-09-06", office_by(HOLIDAYS[0], notice="Thông báo số 4"))
    assert lines(engine) == [
        (1, Recount.LAPSED, NEW, COUNTED),
        (1, Recount.ASKED, NEW, date(2022, 9, 5)),
    ]
    morning(engine, "2022-09-07", office_by(*HOLIDAYS, notice="Thông báo số 5"))
    assert [line[1] for line in lines(engine)] == [Recount.LAPSED, Recount.LAPSED]


@ON_SQLITE
def test_trouble_with_one_task_leaves_the_others_their_day(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(engine, relative(FINANCE), relative(TRADE))

    def moved_meanwhile(session: Session, found: Task, act: Act, happening: Happening) -> TaskStatus:
        if found.id == 1:
            raise Overtaken("Nhiệm vụ vừa được người khác cập nhật.")
        return perform(session, found, act, happening)

    monkeypatch.setattr(recount, "perform", moved_meanwhile)
    morning(engine)
    assert [one.due_on for one in rows(engine, Task)] == [COUNTED, NEW]
    assert [line[1] for line in lines(engine)] == [Recount.LEFT, Recount.MOVED]


@ON_POSTGRESQL  # on SQLite nobody holds a row beside the sweep
def test_a_task_that_somebody_holds_is_left_to_the_next_pass(engine: Engine) -> None:
    issue(engine, relative(FINANCE), relative(TRADE))
    with engine.begin() as other:
        other.execute(sa.select(Task.id).where(Task.id == 1).with_for_update())
        morning(engine)
    assert [one.due_on for one in rows(engine, Task)] == [COUNTED, NEW]
    assert rows(engine, Directive)[0].due_basis == MARK
    morning(engine)
    assert [one.due_on for one in rows(engine, Task)] == [NEW, NEW]
    assert rows(engine, Directive)[0].due_basis == ""
