"""What names a task or a paper, however it was typed or pasted.

Seen to fail without the fold of dashes, with a code that needs four digits, and when a date is a number.
"""

import pytest

from rules.documents.quoted import PaperNumber, code_quoted, codes_named, names_paper, papers_named


@pytest.mark.parametrize(
    "typed",
    [
        "GN-0015", "gn-0015", "GN0015", "gn15", "GN 0015", "gn 15", "#GN-15", "(GN-0015)", "GN-0015.",
        "  GN-0015, ",
        "gn\u20110015", "GN\u20130015", "GN\u22120015", "GN_0015", "GN.15", "GN:0015", "GN/0015", "GN--0015",
        "ＧＮ－００１５", "G\u200bN-0015", "GN-\u00ad0015", "GΝ-0015", "Ԍn-15", "GN-OO15",
        "GN-00l5", "mã GN-0015", "Mã số: GN-0015", "nhiệm vụ GN-0015", "«GN-0015»", "GN-000000015",
        "GN\u00a00015",
    ],
)  # fmt: skip
def test_one_code_in_many_writings(typed: str) -> None:
    assert code_quoted(typed) == 15


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("GN-100000", 100_000),
        ("GN-100.000", 100_000),
        ("gn 100 000", 100_000),
        ("GN-0000", 0),
        ("GN-" + "9" * 30, int("9" * 30)),
    ],
)
def test_codes_of_other_lengths(typed: str, number: int) -> None:
    assert code_quoted(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "15",
        "0015",
        "GN",
        "GN-",
        "GNA-15",
        "Ngân 15",
        "GN-15 và GN-16",
        "hợp tác xã",
        "gnoi",
        "GN-1a",
    ],
)
def test_what_is_no_code(typed: str) -> None:
    assert code_quoted(typed) is None


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("15", (15,)),
        ("#0015", (15,)),
        ("GN-15 và gn16, GN-15", (15, 16)),
        ("xem GN-0015: hợp tác xã", (15,)),
        ("hợp tác xã 15", ()),
        ("AGN-15", ()),
        ("GN-15a", ()),
        ("", ()),
    ],
)
def test_codes_among_other_words(typed: str, named: tuple[int, ...]) -> None:
    assert codes_named(typed) == named


NUMBER = "412/TB-UBND"


@pytest.mark.parametrize(
    "typed",
    [
        "412/TB-UBND", "412 / tb-ubnd", "412/tb\u2013ubnd", "0412/TB-UBND", "Số: 412/TB-UBND", "412⁄TB-UBND",
        "４１２/TB-UBND",
        "412", "số 412", "TB412", "tb 412", "TB-UBND 412", "412 TB", "412TB-UBND", "412/TB", "thông báo 412",
        "Thông báo số 412", "thông báo kết luận số 412", "văn bản 412",
        "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022", "theo 412/TB-UBND của Chủ tịch",
    ],
)  # fmt: skip
def test_a_number_is_found_in_many_writings(typed: str) -> None:
    assert any(names_paper(asked, NUMBER) for asked in papers_named(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "41",
        "4120",
        "412/KH-UBND",
        "kế hoạch 412",
        "16/12/2022",
        "TB-UBND",
        "thông báo",
        "",
        "412a",
        "GN-0412x",
    ],
)
def test_what_is_another_number(typed: str) -> None:
    assert not any(names_paper(asked, NUMBER) for asked in papers_named(typed))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234/UBND-TH", "1.234/UBND-TH"),
        ("1.234/UBND-TH", "1234/UBND-TH"),
        ("công văn 1234", "1.234/UBND-TH"),
        ("12-KL/TU", "12-KL/TU"),
        ("12/KL-TU", "12-KL/TU"),
        ("15/QĐ-UBND", "15/2022/QĐ-UBND"),
        ("quyết định 15/2022", "15/2022/QĐ-UBND"),
        ("15/qd-ubnd", "15/2022/QÐ-UBND"),
        ("5/TB", "05/TB-UBND"),
    ],
)
def test_numbers_of_other_forms(typed: str, number: str) -> None:
    assert any(names_paper(asked, number) for asked in papers_named(typed))


def test_a_paper_without_a_figure_has_no_number_to_ask_for() -> None:
    assert not names_paper(PaperNumber(1), "không số")
