"""When an absence may end early, and what cannot stand beside what."""

from datetime import date

import pytest

from rules.people.held.days import Days
from rules.people.held.stand_ins import NewAbsence, StandIn, check_beside, ended_on, kept_note
from rules.refusal import NotAllowed

A, B, C = 1, 2, 3
NAMES = {A: "An", B: "Bình", C: "Chi"}


def on(day: int) -> date:
    return date(2026, 3, day)


@pytest.mark.parametrize(
    ("last", "today", "left"),
    [
        (20, 5, Days(on(10), on(20))),  # nothing new
        (15, 5, Days(on(10), on(15))),
        (9, 5, None),  # never began
        (1, 5, None),
        (9, 10, None),  # taken back on its first day
        (10, 10, Days(on(10), on(10))),
        (12, 13, Days(on(10), on(12))),  # as of yesterday
        (20, 30, Days(on(10), on(20))),
    ],
)
def test_an_absence_ends_early(last: int, today: int, left: Days | None) -> None:
    assert ended_on(Days(on(10), on(20)), on(last), on(today)) == left


@pytest.mark.parametrize(
    ("last", "today", "said"),
    [
        (21, 5, "hãy ghi một lần vắng mặt mới"),
        (11, 13, "ngày cuối sớm nhất là 12/03/2026"),
        (9, 13, "đã bắt đầu ngày 10/03/2026"),
        (15, 21, "đã hết ngày 20/03/2026"),
    ],
)
def test_an_absence_does_not_end_so(last: int, today: int, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        ended_on(Days(on(10), on(20)), on(last), on(today))


def standing(person: int, deputy: int, first: int, last: int, seat: int | None = None) -> StandIn:
    return StandIn(person, NAMES[person], deputy, NAMES[deputy], seat, Days(on(first), on(last)))


@pytest.mark.parametrize(
    ("other", "seat", "said"),
    [
        (standing(A, C, 15, 25), None, "không được chồng nhau"),
        (standing(A, C, 15, 25, seat=7), None, "không được chồng nhau"),
        (standing(A, C, 15, 25), 7, "không được chồng nhau"),
        (standing(A, C, 15, 25, seat=7), 7, "không được chồng nhau"),
        (standing(B, A, 20, 25), None, "Ủy quyền vòng tròn"),
        (standing(B, C, 5, 10), None, "Bình cũng vắng mặt"),
        (standing(C, A, 5, 10), None, "hãy kết thúc ủy quyền đó trước"),
    ],
)
def test_what_cannot_stand_beside_it(other: StandIn, seat: int | None, said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        check_beside(NewAbsence(A, B, on(10), on(20), seat), [other])


@pytest.mark.parametrize(
    "other",
    [
        standing(A, C, 21, 25),
        standing(A, C, 15, 25, seat=8),
        standing(B, A, 1, 9),
        standing(C, B, 10, 20),  # one deputy for two
    ],
)
def test_what_can(other: StandIn) -> None:
    check_beside(NewAbsence(A, B, on(10), on(20), 7), [other])


def test_a_note_is_bounded() -> None:
    assert kept_note(" theo QĐ 12 ") == "theo QĐ 12"
    with pytest.raises(NotAllowed, match="Ghi chú dài 501 ký tự"):
        kept_note("x" * 501)
