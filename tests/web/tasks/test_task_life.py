"""A task's life on its page: reports with figures and files, extensions, pauses, partners, hand-over."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from config.settings import get_settings
from flows.actions.escalation.escalate import raise_case
from flows.actions.follow_up.tick import tick
from flows.actions.installation.instant import advance
from flows.actions.tasks.pause import pause
from models.db import reading
from models.tables.documents import Directive
from models.tables.tasks import Task
from rules.vocabulary import Actor, TaskStatus
from tests.cast import Postman, act, act_on, at, change
from tests.cast import settings as quiet_settings
from tests.cast import task as task_now
from tests.flows.escalation.test_escalation import FORM
from tests.web.sample import seat

Press = Callable[..., str]


@pytest.fixture(autouse=True)
def _evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files go to a folder of the test."""
    monkeypatch.setenv("DONDOC_EVIDENCE_FOLDER", str(tmp_path / "evidence"))
    get_settings.cache_clear()


@pytest.fixture
def press(at_work: TestClient) -> Press:
    """Posts one form of a task's page; says what the page then shows."""

    def posted(code: str, form: str, status: int = 200, files: object = None, **fields: object) -> str:
        data = seat(str(fields["vai"]), code) | {name.replace("_", "-"): fields[name] for name in fields}
        answered = at_work.post(f"/viec/{code}/{form}", data=data, files=files)  # type: ignore[arg-type]
        assert answered.status_code == status, re.findall(r"<strong>([^<]*)", answered.text)[:2]
        return answered.text

    return posted


def test_a_report_with_percent_figures_and_a_file(press: Press, at_work: TestClient) -> None:
    page = press(
        "GN-0002", "tra-loi", vai="chu-tri", viec="progress", noi_dung="Đã khảo sát",
        ty_le="45 %", so_lieu="Hợp tác xã đã khảo sát: 1.204 hợp tác xã\n\nVốn: 12,5 tỷ đồng",
        files={"tep": ("biên bản <b>.txt", "khảo sát 5 huyện".encode(), "text/html")},
    )  # fmt: skip
    for words in ("45%", "hoàn thành 45%", "1.204 hợp tác xã", "12,5 tỷ đồng"):
        assert words in page
    assert "biên bản <b>.txt" not in page  # a file's name is never markup
    [link] = re.findall(r'href="(/tep/\d+)"', page)
    answered = at_work.get(link)
    assert answered.content.decode() == "khảo sát 5 huyện"
    assert answered.headers["content-disposition"].startswith("attachment")
    assert answered.headers["content-type"] == "application/octet-stream"
    assert at_work.get("/tep/999").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ty_le": "nhiều"}, "không hợp lệ"),
        ({"ty_le": "101"}, "từ 0 đến 100"),
        ({"so_lieu": "mười hai hợp tác xã"}, "cần dạng"),
        ({"so_lieu": "Số: 1.5 tỷ"}, "Không đọc được số liệu"),
        ({"so_lieu": "Số: 1\nSố: 2"}, "ghi hai lần"),
        ({"noi_dung": " "}, "cần ghi nội dung"),
    ],
)
def test_a_report_that_cannot_be_read_keeps_what_was_typed(
    press: Press, busy: Engine, fields: dict[str, str], words: str
) -> None:
    typed = {"noi_dung": "Giữ lời này", "ty_le": "30", "so_lieu": "Vốn: 2 tỷ", **fields}
    page = press("GN-0002", "tra-loi", 409, vai="chu-tri", viec="progress", **typed)
    assert words in page
    for value in typed.values():
        assert value.strip() in page
    assert task_now(busy, 2).percent is None


def test_a_file_that_is_refused_is_asked_for_again(press: Press, busy: Engine) -> None:
    files = {"tep": ("lạ.exe", b"MZ\x90\x00\x00", "application/pdf")}
    page = press("GN-0002", "tra-loi", 409, vai="chu-tri", viec="progress", noi_dung="xong", files=files)
    assert "Hãy chọn lại tệp kèm theo." in page
    assert task_now(busy, 2).status is TaskStatus.ASSIGNED


