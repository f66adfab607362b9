"""Who signs in to the pages of the demo: one official a role, each with a link that opens once.

The demo asks nobody for a second factor: its links stand on the terminal of whoever started it.
"""

import os
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text
from sqlalchemy.engine import Engine

from config.act import Act
from config.office import Office
from config.settings import get_settings
from flows.actions.installation.instant import present
from flows.actions.people.links import link_for
from flows.actions.people.persons import NewPerson, add_person
from flows.actions.people.seats import NewSeat, seat_person
from flows.demo import script
from models.db import open_database, reading
from models.people.register import agency_names
from models.people.row_bodies import committee_bodies
from rules.people.seat_roles import SeatRole, place_named
from rules.people.seats import CommitteeBodies
from rules.sign_in.links import link_url
from rules.vocabulary import Actor, Way

TRADE, FINANCE = "sct", "stc"


@dataclass(frozen=True, slots=True)
class Player:
    """An official of the demo; ``body`` is None for whoever sits at no body."""

    name: str
    role: SeatRole
    body: str | None

    @property
    def email(self) -> str:
        """A mailbox that nobody has."""
        return f"{self.role.value}.{self.body or 'he-thong'}@don-doc.example"


def players(bodies: CommitteeBodies) -> tuple[Player, ...]:
    """Whoever keeps the installation first: the first account of an office is theirs."""
    return (
        Player("Đỗ Minh Quang", SeatRole.ADMIN, None),
        Player("Nguyễn Thị Hoa", SeatRole.SECRETARY, bodies.secretariat),
        Player("Trần Văn Sáu", SeatRole.CHAIR, bodies.chair),
        Player("Lâm Thị Ngọc", SeatRole.HEAD, bodies.standing),
        Player("Phạm Văn Tám", SeatRole.HEAD, bodies.upper),
        Player("Huỳnh Văn Lợi", SeatRole.HEAD, TRADE),
        Player("Thạch Thị Mai", SeatRole.CLERK, FINANCE),
        Player("Lê Hoàng Nam", SeatRole.OFFICER, script.RAISED_BY),
    )


def move_in(office: Office, console: Console) -> None:
    """Seat the cast in the database that is set, and print each one's link."""
    os.environ["DONDOC_SECOND_FACTOR_ALWAYS"] = os.environ["DONDOC_SECOND_FACTOR_NEW_DEVICE"] = ""
    get_settings.cache_clear()
    engine = open_database(get_settings().database_url)
    act = Act(Actor.SECRETARIAT, present(engine), office, Way.TERMINAL)
    with reading(engine) as session:
        cast = players(committee_bodies(session))
        named = agency_names(session, {one.body for one in cast if one.body})
    console.print("Mỗi người một liên kết, mở được một lần; ai mở thấy việc của người đó:", markup=False)
    for one in cast:
        place = place_named(one.role, named.get(one.body or ""))
        where = f", {place}" if place else ""
        console.print(Text(f"{one.name}: {one.role.label}{where}", style="bold"))
        console.print(Text(_link(engine, one, act)), soft_wrap=True)  # whole, to be copied
    engine.dispose()


def _link(engine: Engine, one: Player, act: Act) -> str:
    person = add_person(engine, NewPerson(one.name, one.email, None), act)
    seat_person(engine, person, NewSeat(one.role, one.body, act.today, None), act)
    return link_url(get_settings().base_url, link_for(engine, person, act))
