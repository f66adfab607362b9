"""The register moves the days of a body under a seat that was taken before: that is told, nothing moves."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.agencies import RegisterFile
from flows.actions.people.import_register import ImportReport, import_register
from flows.actions.people.seats import end_seat
from models.db import reading
from models.people.held.directory import Wanted, directory
from models.people.held.persons import person_page
from models.tables.people import SeatRow
from rules.people.seat_roles import SeatRole
from tests.cast import ON_SQLITE, TRADE, dump, move_in, register, rows
from tests.flows.people.staff import TODAY, day, ours, somebody

OVER = date(2022, 8, 20)


@pytest.fixture(autouse=True)
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def with_days(body: str, **days: date | None) -> RegisterFile:
    """The shipped register in which a body has other days."""
    file = register()
    moved = (replace(one, **days) if one.id == body else one for one in file.bodies)  # type: ignore[arg-type]
    return replace(file, bodies=tuple(moved))


def told(report: ImportReport) -> list[tuple[str, int]]:
    return [(name, seat.id) for name, seat in report.outside]


def test_seats_at_a_body_that_ends_are_named_and_stay(engine: Engine) -> None:
    """Break: look at seats without a last day only."""
    hoa = somebody(engine, "Hoa", body=TRADE, valid_to=date(2022, 12, 31))
    somebody(engine, "Minh", body=TRADE, role=SeatRole.HEAD)
    somebody(engine, "Lan", body=TRADE, valid_to=OVER)  # within
    somebody(engine, "Thu", body=TRADE, valid_to=day(10))  # over
    before = dump(engine)["seat"]
    report = import_register(engine, with_days(TRADE, valid_to=OVER), ours())
    assert told(report) == [("Hoa", 1), ("Minh", 2)]
    assert dump(engine)["seat"] == before
    words = "Sở Công Thương kết thúc hoạt động ngày 20/08/2022, vị trí vẫn ghi từ ngày 01/08/2022"
    assert report.outside[0][1].outside.startswith(words)
    with reading(engine) as session:
        assert person_page(session, hoa).seats[0].outside.startswith(words)
        seen = directory(session, Wanted(), TODAY, 10).rows
    assert {row.name for row in seen if row.outside} == {"Hoa", "Minh"}
    for seat in (1, 2):
        end_seat(engine, seat, OVER, ours())
    assert told(import_register(engine, with_days(TRADE, valid_to=OVER), ours())) == []


@ON_SQLITE
def test_a_body_that_is_to_begin_later(engine: Engine) -> None:
    somebody(engine, "Hoa", body=TRADE)
    report = import_register(engine, with_days(TRADE, valid_from=day(20)), ours())
    assert told(report) == [("Hoa", 1)]
    assert "đến ngày 20/08/2022 mới hoạt động" in report.outside[0][1].outside
    assert rows(engine, SeatRow)[0].valid_from == day(1)
