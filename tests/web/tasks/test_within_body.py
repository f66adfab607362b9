"""A task's page says who works on it within each body; its head or clerk hands it on there."""

import re
from datetime import date

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.people import TaskOfficer
from models.tables.tasks import Task
from rules.people.seat_roles import SeatRole
from rules.vocabulary import TaskStatus
from tests.cast import change, rows
from tests.office_people import seated
from tests.web.as_person import signed_in

PAGE, LEAD, PARTNER = "/viec/GN-0002", "snn", "sct"
AS_LEAD, AS_PARTNER = {"vai": "chu-tri", "co-quan": LEAD}, {"vai": "phoi-hop", "co-quan": PARTNER}
HEAD, OFFICER, OTHER, PARTNERS = 1, 2, 3, 4
HANDED = {"nguoi": str(OFFICER), "ngay-trong-co-quan": "21/12/2022", "ghi-chu": "Rà soát <trước>."}
FORM = 'action="/viec/GN-0002/nguoi-thuc-hien"'


@pytest.fixture
def staffed(at_work: TestClient, busy: Engine) -> TestClient:
    """Two officers and a head at the lead, a clerk at the body that cooperates."""
    seated(busy, "Trần Thị Bình", LEAD, SeatRole.HEAD)
    seated(busy, "Phạm Thị Dung", LEAD, SeatRole.OFFICER)
    seated(busy, "Hồ Văn Em", LEAD, SeatRole.OFFICER)
    seated(busy, "Võ Thị Giang", PARTNER, SeatRole.CLERK)
    return at_work


def page(client: TestClient, sitting: dict[str, str]) -> str:
    return client.get(PAGE, params=sitting).text


def buttons(text: str) -> set[str]:
    return set(re.findall(r'name="viec" value="([\w-]+)"', text))


def test_handed_on_and_taken_back(staffed: TestClient, busy: Engine) -> None:
    answered = staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED)
    assert "Đã ghi việc giao người thực hiện trong cơ quan." in answered.text
    assert "Giao người thực hiện: Phạm Thị Dung, trong cơ quan: chậm nhất ngày 21/12/2022" in answered.text
    assert "Rà soát &lt;trước&gt;." in answered.text
    assert "Người thực hiện trong cơ quan: Phạm Thị Dung" in answered.text
    [row] = rows(busy, TaskOfficer)
    assert (row.person_id, row.body_id) == (OFFICER, LEAD)
    answered = staffed.post(f"{PAGE}/nguoi-thuc-hien", data={**AS_LEAD, "viec": "thoi-giao"})
    assert "Thôi giao Phạm Thị Dung" in answered.text
    assert rows(busy, TaskOfficer) == []


def test_nobody_sits_there_nothing_is_offered(at_work: TestClient, staffed: TestClient) -> None:
    assert FORM in page(staffed, AS_LEAD)
    assert FORM in page(staffed, AS_PARTNER)
    assert FORM not in page(staffed, {"vai": "van-phong"})
    nobody = at_work.get("/viec/GN-0001?vai=chu-tri").text
    assert "nguoi-thuc-hien" not in nobody


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"nguoi": ""}, "Chưa chọn người thực hiện."),
        ({"nguoi": "99"}, "hiện không có vị trí ở cơ quan này"),
        ({"nguoi": str(PARTNERS)}, "hiện không có vị trí ở cơ quan này"),
        ({"ngay-trong-co-quan": "31/02/2023"}, "31/02/2023"),
        ({"ngay-trong-co-quan": "18/12/2022"}, "đã qua"),
        ({"ngay-trong-co-quan": "31/12/2099"}, "không được sau thời hạn phải hoàn thành"),
        ({"viec": "thoi-giao"}, "chưa giao nhiệm vụ này cho ai"),
    ],
)
def test_refused_in_place_with_what_was_typed(
    staffed: TestClient, busy: Engine, typed: dict[str, str], words: str
) -> None:
    answered = staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED | typed)
    assert answered.status_code == 409
    assert words in answered.text
    assert '<details class="gate more" id="nguoi-thuc-hien" open>' in answered.text
    assert "Rà soát &lt;trước&gt;.</textarea>" in answered.text
    assert rows(busy, TaskOfficer) == []


def test_another_bodys_name_in_the_form(staffed: TestClient, busy: Engine) -> None:
    for body in (PARTNER, "sgddt", ""):
        answered = staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED | {"co-quan": body})
        assert answered.status_code == 409, body
    assert rows(busy, TaskOfficer) == []


