"""Refusal, return, withdrawal: each with its reason, each told to whom it concerns."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.report import Report, submit
from flows.actions.tasks.return_result import return_result
from flows.actions.tasks.withdraw import withdraw
from models.tables.extensions import ExtensionRequest
from models.tables.outbox import OutboxLetter
from models.tables.tasks import TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, EventKind, ExtensionState, Fault, TaskStatus
from tests.cast import (
    FINANCE,
    PLANNING,
    SECRETARIAT,
    SHARED,
    act,
    act_on,
    at,
    dump,
    issue,
    move_in,
    rows,
    task,
)

S, A = TaskStatus, Actor


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """GN-0001 for finance, planning cooperates, given on Monday 15/8, due 31/8/2022."""
    issue(move_in(engine), SHARED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), SHARED)
    return sqlite_engine


def told(engine: Engine, kind: LetterKind) -> list[OutboxLetter]:
    return rows(engine, OutboxLetter, OutboxLetter.kind == kind)


@pytest.mark.parametrize("accepted", [False, True])
def test_refused_with_the_reason_within_two_working_days(at_work: Engine, accepted: bool) -> None:
    if accepted:
        answer(at_work, 1, EventKind.RECEIVED, act_on(at_work, 1, A.LEAD, at("2022-08-16")))
    refuse(at_work, 1, "Không thuộc chức năng", act_on(at_work, 1, A.LEAD, at("2022-08-17", "23:59")))
    assert task(at_work).status is S.REFUSED
    [letter] = told(at_work, LetterKind.REFUSED)
    assert letter.agency_id == SECRETARIAT
    assert letter.key == f"refused:1:{1 + accepted}"
    assert letter.data == {"reason": "Không thuộc chức năng"}


@pytest.mark.parametrize(
    ("reason", "actor", "day", "said"),
    [
        ("Không thuộc chức năng", A.LEAD, "2022-08-18", "đến hết ngày 17/08/2022"),
        (" ", A.LEAD, "2022-08-16", "cần ghi nội dung"),
        ("Không thuộc chức năng", A.SECRETARIAT, "2022-08-16", "không có quyền"),
    ],
)
def test_what_is_no_refusal(small_office: Engine, reason: str, actor: Actor, day: str, said: str) -> None:
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        refuse(small_office, 1, reason, act_on(small_office, 1, actor, at(day)))
    assert dump(small_office) == before


def test_who_has_begun_no_longer_refuses(small_office: Engine) -> None:
    answer(
        small_office,
        1,
        EventKind.PROGRESS,
        act_on(small_office, 1, A.LEAD, at("2022-08-16")),
        Said("Đang làm"),
    )
    with pytest.raises(NotAllowed, match="«Đang thực hiện», không thể «Từ chối"):
        refuse(small_office, 1, "Không thuộc chức năng", act_on(small_office, 1, A.LEAD, at("2022-08-16")))


def test_being_given_it_again_opens_no_new_days(small_office: Engine) -> None:
    refuse(small_office, 1, "Không thuộc chức năng", act_on(small_office, 1, A.LEAD, at("2022-08-17")))
    answer(small_office, 1, EventKind.REASSIGNED, act(A.SECRETARIAT, at("2022-08-22")), Said("Thuộc NĐ 62"))
    assert task(small_office).status is S.ASSIGNED
    first, again = told(small_office, LetterKind.ASSIGNMENT)
    assert (again.key, again.agency_id, again.data["document"]) == ("assignment:1:2", FINANCE, 1)
    assert again.data["document"] == first.data["document"]
    with pytest.raises(NotAllowed, match="17/08/2022"):
        refuse(small_office, 1, "Vẫn không thuộc", act_on(small_office, 1, A.LEAD, at("2022-08-22")))


def test_a_result_comes_back_with_what_is_wrong(at_work: Engine) -> None:
    submit(at_work, 1, Report("Đã xong"), act_on(at_work, 1, A.LEAD, at("2022-09-05")))
    faults = [Fault.LATE, Fault.THIN, Fault.LATE]
    return_result(at_work, 1, faults, "Thiếu số liệu hai huyện", act(A.SECRETARIAT, at("2022-09-06")))
    assert (task(at_work).status, task(at_work).submitted_on) == (S.RETURNED, None)
    event = rows(at_work, TaskEvent)[-1]
    assert (event.data["faults"], event.data["submitted_on"]) == (["late", "thin"], "2022-09-05")
    [letter] = told(at_work, LetterKind.RETURNED)
    assert (letter.agency_id, letter.key) == (FINANCE, "returned:1:2")
    assert (letter.data["faults"], letter.data["reason"]) == (["late", "thin"], "Thiếu số liệu hai huyện")


@pytest.mark.parametrize(
    ("faults", "actor", "said"),
    [
        ([], A.SECRETARIAT, "chậm thời hạn, không đúng yêu cầu, chưa đầy đủ"),
        ([Fault.WRONG], A.LEAD, "không có quyền"),
    ],
)
def test_what_is_no_return(small_office: Engine, faults: list[Fault], actor: Actor, said: str) -> None:
    submit(small_office, 1, Report("Đã xong"), act_on(small_office, 1, A.LEAD, at("2022-08-30")))
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        return_result(small_office, 1, faults, "Thiếu", act_on(small_office, 1, actor, at("2022-08-31")))
    assert dump(small_office) == before


def test_everybody_who_worked_on_it_hears_that_it_is_withdrawn(at_work: Engine) -> None:
    ask_extension(at_work, 1, "Chờ số liệu", date(2022, 9, 30), act_on(at_work, 1, A.LEAD, at("2022-08-30")))
    withdraw(at_work, 1, "Đã giao cơ quan khác", act(A.ASSIGNER, at("2022-08-31")))
    assert task(at_work).status is S.WITHDRAWN
    [request] = rows(at_work, ExtensionRequest)
    assert (request.state, request.decided_on) == (ExtensionState.WITHDRAWN, date(2022, 8, 31))
    assert rows(at_work, TaskEvent)[-1].data == {"lapsed_requests": [request.id]}
    assert [letter.agency_id for letter in told(at_work, LetterKind.WITHDRAWN)] == [FINANCE, PLANNING]


def test_letters_wait_for_the_morning(at_work: Engine) -> None:
    refuse(at_work, 1, "Không thuộc chức năng", act_on(at_work, 1, A.LEAD, at("2022-08-17", "20:00")))
    [letter] = told(at_work, LetterKind.REFUSED)
    assert letter.not_before == at("2022-08-18", "07:30")
