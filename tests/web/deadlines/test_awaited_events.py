"""Events that deadlines wait for, on their pages: what waits, the day recorded, the day corrected."""

import html
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.actions.installation.instant import advance
from models.tables.documents import AwaitedEvent
from models.tables.tasks import Task
from tests.cast import DATED, FINANCE, TRADE, at, issue, move_in, rows
from tests.flows.deadlines.test_awaited_events import waits
from tests.web.conftest import opened
from tests.web.page_words import words


@pytest.fixture
def waiting(sqlite_engine: Engine) -> Engine:
    """One event, three tasks: two get a date from it, the phrase of GN-0003 names no number of days."""
    first = waits("Triển khai đề án.", FINANCE, TRADE)
    issue(move_in(sqlite_engine), first, waits("Tuyên truyền.", FINANCE, phrase="sau khi được phê duyệt"))
    advance(sqlite_engine, at("2022-08-26"))
    return sqlite_engine


@pytest.fixture
def pages(waiting: Engine, office: Office) -> Iterator[TestClient]:
    with opened(waiting, office) as client:
        yield client


def test_what_is_waited_for_is_found_from_the_documents(pages: TestClient) -> None:
    assert 'đang chờ ngày của <a href="/su-kien">1 sự kiện</a>' in pages.get("/van-ban").text
    page = pages.get("/su-kien").text
    assert "Đang chờ (1)" in page
    assert "Đề án được phê duyệt" in page
    assert '<a href="/van-ban/1">Thông báo kết luận số 265/TB-UBND ngày 15/08/2022</a>' in page
    assert "3 nhiệm vụ đang chờ" in page
    assert [f"/viec/GN-000{n}" in page for n in (1, 2, 3)] == [True] * 3
    assert "«trong 05 ngày làm việc kể từ ngày đề án được phê duyệt»" in page


def test_a_day_gives_the_deadlines_and_says_which_have_none(pages: TestClient, waiting: Engine) -> None:
    answered = pages.post("/su-kien/1/ngay", data={"ngay": "25/8/2022"})
    assert answered.url.path == "/su-kien/1"
    page = words(answered.text)
    assert "Đã ghi ngày của sự kiện" in page
    assert "2 nhiệm vụ đang mở có thời hạn; 1 nhiệm vụ chưa có thời hạn" in page
    assert "không nêu số ngày tính từ sự kiện" in page
    dated, undated = answered.text.split("Chưa có thời hạn (1)")
    assert dated.count("05/09/2022") >= 2
    assert "GN-0003" in undated
    assert "GN-0001" not in undated
    assert [str(task.due_on) for task in rows(waiting, Task)] == ["2022-09-05", "2022-09-05", "None"]
    assert "đều đã có ngày" in pages.get("/van-ban").text
    listed = words(pages.get("/su-kien").text)
    assert "Không có sự kiện nào đang chờ ngày" in listed
    assert "25/08/2022 3 1 nhiệm vụ chưa có thời hạn" in listed


def test_a_day_is_corrected(pages: TestClient, waiting: Engine) -> None:
    pages.post("/su-kien/1/ngay", data={"ngay": "25/8/2022"})
    page = pages.get("/su-kien/1").text
    assert 'value="25/08/2022"' in page
    assert "Sửa ngày" in page
    assert "06/09/2022" in pages.post("/su-kien/1/ngay", data={"ngay": "2022-08-26"}).text
    assert rows(waiting, AwaitedEvent)[0].happened_on.day == 26


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ("", 422, "Chưa ghi ngày của sự kiện"),
        ("31/2/2022", 422, "Ngày «31/2/2022» không hợp lệ"),
        ("<b>mai", 422, "Ngày «<b>mai» không hợp lệ"),
        ("14/8/2022", 409, "ở trước ngày văn bản (15/08/2022)"),
        ("25/8/2202", 422, "xem lại năm"),
        ("31/12/9999", 422, "xem lại năm"),
        ("25/8/2092", 409, "xem lại năm"),
        ("30/12/2027", 409, "2028"),
    ],
)
def test_a_wrong_day_comes_back_with_a_sentence(
    pages: TestClient, waiting: Engine, typed: str, status: int, sentence: str
) -> None:
    answered = pages.post("/su-kien/1/ngay", data={"ngay": typed})
    assert answered.status_code == status
    assert sentence in html.unescape(answered.text)
    assert f'name="ngay" value="{html.escape(typed)}"' in answered.text
    assert rows(waiting, AwaitedEvent)[0].happened_on is None


def test_of_an_event_that_is_not(pages: TestClient) -> None:
    for key in ("99", "x", "9" * 30):
        assert pages.get(f"/su-kien/{key}").status_code == 404
        assert pages.post(f"/su-kien/{key}/ngay", data={"ngay": "25/8/2022"}).status_code == 404


def test_an_office_where_nothing_waits(client: TestClient, registered: Engine) -> None:
    assert "Không có sự kiện nào đang chờ ngày" in client.get("/su-kien").text
    assert "/su-kien" not in client.get("/van-ban").text
    issue(registered, DATED)
    assert "/su-kien" not in client.get("/van-ban").text
