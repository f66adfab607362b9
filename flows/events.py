"""What the sweeps tell whoever listens to Prefect's events: one type an event (``docs/runbook.md``)."""

from collections.abc import Iterable
from typing import TypeAlias, TypedDict

MOST_IDS = 10_000  # in one event; the server refuses 1.5 MB, and the count beside them is exact


class Ids(TypedDict):
    """What an event names: how many, and at most ``MOST_IDS`` of their ids."""

    count: int
    ids: list[int]


def ids_payload(ids: Iterable[int]) -> Ids:
    """``ids`` for an event: at most MOST_IDS of them, and how many there are."""
    known = list(ids)
    return {"count": len(known), "ids": known[:MOST_IDS]}


class DirectivesIssued(TypedDict):
    """``dondoc.directives.issued``: ``tasks`` are codes, ``refused`` ids of documents."""

    issued: int
    tasks: list[str]
    refused: list[int]


class TasksOverdue(Ids):
    """``dondoc.tasks.overdue``: ``ids`` are the longest overdue, ``count`` is of all."""

    day: str


class RungReached(TypedDict):
    """A rung that a case reached; ``seq`` is its place in the case's history."""

    case: int
    seq: int
    kind: str
    rung: str
    day: str


class CasesMoved(Ids):
    """``dondoc.escalation.raised`` and ``dondoc.escalation.decided``: the cases, and how they moved."""

    steps: list[RungReached]


class DigestSent(TypedDict):
    """``dondoc.digest.sent``: the figures by section, and the ids of the bodies it goes to."""

    day: str
    counts: dict[str, int]
    recipients: list[str]


class StillChannel(TypedDict):
    """A channel that stands still: since when, and its last answer."""

    channel: str
    since: str
    text: str


class DeliveryDone(TypedDict):
    """``dondoc.delivery.done``: what the pass made of its messages, by their state, and what is left.

    ``unsettled`` and ``owing`` are all that lie in the database; ``halted``, ``secretariat_unreachable``
    and ``clock`` are reasons in Vietnamese, None where there is nothing to tell.
    """

    queued: int
    sending: int
    sent: int
    saved: int
    owed: int
    moved: int
    failed: int
    unknown: int
    obsolete: int
    unsettled: int
    owing: int
    interrupted: int
    bundled: int
    lost: bool
    channels_down: list[str]
    channels: list[StillChannel]
    halted: str | None
    secretariat_unreachable: str | None
    clock: str | None


Payload: TypeAlias = DirectivesIssued | TasksOverdue | CasesMoved | DigestSent | DeliveryDone