def test_a_result_is_returned_with_what_is_wrong(press: Press, busy: Engine) -> None:
    press("GN-0002", "tra-loi", vai="chu-tri", viec="submitted", noi_dung="Báo cáo số 12")
    page = press("GN-0002", "tra-loi", 409, vai="van-phong", viec="returned", noi_dung="Sơ sài")
    assert "Cần chọn lý do trả lại" in page
    assert "Sơ sài" in page
    press("GN-0002", "tra-loi", vai="van-phong", viec="returned", noi_dung="Sơ sài", loi=["thin", "late"])
    assert task_now(busy, 2).status is TaskStatus.RETURNED


def test_an_extension_is_asked_countered_and_taken(press: Press, at_work: TestClient, busy: Engine) -> None:
    ask = {"vai": "chu-tri", "viec": "extension_asked", "ly_do": "Chờ số liệu huyện"}
    page = press("GN-0002", "gia-han", 409, ngay="20/12/2022", **ask)
    assert "phải sau thời hạn hiện hành" in page
    assert "Chờ số liệu huyện" in page
    assert "20/12/2022" in page
    assert "Cần ghi thời hạn đề nghị" in press("GN-0002", "gia-han", 409, ngay="", **ask)
    assert "Đã gửi đề nghị gia hạn" in press("GN-0002", "gia-han", ngay="15/01/2023", **ask)
    assert "Đề nghị gia hạn đang chờ trả lời" in at_work.get("/viec/GN-0002?vai=van-phong").text
    answer = {"vai": "van-phong", "de_nghi": "1", "tu_cach": "Trưởng Ban Chỉ đạo"}
    assert "cần ghi nội dung" in press("GN-0002", "gia-han", 409, viec="extension_refused", **answer)
    press("GN-0002", "gia-han", viec="extension_countered", ngay="30/12/2022", **answer)
    page = at_work.get("/viec/GN-0002?vai=chu-tri").text
    assert "30/12/2022</strong> (Trưởng Ban Chỉ đạo)" in page
    page = press("GN-0002", "gia-han", vai="chu-tri", viec="extension_agreed", de_nghi="1")
    assert task_now(busy, 2).due_on == date(2022, 12, 30)
    assert "thời hạn ban đầu: 22/12/2022" in page
    assert "Thời hạn đã thay đổi 1 lần" in page
    assert "được gia hạn" in page
    press("GN-0002", "tra-loi", vai="chu-tri", viec="submitted", noi_dung="xong")
    press("GN-0002", "tra-loi", vai="van-phong", viec="confirmed")
    assert "Hoàn thành đúng hạn sau gia hạn" in at_work.get("/viec?trang-thai=confirmed").text


def test_the_lead_does_not_grant_what_it_asked_for(press: Press, busy: Engine) -> None:
    press("GN-0002", "gia-han", vai="chu-tri", viec="extension_asked", ly_do="x", ngay="15/01/2023")
    page = press("GN-0002", "gia-han", 409, vai="chu-tri", viec="extension_agreed", de_nghi="1")
    assert "Chưa có thời hạn khác được đề xuất" in page
    assert task_now(busy, 2).due_on == date(2022, 12, 22)
    press("GN-0002", "gia-han", vai="chu-tri", viec="extension_withdrawn", de_nghi="1")
    assert "Đã rút đề nghị" in press("GN-0002", "tra-loi", vai="chu-tri", viec="received")


def test_often_extended_is_said(press: Press, busy: Engine) -> None:
    for month in (1, 2, 3):
        press("GN-0002", "gia-han", vai="chu-tri", viec="extension_asked", ly_do="x", ngay=f"15/{month}/2023")
        fields = {"vai": "van-phong", "viec": "extension_agreed", "de_nghi": str(month)}
        page = press("GN-0002", "gia-han", **fields)
        assert ("Gia hạn nhiều lần" in page) == (month == 3)


def test_a_pause_and_its_end_show_both_deadlines(press: Press, at_work: TestClient, busy: Engine) -> None:
    press("GN-0002", "tra-loi", 409, vai="van-phong", viec="paused", noi_dung="")
    page = press("GN-0002", "tra-loi", vai="van-phong", viec="paused", noi_dung="Chờ Trung ương")
    assert "từ ngày 19/12/2022; khi tiếp tục" in page
    advance(busy, at("2022-12-21", "09:00"))
    page = press("GN-0002", "tra-loi", vai="van-phong", viec="resumed")
    assert task_now(busy, 2).due_on == date(2022, 12, 26)
    assert "(thời hạn ban đầu: 22/12/2022; không kể thời gian tạm dừng: 22/12/2022)" in page


