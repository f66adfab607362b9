"""Deadlines counted anew, on their pages: the list, the question on the task, and its answers."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from flows.actions.installation.instant import advance
from models.deadlines.calendar_years import RecountedDeadline
from rules.deadlines.recounts import Recount
from tests.cast import FINANCE, at, rows, task
from tests.flows.deadlines.calendars import GUESSED, KNOWN, KNOWN_WORKED
from tests.flows.deadlines.test_recount import COUNTED, MARK, NEW, issue, morning, relative
from tests.flows.deadlines.test_recount_left import asked
from tests.web.conftest import opened
from tests.web.deadlines.test_awaited_events import words


@pytest.fixture
def pages(sqlite_engine: Engine) -> Iterator[TestClient]:
    """One deadline whose day by the notice was over when it was counted."""
    advance(asked(sqlite_engine), at("2022-09-05", "09:00"))
    with opened(sqlite_engine, KNOWN_WORKED) as client:
        yield client


def test_the_mark_stands_on_the_task_until_the_notice_is_used(sqlite_engine: Engine) -> None:
    issue(sqlite_engine, relative(FINANCE))
    advance(sqlite_engine, at("2022-08-17"))
    with opened(sqlite_engine, GUESSED) as client:
        assert "năm 2022 tạm tính" in words(client.get("/viec/GN-0001").text)
        assert "Năm 2022 : tạm tính, chưa có thông báo" in words(client.get("/lich-nghi").text)
        assert "/lich-nghi" not in client.get("/van-ban").text
    morning(sqlite_engine)
    with opened(sqlite_engine, KNOWN) as client:
        page, _, _history = words(client.get("/viec/GN-0001").text).partition("Diễn biến")
        assert MARK not in page
        assert "chậm nhất ngày 06/09/2022 (tính lại theo lịch nghỉ chính thức)" in page
        listed = words(client.get("/lich-nghi").text)
        assert "Tính ngày 17/08/2022, lịch năm 2022 (1)" in listed
        assert "02/09/2022 06/09/2022 Đã tính lại" in listed
        assert "Thông báo số 1/TB-BLĐTBXH" in listed


def test_a_question_is_found_from_the_documents_and_the_task(pages: TestClient) -> None:
    assert "1 thời hạn chờ Văn phòng quyết định" in words(pages.get("/van-ban").text)
    assert "Chờ Văn phòng quyết định (1)" in words(pages.get("/lich-nghi").text)
    asks = "thời hạn tính lại là 02/09/2022 , đã qua khi tính nên chưa thay đổi"
    assert asks in words(pages.get("/viec/GN-0001").text)
    assert "Giữ ngày 06/09/2022" not in pages.get("/viec/GN-0001?vai=chu-tri").text
    assert "Giữ ngày 06/09/2022" in pages.get("/viec/GN-0001?vai=van-phong").text


@pytest.mark.parametrize(
    ("choice", "outcome", "due_on"),
    [("lay-ngay-moi", Recount.SET, COUNTED), ("giu-ngay-cu", Recount.KEPT, NEW)],
)
def test_it_is_answered_on_the_task_and_goes(
    pages: TestClient, sqlite_engine: Engine, choice: str, outcome: Recount, due_on: object
) -> None:
    form = {"chon": choice, "ve": "GN-0001", "y-kien": "Đã trao đổi <b>với</b> sở."}
    answered = pages.post("/lich-nghi/1", data=form)
    assert answered.url.path == "/viec/GN-0001"
    assert "Đã ghi quyết định về thời hạn tính lại." in words(answered.text)
    assert "cần quyết định" not in answered.text
    assert rows(sqlite_engine, RecountedDeadline)[0].outcome is outcome
    assert task(sqlite_engine).due_on == due_on
    again = pages.post("/lich-nghi/1", data=form)
    assert (again.status_code, "không còn chờ quyết định" in again.text) == (409, True)
    assert "&lt;b&gt;với&lt;/b&gt;" in pages.get("/lich-nghi").text


def test_what_is_no_answer_changes_nothing(pages: TestClient, sqlite_engine: Engine) -> None:
    assert pages.post("/lich-nghi/1", data={"chon": "x"}).status_code == 422
    assert pages.post("/lich-nghi/99", data={"chon": "giu-ngay-cu"}).status_code == 404
    elsewhere = {"chon": "giu-ngay-cu", "ve": "//evil.example"}
    assert rows(sqlite_engine, RecountedDeadline)[0].outcome is Recount.ASKED
    assert pages.post("/lich-nghi/1", data=elsewhere).url.path == "/lich-nghi"
