"""One act: who does something, in which role, for which body, by which way, when, for which office.

Everything that a person or the clock does is called with one of these. The pages make it at
``web/kit/desk.py``, the command line at ``flows/terminal``, a sweep with ``by_clock``; what is written about
an act (events, steps, corrections, papers) takes it from here and from nowhere else.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from config.clock import office_day
from config.office import Office
from rules.vocabulary import Actor, Way


@dataclass(frozen=True, slots=True)
class Doer:
    """The person behind an act, and the seat in which it is done; ids of their rows.

    ``instead_of`` is the absent person in whose name a deputy acts, whose seat it then is. ``address`` is
    where the person came from, as the server saw it.
    """

    person: int
    seat: int | None = None
    instead_of: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what is asked, and all that it depends on besides what is asked.

    ``now`` is aware. ``body`` is the id of the body that ``actor`` acts for; None where the role needs
    none (the clock) or is of the committee's own office. ``capacity`` is the office in which somebody
    decides ("Chủ tịch UBND tỉnh"), as typed. ``doer`` is None for the clock, and where nobody signs in: at
    the command line, and on pages of an office that has no account yet.
    """

    actor: Actor
    now: datetime
    office: Office
    way: Way
    body: str | None = None
    capacity: str = ""
    doer: Doer | None = None

    @property
    def today(self) -> date:
        """The office's day of ``now``."""
        return office_day(self.now)

    def by_clock(self) -> Self:
        """What follows of itself from this act, at the same instant."""
        return replace(self.taken_by(Actor.CLOCK), doer=None)

    def taken_by(self, actor: Actor, body: str | None = None, capacity: str = "") -> Self:
        """The same in another role, at the same instant and by the same way."""
        return replace(self, actor=actor, body=body, capacity=capacity)

    def of(self, body: str | None) -> Self:
        """The same for ``body``."""
        return replace(self, body=body)


def by_clock(now: datetime, office: Office) -> Act:
    """An act of the clock: what a sweep does."""
    return Act(Actor.CLOCK, now, office, Way.SWEEP)
