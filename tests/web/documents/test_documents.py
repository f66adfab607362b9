"""From the door to the tasks: hand in, correct, issue; and everything that may go wrong on the way."""

import io
import re
from html import unescape

import pytest
import sqlalchemy as sa
from docx import Document as Word
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from models.db import reading
from models.tables.documents import Document
from rules.vocabulary import DocumentState
from tests.web.pressed import publish
from tests.web.sample import CONCLUSION, PRESS

NEW = "/van-ban/moi"


class Sheet(dict[str, list[str]]):
    """The form of a draft page as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        body = page[page.index('<form id="du-thao"') :]
        for tag in re.findall(r"<input[^>]*>", body):
            found = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
            if found.get("type") != "checkbox" or re.search(r"\schecked", tag):
                self.setdefault(found["name"], []).append(found.get("value", "on"))
        for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', body, re.S):
            chosen = re.search(r'value="([^"]*)" selected', options)
            self[name] = [chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[0]]
        self.keys_in_order = [name[: -len(".due_kind")] for name in self if name.endswith(".due_kind")]

    def of(self, number: int, field: str) -> str:
        """The name of a field on card ``number``."""
        return f"{self.keys_in_order[number - 1]}.{field}"


def hand_in(client: TestClient, text: str = CONCLUSION) -> str:
    """Paste a text, also one that was pasted before; returns the address of its draft."""
    answered = client.post(NEW, data={"noi-dung": text, "viec": "van-doc"})
    assert answered.status_code == 200, answered.text
    return answered.url.path


def documents(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Document)) or 0


def test_the_list_of_documents(at_work: TestClient) -> None:
    address = hand_in(at_work, PRESS)
    page = at_work.get("/van-ban").text
    assert page.index(address) < page.index('href="/van-ban/1"')  # the unfinished first
    for words in ("431/TB-UBND", "05/12/2022", "Đã phát hành", "Dự thảo", "chưa có ngày"):
        assert words in page


def test_pasted_text_becomes_tasks(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    page = client.get(address).text
    assert 'id="cau-5" href="#chi-dao-5"' in page
    assert "<legend>Chỉ đạo 5</legend>" in page
    sheet = Sheet(page)
    assert sheet["doc.number"] == ["431/TB-UBND"]
    assert sheet[sheet.of(1, "lead")] == ["Sở Kế hoạch và Đầu tư", ""]
    sheet[sheet.of(2, "lead")] = ["Sở Công Thương", ""]
    sheet[sheet.of(2, "cooperate")] = ["sở tài chính; Liên minh HTX tỉnh"]
    sheet[sheet.of(3, "due_kind")] = ["date"]
    sheet[sheet.of(3, "due_date")] = ["5/1/2023"]
    sheet[sheet.of(4, "detail")] = ["20"]
    sheet[sheet.of(5, "dropped")] = ["on"]
    answered = publish(client, address, sheet)
    assert answered.status_code == 200, re.findall(r'class="notice.*?</div>', answered.text, re.S)
    assert answered.url.path == address
    assert "Đã phát hành" in answered.text
    assert re.findall(r"/viec/(GN-\d+)\">", answered.text) == [f"GN-000{n}" for n in range(1, 5)]
    second = client.get("/viec/GN-0002").text
    assert "<strong>Sở Công Thương</strong>" in second
    asked = '<span class="quiet">(đã đề nghị phối hợp)</span>'
    assert f"Liên minh Hợp tác xã tỉnh {asked}; Sở Tài chính {asked}" in second
    assert "chậm nhất ngày 05/01/2023" in client.get("/viec/GN-0003").text
    assert "Hằng tháng, ngày 20" in client.get("/viec/GN-0004").text
    late = client.post(address, data={**sheet, "viec": "luu"})
    assert late.status_code == 409
    assert "đã được phát hành" in late.text


def test_a_word_file_and_a_text_file(client: TestClient) -> None:
    word, content = Word(), io.BytesIO()
    for line in CONCLUSION.splitlines():
        word.add_paragraph(line)
    word.save(content)
    for name, data in (("431.docx", content.getvalue()), ("431.txt", CONCLUSION.encode())):
        answered = client.post(NEW, files={"tep": (name, data)})
        assert answered.status_code == 200
        assert "<legend>Chỉ đạo 5</legend>" in answered.text


@pytest.mark.parametrize(
    ("files", "data", "words"),
    [
        ({}, {}, "Chưa có gì để đọc"),
        ({"tep": ("a.txt", b"x")}, {"noi-dung": "và dán"}, "chỉ dùng một trong hai"),
        ({"tep": ("a.txt", b"")}, {}, "trống"),
        ({"tep": ("a.docx", b"PK\x03\x04 khong phai zip")}, {}, "bị hỏng"),
        ({"tep": ("a.pdf", b"%PDF-1.7")}, {}, "bị hỏng"),
        ({"tep": ("<b>.pdf", b"%PDF-1.7")}, {}, "&lt;b&gt;"),
        ({"tep": ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 doc")}, {}, ".doc"),
        ({"tep": ("a.txt", "Kết luận".encode("utf-16-be"))}, {}, "a.txt"),
        ({}, {"noi-dung": "Nội dung giữ lại", "ngay": "32/1/2023"}, "Nội dung giữ lại"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_leaves_nothing(
    client: TestClient,
    registered: Engine,
    files: dict[str, tuple[str, bytes]],
    data: dict[str, str],
    words: str,
) -> None:
    answered = client.post(NEW, files=files or None, data=data)
    assert answered.status_code == 422
    assert words in answered.text
    assert documents(registered) == 0


def test_a_date_given_by_hand(client: TestClient) -> None:
    answered = client.post(NEW, data={"noi-dung": PRESS, "ngay": "12/12/2022"})
    assert Sheet(answered.text)["doc.date"] == ["12/12/2022"]


def test_hoa_toc_is_ticked_and_taken_away_by_hand(client: TestClient) -> None:
    address, ticked = hand_in(client), 'name="doc.urgent" value="1" checked'
    assert ticked not in client.get(address).text
    client.post(address, data={**Sheet(client.get(address).text), "doc.urgent": "1", "viec": "luu"})
    assert ticked in client.get(address).text
    sheet = {**Sheet(client.get(address).text), "doc.urgent": []}
    client.post(address, data={**sheet, "viec": "luu"})
    assert ticked not in client.get(address).text


def test_an_unknown_name_is_refused_with_candidates(client: TestClient) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(1, "lead")] = ["Sở Kế hoặch và Đầu tu tỉnh"]
    sheet["doc.title"] = ["Trích yếu đã sửa"]
    answered = client.post(address, data={**sheet, "viec": "luu"})
    assert answered.status_code == 422
    assert "Chỉ đạo số 1: Không có cơ quan nào tên «Sở Kế hoặch và Đầu tu tỉnh»" in answered.text
    assert 'href="#chi-dao-1"' in answered.text
    assert "Trích yếu đã sửa" in answered.text  # nothing typed is lost
    choice = re.search(r'name="chon" value="([^"]*\|lead\|skhdt\|[^"]*)"', answered.text)
    assert choice
    again = Sheet(answered.text)
    chosen = client.post(address, data={**again, "chon": unescape(choice[1])})
    assert chosen.status_code == 200
    fresh = Sheet(client.get(address).text)
    assert fresh[fresh.of(1, "lead")] == ["Sở Kế hoạch và Đầu tư", ""]
    assert fresh["doc.title"] == ["Trích yếu đã sửa"]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("doc.date", "35/12/2022", "«35/12/2022» không hợp lệ"),
        ("due_kind=date", "", "cần ghi ngày"),
        ("due_kind=date", "mai", "«mai» không hợp lệ"),
        ("due_kind=recurring", "", "cần chọn chu kỳ"),
    ],
)
def test_wrong_fields_are_named(client: TestClient, field: str, value: str, words: str) -> None:
    address = hand_in(client)
    sheet = Sheet(client.get(address).text)
    if field.startswith("doc"):
        sheet[field] = [value]
    else:
        sheet[sheet.of(3, "due_kind")] = [field.partition("=")[2]]
        sheet[sheet.of(3, "due_date")] = [value]
    answered = publish(client, address, sheet)
    assert answered.status_code == 422
    assert words in answered.text
    assert client.get("/viec").text.count("GN-") == 1  # only the hint in the search field


def test_all_reasons_against_issuing_at_once(client: TestClient) -> None:
    address = hand_in(client, PRESS)
    sheet = Sheet(client.get(address).text)
    sheet[sheet.of(2, "lead")] = [""]
    sheet["doc.title"] = ["Được giữ lại"]
    answered = publish(client, address, sheet)
    assert answered.status_code == 422
    assert "Đã lưu, nhưng chưa phát hành được" in answered.text
    assert '<a href="#van-ban">Văn bản chưa có ngày' in answered.text
    assert '<a href="#chi-dao-2">Chỉ đạo số 2' in answered.text
    assert "Được giữ lại" in client.get(address).text


def test_two_people_at_one_draft(client: TestClient) -> None:
    address = hand_in(client)
    mine, theirs = Sheet(client.get(address).text), Sheet(client.get(address).text)
    theirs["doc.title"] = ["Của người khác"]
    assert client.post(address, data={**theirs, "viec": "luu"}).status_code == 200
    mine["doc.title"] = ["Của tôi"]
    answered = publish(client, address, mine)
    assert answered.status_code == 409
    assert "người khác đã lưu một bản mới hơn" in answered.text
    assert "Của tôi" in answered.text
    assert "Của người khác" in client.get(address).text
    assert client.post(address, data={**Sheet(answered.text), "viec": "luu"}).status_code == 200
    assert "Của tôi" in client.get(address).text


def test_the_same_document_twice(at_work: TestClient) -> None:
    address = hand_in(at_work)
    page = at_work.get(address).text
    assert "đã được phát hành trước đó" in page
    answered = publish(at_work, address, Sheet(page))
    assert answered.status_code == 409
    assert "không phát hành lần hai" in answered.text
    assert 'href="/van-ban/1"' in answered.text


def test_made_ready_for_the_next_morning(client: TestClient, registered: Engine) -> None:
    address = hand_in(client)
    page = client.get(address).text
    assert "Hẹn phát hành 07:30, 20/12/2022" in page
    answered = publish(client, address, Sheet(page), "hen")
    assert "Sẽ tự phát hành lúc 07:30, 20/12/2022" in answered.text
    with reading(registered) as session:
        document = session.get(Document, 1)
        assert document is not None
        assert document.state is DocumentState.READY


def test_doubts_are_shown_and_settled(client: TestClient) -> None:
    address = hand_in(client, PRESS)
    page = client.get(address).text
    assert "Văn bản không ghi ngày" in page
    assert "điểm cần xem" in page
    sheet = Sheet(page)
    sheet["doc.seen"] = ["0"]
    for number, key in enumerate(sheet.keys_in_order, 1):
        sheet[sheet.of(number, "seen")] = re.findall(rf'name="{re.escape(key)}.seen" value="(\d+)"', page)
    answered = client.post(address, data={**sheet, "viec": "luu"})
    assert "Không còn nghi vấn" in answered.text


def test_a_directive_that_the_reader_missed(client: TestClient) -> None:
    address = hand_in(client, PRESS)
    sheet = Sheet(client.get(address).text)
    wrong = client.post(address, data={**sheet, "viec": "luu", "them": "Câu không có ở đâu"})
    assert wrong.status_code == 422
    assert "Không tìm thấy đúng câu này" in wrong.text
    assert "Câu không có ở đâu</textarea>" in wrong.text
    right = client.post(address, data={**sheet, "viec": "luu", "them": "HỌP BAN CHỈ ĐẠO  kinh tế tập thể"})
    assert right.status_code == 200
    assert Sheet(right.text).keys_in_order[0] == "0-31"


def test_texts_are_never_markup(client: TestClient) -> None:
    address = hand_in(client, PRESS)
    page = client.get(address).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(" in page
    sheet = Sheet(page)
    sheet["doc.number"], sheet["doc.date"] = ['"><img src=x>'], ["12/12/2022"]
    answered = publish(client, address, sheet)
    assert answered.status_code == 200
    for path in (address, "/van-ban", "/viec", "/viec/GN-0002", "/bao-cao"):
        shown = client.get(path).text
        assert "<script>alert" not in shown
        assert "<img" not in shown
