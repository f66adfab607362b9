"""Hand-overs: previewed, all or none, logged; what goes along and what lapses.

The register ends finance (``stc``) on 28/2/2025 in favour of ``st-stc``; here it happens in 2022.
"""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.recurring import open_next_occurrences
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.cooperate import accept_cooperation
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over, successors_of
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.report import Report, submit
from flows.actions.tasks.withdraw import withdraw
from models.tables.agencies import Agency
from models.tables.cases import EscalationCase
from models.tables.extensions import ExtensionRequest
from models.tables.hand_overs import HandOver
from models.tables.outbox import OutboxLetter
from models.tables.tasks import DeadlineChange, Task, TaskCooperation, TaskEvent, Urging
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import NotAllowed, NotFound
from rules.tasks.hand_overs import HandOverPlan
from rules.vocabulary import (
    Actor,
    Answer,
    CaseState,
    CooperationState,
    DeadlineCause,
    EventKind,
    ExtensionState,
    TaskStatus,
)
from tests.cast import (
    DISTRICTS,
    DUE_ON,
    FINANCE,
    MONTHLY,
    OPEN_ENDED,
    PLANNING,
    SECRETARIAT,
    SHARED,
    TRADE,
    act,
    act_on,
    at,
    by,
    change,
    directive,
    dump,
    issue,
    move_in,
    rows,
    task,
)
from tests.flows.escalation.test_escalation import FORM
from tests.flows.tasks.test_replay import check_history
from tests.told import all_told

A, S = Actor, TaskStatus
BASIS = "Nghị quyết số 202/2025/QH15"
DAY = "2022-09-06"
SECOND = directive("Báo cáo dư nợ cho vay hợp tác xã.", FINANCE, due=by(date(2022, 9, 30)))


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    """Finance has GN-0001 (due 31/8/2022, planning cooperates) and GN-0002; trade has GN-0003."""
    issue(move_in(engine), SHARED, SECOND, OPEN_ENDED)
    return engine


@pytest.fixture
def small_office(sqlite_engine: Engine) -> Engine:
    issue(move_in(sqlite_engine), SHARED, SECOND, OPEN_ENDED)
    return sqlite_engine


def plan(engine: Engine, *ids: int, source: str = FINANCE, to: str = TRADE, day: str = DAY) -> HandOverPlan:
    return preview_hand_over(engine, source, to, at(day), list(ids) or None)


def carry(engine: Engine, what: HandOverPlan, basis: str = BASIS, day: str = DAY) -> int:
    return hand_over(engine, what, basis, "Sáp nhập", act(Actor.SECRETARIAT, at(day), capacity="van-phong"))


def told(engine: Engine) -> list[tuple[str, str, int | None]]:
    found = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.HANDED_OVER)
    return [(letter.key, letter.agency_id, letter.task_id) for letter in found]


def test_the_whole_desk_moves_at_once(at_work: Engine) -> None:
    for day in ("2022-09-05", "2022-09-12"):
        daily_follow_up(at_work, act(A.CLOCK, at(day, "07:00")))
    accept_cooperation(at_work, 1, act(A.COOPERATING, at("2022-09-12"), PLANNING))
    previewed = plan(at_work, day="2022-09-13")
    assert [(moving.task_id, moving.merges_into) for moving in previewed.tasks] == [(1, None), (2, None)]
    made = carry(at_work, previewed, day="2022-09-13")
    [row] = rows(at_work, HandOver)
    assert (row.id, row.from_agency_id, row.to_agency_id) == (made, FINANCE, TRADE)
    logged = (row.legal_basis, row.reason, row.author, row.made_on)
    assert logged == (BASIS, "Sáp nhập", "van-phong", date(2022, 9, 13))
    old, new = task(at_work, 1), task(at_work, 4)
    assert (old.status, old.successor_id, old.agency_id) == (S.HANDED_OVER, 4, FINANCE)
    assert (new.status, new.agency_id, new.assigned_on) == (S.ASSIGNED, TRADE, date(2022, 9, 13))
    assert (new.due_on, new.original_due_on, new.title) == (DUE_ON, DUE_ON, old.title)
    assert (old.urged, new.urged, new.last_urged_on) == (2, 0, None)
    [first] = rows(at_work, TaskEvent, TaskEvent.task_id == 4)
    assert (first.kind, first.data["predecessor"], first.data["hand_over"]) == (EventKind.TAKEN_OVER, 1, made)
    assert first.data["urged_before"] == 2
    assert rows(at_work, TaskEvent, TaskEvent.task_id == 1)[-1].data["successor"] == 4
    [change_] = rows(at_work, DeadlineChange, DeadlineChange.task_id == 4)
    assert (change_.cause, change_.due_on) == (DeadlineCause.HAND_OVER, DUE_ON)
    [part] = rows(at_work, TaskCooperation, TaskCooperation.task_id == 4)
    assert (part.agency_id, part.state) == (PLANNING, CooperationState.ACCEPTED)
    assert told(at_work) == [
        (f"handed_over:1:{TRADE}", TRADE, 4),
        (f"handed_over:1:{PLANNING}", PLANNING, 4),
        (f"handed_over:1:{FINANCE}", FINANCE, 4),
        (f"handed_over:2:{TRADE}", TRADE, 5),
        (f"handed_over:2:{FINANCE}", FINANCE, 5),
    ]
    check_history(at_work)


