"""What letters say beside a task's own line, from their payloads: names, dates and reasons."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.facts import facts_by_id
from models.follow_up.urging_reach import heard_facts, heard_of, unheard
from models.people.register import agency_names
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task, Urging
from notifications.letters.kit.matters import Matter, OfBody, shares
from notifications.outbox.carried import Carried
from rules.deadlines.classes import line
from rules.deadlines.wording import unheard_words
from rules.letter_words import TO_GO
from rules.outbox.payloads.deadlines import Deadline, Extension, ExtensionAnswer, PaperDue
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.tasks import Correction, HandedOver, Refused, Reopened, Returned, Withdrawn
from rules.vocabulary import AWAITED, ExtensionState

Says = Callable[[Carried, Matter], Matter]


def as_matters(session: Session, letters: Sequence[Carried], day: date, says: Says) -> list[Matter]:
    """One for each letter about a task, with what ``says`` reads of the letter."""
    return [says(letter, Matter(line(letter.task, day))) for letter in letters if letter.task]


def handed_over(session: Session, letters: Sequence[Carried], day: date) -> list[Matter]:
    """Of hand-overs, with how often the body before was urged, as it stands now (decision 0008)."""
    told = [(letter, letter.told(HandedOver)) for letter in letters if letter.task]
    before = heard_facts(session, {one.old_task for _, one in told}, day)
    others = {letter.id: _other_end(letter, one) for letter, one in told}
    names = agency_names(session, {body for body in others.values() if body})

    def said(letter: Carried, matter: Matter) -> Matter:
        one = letter.told(HandedOver)
        old = before[one.old_task]
        return replace(
            matter,
            body=names.get(others[letter.id] or "", ""),
            reason=one.reason,
            urged_before=old.urged,
            urged_before_on=old.last_urged_on,
            unheard_before=unheard_words(old.urged, old.unreached, old.unsure),
        )

    return as_matters(session, letters, day, said)


def _other_end(letter: Carried, told: HandedOver) -> str | None:
    """A cooperating body is told from whom the task comes."""
    return next((body for body in (told.from_, told.to) if body != letter.agency_id), None)


def own_day(letter: Carried, matter: Matter) -> Matter:
    """The day that the letter itself speaks of."""
    return replace(matter, day=letter.due_on)


def asked(letter: Carried, matter: Matter) -> Matter:
    """A request for more time: the n-th, if it is granted; the last one is counted in if it was."""
    told = letter.told(Extension)
    number = told.granted + (told.state is not ExtensionState.AGREED)
    return replace(matter, reason=told.reason, state=told.state, number=number, day=told.wanted_on)


def answered(letter: Carried, matter: Matter) -> Matter:
    """What was answered; without words of his own the request's reason. The day agreed to is the task's."""
    told = letter.told(ExtensionAnswer)
    return replace(
        matter,
        reason=told.note or told.reason,
        state=told.state,
        day=told.counter_on if told.state is ExtensionState.COUNTERED else None,
        decided_by=told.decided_by,
        often=told.often,
    )


def returned(letter: Carried, matter: Matter) -> Matter:
    """A result, with what is wrong with it."""
    told = letter.told(Returned)
    return replace(matter, reason=told.reason, faults=told.faults)


def refused(letter: Carried, matter: Matter) -> Matter:
    """Why the lead refuses."""
    return replace(matter, reason=letter.told(Refused).reason)


def withdrawn(letter: Carried, matter: Matter) -> Matter:
    """Why the task need not be done."""
    return replace(matter, reason=letter.told(Withdrawn).reason)


def moved(letter: Carried, matter: Matter) -> Matter:
    """A deadline that was set or moved: by what, and what it was before."""
    told = letter.told(Deadline)
    return replace(matter, reason=told.reason, cause=told.cause, before=told.old_due_on)


def corrected(letter: Carried, matter: Matter) -> Matter:
    """Each field by its label, with what it said and what it says now; and the reader's part in it."""
    told = letter.told(Correction)
    changed = tuple((one.field.label, one.before, one.after) for one in told.corrected)
    return replace(matter, role=told.role, corrected=changed, reason=told.reason)


def reopened(letter: Carried, matter: Matter) -> Matter:
    """Why it is open again, and when it was confirmed."""
    told = letter.told(Reopened)
    return replace(matter, reason=told.reason, confirmed_on=told.confirmed_on)


def papers(session: Session, letters: Sequence[Carried], day: date, most: int) -> list[OfBody]:
    """The tasks of each công văn that waits to be signed, by the body that it goes to; ``most`` in all."""
    told = [letter.told(PaperDue) for letter in letters]
    wanted = [one.paper for one in told]
    query = (
        sa.select(Urging.paper_id, Urging.task_id).where(Urging.paper_id.in_(wanted)).order_by(Urging.task_id)
    )
    tasks: dict[int, list[int]] = {}
    for paper_id, task_id in session.execute(query):
        tasks.setdefault(paper_id, []).append(task_id)
    ids = [tasks.get(paper_id, []) for paper_id in wanted]
    return of_bodies(session, [one.agency_id for one in told], ids, day, most)


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
    return of_bodies(session, list(by_body), list(by_body.values()), day, most)


def of_bodies(
    session: Session, bodies: Sequence[str], ids: Sequence[Sequence[int]], day: date, most: int
) -> list[OfBody]:
    """The tasks of each body, by their ``ids``; ``most`` in all."""
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
