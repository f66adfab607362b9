"""What every writer of letters has before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from config.clock import office_day
from config.committee import Policy
from notifications.outbox.carried import Carried
from notifications.outbox.parcel import Letter
from rules.facts import Digest


@dataclass(frozen=True, slots=True)
class Instead:
    """Whoever reads in the place of absent persons: by name, as they are."""

    deputy: str
    absent: tuple[str, ...]

    def __str__(self) -> str:
        return f"gửi ông/bà {self.deputy} thay ông/bà {', ông/bà '.join(self.absent)}"


@dataclass(frozen=True, slots=True)
class WritersDesk:
    """Where and when letters are written. ``digests`` keeps the figures of a day for its next reader."""

    session: Session
    now: datetime
    policy: Policy
    base_url: str
    digests: dict[date, Digest] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # of bodies, as this pass found them
    instead: Instead | None = None

    @property
    def day(self) -> date:
        """The office's day."""
        return office_day(self.now)

    @property
    def most(self) -> int:
        """How many rows a letter names."""
        return self.policy.bundling.rows_per_letter


Writer = Callable[[WritersDesk, str, Sequence[Carried]], Letter]
