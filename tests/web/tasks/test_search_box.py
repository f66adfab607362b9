"""The search box: a code opens its task, a number finds its document, whatever the filters.

Seen to fail when the filters are asked before the code, when an unknown code is passed over, and when
the number of a document is compared as it was written.
"""

import html
import re

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.documents import Document
from rules.vocabulary import DocumentState
from tests.cast import change
from tests.web.tasks.test_tasks import codes


@pytest.mark.parametrize(
    "query",
    [
        "tim=GN-0015",
        "tim=gn15",
        "tim=GN0015",
        "tim=%23GN%2015",
        "tim=gn%E2%80%910015",
        "tim=GN-0015&co-quan=skhdt",
        "tim=GN-0015&trang-thai=confirmed&han=qua-han",
        "tim=GN-0015&trang=7&muc=qua-han",
    ],
)
def test_a_code_opens_its_task(at_work: TestClient, query: str) -> None:
    answered = at_work.get(f"/viec?{query}")
    assert (answered.status_code, answered.url.path) == (200, "/viec/GN-0015")


@pytest.mark.parametrize("typed", ["gn15", "GN-15", "gn 0015", "GN–0015"])
def test_a_code_in_the_address_is_read_kindly_too(at_work: TestClient, typed: str) -> None:
    assert at_work.get(f"/viec/{typed}").url.path == "/viec/GN-0015"


@pytest.mark.parametrize("typed", ["GN-9999", "gn9999", "GN-" + "9" * 40])
def test_a_code_that_no_task_has_is_said(at_work: TestClient, typed: str) -> None:
    page = at_work.get(f"/viec?tim={typed}").text
    assert f"Không có nhiệm vụ mã GN-{'9999' if len(typed) < 9 else '9' * 40}." in page
    assert "Không có nhiệm vụ nào khớp với bộ lọc" in page
    assert at_work.get(f"/viec/{typed}").status_code == 404


def named(page: str) -> str:
    block = re.search(r'<div class="sheet named">.*?</ul>', page, re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", block[0])).split()) if block else ""


@pytest.mark.parametrize(
    "typed",
    ["431/TB-UBND", "431 / tb-ubnd", "TB431", "431", "số 431", "Thông báo số 431/TB-UBND ngày 05/12/2022"],
)
def test_a_number_finds_its_document(at_work: TestClient, typed: str) -> None:
    page = at_work.get("/viec", params={"tim": typed, "co-quan": "skhdt"}).text
    assert "Văn bản Thông báo kết luận số 431/TB-UBND ngày 05/12/2022" in named(page)
    assert 'href="/van-ban/1"' in page
    listed = at_work.get("/van-ban", params={"tim": typed}).text
    assert "1 văn bản khớp với từ đã gõ" in listed
    assert 'href="/van-ban/1"' in listed


def test_a_bare_figure_offers_what_it_may_mean(at_work: TestClient, busy: Engine) -> None:
    change(busy, Document, 1, number="15/TB-UBND")
    page = at_work.get("/viec?tim=15").text
    assert "Nhiệm vụ GN-0015 :" in named(page)
    assert "số 15/TB-UBND" in named(page)
    assert codes(page) == ["GN-0015"]


def test_codes_among_words_stand_above_the_list(at_work: TestClient) -> None:
    page = at_work.get("/viec?tim=GN-0001, gn3").text
    assert "Nhiệm vụ GN-0001 :" in named(page)
    assert "Nhiệm vụ GN-0003 :" in named(page)


def test_words_find_titles_of_documents(at_work: TestClient) -> None:
    assert "1 văn bản khớp" in at_work.get("/van-ban?tim=ket luan pho chu tich").text
    page = at_work.get("/van-ban?tim=thủy lợi").text
    assert "Không có văn bản nào khớp với từ đã gõ" in page
    assert at_work.get("/van-ban?tim=%00&trang=x").status_code == 200


def test_a_recalled_document_is_found_and_says_so(at_work: TestClient, busy: Engine) -> None:
    change(busy, Document, 1, state=DocumentState.RECALLED)
    assert "Đã thu hồi" in named(at_work.get("/viec?tim=431").text)
    assert "Đã thu hồi" in at_work.get("/van-ban").text


def test_words_alone_name_nothing(at_work: TestClient) -> None:
    assert named(at_work.get("/viec?tim=hợp tác xã").text) == ""
    assert named(at_work.get("/viec").text) == ""
