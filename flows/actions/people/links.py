"""The first link of a person: whoever keeps people hands it over, and it opens once."""

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.doors.person import ask_who_keeps
from flows.actions.people.persons import PEOPLE, enter_person, person_row
from flows.actions.people.seats import take_seat
from flows.actions.sign_in.links import make_link, new_token
from models.db import one_at_a_time, unit_of_work
from models.tables.sign_in import Credential
from rules.people.held.persons import NewPerson
from rules.people.held.seats_taken import NewSeat
from rules.people.seat_roles import SeatRole
from rules.refusal import NotAllowed
from rules.sign_in.words import LinkPurpose


def add_admin(engine: Engine, new: NewPerson, act: Act) -> tuple[int, str]:
    """Enter a person who is quản trị hệ thống from today; returns the id and the token of a link.

    Raises Refusal; then nothing has changed.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        person = enter_person(session, new, act)
        take_seat(session, person, NewSeat(SeatRole.ADMIN, None, act.today), act)
        return person, _token(session, person, act)


def link_for(engine: Engine, person_id: int, act: Act) -> str:
    """The token of a new link with which this person signs in once. Raises Refusal."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, PEOPLE)
        ask_who_keeps(session, act)
        person = person_row(session, person_id)
        if not person.active:
            raise NotAllowed(f"{person.name} đã ngừng sử dụng hệ thống, không cấp liên kết được.")
        return _token(session, person_id, act)


def _token(session: Session, person_id: int, act: Act) -> str:
    """An invitation, until there is a password."""
    known = session.get(Credential, person_id)
    invited = known is None or known.password is None
    purpose = LinkPurpose.INVITATION if invited else LinkPurpose.SIGN_IN
    return new_token(session, make_link(session, person_id, purpose, act.now, act))