def test_refusing_has_its_days(press: Press, at_work: TestClient, busy: Engine) -> None:
    assert "Từ chối" not in at_work.get("/viec/GN-0001?vai=chu-tri").text
    page = press("GN-0001", "tra-loi", 409, vai="chu-tri", viec="refused", noi_dung="Không thuộc chức năng")
    assert "Chỉ được từ chối trong 2 ngày làm việc" in page
    with_new = task_now(busy, 1)
    _move(busy, with_new.id or 0, assigned_on=date(2022, 12, 16))
    assert "đến hết ngày 20/12/2022" in at_work.get("/viec/GN-0001?vai=chu-tri").text


def _move(engine: Engine, task_id: int, **values: object) -> None:
    from tests.cast import change

    change(engine, Task, task_id, **values)


def test_partners_have_their_own_state(press: Press, at_work: TestClient) -> None:
    page = at_work.get("/viec/GN-0002?vai=phoi-hop").text
    assert "Sở Công Thương" in page
    part = {"vai": "phoi-hop", "co_quan": "sct"}
    assert "đã nhận phối hợp" in press("GN-0002", "phoi-hop", viec="accepted", **part)
    press("GN-0002", "phoi-hop", 409, viec="contributed", noi_dung="", **part)
    page = press("GN-0002", "phoi-hop", viec="contributed", noi_dung="Danh sách vùng nguyên liệu", **part)
    assert "đã gửi kết quả phối hợp" in page
    assert "Danh sách vùng nguyên liệu" in page
    office = {"vai": "van-phong", "don_vi": "stc"}
    press("GN-0002", "phoi-hop", viec="asked", **office)
    page = press("GN-0002", "phoi-hop", 409, viec="released", **office)
    assert "cần ghi nội dung" in page
    press("GN-0002", "phoi-hop", viec="released", ly_do_phoi_hop="Không cần nữa", **office)
    assert "Chưa chọn cơ quan" in press("GN-0002", "phoi-hop", 409, viec="asked", vai="van-phong")


def test_how_a_deadline_came_about(press: Press, at_work: TestClient, busy: Engine) -> None:
    """Counted from the receipt: provisional until the body has taken the task on."""
    basis = "tính từ ngày nhận 16/08/2022, tạm tính"
    change(busy, Directive, 2, due_anchor="receipt", due_basis=basis, due_on=None)
    assert "Tính từ ngày nhận 16/08/2022, tạm tính" in at_work.get("/viec/GN-0002").text
    page = press("GN-0002", "tra-loi", vai="chu-tri", viec="received")
    assert "Tính từ ngày nhận" in page
    assert "tạm tính" not in page


def test_urgings_show_their_letter(at_work: TestClient, busy: Engine, office: Office) -> None:
    tick(busy, office, at("2022-12-20", "08:00"), quiet_settings(), Postman())
    page = at_work.get("/viec/GN-0001").text
    series = page[page.index('id="don-doc"') :].partition("</section>")[0]
    assert "Lần 1</strong>, 20/12/2022" in series
    assert "Đôn đốc lần 1: quá hạn 8 ngày (hạn 12/12/2022)." in series
    assert "đã gửi" in series


def test_a_collective_is_rolled_up(press: Press, at_work: TestClient) -> None:
    press("GN-0005", "tra-loi", vai="chu-tri", viec="submitted", noi_dung="xong")
    press("GN-0005", "tra-loi", vai="van-phong", viec="confirmed")
    page = at_work.get("/van-ban/1").text
    assert "<strong>1/11</strong> cơ quan hoàn thành; 10 đang thực hiện trong hạn" in page


def test_old_names_say_what_became_of_them(at_work: TestClient, busy: Engine) -> None:
    assert "nay là" not in at_work.get("/viec/GN-0001").text
    advance(busy, at("2025-07-02"))
    page = at_work.get("/viec/GN-0001").text
    assert "(nay là Sở Tài chính" in page