@pytest.mark.parametrize(
    ("status", "role", "told"),
    [
        (TaskStatus.ASSIGNED, AS_LEAD, "thời hạn đã qua"),
        (TaskStatus.SUBMITTED, AS_LEAD, "chưa báo cáo thêm, chưa gia hạn được"),
        (TaskStatus.REFUSED, AS_LEAD, "chờ Văn phòng giao lại"),
        (TaskStatus.PAUSED, AS_LEAD, "chỉ báo cáo hay gia hạn được sau khi Văn phòng cho tiếp tục"),
        (TaskStatus.WITHDRAWN, AS_LEAD, "nên không báo cáo, gia hạn hay phối hợp được nữa"),
        (TaskStatus.ASSIGNED, AS_PARTNER, "Báo cáo kết quả và đề nghị gia hạn do cơ quan chủ trì"),
    ],
)
def test_an_officer_reads_no_advice_about_what_he_may_not_do(
    staffed: TestClient, busy: Engine, status: TaskStatus, role: dict[str, str], told: str
) -> None:
    """Refusing and the way to a higher rung are the head's, who reads of them. Break: ``officer=False``."""
    change(busy, Task, 2, status=status, due_on=date(2022, 12, 12), paused_from=TaskStatus.ASSIGNED)
    officer = seated(busy, "Lý Văn Khanh", role["co-quan"], SeatRole.OFFICER)
    with signed_in(staffed, busy, officer):
        lines = page(staffed, role).partition('class="plain why"')[2].partition("</ul>")[0]
        assert told in lines
        assert "trình cấp trên" not in lines
        assert "từ chối" not in lines
    head = seated(busy, "Lý Thị Loan", role["co-quan"], SeatRole.HEAD)
    with signed_in(staffed, busy, head):
        lines = page(staffed, role).partition('class="plain why"')[2].partition("</ul>")[0]
        assert ("từ chối" in lines or "trình cấp trên" in lines) is (status is not TaskStatus.REFUSED)


def test_an_officer_sees_what_he_may_do(staffed: TestClient, busy: Engine) -> None:
    with signed_in(staffed, busy, OFFICER):
        before = page(staffed, AS_LEAD)
        assert buttons(before) == set()
        assert "Nhiệm vụ này chưa giao cho bạn thực hiện" in before
    with signed_in(staffed, busy, HEAD):
        assert {"received", "refused"} <= buttons(page(staffed, AS_LEAD)) | {"refused"}
        staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED)
    with signed_in(staffed, busy, OFFICER):
        after = page(staffed, AS_LEAD)
        assert {"received", "progress", "submitted"} <= buttons(after)
        assert not {"refused", "thoi-giao"} & buttons(after)
        assert FORM not in after
        assert "vuot-tham-quyen" not in after
        refused = staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED)
        assert refused.status_code == 409
    [row] = rows(busy, TaskOfficer)
    assert row.person_id == OFFICER


def test_the_bodys_own_words_are_its_own(staffed: TestClient, busy: Engine) -> None:
    staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED)
    with signed_in(staffed, busy, HEAD):
        facts = page(staffed, AS_LEAD).partition("<dt>Người thực hiện</dt>")[2].partition("</div>")[0]
        assert "Trong cơ quan: chậm nhất ngày 21/12/2022; Rà soát" in facts
    with signed_in(staffed, busy, PARTNERS):
        seen = page(staffed, AS_PARTNER)
        facts = seen.partition("<dt>Người thực hiện</dt>")[2].partition("</div>")[0]
        assert "Phạm Thị Dung" in facts
        assert "21/12/2022" not in seen
        assert "Rà soát &lt;trước&gt;" not in seen


def test_what_was_handed_to_me(staffed: TestClient, busy: Engine) -> None:
    staffed.post(f"{PAGE}/nguoi-thuc-hien", data=AS_LEAD | HANDED)
    assert "Giao cho tôi" not in staffed.get("/viec").text
    assert "GN-0001" in staffed.get("/viec?cua-toi=1").text  # nobody signed in: no filter
    with signed_in(staffed, busy, OFFICER):
        mine = staffed.get("/viec?cua-toi=1").text
        assert re.findall(r'class="code"><a href="/viec/(GN-\d+)"', mine) == ["GN-0002"]
        assert 'name="cua-toi" value="1" checked' in mine
    with signed_in(staffed, busy, OTHER):
        assert 'class="code"' not in staffed.get("/viec?cua-toi=1").text
