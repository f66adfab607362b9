"""A document that takes long: its page says how far it is, and ends at the draft or at what was wrong."""

import logging
import re
from threading import Semaphore

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.office import Office
from flows.formats.content import DocumentError
from tests.flows.formats.image_files import png
from tests.flows.formats.installed import needs_tesseract
from tests.flows.formats.pdf_files import pictures, text_pdf
from tests.web.conftest import opened
from tests.web.documents.test_documents import NEW, documents
from tests.web.reading.slow_reader import LONG, SlowReader, finished, readings_of
from tests.web.sample import CONCLUSION, PRESS
from web.pages.reading import intake, reading_turns, readings

FILE = {"tep": ("quét <b>.txt", CONCLUSION.encode())}
WAITING = re.compile(r"/van-ban/dang-doc/[\w-]{22}")


def test_how_far_it_is_and_then_the_draft(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    sent = client.post(NEW, files=FILE, follow_redirects=False)
    assert sent.status_code == 303
    address = sent.headers["location"]
    assert WAITING.fullmatch(address)
    assert reader.at_work.wait(30)
    page = client.get(address).text
    assert "Đang nhận dạng chữ, trang 12/50… (22%)" in page
    assert '<progress id="tien-do" max="100" value="22">' in page
    assert '<meta http-equiv="refresh" content="2">' in page
    assert "quét &lt;b&gt;.txt" in page
    assert documents(registered) == 0
    reader.go.set()
    finished(client, address)
    ended = client.get(address)
    assert ended.url.path == "/van-ban/1"
    assert "Đã đọc văn bản" in ended.text
    assert "<legend>Chỉ đạo 5</legend>" in ended.text
    assert client.get(address).url.path == "/van-ban/1", "going back leads there again"
    assert documents(registered) == 1


def test_what_is_read_within_a_moment_needs_no_page_that_waits(client: TestClient) -> None:
    assert client.post(NEW, files=FILE, follow_redirects=False).headers["location"] == "/van-ban/1?xong=doc"


def test_a_refused_file_is_named_with_what_to_do(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch, DocumentError("Tệp “<i>.pdf” không đọc được. Hãy quét lại."))
    address = client.post(NEW, files=FILE, data={"ngay": "5/9/2022"}).url.path
    reader.go.set()
    finished(client, address)
    answered = client.get(address)
    assert answered.status_code == 422
    assert "Tệp “&lt;i&gt;.pdf” không đọc được. Hãy quét lại." in answered.text
    assert 'value="5/9/2022"' in answered.text
    assert 'http-equiv="refresh"' not in answered.text
    assert documents(registered) == 0


def test_a_fault_is_shown_and_logged_and_what_was_pasted_is_kept(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reader = SlowReader(monkeypatch, RuntimeError("lỗi của bộ đọc"))
    with caplog.at_level(logging.ERROR):
        address = client.post(NEW, data={"noi-dung": "Nội dung được giữ lại"}).url.path
        reader.go.set()
        finished(client, address)
    answered = client.get(address)
    assert answered.status_code == 500
    assert f"lỗi khi đọc “{intake.PASTED}”; lỗi đã được ghi vào nhật ký" in answered.text
    assert "Nội dung được giữ lại</textarea>" in answered.text
    assert "lỗi của bộ đọc" not in answered.text
    assert "RuntimeError: lỗi của bộ đọc" in caplog.text
    assert documents(registered) == 0


def test_two_people_at_once(client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = SlowReader(monkeypatch)
    mine = client.post(NEW, files={"tep": ("a.txt", CONCLUSION.encode())}).url.path
    theirs = client.post(NEW, files={"tep": ("b.txt", PRESS.encode())}).url.path
    assert mine != theirs
    reader.go.set()
    found = {}
    for name, address in (("a.txt", mine), ("b.txt", theirs)):
        finished(client, address)
        found[name] = client.get(address).text
    assert "431/TB-UBND" in found["a.txt"]
    assert "Ngành nông nghiệp" in found["b.txt"]
    assert documents(registered) == 2


def test_the_same_file_again_while_it_is_read_is_read_once(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    first = client.post(NEW, files=FILE).url.path
    assert client.post(NEW, files=FILE).url.path == first
    reader.go.set()
    finished(client, first)
    assert (reader.names, documents(registered)) == ([FILE["tep"][0]], 1)
    # Read and at hand: from now on it is a second draft.
    again = client.post(NEW, files=FILE, data={"viec": "van-doc"}).url.path
    finished(client, again)
    assert documents(registered) == 2


def test_a_crowd_that_hands_in_does_not_take_the_threads_of_all_pages(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen red: forty who handed in the same file held every thread for a second each."""
    reader = SlowReader(monkeypatch)
    monkeypatch.setattr(intake, "PATIENCE", 2 * LONG)
    nobody_more = Semaphore(0)
    monkeypatch.setattr(intake, "_WAITERS", nobody_more)
    address = client.post(NEW, files=FILE).url.path
    assert address.startswith("/van-ban/dang-doc/")
    reader.go.set()
    finished(client, address)
    assert not nobody_more.acquire(blocking=False), "who did not wait gives nothing back"


def test_a_document_issued_before_is_still_told(at_work: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = SlowReader(monkeypatch)
    address = at_work.post(NEW, files=FILE).url.path
    reader.go.set()
    finished(at_work, address)
    assert "đã được phát hành trước đó" in at_work.get(address).text


def test_too_many_at_once_are_refused_and_lose_nothing(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    monkeypatch.setattr(readings, "MOST_AT_ONCE", 1)
    address = client.post(NEW, files=FILE).url.path
    refused = client.post(NEW, data={"noi-dung": "Nội dung giữ lại"})
    assert refused.status_code == 503
    assert "Máy chủ đang đọc 1 văn bản khác" in refused.text
    assert "Nội dung giữ lại</textarea>" in refused.text
    reader.go.set()
    finished(client, address)
    finished(client, client.post(NEW, data={"noi-dung": PRESS}).url.path)
    assert documents(registered) == 2


def test_a_stop_ends_the_reading_and_the_next_start_says_so(
    registered: Engine, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    monkeypatch.setattr(readings, "_STOP_SECONDS", 0.01)  # it does not listen: the stop goes on without it
    with opened(registered, office) as client:
        address = client.post(NEW, files=FILE).url.path
        job = readings_of(client).find(address.rpartition("/")[2])
        assert reader.at_work.wait(30)
    reader.go.set()
    assert job is not None
    assert isinstance(job.future.exception(30), readings.ReadingStopped)
    with opened(registered, office) as client:
        lost = client.get(address)
    assert lost.status_code == 404
    assert "hãy nạp lại" in lost.text
    assert 'href="/van-ban/moi"' in lost.text
    assert documents(registered) == 0


def test_who_leaves_gets_the_form_again(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    address = client.post(NEW, data={"noi-dung": "Nội dung giữ lại", "ngay": "5/9/2022"}).url.path
    assert reader.at_work.wait(30)
    assert "<button>Thôi đọc</button>" in client.get(address).text
    assert "Đang thôi đọc…" in client.post(address).text, "its reader has not heard of it yet"
    reader.go.set()
    finished(client, address)
    page = client.get(address)
    assert page.status_code == 200
    assert f"Đã thôi đọc “{intake.PASTED}” theo yêu cầu; chưa có gì được lưu." in page.text
    assert "Nội dung giữ lại</textarea>" in page.text
    assert documents(registered) == 0
    assert client.post(address).url.path == address, "once more changes nothing"


def test_what_waits_for_its_turn_says_so_and_is_left_at_once(
    client: TestClient, registered: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SlowReader(monkeypatch)
    monkeypatch.setattr(reading_turns, "AT_WORK", 1)
    first = client.post(NEW, files=FILE).url.path
    second = client.post(NEW, data={"noi-dung": PRESS})
    assert "Đang chờ đến lượt đọc…" in second.text
    assert "Đã thôi đọc" in client.post(second.url.path).text
    third = client.post(NEW, data={"noi-dung": PRESS}).url.path
    reader.go.set()
    for address in (first, third):
        finished(client, address)
    assert documents(registered) == 2
    assert len(reader.names) == 2


def test_who_leaves_what_is_read_already_gets_the_draft(client: TestClient) -> None:
    client.post(NEW, files=FILE)
    [token] = readings_of(client)._jobs
    assert client.post(f"/van-ban/dang-doc/{token}").url.path == "/van-ban/1"


def test_nobody_leaves_what_nobody_knows(client: TestClient) -> None:
    assert client.post("/van-ban/dang-doc/khong-co").status_code == 404


@needs_tesseract
def test_a_real_scan(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 0.0)
    lines = ["THÔNG BÁO", "1. Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 28/12/2022."]
    address = client.post(NEW, files={"tep": ("a.png", png(*pictures(text_pdf([lines]))[0]))}).url.path
    assert WAITING.fullmatch(address)
    finished(client, address)
    page = client.get(address).text
    assert "nhận dạng từ ảnh quét" in page
    assert "trạm y tế xã" in page
