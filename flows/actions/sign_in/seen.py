"""Where a visitor comes from, as the server saw it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameFrom:
    """``address`` is that of the visitor (behind a proxy that is trusted: the one which it names)."""

    address: str = ""
    agent: str = ""
