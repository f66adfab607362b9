"""What somebody does at the command line, as one act, and under which policy and calendar."""

from datetime import datetime
from functools import cache

from config.act import Act
from config.office import Office
from flows.actions.office import this_office
from flows.terminal.screen import say
from rules.vocabulary import Actor, Way


def terminal_act(now: datetime) -> Act:
    """An act of the secretariat at ``now``, which must be aware. Raises ConfigError."""
    return Act(Actor.SECRETARIAT, now, told_office(), Way.TERMINAL)


def told_office() -> Office:
    """``this_office()``; what of its files is not in use is said on stderr, once. Raises ConfigError."""
    office = this_office()
    if office.trouble:
        _say_once(office.trouble)
    return office


@cache
def _say_once(trouble: str) -> None:
    say(f"CHÚ Ý: {trouble}.", err=True)
