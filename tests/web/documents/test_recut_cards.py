"""On a draft's page: a card is cut, joined with the next, dropped and had back; what is added is read.

Seen red: with a cut that forgets the other cards' fields, a version that is not looked at, a dropped card
that is not kept, an overlap without a doubt.
"""

import re
from html import unescape

import pytest
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.tables.documents import Document
from tests.cast import rows
from tests.web.documents.test_documents import Sheet, hand_in

HEAD = """UBND TỈNH SÓC TRĂNG
Số: 12/TB-UBND
Sóc Trăng, ngày 01 tháng 12 năm 2022
THÔNG BÁO
Kết luận của Chủ tịch UBND tỉnh tại cuộc họp
Chủ tịch UBND tỉnh kết luận như sau:
"""
TEXT = (
    f"{HEAD}1. Giao Sở Y tế phối hợp với Sở Tài chính rà soát kho thuốc, kiểm tra các trạm y tế xã, báo cáo "
    "trước ngày 20/12/2022.\n"
    "2. Sở Nội vụ tham mưu kiện toàn nhân sự trước ngày 22/12/2022.\n"
    "3. Sở Xây dựng kiểm tra các công trình trước ngày 25/12/2022.\n"
    "Hội nghị ghi nhận các ý kiến, thống nhất cao.\n"
)


def legends(page: str) -> list[str]:
    return [unescape(words) for words in re.findall(r'<span class="words"[^>]*>([^<]*)</span>', page)]


def press(
    client: TestClient, address: str, sheet: Sheet | None = None, status: int = 200, **more: str
) -> str:
    """Press a button of the draft's form; the page that follows."""
    typed = sheet or Sheet(client.get(address).text)
    answered = client.post(address, data={**typed, **more})
    assert answered.status_code == status, answered.text
    return answered.text


def button(page: str, name: str, words: str) -> str:
    """What the button before these words of a card says."""
    found = re.search(
        rf'<button name="{name}" value="([^"]+)"[^>]*>(?:(?!</button>).)*</button>\s*{words}', page
    )
    assert found, (name, words)
    return unescape(found[1])


def keys(page: str) -> list[str]:
    return Sheet(page).keys_in_order


def test_a_card_is_cut_where_one_clause_ends(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    page = client.get(address).text
    at = button(page, "tach", "<span>kiểm tra các trạm")
    sheet = Sheet(page)
    sheet[sheet.of(2, "cooperate")] = ["Sở Tư pháp"]
    answered = client.post(address, data={**sheet, "tach": at})
    page = answered.text
    assert "Đã tách thành hai chỉ đạo" in page
    assert answered.history[0].headers["location"].endswith("?xong=tach#chi-dao-1")
    first, second, third, _ = legends(page)
    assert first.endswith("rà soát kho thuốc,")
    assert second == "kiểm tra các trạm y tế xã, báo cáo trước ngày 20/12/2022"
    assert third.startswith("Sở Nội vụ")
    sheet = Sheet(page)
    assert sheet[sheet.of(1, "lead")] == sheet[sheet.of(2, "lead")] == ["Sở Y tế", ""]
    assert sheet[sheet.of(1, "cooperate")] == ["Sở Tài chính", ""]
    assert sheet[sheet.of(2, "cooperate")] == [""]
    assert (sheet[sheet.of(1, "due_kind")], sheet[sheet.of(2, "due_date")]) == (["none"], ["20/12/2022"])
    assert sheet[sheet.of(3, "cooperate")] == ["Sở Tư pháp", ""]  # typed on another card: kept
    assert "Phần này không nêu cơ quan; chủ trì lấy theo chỉ đạo trước khi tách" in page


def test_a_card_is_cut_at_any_place_of_its_words(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    key = keys(client.get(address).text)[0]
    at = TEXT.index("soát kho") + 2
    page = press(client, address, tach=f"{key}|{at}")
    assert legends(page)[:2] == [
        "Giao Sở Y tế phối hợp với Sở Tài chính rà",
        "soát kho thuốc, kiểm tra các trạm y tế xã, báo cáo trước ngày 20/12/2022",
    ]


@pytest.mark.parametrize("place", ["", "0", "999999", "-3", "x", "9" * 40])
def test_a_place_outside_its_words_is_refused_and_nothing_is_lost(client: TestClient, place: str) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "lead")] = ["Sở Tư pháp"]
    page = press(client, address, sheet, 422, tach=f"{sheet.keys_in_order[0]}|{place}")
    assert "Chưa tách được" in page
    assert 'href="#chi-dao-1"' in page
    assert 'value="Sở Tư pháp"' in page
    assert len(legends(client.get(address).text)) == 3