def test_the_series_of_urgings_begins_anew(small_office: Engine) -> None:
    daily_follow_up(small_office, act(A.CLOCK, at("2022-09-05", "07:00")))
    carry(small_office, plan(small_office, 1))
    all_told(small_office)  # on 6/9, when the deadline was over
    acts = (act(A.CLOCK, at(f"2022-09-{n}", "07:00")) for n in ("07", "13"))
    days = [daily_follow_up(small_office, act).urged for act in acts]
    assert (days, rows(small_office, Urging)[-1].number) == ([(), (4,)], 1)


def test_only_the_named_tasks_move(small_office: Engine) -> None:
    carry(small_office, plan(small_office, 2))
    assert [task(small_office, number).status for number in (1, 2)] == [S.ASSIGNED, S.HANDED_OVER]


def test_one_changed_task_refuses_the_whole(at_work: Engine) -> None:
    previewed = plan(at_work)
    answer(at_work, 2, EventKind.PROGRESS, act_on(at_work, 2, A.LEAD, at(DAY)), Said("Đang làm"))
    before = dump(at_work)
    with pytest.raises(NotAllowed, match=r"GN-0002 đã thay đổi sau khi xem trước"):
        carry(at_work, previewed)
    assert dump(at_work) == before


def test_the_same_plan_goes_once(small_office: Engine) -> None:
    previewed = plan(small_office)
    carry(small_office, previewed)
    before = dump(small_office)
    with pytest.raises(NotAllowed, match="GN-0001, GN-0002 đã thay đổi"):
        carry(small_office, previewed)
    assert dump(small_office) == before


def test_closed_tasks_never_move(small_office: Engine) -> None:
    withdraw(small_office, 1, "Thôi", act(A.SECRETARIAT, at(DAY)))
    whole = plan(small_office)
    assert ([moving.task_id for moving in whole.tasks], whole.refused) == ([2], ())
    named = plan(small_office, 1, 2)
    assert [(stay.task_id, stay.reason[:24]) for stay in named.refused] == [(1, "nhiệm vụ đã ở trạng thái")]


def test_a_refused_task_goes_to_another_lead(small_office: Engine) -> None:
    refuse(small_office, 1, "Không thuộc chức năng", act_on(small_office, 1, A.LEAD, at("2022-08-16")))
    carry(small_office, plan(small_office, 1))
    assert task(small_office, 4).status is S.ASSIGNED


def test_a_result_goes_on_waiting(at_work: Engine) -> None:
    submit(at_work, 1, Report("Đã xong", 100), act_on(at_work, 1, A.LEAD, at("2022-08-30")))
    carry(at_work, plan(at_work, 1))
    new = task(at_work, 4)
    assert (new.status, new.submitted_on, new.percent) == (S.SUBMITTED, date(2022, 8, 30), 100)
    asked = rows(at_work, OutboxLetter, OutboxLetter.kind == LetterKind.CONFIRMATION)
    assert [(letter.key, letter.agency_id) for letter in asked] == [
        ("confirmation:1:1", SECRETARIAT),
        ("confirmation:4:0", SECRETARIAT),
    ]
    answer(at_work, 4, EventKind.CONFIRMED, act(A.SECRETARIAT, at("2022-09-08")))
    check_history(at_work)


def test_a_pause_goes_along(small_office: Engine) -> None:
    pause(small_office, 2, "Chờ Bộ hướng dẫn", act(A.SECRETARIAT, at("2022-08-22")))
    assert resume(small_office, 2, "", act(A.SECRETARIAT, at("2022-08-23"))) == date(2022, 10, 3)
    pause(small_office, 2, "Chờ Bộ hướng dẫn", act(A.SECRETARIAT, at("2022-09-05")))
    carry(small_office, plan(small_office, 2))
    assert (task(small_office, 4).status, task(small_office, 4).paused_on) == (S.PAUSED, date(2022, 9, 5))
    assert resume(small_office, 4, "", act(A.SECRETARIAT, at("2022-09-08"))) == date(2022, 10, 6)
    new = task(small_office, 4)
    assert (new.due_unpaused_on, new.original_due_on) == (date(2022, 9, 30), date(2022, 9, 30))
    check_history(small_office)


def test_the_case_goes_along_and_the_request_lapses(at_work: Engine) -> None:
    ask_extension(at_work, 1, "Chờ số liệu", date(2022, 9, 30), act_on(at_work, 1, A.LEAD, at("2022-08-30")))
    raise_case(at_work, 1, FORM, act_on(at_work, 1, A.LEAD, at("2022-08-30")))
    carry(at_work, plan(at_work, 1), day="2022-08-31")
    [case] = rows(at_work, EscalationCase)
    assert (case.task_id, case.state) == (4, CaseState.WAITING)
    [request] = rows(at_work, ExtensionRequest)
    assert (request.task_id, request.state) == (1, ExtensionState.WITHDRAWN)
    closed = rows(at_work, TaskEvent, TaskEvent.task_id == 1)[-1]
    assert (closed.data["case"], closed.data["lapsed_requests"]) == (case.id, [request.id])
    answer_case(at_work, 1, Answer.RETURN, "Tự quyết định.", act(A.LEADER, at("2022-09-05"), capacity="Sở"))
    assert task(at_work, 4).status is S.IN_PROGRESS
    check_history(at_work)


