"""The row of a letter's kind: its key, its payload, with what it travels, who hears of it, what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from rules.outbox.payloads.key_shape import Key
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.payload import Payload
from rules.text.stored import parts_of

T = TypeVar("T", bound=Payload)


class Travels(StrEnum):
    """With what a letter that is not urgent shares a message."""

    MORNING = "morning"  # with all that one reader gets on a morning
    TOGETHER = "together"  # with all that wait of its kind and group (``Payload.group``)
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class KindRow:
    """Everything that a kind of letter is, below the database."""

    kind: LetterKind
    key: Key[Any]
    payload: type[Payload]
    travels: Travels
    #: Leaders of a body hear of it; routine goes to its clerks. Reminders and urgings by ``Hearing``.
    for_leaders: bool = False
    #: What only its reader can settle, or the secretariat must know, waits for no other letter's sake.
    uncapped: bool = False
    #: It tells the lead of a task and of its deadline in force: what an urging presupposes.
    telling: bool = False
    #: It must arrive: when nobody knows whether it did, the next channel says it again.
    important: bool = False
    #: People do what it tells of, and do it again knowingly; everything else the clock would write again.
    by_people: bool = False
    #: Told whatever becomes of the task.
    lasting: bool = False
    #: To the mailbox of its person alone: to no deputy, no office, by no other channel.
    own_mailbox: bool = False


#: Every row that was made; complete in ``rules/outbox/kinds.py``.
MADE: dict[LetterKind, KindRow] = {}


def row(key: Key[Any], travels: Travels, **more: bool) -> Callable[[type[T]], type[T]]:
    """Makes a payload the one of the kind of ``key``. Raises ValueError for a second one."""

    def made(payload: type[T]) -> type[T]:
        kind = LetterKind(key.kind)
        if kind in MADE:
            raise ValueError(f"{kind} has its payload")
        payload.kind, payload.plan = kind, parts_of(payload)
        MADE[kind] = KindRow(kind, key, payload, travels, **more)
        return payload

    return made
