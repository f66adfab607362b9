"""What every record of an act says of it: who did it, for which body, and when; taken from the act alone."""

from datetime import date, datetime
from typing import TypedDict

from config.act import Act
from rules.vocabulary import Actor


class When(TypedDict):
    """The columns of a history that names nobody."""

    happened_at: datetime
    happened_on: date


class Signed(When):
    """The columns of a history that says who it was."""

    actor: Actor
    actor_agency_id: str | None


def when(act: Act) -> When:
    """When it was done."""
    return {"happened_at": act.now, "happened_on": act.today}


def signed(act: Act) -> Signed:
    """When, by whom and for which body."""
    return {"happened_at": act.now, "happened_on": act.today, "actor": act.actor, "actor_agency_id": act.body}
