"""Who may open the pages of people, and what whoever sits there does on them."""

from starlette.exceptions import HTTPException

from config.act import Act, Doer
from rules.people.seat_roles import SeatRole
from rules.people.viewer import HeldSeat, Viewer
from rules.vocabulary import Actor, Way
from web.kit.desk import Desk

#: In which role one acts who tells of the own absence, by the seat that is held.
_AS = {
    SeatRole.SECRETARY: Actor.SECRETARIAT,
    SeatRole.ADMIN: Actor.SECRETARIAT,
    SeatRole.MEMBER: Actor.MEMBER,
    SeatRole.CHAIR: Actor.LEADER,
    SeatRole.DEPUTY_CHAIR: Actor.LEADER,
    SeatRole.HEAD: Actor.LEAD,
    SeatRole.CLERK: Actor.LEAD,
    SeatRole.OFFICER: Actor.LEAD,
}


def reads_people(viewer: Viewer) -> bool:
    """Whether the list of people is open: to quản trị hệ thống, and to the secretariat for reading."""
    return viewer.is_admin or viewer.is_secretary


def look_at_people(desk: Desk) -> None:
    """Raises 404 for everybody else: they are not told that there is such a page."""
    if not reads_people(desk.viewer):
        raise HTTPException(404)


def look_at_person(desk: Desk, person_id: int) -> None:
    """The same for the page of one person, which is open to herself too."""
    if desk.viewer.person != person_id:
        look_at_people(desk)


def keeping_people(desk: Desk) -> Act:
    """What quản trị hệ thống does to people and seats. Raises 404 for everybody else."""
    if not desk.viewer.is_admin:
        raise HTTPException(404)
    return _act(desk, Actor.SECRETARIAT, _own(desk.viewer, SeatRole.ADMIN))


def telling(desk: Desk) -> Act:
    """What somebody tells of an absence: quản trị hệ thống of anybody's, everybody of the own."""
    if desk.viewer.is_admin:
        return keeping_people(desk)
    seat = _own(desk.viewer, *_AS)
    return _act(desk, _AS[seat.role] if seat else Actor.LEAD, seat)


def _own(viewer: Viewer, *roles: SeatRole) -> HeldSeat | None:
    return next((seat for seat in viewer.seats if seat.role in roles and seat.instead_of is None), None)


def _act(desk: Desk, actor: Actor, seat: HeldSeat | None) -> Act:
    person, body = desk.viewer.person, seat.body if seat else None
    doer = None if person is None else Doer(person, seat.id if seat else None, None, desk.visitor.address)
    return Act(actor, desk.now, desk.office, Way.PAGE, body, doer=doer)
