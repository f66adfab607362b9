"""The mark of urgency stands alone in the head; words of urgency stay words."""

import pytest

from rules.urgency import is_hoa_toc, urgency_words

HEAD = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH SÓC TRĂNG\tĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("HỎA TỐC", True),
        ("Hoả tốc", True),
        ("[ HỎA TỐC ]", True),
        ("| HỎA TỐC HẸN GIỜ |", True),
        ("Số: 12/TB-UBND\tHỎA TỐC", True),
        ("Độ khẩn: Hỏa tốc", True),
        ("THƯỢNG KHẨN", False),
        ("KHẨN", False),
        ("Gửi công văn hỏa tốc cho các huyện.", False),
        ("", False),
    ],
)
def test_the_mark_of_a_document(mark: str, found: bool) -> None:
    assert is_hoa_toc(f"{HEAD}{mark}\nTHÔNG BÁO\nKết luận") is found
    assert not is_hoa_toc(HEAD + "Nội dung.\n" * 40 + mark)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Khẩn trương rà soát, kịp thời báo cáo; khẩn trương hoàn thành.", "khẩn trương, kịp thời"),
        ("Thường xuyên kiểm tra.", "thường xuyên"),
        ("Báo cáo trước ngày 30/9.", ""),
    ],
)
def test_words_of_urgency_are_kept_as_they_stand(text: str, words: str) -> None:
    assert urgency_words(text) == words
