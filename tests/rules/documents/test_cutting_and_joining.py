"""A directive cut in two and joined again: no character of its text is lost, and no field in silence.

Seen red: with a half that drops its mark, with the leads of the first part alone, with the later day taken.
"""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rules.documents.cutting import MOST_BREAKS, breaks, halves, portions_of
from rules.documents.joining import combined, joined, key_of
from rules.documents.places import place_of, warned
from rules.draft import Doubt, DraftDirective, DraftDue, DueKind, Party, Span

SENTENCE = "Sở Y tế rà soát kho thuốc, báo cáo trước ngày 10/6/2023; Sở Xây dựng kiểm tra trạm y tế xã."
_texts = st.text(st.sampled_from("aĐế1 ,;.:\n\t|–“”😀"), max_size=80).map(str.strip).filter(bool)
_parties = st.lists(
    st.sampled_from(["stc", "sct", "syt", None]).map(lambda key: Party(key or "Ban lạ", key)), max_size=3
).map(tuple)
_dues = st.one_of(
    st.just(DraftDue()),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(lambda day: DraftDue(DueKind.DATE, date=day)),
    st.sampled_from(["monthly", "quarterly day 20"]).map(lambda rule: DraftDue(DueKind.RECURRING, rule=rule)),
)
_doubts = st.lists(
    st.sampled_from([Doubt("text", "Cần xem."), Doubt("due", "Ước chừng."), Doubt("cooperate", "Chưa rõ.")]),
    max_size=2,
).map(tuple)


def directive(text: str, start: int, end: int, **fields: object) -> DraftDirective:
    return DraftDirective(text[start:end], Span(start, end), **fields)  # type: ignore[arg-type]


@st.composite
def _pairs(draw: st.DrawFn) -> tuple[str, DraftDirective, DraftDirective]:
    """Two directives of one text, apart, adjoining, overlapping or one within the other."""
    text = draw(_texts.filter(lambda text: len(text) > 3))
    found = []
    for _ in range(2):
        start = draw(st.integers(0, len(text) - 1))
        fields = {
            "lead": draw(_parties), "cooperate": draw(_parties), "report_to": draw(_parties),
            "due": draw(_dues), "escalation": draw(st.booleans()), "standing_rule": draw(st.booleans()),
            "doubts": draw(_doubts),
        }  # fmt: skip
        found.append(directive(text, start, draw(st.integers(start + 1, len(text))), **fields))
    return text, found[0], found[1]


@given(st.text(max_size=4), _texts, st.text(max_size=4), st.integers(-2, 90))
def test_what_is_cut_and_joined_is_the_whole(before: str, words: str, after: str, at: int) -> None:
    text, whole = before + words + after, Span(len(before), len(before) + len(words))
    parts = halves(text, whole, whole.start + at)
    if parts is None:
        return
    first, second = parts
    assert whole.start == first.start < first.end <= second.start < second.end == whole.end
    assert not text[first.end : second.start].strip()
    assert all(any(char.isalpha() for char in text[one.start : one.end]) for one in parts)
    again = joined(text, *(directive(text, one.start, one.end) for one in parts))
    assert (again.text, again.span) == (words, whole)
    assert again.doubts == ()


@given(_texts, st.integers(0, 80))
def test_no_word_is_cut_through_and_a_mark_stays_with_the_words_before(words: str, at: int) -> None:
    parts = halves(words, Span(0, len(words)), at)
    if parts is None:
        return
    first, second = parts
    assert not (
        words[first.end - 1].isalnum() and words[second.start].isalnum() and first.end == second.start
    )
    assert not words[second.start].isspace()


def test_a_cut_is_made_at_the_word_of_the_cursor() -> None:
    whole = Span(0, len(SENTENCE))
    for at in range(SENTENCE.index("; Sở"), SENTENCE.index(" Xây")):
        parts = halves(SENTENCE, whole, at)
        assert parts is not None
        assert SENTENCE[parts[0].start : parts[0].end].endswith("10/6/2023;")
        assert SENTENCE[parts[1].start : parts[1].end].startswith("Sở Xây")
    for at in (-1, 0, len(SENTENCE), len(SENTENCE) + 5, len(SENTENCE) - 1):
        assert halves(SENTENCE, whole, at) is None


def test_breaks_stand_between_clauses_and_nowhere_else() -> None:
    portions = [one.text for one in portions_of(directive(f"xx{SENTENCE}", 2, 2 + len(SENTENCE)))]
    assert portions == [
        "Sở Y tế rà soát kho thuốc,",
        "báo cáo trước ngày 10/6/2023;",
        "Sở Xây dựng kiểm tra trạm y tế xã.",
    ]
    assert breaks("1. Rà soát kho; ") == ()
    many = "; ".join(f"việc thứ {n}, làm tốt" for n in range(100))
    assert len(breaks(many)) == MOST_BREAKS


