"""Lines on a page -> tables; and what is too much to be one."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.actions.reading.read_document import read_document
from flows.formats import pdf_rules
from flows.formats.pdf_grid import MAX_CROSSINGS, grids
from flows.formats.pdf_rules import Effort, Rule, rules_of
from tests.flows.formats.pdf_tables import table_pdf

ROWS = [["STT", "Việc", "Chủ trì", "Phối hợp", "Hạn"], ["1", "Rà soát", "Sở Y tế", "", "5/1"]]


def level(*heights: float, start: float = 50, end: float = 550) -> list[Rule]:
    return [Rule(at, start, end) for at in heights]


upright = level


def test_a_frame_around_the_page_is_not_part_of_the_table() -> None:
    flat = level(20, 800, start=10, end=590) + level(100, 200, 300)
    high = upright(10, 590, start=20, end=800) + upright(50, 200, 550, start=100, end=300)
    [table] = grids(flat, high)
    assert table.columns == (50, 200, 550)
    assert table.cell_at(60, 250) == (0, 0)
    assert table.cell_at(300, 150) == (1, 1)
    assert table.cell_at(20, 150) is None


def test_double_lines_and_pieces_are_one_line() -> None:
    pieces = [Rule(100 + shift, 50 + part * 100, 150 + part * 100) for shift in (0, 1.5) for part in range(5)]
    [table] = grids(pieces + level(200, 300), upright(50, 200, 550, start=100, end=300))
    assert len(table.heights) == 3


def test_a_table_open_at_its_sides_ends_where_its_lines_end() -> None:
    [table] = grids(level(100, 200, 300), upright(150, 300, start=100, end=300))
    assert table.columns == (50, 150, 300, 550)


def test_a_cell_without_lines_inside_is_one() -> None:
    flat = level(100, 300) + level(200, end=300)
    [table] = grids(flat, upright(50, 300, 550, start=100, end=300))
    assert table.owner == (((0, 0), (0, 1)), ((1, 0), (0, 1)))


def test_more_lines_than_a_table_has_are_none() -> None:
    many = int(MAX_CROSSINGS**0.5) + 1
    assert not grids(level(*(7.0 * n for n in range(many))), upright(*(7.0 * n for n in range(many))))


def test_drawings_are_looked_at_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    data = table_pdf([[ROWS]])
    assert "\t" in read_document("a.pdf", data)
    page = pypdfium2.PdfDocument(data)[0]
    effort = Effort()
    assert rules_of(page, lambda x, y: (x, y), effort)[0]
    effort.left = 20
    assert rules_of(page, lambda x, y: (x, y), effort) == ([], [])
    monkeypatch.setattr(pdf_rules, "MAX_OBJECTS", 10)
    assert rules_of(page, lambda x, y: (x, y), Effort()) == ([], [])


rules = st.lists(st.builds(Rule, *[st.floats(0, 600)] * 3), max_size=40)


@given(rules, rules)
def test_any_lines_give_whole_tables(flat: list[Rule], high: list[Rule]) -> None:
    for table in grids(flat, high):
        assert len(table.owner) == len(table.heights) - 1
        assert all(len(row) == len(table.columns) - 1 for row in table.owner)
        assert all(cell <= (r, c) for r, row in enumerate(table.owner) for c, cell in enumerate(row))
