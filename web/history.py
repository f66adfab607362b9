"""What happened to a task, as one story: its events, the rungs of its cases, its letters."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.agencies import Agency, Contact
from models.escalation.steps import CaseStep, steps_about_task
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tasks import TaskEvent
from models.urging_reach import Unheard
from notifications.channels.addresses import channel_label
from rules.letter_standing import Part, standing
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.vocabulary import EventKind

#: These are told by the steps of the case, which also name the rung.
_TOLD_BY_STEPS = (EventKind.ESCALATED, EventKind.CLIMBED, EventKind.DECIDED, EventKind.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Sending:
    """One message that carried a letter: on which channel, to whom, and how it went."""

    channel: str
    recipient: str
    state: MessageState
    part: Part


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story; ``tone`` is "event", "case" or "letter"."""

    at: datetime
    tone: str
    title: str
    who: str = ""
    note: str = ""
    link: str = ""
    letter_state: LetterState | MessageState | None = None  # by ``rules/letter_standing.py``
    reach: UrgingReach | None = None  # of an urging that came to nobody, or of which nobody knows
    sendings: list[Sending] = field(default_factory=list)


def history_of(session: Session, task_id: int, reach: Mapping[int, UrgingReach]) -> list[Entry]:
    """The whole story, latest first; ``reach`` is that of ``reach_by_number``."""
    told = [*_events(session, task_id, reach), *_steps(session, task_id), *_letters(session, task_id)]
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def reach_by_number(found: Unheard | None) -> dict[int, UrgingReach]:
    """By number, the urgings of a task that came to nobody, and those of which nobody knows."""
    found = found or Unheard()
    unsure = dict.fromkeys(found.unsure, UrgingReach.UNSURE)
    return unsure | dict.fromkeys(found.unreached, UrgingReach.UNREACHED)


def _events(session: Session, task_id: int, reach: Mapping[int, UrgingReach]) -> list[Entry]:
    query = (
        sa.select(TaskEvent, col(Agency.name))
        .outerjoin(Agency, col(Agency.id) == col(TaskEvent.actor_agency_id))
        .where(col(TaskEvent.task_id) == task_id, col(TaskEvent.kind).not_in(_TOLD_BY_STEPS))
        .order_by(col(TaskEvent.seq).desc())
    )
    return [
        Entry(
            event.happened_at,
            "event",
            event.kind.label,
            name or event.actor.label,
            event.note,
            _paper_of(event),
            reach=reach.get(event.data.get("number", 0)) if event.kind is EventKind.URGED else None,
        )
        for event, name in session.execute(query)
    ]


def _paper_of(event: TaskEvent) -> str:
    """The page of the công văn that an event tells of; "" for every other event."""
    paper = event.data.get("paper") if event.kind is EventKind.PAPER_ISSUED else None
    return f"/cong-van/{paper}" if paper else ""


def _steps(session: Session, task_id: int) -> list[Entry]:
    return [
        Entry(step.happened_at, "case", step.kind.label, rung_of(step), step.note, f"/trinh/{step.case_id}")
        for step in steps_about_task(session, task_id)
    ]


def rung_of(step: CaseStep) -> str:
    """The rung a step speaks of: where the case went, or who settled it."""
    went = step.kind in (EventKind.ESCALATED, EventKind.CLIMBED)
    return f"tới {step.rung.label}" if went else step.rung.label if step.kind is EventKind.DECIDED else ""


def _letters(session: Session, task_id: int) -> list[Entry]:
    query = (
        sa.select(OutboxLetter, col(Agency.name))
        .join(Agency, col(Agency.id) == col(OutboxLetter.agency_id))
        .where(col(OutboxLetter.task_id) == task_id)
        .order_by(col(OutboxLetter.id).desc())
    )
    rows = session.execute(query).all()
    sendings = sendings_of(session, [letter.id for letter, _ in rows])
    return [
        Entry(
            letter.written_at,
            "letter",
            f"Thư: {letter.kind.label}",
            f"gửi {name}",
            letter.state_note,
            letter_state=standing_of(letter.state, sendings[letter.id]),
            sendings=sendings[letter.id],
        )
        for letter, name in rows
    ]


def sendings_of(session: Session, letter_ids: list[int]) -> dict[int, list[Sending]]:
    """The messages that carried each letter; letters without one are left out."""
    found: dict[int, list[Sending]] = defaultdict(list)
    query = (
        sa.select(
            col(MessageLetter.letter_id),
            col(OutboxMessage.channel),
            col(Contact.label),
            col(OutboxMessage.state),
            col(OutboxMessage.contact_id),
            col(OutboxMessage.address_id),
        )
        .join(OutboxMessage, col(OutboxMessage.id) == col(MessageLetter.message_id))
        .join(Contact, col(Contact.id) == col(OutboxMessage.contact_id))
        .where(col(MessageLetter.letter_id).in_(letter_ids))
        .order_by(col(OutboxMessage.id))
    )
    for letter_id, channel, label, state, reader, address in session.execute(query):
        part = Part(reader, address, state)
        found[letter_id].append(Sending(channel_label(channel), label, state, part))
    return found


def standing_of(letter: LetterState, sendings: Sequence[Sending]) -> LetterState | MessageState:
    """What the chip of a letter says."""
    return standing(letter, [sending.part for sending in sendings])
