"""Requests for a later deadline: the limits of the design, by examples and for all dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.refusal import NotAllowed
from rules.tasks.extensions import Limits, check_decider, check_new_date, check_request, extended_often
from rules.vocabulary import Actor

DUE, TODAY = date(2022, 8, 31), date(2022, 8, 30)
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("reason", "wanted", "limits", "today", "said"),
    [
        (" ", date(2022, 9, 30), Limits(DUE), TODAY, "cần nêu lý do"),
        ("Chờ số liệu", date(2022, 9, 30), Limits(None), TODAY, "không có thời hạn"),
        ("Chờ số liệu", date(2022, 9, 30), Limits(DUE), date(2022, 9, 1), "đã qua ngày 31/08/2022"),
        ("Chờ số liệu", DUE, Limits(DUE), TODAY, "sau thời hạn hiện hành"),
        ("Chờ số liệu", date(2022, 9, 30), Limits(DUE, date(2022, 9, 29)), TODAY, "cơ quan tổng hợp"),
    ],
)
def test_what_may_not_be_asked(reason: str, wanted: date, limits: Limits, today: date, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        check_request(reason, wanted, limits, today)


def test_the_day_of_the_deadline_is_still_before_it() -> None:
    check_request("Chờ số liệu", date(2022, 9, 30), Limits(DUE, date(2022, 9, 30)), DUE)


@given(DAYS, DAYS, DAYS, st.one_of(st.none(), DAYS))
def test_a_new_date_is_later_ahead_and_within_the_parents(
    new: date, due: date, today: date, parent: date | None
) -> None:
    fits = new > due and new >= today and (parent is None or new <= parent)
    try:
        check_new_date(new, Limits(due, parent), today)
        assert fits
    except NotAllowed:
        assert not fits


def test_a_date_that_is_over_helps_nobody() -> None:
    with pytest.raises(NotAllowed, match="đã qua"):
        check_new_date(DUE + timedelta(days=1), Limits(DUE), DUE + timedelta(days=2))


@pytest.mark.parametrize(
    ("actor", "own", "may"),
    [
        (Actor.ASSIGNER, False, True),
        (Actor.LEADER, True, True),
        (Actor.SECRETARIAT, False, True),
        (Actor.SECRETARIAT, True, False),
        (Actor.LEAD, False, False),
    ],
)
def test_never_the_requester(actor: Actor, own: bool, may: bool) -> None:
    if may:
        check_decider(actor, own)
    else:
        with pytest.raises(NotAllowed, match="quyết định"):
            check_decider(actor, own)


def test_from_the_third_on_it_is_flagged() -> None:
    assert [extended_often(granted, 3) for granted in range(5)] == [False, False, False, True, True]
