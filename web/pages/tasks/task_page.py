"""The page of one task."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypedDict

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from flows.actions.tasks.evidence.held_files import Held
from models.database.columns import MOST_ID
from models.db import reading
from models.deadlines.awaited import bases_of
from models.deadlines.recount_lists import open_question
from models.facts import code_of, escalation_targets, facts_by_id
from models.follow_up.unreminded import unreminded
from models.follow_up.urging_reach import heard_of, unheard
from models.follow_up.urgings import reach_by_number
from models.people.access.seen import may_see_task
from models.people.successors import present_names
from models.tables.tasks import Task
from models.tasks.corrected_tasks import corrected_text, words_on_paper
from models.tasks.listing import choices
from models.tasks.origin import Origin, find_origin
from models.tasks.story.matter import TaskStory, matter_of
from models.tasks.story.partners import Partner
from rules.calendar.recurrence_words import in_words
from rules.deadlines.classes import class_without_pauses, line
from rules.deadlines.wording import unheard_words
from rules.documents.quoted import code_quoted
from rules.draft import Span
from rules.facts import TaskFacts, TaskLine
from rules.letter_words import UrgingReach
from rules.tasks.extensions import extended_often
from rules.vocabulary import (
    CLOSED,
    Actor,
    DocumentState,
    PartyRole,
    TaskStatus,
)
from web.forms.seats import Seats, Sitting, seats_held, seats_of
from web.kit.desk import Desk
from web.kit.marked_text import Paragraph, around
from web.kit.words import ANCHOR_LABELS, ROLE_LABELS, ROLES
from web.pages.tasks.case_fields import GATE, Gate
from web.pages.tasks.doings import doings_of
from web.pages.tasks.history import history_of
from web.pages.tasks.mending_forms import Mending, mending_of
from web.pages.tasks.met_meanwhile import met_meanwhile
from web.pages.tasks.within_body import hand_at, held_back, within_body


@dataclass(frozen=True, slots=True)
class Typed:
    """What the reader had typed when something went wrong."""

    problem: str = ""
    gate: Gate | None = None
    place: str = ""  # which form it was: "tra-loi", "gia-han", "phoi-hop", "lich-nghi"
    values: dict[str, str] = field(default_factory=dict)
    files: tuple[Held, ...] = ()
    meanwhile: tuple[str, ...] = ()  # what somebody else has changed in the same fields

    def of(self, place: str, name: str) -> str:
        """What was typed into the field ``name`` of the form ``place``."""
        return self.instead("", place, name)

    def instead(self, known: str, place: str, name: str) -> str:
        """The same, or what is ``known`` where nothing was typed in that form."""
        return self.values.get(name, known) if self.place == place else known

    def held(self, place: str) -> tuple[Held, ...]:
        """The files that were chosen in the form ``place``."""
        return self.files if self.place == place else ()


class MendedTask(TypedDict):
    """What the template says of corrections; ``typed`` beside what the task says by now."""

    mending: Mending | None
    corrected: str | None
    recalled: bool  # the paper that gave the task
    typed: Typed


def task_number(code: str) -> int:
    """The id in a code of the address; 404 if it is none."""
    number = code_quoted(code)
    if number is None or number > MOST_ID or code != code_of(number):
        raise HTTPException(404, f"Không có nhiệm vụ mã «{code[:40]}».")
    return number


def task_typed(desk: Desk, code: str) -> int:
    """The same for a form, for a task that this viewer sees; 404 in the same words for one that is not there.

    Asked before anything that was posted is looked at.
    """
    key = task_number(code)
    if not desk.viewer.sees_all:
        with reading(desk.engine) as session:
            _check_seen(desk, session, key)
    return key


def code_here(typed: str) -> str:
    """The code that was typed, as a page of ours is addressed; empty if it is none."""
    number = code_quoted(typed)
    return "" if number is None or number > MOST_ID else code_of(number)


def show_task(
    desk: Desk, session: Session, task_id: int, sitting: Sitting, typed: Typed, status: int = 200
) -> HTMLResponse:
    """The page as ``sitting`` sees it; a role that is none means whoever has to act next."""
    origin = _origin(desk, session, task_id)
    now, reach = _as_heard(session, origin.task, task_id, desk.today)
    directive = origin.directive
    matter = matter_of(session, task_id, origin.task.successor_id, reach, desk.today, desk.viewer)
    seats, before = _seats(desk, sitting, now.task, matter), matter.before
    role, hand = seats.now.role, hand_at(desk, session, origin.task, seats.now)
    return desk.show(
        "tasks/task.html.j2",
        status=status,
        row=now,
        task=now.task,
        origin=origin,
        matter=matter,
        unheard_before=unheard_words(before.urged, before.unreached, before.unsure),
        often=extended_often(matter.granted, desk.office.policy.extension.flag_from),
        present_names=present_names(session, _bodies(origin.task, matter), desk.today),
        escalation_to=escalation_targets(session, [task_id]).get(task_id),
        source=_source(desk, origin),
        **_dated(desk, session, now.task, directive.due_rule),
        unreminded=_why_unreminded(desk, session, now.task),
        anchors=ANCHOR_LABELS,
        history=history_of(session, task_id, reach, desk.viewer),
        **_who(seats, matter),
        **held_back(doings_of(desk, session, origin.task, matter, role, officer=hand is not None), hand),
        **within_body(desk, session, origin.task, matter, seats.now, hand),
        agencies=choices(session) if role == "van-phong" else (),
        **_mended(session, origin, role, typed),
        gate=typed.gate or Gate(),
        gate_fields=GATE,
        report_to=origin.parties.get(PartyRole.REPORT_TO, []),
    )


def _as_heard(
    session: Session, task: Task, task_id: int, today: date
) -> tuple[TaskLine, dict[int, UrgingReach]]:
    """The task as it stands, and by number which of its urgings came to nobody."""
    heard = unheard(session, [task_id] if task.urged else [], today)
    facts = heard_of(facts_by_id(session, [task_id]), heard)[task_id]
    return line(facts, today), reach_by_number(heard.get(task_id))


def _dated(desk: Desk, session: Session, task: TaskFacts, rule: str | None) -> dict[str, object]:
    """How the deadline came about, and whether a calendar asks about it."""
    return {
        "recurring": in_words(rule) if rule else "",
        "basis": bases_of(session, [task.id]).get(task.id, ""),
        "unpaused_class": class_without_pauses(task, desk.today),
        "recount": open_question(session, task.id),
    }


def _mended(session: Session, origin: Origin, role: str, typed: Typed) -> MendedTask:
    """What was put right after the issue, what may be, and what was typed beside the task as it is now."""
    corrected = corrected_text(session, origin.task)
    words = corrected or words_on_paper(origin.directive.text, origin.task.title)
    mending = mending_of(session, origin.task, words) if role == "van-phong" else None
    if mending and mending.may_correct and typed.place == "dinh-chinh":
        met = met_meanwhile(session, mending, typed.values)
        typed = replace(typed, values=met.values, meanwhile=met.lines)
    return {
        "mending": mending,
        "corrected": corrected,
        "recalled": origin.document.state is DocumentState.RECALLED,
        "typed": typed,
    }


def _why_unreminded(desk: Desk, session: Session, task: TaskFacts) -> str:
    """Why no reminder came before the deadline that an open task has let pass; empty if one did."""
    if task.status in CLOSED or task.due_on is None or task.due_on >= desk.today:
        return ""
    found = unreminded(session, [task], desk.office.policy.rhythm, desk.office.calendar)
    if task.id not in found:
        return ""
    reason = found[task.id]
    return reason.label if reason else "Chưa rõ nguyên nhân"


def _bodies(task: Task, matter: TaskStory) -> list[str]:
    return [task.agency_id, *(part.agency_id for part in matter.partners)]


def _origin(desk: Desk, session: Session, task_id: int) -> Origin:
    _check_seen(desk, session, task_id)
    origin = find_origin(session, task_id)
    if origin is None:
        raise _no_such(task_id)
    return origin


def _check_seen(desk: Desk, session: Session, task_id: int) -> None:
    if not may_see_task(session, desk.viewer, task_id):
        raise _no_such(task_id)


def _no_such(task_id: int) -> HTTPException:
    return HTTPException(404, f"Không có nhiệm vụ mã {code_of(task_id)}.")


def _source(desk: Desk, origin: Origin) -> list[Paragraph]:
    """The sentence where it stands; a body reads its own sentence only, not what stands around it."""
    span, text = Span(origin.directive.span_start, origin.directive.span_end), origin.document.text
    if not desk.viewer.sees_all:
        text, span = text[span.start : span.end], Span(0, span.end - span.start)
    return around(text, span)


def _seats(desk: Desk, asked: Sitting, task: TaskFacts, matter: TaskStory) -> Seats:
    if asked.role not in ROLES:
        asked = Sitting(_next_to_act(task.status))
    lead, partners = (task.agency_id, task.agency_name), {one.agency_id: one.name for one in matter.partners}
    if desk.viewer.anybody:
        return seats_of(asked, lead, partners)
    return seats_held(asked, lead, partners, desk.visitor)


class Who(TypedDict):
    """Who sits before the page, who else may; ``part`` is of the cooperating body that sits there."""

    role: str
    roles: dict[str, str]
    seats: Seats
    part: Partner | None


def _who(seats: Seats, matter: TaskStory) -> Who:
    now = seats.now
    mine = (part for part in matter.partners if part.agency_id == now.body)
    part = next(mine, None) if now.role == "phoi-hop" else None
    return {"role": now.role, "roles": ROLE_LABELS, "seats": seats, "part": part}


def _next_to_act(status: TaskStatus) -> str:
    actors = (Actor.SECRETARIAT,) if status in (TaskStatus.SUBMITTED, TaskStatus.REFUSED) else (Actor.LEAD,)
    return next(key for key, actor in ROLES.items() if actor in actors)
