"""What happened to a task, as one story: its events, the rungs of its cases, its letters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from models.escalation.steps import CaseStep, steps_about_task
from models.outbox.letters_about_task import letters_about_task
from models.outbox.sendings import Sending
from models.people.access.seen import may_see_letters, papers_seen_among
from models.tasks.story.events import HandedOn, Happened, events_of
from rules.deadlines.wording import until
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.people.in_a_body import reads
from rules.people.viewer import Viewer
from rules.vocabulary import EventKind
from web.kit.doers import said_by

#: These are told by the steps of the case, which also name the rung.
_TOLD_BY_STEPS = (EventKind.ESCALATED, EventKind.CLIMBED, EventKind.DECIDED, EventKind.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of the story; ``tone`` is "event", "case" or "letter"."""

    at: datetime
    tone: str
    title: str
    who: str = ""
    note: str = ""
    link: str = ""
    letter_state: LetterState | MessageState | None = None  # by ``rules/outbox/letter_standing.py``
    reach: UrgingReach | None = None  # of an urging that came to nobody, or of which nobody knows
    sendings: tuple[Sending, ...] = ()


def history_of(
    session: Session, task_id: int, reach: Mapping[int, UrgingReach], viewer: Viewer
) -> list[StoryLine]:
    """The whole story, latest first, as far as ``viewer`` sees cases, letters and papers.

    ``reach`` is that of ``reach_by_number``. What a body says to its own people is told to nobody else.
    """
    told = [*_events(session, task_id, reach, viewer), *_steps(session, task_id, viewer)]
    if may_see_letters(viewer):
        told += _letters(session, task_id)
    return sorted(told, key=lambda entry: entry.at, reverse=True)


def _events(
    session: Session, task_id: int, reach: Mapping[int, UrgingReach], viewer: Viewer
) -> list[StoryLine]:
    found = events_of(session, task_id, leave_out=_TOLD_BY_STEPS)
    seen = papers_seen_among(session, viewer, {one.paper_id for one in found if one.paper_id})
    return [
        StoryLine(
            event.happened_at,
            "event",
            _said(event.handed) if event.handed else event.kind.label,
            said_by(event.done, event.agency or event.actor.label),
            event.note,
            f"/cong-van/{event.paper_id}" if event.paper_id else "",
            reach=reach.get(event.urging or 0),
        )
        for event in (_as_read(one, viewer) for one in found)
        if event.paper_id is None or event.paper_id in seen
    ]


def _as_read(event: Happened, viewer: Viewer) -> Happened:
    if event.handed is None or reads(viewer, event.handed.body):
        return event
    return replace(event, note="", handed=replace(event.handed, due_on=None))


def _said(handed: HandedOn) -> str:
    """Within a body: to whom a task was handed on, or from whom it was taken back."""
    if handed.officer is None:
        return f"Thôi giao {handed.before or 'người thực hiện'}"
    by = f", trong cơ quan: {until(handed.due_on)}" if handed.due_on else ""
    return f"{EventKind.OFFICER_NAMED.label}: {handed.officer}{by}"


def _steps(session: Session, task_id: int, viewer: Viewer) -> list[StoryLine]:
    return [
        StoryLine(
            step.happened_at, "case", step.kind.label, said_of(step), step.note, f"/trinh/{step.case_id}"
        )
        for step in steps_about_task(session, task_id, viewer)
    ]


def rung_of(step: CaseStep) -> str:
    """The rung a step speaks of: where the case went, or who settled it."""
    went = step.kind in (EventKind.ESCALATED, EventKind.CLIMBED)
    return f"tới {step.rung.label}" if went else step.rung.label if step.kind is EventKind.DECIDED else ""


def said_of(step: CaseStep) -> str:
    """The rung, and who it was: whoever answered there, or the secretariat by a paper that was signed."""
    rung, done = rung_of(step), said_by(step.done, "")
    if step.slip is None:
        return ", ".join(part for part in (rung, done) if part)
    recorded = (
        f"Văn thư ghi lại theo phiếu trình số {step.slip.number} ngày {step.slip.signed_on:%d/%m/%Y}, "
        f"do ông/bà {step.slip.signed_by} ký"
    )
    return "; ".join(part for part in (rung, recorded, done and f"người ghi: {done}") if part)


def _letters(session: Session, task_id: int) -> list[StoryLine]:
    return [
        StoryLine(
            letter.written_at,
            "letter",
            f"Thư: {letter.kind.label}",
            f"gửi {letter.agency}",
            letter.note,
            letter_state=letter.standing,
            sendings=letter.sendings,
        )
        for letter in letters_about_task(session, task_id)
    ]
