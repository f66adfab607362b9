"""Tables of a Word file as tab-separated lines."""

from flows.actions.reading.read_document import read_document
from tests.flows.formats.word_files import abstract, cell, docx, item, level, num, p, row, table

HEAD = row("STT", "Nội dung", "Chủ trì", "Thời hạn")


def lines(body: str, **parts: str) -> list[str]:
    return read_document("a.docx", docx(body, **parts)).split("\n")


def test_a_cell_merged_over_columns_leaves_the_others_empty() -> None:
    group = row("I", cell("Nhóm việc", '<w:gridSpan w:val="3"/>'))
    assert lines(table(HEAD, group, row("1", "a", "b", "c"))) == [
        "STT\tNội dung\tChủ trì\tThời hạn", "I\tNhóm việc\t\t", "1\ta\tb\tc"
    ]  # fmt: skip


def test_a_cell_merged_over_rows_holds_for_each_of_them() -> None:
    first = row("1", "a", cell("Sở Y tế", '<w:vMerge w:val="restart"/>'), "5/1")
    second = row("2", "b", cell("", "<w:vMerge/>"), "6/1")
    assert lines(table(HEAD, first, second))[1:] == ["1\ta\tSở Y tế\t5/1", "2\tb\tSở Y tế\t6/1"]


def test_a_nested_table_is_read_in_its_cell() -> None:
    nested = p("Trước") + table(row("x", "y", "z"), row("1", "2", "3")) + p("sau")
    assert lines(table(HEAD, row("1", cell(nested), "b", "c")))[1] == "1\tTrước x y z 1 2 3 sau\tb\tc"


def test_wrapped_rows_and_cells_are_found_and_deleted_rows_are_not() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('1', 'a', 'b', 'c')}</w:sdtContent></w:sdt>"
    deleted = row("2", "a", "b", "c", properties="<w:del/>")
    assert lines(table(HEAD, wrapped, deleted))[1:] == ["1\ta\tb\tc"]


def test_numbers_in_cells_are_kept_and_counted_once() -> None:
    numbered = [row(cell(item("Việc", 0)), "a", "b") for _ in range(3)]
    numbering = abstract(level(0, "%1.")) + num(1)
    assert lines(table(*numbered), numbering=numbering) == ["1. Việc\ta\tb", "2. Việc\ta\tb", "3. Việc\ta\tb"]


def test_a_column_of_boxes_is_no_table() -> None:
    assert lines(table(row(cell(p("a") + p("b"))), row("c"), row("d"), row("e"))) == list("abcde")
