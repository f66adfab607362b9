"""The names to be remembered of a card that was cut or joined are those that were first read in its words.

Seen red: with the card itself as its origin, and with the names of the other half left in.
"""

from hypothesis import given
from hypothesis import strategies as st

from rules.draft import DraftDirective, Party, Span
from rules.reading.learning.regrouping import FirstRead, is_part

TEXT = "Giao Ban lạ họp; Tổ lạ rà soát kho."
READ = DraftDirective(TEXT, Span(10, 10 + len(TEXT)), lead=(Party("Ban lạ", None), Party("Tổ lạ", None)))
HALF = DraftDirective(TEXT[17:], Span(27, 10 + len(TEXT)), lead=(Party("Sở Y tế", "syt"),))


def test_a_half_has_the_names_of_its_own_words() -> None:
    assert [party.phrase for party in FirstRead.of([READ]).of_part(HALF).lead] == ["Tổ lạ"]


def test_what_was_joined_has_the_names_of_all() -> None:
    other = DraftDirective("Ban kia họp.", Span(50, 62), lead=(Party("Ban kia", None),))
    both = DraftDirective(f"{TEXT}     {other.text}", Span(10, 62))
    assert [party.phrase for party in FirstRead.of([other, READ]).of_part(both).lead] == [
        "Ban lạ", "Tổ lạ", "Ban kia",
    ]  # fmt: skip


def test_what_stands_elsewhere_is_its_own_origin() -> None:
    apart = DraftDirective("Sở Y tế họp.", Span(90, 102))
    assert FirstRead.of([READ]).of_part(apart) is apart
    assert FirstRead.of([]).of_part(apart) is apart


_spans = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda at: Span(at[0], at[0] + at[1]))


@given(st.lists(_spans, max_size=8), _spans)
def test_none_that_has_a_part_is_missed(spans: list[Span], place: Span) -> None:
    first = [DraftDirective("x", span, lead=(Party(f"{n}", None),)) for n, span in enumerate(spans)]
    part = DraftDirective("0123456789", place)
    found = {party.phrase for party in FirstRead.of(first).of_part(part).lead}
    assert found == {one.lead[0].phrase for one in first if is_part(one, part)}
