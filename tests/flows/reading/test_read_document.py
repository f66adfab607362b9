"""Bytes to lines: formats, numbering, tables; and refusals that name the file and what to do."""

import io
import unicodedata
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from flows.actions.reading.read_document import DocumentError, read_document
from flows.formats.number_formats import formatted
from rules.documents.secrecy import secrecy_mark

TEXT = "Số: 9/TB-UBND\nGiao Sở Tài chính rà soát."


def docx(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).replace("\n", "\r\n").encode(),
    ],
)
def test_plain_text_in_every_unicode_form_reads_the_same(data: bytes) -> None:
    assert read_document("ket-luan.txt", data) == TEXT


def numbered_list(document: Any, levels: list[tuple[str, str]]) -> str:
    """Add an abstract list with (format, text) levels; returns its numId."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for index, (number_format, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(index))
        for tag, value in (("w:start", "1"), ("w:numFmt", number_format), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    return add_num(numbering, "77")


def add_num(numbering: Any, num_id: str, restart_at: int | None = None) -> str:
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), num_id)
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "77")
    num.append(reference)
    if restart_at is not None:
        override = OxmlElement("w:lvlOverride")
        override.set(qn("w:ilvl"), "0")
        start = OxmlElement("w:startOverride")
        start.set(qn("w:val"), str(restart_at))
        override.append(start)
        num.append(override)
    numbering.append(num)
    return num_id


def number(properties: Any, num_id: str, level: int) -> None:
    num_pr = properties.get_or_add_numPr()
    num_pr.get_or_add_ilvl().val = level
    num_pr.get_or_add_numId().val = int(num_id)


def test_word_numbers_are_kept_also_when_they_come_from_a_style() -> None:
    document = Document()
    num_id = numbered_list(document, [("decimal", "%1."), ("decimal", "%1.%2."), ("bullet", "•")])
    style = document.styles.add_style("Muc", 1)
    number(style.element.get_or_add_pPr(), num_id, 0)
    document.add_paragraph("Sở Y tế:", style="Muc")
    for text, level in (("Rà soát", 1), ("Báo cáo", 1), ("từng trạm", 2)):
        number(document.add_paragraph(text)._p.get_or_add_pPr(), num_id, level)
    document.add_paragraph("Sở Tư pháp:", style="Muc")
    number(document.add_paragraph("Thẩm định")._p.get_or_add_pPr(), num_id, 1)
    assert read_document("a.docx", docx(document)).split("\n") == [
        "1. Sở Y tế:", "1.1. Rà soát", "1.2. Báo cáo", "- từng trạm", "2. Sở Tư pháp:", "2.1. Thẩm định",
    ]  # fmt: skip


def test_a_list_restarts_where_word_says_so() -> None:
    document = Document()
    num_id = numbered_list(document, [("upperRoman", "%1.")])
    again = add_num(document.part.numbering_part.element, "78", restart_at=1)
    for text, which in (("a", num_id), ("b", num_id), ("c", again)):
        number(document.add_paragraph(text)._p.get_or_add_pPr(), which, 0)
    assert read_document("a.docx", docx(document)) == "I. a\nII. b\nI. c"


def test_tables_become_tab_separated_rows_in_reading_order() -> None:
    document = Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(rows=2, cols=3)
    for row, words in zip(
        table.rows, (("STT", "Nội dung", "Chủ trì"), ("1", "Rà\nsoát", "Sở Y tế")), strict=True
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("Sau bảng")
    assert read_document("a.docx", docx(document)).split("\n") == [
        "Trước bảng", "STT\tNội dung\tChủ trì", "1\tRà soát\tSở Y tế", "Sau bảng",
    ]  # fmt: skip


def test_a_letterhead_table_is_read_column_after_column() -> None:
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG"
    table.rows[0].cells[1].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert read_document("a.docx", docx(document)).startswith("ỦY BAN NHÂN DÂN\nTỈNH SÓC TRĂNG\nCỘNG HÒA")


@pytest.mark.parametrize(
    ("count", "number_format", "shown"),
    [(28, "lowerLetter", "bb"), (4, "upperRoman", "IV"), (9, "lowerRoman", "ix"), (3, "decimalZero", "03")],
)
def test_number_formats(count: int, number_format: str, shown: str) -> None:
    assert formatted(count, number_format) == shown


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(names: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in names.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "trống"),
        ("a.txt", b"  \n", "không có chữ"),
        ("a.docx", b"PK\x03\x04 broken", "bị hỏng"),
        ("a.docx", b"hello", "không phải tệp Word"),
        ("a.docx", zipped({"x.xml": b""}), "không phải tệp Word"),
        ("a.docx", zipped({"word/document.xml": b"<w"}), "bị hỏng"),
        ("a.docx", zipped({"word/document.xml": b"", "big": b"0" * (61 * 1024 * 1024)}), "60 MB"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.doc", OLE, "lưu lại dạng .docx"),
        ("a.doc", b"{rtf", "lưu lại dạng .docx"),
        ("a.pdf", b"%PDF-1.7", "tải lên bản .docx"),
        ("a.txt", b"%PDF-1.7", "không đọc được như tệp PDF"),
        ("a.xlsx", zipped({"xl/workbook.xml": b""}), ".xlsx chưa hỗ trợ"),
        ("a.txt", b"dong mot\nS\xf4 T\xe0i ch\xednh", "dòng 2, vị trí byte 10"),
        ("a.txt", b"\x00\x01\x02", "không phải văn bản"),
        ("a.txt", "Độ mật: Tối mật\nThông báo".encode(), "“Tối mật”"),
        ("a.txt", b"x" * (50 * 1024 * 1024 + 1), "lớn hơn 50 MB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_refusal_names_the_file_and_the_way_out(name: str, data: bytes, words: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_document(f"C:\\van ban\\{name}", data)
    assert f"“{name}”" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("head", "degree"),
    [
        ("MẬT\nỦY BAN NHÂN DÂN", "Mật"),
        ("ỦY BAN NHÂN DÂN        TỐI MẬT", "Tối mật"),
        ("| TUYỆT MẬT |", "Tuyệt mật"),
        ("Độ mật: Mật", "Mật"),
        (unicodedata.normalize("NFD", "MẬT"), "Mật"),
        ("Mật\nỦY BAN NHÂN DÂN", "Mật"),
        ("M Ậ T\nỦY BAN NHÂN DÂN", "Mật"),
        ("T Ố I  M Ậ T", "Tối mật"),
        ("TUYỆT MẬT - HỎA TỐC", "Tuyệt mật"),
        ("Độ mật Mật", "Mật"),
        ("Độ mật: không", None),
        ("Về bảo vệ bí mật nhà nước", None),
        ("Mật độ dân số tăng; mật ong", None),
        ("\n".join(["dòng"] * 60) + "\nMẬT", None),
    ],
)
def test_only_a_standing_mark_is_a_mark(head: str, degree: str | None) -> None:
    assert secrecy_mark(head) == degree


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def within(*wrappers: str, text: str = "MẬT") -> Any:
    """A paragraph whose run stands in these elements, outermost first; "p" begins a paragraph."""
    opened = "".join(f"<w:{name}>" for name in wrappers)
    closed = "".join(f"</w:{name}>" for name in reversed(wrappers))
    return parse_xml(f'<w:body xmlns:w="{W}">{opened}<w:r><w:t>{text}</w:t></w:r>{closed}</w:body>')[0]


@pytest.mark.parametrize(
    "wrappers",
    [
        ("p",),
        ("p", "ins"),
        ("p", "smartTag"),
        ("p", "sdt", "sdtContent"),
        ("sdt", "sdtContent", "p"),
        ("p", "r", "pict", "txbxContent", "p"),
        ("tbl", "tr", "tc", "tbl", "tr", "tc", "p"),
    ],
    ids="-".join,
)
def test_a_mark_is_seen_wherever_word_puts_it(wrappers: tuple[str, ...]) -> None:
    document = Document()
    document.add_paragraph(TEXT)
    document.element.body.insert(0, within(*wrappers))
    with pytest.raises(DocumentError, match="độ mật “Mật”"):
        read_document("a.docx", docx(document))


@pytest.mark.parametrize("place", ["header", "first_page_header", "footer"])
def test_a_mark_in_a_header_or_footer_is_seen(place: str) -> None:
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    getattr(section, place).paragraphs[0].text = "TỐI MẬT"
    document.add_paragraph(TEXT)
    with pytest.raises(DocumentError, match="độ mật “Tối mật”"):
        read_document("a.docx", docx(document))


def test_tracked_tagged_and_controlled_words_are_read_and_deleted_ones_are_not() -> None:
    document = Document()
    paragraph = document.add_paragraph("Giao ")
    for wrappers, text in ((("smartTag",), "Sở Y tế "), (("ins",), "báo cáo"), (("del",), " ngay")):
        paragraph._p.append(within(*wrappers, text=text))
    document.element.body.insert(1, within("sdt", "sdtContent", "p", text="Sở Tư pháp rà soát"))
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell._tc.insert(0, within("sdt", "sdtContent", "p", text="trong ô"))
    assert read_document("a.docx", docx(document)).split("\n") == [
        "Giao Sở Y tế báo cáo", "Sở Tư pháp rà soát", "trong ô",
    ]  # fmt: skip


def test_signs_that_are_never_seen_are_left_out() -> None:
    text = "Giao Sở Y\x01 tế\x1b[31m rà\x07 soát\x0btrạm \u202ey tế\x9b\u2028Hết\x7f"
    assert read_document("a.txt", text.encode()) == "Giao Sở Y tế[31m rà soát\ntrạm y tế\nHết"
