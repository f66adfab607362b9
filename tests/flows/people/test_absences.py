"""Somebody is absent, and another stands in."""

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.persons import deactivate
from flows.actions.people.seats import end_seat
from models.db import reading
from models.people.access.viewers import viewer_of
from models.people.held.persons import absences_from, person_page
from models.tables.people import SeatRow
from models.trail.rows import TrailRow
from rules.people.seat_roles import SeatRole
from rules.trail.words import TrailWhat
from tests.cast import CHAIR, ON_SQLITE, TRADE, at, dump, move_in, rows
from tests.flows.people.staff import day, ours, refused, sits, somebody

pytestmark = pytest.mark.usefixtures("office_of_2022")


@pytest.fixture
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def lent(engine: Engine, deputy: int, number: int) -> list[tuple[SeatRole, int | None]]:
    with reading(engine) as session:
        held = viewer_of(session, deputy, day(number)).seats
        return [(one.role, one.instead_of) for one in held if one.instead_of]


def test_the_deputy_has_the_seats_on_those_days(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa", role=SeatRole.HEAD), somebody(engine, "Minh")
    sits(engine, hoa, role=SeatRole.ADMIN, body=None)  # not lent
    absence = say_absent(engine, NewAbsence(hoa, minh, day(16), day(18), note=" họp "), ours())
    assert [lent(engine, minh, number) for number in (15, 16, 18, 19)] == [
        [], [(SeatRole.HEAD, hoa)], [(SeatRole.HEAD, hoa)], [],
    ]  # fmt: skip
    with reading(engine) as session:
        [shown] = absences_from(session, day(18))
        assert person_page(session, minh).stands_in == person_page(session, hoa).absences == (shown,)
        assert absences_from(session, day(19)) == ()
    assert (shown.id, shown.name, shown.deputy_name, shown.note) == (absence, "Hoa", "Minh", "họp")


def test_who_sits_nowhere_any_more_stands_in_for_nobody(engine: Engine) -> None:
    """Dismissed is dismissed, whatever was lent. Break: read the lent seats of whoever is active."""
    hoa, minh = somebody(engine, "Hoa", role=SeatRole.HEAD), somebody(engine, "Minh")
    say_absent(engine, NewAbsence(hoa, minh, day(16), day(18)), ours())
    end_seat(engine, 2, day(16), ours())
    assert [len(lent(engine, minh, number)) for number in (16, 17)] == [1, 0]
    sits(engine, minh, body=TRADE, valid_from=day(18))
    assert len(lent(engine, minh, 18)) == 1


@ON_SQLITE
def test_one_seat_is_lent_alone(engine: Engine) -> None:
    hoa, minh, lan = (somebody(engine, name) for name in ("Hoa", "Minh", "Lan"))
    chair = sits(engine, hoa, role=SeatRole.CHAIR, body=CHAIR)
    say_absent(engine, NewAbsence(hoa, minh, day(15), day(18), chair), ours())
    assert lent(engine, minh, 16) == [(SeatRole.CHAIR, hoa)]
    refused("không được chồng nhau", say_absent, engine, NewAbsence(hoa, lan, day(18), day(19)), ours())
    say_absent(engine, NewAbsence(hoa, lan, day(19), day(20)), ours())


def test_it_ends_early_or_never_began(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    absence = say_absent(engine, NewAbsence(hoa, minh, day(15), day(25)), ours())
    for _ in range(2):
        end_absence(engine, absence, day(16), ours())
    assert (lent(engine, minh, 16), lent(engine, minh, 17)) == ([(SeatRole.CLERK, hoa)], [])
    later = say_absent(engine, NewAbsence(hoa, minh, day(20), day(25)), ours())
    end_absence(engine, later, day(15), ours())
    assert lent(engine, minh, 20) == []
    refused("đã được hủy", end_absence, engine, later, day(21), ours())
    say_absent(engine, NewAbsence(minh, hoa, day(20), day(25)), ours())
    told = [row.data["done"] for row in rows(engine, TrailRow, TrailRow.what == TrailWhat.ABSENCE)]
    assert told == ["told", "ended", "told", "cancelled", "told"]


@ON_SQLITE
def test_no_such_absence(engine: Engine) -> None:
    hoa, minh, lan = (somebody(engine, name) for name in ("Hoa", "Minh", "Lan"))
    later = somebody(engine, "Thu", valid_from=day(20))
    admin = sits(engine, hoa, role=SeatRole.ADMIN, body=None)
    over = sits(engine, hoa, body=TRADE, valid_to=day(10))
    deactivate(engine, lan, ours())
    good = NewAbsence(hoa, minh, day(15), day(18))
    before = dump(engine)
    for wrong, said in (
        ({"deputy_id": hoa}, "không thể tự thay mình"),
        ({"deputy_id": lan}, "Lan đã ngừng sử dụng"),
        ({"deputy_id": later}, "Thu không giữ vị trí nào ngày 15/08/2022"),
        ({"deputy_id": 99}, "Không có người sử dụng số 99"),
        ({"person_id": lan}, "Lan đã ngừng sử dụng"),
        ({"last_on": day(14)}, "trước ngày đầu"),
        ({"first_on": day(10), "last_on": day(14)}, "đã qua"),
        ({"last_on": day(16).replace(year=2023)}, "dài hơn"),
        ({"seat_id": admin}, "không ủy quyền được"),
        ({"seat_id": over}, "không giữ vị trí số"),
        ({"seat_id": 99}, "không có vị trí số 99"),
        ({"note": "x" * 501}, "Ghi chú dài"),
    ):
        refused(said, say_absent, engine, replace(good, **wrong), ours())
    refused("Không có lần vắng mặt số 99", end_absence, engine, 99, day(15), ours())
    assert dump(engine) == before


@ON_SQLITE
def test_nobody_stands_in_who_is_absent(engine: Engine) -> None:
    """Break: ask about the deputy's absences alone, and a chain of three closes to a circle."""
    hoa, minh, lan = (somebody(engine, name) for name in ("Hoa", "Minh", "Lan"))
    say_absent(engine, NewAbsence(hoa, minh, day(15), day(20)), ours())
    refused("Ủy quyền vòng tròn", say_absent, engine, NewAbsence(minh, hoa, day(20), day(22)), ours())
    refused("Hoa cũng vắng mặt", say_absent, engine, NewAbsence(lan, hoa, day(16), day(16)), ours())
    refused("kết thúc ủy quyền đó trước", say_absent, engine, NewAbsence(minh, lan, day(20), day(22)), ours())
    say_absent(engine, NewAbsence(minh, hoa, day(21), day(22)), ours())
    say_absent(engine, NewAbsence(lan, minh, day(15), day(20)), ours())  # one deputy for two


@ON_SQLITE
def test_who_may_tell_of_an_absence(engine: Engine) -> None:
    hoa, minh, lan = (somebody(engine, name) for name in ("Hoa", "Minh", "Lan"))
    boss = somebody(engine, "Thu", role=SeatRole.ADMIN, body=None)
    new = NewAbsence(hoa, minh, day(16), day(20))
    for stranger in (minh, lan):
        refused("Chỉ người vắng mặt", say_absent, engine, new, ours(person=stranger))
    for own in (hoa, minh, boss):
        absence = say_absent(engine, new, ours(person=hoa))
        refused(
            f"Không có lần vắng mặt số {absence}", end_absence, engine, absence, day(15), ours(person=lan)
        )
        end_absence(engine, absence, day(15), ours(person=own))
    say_absent(engine, new, ours(person=boss))


@ON_SQLITE
def test_what_was_done_in_her_name_stays_done(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    absence = say_absent(engine, NewAbsence(hoa, minh, day(15), day(25)), ours())
    a_week_later: Act = ours(at("2022-08-22"))
    refused("ngày cuối sớm nhất là 21/08/2022", end_absence, engine, absence, day(14), a_week_later)
    end_absence(engine, absence, day(21), a_week_later)
    assert lent(engine, minh, 22) == []


@ON_SQLITE
def test_a_deputy_sits_on_each_of_the_days(engine: Engine) -> None:
    """Break: ask about the first day only."""
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh", valid_to=day(17))
    sits(engine, minh, valid_from=day(19), valid_to=day(22))
    said = "Minh chỉ giữ vị trí đến hết ngày 17/08/2022"
    refused(said, say_absent, engine, NewAbsence(hoa, minh, day(16), day(18)), ours())
    refused(said, say_absent, engine, NewAbsence(hoa, minh, day(16), day(20)), ours())
    say_absent(engine, NewAbsence(hoa, minh, day(16), day(17)), ours())
    say_absent(engine, NewAbsence(hoa, minh, day(19), day(22)), ours())


def test_whose_deputy_leaves_is_told_and_acts_herself(engine: Engine) -> None:
    """Her last seat ends, or she ceases: from then on she opens nothing. Break: lend to whoever is named."""
    hoa, minh = somebody(engine, "Hoa", role=SeatRole.HEAD), somebody(engine, "Minh")
    say_absent(engine, NewAbsence(hoa, minh, day(15), day(25)), ours())
    [seat] = rows(engine, SeatRow, SeatRow.person_id == minh)
    assert end_seat(engine, seat.id, day(17), ours()) == minh
    assert [lent(engine, minh, number) for number in (17, 18)] == [[(SeatRole.HEAD, hoa)], []]
    with reading(engine) as session:
        [shown] = person_page(session, hoa).absences
    assert shown.idle_from == day(18)
    assert "Từ ngày 18/08/2022 Minh không giữ vị trí nào" in shown.idle
    back = sits(engine, minh, valid_from=day(18))
    assert lent(engine, minh, 18) == [(SeatRole.HEAD, hoa)]
    deactivate(engine, minh, ours())
    with reading(engine) as session:
        assert person_page(session, minh).stands_in[0].idle_from == day(15)
    assert (lent(engine, minh, 18), back) == ([], back)
