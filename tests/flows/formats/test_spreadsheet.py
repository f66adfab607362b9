"""Tables that are handed in: what is read of them, and what is not taken."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from flows.formats.content import DocumentError
from flows.formats.spreadsheet import MAX_SHEET_BYTES, table_lines

Change = Callable[[str, bytes], bytes]


def book(*rows: tuple[object, ...]) -> bytes:
    """An .xlsx of one sheet."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def changed(data: bytes, change: Change) -> bytes:
    """The archive with other parts."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return kept.getvalue()


def said(name: str, data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.number, line.cells) for line in table_lines(name, data)]


def test_a_spreadsheet_line_by_line() -> None:
    found = said(
        "ds.xlsx",
        book(
            ("Họ tên", "Điện thoại", "Từ ngày", "STT"),
            (),
            ("Hoa", 912345678, date(2026, 1, 31), 1.5),
            ("  ", None, None, None),
            ("Minh", "0299 3822 333", datetime(2026, 2, 1, 0, 0), True),
        ),
    )
    assert [number for number, _ in found] == [1, 3, 4, 5]
    assert found[1][1] == ("Hoa", "912345678", "2026-01-31", "1.5")
    assert found[3][1][:3] == ("Minh", "0299 3822 333", "2026-02-01")


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_table_in_its_spellings(separator: str, encoding: str) -> None:
    text = (
        separator.join(("Họ tên", "Cơ quan"))
        + "\r\n\r\n"
        + separator.join(("Hoa", '"Sở\nTài chính"'))
        + "\r\n"
    )
    assert said("ds.CSV", f"{text}Minh\r\n".encode(encoding)) == [
        (1, ("Họ tên", "Cơ quan")), (3, ("Hoa", "Sở\nTài chính")), (5, ("Minh",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("ds.xlsx", b"", "trống"),
        ("ds.xlsx", b"Ho ten;Email", "không phải tệp .xlsx"),
        ("ds.xlsx", b"PK\x03\x04 broken", "bị hỏng"),
        ("ds.xls", b"x", "chỉ nhận danh sách dạng .xlsx hoặc .csv"),
        ("ds.csv", b"x" * (MAX_SHEET_BYTES + 1), "lớn hơn 5 MB"),
        ("ds.csv", b'a,b\n"open', "dòng 2: dấu ngoặc kép"),
        ("ds.csv", b"a,b\n1,=1+1", "dòng 2, ô B2 là công thức"),
        ("ds.csv", b"a\n" + b"x" * 1_001, "dòng 2, ô A2 dài hơn 1000"),
        ("ds.csv", b"a," * 50, "hơn 40 cột"),
        ("ds.csv", b"a\n" * 5_002, "hơn 5000 dòng"),
        ("ds.csv", b"a\0b", "không phải văn bản"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_table(name: str, data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        table_lines(name, data)


def test_no_formula_is_taken() -> None:
    """Break: read what the formula yielded when it was saved."""
    with pytest.raises(DocumentError, match="dòng 2, ô B2 là công thức"):
        table_lines("ds.xlsx", book(("Họ tên", "Email"), ("Hoa", '=HYPERLINK("http://x.example")')))


@pytest.mark.parametrize("beside", [("Hoa", None), (None, None)])
def test_a_cell_that_shows_an_error_is_no_empty_one(beside: tuple[object, ...]) -> None:
    """A last day that cannot be counted would else be none. Break: read it as nothing."""
    with pytest.raises(DocumentError, match="dòng 2, ô C2 báo lỗi"):
        table_lines("ds.xlsx", book(("Họ tên", "Email", "Đến ngày"), (*beside, "#N/A")))


def test_a_merged_cell_counts_in_its_first_line() -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (("Họ tên", "Cơ quan"), ("Hoa", "stc"), ("Lan", None)):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    assert [cells for _, cells in said("ds.xlsx", saved(made))][1:] == [("Hoa", "stc"), ("Lan",)]


def test_a_sheet_that_is_too_wide_or_too_long() -> None:
    with pytest.raises(DocumentError, match="dòng 1: có hơn 40 cột"):
        table_lines("ds.xlsx", book((*[None] * 90, "x")))
    with pytest.raises(DocumentError, match="hơn 5000 dòng"):
        table_lines("ds.xlsx", book(*(("x",) for _ in range(5_002))))


def _entities(name: str, data: bytes) -> bytes:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    return data.replace(b"<worksheet", declared + b"<worksheet") if "sheet1" in name else data


def _blown_up(name: str, data: bytes) -> bytes:
    return data + b" " * 30_000_000 if "sheet1" in name else data


def _cut(name: str, data: bytes) -> bytes:
    return data[: len(data) // 2] if "sheet1" in name else data


def _no_sheet(name: str, data: bytes) -> bytes:
    return b"" if "workbook.xml" in name else data


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_entities, "DTD"),
        (_blown_up, "lớn hơn 20 MB"),
        (_cut, "bị hỏng, quá phức tạp"),
        (_no_sheet, "bị hỏng, quá phức tạp"),
    ],
)
def test_a_spreadsheet_that_means_harm(change: Change, words: str) -> None:
    """Break: hand the file to the library unseen."""
    with pytest.raises(DocumentError, match=words):
        table_lines("ds.xlsx", changed(book(("Họ tên",), ("Hoa",)), change))


def test_only_the_first_sheet_counts() -> None:
    made = Workbook()
    assert made.active is not None
    made.active.append(("một",))
    made.create_sheet("khác").append(("hai",))
    assert said("ds.xlsx", saved(made)) == [(1, ("một",))]
