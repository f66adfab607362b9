"""``dondoc person``: who is entered, changed, seated, and given a link."""

from datetime import date

from sqlalchemy.engine import Engine

from config.act import Act
from config.settings import get_settings
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.people.invite import invite
from flows.actions.people.links import add_admin, link_for
from flows.actions.people.persons import NewPerson, add_person, change_person, deactivate, reactivate
from flows.actions.people.seats import NewSeat, end_seat, seat_person
from flows.terminal.acting import terminal_act
from flows.terminal.commands import console
from models.db import reading
from models.people.held.persons import person_page
from models.people.register import load_registry
from rules.people.held.people_lines import body_typed
from rules.people.seat_roles import SeatRole


def add_one(name: str, email: str | None, phone: str | None, admin: bool) -> None:
    """Enter a person, also as an admin. Raises Refusal."""
    engine = office_database()
    act, new = terminal_act(present(engine)), NewPerson(name, email, phone)
    if not admin:
        say(f"Đã thêm người sử dụng số {add_person(engine, new, act)}.")
        return
    number, token = add_admin(engine, new, act)
    say(f"Đã thêm người sử dụng số {number}, là quản trị hệ thống từ hôm nay.")
    _say_link(token)


def change_one(number: int, name: str | None, email: str | None, phone: str | None) -> None:
    """Change what was given; "" takes it away. Raises Refusal."""
    engine = office_database()
    with reading(engine) as session:
        known = person_page(session, number)
    new = NewPerson(
        known.name if name is None else name,
        known.email if email is None else email,
        known.phone if phone is None else phone,
    )
    change_person(engine, number, new, terminal_act(present(engine)), known.version)
    say(f"Đã ghi người sử dụng số {number}.")


def seat_one(person: int, role: SeatRole, body: str | None, first: date | None, last: date | None) -> None:
    """Seat a person from ``first``, today by default. Raises Refusal."""
    engine = office_database()
    act = terminal_act(present(engine))
    since = first or act.today
    with reading(engine) as session:
        where = body_typed(body, load_registry(session), since) if body else None
    number = seat_person(engine, person, NewSeat(role, where, since, last), act)
    say(f"Đã ghi vị trí số {number}: {role.label}, từ ngày {since:%d/%m/%Y}.")


def end_one(seat: int, last: date | None) -> None:
    """End a seat, today by default. Raises Refusal."""
    engine = office_database()
    act = terminal_act(present(engine))
    person = end_seat(engine, seat, last or act.today, act)
    say(f"Vị trí số {seat} kết thúc hết ngày {last or act.today:%d/%m/%Y}.")
    _say_idle(engine, person, act)


def show_link(person: int) -> None:
    """Print a one-time link. Raises Refusal."""
    engine = office_database()
    _say_link(link_for(engine, person, terminal_act(present(engine))))


def invite_one(person: int) -> None:
    """Mail an invitation; it leaves with the next pass. Raises Refusal."""
    engine = office_database()
    invite(engine, person, terminal_act(present(engine)))
    after = "thư đi ở lượt gửi tới, các liên kết cấp trước hết hiệu lực"
    say(f"Đã ghi thư mời người sử dụng số {person}; {after}.")


def deactivate_one(person: int) -> None:
    """Nobody signs in as this person any more. Raises Refusal."""
    engine = office_database()
    act = terminal_act(present(engine))
    deactivate(engine, person, act)
    say(f"Người sử dụng số {person} đã ngừng sử dụng hệ thống.")
    _say_idle(engine, person, act)


def reactivate_one(person: int) -> None:
    """The person uses the system again. Raises Refusal."""
    engine = office_database()
    reactivate(engine, person, terminal_act(present(engine)))
    say(f"Người sử dụng số {person} đã sử dụng lại hệ thống.")


def _say_idle(engine: Engine, person: int, act: Act) -> None:
    """Those for whom she stands in and now cannot."""
    with reading(engine) as session:
        left = person_page(session, person).stands_in
    for one in left:
        if one.idle and (one.days.last or act.today) >= act.today:
            say(f"CHÚ Ý, lần vắng mặt số {one.id}: {one.idle}.")


def say(words: str) -> None:
    """A line, not broken anywhere."""
    console.print(words, markup=False, soft_wrap=True)


def _say_link(token: str) -> None:
    say("Liên kết dùng một lần, chỉ đưa cho chính người đó:")
    say(f"{get_settings().base_url.rstrip('/')}/lien-ket/{token}")