def test_a_hand_over_is_looked_at_before_anything_moves(at_work: TestClient, busy: Engine) -> None:
    page = at_work.get("/chuyen-giao?tu=skhdt&den=stc").text
    assert "1 nhiệm vụ sẽ chuyển từ" in page
    assert task_now(busy, 1).agency_id == "skhdt"
    rows = re.findall(r'name="muc" value="([^"]*)"', page)
    form = {"tu": "skhdt", "den": "stc", "muc": rows, "ly-do": "Sáp nhập", "nguoi-lap": "Văn phòng"}
    answered = at_work.post("/chuyen-giao", data={**form, "can-cu": ""})
    assert answered.status_code == 409
    assert "Sáp nhập" in answered.text
    answered = at_work.post("/chuyen-giao", data={**form, "can-cu": "Quyết định số 12/QĐ-UBND"})
    assert "Đã chuyển giao" in answered.text
    old = task_now(busy, 1)
    assert old.status is TaskStatus.HANDED_OVER
    assert f"/viec/GN-00{old.successor_id}" in at_work.get("/viec/GN-0001").text
    page = at_work.get(f"/viec/GN-00{old.successor_id}").text
    assert "Nhận chuyển giao từ Sở Kế hoạch và Đầu tư" in page
    answered = at_work.post("/chuyen-giao", data={**form, "can-cu": "Quyết định số 12/QĐ-UBND"})
    assert answered.status_code == 409  # the task has changed since it was looked at
    assert "xem trước lại" in answered.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("tu=skhdt&den=skhdt", "chính là cơ quan đang chủ trì"),
        ("tu=skhdt&den=khong-co", "Không có cơ quan"),
        ("tu=skhdt&den=cap-huyen", "là một nhóm cơ quan"),
    ],
)
def test_a_hand_over_that_cannot_be(at_work: TestClient, query: str, words: str) -> None:
    answered = at_work.get(f"/chuyen-giao?{query}")
    assert answered.status_code == 409
    assert words in answered.text


def test_only_what_was_listed_can_be_confirmed(at_work: TestClient, busy: Engine) -> None:
    form = {"tu": "skhdt", "den": "stc", "muc": ["1:x:"], "can-cu": "QĐ 1"}
    answered = at_work.post("/chuyen-giao", data=form)
    assert answered.status_code == 409
    assert "hãy xem trước lại" in answered.text
    with reading(busy) as session:
        assert session.get_one(Task, 1).status is TaskStatus.ASSIGNED


@pytest.mark.parametrize(("code", "listed"), [("GN-0002", ["2"]), ("GN-0001", []), ("khong-co", [])])
def test_one_task_alone_is_handed_over_when_one_is_named(
    at_work: TestClient, code: str, listed: list[str]
) -> None:
    """A code that cannot be read is no wish for the whole desk."""
    page = at_work.get(f"/chuyen-giao?tu=snn&den=stc&viec={code}").text
    assert [row.split(":")[0] for row in re.findall(r'name="muc" value="([^"]*)"', page)] == listed


def test_the_successor_is_offered_first(at_work: TestClient, busy: Engine) -> None:
    assert "Cơ quan kế thừa theo danh mục" not in at_work.get("/chuyen-giao?tu=stc").text
    advance(busy, at("2025-07-02"))
    page = at_work.get("/chuyen-giao?tu=stc").text
    offered = page[page.index("Cơ quan kế thừa theo danh mục") : page.index("Mọi cơ quan")]
    assert re.findall(r'value="([^"]*)"', offered) == ["st-stc"]


def test_more_time_is_offered_until_the_deadline_only(at_work: TestClient, busy: Engine) -> None:
    for day, offered in (("2022-12-22", True), ("2022-12-23", False)):
        advance(busy, at(day, "09:00"))
        page = at_work.get("/viec/GN-0002?vai=chu-tri").text
        assert ("Gửi đề nghị" in page) is offered


@pytest.mark.parametrize("waits", [True, False])
def test_what_waits_for_a_decision_has_no_button_to_go_on(
    at_work: TestClient, busy: Engine, office: Office, waits: bool
) -> None:
    if waits:
        raise_case(busy, 2, FORM, act_on(busy, 2, Actor.LEAD, at("2022-12-19", "09:00"), office=office))
    else:
        pause(busy, 2, "Chờ Trung ương", act(Actor.SECRETARIAT, at("2022-12-19", "09:00")))
    page = at_work.get("/viec/GN-0002?vai=van-phong").text
    assert ('value="resumed"' in page) is not waits
