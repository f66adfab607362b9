"""One delivery pass of one worker: what it works with, and what it has found out on the way."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.settings import Settings
from models.installation.workers import Worker
from models.people.ended_bodies import EndedBodies, ended_bodies
from notifications.outbox.carried import Carried
from notifications.outbox.channel_states import take_probe
from notifications.outbox.claims import Claimed, Due, Lane, lanes, next_due
from notifications.outbox.parcel import Outcome, Parcel
from notifications.outbox.post_office import PostOffice
from notifications.witness.restore_guard import Guard
from notifications.writing.writers_desk import WritersDesk
from rules.facts import Digest

#: Looks for the next message, until it is asked again in which lanes to look.
_LOOKS = 50

Post = Callable[[str, Parcel], Outcome]
Stop = Callable[[], bool]


def never() -> bool:
    """Nobody asks a pass to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Envelope:
    """A claimed message, ready to be handed over."""

    claimed: Claimed
    url: str
    parcel: Parcel
    letters: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class Posted:
    """What a channel has answered, not yet written down."""

    claimed: Claimed
    outcome: Outcome


@dataclass(slots=True)
class DeliveryPass:
    """One delivery pass: what it works with, and what it has found out on the way."""

    engine: Engine
    worker: Worker
    office: PostOffice
    settings: Settings
    stop: Stop
    secret: str = ""
    guard: Guard = field(default_factory=Guard)
    counts: Counter[str] = field(default_factory=Counter)
    settled: list[int] = field(default_factory=list)  # messages whose outcome was written down
    digests: dict[date, Digest] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    lanes: list[Lane] | None = None  # where something may leave, as of some looks ago
    looks: int = 0
    proven: set[str] = field(default_factory=set)  # channels that answered this worker's first letter
    held: set[str] = field(default_factory=set)  # channels that another worker is trying just now
    ended: EndedBodies | None = None  # as they stood at the last dispatch

    @property
    def now(self) -> datetime:
        """The instant of the pass."""
        return self.office.now

    def desk(self, session: Session) -> WritersDesk:
        """Where this pass words its letters."""
        policy, base_url = self.office.policy, self.settings.base_url
        return WritersDesk(session, self.now, policy, base_url, self.digests, self.names)

    def ended_bodies(self, session: Session) -> EndedBodies:
        """The bodies that have ended, looked up once after each dispatch."""
        if self.ended is None:
            self.ended = ended_bodies(session, self.office.today)
        return self.ended

    def next_due(self, session: Session) -> Due | None:
        """The message that this pass should send next, locked."""
        self.looks += 1
        known = self.lanes is not None and self.looks % _LOOKS
        found = self._first(session) if known else None
        if found is None:  # what came meanwhile may wait where nothing did
            self.lanes = lanes(session, self.now, self.office.is_open())
            found = self._first(session)
        return found

    def _first(self, session: Session) -> Due | None:
        where = [lane for lane in self.lanes or () if lane.channel not in self.held]
        return next_due(session, self.now, where)

    def may_try(self, session: Session, channel: str) -> bool:
        """Whether a letter may be handed to a channel: its first one of several workers goes alone."""
        if channel in self.proven or not self.worker.process:
            return True
        if take_probe(session, channel, self.worker):
            return True
        self.held.add(channel)
        return False
