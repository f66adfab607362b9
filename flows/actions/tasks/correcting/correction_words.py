"""What a correction changed, in the words that its event and its letters keep."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session

from models.people.register import agency_names
from rules.deadlines.wording import until
from rules.tasks.event_data import Changed
from rules.tasks.mending import TaskReading
from rules.vocabulary import CorrectionField

F = CorrectionField
_NOBODY = "không có"


def in_words(
    session: Session, before: TaskReading, after: TaskReading, fields: Collection[CorrectionField]
) -> tuple[Changed, ...]:
    """Each changed field, bodies by their names of today."""
    bodies = {before.lead, after.lead, *before.cooperating, *after.cooperating}
    names = agency_names(session, bodies)
    words = {
        F.TEXT: (before.text.strip(), after.text.strip()),
        F.LEAD: (names.get(before.lead, before.lead), names.get(after.lead, after.lead)),
        F.COOPERATE: (_bodies(before.cooperating, names), _bodies(after.cooperating, names)),
        F.DUE: (_day(before.due_on), _day(after.due_on)),
    }
    return tuple(Changed(field, *words[field]) for field in fields)


def told(words: Collection[Changed]) -> str:
    """The same as one text for the history, a line a field."""
    return "\n".join(
        f"{one.field.label}: «{one.before}» được đính chính thành «{one.after}»." for one in words
    )


def _bodies(ids: Collection[str], names: dict[str, str]) -> str:
    return "; ".join(sorted(names.get(body, body) for body in ids)) or _NOBODY


def _day(day: date | None) -> str:
    return until(day) if day else "không có thời hạn"
