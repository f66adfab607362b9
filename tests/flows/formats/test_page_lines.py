"""Printed lines -> paragraphs; heads and feet of pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.formats.page_edges import without_edges
from flows.formats.page_lines import joined

FULL = "Giao Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư cân đối nguồn vốn"


@pytest.mark.parametrize(
    ("after", "apart"),
    [
        ("năm 2023 cho các huyện.", False),
        ("Sóc Trăng rà soát.", False),
        ("2. Giao Sở Y tế", True),
        ("a) Sở Y tế", True),
        ("- Sở Y tế", True),
        ("- 2025 theo quy định.", False),
        ("Điều 2. Giao", True),
        ("Ngày 13 tháng 12 năm 2022, tại Phòng họp", True),
        ("Nơi nhận:", True),
        ("", True),
    ],
)
def test_a_full_line_runs_on_unless_the_next_opens_something(after: str, apart: bool) -> None:
    assert joined([FULL, after, ""]).startswith(FULL + ("\n" if apart else " ") + after)


def test_short_lines_stay_apart() -> None:
    lines = ["ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG", "Số: 12/TB-UBND", f"{FULL}.", "Hết"]
    assert joined(lines).split("\n") == lines


def test_blanks_at_line_ends_tell_of_breaks_where_sentences_end_without() -> None:
    lines = [f"{FULL} ", "Sóc Trăng ", "rà soát; ", "Liên minh."]
    lines += ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT ", "NAM", "Một.", "Hai.", "Hết."]
    assert joined(lines).split("\n") == [
        f"{FULL} Sóc Trăng rà soát; Liên minh.", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Một.", "Hai.", "Hết.",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["2", "- 2 -", "Trang 2/5", "2/5", "– 2 –"])
def test_page_numbers_go(number: str) -> None:
    assert without_edges(["1. Một", f"{number}\nhai", f"ba\n{number}"])[0] == ["1. Một", "hai", "ba"]


def test_a_number_that_is_not_this_page_stays() -> None:
    assert without_edges(["STT", "17\nviệc"])[0] == ["STT", "17", "việc"]


def test_repeated_heads_go_and_are_told() -> None:
    pages = [f"Tài liệu họp, trang {page} của 4\nnội dung {'abcd'[page - 1]}" for page in range(1, 5)]
    lines, repeated = without_edges(pages)
    assert lines == ["nội dung a", "nội dung b", "nội dung c", "nội dung d"]
    assert "Tài liệu họp" in repeated


@given(st.lists(st.text("ab1.-: \tĐ", max_size=90)))
def test_no_letter_is_lost(lines: list[str]) -> None:
    assert "".join(joined(lines).split()) == "".join("".join(lines).split())
