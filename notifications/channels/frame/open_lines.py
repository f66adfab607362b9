"""Connections that a process keeps for its next letter, and who closes them."""

from collections.abc import Callable

Closer = Callable[[], None]
_closers: list[Closer] = []


def kept_open(close: Closer) -> Closer:
    """Mark the function that closes what its module keeps open.

    Known once its module is imported that far, so nobody has to look whether another thread is still
    importing it (a tick imports the channels beside its own work).
    """
    _closers.append(close)
    return close


def hang_up() -> None:
    """Close the connections that this process opened: at the end of a delivery pass."""
    for close in tuple(_closers):
        close()
