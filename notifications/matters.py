"""What letters say beside a task's own line, from their data: names, dates and reasons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.predicates import among
from models.register import agency_names
from models.task_facts import facts_by_id
from models.tasks import Task, Urging
from models.urging_reach import heard_facts, heard_of, unheard
from notifications.carried import Carried
from notifications.letters.matters import Matter, OfBody, shares
from rules.deadlines import line
from rules.letter_words import TO_GO, LetterKind
from rules.vocabulary import AWAITED, CorrectionField, DeadlineCause, ExtensionState, Fault
from rules.wording import unheard_words


def as_matters(session: Session, letters: Sequence[Carried], day: date) -> list[Matter]:
    """One for each letter about a task; what the data of each kind hold: ``notifications/letter_data.py``."""
    others = {letter.id: _other_body(letter) for letter in letters}
    names = agency_names(session, {body for body in others.values() if body})
    return [
        Matter(line(letter.task, day), body=names.get(others[letter.id] or "", ""), **_said(letter))
        for letter in letters
        if letter.task
    ]


def handed_over(session: Session, letters: Sequence[Carried], day: date) -> list[Matter]:
    """The same for hand-overs, with how often the body before was urged, as it stands now (decision 0008)."""
    before = heard_facts(session, {letter.data["old_task"] for letter in letters}, day)
    old = [before[letter.data["old_task"]] for letter in letters if letter.task]
    return [
        replace(
            matter,
            urged_before=task.urged,
            urged_before_on=task.last_urged_on,
            unheard_before=unheard_words(task.urged, task.unreached, task.unsure),
        )
        for matter, task in zip(as_matters(session, letters, day), old, strict=True)
    ]


def _other_body(letter: Carried) -> str | None:
    """Of a hand-over the other end; a cooperating body is told from whom the task comes."""
    if letter.kind is not LetterKind.HANDED_OVER:
        return None
    ends = (letter.data["from"], letter.data["to"])
    return next((body for body in ends if body != letter.agency_id), None)


def _said(letter: Carried) -> dict[str, Any]:
    say = _SAYS.get(letter.kind)
    return say(letter.data) if say else {"day": letter.due_on}


def _asked(data: Mapping[str, Any]) -> dict[str, Any]:
    """A request for more time: the n-th, if it is granted; the last one is counted in if it was."""
    state = ExtensionState(data["state"])
    return {
        "reason": data["reason"],
        "state": state,
        "number": int(data["granted"]) + (state is not ExtensionState.AGREED),
        "day": date.fromisoformat(data["wanted_on"]),
    }


def _corrected(data: Mapping[str, Any]) -> dict[str, Any]:
    """Each field by its label, with what it said and what it says now; and the reader's part in it."""
    corrected = tuple(
        (CorrectionField(one["field"]).label, one["before"], one["after"]) for one in data["corrected"]
    )
    return {"role": data["role"], "corrected": corrected, "reason": data["reason"]}


def _answered(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered; without words of his own the request's reason. The day agreed to is the task's."""
    state, countered = ExtensionState(data["state"]), data["counter_on"]
    return {
        "reason": data["note"] or data["reason"],
        "state": state,
        "day": date.fromisoformat(countered) if countered and state is ExtensionState.COUNTERED else None,
        "decided_by": data["decided_by"],
        "often": bool(data.get("often")),
    }


def _moved(data: Mapping[str, Any]) -> dict[str, Any]:
    """A deadline that was set or moved: by what, and what it was before."""
    before = data["old_due_on"]
    return {
        "reason": data["reason"],
        "cause": DeadlineCause(data["cause"]),
        "before": date.fromisoformat(before) if before else None,
    }


#: What a letter says beside the task's line, by kind.
_SAYS: dict[LetterKind, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    LetterKind.EXTENSION: _asked,
    LetterKind.EXTENSION_ANSWER: _answered,
    LetterKind.RETURNED: lambda data: {
        "reason": data["reason"],
        "faults": tuple(map(Fault, data["faults"])),
    },
    LetterKind.DEADLINE: _moved,
    LetterKind.CORRECTION: _corrected,
    LetterKind.REOPENED: lambda data: {
        "reason": data["reason"],
        "confirmed_on": date.fromisoformat(data["confirmed_on"]) if data["confirmed_on"] else None,
    },
    **dict.fromkeys(
        (LetterKind.REFUSED, LetterKind.WITHDRAWN, LetterKind.HANDED_OVER),
        lambda data: {"reason": data["reason"]},
    ),
}


def papers(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfBody]:
    """The tasks of each công văn that waits to be signed, by the body that it goes to; ``most`` in all."""
    wanted = [letter.data["paper"] for letter in letters]
    query = (
        sa.select(Urging.paper_id, Urging.task_id).where(Urging.paper_id.in_(wanted)).order_by(Urging.task_id)
    )
    tasks: dict[int, list[int]] = {}
    for paper_id, task_id in session.execute(query):
        tasks.setdefault(paper_id, []).append(task_id)
    ids = [tasks.get(paper_id, []) for paper_id in wanted]
    return _bodies(session, letters, ids, day, most)


def waiting_urgings(session: Session, channel: str, day: date, most: int) -> list[OfBody]:
    """Urgings that came to nobody while they wait for ``channel``, by body; ``most`` tasks in all."""
    query = (
        sa.select(OutboxLetter.agency_id, OutboxLetter.task_id)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .join(OutboxMessage, OutboxMessage.id == MessageLetter.message_id)
        .join(Task, Task.id == OutboxLetter.task_id)
        .where(among(OutboxMessage.state, TO_GO), OutboxMessage.channel == channel)
        .where(OutboxLetter.kind == LetterKind.URGING, among(Task.status, AWAITED))
        .distinct()
    )
    waiting = session.execute(query.order_by(OutboxLetter.agency_id, OutboxLetter.task_id)).tuples().all()
    lost = unheard(session, [task for _, task in waiting if task], day)
    by_body: dict[str, list[int]] = {}
    for body, task in waiting:
        if task in lost and lost[task].unreached:
            by_body.setdefault(body, []).append(task)
    return _of_bodies(session, list(by_body), list(by_body.values()), day, most)


def unreached(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfBody]:
    """The tasks that could not be told of, by body; ``most`` in all."""
    return _bodies(session, letters, [letter.data["task_ids"] for letter in letters], day, most)


def _bodies(
    session: Session, letters: Sequence[Carried], ids: Sequence[Sequence[int]], day: date, most: int
) -> list[OfBody]:
    return _of_bodies(session, [letter.data["agency_id"] for letter in letters], ids, day, most)


def _of_bodies(
    session: Session, bodies: Sequence[str], ids: Sequence[Sequence[int]], day: date, most: int
) -> list[OfBody]:
    names = agency_names(session, set(bodies))
    shown = [mine[:count] for mine, count in zip(ids, shares(ids, most), strict=True)]
    known = facts_by_id(session, {key for mine in shown for key in mine})
    found = unheard(session, (key for key, task in known.items() if task.urged), day)
    told = heard_of(known, found)
    urgings = {key: tuple(mine.unreached) for key, mine in found.items() if mine.unreached}
    return [
        OfBody(names[body], [line(told[key], day) for key in named if key in told], len(mine), urgings)
        for body, named, mine in zip(bodies, shown, ids, strict=True)
    ]
