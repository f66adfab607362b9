"""Whose document is read next, and how many one may hand in: so that nobody waits for all of another's.

Nobody signs in, so an asker is told by the address and, at one address, by the browser.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Protocol, TypeVar

AT_WORK = 4  # read at one time
AT_WORK_EACH = 2  # of one asker
AT_WORK_SLOW = 3  # of what may take minutes, so that a text need not wait for a scan
LEFT_FREE = 4  # places that one address leaves to others
_QUICK = (".txt", ".docx", ".docm")
#: Where a Word file keeps its pictures: they are recognised like scans.
_PICTURES = b"word/media/"

#: An address, and what the browser there says of itself.
Asker = tuple[str, str]


class ReadingTurn(Protocol):
    """What the order is made of: who has handed a file in, and whether it may take minutes."""

    asker: Asker
    slow: bool


Waiting = TypeVar("Waiting", bound=ReadingTurn)


def may_come_in(asker: Asker, going: Sequence[ReadingTurn], most: int) -> bool:
    """Whether one more fits among ``most``: an asker may take half of what the others leave free.

    The browsers of one address leave some places to others: how a browser is called is free to choose.
    """
    own = sum(job.asker == asker for job in going)
    free = most - (len(going) - own)
    here = sum(job.asker[0] == asker[0] for job in going)
    return own < (free + 1) // 2 and (here == 0 or here < most - LEFT_FREE)


def next_to_read(
    waiting: Sequence[Waiting], at_work: Sequence[ReadingTurn], served: Mapping[object, int]
) -> Waiting | None:
    """The next of ``waiting`` (in the order of arrival); None while it has to wait for one at work.

    Addresses take turns, and the browsers of an address: ``served`` tells the number of the last
    turn that either had (``noted``).
    """
    if len(at_work) >= AT_WORK:
        return None
    slow = sum(job.slow for job in at_work)
    fitting = [
        job
        for job in waiting
        if sum(other.asker == job.asker for other in at_work) < AT_WORK_EACH
        and (slow < AT_WORK_SLOW or not job.slow)
    ]

    def turn(job: ReadingTurn) -> tuple[int, int]:
        return served.get(job.asker[0], 0), served.get(job.asker, 0)

    return min(fitting, key=turn, default=None)


def noted(served: dict[object, int], asker: Asker) -> None:
    """Remember that the asker has had a turn; of nobody but the last few hundred."""
    number = max(served.values(), default=0) + 1
    for key in (asker[0], asker):
        served.pop(key, None)
        served[key] = number
    while len(served) > _MOST_REMEMBERED:
        del served[next(iter(served))]


_MOST_REMEMBERED = 400


def may_take_long(name: str, data: bytes) -> bool:
    """Whether a file may have to be recognised or converted, told without opening it."""
    return PurePath(name).suffix.lower() not in _QUICK or _PICTURES in data
