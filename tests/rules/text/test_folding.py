"""Look-alikes are one sign where names are compared, and i and y only where they are one sound."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text.folding import (
    APOSTROPHES,
    DASHES,
    fold,
    fold_aligned,
    fold_with_offsets,
    name_key,
    one_sound,
    other_sound,
)


@pytest.mark.parametrize("typed", ["Đắk R'lấp", *(f"Ðắk R{sign}lấp" for sign in APOSTROPHES)])
def test_icelandic_letters_and_apostrophes(typed: str) -> None:
    assert fold(typed) == fold_aligned(typed) == fold_with_offsets(typed)[0] == "dak r'lap"


@pytest.mark.parametrize("sign", DASHES)
def test_dashes(sign: str) -> None:
    assert fold(f"Phát thanh {sign} Truyền hình") == "phat thanh - truyen hinh"


@pytest.mark.parametrize(
    "typed",
    [
        "Sở Công Thương",
        "Ѕở Сông Тhương",  # Cyrillic
        "Ｓở Ｃông Ｔhương",  # full width
        "Sở\u00a0Công\u3000Thương",
        "Sở Cô\u200bng Thư\u2060ơng",
        unicodedata.normalize("NFD", "\u200eSở Công Thương\ufeff"),
    ],
)
def test_other_alphabets_and_signs_that_nobody_sees(typed: str) -> None:
    assert name_key(typed) == "so cong thuong"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quý", "Quí"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("Vĩnh Kỳ", "Vĩnh Kì"),
        ("Lý Sơn", "Lí Sơn"),
        ("Sỹ", "Sĩ"),
        ("KỸ THUẬT", "kĩ thuật"),
        ("Công ty", "Công ti"),
    ],
)
def test_one_sound_spelled_twice(one: str, other: str) -> None:
    assert fold(one) != fold(other)
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tai", "Tay"),
        ("Mai", "May"),
        ("Thúy", "Thúi"),
        ("Huy", "Hui"),
        ("Cây", "Cai"),
        ("Y tế", "I tế"),
        ("yên", "iên"),
        ("Quyên", "Quiên"),
        ("My9", "Mi9"),
    ],
)
def test_two_sounds_stay_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


_VOWELS = st.sampled_from("aăâeêioôơuưáàảãạấầéếóốúứAÂEÔ")
_ONSETS = st.sampled_from(["", "t", "m", "ngh", "Th", "đ", "q", "gi"])


@given(_ONSETS, _VOWELS)
def test_after_a_vowel_i_and_y_never_meet(onset: str, vowel: str) -> None:
    one, other = (name_key(f"{onset}{vowel}{last}") for last in "iy")
    assert (one == other) is (fold(onset) == "q" and fold(vowel) == "u")


@given(st.text(st.sampled_from("aiyuqmtkbYÝỹíÐ -'x1_")))
def test_a_key_keeps_its_length_and_is_its_own_key(text: str) -> None:
    folded = fold(text)
    assert len(one_sound(folded)) == len(folded)
    assert name_key(name_key(text)) == name_key(text)
    assert len(fold_aligned(text)) == len(text)
    for word in folded.split():
        assert name_key(other_sound(word)) == name_key(word)
