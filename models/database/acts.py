"""What every record of an act says of it: who did it, for which body, and when; taken from the act alone."""

from datetime import date, datetime
from typing import TypedDict

from config.act import Act
from rules.vocabulary import Actor, Way


class When(TypedDict):
    """The columns of a history that names nobody."""

    happened_at: datetime
    happened_on: date


class ByPerson(TypedDict):
    """The columns that say which person did something, in whose name, and by which way it came."""

    person_id: int | None
    instead_of_id: int | None
    way: Way | None


class Signed(When, ByPerson):
    """The columns of a history that says who it was."""

    actor: Actor
    actor_agency_id: str | None


def when(act: Act) -> When:
    """When it was done."""
    return {"happened_at": act.now, "happened_on": act.today}


def by_person(act: Act) -> ByPerson:
    """Which person did it; none for the clock, nor where nobody signs in."""
    doer = act.doer
    return {
        "person_id": doer.person if doer else None,
        "instead_of_id": doer.instead_of if doer else None,
        "way": act.way,
    }


def signed(act: Act) -> Signed:
    """When, by whom and for which body."""
    return {**when(act), **by_person(act), "actor": act.actor, "actor_agency_id": act.body}
