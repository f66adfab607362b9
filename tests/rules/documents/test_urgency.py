"""The stamp of a paper and the words of haste in it."""

import unicodedata

import pytest

from rules.documents.urgency import marked_urgent, urgency_words

HEAD = "UBND TỈNH SÓC TRĂNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{stamp}\nSố: 265/TB-UBND\n\nTHÔNG BÁO\n"


@pytest.mark.parametrize(
    ("stamp", "urgent"),
    [
        ("HỎA TỐC", True),
        ("HOẢ TỐC", True),
        ("Hỏa tốc hẹn giờ", True),
        ("[ HỎA  TỐC ]", True),
        ("HỎA TỐC\tSóc Trăng, ngày 31 tháng 8 năm 2022", True),
        ("HỎA TỐC – MẬT", True),
        ("| HỎA TỐC HẸN GIỜ |", True),
        ("Số: 12/TB-UBND\tHỎA TỐC", True),
        ("Độ khẩn: Hỏa tốc", True),
        ("KHẨN", False),
        ("THƯỢNG KHẨN", False),
        ("Gửi hỏa tốc các đơn vị", False),
        ("", False),
    ],
)
def test_the_stamp_stands_alone(stamp: str, urgent: bool) -> None:
    assert marked_urgent(HEAD.format(stamp=stamp)) is urgent


def test_a_stamp_stands_in_the_head() -> None:
    assert not marked_urgent(HEAD.format(stamp="") + "Nội dung.\n" * 60 + "HỎA TỐC\n")


def test_a_stamp_in_decomposed_unicode() -> None:
    assert marked_urgent(unicodedata.normalize("NFD", "HỎA TỐC\n"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Khẩn trương rà soát, kịp thời báo cáo.", "khẩn trương, kịp thời"),
        ("Thường xuyên theo dõi; thường xuyên báo cáo.", "thường xuyên"),
        ("Báo cáo trước ngày 31/8/2022.", ""),
    ],
)
def test_words_of_haste_are_kept(text: str, words: str) -> None:
    assert urgency_words(text) == words
