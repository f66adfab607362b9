"""Công văn đôn đốc on their pages: what waits, the paper to be printed, the record of its issue."""

import html

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from config.office import Office
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.installation.instant import advance
from flows.actions.tasks.answer import Said, answer
from models.tables.tasks import UrgingPaper
from rules.vocabulary import Actor, EventKind
from tests.cast import act, at, rows
from tests.web.conftest import opened
from tests.web.page_words import words

NOW = "2022-12-26"
GOOD = {"so": "512/UBND-TH", "nguoi-ky": "Chánh Văn phòng", "ngay": "22/12/2022"}


@pytest.fixture
def urged(busy: Engine, office: Office) -> Engine:
    """GN-0001, due 12/12, was urged on 13 and 20/12, so a paper to its lead waits; GN-0002 once."""
    for day in ("2022-12-13", "2022-12-20"):
        daily_follow_up(busy, by_clock(at(day, "06:00"), office))
    advance(busy, at(NOW))
    return busy


@pytest.fixture
def pages(urged: Engine, office: Office) -> TestClient:
    with opened(urged, office) as client:
        yield client


def test_what_waits_is_found_from_the_letters(pages: TestClient) -> None:
    assert 'href="/cong-van">Công văn đôn đốc: 1 chờ ký' in pages.get("/thu").text
    page = pages.get("/cong-van").text
    assert "Chờ ký (1)" in page
    assert "Sở Kế hoạch và Đầu tư" in page
    assert 'href="/cong-van/1">20/12/2022' in page


def test_the_paper_has_the_parts_of_its_form(pages: TestClient) -> None:
    page = words(pages.get("/cong-van/1").text)
    for part in (
        "ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG VĂN PHÒNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do",
        "V/v đôn đốc thực hiện nhiệm vụ", "Kính gửi: Sở Kế hoạch và Đầu tư", "còn 01 nhiệm vụ",
        "Nơi nhận: - Như trên; - Trưởng Ban Chỉ đạo (để báo cáo); - Lưu: VT.", "Lưu: VT. ………",
        "Phụ lục Danh mục nhiệm vụ", "STT Nhiệm vụ Văn bản giao Thời hạn Số ngày quá hạn Lần đôn đốc",
        "(GN-0001) Thông báo kết luận số 431/TB-UBND ngày 05/12/2022 12/12/2022 14 2",
    ):  # fmt: skip
        assert part in page


def test_its_issue_is_recorded(pages: TestClient, urged: Engine) -> None:
    answered = pages.post("/cong-van/1/ban-hanh", data=GOOD)
    assert answered.url.path == "/cong-van/1"
    page = words(answered.text)
    assert "Đã ghi việc ban hành công văn đôn đốc" in page
    assert "Số: 512/UBND-TH" in page
    assert "Sóc Trăng, ngày 22 tháng 12 năm 2022" in page
    assert "12/12/2022 10 2" in page  # late by the day of the paper
    assert "/ban-hanh" not in answered.text
    story = pages.get("/viec/GN-0001").text
    assert "Công văn số 512/UBND-TH ngày 22/12/2022" in story
    assert '<a href="/cong-van/1">Ban hành công văn đôn đốc</a>' in story
    assert "Công văn đôn đốc</a>" in pages.get("/thu").text
    listed = words(pages.get("/cong-van").text)
    assert "Không có công văn nào chờ ký" in listed
    assert "512/UBND-TH 22/12/2022 Sở Kế hoạch và Đầu tư Chánh Văn phòng 1/1 nhiệm vụ" in listed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ngay": ""}, "Chưa ghi ngày ban hành"),
        ({"ngay": "31/2/2022"}, "Ngày «31/2/2022» không hợp lệ"),
        ({"ngay": "19/12/2022"}, "trước ngày chuẩn bị công văn (20/12/2022)"),
        ({"ngay": "27/12/2022"}, "chưa tới"),
        ({"so": "512 <b>"}, "Số, ký hiệu «512 <b>» không hợp lệ"),
        ({"nguoi-ky": ""}, "Chưa ghi chức vụ người ký"),
    ],
)
def test_what_was_typed_comes_back_with_a_sentence(
    pages: TestClient, urged: Engine, changed: dict[str, str], sentence: str
) -> None:
    typed = {**GOOD, **changed}
    answered = pages.post("/cong-van/1/ban-hanh", data=typed)
    assert answered.status_code == 422
    assert sentence in html.unescape(answered.text)
    for name, value in typed.items():
        assert f'name="{name}" type="text" value="{html.escape(value)}"' in answered.text
    assert rows(urged, UrgingPaper)[0].issued_on is None


def test_a_second_time_says_when_it_went_out(pages: TestClient) -> None:
    pages.post("/cong-van/1/ban-hanh", data=GOOD)
    again = pages.post("/cong-van/1/ban-hanh", data={**GOOD, "so": "600/UBND-TH"})
    assert again.status_code == 409
    assert "đã được ban hành ngày 22/12/2022, số 512/UBND-TH" in again.text


def test_a_paper_that_nobody_needs_any_more(pages: TestClient, urged: Engine, office: Office) -> None:
    answer(urged, 1, EventKind.WITHDRAWN, act(Actor.LEADER, at(NOW), office=office), Said("Thôi"))
    page = words(pages.get("/cong-van/1").text)
    assert "Không còn nhiệm vụ nào để đôn đốc" in page
    assert "Nhiệm vụ ở trạng thái «Đã hủy»" in page
    assert "Kính gửi" not in page
    refused = pages.post("/cong-van/1/ban-hanh", data={**GOOD, "ngay": "26/12/2022"})
    assert refused.status_code == 409
    assert 'value="512/UBND-TH"' in refused.text
    assert "Không còn cần ban hành (1)" in pages.get("/cong-van").text
    assert "chờ ký" not in pages.get("/thu").text
    late = words(pages.post("/cong-van/1/ban-hanh", data=GOOD).text)  # it had gone out before that
    assert "Số: 512/UBND-TH" in late


def test_of_a_paper_that_is_not(pages: TestClient) -> None:
    for key in ("99", "x", "9" * 30):
        assert pages.get(f"/cong-van/{key}").status_code == 404
        assert pages.post(f"/cong-van/{key}/ban-hanh", data=GOOD).status_code == 404


def test_an_office_without_papers(client: TestClient) -> None:
    assert "Không có công văn nào chờ ký" in client.get("/cong-van").text
