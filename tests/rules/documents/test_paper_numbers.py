"""One paper has one number, however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.documents.paper_numbers import number_key


@pytest.mark.parametrize(
    "typed",
    [
        "7/KL-BCĐ",
        "07/KL-BCĐ",
        "0007/KL-BCĐ",
        " 7 / KL - BCĐ ",
        "7/kl-bcđ",
        "07./KL-BCĐ.",
        "Số: 07/KL-BCĐ",
        "số 7/KL–BCÐ",
        "７／KL－BCĐ",
        "7⁄KL‑BCĐ",
        "7/KL-BC\u0110\u200b",
    ],
)
def test_a_number_however_it_is_typed(typed: str) -> None:
    assert number_key(typed) == "7/kl-bcd"


def test_other_numbers_stay_others() -> None:
    typed = [
        "7/KL-BCĐ", "70/KL-BCĐ", "17/KL-BCĐ", "7a/KL-BCĐ", "7/TB-BCĐ", "7/KL-UBND", "7/2022/KL-BCĐ",
        "1.034/UBND-TH", "134/UBND-TH", "10/UBND", "1/UBND", "100/UBND", "0/UBND",
    ]  # fmt: skip
    assert len({number_key(one) for one in typed}) == len(typed)
    assert number_key("1.034/UBND-TH") == number_key("1034/UBND-TH")


@given(st.integers(1, 99999), st.integers(0, 4), st.sampled_from(["", " ", ".", ". "]))
def test_noughts_blanks_and_dots_say_nothing(number: int, noughts: int, gap: str) -> None:
    assert number_key(f"{'0' * noughts}{number}{gap}/TB-UBND") == f"{number}/tb-ubnd"


@given(st.text(max_size=20))
def test_a_key_is_its_own_key(typed: str) -> None:
    assert number_key(number_key(typed)) == number_key(typed)
