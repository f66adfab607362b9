"""Requests for a later deadline, as the rules see them.

Source: design of follow-up, "Extension, refusal, return": one open request at a time, with a reason,
before the deadline; only the assigner decides; a new date is later than the old one and not later
than the parent's; from the third extension on the task is flagged.
"""

from dataclasses import dataclass
from datetime import date

from rules.vocabulary import ExtensionState


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it stands; ``wanted_on`` is asked for, ``counter_on`` proposed instead."""

    task_id: int
    state: ExtensionState
    asked_on: date
    reason: str
    wanted_on: date
    counter_on: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a new deadline of a task is judged by. ``granted`` counts the extensions so far."""

    due_on: date | None
    parent_due_on: date | None = None  # not later than the aggregator's own
    granted: int = 0
