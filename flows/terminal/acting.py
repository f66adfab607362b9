"""What somebody does at the command line, as one act."""

from datetime import datetime

from config.act import Act
from flows.actions.office import this_office
from rules.vocabulary import Actor, Way


def terminal_act(now: datetime) -> Act:
    """An act of the secretariat at ``now``, which must be aware. Raises ConfigError."""
    return Act(Actor.SECRETARIAT, now, this_office(), Way.TERMINAL)
