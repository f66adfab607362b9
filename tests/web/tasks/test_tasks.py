"""The list of tasks and the page of one, with every button and every refusal."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.tasks.answer import Said, answer
from models.db import reading
from models.facts import facts_by_id
from models.tables.tasks import Task
from rules.vocabulary import Actor, EventKind, TaskStatus
from tests.cast import act, act_on, change
from tests.web.conftest import ISSUED_AT
from tests.web.sample import seat

GATE = {
    "missing_authority": "Quyết định mức vốn điều lệ vượt dự toán",
    "basis": "Luật Ngân sách nhà nước",
    "tried": "Đã rà soát nguồn trong dự toán",
    "options": "Bổ sung năm nay; hoặc chuyển sang năm sau",
    "recommendation": "Bổ sung năm nay",
}


def codes(page: str) -> list[str]:
    return re.findall(r'class="code"><a href="/viec/(GN-\d+)"', page)


def status_of(engine: Engine, task_id: int) -> TaskStatus:
    with reading(engine) as session:
        return facts_by_id(session, [task_id])[task_id].status


def test_the_front_door_leads_to_the_list(at_work: TestClient) -> None:
    answered = at_work.get("/")
    assert answered.url.path == "/viec"


def test_the_list_shows_what_presses_first(at_work: TestClient) -> None:
    page = at_work.get("/viec").text
    assert codes(page)[:2] == ["GN-0001", "GN-0002"]
    for words in (
        "Thứ Hai, 19/12/2022", "12/12/2022", "Quá hạn 7 ngày", "Còn 3 ngày", "Không thời hạn", "Mới giao",
        "Sở Kế hoạch và Đầu tư", "Thông báo kết luận số 431/TB-UBND ngày 05/12/2022",
    ):  # fmt: skip
        assert words in page
    figures = re.findall(r"<strong>(\d+)</strong> <span>.*?</svg> ([^<]+)</span>", page)
    assert figures == [("1", "Quá hạn"), ("2", "Đến hạn trong 7 ngày"), ("0", "Chờ xác nhận"),
                       ("0", "Đang trình cấp trên")]  # fmt: skip


def test_an_empty_office_says_what_to_do(client: TestClient) -> None:
    page = client.get("/viec").text
    assert "Chưa có nhiệm vụ nào" in page
    assert 'href="/van-ban/moi"' in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tim=15", ["GN-0015"]),
        ("tim=von dieu le", ["GN-0003"]),
        ("tim=VỐN ĐIỀU LỆ", ["GN-0003"]),
        ("tim=nguyen lieu vung", ["GN-0002"]),
        ("tim=100%", []),
        ("co-quan=skhdt", ["GN-0001"]),
        ("co-quan=khong-co", []),
        ("han=qua-han", ["GN-0001"]),
        ("han=7-ngay", ["GN-0002", "GN-0004"]),
        ("han=khong-thoi-han", ["GN-0003"]),
        ("han=xong-dung-han", []),
        ("trang-thai=accepted", []),
        ("trang-thai=assigned&co-quan=stc", ["GN-0003"]),
    ],
)
def test_filters(at_work: TestClient, query: str, expected: list[str]) -> None:
    assert codes(at_work.get(f"/viec?{query}").text) == expected


@pytest.mark.parametrize(
    "query",
    [
        "trang=abc",
        "tim=%00",
        "co-quan=%00",
        "trang=-1",
        "han=?",
        "trang-thai=x",
        "trang=999999999999999999999",
    ],
)
def test_an_odd_address_is_read_kindly(at_work: TestClient, query: str) -> None:
    assert at_work.get(f"/viec?{query}").status_code == 200


def test_paging_keeps_the_filter(at_work: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.pages.tasks.tasks.PAGE_LENGTH", 4)
    first = at_work.get("/viec?trang-thai=assigned").text
    assert len(codes(first)) == 4
    assert "Trang 1 / 4" in first
    assert "/viec?trang-thai=assigned&amp;trang=2" in first
    seen = [
        code for n in range(1, 5) for code in codes(at_work.get(f"/viec?trang-thai=assigned&trang={n}").text)
    ]
    assert sorted(seen) == [f"GN-{n:04}" for n in range(1, 16)]


def test_one_task_in_its_place(at_work: TestClient) -> None:
    page = at_work.get("/viec/GN-0003").text
    assert "<mark>Sở Tài chính tham mưu phương án" in page
    assert "3. <mark>" in page
    assert "báo cáo UBND tỉnh Sóc Trăng" in page  # where larger matters go
    assert "Giao nhiệm vụ" in page
    assert "Thư: Giao nhiệm vụ" in page
    assert "Chờ gửi" in page
    first = at_work.get("/viec/GN-0001").text
    assert "Đọc từ cụm «trước ngày 12/12/2022»" in first
    assert "Liên minh Hợp tác xã tỉnh" in first
    assert "Hằng tháng, ngày 25" in at_work.get("/viec/GN-0004").text


def test_the_whole_way_of_a_task(at_work: TestClient, busy: Engine) -> None:
    def press(role: str, event: str, note: str = "") -> str:
        form = {**seat(role, "GN-0002"), "viec": event, "noi-dung": note, "loi": "thin"}
        answered = at_work.post("/viec/GN-0002/tra-loi", data=form)
        assert answered.status_code == 200
        return answered.text

    assert "Đã ghi nhận việc tiếp nhận" in press("chu-tri", "received")
    assert "Đã khảo sát 5 huyện" in press("chu-tri", "progress", "Đã khảo sát 5 huyện.")
    assert "Văn phòng sẽ xác nhận" in press("chu-tri", "submitted", "Báo cáo số 12/BC-SNN")
    assert "làm lại" in press("van-phong", "returned", "Thiếu số liệu hai huyện")
    press("chu-tri", "submitted", "Đã bổ sung số liệu")
    page = press("van-phong", "confirmed")
    assert "Đã xác nhận hoàn thành" in page
    assert "Hoàn thành đúng hạn" in page
    assert status_of(busy, 2) is TaskStatus.CONFIRMED
    assert "Mở lại nhiệm vụ đã xác nhận nhầm" in page  # nothing else is left to the office


@pytest.mark.parametrize("event", ["refused", "withdrawn"])
def test_the_side_doors(at_work: TestClient, busy: Engine, event: str) -> None:
    role = "chu-tri" if event == "refused" else "van-phong"
    change(busy, Task, 1, assigned_on=date(2022, 12, 16))  # Friday: may be refused until Tuesday
    form = {**seat(role, "GN-0001"), "viec": event, "noi-dung": "Không thuộc chức năng"}
    assert at_work.post("/viec/GN-0001/tra-loi", data=form).status_code == 200
    assert status_of(busy, 1).value == event
    if event == "refused":
        at_work.post("/viec/GN-0001/tra-loi", data={"vai": "van-phong", "viec": "reassigned"})
        assert status_of(busy, 1) is TaskStatus.ASSIGNED


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"vai": "chu-tri", "viec": "submitted", "noi-dung": " "}, "cần ghi nội dung"),
        (
            {"vai": "chu-tri", "viec": "confirmed", "noi-dung": "giữ lời này"},
            "không thể «Xác nhận hoàn thành»",
        ),
        ({"vai": "van-phong", "viec": "refused", "noi-dung": "giữ lời này"}, "không có quyền"),
        (
            {"vai": "chu-tri", "viec": "escalated", "noi-dung": "giữ lời này"},
            "không phải một trả lời trực tiếp",
        ),
        ({"vai": "ai-do", "viec": "received", "noi-dung": "giữ lời này"}, "Chưa chọn việc"),
        ({"vai": "chu-tri", "viec": "gi-do", "noi-dung": "giữ lời này"}, "Chưa chọn việc"),
    ],
)
def test_a_refused_answer_keeps_what_was_typed(
    at_work: TestClient, busy: Engine, form: dict[str, str], words: str
) -> None:
    answered = at_work.post("/viec/GN-0001/tra-loi", data={**seat(form["vai"], "GN-0001"), **form})
    assert answered.status_code == 409
    assert words in answered.text
    assert form["noi-dung"].strip() in answered.text
    assert status_of(busy, 1) is TaskStatus.ASSIGNED


def test_the_gate_of_a_matter_beyond_authority(at_work: TestClient, busy: Engine) -> None:
    address, lead = "/viec/GN-0003/vuot-tham-quyen", seat("chu-tri", "GN-0003")
    answered = at_work.post(address, data={**lead, **GATE, "basis": "", "needed_by": "31/02/2023"})
    assert answered.status_code == 422
    assert "Cần ghi nội dung mục này" in answered.text
    assert "«31/02/2023» không hợp lệ" in answered.text
    assert GATE["missing_authority"] in answered.text
    assert status_of(busy, 3) is TaskStatus.ASSIGNED
    page = at_work.post(address, data={**lead, **GATE, "needed_by": "30/12/2022"}).text
    assert "Đã trình việc vượt thẩm quyền" in page
    assert "đang chờ ý kiến" in page
    assert status_of(busy, 3) is TaskStatus.PAUSED
    assert at_work.post(address, data={**lead, **GATE}).status_code == 409


def test_a_note_is_never_markup(at_work: TestClient) -> None:
    note = '<script>alert("x")</script>'
    form = {**seat("chu-tri", "GN-0001"), "viec": "progress", "noi-dung": note}
    page = at_work.post("/viec/GN-0001/tra-loi", data=form).text
    assert note not in page
    assert "&lt;script&gt;" in page


def test_the_cuts_agree_with_the_rules(busy: Engine, office: Office) -> None:
    """The list's SQL against ``rules/deadlines/classes.py``, row by row, on days around the deadlines."""
    from models.tasks.list_conditions import Cut, TaskFilter
    from models.tasks.listing import task_page
    from rules.deadlines.classes import class_of
    from rules.vocabulary import CLOSED, DeadlineClass

    later = ISSUED_AT + timedelta(days=10)
    for task_id in (1, 2, 3):
        answer(
            busy,
            task_id,
            EventKind.SUBMITTED,
            act_on(busy, task_id, Actor.LEAD, later, office=office),
            Said("xong"),
        )
        answer(busy, task_id, EventKind.CONFIRMED, act(Actor.SECRETARIAT, later, office=office))
    answer(busy, 5, EventKind.SUBMITTED, act_on(busy, 5, Actor.LEAD, later, office=office), Said("xong"))
    answer(busy, 6, EventKind.WITHDRAWN, act(Actor.SECRETARIAT, later, office=office), Said("thôi"))
    classes = {
        Cut.OVERDUE: DeadlineClass.OVERDUE, Cut.IN_TIME: DeadlineClass.OPEN_IN_TIME,
        Cut.NO_DEADLINE: DeadlineClass.OPEN_NO_DEADLINE, Cut.DONE_IN_TIME: DeadlineClass.DONE_IN_TIME,
        Cut.DONE_LATE: DeadlineClass.DONE_LATE, Cut.DONE_NO_DEADLINE: DeadlineClass.DONE_NO_DEADLINE,
    }  # fmt: skip
    for days in (0, 7, 16, 17, 18, 25, 26, 60):
        today = (ISSUED_AT + timedelta(days=days)).date()
        with reading(busy) as session:
            everything = task_page(session, TaskFilter(), today, 100).rows
            for cut, wanted in classes.items():
                shown = {task.id for task in task_page(session, TaskFilter(cut=cut), today, 100).rows}
                owed = {t.id for t in everything if t.status not in CLOSED | {TaskStatus.SUBMITTED}}
                done = {t.id for t in everything if t.status is TaskStatus.CONFIRMED}
                right = {t.id for t in everything if class_of(t, today) is wanted}
                assert shown == right & (done if wanted.value.startswith("done") else owed), (cut, today)