@given(_texts)
def test_every_break_that_is_offered_can_be_cut_at(words: str) -> None:
    portions = portions_of(directive(words, 0, len(words)))
    assert "".join("".join(one.text for one in portions).split()) == "".join(words.split())
    for at in breaks(words):
        parts = halves(words, Span(0, len(words)), at)
        assert parts is not None
        assert parts[1].start == at


@given(_pairs())
def test_nothing_of_two_is_lost_in_one(pair: tuple[str, DraftDirective, DraftDirective]) -> None:
    text, one, other = pair
    both = joined(text, one, other)
    for part in (one, other):
        assert part.text in both.text
        named = {key_of(party) for party in (*both.lead, *both.cooperate)}
        assert {key_of(party) for party in part.lead} <= {key_of(party) for party in both.lead}
        assert {key_of(party) for party in part.cooperate} <= named
        assert {key_of(party) for party in part.report_to} <= {key_of(party) for party in both.report_to}
        assert both.escalation or not part.escalation
        assert set(part.doubts) <= set(both.doubts)
        told = [doubt.message for doubt in both.doubts if doubt.field == "due"]
        same = (part.due.kind, part.due.date, part.due.rule) == (both.due.kind, both.due.date, both.due.rule)
        assert part.due.kind is DueKind.NONE or same or any("thời hạn khác nhau" in words for words in told)
    assert both.standing_rule is (one.standing_rule and other.standing_rule)


@given(_pairs())
def test_contradictory_leads_are_a_doubt_and_only_they(
    pair: tuple[str, DraftDirective, DraftDirective],
) -> None:
    _, one, other = pair
    sets = [{key_of(party) for party in part.lead} for part in (one, other)]
    told = [doubt for doubt in combined((one, other)).doubts if "chủ trì khác nhau" in doubt.message]
    assert bool(told) is (bool(sets[0]) and bool(sets[1]) and sets[0] != sets[1])
    assert {doubt.field for doubt in told} <= {"lead"}


def test_of_two_days_the_earlier_counts_and_both_are_named() -> None:
    days = [DraftDue(DueKind.DATE, date=date(2023, 6, day)) for day in (20, 10)]
    both = joined("ab", directive("ab", 0, 1, due=days[0]), directive("ab", 1, 2, due=days[1]))
    assert both.due == days[1]
    [told] = both.doubts
    assert (told.field, "20/06/2023; 10/06/2023" in told.message) == ("due", True)


def test_that_nobody_leads_is_settled_by_the_part_that_says_who_does() -> None:
    nobody = directive("ab", 0, 1, doubts=(Doubt("lead", "Chưa tìm được cơ quan."),))
    led = directive("ab", 1, 2, lead=(Party("Sở Y tế", "syt"),))
    assert combined((nobody, led)).doubts == combined((led, nobody)).doubts == ()
    assert combined((nobody, nobody)).doubts == nobody.doubts


def test_words_between_two_come_with_them_and_are_named() -> None:
    text = "Sở A làm.\nTình hình tốt.\n2. Sở B làm."
    one, other = directive(text, 0, 9), directive(text, text.index("Sở B"), len(text))
    both = joined(text, other, one)
    assert both.text == text
    assert ["Tình hình tốt" in doubt.message for doubt in both.doubts] == [True]
    plain = "Sở A làm.\n2.1. Sở B làm."
    assert joined(plain, directive(plain, 0, 9), directive(plain, 15, len(plain))).doubts == ()


def test_the_place_of_words_is_one_that_is_no_directive_yet() -> None:
    text = "Sở A báo cáo.\nSở B họp.\nSỞ A  BÁO CÁO."
    first, last = Span(0, 12), Span(24, 37)
    assert place_of(text, "sở a báo cáo") == first
    assert text[last.start : last.end] == "SỞ A  BÁO CÁO"
    assert place_of("sở a báo cáo, sở a báo cáo", "sở a báo cáo", [first]) == Span(14, 26)
    assert place_of("Sở A báo cáo.", "sở a báo cáo", [first]) == first
    assert place_of(text, "không có") is None
    assert place_of(text, " ") is None


def test_words_that_are_a_directive_already_are_doubted() -> None:
    text = "Sở A báo cáo; Sở B họp."
    whole, part, apart = directive(text, 0, 12), directive(text, 5, 22), directive(text, 14, 22)
    assert [doubt.field for doubt in warned(part, [whole]).doubts] == ["text"]
    assert "“Sở A báo cáo”" in warned(part, [whole]).doubts[0].message
    assert "và 1 chỉ đạo khác" in warned(part, [whole, apart]).doubts[0].message
    assert warned(apart, [whole]) == apart
