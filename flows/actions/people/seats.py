"""Persons take seats and give them up; a seat that was held stays on record."""

from datetime import date, timedelta

from pydantic import JsonValue
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps
from flows.actions.doors.seat import move_end
from flows.actions.people.person_contacts import keep_contacts
from flows.actions.people.persons import PEOPLE, person_row
from flows.actions.trail.note import Noted, note
from models.database.columns import MOST_ID
from models.db import one_at_a_time, unit_of_work
from models.people.held.taken_seats import admin_days, body_of, seats_like
from models.people.row_bodies import committee_bodies
from models.tables.people import SeatRow
from rules.people.held.days import Days
from rules.people.held.seats_taken import NewSeat as NewSeat
from rules.people.held.seats_taken import check_admins, check_beside, check_days, placed
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed, NotFound
from rules.trail.words import TrailWhat

_DAY = timedelta(days=1)


def seat_person(engine: Engine, person_id: int, new: NewSeat, act: Act) -> int:
    """Let a person sit there; returns the id of the seat. Raises Refusal; then nothing has changed."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        return take_seat(session, person_id, new, act)


def take_seat(session: Session, person_id: int, new: NewSeat, act: Act) -> int:
    """The same in the caller's transaction, who waits for ``PEOPLE`` first."""
    ask_who_keeps(session, act)
    person = person_row(session, person_id)
    if not person.active:
        raise NotAllowed(f"{person.name} đã ngừng sử dụng hệ thống, không nhận vị trí được.")
    seat = _checked(session, person_id, new, act)
    row = SeatRow(
        person_id=person_id, body_id=seat.body, role=seat.role,
        valid_from=seat.valid_from, valid_to=seat.valid_to,
    )  # fmt: skip
    session.add(row)
    session.flush()
    assert row.id is not None
    _note(session, row, "taken", act)
    keep_contacts(session, person_id)
    return row.id


def end_seat(engine: Engine, seat_id: int, last_day: date, act: Act) -> int:
    """Let ``last_day`` be the last on which it is held; again: nothing changes. Returns the person's id.

    The day before its first: it was entered by mistake and is never held. Raises Refusal: a seat does not
    become longer, and the last quản trị hệ thống stays.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        row = session.get(SeatRow, seat_id) if 0 < seat_id <= MOST_ID else None
        if row is None:
            raise NotFound(f"Không có vị trí số {seat_id}.")
        ask_who_keeps(session, act)
        if row.valid_to == last_day:
            return row.person_id
        _check_end(row, last_day)
        if row.role is SeatRole.ADMIN:
            _check_admin_left(session, seat_id, Days(row.valid_from, last_day), act.today)
        move_end(session, row, last_day, act)
        _note(session, row, "ended", act)
        return row.person_id


def _checked(session: Session, person_id: int, new: NewSeat, act: Act) -> NewSeat:
    check_days(new)
    body = body_of(session, new.body) if new.body is not None else None
    seat = placed(new, body, committee_bodies(session) if body else None)
    check_beside(seat, person_id, seats_like(session, seat, person_id))
    if seat.role is SeatRole.ADMIN:
        held = [days for _, days in admin_days(session).values()]
        check_admins(held, [*held, seat.days], act.today)
    return seat


def _check_end(row: SeatRow, last_day: date) -> None:
    if row.valid_to is not None and last_day > row.valid_to:
        ended = f"Vị trí này kết thúc ngày {row.valid_to:%d/%m/%Y}"
        raise NotAllowed(f"{ended}; muốn giữ tiếp, hãy ghi một vị trí mới từ ngày sau đó.")
    if last_day < row.valid_from - _DAY:
        raise NotAllowed(
            f"Ngày cuối {last_day:%d/%m/%Y} ở trước ngày đầu {row.valid_from:%d/%m/%Y} của vị trí; nếu ghi "
            f"nhầm vị trí, hãy ghi ngày {row.valid_from - _DAY:%d/%m/%Y}."
        )


def _check_admin_left(session: Session, seat_id: int, left: Days, today: date) -> None:
    seats = admin_days(session)
    if seat_id in seats:
        kept = [left if key == seat_id else days for key, (_, days) in seats.items()]
        check_admins([days for _, days in seats.values()], kept, today)


def _note(session: Session, row: SeatRow, done: str, act: Act) -> None:
    last = row.valid_to.isoformat() if row.valid_to else None
    told: dict[str, JsonValue] = {
        "done": done,
        "person": row.person_id,
        "role": row.role.value,
        "body": row.body_id,
    }
    days: dict[str, JsonValue] = {"from": row.valid_from.isoformat(), "to": last}
    note(session, Noted(TrailWhat.SEAT, "seat", row.id or 0, data={**told, **days}), act)
