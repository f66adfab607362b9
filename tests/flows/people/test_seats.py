"""Persons take seats and give them up."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from flows.actions.people.persons import deactivate
from flows.actions.people.seats import NewSeat, end_seat, seat_person
from models.db import reading
from models.people.access.viewers import viewer_of
from models.people.held.taken_seats import seats_like
from models.tables.people import SeatRow
from models.trail.rows import TrailRow
from rules.people.seat_roles import SeatRole
from rules.trail.words import TrailWhat
from tests.cast import CHAIR, DISTRICTS, FINANCE, MEMBERS, ON_SQLITE, SECRETARIAT, TRADE, dump, move_in, rows
from tests.flows.people.staff import day, ours, refused, sits, somebody

pytestmark = pytest.mark.usefixtures("office_of_2022")
ADMIN = {"role": SeatRole.ADMIN, "body": None}


@pytest.fixture
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def test_a_seat_opens_on_its_days_only(engine: Engine) -> None:
    hoa = somebody(engine, valid_to=day(20))
    seat = sits(engine, hoa, role=SeatRole.HEAD, body=TRADE, valid_from=day(21))
    end_seat(engine, seat, day(25), ours())
    held = {}
    with reading(engine) as session:
        for number in (20, 21, 25, 26):
            held[number] = [one.role for one in viewer_of(session, hoa, day(number)).seats]
    assert held == {20: [SeatRole.CLERK], 21: [SeatRole.HEAD], 25: [SeatRole.HEAD], 26: []}


def test_the_trail_tells_of_seats(engine: Engine) -> None:
    hoa = somebody(engine)
    [seat] = rows(engine, SeatRow)
    for _ in range(2):
        end_seat(engine, seat.id, day(20), ours())
    told = [row.data for row in rows(engine, TrailRow, TrailRow.what == TrailWhat.SEAT)]
    assert [one["done"] for one in told] == ["taken", "ended"]
    assert told[1]["person"] == hoa
    assert (told[1]["from"], told[1]["to"]) == ("2022-08-01", "2022-08-20")


@ON_SQLITE
def test_a_seat_left_open_ends_with_its_body(engine: Engine) -> None:
    somebody(engine)
    assert rows(engine, SeatRow)[0].valid_to == date(2025, 2, 28)


SEATS = [
    ({"role": SeatRole.CHAIR}, "chỉ có ở mục Trưởng Ban Chỉ đạo của sổ cơ quan"),
    ({"role": SeatRole.SECRETARY}, "chỉ có ở cơ quan của Ban Thư ký"),
    ({"role": SeatRole.MEMBER}, "chỉ có ở một thành viên Ban Chỉ đạo"),
    ({"role": SeatRole.ADMIN}, "không thuộc cơ quan nào"),
    ({"body": None}, "phải thuộc một cơ quan"),
    ({"body": DISTRICTS}, "chỉ có ở một cơ quan, đơn vị"),
    ({"body": MEMBERS}, "chỉ có ở một cơ quan, đơn vị"),
    ({"body": "khong-co"}, "Không có cơ quan «khong-co»"),
    (
        {"valid_from": day(10), "valid_to": day(9)},
        "Ngày cuối 09/08/2022 của vị trí ở trước ngày đầu 10/08/2022",
    ),
    ({"valid_from": date(1999, 12, 31)}, "nằm ngoài các năm"),
    ({"valid_to": date(2101, 1, 1)}, "nằm ngoài các năm"),
    ({"valid_from": date(2025, 3, 1)}, "kết thúc hoạt động ngày 28/02/2025; hãy ghi cơ quan tiếp nhận"),
    ({"valid_to": date(2025, 3, 1)}, "hãy ghi ngày cuối của vị trí không sau ngày đó"),
    ({"body": "st-stc"}, "đến ngày 01/03/2025 mới hoạt động"),
]


@ON_SQLITE
def test_no_such_seat(engine: Engine) -> None:
    hoa = somebody(engine, body=TRADE)
    before = dump(engine)
    for seat, said in SEATS:
        asked: dict[str, Any] = {"role": SeatRole.CLERK, "body": FINANCE, "valid_from": day(1), **seat}
        refused(said, seat_person, engine, hoa, NewSeat(**asked), ours())
    assert dump(engine) == before


@ON_SQLITE
def test_what_overlaps(engine: Engine) -> None:
    """Break: compare persons, not roles and bodies."""
    hoa, minh = somebody(engine, "Hoa", valid_to=day(20)), somebody(engine, "Minh")
    refused("Hoa đã giữ vị trí này", lambda: sits(engine, hoa, valid_from=day(20)))
    sits(engine, hoa, valid_from=day(21))
    sits(engine, hoa, role=SeatRole.HEAD)
    sits(engine, hoa, body=TRADE)
    chair = sits(engine, hoa, role=SeatRole.CHAIR, body=CHAIR)
    refused("đã có Hoa giữ", lambda: sits(engine, minh, role=SeatRole.CHAIR, body=CHAIR, valid_from=day(15)))
    end_seat(engine, chair, day(14), ours())
    sits(engine, minh, role=SeatRole.CHAIR, body=CHAIR, valid_from=day(15))
    for person in (hoa, minh):
        sits(engine, person, role=SeatRole.DEPUTY_CHAIR, body=CHAIR)
        sits(engine, person, role=SeatRole.SECRETARY, body=SECRETARIAT)


@ON_SQLITE
def test_a_seat_by_mistake_is_never_held(engine: Engine) -> None:
    hoa = somebody(engine, body=TRADE)
    seat = sits(engine, hoa, valid_from=day(15))
    refused("hãy ghi ngày 14/08/2022", end_seat, engine, seat, day(13), ours())
    end_seat(engine, seat, day(14), ours())
    with reading(engine) as session:
        assert len(viewer_of(session, hoa, day(15)).seats) == 1
    sits(engine, hoa, valid_from=day(10))  # nothing overlaps with it
    refused("hãy ghi một vị trí mới", end_seat, engine, seat, day(20), ours())


@ON_SQLITE
def test_somebody_is_admin_on_every_day_to_come(engine: Engine) -> None:
    """Break: ask about today only."""
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    refused("Từ ngày 01/09/2022", lambda: sits(engine, hoa, **ADMIN, valid_to=day(31)))
    first = sits(engine, hoa, **ADMIN)
    refused("Từ ngày 21/08/2022", end_seat, engine, first, day(20), ours())
    sits(engine, minh, **ADMIN, valid_from=day(22))
    refused("Từ ngày 21/08/2022", end_seat, engine, first, day(20), ours())
    end_seat(engine, first, day(21), ours())
    refused("Từ ngày 22/08/2022", deactivate, engine, minh, ours())
    refused("Từ ngày 15/08/2022", deactivate, engine, hoa, ours())


@ON_SQLITE
def test_who_has_ceased_takes_no_seat(engine: Engine) -> None:
    hoa = somebody(engine)
    deactivate(engine, hoa, ours())
    refused("đã ngừng sử dụng", lambda: sits(engine, hoa, body=TRADE))
    refused("Không có vị trí số 99", end_seat, engine, 99, day(20), ours())


@ON_SQLITE
def test_a_seat_is_held_against_as_few_as_it_must(engine: Engine) -> None:
    """A list of 2,000 officers of one body is entered in a time that grows with it. Break: ask for all."""
    for name in ("Hoa", "Minh", "Lan"):
        somebody(engine, name, body=TRADE, role=SeatRole.OFFICER)
    sits(engine, 1, role=SeatRole.CHAIR, body=CHAIR)
    with reading(engine) as session:
        own = seats_like(session, NewSeat(SeatRole.OFFICER, TRADE, day(1)), 2)
        alone = seats_like(session, NewSeat(SeatRole.CHAIR, CHAIR, day(1)), 2)
    assert [seat.person for seat in own] == [2]
    assert [seat.person for seat in alone] == [1]