def test_two_cards_become_one_with_all_that_they_said(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    page = client.get(address).text
    sheet = Sheet(page)
    page = press(client, address, ghep=sheet.keys_in_order[1])
    assert "Đã ghép thành một chỉ đạo" in page
    assert legends(page)[1:] == [
        "Sở Nội vụ tham mưu kiện toàn nhân sự trước ngày 22/12/2022.\n"
        "3. Sở Xây dựng kiểm tra các công trình trước ngày 25/12/2022"
    ]
    sheet = Sheet(page)
    assert sheet[sheet.of(2, "lead")] == ["Sở Nội vụ", "Sở Xây dựng", ""]
    assert sheet[sheet.of(2, "due_date")] == ["22/12/2022"]
    assert "Các phần ghi chủ trì khác nhau (Sở Nội vụ; Sở Xây dựng)" in page
    assert "Các phần ghi thời hạn khác nhau (22/12/2022; 25/12/2022)" in page
    page = press(client, address, ghep=sheet.keys_in_order[1], status=422)
    assert "Không có chỉ đạo nào đứng sau để ghép." in page


def test_cut_and_joined_again_is_the_card_as_it_was(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    before = client.get(address).text
    page = press(client, address, tach=button(before, "tach", "<span>kiểm tra các trạm"))
    page = press(client, address, ghep=keys(page)[0])
    assert legends(page) == legends(before)
    assert keys(page) == keys(before)
    for field in ("lead", "cooperate", "due_date"):
        assert Sheet(page)[Sheet(page).of(1, field)] == Sheet(before)[Sheet(before).of(1, field)]


def test_a_card_that_is_to_be_dropped_is_not_cut(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    page = client.get(address).text
    sheet = Sheet(page)
    sheet[sheet.of(1, "dropped")] = ["on"]
    page = press(client, address, sheet, 422, tach=button(page, "tach", "<span>kiểm tra các trạm"))
    assert "bỏ dấu trước khi tách hoặc ghép" in page
    page = press(client, address, status=422, ghep="7-9")
    assert "Không còn thẻ này trong dự thảo." in page


def test_a_dropped_card_is_had_back_as_it_was_typed(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "dropped")] = ["on"]
    sheet[sheet.of(2, "lead")] = ["Sở Tư pháp"]
    page = press(client, address, sheet, viec="luu")
    assert len(legends(page)) == 2
    assert "Thẻ đã bỏ" in page
    page = press(client, address, viec="luu")  # it outlives other savings
    sheet = Sheet(page)
    sheet[sheet.of(1, "cooperate")] = ["Sở Nội vụ"]
    page = press(client, address, sheet, **{"khoi-phuc": "0"})
    assert "Đã khôi phục thẻ." in page
    assert "Thẻ đã bỏ" not in page
    assert [words[:9] for words in legends(page)] == ["Giao Sở Y", "Sở Nội vụ", "Sở Xây dự"]
    sheet = Sheet(page)
    assert sheet[sheet.of(2, "lead")] == ["Sở Tư pháp", ""]
    assert sheet[sheet.of(1, "cooperate")] == ["Sở Nội vụ", ""]
    for place in ("0", "-1", "x"):
        page = press(client, address, status=422, **{"khoi-phuc": place})
        assert "Không còn thẻ này" in page


def test_what_is_wrong_on_a_dropped_card_hinders_nobody(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "dropped")] = ["on"]
    sheet[sheet.of(2, "due_date")] = ["32/13/2022"]
    page = press(client, address, sheet, viec="luu")
    page = press(client, address, **{"khoi-phuc": "0"})
    assert Sheet(page)[Sheet(page).of(2, "due_date")] == ["22/12/2022"]


def test_an_added_sentence_is_read_at_once(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "dropped")] = ["on"]
    press(client, address, sheet, viec="luu")
    answered = client.post(
        address,
        data={
            **Sheet(client.get(address).text),
            "them": "sở nội vụ  tham mưu kiện toàn nhân sự trước ngày 22/12/2022.",
        },
    )
    assert answered.history[0].headers["location"].endswith("#chi-dao-2")
    sheet = Sheet(answered.text)
    assert sheet[sheet.of(2, "lead")] == ["Sở Nội vụ", ""]
    assert sheet[sheet.of(2, "due_date")] == ["22/12/2022"]
    assert "Câu này trùng" not in answered.text


