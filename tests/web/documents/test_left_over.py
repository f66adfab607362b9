"""Sentences that became no directive, on the draft's page: added, set aside, and never a green nothing."""

import re

from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.documents import Document
from tests.cast import rows
from tests.web.documents.test_documents import NEW, Sheet

BARE = (
    "Tin trong tuần\nSở Tài chính rà soát dự toán trước ngày 20/6.\n"
    "Sở Y tế kiểm tra kho thuốc trước ngày 22/6.\n"
)
NONE = "Hội nghị diễn ra trong không khí phấn khởi.\n"


def hand_in(client: TestClient, text: str, **more: str) -> str:
    answered = client.post(NEW, data={"noi-dung": text, "ngay": "01/05/2023", "viec": "van-doc", **more})
    assert answered.status_code == 200, answered.text
    return answered.url.path


def press(client: TestClient, address: str, **pressed: str) -> str:
    sheet = Sheet(client.get(address).text)
    return client.post(address, data={**sheet, "viec": "luu", **pressed}).text


def cards(page: str) -> int:
    return len(re.findall(r'id="chi-dao-\d+"', page))


def test_a_draft_without_a_directive_is_never_green(client: TestClient) -> None:
    address = hand_in(client, NONE)
    page = client.get(address).text
    assert "Chưa tìm thấy kết luận" in page
    assert "Không còn nghi vấn" not in page
    sheet = Sheet(page)
    sheet["doc.seen"] = re.findall(r'name="doc.seen" value="(\d+)"', page)
    page = client.post(address, data={**sheet, "viec": "luu"}).text
    assert "Không còn nghi vấn" not in page
    assert "Chưa có chỉ đạo nào" in page


def test_a_sentence_left_over_is_added_as_it_reads(client: TestClient) -> None:
    address = hand_in(client, BARE)
    page = client.get(address).text
    assert cards(page) == 0
    places = re.findall(r'name="them-cau" value="(\d+)"', page)
    assert len(places) == 2
    page = press(client, address, **{"them-cau": places[1]})
    assert cards(page) == 1
    assert "Sở Y tế" in page
    assert 'value="22/06/2023"' in page
    assert len(re.findall(r'name="them-cau"', page)) == 1


def test_sentences_are_set_aside_one_by_one_or_all(client: TestClient) -> None:
    address = hand_in(client, BARE)
    places = re.findall(r'name="bo-cau" value="(\d+)"', client.get(address).text)
    page = press(client, address, **{"bo-cau": places[0]})
    assert "rà soát dự toán trước ngày 20/6”" not in page
    assert "kiểm tra kho thuốc trước ngày 22/6”" in page
    page = press(client, hand_in(client, BARE), **{"bo-cau": "tat-ca"})
    assert "Câu chưa thành nhiệm vụ: " not in page


def test_a_place_that_nobody_has_changes_nothing(client: TestClient) -> None:
    address = hand_in(client, BARE)
    for place in ("99", "-1", "x", ""):
        page = press(client, address, **{"them-cau": place})
        assert cards(page) == 0


def test_a_paper_is_read_again_as_another_genre(client: TestClient) -> None:
    address = hand_in(client, BARE)
    page = client.get(address).text
    assert "Hệ thống đã đọc là tin báo chí" in page
    page = press(client, address, **{"viec": "doc-lai", "doc.genre": "danh-sach"})
    assert cards(page) == 2
    assert "Hệ thống đã đọc là danh sách nhiệm vụ" in page


def test_what_was_typed_meanwhile_is_kept_and_counts_as_added(client: TestClient, registered: Engine) -> None:
    text = f"{BARE}Trời mưa.\n"
    address = hand_in(client, text)
    typed = {"viec": "doc-lai", "doc.genre": "danh-sach", "them": "Trời mưa."}
    page = press(client, address, **typed)
    assert "Đã đọc lại văn bản" in page
    assert (cards(page), read_first(registered)) == (3, 2)
    page = press(client, address, **{**typed, "them": BARE.splitlines()[1]})
    assert cards(page) == 2, "what the reader has found is not there twice"


def read_first(engine: Engine) -> int:
    """How many directives corrections are measured against."""
    [document] = rows(engine, Document)
    return len(document.first_reading or ())


def test_a_genre_may_be_chosen_before_reading(client: TestClient) -> None:
    page = client.get(hand_in(client, BARE, **{"the-loai": "danh-sach"})).text
    assert cards(page) == 2
    assert cards(client.get(hand_in(client, BARE, **{"the-loai": "la"})).text) == 0
