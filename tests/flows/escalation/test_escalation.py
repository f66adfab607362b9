"""Beyond authority: a gate, a ladder that silence climbs, answers that come back down."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.escalation.escalate import CaseForm, acknowledge, answer_case, raise_case
from flows.actions.follow_up.digest import digest_of
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import Said, answer
from models.db import reading
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.outbox import OutboxLetter
from models.tables.tasks import TaskEvent
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed
from rules.vocabulary import Actor, Answer, CaseState, EventKind, Rung, TaskStatus
from tests.cast import (
    CHAIR,
    DATED,
    FINANCE,
    ISSUED_ON,
    PLANNING,
    act,
    act_on,
    at,
    decided,
    directive,
    dump,
    issue,
    move_in,
    office,
    rows,
    task,
)

RAISED = date(2022, 8, 16)
FORM = CaseForm(
    missing_authority="Điều chỉnh dự toán năm 2022",
    basis="Điều 52 Luật Ngân sách nhà nước",
    tried="Đã cân đối trong dự toán được giao, còn thiếu 2 tỷ đồng",
    options="1) bổ sung dự toán; 2) giãn tiến độ",
    recommendation="Phương án 1",
)


@pytest.fixture
def beyond(engine: Engine) -> Engine:
    """Finance has declared GN-0001 beyond its authority on Tuesday 16/8/2022."""
    issue(move_in(engine), DATED)
    assert escalate(engine) == 1
    return engine


def escalate(engine: Engine, day: date = RAISED, task_id: int = 1) -> int:
    return raise_case(engine, task_id, FORM, act_on(engine, task_id, Actor.LEAD, at(day)))


def reply(engine: Engine, kind: Answer, text: str = "Đồng ý.", capacity: str = "Trưởng ban", **more: date):
    chair = act(Actor.LEADER, at("2022-08-18"), capacity=capacity)
    return answer_case(engine, 1, kind, text, chair, **more)


def case(engine: Engine, case_id: int = 1) -> EscalationCase:
    [found] = rows(engine, EscalationCase, EscalationCase.id == case_id)
    return found


def written(engine: Engine, *kinds: LetterKind) -> list[str]:
    return [letter.key for letter in rows(engine, OutboxLetter, OutboxLetter.kind.in_(kinds))]


def pass_days(engine: Engine, first: date, last: date) -> dict[date, tuple[int, ...]]:
    """Follow up on every calendar day, as cron does; the days on which cases climbed."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    climbed = {day: daily_follow_up(engine, by_clock(at(day), office())).climbed for day in days}
    return {day: ids for day, ids in climbed.items() if ids}


@pytest.mark.parametrize("field", ["missing_authority", "basis", "tried", "options", "recommendation"])
@pytest.mark.parametrize("value", [None, "", "   ", "x"])
def test_the_gate_wants_every_answer(field: str, value: str | None) -> None:
    filled = FORM.model_dump() | {field: value}
    with pytest.raises(ValidationError) as refusal:
        CaseForm.model_validate({name: text for name, text in filled.items() if text is not None})
    assert [error["loc"] for error in refusal.value.errors()] == [(field,)]


def test_raising_pauses_the_task_and_asks_the_standing_agency(beyond: Engine) -> None:
    paused, raised = task(beyond), case(beyond)
    assert (paused.status, paused.paused_from, paused.due_on) == (
        TaskStatus.PAUSED,
        TaskStatus.ASSIGNED,
        DATED.due.date,
    )
    assert (raised.state, raised.rung, raised.rung_since) == (CaseState.WAITING, Rung.STANDING, RAISED)
    assert raised.answer_by == date(2022, 8, 19)
    [letter] = rows(beyond, OutboxLetter, OutboxLetter.kind == LetterKind.ESCALATION)
    assert (letter.key, letter.agency_id) == ("escalation:1:standing", PLANNING)
    assert [event.kind for event in rows(beyond, TaskEvent)] == [EventKind.ASSIGNED, EventKind.ESCALATED]


