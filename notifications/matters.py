"""What letters say beside a task's own line, from their data: names, dates and reasons."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.register import agency_names
from models.task_facts import facts_by_id
from models.tasks import Urging
from notifications.carried import Carried
from notifications.letters.matters import Matter, OfBody, shares
from rules.deadlines import line
from rules.letter_words import LetterKind
from rules.vocabulary import CorrectionField, ExtensionState, Fault


def as_matters(session: Session, letters: Sequence[Carried], day: date) -> list[Matter]:
    """One for each letter about a task; ``notifications/letters`` says what the data of each kind hold."""
    others = {letter.id: _other_body(letter) for letter in letters}
    names = agency_names(session, {body for body in others.values() if body})
    return [
        Matter(
            line=line(letter.task, day),
            reason=_reason(letter),
            body=names.get(others[letter.id] or "", ""),
            fault=_word(Fault, letter.data.get("fault") or next(iter(letter.data.get("faults") or ()), None)),
            number=_number(letter),
            day=_day(letter),
            state=_word(ExtensionState, letter.data.get("state")),
            decided_by=str(letter.data.get("decided_by") or ""),
            role=str(letter.data.get("role") or ""),
            corrected=_corrected(letter),
            confirmed_on=_iso(letter.data.get("confirmed_on")),
        )
        for letter in letters
        if letter.task
    ]


def _other_body(letter: Carried) -> str | None:
    if letter.kind is LetterKind.HANDED_OVER:
        ends = (letter.data.get("from"), letter.data.get("to"))
        return next((body for body in ends if body and body != letter.agency_id), None)
    return letter.data.get("agency_id")


def _day(letter: Carried) -> date | None:
    if letter.kind is LetterKind.EXTENSION:
        wanted = letter.data.get("wanted_on")
        return date.fromisoformat(wanted) if wanted else None
    if letter.kind is LetterKind.EXTENSION_ANSWER and letter.data.get("state") != ExtensionState.AGREED:
        countered = letter.data.get("counter_on")
        waits = letter.data.get("state") == ExtensionState.COUNTERED
        return date.fromisoformat(countered) if countered and waits else None
    return letter.due_on


def _corrected(letter: Carried) -> tuple[tuple[str, str, str], ...]:
    """Each field by its label, with what it said and what it says now."""
    return tuple(
        (CorrectionField(one["field"]).label, one["before"], one["after"])
        for one in letter.data.get("corrected", ())
    )


def _iso(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _reason(letter: Carried) -> str:
    """What the writer of the letter says; the answer to a request also carries the request's own reason."""
    first, second = ("note", "reason") if letter.kind is LetterKind.EXTENSION_ANSWER else ("reason", "note")
    return str(letter.data.get(first) or letter.data.get(second) or "")


def _number(letter: Carried) -> int | None:
    """Of a request for more time: the n-th, if it were granted."""
    granted = letter.data.get("granted")
    if letter.kind is LetterKind.EXTENSION and letter.number is None and granted is not None:
        return int(granted) + 1
    return letter.number


def _word(vocabulary: type[Any], word: Any) -> Any:
    return vocabulary(word) if word else None


def papers(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfBody]:
    """The tasks of each công văn that waits to be signed, by the body that it goes to; ``most`` in all."""
    unnamed = [letter.data["paper"] for letter in letters if not letter.data.get("task_ids")]
    query = (
        sa.select(Urging.paper_id, Urging.task_id)
        .where(Urging.paper_id.in_(unnamed))
        .order_by(Urging.task_id)
    )
    tasks: dict[int, list[int]] = {}
    for paper_id, task_id in session.execute(query):
        tasks.setdefault(paper_id, []).append(task_id)
    ids = [letter.data.get("task_ids") or tasks.get(letter.data["paper"], []) for letter in letters]
    return _bodies(session, letters, ids, day, most)


def unreached(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfBody]:
    """The tasks that could not be told of, by body; ``most`` in all."""
    return _bodies(session, letters, [letter.data["task_ids"] for letter in letters], day, most)


def _bodies(
    session: Session, letters: Sequence[Carried], ids: Sequence[Sequence[int]], day: date, most: int
) -> list[OfBody]:
    bodies = [letter.data["agency_id"] for letter in letters]
    names = agency_names(session, set(bodies))
    shown = [mine[:count] for mine, count in zip(ids, shares(ids, most), strict=True)]
    known = facts_by_id(session, {key for mine in shown for key in mine})
    return [
        OfBody(names[body], [line(known[key], day) for key in named if key in known], len(mine))
        for body, named, mine in zip(bodies, shown, ids, strict=True)
    ]
