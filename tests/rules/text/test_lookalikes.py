"""Two names that no reader can tell apart have one look; two that a reader tells apart have two."""

import pytest

from rules.text.lookalikes import look, plain

NAME = "Sở Kế hoạch và Đầu tư"


@pytest.mark.parametrize(
    "other",
    [
        NAME.replace("S", "Ѕ"),  # Cyrillic
        NAME.replace("K", "Κ").replace("o", "ο"),  # Greek
        NAME.replace("S", "Ｓ"),
        NAME.replace("S", "Տ"),  # Armenian
        NAME.replace("S", "Ꮪ"),  # Cherokee
        NAME.replace("S", "𝐒"),
        NAME.replace("ạ", "ɑ\u0323"),
        NAME.replace("h", "һ").replace("v", "ν"),
        NAME.replace("Đ", "Ð"),
        NAME.replace("Đ", "Ɖ"),
        NAME.replace("Đ", "D\u0335"),
        NAME.replace("o", "0"),
        NAME.replace("à", "а\u0300"),
    ],
)
def test_letters_of_other_alphabets_look_like_ours(other: str) -> None:
    assert look(other) == look(NAME)
    assert plain(other) != plain(NAME)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Văn hoá - Thể thao", "VĂN HÓA – THỂ THAO"),
        ("Sở Y tế", " Sở\u00a0Y\u3000\u200btế. "),
        ("Sở Y tế", "Sở Y te\u0302\u0301"),
        ("Mỹ Quý", "Mĩ Quí"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert look(one) == look(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Phú Mỹ", "Phù Mỹ"), ("Thạnh Phú", "Thanh Phú"), ("Đội 1", "Đội 2"), ("Dak", "Đak"), ("Ấp 10", "Ấp 11"),
     ("Khu 1", "Khu I"), ("Sở Y tế", "Sở Y tê"), ("Tài", "Tay")],
)  # fmt: skip
def test_names_that_differ_to_the_eye_stay_two(one: str, other: str) -> None:
    assert look(one) != look(other)
