"""What must not change a reading: page headers, bullets, the letterhead, order; ";" loses nothing.

Issue 14, "Properties": the sentences are those of the labelled documents that stand on their own.
"""

import re
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rules.draft import Draft, DraftDirective
from rules.reading import read_text
from tests.rules.reading.orders import HEAD, REGISTRY
from tests.rules.reading.test_properties import SENTENCES

SOME = settings(max_examples=60, deadline=None)
#: They refer to a line before, or say by themselves that they go on.
_REFERS = re.compile(
    r"này\b|nêu trên|nói trên|còn lại|\b(?:Sở|Huyện|Xã|Ban)(?! [A-ZĐỦÀ-Ỹ])|^Các đơn vị\b|^Văn phòng"
    r" (?!UBND|Điều)"
)
ALONE = [sentence for sentence in SENTENCES if not _REFERS.search(sentence)]
HEADERS = ("- 3 -", "Trang 2/4", "Trang 5")
alone = st.sampled_from(ALONE)
several = st.lists(alone, min_size=2, max_size=4, unique=True)


def read(body: str, head: str = HEAD, as_of: date | None = None) -> Draft:
    return read_text(head + body, REGISTRY, as_of)


def told(draft: Draft) -> list[tuple[object, ...]]:
    return [_meaning(directive) for directive in draft.directives]


def _meaning(d: DraftDirective) -> tuple[object, ...]:
    leads = frozenset(p.body_id or p.phrase for p in d.lead)
    helpers = frozenset(p.body_id or p.phrase for p in d.cooperate)
    return (leads, helpers, d.due.kind, d.due.date, d.due.rule, d.escalation)


def numbered(items: list[str]) -> str:
    return "".join(f"{number}. {item}.\n" for number, item in enumerate(items, start=1))


@SOME
@given(several, st.sampled_from(HEADERS), st.data())
def test_a_page_number_between_two_lines(items: list[str], header: str, data: st.DataObject) -> None:
    lines = numbered(items).splitlines(keepends=True)
    at = data.draw(st.integers(1, len(lines)))
    assert told(read("".join([*lines[:at], f"{header}\n", *lines[at:]]))) == told(read(numbered(items)))


@SOME
@given(several, st.sampled_from(["- ", "• ", "* ", "+ "]))
def test_a_bullet_before_an_item_that_has_a_number(items: list[str], mark: str) -> None:
    marked = "".join(mark + line for line in numbered(items).splitlines(keepends=True))
    assert told(read(marked)) == told(read(numbered(items)))


@SOME
@given(several)
def test_deleting_the_letterhead_with_the_date_given(items: list[str]) -> None:
    bare = HEAD[HEAD.index("THÔNG BÁO") :]
    assert told(read(numbered(items), bare, date(2023, 4, 10))) == told(read(numbered(items)))


@SOME
@given(several, st.data())
def test_the_order_of_items_of_equal_rank(items: list[str], data: st.DataObject) -> None:
    other = data.draw(st.permutations(items))
    assert sorted(map(repr, told(read(numbered(other))))) == sorted(map(repr, told(read(numbered(items)))))


@SOME
@given(several)
def test_joining_sentences_by_semicolons_loses_no_words(items: list[str]) -> None:
    assume(not any(";" in item or item.count("(") != item.count(")") for item in items))
    apart, whole = read(numbered(items)), read("1. " + "; ".join(items) + ".\n")
    words = {word for directive in apart.directives for word in directive.text.split()}
    left = {word for directive in whole.directives for word in directive.text.split()}
    assert {word.strip(".,;:") for word in words} <= {word.strip(".,;:") for word in left}


@SOME
@given(alone, st.data())
def test_a_line_break_at_a_blank(sentence: str, data: st.DataObject) -> None:
    """Where the text tells that the line goes on: before a small letter, or behind a comma."""
    blanks = [found.start() for found in re.finditer(r"(?<=,) | (?=[^\W\d_A-ZĐÀ-Ỹ])", sentence)]
    at = data.draw(st.sampled_from(blanks))
    broken = f"{sentence[:at]}\n{sentence[at + 1 :]}"
    assert told(read(numbered([broken, "Sở Tư pháp rà soát văn bản"]))) == told(
        read(numbered([sentence, "Sở Tư pháp rà soát văn bản"]))
    )
