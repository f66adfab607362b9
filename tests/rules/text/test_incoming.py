"""The one door for text: what it takes out, what it leaves alone, and that a second pass changes nothing."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.text.incoming import MOST_BLANKS, MOST_MARKS, cleaned, taken, unseen, visible
from rules.text.signs import BLANKS, JOINERS, LINE_ENDS, ODD, is_unseen

CORPUS = Path(__file__).parents[2] / "corpus"
#: What breaks rules that look at one sign alone: marks, joiners, blanks, line ends, what NFC takes apart.
_AWKWARD = st.sampled_from(
    [
        *"aĐế \t\n\r",
        *LINE_ENDS,
        *JOINERS,
        *BLANKS,
        *"\u0301\u0323\u0344\u0958\u1100\u1161\u11a8\u3164",
        "\U000e0041",
    ]
)
TEXTS = st.text(st.one_of(_AWKWARD, st.characters(codec=None, categories=None)), max_size=60)
RUNS = st.lists(st.tuples(_AWKWARD, st.integers(1, 90)), max_size=6)


@given(st.one_of(TEXTS, RUNS.map(lambda runs: "".join(sign * count for sign, count in runs))))
def test_what_went_through_once_goes_through_again(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert len(once) <= len(unicodedata.normalize("NFC", text))
    assert unicodedata.is_normalized("NFC", once)
    assert not any(is_unseen(sign) for sign in once)
    assert max(map(len, re.findall(f"[{BLANKS}]+", once)), default=0) <= MOST_BLANKS
    assert all(set(gap[MOST_BLANKS:]) == {"\t"} for gap in re.findall(f"[\t{BLANKS}]{{65,}}", once))


def test_honest_text_is_left_alone() -> None:
    for file in sorted(CORPUS.glob("*/*.txt"))[::5]:
        text = unicodedata.normalize("NFC", file.read_text(encoding="utf-8")).replace("\r\n", "\n")
        assert taken(text) == taken(cleaned(text))
        assert cleaned(text) == text
        assert unseen(text) is None
        assert visible(text) == text


#: All of Unicode but the long stretches of one kind: Han, Hangul, private and empty planes.
WHERE_SIGNS_DIFFER = [
    *range(0x3500), *range(0x9FF0, 0xAC10), *range(0xD7A0, 0x20010), *range(0xE0000, 0xE1010),
    *(plane + last for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFD, 0xFFFE, 0xFFFF)
      if plane != 0x10000),
]  # fmt: skip


def test_every_sign_of_unicode_is_seen_or_taken_out() -> None:
    """No list of our own can lag behind Unicode: the quick look passes over nothing that the rules name."""
    kinds = {sign: unicodedata.category(sign) for sign in map(chr, WHERE_SIGNS_DIFFER)}
    hidden = {sign for sign in kinds if is_unseen(sign)}
    told = {sign for sign, kind in kinds.items() if kind in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert told - hidden == {"\t", "\n", *JOINERS}
    assert {sign for sign, kind in kinds.items() if kind == "Zs"} == set(BLANKS)
    quick = {sign for sign in kinds if not ODD.match(sign)}
    assert quick.isdisjoint(hidden | set(JOINERS) | set(BLANKS) - {" "})
    assert not any(kinds[sign].startswith("M") for sign in quick)
    seen = "b".join(sign for sign in kinds if sign not in hidden and sign not in " \t\n")
    assert cleaned(seen) == unicodedata.normalize("NFC", seen)
    assert visible(seen) == seen
    lost = hidden - set(LINE_ENDS)
    assert cleaned("b".join(lost)) == "b" * (len(lost) - 1)
    shown = visible("".join(hidden))
    assert len(shown) == len(hidden)
    assert hidden.isdisjoint(shown)


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("Sở\u00ad Y\u200b tế\ufeff", "Sở Y tế"),
        ("a\u202eb\u2066c\u061cd", "abcd"),
        ("a\U000e0041\U000e007fb\ufe0fc\U000e0100d", "abcd"),
        ("a\u034fb\u115f\u1160\u3164\uffa0\u180b\u180ec\u2800d", "abcd"),
        ("x\ud800\ufdd0\uffff\U0010fffe", "x"),
        ("e\u200b\u0302\u0301", "ế"),  # hidden between a letter and its marks
        ("một\r\nhai\rba\x0bbốn\x85năm\u2028sáu", "một\nhai\nba\nbốn\nnăm\nsáu"),
        ("\u200d", ""),
        (" \u200c\u200d a\u200d\u200db \u200d", "  a\u200db "),
        ("\uf0b7 gạch đầu dòng", "\uf0b7 gạch đầu dòng"),  # a bullet of Word's Symbol font
        ("o" + "\u0301\u0300" * 50, "ó" + "\u0300" + "\u0301\u0300" * 3 + "\u0301"),
        ("a" + "\u0301\u200d" * 50 + "b", "á" + "\u200d\u0301" * 4 + "b"),
        ("trái" + " " * 500 + "phải", "trái" + " " * 64 + "phải"),
        ("a" + "\u3000\xa0" * 100 + "b", "a" + "\u3000\xa0" * 32 + "b"),
        ("a" + " " * 70 + "\t" + " " * 70 + "\t", "a" + " " * 64 + "\t\t"),
        ("a" + "\t" * 90 + "b", "a" + "\t" * 90 + "b"),  # columns
        ("a" + "\n" * 90 + "b", "a" + "\n" * 90 + "b"),
    ],
)
def test_what_is_kept(came: str, kept: str) -> None:
    assert cleaned(came) == kept


def test_what_was_dropped_is_counted_and_named() -> None:
    found = taken("Sở\u00ad Y\u200b\u200b tế\x1b\r\n" + " " * 99)
    assert (found.dropped, found.kinds) == (4, ("U+001B", "U+00AD", "U+200B"))
    assert taken("Sở Y tế\r\n" + " " * 99).dropped == 0
    assert taken("a" + "\u0301" * (MOST_MARKS + 3)).dropped == 2  # one is part of á, eight may stand over it


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a\r\nb\rc\nd\u202e", "U+202E", 4),
        ("\x1b", "U+001B", 1),
        ("x\n\x85", "U+0085", 2),
        ("x\u2028", "U+2028", 1),
        ("x\n\n\U000e0020", "U+E0020", 3),
        ("\ud800", "U+D800", 1),
    ],
)
def test_a_refusal_names_the_sign_and_its_line(text: str, code: str, line: int) -> None:
    found = unseen(text)
    assert found is not None
    assert (found.code, found.line) == (code, line)
    assert code in str(found)


def test_a_terminal_is_shown_stand_ins_sign_for_sign() -> None:
    assert visible("\x1b[31mSở\r\x7f\x9b\u202eY\ttế\n") == "␛[31mSở␍␡��Y\ttế\n"
