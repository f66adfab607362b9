"""The time steps whose codes are taken: that of now and its neighbours, each once."""

from datetime import datetime

STEP = 30  # seconds, as every telephone has it
DIGITS = 6
_EITHER_WAY = 1  # steps that a telephone's clock may be off


def step_of(now: datetime) -> int:
    """The number of the step of an aware instant."""
    return int(now.timestamp()) // STEP


def steps_to_try(now: datetime, last: int) -> tuple[int, ...]:
    """The steps whose codes may be taken now, when the last one taken was of step ``last``."""
    here = step_of(now)
    return tuple(step for step in range(here - _EITHER_WAY, here + _EITHER_WAY + 1) if step > last)
