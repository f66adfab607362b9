"""Heaps of marks are seen before anybody composes them."""

import sys
import unicodedata

import pytest

from rules.text import stacked_marks
from rules.text.stacked_marks import MOST_MARKS, stacks_marks


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u0323", "\u05b0", "\u0f71", "\u3099", "\U0001d165", "\U0001e94a"]
)
def test_heaps(mark: str) -> None:
    assert stacks_marks("ố a" + mark * (MOST_MARKS + 1))
    assert not stacks_marks(("a" + mark * MOST_MARKS) * 3)


def test_text_of_people_is_no_heap() -> None:
    text = "Ủy ban nhân dân tỉnh Sóc Trăng quyết định" * 99
    assert not any(stacks_marks(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))


def test_every_mark_that_is_sorted_is_known() -> None:
    """Of this Python's Unicode; a new one may have marks beyond the last."""
    beyond = range(stacked_marks._LAST + 1, sys.maxunicode + 1)
    before = range(stacked_marks._FIRST)
    assert [code for span in (before, beyond) for code in span if unicodedata.combining(chr(code))] == []
