"""A letter names its first rows and counts them all, in every dress."""

import re
from dataclasses import replace
from urllib.parse import quote

from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters
from tests.notifications.letters.test_letters import ROW, everywhere

MANY_AGENCY = quote(f"agency-{cast.LMHTX}")


def test_a_short_letter_is_short() -> None:
    many = [cast.on_day(replace(cast.WEAK, title="Nhiệm vụ rất dài " * 200), 1)] * 500
    short = letters.morning_letter(cast.LMHTX, cast.TODAY, letters.Morning(many, many, many), cast.BASE).short
    assert len(short) <= 2000
    assert short.splitlines()[-2:] == ["và 1.494 nhiệm vụ khác", f"{cast.BASE}/viec?co-quan={MANY_AGENCY}"]
    for letter in everywhere(replace(cast.WEAK, title="dài " * 3000)).values():
        assert len(letter.short) <= 2000
        last = letter.short.splitlines()[-1]  # a link that opens once goes by mail alone
        assert last.startswith(cast.BASE) or last == "Mở thư điện tử để dùng liên kết."


def test_two_thousand_tasks_make_one_letter_of_a_hundred_rows() -> None:
    lines = [cast.on_day(replace(cast.WEAK, id=n, code=f"GN-{n:04}"), 1) for n in range(1, 2001)]
    letter = letters.morning_letter(cast.LMHTX, cast.TODAY, letters.Morning(lines), cast.BASE)
    assert letter.subject == "[Đôn Đốc] Đôn đốc lần 1: 2.000 nhiệm vụ quá hạn"
    assert "ĐÔN ĐỐC NHIỆM VỤ QUÁ HẠN (2.000)" in letter.text
    assert len(ROW.findall(letter.html)) == 100
    assert f"và 1.900 nhiệm vụ khác (nêu 100 trong 2.000), xem tại: {cast.BASE}/viec?co-quan=" in letter.text


def test_what_is_cut_is_the_last_and_every_heading_still_counts() -> None:
    text = cast.LETTERS["morning_long"]().text
    assert [int(n.replace(".", "")) for n in re.findall(r"^[^a-z]*\(([\d.]+)\)$", text, re.M)] == [
        2,
        1,
        1500,
        496,
    ]
    assert text.count("Xem: ") == 4
    assert "496 nhiệm vụ, xem tại:" in text
