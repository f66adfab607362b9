"""An issued task is put right: the event, the letters, the deadline that is no extension, the new lead."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.extensions.asking import ask_extension, decide_extension
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.report import Report, submit
from models.db import reading
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskCooperation, TaskEvent
from models.tasks.corrected_tasks import full_text, reading_of
from notifications.delivery.deliver import deliver
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.tasks.mending import TaskReading
from rules.vocabulary import Actor, CooperationState, DeadlineCause, EventKind, TaskStatus
from tests.cast import (
    DATED,
    DISTRICTS,
    DUE_ON,
    FINANCE,
    ISSUED_ON,
    MONTHLY,
    ON_SQLITE,
    OPEN_ENDED,
    PLANNING,
    SHARED,
    TRADE,
    Postman,
    act,
    act_on,
    at,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
    task,
)
from tests.flows.tasks.test_replay import check_history

A, C, K = Actor, CooperationState, LetterKind
NOW, PAPER = at("2022-08-16", "10:00"), date(2022, 9, 15)
WHY = "Văn bản ghi «trước ngày 15/9»."


@pytest.fixture
def busy(engine: Engine) -> Engine:
    """GN-0001 for finance, planning cooperates; GN-0002 for trade, without a deadline."""
    issue(move_in(engine), SHARED, OPEN_ENDED)
    return engine


def seen(engine: Engine, task_id: int = 1) -> TaskReading:
    with reading(engine) as session:
        return reading_of(session, session.get_one(Task, task_id))


def put_right(
    engine: Engine, task_id: int = 1, now: Any = NOW, actor: A = A.SECRETARIAT, **fields: Any
) -> int:
    at_version = Seen(task_id, task(engine, task_id).version)
    return correct(engine, at_version, replace(seen(engine, task_id), **fields), WHY, act(actor, now))


def told(engine: Engine) -> dict[str, str]:
    """Who is told of the correction, in which part."""
    found = rows(engine, OutboxLetter, OutboxLetter.kind == K.CORRECTION)
    assert all(row.data["reason"] == WHY for row in found)
    return {row.agency_id: row.data["role"] for row in found}


def test_a_deadline_is_put_right_and_the_issued_one_is_kept(busy: Engine) -> None:
    assert put_right(busy, due_on=PAPER) == 1
    row = task(busy)
    assert (row.due_on, row.original_due_on, row.corrected_due_on) == (PAPER, DUE_ON, PAPER)
    assert (row.due_set_on, row.status) == (date(2022, 8, 16), TaskStatus.ASSIGNED)
    [_, change] = rows(busy, DeadlineChange, DeadlineChange.task_id == 1)
    assert (change.cause, change.old_due_on, change.due_on) == (DeadlineCause.CORRECTION, DUE_ON, PAPER)
    event = rows(busy, TaskEvent, TaskEvent.task_id == 1)[-1]
    assert (event.kind, event.actor) == (EventKind.CORRECTED, A.SECRETARIAT)
    words = "«chậm nhất ngày 31/08/2022» được đính chính thành «chậm nhất ngày 15/09/2022»"
    assert words in event.note
    assert event.note.endswith(f"Lý do: {WHY}")
    assert told(busy) == {FINANCE: "lead", PLANNING: "cooperating"}
    check_history(busy)


def test_a_deadline_that_the_paper_does_not_have_is_taken_away(busy: Engine) -> None:
    put_right(busy, due_on=None)
    row = task(busy)
    assert (row.due_on, row.original_due_on, row.review_on) == (None, DUE_ON, date(2022, 9, 15))
    put_right(busy, 2, due_on=PAPER)
    assert (task(busy, 2).due_on, task(busy, 2).review_on) == (PAPER, None)
    check_history(busy)


def test_what_recurs_keeps_a_deadline(engine: Engine) -> None:
    """Without one it would never be found again, and its duty would end in silence."""
    issue(move_in(engine), MONTHLY)
    before = dump(engine)
    with pytest.raises(NotAllowed, match="Nhiệm vụ định kỳ phải có thời hạn"):
        put_right(engine, due_on=None)
    assert dump(engine) == before


def test_what_was_granted_and_what_a_pause_added_stay(busy: Engine) -> None:
    granted = date(2022, 10, 14)
    key = ask_extension(busy, 1, "Chờ số liệu", granted, act_on(busy, 1, A.LEAD, NOW))
    decide_extension(busy, key, True, "", act(A.ASSIGNER, NOW))
    put_right(busy, due_on=PAPER)
    assert (task(busy).due_on, task(busy).corrected_due_on) == (granted, PAPER)
    assert len(rows(busy, DeadlineChange, DeadlineChange.task_id == 1)) == 2  # the deadline did not move
    put_right(busy, 2, due_on=DUE_ON)
    pause(busy, 2, "Chờ hướng dẫn", act(A.ASSIGNER, at("2022-08-22")))
    resume(busy, 2, "", act(A.ASSIGNER, at("2022-08-24")))
    put_right(busy, 2, at("2022-08-24"), due_on=PAPER)
    assert (task(busy, 2).due_on, task(busy, 2).due_unpaused_on) == (date(2022, 9, 19), PAPER)
    check_history(busy)


def test_words_are_put_right_and_shown_in_full(busy: Engine) -> None:
    long = "Tham mưu bố trí kinh phí hỗ trợ hợp tác xã nông nghiệp. " * 8
    put_right(busy, text=long)
    assert task(busy).title.startswith("Tham mưu bố trí kinh phí")
    assert len(task(busy).title) <= 160
    put_right(busy, lead=TRADE, cooperating=frozenset())  # the new lead's task has the same words
    with reading(busy) as session:
        for task_id in (1, 3):
            assert full_text(session, session.get_one(Task, task_id)) == long.strip()
    check_history(busy)


def test_partners_are_put_right(busy: Engine) -> None:
    put_right(busy, cooperating=frozenset({TRADE}))
    parts = {row.agency_id: row.state for row in rows(busy, TaskCooperation, TaskCooperation.task_id == 1)}
    assert parts == {PLANNING: C.RELEASED, TRADE: C.ASKED}
    assert told(busy) == {FINANCE: "lead", PLANNING: "released", TRADE: "new"}
    put_right(busy, cooperating=frozenset({PLANNING}))  # released by mistake: asked again
    parts = {row.agency_id: row.state for row in rows(busy, TaskCooperation, TaskCooperation.task_id == 1)}
    assert parts == {PLANNING: C.ASKED, TRADE: C.RELEASED}


def test_the_lead_is_put_right_and_what_the_wrong_one_did_is_not_the_new_ones(busy: Engine) -> None:
    submit(busy, 1, Report("Xong", 100), act_on(busy, 1, A.LEAD, NOW))
    assert put_right(busy, lead=PLANNING, cooperating=frozenset({FINANCE}), due_on=PAPER) == 3
    old, new = task(busy, 1), task(busy, 3)
    assert (old.status, old.successor_id) == (TaskStatus.HANDED_OVER, 3)
    assert (new.agency_id, new.status) == (PLANNING, TaskStatus.ASSIGNED)
    assert (new.submitted_on, new.percent) == (None, None)
    assert (new.due_on, new.original_due_on, new.corrected_due_on, new.urged) == (PAPER, DUE_ON, PAPER, 0)
    assert [event.kind for event in rows(busy, TaskEvent, TaskEvent.task_id == 1)][-2:] == [
        EventKind.CORRECTED, EventKind.HANDED_OVER,
    ]  # fmt: skip
    assert told(busy) == {FINANCE: "joins", PLANNING: "new_lead"}
    assert rows(busy, OutboxLetter, OutboxLetter.kind == K.HANDED_OVER) == []
    letters = rows(busy, OutboxLetter, OutboxLetter.task_id == 3)
    assert [row.agency_id for row in letters] == [FINANCE, PLANNING]
    check_history(busy)


def test_the_wrong_lead_gets_nothing_more_and_the_right_one_is_reminded(busy: Engine) -> None:
    evening, postman = at(ISSUED_ON, "20:00"), Postman()
    put_right(busy, now=evening, lead=TRADE)  # before anything has left
    deliver(busy, by_clock(at("2022-08-16", "07:30"), office()), settings(), postman)
    to_finance = [parcel.letter.text for url, parcel in postman.carried if "@stc." in url]
    assert ["không chủ trì nhiệm vụ này nữa" in text for text in to_finance] == [True]
    daily_follow_up(busy, by_clock(at("2022-08-24", "07:00"), office()))
    reminders = rows(busy, OutboxLetter, OutboxLetter.kind == K.REMINDER)
    assert {(row.agency_id, row.task_id) for row in reminders} == {(TRADE, 3)}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "không có gì để đính chính"),
        ({"lead": DISTRICTS}, "là một nhóm cơ quan"),
        ({"cooperating": frozenset({DISTRICTS})}, "là một nhóm cơ quan"),
        ({"lead": "khong-co"}, "Không có cơ quan"),
        ({"cooperating": frozenset({"khong-co"})}, "Không có cơ quan"),
        ({"due_on": date(2022, 8, 1)}, "ở trước ngày văn bản"),
    ],
)
@ON_SQLITE
def test_what_cannot_be_right_changes_nothing(busy: Engine, fields: dict[str, Any], words: str) -> None:
    before = dump(busy)
    with pytest.raises((NotAllowed, NotFound), match=words):
        put_right(busy, **fields)
    assert dump(busy) == before


@ON_SQLITE
def test_one_task_a_body_and_directive(engine: Engine) -> None:
    issue(move_in(engine), replace(DATED, lead=(*DATED.lead, *OPEN_ENDED.lead)))
    with pytest.raises(NotAllowed, match="đã có nhiệm vụ của cùng chỉ đạo \\(GN-0002\\)"):
        put_right(engine, lead=TRADE)


@ON_SQLITE
def test_who_may_and_until_when(busy: Engine) -> None:
    with pytest.raises(NotAllowed, match="Cơ quan chủ trì không có quyền «Đính chính nhiệm vụ»"):
        put_right(busy, actor=A.LEAD, due_on=PAPER)
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        correct(busy, Seen(1, 0), replace(seen(busy), due_on=PAPER), " ", act(A.SECRETARIAT, NOW))
    answer(busy, 1, EventKind.WITHDRAWN, act(A.ASSIGNER, NOW), Said("Thôi."))
    with pytest.raises(NotAllowed, match="«Đã hủy», không thể «Đính chính nhiệm vụ»"):
        put_right(busy, due_on=PAPER)


def test_the_second_of_two_is_told(busy: Engine) -> None:
    both = Seen(1, 0)
    wanted = replace(seen(busy), due_on=PAPER)
    correct(busy, both, wanted, WHY, act(A.SECRETARIAT, NOW))
    before = dump(busy)
    with pytest.raises(Overtaken, match="vừa được người khác cập nhật"):
        correct(busy, both, replace(wanted, due_on=date(2022, 9, 20)), WHY, act(A.SECRETARIAT, NOW))
    assert dump(busy) == before


def test_the_same_is_put_right_in_every_task_of_the_directive(engine: Engine) -> None:
    both = replace(SHARED, lead=(*DATED.lead, *OPEN_ENDED.lead))
    issue(move_in(engine), both, DATED)
    put_right(engine, 2, text="Việc khác.")  # said something of its own by then
    wanted = replace(seen(engine), due_on=PAPER, text="Nội dung đúng.", cooperating=frozenset({TRADE}))
    correct(engine, Seen(1, 0, alike=True), wanted, WHY, act(A.SECRETARIAT, NOW))
    assert [row.due_on for row in rows(engine, Task)] == [PAPER, PAPER, DUE_ON]
    assert [row.title for row in rows(engine, Task)][:2] == ["Nội dung đúng.", "Việc khác."]
    asked = rows(engine, TaskCooperation, TaskCooperation.state == C.ASKED)
    assert [(row.task_id, row.agency_id) for row in asked] == [(1, TRADE)]  # trade leads the other itself
    check_history(engine)
