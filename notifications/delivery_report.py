"""What a delivery pass did, and what it left for people to know."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """A channel that does not work: since when, what it said, and when it is tried next."""

    channel: str
    since: datetime
    text: str = ""
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a pass did; ``busy`` means that another pass holds the lock and nothing was done.

    ``unknown`` and ``owed`` count what lies in the database, whoever left it there; ``lost``: the
    database's session was lost on the way, and the pass ended early.
    """

    busy: bool = False
    interrupted: int = 0
    bundled: int = 0
    by_state: dict[str, int] = field(default_factory=dict)
    channels_down: tuple[str, ...] = ()
    unknown: int = 0
    owed: int = 0
    troubles: tuple[ChannelTrouble, ...] = ()
    halted: str | None = None
    secretariat_unreachable: str | None = None
    lost: bool = False
