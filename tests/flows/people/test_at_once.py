"""Two who change people at the same moment: it is as if one had come after the other.

Break, on PostgreSQL: leave ``one_at_a_time`` out of the actions.
"""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Engine

from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.invite import invite
from flows.actions.people.links import add_admin, link_for
from flows.actions.people.persons import NewPerson, add_person, change_person, deactivate, reactivate
from flows.actions.people.seats import end_seat
from models.tables.people import Absence, Person, SeatRow
from models.tables.sign_in import PersonLink
from rules.people.seat_roles import SeatRole
from rules.refusal import Refusal
from tests.cast import CHAIR, ON_POSTGRESQL, TRADE, move_in, rows
from tests.flows.people.staff import day, ours, sits, somebody
from tests.flows.racing.race import at_once

pytestmark = pytest.mark.usefixtures("office_of_2022")
ADMIN = {"role": SeatRole.ADMIN, "body": None}


@pytest.fixture
def office_of_2022(engine: Engine) -> None:
    move_in(engine)


def lost(engine: Engine, *acts: Callable[[Engine], object]) -> int:
    """How many of them are refused; nothing else comes of it."""
    found = at_once(engine, acts, look_first=True)
    errors = [one for one in found if isinstance(one, Exception)]
    assert [one for one in errors if not isinstance(one, Refusal)] == []
    return len(errors)


@ON_POSTGRESQL
def test_two_who_ask_each_other_to_stand_in(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    pairs = [NewAbsence(one, other, day(16), day(20)) for one, other in ((hoa, minh), (minh, hoa))]
    assert lost(engine, *[lambda e, new=new: say_absent(e, new, ours()) for new in pairs]) == 1
    assert len(rows(engine, Absence)) == 1


@ON_POSTGRESQL
def test_a_ring_of_three(engine: Engine) -> None:
    who = [somebody(engine, name) for name in ("Hoa", "Minh", "Lan")]
    ring = [NewAbsence(who[n], who[(n + 1) % 3], day(16), day(20)) for n in range(3)]
    assert lost(engine, *[lambda e, new=new: say_absent(e, new, ours()) for new in ring]) == 2


@ON_POSTGRESQL
def test_one_seat_for_two_and_two_seats_for_one(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    chair = {"role": SeatRole.CHAIR, "body": CHAIR}
    assert lost(engine, *[lambda e, who=who: sits(e, who, **chair) for who in (hoa, minh)]) == 1
    clerk = [lambda e, n=n: sits(e, hoa, body=TRADE, valid_from=day(n)) for n in (10, 12)]
    assert lost(engine, *clerk) == 1
    assert len(rows(engine, SeatRow)) == 4


@ON_POSTGRESQL
def test_the_last_admins_leave_by_different_doors(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa", **ADMIN), somebody(engine, "Minh", **ADMIN)
    [seat] = [row.id for row in rows(engine, SeatRow) if row.person_id == minh]
    gone = (lambda e: deactivate(e, hoa, ours(person=hoa)), lambda e: end_seat(e, seat, day(15), ours()))
    assert lost(engine, *gone) == 1


@ON_POSTGRESQL
def test_one_mailbox_for_two(engine: Engine) -> None:
    lan = somebody(engine, "Lan")
    hoas = NewPerson("Hoa", "hoa@stc.example")
    entered = (
        lambda e: add_person(e, hoas, ours()),
        lambda e: change_person(e, lan, hoas, ours()),
        lambda e: add_admin(e, hoas, ours()),
    )
    assert lost(engine, *entered) == 2
    assert len([row for row in rows(engine, Person) if row.email == "hoa@stc.example"]) == 1


@ON_POSTGRESQL
def test_who_leaves_gets_no_seat_and_no_link(engine: Engine) -> None:
    """Whoever comes second sees what the first has done."""
    for enters in (
        lambda e, who: sits(e, who, body=TRADE),
        lambda e, who: link_for(e, who, ours()),
        lambda e, who: invite(e, who, ours()),
    ):
        somebody(engine, f"Admin{enters.__code__.co_firstlineno}", **ADMIN)
        hoa = somebody(engine, f"Hoa{enters.__code__.co_firstlineno}")
        lost(engine, lambda e, who=hoa: deactivate(e, who, ours()), lambda e, who=hoa, do=enters: do(e, who))
        open_links = [row for row in rows(engine, PersonLink) if row.person_id == hoa and not row.revoked_at]
        assert open_links == []
        reactivate(engine, hoa, ours())


@ON_POSTGRESQL
def test_one_absence_that_two_end(engine: Engine) -> None:
    hoa, minh = somebody(engine, "Hoa"), somebody(engine, "Minh")
    absence = say_absent(engine, NewAbsence(hoa, minh, day(15), day(25)), ours())
    ends = [lambda e, n=n: end_absence(e, absence, day(n), ours()) for n in (16, 20)]
    assert lost(engine, *ends) <= 1
    [row] = rows(engine, Absence)
    assert row.last_on in (day(16), day(20))
