"""The one door through which a person changes, and who may keep people at all."""

from collections.abc import Collection

from sqlmodel import Session

from config.act import Act
from models.database.swap import swap_version
from models.people.access.viewers import viewer_of
from models.tables.people import Person
from rules.people import on_people
from rules.people.viewer import ANYBODY, Viewer
from rules.refusal import NotInThisSeat
from rules.vocabulary import Actor


def move_person(session: Session, person: Person, act: Act, **values: str | bool | None) -> None:
    """Swap ``values`` of a person. Raises Overtaken, and NotAllowed for who may not."""
    ask_who_keeps(session, act)
    swap_version(session, person, _OVERTAKEN, values)


def ask_who_keeps(session: Session, act: Act) -> None:
    """May this one keep people and seats? Raises NotAllowed."""
    on_people.check(_asking(session, act))


def ask_who_tells(session: Session, act: Act, theirs: Collection[int]) -> None:
    """May this one change an absence of the persons ``theirs``? Raises NotAllowed."""
    on_people.check_absence(_asking(session, act), theirs)


def _asking(session: Session, act: Act) -> Viewer:
    """A person is asked for the seats; where nobody signs in, the office's own role keeps people."""
    if act.doer is not None:
        return viewer_of(session, act.doer.person, act.today)
    if act.actor is not Actor.SECRETARIAT:
        raise NotInThisSeat(f"{act.actor.label} không có quyền thay đổi người sử dụng và vị trí.")
    return ANYBODY


_OVERTAKEN = "Người sử dụng này vừa được người khác thay đổi; hãy xem lại rồi thao tác lại."