def test_the_standing_agency_starts_at_the_chair(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), directive("Việc.", PLANNING))
    escalate(sqlite_engine)
    assert (case(sqlite_engine).rung, case(sqlite_engine).answer_by) == (Rung.CHAIR, date(2022, 8, 23))
    [letter] = rows(sqlite_engine, OutboxLetter, OutboxLetter.kind == LetterKind.ESCALATION)
    assert letter.agency_id == CHAIR


def test_silence_climbs_rung_by_rung_and_stops_at_the_province(beyond: Engine) -> None:
    assert pass_days(beyond, RAISED, date(2022, 10, 31)) == {
        date(2022, 8, 22): (1,),  # the Monday after: nobody is there to be told on a Saturday
        date(2022, 8, 30): (1,),
    }
    steps = [(step.kind, step.rung, step.happened_on) for step in rows(beyond, EscalationStep)]
    assert steps == [
        (EventKind.ESCALATED, Rung.STANDING, RAISED),
        (EventKind.CLIMBED, Rung.CHAIR, date(2022, 8, 22)),
        (EventKind.CLIMBED, Rung.PROVINCE, date(2022, 8, 30)),
    ]
    assert case(beyond).answer_by == date(2022, 9, 15)  # ten working days, over the holidays
    assert written(beyond, LetterKind.ESCALATION) == [
        "escalation:1:standing",
        "escalation:1:chair",
        "escalation:1:province",
    ]


def test_everyone_is_told_when_a_case_climbs(beyond: Engine) -> None:
    pass_days(beyond, date(2022, 8, 20), date(2022, 8, 30))
    told = rows(beyond, OutboxLetter, OutboxLetter.kind == LetterKind.ESCALATION_NOTICE)
    assert [(x.data["from_rung"], x.data["rung"], x.agency_id) for x in told] == [
        ("standing", "chair", FINANCE),
        ("standing", "chair", PLANNING),
        ("chair", "province", FINANCE),
        ("chair", "province", CHAIR),
    ]
    assert {x.not_before for x in told} == {at("2022-08-22"), at("2022-08-30")}


def test_climbing_twice_on_a_day_changes_nothing(beyond: Engine) -> None:
    daily_follow_up(beyond, by_clock(at("2022-08-22"), office()))
    before = decided(beyond)
    daily_follow_up(beyond, by_clock(at("2022-08-22", "09:00"), office()))
    assert decided(beyond) == before


def test_a_decision_resumes_the_task_with_its_new_deadline(beyond: Engine) -> None:
    pass_days(beyond, date(2022, 8, 22), date(2022, 8, 22))
    later = date(2022, 10, 14)
    assert reply(beyond, Answer.DECIDE, "Đồng ý bổ sung.", new_due_on=later) is CaseState.DECIDED
    resumed, decided = task(beyond), case(beyond)
    assert (resumed.status, resumed.paused_from) == (TaskStatus.IN_PROGRESS, None)
    assert (resumed.due_on, resumed.original_due_on) == (later, DATED.due.date)
    assert (decided.answer, decided.decision, decided.capacity) == (
        Answer.DECIDE,
        "Đồng ý bổ sung.",
        "Trưởng ban",
    )
    [letter] = rows(beyond, OutboxLetter, OutboxLetter.kind == LetterKind.DECISION)
    assert (letter.key, letter.agency_id) == ("decision:1", FINANCE)
    assert pass_days(beyond, date(2022, 8, 23), date(2022, 9, 23)) == {}


def test_returned_as_within_your_authority(beyond: Engine) -> None:
    assert reply(beyond, Answer.RETURN, "Thuộc thẩm quyền của Sở.") is CaseState.DECIDED
    assert (task(beyond).status, task(beyond).due_on) == (TaskStatus.IN_PROGRESS, DATED.due.date)
    assert written(beyond, LetterKind.DECISION) == ["decision:1"]


