"""What the steps put together for what they write: letters, sentences, the data of events."""

from string import Formatter

from models.follow_up.sweep.sql.dialects import Dialect
from models.follow_up.sweep.sql.layout import inserted, joined, laid_out, quoted
from models.tables.task_rows import CHANGES
from rules.letter_words import LetterState
from rules.outbox.payloads.keys import LetterKind
from rules.tasks.event_data import EventData


def concatenated(template: str, **parts: str) -> str:
    """A sentence of ``rules/deadlines/wording.py`` as an SQL expression: each field is one of ``parts``."""
    pieces = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            pieces.append(quoted(text))
        if name:
            pieces.append(parts[name])
    return joined(pieces)


def common(dialect: Dialect) -> dict[str, str]:
    """What every move knows of its tasks."""
    return {
        "id": "t.id",
        "agency_id": "t.agency_id",
        "due_on": "t.due_on",
        "version": dialect.raised("version"),
        "status": "t.status",
        "urgent": "t.urgent",
    }


def changed(dialect: Dialect, data: type[EventData], changes: dict[str, str], **told: str) -> str:
    """The event's data: what its kind tells, and ``changes`` (column -> its new value as kept in JSON)."""
    return dialect.json(**data.told_by(**told), **{CHANGES: dialect.json(**changes)})


def letters(kind: LetterKind, source: str, key: str, **columns: str) -> str:
    """Insert one letter for each row of ``source`` (FROM ... WHERE ...); a known key is left alone.

    ``columns`` are SQL expressions; ``urgent`` lets a letter leave at once instead of in the morning.
    """
    urgent = columns.get("urgent", "false")
    wanted = {
        "key": key,
        "kind": quoted(kind.value),
        "scheduled_on": ":today",
        "not_before": ":morning" if urgent == "false" else f"CASE WHEN {urgent} THEN :now ELSE :morning END",
        "urgent": urgent,
        "data": "'{}'",
        "state": quoted(LetterState.PENDING.value),
        "state_note": "''",
        "written_at": ":now",
        **columns,
    }
    return laid_out(f"{inserted('INSERT INTO outbox_letter', wanted, source)}\nON CONFLICT (key) DO NOTHING")
