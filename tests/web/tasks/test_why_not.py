"""Each thing that a role may expect and that cannot be done now says why, in one quiet line."""

import re
from datetime import date

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.escalation.escalate import raise_case
from flows.actions.installation.instant import advance
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.pause import pause
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.report import Report, report, submit
from models.tables.tasks import Task
from rules.vocabulary import Actor, EventKind
from tests.cast import act, act_on, at, change
from tests.flows.escalation.test_escalation import FORM
from tests.web.sample import seat

NOW = at("2022-12-19", "09:00")
LATE = "thời hạn đã qua ngày 12/12/2022. Nay hãy báo cáo tiến độ, nêu lý do chậm"
DAYS_GONE = "Chỉ được từ chối trong 2 ngày làm việc kể từ ngày giao, đến hết ngày 07/12/2022"


def said(client: TestClient, code: str, role: str) -> str:
    """What the quiet lines of a task's page say."""
    page = client.get(f"/viec/{code}?vai={role}").text
    found = re.search(r'<ul class="plain why">(.*?)</ul>', page, re.S)
    return " ".join(re.findall(r"<li>([^<]*)</li>", found[1])) if found else ""


def test_after_its_deadline_a_task_says_why_no_extension_can_be_asked(at_work: TestClient) -> None:
    lines = said(at_work, "GN-0001", "chu-tri")
    assert LATE in lines
    assert "trình cấp trên" in lines
    assert DAYS_GONE in lines
    assert "Gửi đề nghị" not in at_work.get("/viec/GN-0001?vai=chu-tri").text


def test_up_to_its_deadline_it_offers_the_form_and_says_nothing_of_it(
    at_work: TestClient, busy: Engine
) -> None:
    for day, late in (("2022-12-22", False), ("2022-12-23", True)):
        advance(busy, at(day, "09:00"))
        assert ("thời hạn đã qua" in said(at_work, "GN-0002", "chu-tri")) is late


def test_without_a_deadline_there_is_nothing_to_extend(at_work: TestClient) -> None:
    assert "không có thời hạn nên không cần gia hạn" in said(at_work, "GN-0003", "chu-tri")


def test_the_page_and_the_refusal_say_the_same(at_work: TestClient) -> None:
    ask = {**seat("chu-tri", "GN-0001"), "viec": "extension_asked", "ly-do": "x", "ngay": "30/12/2022"}
    refused = at_work.post("/viec/GN-0001/gia-han", data=ask)
    assert refused.status_code == 409
    assert refused.text.count(LATE) == 2


def test_within_its_days_a_refusal_is_offered_and_not_explained(at_work: TestClient, busy: Engine) -> None:
    change(busy, Task, 2, assigned_on=date(2022, 12, 16))
    assert "từ chối" not in said(at_work, "GN-0002", "chu-tri")
    report(busy, 2, Report("Đang làm"), act_on(busy, 2, Actor.LEAD, NOW, office=None))  # type: ignore[arg-type]
    assert "đã báo cáo về nhiệm vụ này nên không từ chối được nữa" in said(at_work, "GN-0002", "chu-tri")


def test_a_paused_task_says_what_it_waits_for(at_work: TestClient, busy: Engine, office: Office) -> None:
    pause(busy, 2, "Chờ Trung ương", act(Actor.SECRETARIAT, NOW))
    assert "sau khi Văn phòng cho tiếp tục" in said(at_work, "GN-0002", "chu-tri")
    assert "sau khi cho tiếp tục" in said(at_work, "GN-0002", "van-phong")
    raise_case(busy, 3, FORM, act_on(busy, 3, Actor.LEAD, NOW, office=office))
    for role in ("chu-tri", "van-phong"):
        assert "chỉ ý kiến đó cho nhiệm vụ tiếp tục" in said(at_work, "GN-0003", role)


def test_a_submitted_and_a_refused_task_say_who_is_to_move(
    at_work: TestClient, busy: Engine, office: Office
) -> None:
    submit(busy, 2, Report("Xong"), act_on(busy, 2, Actor.LEAD, NOW, office=office))
    assert "đang chờ xác nhận" in said(at_work, "GN-0002", "chu-tri")
    assert "chưa tạm dừng hay trình cấp trên được" in said(at_work, "GN-0002", "van-phong")
    change(busy, Task, 3, assigned_on=date(2022, 12, 19))
    refuse(busy, 3, "Không thuộc chức năng", act_on(busy, 3, Actor.LEAD, NOW, office=office))
    assert "chờ Văn phòng giao lại" in said(at_work, "GN-0003", "chu-tri")
    assert "chưa giao lại thì không báo cáo" in said(at_work, "GN-0003", "van-phong")


@pytest.mark.parametrize("role", ["chu-tri", "van-phong", "phoi-hop"])
def test_a_closed_task_has_no_form_and_says_so(
    at_work: TestClient, busy: Engine, office: Office, role: str
) -> None:
    answer(busy, 2, EventKind.WITHDRAWN, act(Actor.SECRETARIAT, NOW, office=office), Said("Không cần nữa"))
    assert "Nhiệm vụ ở trạng thái «Đã hủy» nên không báo cáo, gia hạn" in said(at_work, "GN-0002", role)
    page = at_work.get(f"/viec/GN-0002?vai={role}").text
    assert "<form" not in page[page.index('id="thao-tac"') :]
    assert "/chuyen-giao?" not in page


def test_the_office_and_a_partner_are_told_what_is_not_theirs(at_work: TestClient) -> None:
    lines = said(at_work, "GN-0002", "van-phong")
    assert "khi cơ quan chủ trì đã báo cáo hoàn thành" in lines
    assert "Không có đề nghị gia hạn nào chờ trả lời" in lines
    assert "do cơ quan chủ trì thực hiện" in said(at_work, "GN-0002", "phoi-hop")


def test_a_rung_that_cannot_decide_says_so(at_work: TestClient, busy: Engine, office: Office) -> None:
    raise_case(busy, 3, FORM, act_on(busy, 3, Actor.LEAD, NOW, office=office))
    assert "không quyết định thay; việc cần quyết định thì chuyển cấp trên" in at_work.get("/trinh/1").text
