"""All kinds of letters, a row each; whoever needs some of them asks the rows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.outbox.payloads import cases, deadlines, office, people, tasks
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.row import MADE, KindRow, Travels

__all__ = [
    "BY_PEOPLE",
    "FOR_LEADERS",
    "IMPORTANT",
    "LASTING",
    "MORNING",
    "OWN_MAILBOX",
    "ROWS",
    "TELLING",
    "TOGETHER",
    "UNCAPPED",
]

#: The rooms whose payloads are all that there are.
ROOMS = (cases, deadlines, office, people, tasks)
ROWS: Mapping[LetterKind, KindRow] = MappingProxyType({kind: MADE[kind] for kind in LetterKind})


def _those(asked: Callable[[KindRow], bool]) -> frozenset[LetterKind]:
    return frozenset(kind for kind, row in ROWS.items() if asked(row))


MORNING = _those(lambda row: row.travels is Travels.MORNING)
TOGETHER = _those(lambda row: row.travels is Travels.TOGETHER)
FOR_LEADERS = _those(lambda row: row.for_leaders)
UNCAPPED = _those(lambda row: row.uncapped)
TELLING = _those(lambda row: row.telling)
IMPORTANT = _those(lambda row: row.important)
BY_PEOPLE = _those(lambda row: row.by_people)
LASTING = _those(lambda row: row.lasting)
OWN_MAILBOX = _those(lambda row: row.own_mailbox)
