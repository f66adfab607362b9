"""May this one do what is the secretariat's own? Asked by every door and action of such a noun."""

from sqlmodel import Session

from config.act import Act
from models.people.row_bodies import committee_of, names_of, seat_of
from rules.people.on_office_papers import check


def ask_office(session: Session, what: str, act: Act) -> None:
    """Whether ``act`` is of the secretariat; ``what`` is how people call it. Raises NotAllowed."""
    check(what, seat_of(act), committee_of(session, act), names_of(session))