def test_merged_bodies_owe_one_report(at_work: Engine) -> None:
    shared = directive("Báo cáo tiến độ.", FINANCE, TRADE, due=by(date(2022, 9, 30)))
    issue(at_work, shared, number="266/TB-UBND")  # GN-0004 finance, GN-0005 trade
    raise_case(at_work, 4, FORM, act_on(at_work, 4, A.LEAD, at("2022-08-30")))
    [moving] = plan(at_work, 4).tasks
    assert moving.merges_into == 5
    carry(at_work, plan(at_work, 4))
    assert (task(at_work, 4).status, task(at_work, 4).successor_id) == (S.HANDED_OVER, 5)
    assert len(rows(at_work, Task, Task.directive_id == task(at_work, 4).directive_id)) == 2
    event = rows(at_work, TaskEvent, TaskEvent.task_id == 5)[-1]
    assert (event.kind, event.data["predecessor"]) == (EventKind.TAKEN_OVER, 4)
    assert [case.state for case in rows(at_work, EscalationCase)] == [CaseState.LAPSED]
    check_history(at_work)


def test_what_the_new_lead_has_ended_stays_with_the_old(small_office: Engine) -> None:
    shared = directive("Báo cáo tiến độ.", FINANCE, TRADE, due=by(date(2022, 9, 30)))
    issue(small_office, shared, number="266/TB-UBND")
    withdraw(small_office, 5, "Thôi", act(A.SECRETARIAT, at(DAY)))
    [stays] = plan(small_office, 4).refused
    assert "cơ quan nhận đã có nhiệm vụ cùng chỉ đạo" in stays.reason


def test_units_report_to_the_new_aggregator(small_office: Engine) -> None:
    change(small_office, Task, 3, parent_id=1)
    with_parent = rows(small_office, TaskEvent, TaskEvent.task_id == 3)[0]
    data = {"changes": {**with_parent.data["changes"], "parent_id": 1}}
    change(small_office, TaskEvent, with_parent.id, data=data)
    carry(small_office, plan(small_office, 1))
    assert task(small_office, 3).parent_id == 4
    check_history(small_office)


def test_the_next_occurrence_opens_at_the_new_lead(small_office: Engine) -> None:
    issue(small_office, MONTHLY, number="267/TB-UBND")  # GN-0004, planning, due 25/8
    carry(small_office, plan(small_office, 4, source=PLANNING), day="2022-08-24")
    change(small_office, Agency, PLANNING, valid_to=date(2022, 8, 24))
    assert open_next_occurrences(small_office, act(A.CLOCK, at("2022-08-26"))).codes == ("GN-0006",)
    assert (task(small_office, 6).agency_id, task(small_office, 6).occurrence) == (TRADE, 2)


def test_a_body_that_ended_is_not_written_to(small_office: Engine) -> None:
    change(small_office, Agency, FINANCE, valid_to=date(2022, 9, 5))
    carry(small_office, plan(small_office, 2))
    assert [body for _, body, _ in told(small_office)] == [TRADE]


def test_the_register_names_whom_to_offer_first(small_office: Engine) -> None:
    assert successors_of(small_office, FINANCE, at("2022-09-06")) == ()
    assert successors_of(small_office, FINANCE, at("2025-07-02")) == ("st-stc",)
    with pytest.raises(NotFound):
        successors_of(small_office, "không-có", at(DAY))


@pytest.mark.parametrize(
    ("source", "to", "said"),
    [
        (FINANCE, FINANCE, "chính là cơ quan đang chủ trì"),
        (FINANCE, DISTRICTS, "nhóm cơ quan"),
        (FINANCE, "st-stc", "mới hoạt động nên chưa nhận việc được"),
        (FINANCE, "không-có", "Không có cơ quan «không-có»"),
    ],
)
def test_who_cannot_take_over(small_office: Engine, source: str, to: str, said: str) -> None:
    with pytest.raises((NotAllowed, NotFound), match=said):
        plan(small_office, source=source, to=to)


def test_a_hand_over_needs_its_basis_and_its_tasks(small_office: Engine) -> None:
    before = dump(small_office)
    with pytest.raises(NotAllowed, match="cần ghi nội dung"):
        carry(small_office, plan(small_office), basis=" ")
    with pytest.raises(NotAllowed, match="Không có nhiệm vụ nào"):
        carry(small_office, HandOverPlan(TRADE, PLANNING, ()))
    with pytest.raises(NotAllowed, match="không có quyền"):
        hand_over(small_office, plan(small_office), BASIS, "", act(A.LEADER, at(DAY), capacity="x"))
    assert dump(small_office) == before
