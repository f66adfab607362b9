"""A delivery pass as the guard sees it: letters by their keys, each in a message of its own."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.engine import Engine

from config.settings import Settings
from models.db import unit_of_work
from notifications.witness.restore_guard import Guard, open_guard
from rules.letter_words import OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from tests.cast import at

NOW = at("2022-08-16", "08:00")
PLACE = "mailbox:van-thu@stc.example"


@dataclass(frozen=True)
class Told:
    """A letter as far as the guard looks at it."""

    key: str
    agency_id: str = "stc"
    kind: LetterKind = LetterKind.REMINDER
    scheduled_on: date = date(2022, 8, 16)
    task_id: int | None = None
    due_on: date | None = None
    data: dict[str, Any] = field(default_factory=dict)
    task: Any = None


def send(engine: Engine, guard: Guard, *keys: str, outcome: OutcomeClass | None = OutcomeClass.SENT) -> None:
    """What a delivery pass does for each message, one letter in each."""
    for key in keys:
        with unit_of_work(engine) as session:
            guard.counted(session, NOW)
        guard.note(f"<{key}@dondoc.example>", PLACE, [Told(key)], NOW)
        if outcome is not None:
            guard.settled(f"<{key}@dondoc.example>", outcome)


def deliver(engine: Engine, ours: Settings, *keys: str) -> None:
    with open_guard(engine, ours, NOW) as guard:
        send(engine, guard, *keys)
