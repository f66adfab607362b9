"""Tables of tasks in PDF files: the same rows as from a Word file."""

import pypdfium2
import pytest
from pypdfium2 import raw

from config.agencies import load_register
from flows.actions.reading.read_conclusion import read_conclusion
from flows.actions.reading.read_document import read_document
from rules.people.registry import Registry
from tests.flows.formats.pdf_files import saved
from tests.flows.formats.pdf_tables import Drawn, Item, cell_boxes, shades, strokes, table_pdf, thin_boxes

HEAD = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan\nphối hợp", "Thời hạn"]
FIRST = ["1", "Rà soát các trạm y tế xã\nchưa đạt chuẩn, báo cáo", "Sở Y tế", "UBND các\nhuyện", "28/12/2022"]
SECOND = ["2", "Thẩm định dự thảo", "Sở Tư pháp", "", "Quý I/2023"]
ROWS = [
    "STT\tNội dung nhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời hạn",
    "1\tRà soát các trạm y tế xã chưa đạt chuẩn, báo cáo\tSở Y tế\tUBND các huyện\t28/12/2022",
    "2\tThẩm định dự thảo\tSở Tư pháp\t\tQuý I/2023",
]
BEFORE, AFTER = "Giao các cơ quan sau đây:", "Trên đây là kết luận."


def lines(*pages: list[Item], drawn: Drawn = strokes) -> list[str]:
    return read_document("a.pdf", table_pdf(pages, drawn)).split("\n")


@pytest.mark.parametrize("drawn", [strokes, thin_boxes, cell_boxes])
def test_a_row_is_a_line_however_it_is_drawn(drawn: Drawn) -> None:
    assert lines([BEFORE, [HEAD, FIRST, SECOND], AFTER], drawn=drawn) == [BEFORE, *ROWS, AFTER]


def test_a_table_without_lines_keeps_its_text() -> None:
    assert "".join(lines([BEFORE, [HEAD, SECOND]], drawn=shades)).count("Thẩm định dự thảo") == 1


def test_a_cell_merged_over_columns_leaves_the_others_empty() -> None:
    group = ["I", "Lĩnh vực y tế, giáo dục, văn hóa và thông tin truyền thông", "<", "<", "<"]
    for drawn in (strokes, thin_boxes):
        found = lines([[HEAD, group, FIRST, SECOND]], drawn=drawn)
        assert found == [ROWS[0], f"I\t{group[1]}\t\t\t", *ROWS[1:]]


def test_a_heading_that_each_page_repeats_is_said_once() -> None:
    third = ["3", "Bố trí kinh phí", "Sở Tài chính", "", "31/12/2022"]
    found = lines([BEFORE, [HEAD, FIRST], "1"], [[HEAD, SECOND], "2"], [[HEAD, third], AFTER])
    assert found == [BEFORE, *ROWS, "3\tBố trí kinh phí\tSở Tài chính\t\t31/12/2022", AFTER]


def test_a_row_that_a_page_break_cuts_is_made_whole() -> None:
    upper = ["1", "Rà soát các trạm y tế xã", "Sở Y tế", "UBND các", "28/12/2022"]
    rest = ["", "chưa đạt chuẩn, báo cáo", "", "huyện", ""]
    assert lines([[HEAD, upper]], [[rest, SECOND]]) == ROWS
    assert lines([[HEAD, upper]], [[HEAD, rest, SECOND]]) == ROWS


def test_after_the_head_of_a_page_the_heading_is_said_again() -> None:
    assert lines([[HEAD, FIRST]], ["Tài liệu họp", [SECOND]]) == [*ROWS[:2], "Tài liệu họp", ROWS[0], ROWS[2]]


def test_another_table_is_another_table() -> None:
    other = [["TT", "Tên dự án", "Chủ đầu tư", "Vốn", "Ghi chú"], ["1", "Đường", "Sở Y tế", "5 tỷ", ""]]
    found = lines([[HEAD, SECOND]], ["Phụ lục 2", other])
    assert found[2:] == ["Phụ lục 2", "TT\tTên dự án\tChủ đầu tư\tVốn\tGhi chú", "1\tĐường\tSở Y tế\t5 tỷ\t"]


def test_a_frame_around_two_columns_is_no_table() -> None:
    frame = [["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI"], ["TỈNH SÓC TRĂNG", "Độc lập"]]
    data = table_pdf([[frame, AFTER]], columns=(50, 250, 450))
    assert "\t" not in read_document("a.pdf", data)


def test_each_row_becomes_a_directive() -> None:
    registry = Registry(load_register().bodies)
    draft = read_conclusion("a.pdf", table_pdf([[BEFORE, [HEAD, FIRST, SECOND]]]), registry, None)
    assert [d.read_by for d in draft.directives] == ["table_row", "table_row"]
    assert [[registry.get(p.body_id or "").name for p in d.lead] for d in draft.directives] == [
        ["Sở Y tế"], ["Sở Tư pháp"],
    ]  # fmt: skip


def test_a_page_that_lies_on_its_side_is_turned() -> None:
    """A table printed across: the letters run up the paper, and the page says to turn it."""
    document = pypdfium2.PdfDocument(table_pdf([[[HEAD, FIRST, SECOND]]]))
    page = document[0]
    for item in page.get_objects(max_depth=1):
        raw.FPDFPageObj_Transform(item, 0, 1, -1, 0, 700, 0)
    page.gen_content()
    page.set_rotation(90)
    assert read_document("a.pdf", saved(document)).split("\n") == ROWS
