"""What others point at comes to an end, and every page still opens and says why.

Each end is made by the act that makes it in an office, not by a changed row. Seen to fail when the page of
cases asks a case that nobody answered who answered it.
"""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.tasks.extensions.asking import ask_extension
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.withdraw import withdraw
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task
from rules.vocabulary import Actor, Answer, CaseState, ExtensionState
from tests.cast import act, act_on, rows
from tests.flows.escalation.test_escalation import FORM
from tests.web.conftest import NOW
from tests.web.every_page import PAGES

#: GN-0005 to GN-0015 are one directive to eleven bodies: one of them can take in another's task.
KEY = 5
LATER = date(2023, 2, 28)
End = Callable[[Engine, Office], None]


@pytest.fixture
def pointed_at(busy: Engine, office: Office) -> Engine:
    """A task with a request for more time, and then a case that waits."""
    ask_extension(busy, KEY, "Chờ vốn", LATER, act_on(busy, KEY, Actor.LEAD, NOW, office=office))
    raise_case(busy, KEY, FORM, act_on(busy, KEY, Actor.LEAD, NOW, office=office))
    return busy


def body_of(engine: Engine, key: int) -> str:
    return str(rows(engine, Task, Task.id == key)[0].agency_id)


def hand_on(engine: Engine, office: Office, to_id: str) -> None:
    plan = preview_hand_over(engine, body_of(engine, KEY), to_id, NOW, (KEY,))
    clerk = act(Actor.SECRETARIAT, NOW, capacity="Chuyên viên", office=office)
    hand_over(engine, plan, "Nghị quyết số 202/2025/QH15", "Sắp xếp", clerk)


def taken_back(engine: Engine, office: Office) -> None:
    withdraw(engine, KEY, "Trùng với nhiệm vụ khác.", act(Actor.SECRETARIAT, NOW, office=office))


def merged(engine: Engine, office: Office) -> None:
    hand_on(engine, office, body_of(engine, KEY + 1))


def moved(engine: Engine, office: Office) -> None:
    hand_on(engine, office, "stc")


def answered(engine: Engine, office: Office) -> None:
    words = "Thuộc thẩm quyền của cơ quan."
    chair = act(Actor.LEADER, NOW, capacity="Trưởng Ban Chỉ đạo", office=office)
    answer_case(engine, 1, Answer.RETURN, words, chair, None)
    acknowledge(engine, 1, act_on(engine, KEY, Actor.LEAD, NOW))
    taken_back(engine, office)


ENDS: dict[End, tuple[CaseState, ExtensionState, str]] = {
    taken_back: (CaseState.LAPSED, ExtensionState.WITHDRAWN, "Nhiệm vụ đã hủy, không còn cần ý kiến."),
    merged: (CaseState.LAPSED, ExtensionState.WITHDRAWN, "đã nhập vào nhiệm vụ cùng nội dung"),
    moved: (CaseState.WAITING, ExtensionState.WITHDRAWN, "Chờ ý kiến: "),
    answered: (CaseState.ACKNOWLEDGED, ExtensionState.WITHDRAWN, "đã ghi nhận"),
}


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_every_page_opens_after_it(pointed_at: Engine, at_work: TestClient, office: Office, end: End) -> None:
    end(pointed_at, office)
    case_state, request_state, words = ENDS[end]
    assert rows(pointed_at, EscalationCase)[0].state is case_state
    assert rows(pointed_at, ExtensionRequest)[0].state is request_state
    for page in (*PAGES, f"/viec/GN-{KEY:04}", f"/viec/GN-{KEY:04}?vai=van-phong"):
        assert at_work.get(page).status_code in (200, 404), page
    assert words in at_work.get("/trinh/1").text
    assert at_work.get("/trinh").status_code == at_work.get("/trinh?phan=da-xong").status_code == 200


@pytest.mark.parametrize("end", [taken_back, merged])
def test_a_lapse_is_a_step_of_the_case(pointed_at: Engine, office: Office, end: End) -> None:
    before = len(rows(pointed_at, EscalationStep))
    end(pointed_at, office)
    steps = rows(pointed_at, EscalationStep)
    assert len(steps) == before + 1
    assert "không còn cần ý kiến" in steps[-1].note
