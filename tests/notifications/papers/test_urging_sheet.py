"""The printed công văn đôn đốc: the parts of the form, the count, and what stays blank."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from notifications.papers.letterhead import BLANK, Letterhead, letterhead
from notifications.papers.urging import HEADINGS, AnnexTask, Issue, UrgingSheet, urging_sheet

HEAD = letterhead("UBND tỉnh Sóc Trăng", "Văn phòng UBND tỉnh")
DAY = date(2022, 9, 12)
FIRST = AnnexTask("GN-0001", "tham mưu cân đối\nkinh phí", "Thông báo số 1", date(2022, 8, 31), 12, 2)
SECOND = AnnexTask("GN-0003", "Rà soát", "Thông báo số 1", date(2022, 9, 1), 11, 3)
ISSUE = Issue("512/VP-TH", "Chánh Văn phòng", DAY)


def sheet(*tasks: AnnexTask, issue: Issue | None = None) -> UrgingSheet:
    return urging_sheet(HEAD, "Sở Tài chính", DAY, tasks, "Trưởng Ban Chỉ đạo", issue)


@pytest.mark.parametrize(
    ("upper", "own", "head"),
    [
        (
            "UBND tỉnh Sóc Trăng",
            "Văn phòng UBND tỉnh",
            ("ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", "VĂN PHÒNG", "Sóc Trăng"),
        ),
        (
            "UBND thành phố Cần Thơ",
            "Văn phòng UBND thành phố",
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", "VĂN PHÒNG", "Cần Thơ"),
        ),
        (
            "UBND tỉnh Sóc Trăng",
            "Văn phòng Ban Chỉ đạo",
            ("ỦY BAN NHÂN DÂN TỈNH SÓC TRĂNG", "VĂN PHÒNG BAN CHỈ ĐẠO", "Sóc Trăng"),
        ),
        ("Tỉnh ủy", "Tổ giúp việc", ("TỈNH ỦY", "TỔ GIÚP VIỆC", BLANK)),
    ],
)
def test_the_letterhead_comes_from_the_register(upper: str, own: str, head: tuple[str, str, str]) -> None:
    assert letterhead(upper, own) == Letterhead(head[0], head[1], own, head[2])


def test_before_it_is_issued_number_day_and_signatory_are_blank() -> None:
    found = sheet(FIRST)
    assert found.number.split() == ["Số:", "/"]
    assert "năm 2022" in found.place_and_day
    assert "12" not in found.place_and_day
    assert found.signed_by == ""
    assert "512" not in found.annex_of


def test_once_it_is_issued_they_stand_there() -> None:
    found = sheet(FIRST, issue=ISSUE)
    assert found.number == "Số: 512/VP-TH"
    assert found.place_and_day == "Sóc Trăng, ngày 12 tháng 9 năm 2022"
    assert found.signed_by == "CHÁNH VĂN PHÒNG"
    assert found.annex_of == (
        "(Kèm theo Công văn số 512/VP-TH ngày 12 tháng 9 năm 2022 của Văn phòng UBND tỉnh)"
    )


def test_the_annex_has_a_cell_for_each_heading_and_the_text_counts_its_rows() -> None:
    found = sheet(FIRST, SECOND)
    assert [row.code for row in found.rows] == ["GN-0001", "GN-0003"]
    assert found.rows[0].cells == (
        "1", "Tham mưu cân đối kinh phí", "Thông báo số 1", "31/08/2022", "12", "2",
    )  # fmt: skip
    assert {len(row.cells) for row in found.rows} == {len(HEADINGS)}
    assert "còn 02 nhiệm vụ" in found.paragraphs[0]
    assert "nhiệm vụ chậm nhất đã quá hạn 12 ngày" in found.paragraphs[0]
    assert "còn 01 nhiệm vụ" in sheet(SECOND).paragraphs[0]
    assert found.paragraphs[-1].endswith("báo cáo Trưởng Ban Chỉ đạo./.")


def test_it_is_composed_vietnamese_and_names_no_day_for_the_answer() -> None:
    found = sheet(FIRST, SECOND, issue=ISSUE)
    words = " ".join((found.subject, found.annex_title, *found.paragraphs, *found.recipients))
    assert unicodedata.is_normalized("NFC", words)
    assert "trước ngày" not in words
    assert "chậm nhất ngày" not in words


def test_what_did_not_arrive_is_said_on_the_paper() -> None:
    """The body reads of the earlier urgings here for the first time."""
    late = replace(SECOND, unreached=2)
    found = sheet(FIRST, late)
    assert found.rows[1].cells[-1] == "3 (2 lần trước chưa đến nơi nhận)"
    assert found.paragraphs[1] == (
        "Một số lần đôn đốc bằng thư của 01 nhiệm vụ trước đây chưa đến được Sở Tài chính; số lần được ghi "
        "rõ đối với từng nhiệm vụ tại Phụ lục."
    )
    assert "bằng thư trước đây" in sheet(late).paragraphs[1]
    assert not any("chưa đến" in text for text in sheet(FIRST, SECOND).paragraphs)
