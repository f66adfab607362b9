"""The small translations between what people type and what is kept."""

from datetime import date

import pytest

from config.agencies import load_register
from rules.calendar.recurrence import check_rule
from rules.calendar.recurrence_words import in_words, join_rule, split_rule
from rules.draft import Doubt, DraftDirective, Mark, Party, Span, Statement
from rules.people.registry import Registry
from web.forms.fields import WrongDate, parse_day
from web.kit.marked_text import MarkedPiece, around, marked
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import points_of


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("daily", "Hằng ngày"),
        ("weekly", "Hằng tuần"),
        ("weekly friday", "Hằng tuần, thứ sáu"),
        ("monthly", "Hằng tháng"),
        ("monthly day 25", "Hằng tháng, ngày 25"),
        ("monthly day 5, 20", "Hằng tháng, ngày 5, 20"),
        ("monthly day 15, last-day", "Hằng tháng, ngày 15, ngày cuối tháng"),
        ("quarterly day 20", "Hằng quý, ngày 20 của tháng cuối quý"),
        ("quarterly next day 5", "Hằng quý, ngày 5 tháng sau"),
        ("semiannual", "6 tháng một lần"),
        ("yearly 15-12", "Hằng năm, ngày 15/12"),
        ("yearly 15-06, 15-12", "Hằng năm, ngày 15/06, 15/12"),
    ],
)
def test_a_rule_survives_its_words(rule: str, words: str) -> None:
    assert in_words(rule) == words
    again = join_rule(*split_rule(rule))
    assert again == rule
    check_rule(again)


@pytest.mark.parametrize(
    ("cycle", "typed", "rule"),
    [
        ("monthly", "ngày 25", "monthly day 25"),
        ("monthly", "Ngày cuối tháng", "monthly day last-day"),
        ("weekly", "Thứ Hai", "weekly monday"),
        ("yearly", "5/3", "yearly 05-03"),
        ("", "", ""),
    ],
)
def test_what_people_type(cycle: str, typed: str, rule: str) -> None:
    assert join_rule(cycle, typed) == rule


@pytest.mark.parametrize("typed", ["5/9/2022", "05.09.2022", "5-9-2022", "2022-09-05", " 05/09/2022 "])
def test_a_day(typed: str) -> None:
    assert parse_day(typed) == date(2022, 9, 5)


@pytest.mark.parametrize("typed", ["31/2/2022", "mai", "5/9", "5/9/22", "٥/٩/٢٠٢٢x"])
def test_no_day(typed: str) -> None:
    with pytest.raises(WrongDate, match="không hợp lệ"):
        parse_day(typed)


def test_spans_are_marked_where_they_stand() -> None:
    text = "Mở đầu\n\nMột hai ba bốn\nnăm"
    spans = [Span(8, 15), Span(12, 26), Span(0, 6)]
    lines = marked(text, spans)
    assert ["".join(piece.text for piece in line) for line in lines] == ["Mở đầu", "Một hai ba bốn", "năm"]
    assert lines[0] == (MarkedPiece("Mở đầu", (3,), (3,)),)
    assert lines[1] == (
        MarkedPiece("Một ", (1,), (1,)),
        MarkedPiece("hai", (1, 2), (2,)),
        MarkedPiece(" ba bốn", (2,)),
    )
    assert lines[2] == (MarkedPiece("năm", (2,)),)
    assert around(text, Span(24, 26)) == [(MarkedPiece("n"), MarkedPiece("ăm", (1,), (1,)))]


def test_what_gives_no_task_is_named_where_it_begins() -> None:
    text = "Phấn đấu tốt hơn. Giao Sở A làm."
    goal = Statement(Span(0, 17), Mark.ORIENTATION, "Mục tiêu không có địa chỉ.", "goal")
    told = Statement(Span(18, 32), Mark.DIRECTIVE, "", "told")
    [line] = marked(text, [Span(18, 31)], [goal, told])
    assert [(piece.text, piece.aside) for piece in line] == [
        ("Phấn đấu tốt hơn. ", goal),
        ("Giao Sở A làm", None),
        (".", None),
    ]


def test_a_doubt_and_its_unknown_name_are_one_point() -> None:
    lexicon = Lexicon(Registry(load_register().bodies), date(2022, 12, 5))
    unknown = Party("Sở Kế hoạch", None, candidates=("skhdt",))
    doubt = Doubt(
        "lead", "Chưa xác định được cơ quan “Sở Kế hoạch” trong danh mục.", ("Sở Kế hoạch và Đầu tư",)
    )
    other = Party("Hội Nông gia", None)
    directive = DraftDirective("Làm.", Span(0, 4), lead=(unknown,), cooperate=(other,), doubts=(doubt,))
    first, second = points_of(directive, lexicon)
    assert (first.replaces, [choice.body_id for choice in first.choices]) == ("Sở Kế hoạch", ["skhdt"])
    assert (second.about, second.replaces, second.choices) == ("cooperate", "Hội Nông gia", [])


def test_bodies_of_one_name_are_told_apart() -> None:
    lexicon = Lexicon(Registry(load_register().bodies), None)
    labels = [choice.label for choice in lexicon.choices(["stc", "st-stc"])]
    assert labels == ["Sở Tài chính (đến 28/02/2025)", "Sở Tài chính (từ 01/03/2025 đến 30/06/2025)"]
    chosen = Party("Sở Tài chính", "st-stc")
    assert lexicon.parties(["Sở Tài chính"], [chosen]) == (chosen,)
    assert lexicon.parties(["Sở Tài chính"], [])[0].body_id is None
