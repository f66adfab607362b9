"""A task that was confirmed by mistake is open again: exactly the confirmation is undone."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import recall
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import answer
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.report import Report, submit
from flows.actions.tasks.return_result import return_result
from models.tables.outbox import OutboxLetter
from models.tables.tasks import TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind, Fault, TaskStatus
from tests.cast import FINANCE, PLANNING, SHARED, act, act_on, at, dump, issue, move_in, office, rows, task
from tests.flows.tasks.test_replay import check_history

A = Actor
NOW = at("2022-08-18", "10:00")
WHY = "Xác nhận nhầm với nhiệm vụ khác."


@pytest.fixture
def confirmed(engine: Engine) -> Engine:
    issue(move_in(engine), SHARED)
    submit(engine, 1, Report("Xong"), act_on(engine, 1, A.LEAD, at("2022-08-16")))
    answer(engine, 1, EventKind.CONFIRMED, act(A.SECRETARIAT, at("2022-08-17")))
    return engine


def test_the_result_waits_again_and_its_day_still_counts(confirmed: Engine) -> None:
    assert reopen(confirmed, 1, WHY, act(A.SECRETARIAT, NOW)) is TaskStatus.SUBMITTED
    row = task(confirmed)
    assert (row.confirmed_on, row.submitted_on) == (None, date(2022, 8, 16))
    event = rows(confirmed, TaskEvent)[-1]
    assert (event.kind, event.note) == (EventKind.REOPENED, WHY)
    told = rows(confirmed, OutboxLetter, OutboxLetter.kind == LetterKind.REOPENED)
    assert [(row.agency_id, row.data["reason"]) for row in told] == [(FINANCE, WHY), (PLANNING, WHY)]
    check_history(confirmed)


def test_it_goes_on_as_if_nobody_had_confirmed_it(confirmed: Engine) -> None:
    reopen(confirmed, 1, WHY, act(A.SECRETARIAT, NOW))
    daily_follow_up(
        confirmed, by_clock(at("2022-08-19", "07:00"), office())
    )  # three working days after it came
    asked = rows(confirmed, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert len(asked) == 2
    return_result(confirmed, 1, [Fault.THIN], "Sơ sài.", act(A.SECRETARIAT, at("2022-08-22")))
    submit(confirmed, 1, Report("Xong"), act_on(confirmed, 1, A.LEAD, at("2022-08-23")))
    answer(confirmed, 1, EventKind.CONFIRMED, act(A.SECRETARIAT, at("2022-08-23")))
    reopen(confirmed, 1, WHY, act(A.SECRETARIAT, at("2022-08-24")))  # a second time
    told = rows(confirmed, OutboxLetter, OutboxLetter.kind == LetterKind.REOPENED)
    assert len(told) == 4
    check_history(confirmed)


def test_only_with_a_reason_and_only_what_was_confirmed(confirmed: Engine) -> None:
    before = dump(confirmed)
    with pytest.raises(NotAllowed, match="«Mở lại nhiệm vụ» cần ghi nội dung"):
        reopen(confirmed, 1, " ", act(A.SECRETARIAT, NOW))
    with pytest.raises(NotAllowed, match="không có quyền"):
        reopen(confirmed, 1, WHY, act_on(confirmed, 1, A.LEAD, NOW))
    assert dump(confirmed) == before
    reopen(confirmed, 1, WHY, act(A.LEADER, NOW))
    with pytest.raises(NotAllowed, match="«Chờ xác nhận», không thể «Mở lại nhiệm vụ»"):
        reopen(confirmed, 1, WHY, act(A.SECRETARIAT, NOW))


def test_a_recalled_paper_opens_nothing_again(confirmed: Engine) -> None:
    recall(confirmed, Paper(1, 1), "Ban hành nhầm.", act(A.SECRETARIAT, NOW))
    assert task(confirmed).status is TaskStatus.CONFIRMED
    with pytest.raises(NotAllowed, match="đã được thu hồi"):
        reopen(confirmed, 1, WHY, act(A.SECRETARIAT, NOW))