def test_passing_up_moves_the_case_before_its_time(beyond: Engine) -> None:
    assert reply(beyond, Answer.PASS_UP, "Vượt thẩm quyền của Sở.") is CaseState.WAITING
    assert (case(beyond).rung, case(beyond).answer_by) == (Rung.CHAIR, date(2022, 8, 25))
    reply(beyond, Answer.PASS_UP)
    assert case(beyond).rung is Rung.PROVINCE
    with pytest.raises(NotAllowed, match="ra ngoài hệ thống"):
        reply(beyond, Answer.PASS_UP)
    assert task(beyond).status is TaskStatus.PAUSED


@pytest.mark.parametrize(
    ("kind", "text", "capacity", "message"),
    [
        (Answer.DECIDE, "Đồng ý.", "Giám đốc", "không thể trả lời «Quyết định»"),
        (Answer.RETURN, " ", "Giám đốc", "nội dung ý kiến"),
        (Answer.RETURN, "Trả lại.", " ", "tư cách"),
    ],
)
def test_an_answer_that_is_refused_changes_nothing(
    beyond: Engine, kind: Answer, text: str, capacity: str, message: str
) -> None:
    before = dump(beyond)
    with pytest.raises(NotAllowed, match=message):
        reply(beyond, kind, text, capacity)
    assert dump(beyond) == before


def test_a_case_is_answered_once_and_acknowledged_once(beyond: Engine) -> None:
    with pytest.raises(NotAllowed):
        acknowledge(beyond, 1, act_on(beyond, 1, Actor.LEAD, at("2022-08-17")))
    reply(beyond, Answer.RETURN)
    with pytest.raises(NotAllowed, match="đã có ý kiến ngày 18/08/2022"):
        reply(beyond, Answer.RETURN)
    acknowledge(beyond, 1, act_on(beyond, 1, Actor.LEAD, at("2022-08-19")))
    closed = case(beyond)
    assert (closed.state, closed.acknowledged_on) == (CaseState.ACKNOWLEDGED, date(2022, 8, 19))
    assert task(beyond).last_report_on == date(2022, 8, 19)
    before = dump(beyond)
    with pytest.raises(NotAllowed, match="không thể ghi nhận"):
        acknowledge(beyond, 1, act_on(beyond, 1, Actor.LEAD, at("2022-08-20")))
    assert dump(beyond) == before


def test_one_open_case_a_task_and_another_after_the_answer(beyond: Engine) -> None:
    before = dump(beyond)
    with pytest.raises(NotAllowed):
        escalate(beyond)
    assert dump(beyond) == before
    reply(beyond, Answer.RETURN)
    assert escalate(beyond, date(2022, 8, 19)) == 2


def test_a_case_of_a_withdrawn_task_is_over(beyond: Engine) -> None:
    answer(beyond, 1, EventKind.WITHDRAWN, act(Actor.LEADER, at("2022-08-17")), Said("Không còn cần"))
    assert pass_days(beyond, date(2022, 8, 18), date(2022, 9, 30)) == {}
    with reading(beyond) as session:
        assert digest_of(session, date(2022, 9, 30), office()).decisions == ()


def test_the_digest_shows_how_long_a_case_waits(beyond: Engine) -> None:
    pass_days(beyond, date(2022, 8, 20), date(2022, 8, 30))
    with reading(beyond) as session:
        digest = digest_of(session, date(2022, 9, 5), office())
    [waiting] = digest.decisions
    assert (waiting.rung, waiting.days_waiting, waiting.answer_by) == (Rung.PROVINCE, 20, date(2022, 9, 15))
    assert digest.overdue == ()  # its deadline of 31/8 rests while others decide


def test_unknown_cases_and_tasks_are_named(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    with pytest.raises(LookupError, match="việc trình số 7"):
        acknowledge(sqlite_engine, 7, act_on(sqlite_engine, 1, Actor.LEAD, at(ISSUED_ON)))
    with pytest.raises(LookupError, match="GN-0007"):
        escalate(sqlite_engine, task_id=7)