def test_an_added_sentence_that_is_a_directive_already_is_doubted(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    page = press(client, address, them="Sở Nội vụ tham mưu kiện toàn nhân sự")
    assert len(legends(page)) == 4
    assert "Câu này trùng với chỉ đạo đã có “Sở Nội vụ tham mưu kiện toàn nhân sự trước ngày" in unescape(
        page
    )
    page = press(client, address, them="Hội nghị thống nhất", status=422)
    assert "Không tìm thấy đúng câu này trong văn bản" in page
    assert "Hội nghị thống nhất</textarea>" in page


@pytest.mark.parametrize("name", ["tach", "ghep", "khoi-phuc"])
def test_whoever_was_overtaken_changes_nothing(client: TestClient, registered: Engine, name: str) -> None:
    address = hand_in(client, TEXT)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(3, "dropped")] = ["on"]
    press(client, address, sheet, viec="luu")
    page = client.get(address).text
    mine = Sheet(page)
    mine[mine.of(1, "lead")] = ["Sở Tư pháp"]
    pressed = {
        "tach": button(page, "tach", "<span>kiểm tra các trạm"), "ghep": mine.keys_in_order[0],
        "khoi-phuc": "0",
    }  # fmt: skip
    press(client, address, viec="luu")  # somebody else saves
    stored = rows(registered, Document)[0].draft
    page = press(client, address, mine, 409, **{name: pressed[name]})
    assert "người khác đã lưu một bản mới hơn" in page
    assert 'value="Sở Tư pháp"' in page
    assert rows(registered, Document)[0].draft == stored


def test_of_two_who_cut_one_card_one_is_told(client: TestClient) -> None:
    address = hand_in(client, TEXT)
    page = client.get(address).text
    at, mine, theirs = button(page, "tach", "<span>kiểm tra các trạm"), Sheet(page), Sheet(page)
    press(client, address, theirs, tach=at)
    mine[mine.of(1, "cooperate")] = ["Tên chỉ gõ ở đây"]
    page = press(client, address, mine, 409, tach=at)
    assert len(legends(client.get(address).text)) == 4
    assert "Tên chỉ gõ ở đây" in page  # its card is gone; the words stand above the page


def test_the_list_of_doubts_says_how_many_sentences_were_looked_at(client: TestClient) -> None:
    address = hand_in(client, f"{TEXT}Sở Y tế chưa báo cáo trước ngày 01/11/2022.\n")
    page = client.get(address).text
    assert re.search(r"Đã xem \d+ câu", page)
    sheet = Sheet(page)
    page = press(client, address, sheet, tach=button(page, "tach", "<span>kiểm tra các trạm"))
    jump = re.search(r'<p class="jump">.*?</p>', page, re.S)
    assert jump
    assert re.search(r"Đã xem \d+ câu của văn bản", jump[0])
