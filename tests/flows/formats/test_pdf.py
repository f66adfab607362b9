"""PDF files: with text, as pictures, half and half, encrypted, broken."""

import contextlib
from pathlib import Path

import pytest

from flows.actions.reading.read_document import DocumentError, read_document, take_in
from flows.formats import ocr
from flows.formats import pdf as subject
from flows.formats.ocr import OverTime
from flows.formats.pdf_facts import PageFact, PdfFacts, facts_of
from tests.flows.formats.installed import needs_tesseract
from tests.flows.formats.pdf_files import locked_pdf, scanned_pdf, text_pdf

PICTURE: PageFact = {"text": "", "picture": True, "notes": {}}
FIRST = [
    "Tài liệu họp BCĐ",
    "ỦY BAN NHÂN DÂN",
    "TỈNH SÓC TRĂNG",
    "THÔNG BÁO",
    "1. Giao Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư, Liên minh",
    "Hợp tác xã tỉnh rà soát, tổng hợp kinh phí thực hiện trong năm 2023, báo cáo",
    "trước ngày 28/12/2022.",
    "2. Giao Sở Y tế rà soát các trạm y tế xã, hướng dẫn Ủy ban nhân dân các huyện",
    "1",
]
SECOND = [
    "Tài liệu họp BCĐ",
    "sắp xếp lại, hoàn thành trong quý I/2023.",
    "3. Giao Sở Tư pháp thẩm định.",
    "2",
]
THIRD = ["Tài liệu họp BCĐ", "4. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc.", "3"]
TEXT = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH SÓC TRĂNG",
    "THÔNG BÁO",
    " ".join(FIRST[4:7]),
    f"{FIRST[7]} {SECOND[1]}",
    "3. Giao Sở Tư pháp thẩm định.",
    "4. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc.",
]


@pytest.fixture(scope="module")
def written() -> bytes:
    return text_pdf([FIRST, SECOND, THIRD])


def test_lines_become_paragraphs_without_what_pages_repeat(written: bytes) -> None:
    assert read_document("a.pdf", written).split("\n") == TEXT


def test_a_repeated_mark_of_secrecy_is_seen_though_it_is_left_out() -> None:
    pages = [["TỐI MẬT", "Nội dung", f"Trang thứ {word}"] for word in ("một", "hai", "ba")]
    with pytest.raises(DocumentError, match="Tối mật"):
        read_document("a.pdf", text_pdf(pages))


@needs_tesseract
def test_a_scan_is_recognised_page_by_page(written: bytes) -> None:
    reports: list[tuple[str, float]] = []
    content = take_in("a.pdf", scanned_pdf(written), lambda message, share: reports.append((message, share)))
    assert "phối hợp với Sở Kế hoạch và Đầu tư, Liên minh Hợp tác xã" in content.text
    assert "theo dõi, đôn đốc" in content.text
    assert content.remarks == ("Văn bản được nhận dạng từ ảnh quét, cần soát lại chính tả.",)
    assert [share for _, share in reports] == [0.0, 1 / 3, 2 / 3, 1.0]
    assert "trang 2/3" in reports[1][0]


def test_pages_that_take_too_long_are_named_and_the_others_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(name: str, file: Path, number: int) -> str:
        if number == late:
            raise OverTime(f"Tệp “{name}”: nhận dạng chữ quá lâu.")
        return f"{number + 1}. Giao Sở Y tế rà soát lần {number + 1}."

    monkeypatch.setattr(subject, "has_tesseract", lambda: True)
    monkeypatch.setattr(subject, "_facts", lambda name, file: PdfFacts((PICTURE,) * 3))
    monkeypatch.setattr(subject, "_page_by_ocr", slow)
    late = 1
    content = take_in("a.pdf", b"%PDF-1.4")
    assert content.text == "1. Giao Sở Y tế rà soát lần 1.\n3. Giao Sở Y tế rà soát lần 3."
    assert content.remarks[1].startswith("Trang 2: nhận dạng chữ quá lâu nên chưa đọc được")
    late = 0
    with pytest.raises(DocumentError, match="quá lâu"):  # it may bear a mark of secrecy
        take_in("a.pdf", b"%PDF-1.4")
    late = 3
    monkeypatch.setattr(ocr, "_DOCUMENT_SECONDS", -1)
    with pytest.raises(DocumentError, match="quá lâu"):
        take_in("a.pdf", b"%PDF-1.4")


def test_without_tesseract_a_scan_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "has_tesseract", lambda: False)
    with pytest.raises(DocumentError, match="“a.pdf”.*tesseract-ocr-vie"):
        read_document("a.pdf", scanned_pdf(text_pdf([FIRST])))


def test_without_tesseract_a_single_scanned_page_is_only_remarked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "has_tesseract", lambda: False)
    found = PdfFacts(({"text": "Giao Sở Y tế", "picture": False, "notes": {}}, PICTURE))
    monkeypatch.setattr(subject, "_facts", lambda name, file: found)
    content = take_in("a.pdf", b"%PDF-1.4")
    assert content.text == "Giao Sở Y tế"
    assert content.remarks[0].startswith("Trang 2 là ảnh quét")


def test_too_many_scanned_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject, "has_tesseract", lambda: True)
    monkeypatch.setattr(subject, "_facts", lambda name, file: PdfFacts((PICTURE,) * 51))
    with pytest.raises(DocumentError, match="51 trang ảnh quét"):
        read_document("a.pdf", b"%PDF-1.4")


@pytest.mark.parametrize(
    "said",
    [
        "", "{", "[]", "7", '{"text": "a"}', '{"text": "a", "picture": 1, "notes": {}}',
        '{"text": "a", "picture": true, "notes": {"faint": 1}}', '{"file": {"form": null}}', '{"file": []}',
        '{"refused": "x"}', '{"file": {}}\nkilled',
    ],
)  # fmt: skip
def test_what_the_reading_process_never_says_is_a_broken_file(said: str) -> None:
    assert facts_of(said.encode()) == PdfFacts(refused="broken")


def test_what_it_says_is_taken_at_its_word() -> None:
    page = b'{"text": "a", "picture": false, "notes": {"faint": "b"}}'
    known: PageFact = {"text": "a", "picture": False, "notes": {"faint": "b"}}
    assert facts_of(page + b'\n{"file": {"form": ""}}\n') == PdfFacts((known,), {"form": ""})
    assert facts_of(page + b'\n{"refused": "long"}') == PdfFacts((known,), refused="long")


def test_an_empty_page_is_no_scan() -> None:
    with pytest.raises(DocumentError, match="không có chữ nào"):
        read_document("a.pdf", text_pdf([[]]))


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"%PDF-1.7\n" + b"\x00" * 4000, b"%PDF-1.4\ntrailer<</Root 9 0 R>>"]
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="“a.pdf” bị hỏng"):
        read_document("a.pdf", data)


def test_a_truncated_file_never_crashes(written: bytes) -> None:
    for length in range(100, len(written), len(written) // 4):
        with contextlib.suppress(DocumentError):
            read_document("a.pdf", written[:length])


def test_a_password_is_asked_of_nobody() -> None:
    with pytest.raises(DocumentError, match="“a.pdf” được đặt mật khẩu"):
        read_document("a.pdf", locked_pdf())
