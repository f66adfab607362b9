"""The shipped conclusion of the demo: how it is made, its form, and that the reader reads all of it."""

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from config.agencies import load_register
from flows.actions.reading.read_conclusion import read_conclusion
from flows.actions.reading.read_document import read_document
from flows.demo.sample_conclusion import SHIPPED, TASKS, build
from rules.draft import Draft, DueKind
from rules.people.registry import Registry

NUMBERED = re.compile(r"^(?:[IVX]+\.|\d+\.|[a-zđ]\)) ")
ADDRESSED = re.compile(r"\b(?:đồng chí|đ/c|ông|bà|anh|chị)\s+(\w)", re.IGNORECASE)

# Number of the item, who leads, who helps, by when (a date, a rhythm, or neither).
DIRECTIVES: list[tuple[int, set[str], set[str], date | str | None]] = [
    (1, {"skhdt"}, set(), date(2022, 9, 15)),
    (2, {"thanh-vien-bcd"}, set(), None),
    (3, {"lmhtx"}, {"snn", "ubnd-tt"}, date(2022, 10, 31)),
    (4, {"cap-huyen"}, set(), date(2022, 9, 30)),
    (5, {"snn"}, {"sct"}, date(2022, 12, 15)),
    (6, {"sct"}, set(), None),
    (7, {"stc"}, {"lmhtx"}, date(2022, 12, 31)),
    (8, {"ttns"}, set(), date(2022, 10, 31)),
    (9, {"snn", "lmhtx"}, set(), "quarterly day 20"),
    (10, {"co-quan-giao"}, set(), None),
    (11, {"vpubnd"}, set(), None),
]


@cache
def shipped() -> Document:
    return docx.Document(str(SHIPPED))


@cache
def text() -> str:
    return read_document(SHIPPED.name, SHIPPED.read_bytes())


@cache
def draft() -> Draft:
    return read_conclusion(SHIPPED.name, SHIPPED.read_bytes(), Registry(load_register().bodies), None)


def test_building_anew_gives_the_shipped_bytes(tmp_path: Path) -> None:
    build(tmp_path / "first.docx")
    build(tmp_path / "second.docx")
    first = (tmp_path / "first.docx").read_bytes()
    assert first == (tmp_path / "second.docx").read_bytes()
    assert first == SHIPPED.read_bytes()  # else: python -m flows.demo.sample_conclusion


def test_the_archive_keeps_no_trace_of_when_and_where_it_was_made() -> None:
    entries = zipfile.ZipFile(io.BytesIO(SHIPPED.read_bytes())).infolist()
    assert {entry.date_time for entry in entries} == {(2022, 8, 29, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert {entry.create_system for entry in entries} == {3}


def test_core_properties() -> None:
    about = shipped().core_properties
    assert about.title == "Thông báo số 215/TB-UBND ngày 29/8/2022"
    assert about.language == "vi-VN"
    assert about.created == about.modified
    assert about.created.replace(tzinfo=None) == datetime(2022, 8, 29)
    assert "không phải văn bản thật" in about.comments  # it bears a real office's name


def test_nobody_is_named() -> None:
    assert [found for found in ADDRESSED.finditer(text()) if found[1].isupper()] == []
    assert text().endswith("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n(đã ký)")


def test_text_is_composed_and_ends_as_a_notice_does() -> None:
    assert unicodedata.is_normalized("NFC", text())
    assert "biết, thực hiện./.\nNơi nhận:\n" in text()
    assert "\n- Lưu: VT, KT.\n" in text()


def test_numbers_are_made_by_word_and_stand_nowhere_in_the_text() -> None:
    paragraphs = shipped().paragraphs
    numbered = [p for p in paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    levels = [p._p.pPr.numPr.ilvl.val for p in numbered]
    assert levels == [0, 1, 2, 2, 1, 2, 2, 0, *[1] * len(TASKS)]
    assert not [p.text for p in paragraphs if NUMBERED.match(p.text)]


def test_type_is_times_new_roman_in_every_script_and_vietnamese() -> None:
    found = shipped().styles.element.findall(f".//{qn('w:rPr')}/{qn('w:rFonts')}")
    scripts = [
        {script: fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        for fonts in found
    ]
    assert scripts == [dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "Times New Roman")] * 2
    tongues = {mark.get(qn("w:val")) for mark in shipped().styles.element.iter(qn("w:lang"))}
    assert tongues == {"vi-VN"}


def test_page_and_columns() -> None:
    [page] = shipped().sections
    assert [round(side.mm) for side in (page.page_width, page.page_height)] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert page.different_first_page_header_footer
    assert "PAGE" in page.header._element.xpath("string(.//w:instrText)")
    for table in shipped().tables:  # letterhead, signature
        assert [round(column.width / Mm(1)) for column in table.columns] == [67, 98]
        assert table.rows[0]._tr.xpath("./w:trPr/w:cantSplit")


def test_the_document_is_known_by_its_letterhead() -> None:
    document = draft().document
    assert (document.number, document.date, document.issuer_id) == (
        "215/TB-UBND",
        date(2022, 8, 29),
        "ubnd-tinh",
    )
    assert document.title.startswith("THÔNG BÁO Kết luận của Phó Chủ tịch UBND tỉnh")
    assert draft().doubts == ()


def test_the_assessment_gives_no_directives() -> None:
    tasks = text().index("II. NHIỆM VỤ THỜI GIAN TỚI")
    assert len(draft().directives) == len(TASKS) == 11
    assert all(directive.span.start > tasks for directive in draft().directives)


@pytest.mark.parametrize(("item", "lead", "cooperate", "due"), DIRECTIVES)
def test_each_directive_is_read(
    item: int, lead: set[str], cooperate: set[str], due: date | str | None
) -> None:
    directive = draft().directives[item - 1]
    assert {party.body_id for party in directive.lead} == lead
    assert {party.body_id for party in directive.cooperate} == cooperate
    assert (directive.due.date or directive.due.rule) == due
    assert (directive.due.kind is DueKind.NONE) == (due is None)
    assert TASKS[item - 1].removeprefix("Về chế độ báo cáo: ").removesuffix(".") == directive.text


def test_what_goes_upward_is_marked() -> None:
    assert [n for n, directive in enumerate(draft().directives, 1) if directive.escalation] == [2, 10]
