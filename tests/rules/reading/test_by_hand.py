"""What a person says is a directive is read at once: an added sentence, the halves of one that was cut.

Seen red: with halves that keep the fields of the whole, without the lead handed on, with a typed day dropped.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.documents.cutting import breaks, halves
from rules.documents.joining import joined, key_of
from rules.draft import Doubt, DraftDirective, DraftDue, DueKind, Party, Span
from rules.reading import hand_reader, read_text
from rules.reading.by_hand import HandReader
from tests.rules.reading.orders import HEAD, REGISTRY, leads

DAY = date(2023, 4, 10)
TWO = (
    "Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 10/6/2023; "
    "Sở Xây dựng kiểm tra các trạm y tế xã, hoàn thành trước ngày 20/6/2023."
)


def reader(text: str) -> HandReader:
    return hand_reader(text, REGISTRY, DAY)


def whole(text: str, words: str) -> DraftDirective:
    start = text.index(words)
    return reader(text).read(Span(start, start + len(words)))


def cut(words: str, before: str, **typed: object) -> tuple[DraftDirective, DraftDirective]:
    """The halves of an item that is cut before some of its words; ``typed`` stands on its card."""
    text = f"{HEAD}1. {words}\n"
    card = replace(whole(text, words), **typed)  # type: ignore[arg-type]
    parts = halves(text, card.span, text.index(before))
    assert parts is not None
    return reader(text).split(card, parts)


def ids(parties: tuple[Party, ...]) -> list[str]:
    return [key_of(party) for party in parties]


def test_each_half_says_its_own_lead_helpers_and_day() -> None:
    first, second = cut(TWO, "Sở Xây dựng")
    assert (leads(first), ids(first.cooperate), first.due.date) == (["syt"], ["stc"], date(2023, 6, 10))
    assert (leads(second), ids(second.cooperate), second.due.date) == (["sxd"], [], date(2023, 6, 20))
    assert ids(first.report_to) == ["ubnd-tinh"]
    assert first.doubts == second.doubts == ()


@pytest.mark.parametrize("before", ["Sở Xây dựng", "phối hợp với Sở Tài chính", "hoàn thành trước"])
def test_a_half_is_read_as_its_words_are_in_a_paper_of_their_own(before: str) -> None:
    for half in cut(TWO, before):
        alone = read_text(f"{HEAD}1. {half.text}\n", REGISTRY).directives
        for read in alone[:1]:
            assert set(leads(read)) <= set(leads(half))
            if len(alone) == 1 and read.due.date:
                assert half.due.date == read.due.date


def test_a_half_without_a_body_keeps_the_lead_of_the_whole_with_a_doubt() -> None:
    first, second = cut("Sở Y tế rà soát kho thuốc; báo cáo kết quả trước ngày 30/6/2023.", "báo cáo kết")
    assert leads(first) == leads(second) == ["syt"]
    assert (first.due.kind, second.due.date) == (DueKind.NONE, date(2023, 6, 30))
    assert first.doubts == ()
    assert ["lấy theo chỉ đạo trước khi tách" in doubt.message for doubt in second.doubts] == [True]


def test_what_a_person_had_typed_and_neither_half_says_stays_with_a_doubt() -> None:
    typed = {
        "lead": (Party("Sở Nội vụ", "snv"),), "cooperate": (Party("Sở Tư pháp", "stp"),),
        "report_to": (Party("Sở Y tế", "syt"), Party("Sở Công Thương", "sct")),
        "due": DraftDue(DueKind.DATE, date=date(2023, 7, 1)), "escalation": True,
        "doubts": (Doubt("text", "Trùng với chỉ đạo khác."), Doubt("lead", "Cần chọn.")),
    }  # fmt: skip
    for half in cut(TWO, "Sở Xây dựng", **typed):
        told = " ".join(doubt.message for doubt in half.doubts)
        assert "«Sở Nội vụ», không phần nào nêu tên" in told
        assert "snv" not in leads(half)
        assert "stp" in ids(half.cooperate)
        assert "sct" in ids(half.report_to)
        assert "thời hạn là 01/07/2023" in told
        assert half.escalation
        assert "Trùng với chỉ đạo khác." in told
        assert "Cần chọn." not in told
    first, second = cut("Sở Y tế rà soát kho thuốc; kiểm tra trạm y tế xã.", "kiểm tra", due=typed["due"])
    assert first.due == second.due == typed["due"]
    assert ["Thời hạn 01/07/2023" in doubt.message for doubt in first.doubts] == [True]


def test_an_added_sentence_is_read_at_once() -> None:
    words = "Nhân đây, sở y tế phối hợp với Công an tỉnh tuần tra, báo cáo trước ngày 15/5."
    text = f"{HEAD}Phần khác\n{words}\n"
    found = whole(text, "sở y tế phối hợp với Công an tỉnh tuần tra, báo cáo trước ngày 15/5.")
    assert (leads(found), ids(found.cooperate), found.due.date) == (["syt"], ["catinh"], date(2023, 5, 15))
    assert found.text == "sở y tế phối hợp với Công an tỉnh tuần tra, báo cáo trước ngày 15/5."


def test_two_sentences_added_as_one_name_all_their_bodies() -> None:
    words = "Sở Y tế rà soát kho thuốc trước ngày 10/6/2023. Sở Xây dựng kiểm tra trạm xã trước 20/6/2023."
    found = whole(f"{HEAD}1. {words}\n", words)
    assert leads(found) == ["syt", "sxd"]
    assert found.due.date == date(2023, 6, 10)
    assert sorted(doubt.field for doubt in found.doubts) == ["due", "lead"]


def test_words_that_name_nobody_are_taken_with_a_doubt() -> None:
    found = whole(f"{HEAD}1. Sở Y tế họp.\nKết quả tốt trong năm qua.\n", "Kết quả tốt trong năm qua.")
    assert found.lead == ()
    assert "lead" in {doubt.field for doubt in found.doubts}


def test_places_of_a_text_that_is_not_as_it_was_read_say_nothing() -> None:
    text = "Sở  Y tế họp trước ngày 10/6/2023."  # two blanks: the reader would move every place
    found = whole(text, text)
    assert (found.text, found.lead, found.due) == (text, (), DraftDue())


_words = st.lists(
    st.sampled_from(
        [
            "Sở Y tế rà soát kho thuốc,", "giao Sở Tài chính tham mưu;", "phối hợp với Công an tỉnh,",
            "báo cáo UBND tỉnh trước ngày 10/6/2023;", "hoàn thành trong tháng 7/2023.",
            "kịp thời xử lý vướng mắc,",
            "UBND các huyện, thị xã, thành phố kiểm tra;", "định kỳ hằng tháng báo cáo.",
        ]
    ),
    min_size=2, max_size=6,
).map(" ".join)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_words, st.data())
def test_cut_and_joined_again_no_text_body_or_day_is_lost(words: str, data: st.DataObject) -> None:
    text = f"{HEAD}1. {words}\n"
    card = whole(text, words)
    at = data.draw(st.sampled_from(breaks(words)))
    parts = halves(text, card.span, card.span.start + at)
    assert parts is not None
    cards = reader(text).split(card, parts)
    assert [one.text for one in cards] == [text[place.start : place.end] for place in parts]
    again = joined(text, *cards)
    assert (again.text, again.span) == (card.text, card.span)
    told = " ".join(doubt.message for doubt in again.doubts)
    for party in (*card.lead, *card.cooperate, *card.report_to):
        named = {key_of(one) for one in (*again.lead, *again.cooperate, *again.report_to)}
        assert key_of(party) in named or party.phrase in told
    assert card.due.kind is DueKind.NONE or again.due.kind is not DueKind.NONE
