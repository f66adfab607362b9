"""Letters of a case that is beyond the lead's authority; the case is a column of the letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.outbox.payloads import keys
from rules.outbox.payloads.payload import Payload
from rules.outbox.payloads.row import Travels, row
from rules.vocabulary import Rung


@row(keys.escalation, Travels.ALONE, for_leaders=True, uncapped=True, important=True)
@dataclass(frozen=True, slots=True)
class Escalation(Payload):
    """The case is laid before ``rung``."""

    rung: Rung


@row(keys.escalation_notice, Travels.ALONE)
@dataclass(frozen=True, slots=True)
class EscalationNotice(Payload):
    """The case has moved up to ``rung``; ``silent``: nobody had answered on ``from_rung`` in time."""

    rung: Rung
    from_rung: Rung
    silent: bool

    @classmethod
    def of_old(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """Only silence moved a case once."""
        return {"silent": True, **data}


@row(
    keys.decision, Travels.ALONE,
    for_leaders=True, uncapped=True, telling=True, important=True, by_people=True, lasting=True,
)  # fmt: skip
@dataclass(frozen=True, slots=True)
class Decision(Payload):
    """The answer comes back to the lead."""
