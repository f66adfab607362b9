"""How long a sign-in and a link stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Ages:
    """``idle`` since it was last used, ``whole`` since it began."""

    idle: timedelta
    whole: timedelta

    def stands(self, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Whether a sign-in is young enough; one that a wrong clock began in the future is not."""
        return began_at - _SKEW <= now < min(began_at + self.whole, seen_at + self.idle)

    def oldest(self, now: datetime) -> tuple[datetime, datetime]:
        """A sign-in stands if it began, and was last used, after these."""
        return now - self.whole, now - self.idle


#: How far the clocks of two machines that serve one database may be apart.
_SKEW = timedelta(minutes=5)
#: A sign-in that is in use is written down this often, not at every page.
TOUCHED_EVERY = timedelta(minutes=1)
