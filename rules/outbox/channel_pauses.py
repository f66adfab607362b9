"""How long a channel rests after it was stopped, and what stops it."""

from datetime import timedelta

FIRST, LONGEST = timedelta(minutes=5), timedelta(hours=1)
#: Doubtful failures in a row, over all workers, that make the trouble the channel's.
STRIKES = 2


def pause(stops: int) -> timedelta:
    """The rest after the ``stops``-th stop (1, 2, 3...) since the channel last worked."""
    doubled: int = 2 ** min(stops - 1, 10)
    return min(FIRST * doubled, LONGEST)
