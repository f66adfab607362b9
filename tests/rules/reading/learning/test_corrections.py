"""A reading against what was issued: each changed field gives exactly its row, nothing else does."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.draft import Doubt, DraftDirective, DraftDue, DueKind, Party, Span
from rules.reading.learning.corrections import corrections
from rules.vocabulary import CorrectionField as F

WORDS = "Giao Sở Tài chính tham mưu kinh phí trước ngày 31/8/2022."
READ = DraftDirective(
    WORDS,
    Span(10, 10 + len(WORDS)),
    lead=(Party("Sở Tài chính", "stc"),),
    due=DraftDue(DueKind.DATE, date=date(2022, 8, 31), phrase="trước ngày 31/8/2022", read_by="absolute_day"),
    doubts=(Doubt("due", "Cần kiểm tra."),),
    read_by="assigned_addressee",
)
OTHER = DraftDirective("Sở Công Thương rà soát.", Span(100, 123), lead=(Party("Sở Công Thương", "sct"),))
CHANGES = {
    F.TEXT: {"text": "Giao Sở Tài chính tham mưu kinh phí."},
    F.LEAD: {"lead": (Party("Sở Công Thương", "sct"),)},
    F.COOPERATE: {"cooperate": (Party("Sở Công Thương", "sct"),)},
    F.DUE: {"due": DraftDue(DueKind.RECURRING, rule="monthly")},
    F.REPORT_TO: {"report_to": (Party("UBND tỉnh", "ubnd-tinh"),)},
    F.ESCALATION: {"standing_rule": True},
}


@pytest.mark.parametrize("field", CHANGES)
def test_each_field_has_its_row(field: F) -> None:
    [row] = corrections([READ, OTHER], [replace(READ, **CHANGES[field]), OTHER])
    assert (row.ordinal, row.field, row.read_by) == (1, field, "assigned_addressee")
    assert row.due_read_by == "absolute_day"
    assert row.had_doubt is (field is F.DUE)
    assert row.before != row.after
    json.dumps([row.before, row.after])


def test_before_and_after_say_what_changed() -> None:
    [row] = corrections([READ], [replace(READ, due=replace(READ.due, date=date(2022, 9, 30)))])
    phrase = "trước ngày 31/8/2022"
    assert row.before == {"kind": "date", "date": "2022-08-31", "rule": None, "phrase": phrase}
    assert row.after["date"] == "2022-09-30"


def test_dropped_and_added() -> None:
    dropped, added = corrections([READ], [OTHER])
    assert (dropped.field, dropped.ordinal, dropped.had_doubt, dropped.after) == (F.DROPPED, 1, True, None)
    assert (added.field, added.ordinal, added.had_doubt, added.before) == (F.ADDED, 1, False, None)
    assert dropped.before["text"] == WORDS
    assert added.after["lead"] == [{"id": "sct", "phrase": "Sở Công Thương"}]


def test_dropping_one_does_not_shift_the_others() -> None:
    [row] = corrections([READ, OTHER], [OTHER])
    assert (row.field, row.ordinal) == (F.DROPPED, 1)


def test_a_longer_quote_of_the_same_place_is_a_change_of_text() -> None:
    longer = replace(READ, text=f"3. {WORDS}", span=Span(7, READ.span.end))
    assert [row.field for row in corrections([READ], [longer])] == [F.TEXT]


def test_two_directives_of_one_sentence_stay_apart() -> None:
    """A sentence that orders two bodies is read as two directives with the same words."""
    second = replace(READ, lead=(Party("Sở Công Thương", "sct"),))
    [row] = corrections([READ, second], [second])
    assert (row.field, row.ordinal) == (F.DROPPED, 1)


def test_what_is_not_seen_is_not_a_correction() -> None:
    """Other words for the same body, another order, a doubt that was looked at, a note on the deadline."""
    two = (Party("Sở TC", "stc"), Party("SCT", "sct"))
    read = replace(READ, lead=two)
    issued = replace(
        read,
        lead=(Party("Sở Công Thương", "sct"), Party("Sở Tài chính", "stc")),
        due=replace(READ.due, read_by=None, approximate=True),
        doubts=(),
        text=WORDS.replace(" ", "\n"),
    )
    assert corrections([read], [issued]) == ()


def test_an_unknown_phrase_that_became_a_body_is_a_correction() -> None:
    read = replace(READ, lead=(Party("Ban QLDA ODA", None),))
    [row] = corrections([read], [READ])
    assert row.before == [{"id": None, "phrase": "Ban QLDA ODA"}]


STC, SCT = Party("Sở Tài chính", "stc"), Party("Sở Công Thương", "sct")
LONG = "Giao Sở Tài chính cấp vốn trước 10/6; Sở Công Thương rà soát."
WHOLE = replace(READ, text=LONG, span=Span(0, len(LONG)), lead=(STC, SCT))
FIRST_HALF = replace(READ, text=LONG[:37], span=Span(0, 37), lead=(STC,))
SECOND_HALF = replace(READ, text=LONG[38:], span=Span(38, len(LONG)), lead=(SCT,))


def test_a_cut_is_one_wrong_boundary_and_nothing_read_past() -> None:
    [row] = corrections([WHOLE], [FIRST_HALF, SECOND_HALF])
    assert (row.ordinal, row.field, row.before) == (1, F.TEXT, LONG)
    assert row.after == [LONG[:37], LONG[38:]]
    json.dumps(row.after)


def test_joining_is_a_wrong_boundary_of_each_and_nothing_read_in_vain() -> None:
    rows = corrections([FIRST_HALF, SECOND_HALF], [WHOLE])
    assert [(row.ordinal, row.field, row.after) for row in rows] == [(1, F.TEXT, LONG), (2, F.TEXT, LONG)]


def test_what_else_was_changed_on_parts_is_told_of_the_whole() -> None:
    later = replace(READ.due, date=date(2022, 9, 30))
    text, lead = corrections([WHOLE], [FIRST_HALF, replace(SECOND_HALF, lead=(Party("Sở Y tế", "syt"),))])
    assert (text.field, lead.field) == (F.TEXT, F.LEAD)
    assert [one["id"] for one in lead.after] == ["stc", "syt"]
    joined = corrections([FIRST_HALF, SECOND_HALF], [replace(WHOLE, due=later)])
    assert [(row.ordinal, row.field) for row in joined] == [(1, F.TEXT), (1, F.DUE), (2, F.TEXT)]


def test_a_half_that_was_dropped_is_a_change_of_text_and_a_kept_whole_is_none() -> None:
    assert [row.field for row in corrections([WHOLE], [replace(SECOND_HALF, lead=WHOLE.lead)])] == [F.TEXT]
    added = corrections([WHOLE], [WHOLE, FIRST_HALF])
    assert [(row.ordinal, row.field) for row in added] == [(2, F.ADDED)]


def test_cut_and_joined_otherwise_is_told_of_all_that_took_part() -> None:
    third = replace(READ, text="Sở Y tế họp.", span=Span(len(LONG) + 1, len(LONG) + 13))
    tail = replace(
        READ, text=f"{SECOND_HALF.text} {third.text}", span=Span(38, third.span.end), lead=(SCT, STC)
    )
    rows = corrections([WHOLE, third, OTHER], [FIRST_HALF, tail, OTHER])
    assert [(row.ordinal, row.field) for row in rows] == [(1, F.TEXT), (2, F.TEXT)]


_parties = st.lists(
    st.sampled_from(["stc", "sct", "skhdt", None]).map(lambda key: Party(key or "Ban lạ", key)), max_size=3
).map(tuple)
_dues = st.one_of(
    st.just(DraftDue()),
    st.dates().map(lambda day: DraftDue(DueKind.DATE, date=day)),
    st.sampled_from(["monthly", "quarterly"]).map(lambda rule: DraftDue(DueKind.RECURRING, rule=rule)),
)
_directives = st.builds(
    DraftDirective,
    text=st.sampled_from(["Rà soát.", "Báo cáo.", "Rà soát, báo cáo."]),
    span=st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda at: Span(at[0], at[0] + at[1])),
    lead=_parties,
    cooperate=_parties,
    due=_dues,
    report_to=_parties,
    escalation=st.booleans(),
    standing_rule=st.booleans(),
)
_NEW = {
    F.TEXT: {"text": "Việc khác hẳn."},
    F.LEAD: {"lead": (Party("Sở Y tế", "syt"),)},
    F.COOPERATE: {"cooperate": (Party("Sở Y tế", "syt"),)},
    F.DUE: {"due": DraftDue(DueKind.RECURRING, rule="daily")},
    F.REPORT_TO: {"report_to": (Party("Sở Y tế", "syt"),)},
}


@given(st.lists(_directives, min_size=1, max_size=6), st.data())
def test_a_draft_against_itself_and_with_some_fields_changed(
    read: list[DraftDirective], data: st.DataObject
) -> None:
    assert corrections(read, read) == ()
    place = data.draw(st.integers(0, len(read) - 1))
    fields = data.draw(st.sets(st.sampled_from(sorted(_NEW)), min_size=1))
    new = {name: value for field in fields for name, value in _NEW[field].items()}
    alone = [one for one in read if one is read[place] or not _same_place(one, read[place])]
    issued = [replace(one, **new) if one is read[place] else one for one in alone]
    found = {(row.ordinal, row.field) for row in corrections(alone, issued)}
    at = next(n for n, one in enumerate(alone) if one is read[place])
    assert found == {(at + 1, field) for field in fields}


def _same_place(one: DraftDirective, other: DraftDirective) -> bool:
    """Where places overlap several readings of "what became of it" are right: left out here."""
    return (one.span.start < other.span.end and other.span.start < one.span.end) or one.text == other.text
