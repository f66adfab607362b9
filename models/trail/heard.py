"""A refusal for want of a seat is heard where it leaves its transaction, whatever page then shows it.

A page shows a refusal in place, in its own words; what it was is lost by then. Whoever answers a request
listens meanwhile (``web/door/refused.py``); elsewhere nobody does, and nothing is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Overheard:
    """Whether a refusal for want of a seat was met."""

    out_of_seat: bool = False


_LISTENING: ContextVar[Overheard | None] = ContextVar("dondoc.heard", default=None)


@contextmanager
def listening() -> Iterator[Overheard]:
    """What is met within, in threads that are started from here too."""
    heard = Overheard()
    before = _LISTENING.set(heard)
    try:
        yield heard
    finally:
        _LISTENING.reset(before)


def out_of_seat() -> None:
    """Somebody tried what another seat may do."""
    heard = _LISTENING.get()
    if heard is not None:
        heard.out_of_seat = True
