"""A change of many tasks at once: the rows, their events and what else is written about each.

How each database does it is told by its class in ``dialects.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.follow_up.sweep.sql.layout import inserted, quoted
from rules.vocabulary import EventKind


@dataclass(frozen=True, slots=True)
class SetMove:
    """What happens to the tasks ``t`` that meet ``found`` and ``besides``.

    ``found`` speaks of the task's own row; ``index`` finds it. ``besides`` looks at other tables. ``columns``
    are what ``inserts`` read from ``moved``: expressions on ``t``, of which what the change touches is
    asked of the dialect (``raised``, ``before``; the latter if it ``looks_back``). ``summed`` are expressions
    on ``t`` computed once a task, which ``columns`` read from ``s``; ``kept`` is a condition on them.
    """

    found: str
    besides: str
    index: str
    sets: str
    columns: Mapping[str, str]
    inserts: Mapping[str, str]  # by the name that the next ones may read it by; the last one counts
    summed: Mapping[str, str] = field(default_factory=dict)
    kept: str = ""
    looks_back: bool = False

    @property
    def update(self) -> str:
        """The change of the rows, without saying of which."""
        return f"UPDATE task AS t\nSET version = t.version + 1, {self.sets}"


def event(kind: EventKind, note: str, data: str) -> str:
    """Insert the event of each task in ``moved``; its actor is that of the pass."""
    columns = {
        "task_id": "id",
        "seq": "version",
        "happened_at": ":now",
        "happened_on": ":today",
        "kind": quoted(kind.value),
        "from_status": "status",
        "to_status": "status",
        "actor": ":actor",
        "note": note,
        "data": data,
    }
    return inserted("INSERT INTO task_event", columns, "FROM moved\nORDER BY id")
