"""Extensions: asked before the deadline, decided by the assigner, countered, accepted, flagged."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import answer
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
    withdraw_extension,
)
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.report import Report, submit
from models.db import reading
from models.tables.extensions import ExtensionRequest
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskEvent
from models.tasks.granted_extensions import granted_extensions, unanswered
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound
from rules.vocabulary import Actor, DeadlineCause, EventKind, ExtensionState
from tests.cast import (
    DATED,
    DUE_ON,
    FINANCE,
    OPEN_ENDED,
    SECRETARIAT,
    act,
    act_on,
    at,
    by,
    change,
    directive,
    dump,
    issue,
    move_in,
    office,
    rows,
    task,
)

A, X, K = Actor, ExtensionState, LetterKind
WANTED = date(2022, 9, 30)
EVE = "2022-08-30"


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """GN-0001 of finance is due on 31/8/2022; GN-0002 has no deadline."""
    issue(move_in(engine), DATED, OPEN_ENDED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), DATED, OPEN_ENDED)
    return sqlite_engine


def ask(
    engine: Engine, wanted: date = WANTED, day: str = EVE, actor: Actor = A.LEAD, task_id: int = 1
) -> int:
    return ask_extension(
        engine, task_id, "Chờ số liệu các huyện", wanted, act_on(engine, task_id, actor, at(day))
    )


def decide(engine: Engine, agree: bool, day: str = "2022-08-31", actor: Actor = A.ASSIGNER, which: int = 1):
    return decide_extension(
        engine, which, agree, "Ý kiến", act_on(engine, 1, actor, at(day), capacity="Phó Chủ tịch UBND tỉnh")
    )


def told(engine: Engine, kind: LetterKind) -> list[OutboxLetter]:
    return rows(engine, OutboxLetter, OutboxLetter.kind == kind)


def test_granted_the_day_before(at_work: Engine) -> None:
    assert ask(at_work) == 1
    [asked] = told(at_work, K.EXTENSION)
    assert (asked.agency_id, asked.key, asked.data["wanted_on"]) == (
        SECRETARIAT,
        "extension:1:0",
        "2022-09-30",
    )
    change(at_work, Task, 1, late_step=1)
    assert decide(at_work, agree=True, day=EVE) == WANTED
    row = task(at_work)
    assert (row.due_on, row.original_due_on, row.due_unpaused_on) == (WANTED, DUE_ON, WANTED)
    assert (row.due_set_on, row.late_step) == (date(2022, 8, 30), 0)
    last = rows(at_work, DeadlineChange, DeadlineChange.task_id == 1)[-1]
    assert (last.cause, last.old_due_on, last.due_on) == (DeadlineCause.EXTENSION, DUE_ON, WANTED)
    [request] = rows(at_work, ExtensionRequest)
    assert (request.state, request.decided_by) == (X.AGREED, "Phó Chủ tịch UBND tỉnh")
    [answer] = told(at_work, K.EXTENSION_ANSWER)
    assert (answer.agency_id, answer.key) == (FINANCE, "extension_answer:1:1")
    assert (answer.data["state"], answer.due_on) == ("agreed", WANTED)
    for day in ("2022-08-31", "2022-09-05"):  # neither reminded of the old day nor urged after it
        daily_follow_up(at_work, by_clock(at(day, "07:00"), office()))
    assert told(at_work, K.URGING) == []
    assert all(letter.due_on != DUE_ON for letter in told(at_work, K.REMINDER))


def test_refused_with_the_reason_the_deadline_stays(at_work: Engine) -> None:
    ask(at_work)
    assert decide(at_work, agree=False) == DUE_ON
    [request] = rows(at_work, ExtensionRequest)
    assert (request.state, request.note) == (X.REFUSED, "Ý kiến")
    [answer] = told(at_work, K.EXTENSION_ANSWER)
    assert (answer.data["state"], answer.data["note"]) == ("refused", "Ý kiến")
    assert len(rows(at_work, DeadlineChange, DeadlineChange.task_id == 1)) == 1
    assert ask(at_work, day="2022-08-31") == 2  # once answered, one may ask again


def test_another_date_is_proposed_and_taken(at_work: Engine) -> None:
    ask(at_work)
    proposed = date(2022, 9, 15)
    counter_extension(at_work, 1, proposed, "Sớm hơn", act(A.LEADER, at(EVE), capacity="Trưởng ban"))
    assert [letter.data["counter_on"] for letter in told(at_work, K.EXTENSION_ANSWER)] == ["2022-09-15"]
    assert task(at_work).due_on == DUE_ON
    assert accept_counter(at_work, 1, act_on(at_work, 1, A.LEAD, at("2022-08-31"))) == proposed
    [request] = rows(at_work, ExtensionRequest)
    assert (request.state, request.decided_by) == (X.AGREED, "Trưởng ban")
    assert [letter.key for letter in told(at_work, K.EXTENSION)] == ["extension:1:0", "extension:1:2"]
    kinds = [event.kind for event in rows(at_work, TaskEvent, TaskEvent.task_id == 1)]
    assert kinds[1:] == [
        EventKind.EXTENSION_ASKED,
        EventKind.EXTENSION_COUNTERED,
        EventKind.EXTENSION_AGREED,
    ]


def test_the_assigner_may_still_agree_to_what_was_asked(small_office: Engine) -> None:
    ask(small_office)
    counter_extension(small_office, 1, date(2022, 9, 15), "", act(A.ASSIGNER, at(EVE)))
    assert decide(small_office, agree=True) == WANTED


def test_the_third_is_flagged(small_office: Engine) -> None:
    for number in (1, 2, 3):
        wanted = DUE_ON + timedelta(days=7 * number)
        ask(small_office, wanted, EVE)
        decide(small_office, True, EVE, which=number)
    answers = [letter.data["often"] for letter in told(small_office, K.EXTENSION_ANSWER)]
    assert answers == [False, False, True]
    assert rows(small_office, TaskEvent)[-1].data["number"] == 3
    with reading(small_office) as session:
        assert granted_extensions(session, [1, 2]) == {1: 3}


def test_withdrawn_by_the_lead(small_office: Engine) -> None:
    ask(small_office)
    withdraw_extension(small_office, 1, act_on(small_office, 1, A.LEAD, at("2022-08-31")), "Đã có số liệu")
    with reading(small_office) as session:
        assert unanswered(session, 1) is None
    with pytest.raises(NotAllowed, match="đã kết thúc ngày 31/08/2022: đã rút đề nghị"):
        decide(small_office, agree=True)


@pytest.mark.parametrize(
    ("wanted", "day", "actor", "task_id", "said"),
    [
        (WANTED, "2022-09-01", A.LEAD, 1, "thời hạn đã qua ngày 31/08/2022"),
        (DUE_ON, EVE, A.LEAD, 1, "sau thời hạn hiện hành"),
        (WANTED, EVE, A.LEAD, 2, "không có thời hạn"),
        (WANTED, EVE, A.ASSIGNER, 1, "không có quyền «Đề nghị gia hạn»"),
    ],
)
def test_what_may_not_be_asked(
    small_office: Engine, wanted: date, day: str, actor: Actor, task_id: int, said: str
) -> None:
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        ask(small_office, wanted, day, actor, task_id)
    assert dump(small_office) == before


def test_one_request_at_a_time(small_office: Engine) -> None:
    ask(small_office)
    before = dump(small_office)
    with pytest.raises(NotAllowed, match="đến ngày 30/09/2022 đang chờ trả lời"):
        ask(small_office, date(2022, 10, 31))
    assert dump(small_office) == before


def test_who_asked_does_not_decide(small_office: Engine) -> None:
    ask(small_office)
    before = dump(small_office)
    for agree in (True, False):
        with pytest.raises(NotAllowed, match="không tự quyết định"):
            decide(small_office, agree, actor=A.LEAD)
    with pytest.raises(NotAllowed, match="không tự quyết định"):
        counter_extension(small_office, 1, date(2022, 9, 9), "", act_on(small_office, 1, A.LEAD, at(EVE)))
    with pytest.raises(NotAllowed, match="chờ cơ quan chủ trì"):
        accept_counter(small_office, 1, act(A.SECRETARIAT, at(EVE)))
    with pytest.raises(NotAllowed, match="Chưa có thời hạn khác"):
        accept_counter(small_office, 1, act_on(small_office, 1, A.LEAD, at(EVE)))
    assert dump(small_office) == before


def test_the_secretariat_does_not_extend_its_own_task(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Tổng hợp báo cáo.", SECRETARIAT, due=by(DUE_ON)))
    ask(sqlite_engine)
    with pytest.raises(NotAllowed, match="người giao nhiệm vụ quyết định"):
        decide(sqlite_engine, True, actor=A.SECRETARIAT)
    assert decide(sqlite_engine, True, actor=A.LEADER) == WANTED


def test_a_child_ends_within_its_parents_day(small_office: Engine) -> None:
    change(small_office, Task, 2, due_on=date(2022, 9, 16), due_unpaused_on=date(2022, 9, 16))
    change(small_office, Task, 1, parent_id=2)
    with pytest.raises(NotAllowed, match=r"cơ quan tổng hợp \(16/09/2022\)"):
        ask(small_office)
    ask(small_office, date(2022, 9, 16))
    change(small_office, Task, 2, due_on=date(2022, 9, 15))  # meanwhile the parent's day came nearer
    with pytest.raises(NotAllowed, match="15/09/2022"):
        decide(small_office, agree=True)


def test_a_decision_needs_a_request(small_office: Engine) -> None:
    with pytest.raises(NotFound, match="số 7"):
        decide(small_office, True, which=7)


def test_a_refusal_needs_words(small_office: Engine) -> None:
    ask(small_office)
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        decide_extension(small_office, 1, False, " ", act(A.ASSIGNER, at(EVE)))


def test_asked_in_time_it_may_be_granted_after_the_deadline_or_the_result(small_office: Engine) -> None:
    ask(small_office, day="2022-08-31")
    submit(small_office, 1, Report("Đã xong"), act_on(small_office, 1, A.LEAD, at("2022-09-08")))
    assert decide(small_office, True, "2022-09-12") == WANTED
    assert task(small_office).submitted_on == date(2022, 9, 8)


@pytest.mark.parametrize(
    ("proposed", "said"),
    [
        (WANTED, "trùng với thời hạn được đề nghị"),
        (DUE_ON, "phải sau thời hạn hiện hành"),
        (date(2022, 8, 29), "phải sau thời hạn hiện hành"),
    ],
)
def test_a_proposal_is_another_day_and_a_possible_one(
    small_office: Engine, proposed: date, said: str
) -> None:
    ask(small_office)
    before = dump(small_office)
    with pytest.raises(NotAllowed, match=said):
        counter_extension(small_office, 1, proposed, "", act(A.ASSIGNER, at(EVE)))
    assert dump(small_office) == before


@pytest.mark.parametrize("ending", ["confirmed", "refused"])
def test_the_request_lapses_with_what_it_was_for(small_office: Engine, ending: str) -> None:
    ask(small_office, day="2022-08-16")
    if ending == "confirmed":
        submit(small_office, 1, Report("Đã xong"), act_on(small_office, 1, A.LEAD, at("2022-08-16")))
        answer(small_office, 1, EventKind.CONFIRMED, act(A.SECRETARIAT, at("2022-08-17")))
    else:
        refuse(small_office, 1, "Không thuộc chức năng", act_on(small_office, 1, A.LEAD, at("2022-08-17")))
    [request] = rows(small_office, ExtensionRequest)
    assert (request.state, request.decided_on) == (X.WITHDRAWN, date(2022, 8, 17))
    last = rows(small_office, TaskEvent, TaskEvent.task_id == 1)[-1]
    assert last.data["lapsed_requests"] == [request.id]
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        decide(small_office, agree=True)
