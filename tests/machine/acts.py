"""What people of the office may try on a task, each by the action behind its button.

``pick`` is any number from 0 up: which body, how many days, what percentage. An act raises Refusal where
the office does not allow it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Engine

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.committee.meetings import plan_meeting
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import recall
from flows.actions.documents.supplement import supplement
from flows.actions.doors.task import find_task
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.cooperate import ask_cooperation, contribute
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.extensions.asking import (
    accept_counter,
    ask_extension,
    counter_extension,
    decide_extension,
    withdraw_extension,
)
from flows.actions.tasks.handing_over.hand_over import hand_over, preview_hand_over
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.report import Report, report
from flows.actions.tasks.urge import urge_by_hand
from models.db import reading
from models.tables.cases import EscalationCase
from models.tables.documents import Directive, Document
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task
from models.tasks.corrected_tasks import reading_of
from rules.draft import Span
from rules.vocabulary import Actor, Answer, EventKind, Fault, Way
from tests.cast import FINANCE, PLANNING, TRADE, UNREACHABLE, act, act_on, by, directive, rows, task
from tests.flows.escalation.test_escalation import FORM

BODIES = (FINANCE, TRADE, PLANNING, UNREACHABLE)
LEAD, SECRETARIAT, ASSIGNER = Actor.LEAD, Actor.SECRETARIAT, Actor.ASSIGNER
BASIS = "Nghị quyết số 202/2025/QH15"


@dataclass(frozen=True)
class Try:
    """On which task, when, by which office, with which number."""

    engine: Engine
    task_id: int
    now: datetime
    office: Office
    pick: int

    @property
    def later(self) -> date:
        """A day after the deadline in force, or after today."""
        due = task(self.engine, self.task_id).due_on or self.now.date()
        return due + timedelta(days=self.pick % 20)

    def act(self, actor: Actor, capacity: str = "") -> Act:
        """Somebody acts now; a lead for the body that leads the task."""
        return act_on(self.engine, self.task_id, actor, self.now, capacity=capacity, office=self.office)


def _say(event: EventKind, actor: Actor) -> Callable[[Try], object]:
    said = Said("Nội dung.", faults=(Fault.THIN,))
    return lambda of: answer(of.engine, of.task_id, event, of.act(actor), said)


def _newest(of: Try, table: type[EscalationCase] | type[ExtensionRequest]) -> int:
    found = rows(of.engine, table, table.task_id == of.task_id)
    return found[-1].id if found else 0


def _report(of: Try) -> None:
    report(
        of.engine,
        of.task_id,
        Report("Tiến độ.", of.pick % 101),
        of.act(LEAD),
    )


def _ask(of: Try) -> None:
    ask_extension(
        of.engine,
        of.task_id,
        "Chờ số liệu.",
        of.later,
        of.act(LEAD),
    )


def _counter(of: Try) -> None:
    key = _newest(of, ExtensionRequest)
    counter_extension(
        of.engine,
        key,
        of.later,
        "",
        of.act(ASSIGNER, capacity="Trưởng Ban"),
    )


def _agree(of: Try) -> None:
    key = _newest(of, ExtensionRequest)
    decide_extension(
        of.engine,
        key,
        of.pick % 4 > 0,
        "Không.",
        of.act(ASSIGNER, capacity="Trưởng Ban"),
    )


def _accept(of: Try) -> None:
    accept_counter(of.engine, _newest(of, ExtensionRequest), of.act(LEAD))


def _take_back(of: Try) -> None:
    withdraw_extension(of.engine, _newest(of, ExtensionRequest), of.act(LEAD))


def _decide(of: Try) -> None:
    reply = (Answer.DECIDE, Answer.RETURN, Answer.PASS_UP)[of.pick % 3]
    new = of.later if reply is Answer.DECIDE and of.pick % 2 else None
    key = _newest(of, EscalationCase)
    answer_case(
        of.engine,
        key,
        reply,
        "Đồng ý.",
        of.act(Actor.LEADER, capacity="Trưởng Ban"),
        new,
    )


def _merge(of: Try) -> None:
    """The lead's body is merged into another: every open task of it moves."""
    source = task(of.engine, of.task_id).agency_id
    target = BODIES[of.pick % len(BODIES)]
    plan = preview_hand_over(of.engine, source, target, of.now)
    hand_over(
        of.engine,
        plan,
        BASIS,
        "Sáp nhập.",
        Act(Actor.SECRETARIAT, of.now, of.office, Way.PAGE, capacity="van-phong"),
    )


def _hand_over(of: Try) -> None:
    source = task(of.engine, of.task_id).agency_id
    plan = preview_hand_over(of.engine, source, BODIES[of.pick % len(BODIES)], of.now, [of.task_id])
    hand_over(
        of.engine,
        plan,
        BASIS,
        "Đúng chức năng.",
        Act(Actor.SECRETARIAT, of.now, of.office, Way.PAGE, capacity="van-phong"),
    )


def _meet(of: Try) -> None:
    """No act on a task: the committee will meet, and its digest may go out on any of these mornings."""
    plan_meeting(
        of.engine,
        office_day(of.now) + timedelta(days=of.pick % 9),
        "Họp Ban Chỉ đạo",
        act(Actor.SECRETARIAT, of.now),
    )


def _correct(of: Try) -> None:
    """One field of the task is put right, as its page would."""
    with reading(of.engine) as session:
        found = find_task(session, of.task_id)
        before, version = reading_of(session, found), found.version
    body = BODIES[of.pick % len(BODIES)]
    fields: tuple[dict[str, Any], ...] = (
        {"due_on": of.later},
        {"lead": body, "cooperating": before.cooperating - {body}},
        {"text": f"Nội dung đúng {of.pick}."},
        {"cooperating": before.cooperating ^ {body}},
        {"due_on": office_day(of.now) - timedelta(days=of.pick % 5)},
        {"due_on": None},
    )
    wanted = replace(before, **fields[of.pick % len(fields)])
    correct(of.engine, Seen(of.task_id, version), wanted, "Ghi nhầm.", of.act(SECRETARIAT))


def _document(of: Try) -> Document:
    directive_id = task(of.engine, of.task_id).directive_id
    [directive] = rows(of.engine, Directive, Directive.id == directive_id)
    [found] = rows(of.engine, Document, Document.id == directive.document_id)
    return found


def _recall(of: Try) -> None:
    paper = _document(of)
    recall(
        of.engine,
        Paper(paper.id, paper.version),
        "Ban hành nhầm.",
        Act(SECRETARIAT, of.now, of.office, Way.PAGE),
    )


def _supplement(of: Try) -> None:
    paper, due = _document(of), by(of.later) if of.pick % 3 else None
    new = directive(f"Việc còn thiếu {of.pick}.", BODIES[of.pick % len(BODIES)], due=due)
    seen = Paper(paper.id, paper.version)
    supplement(
        of.engine,
        seen,
        replace(new, span=Span(0, 0)),
        "Bỏ sót.",
        Act(SECRETARIAT, of.now, of.office, Way.PAGE),
    )


#: Each act by its name in a failing example.
ACTS: dict[str, Callable[[Try], object]] = {
    "receive": _say(EventKind.RECEIVED, LEAD),
    "report": _report,
    "submit": _say(EventKind.SUBMITTED, LEAD),
    "confirm": _say(EventKind.CONFIRMED, SECRETARIAT),
    "return": _say(EventKind.RETURNED, SECRETARIAT),
    "refuse": _say(EventKind.REFUSED, LEAD),
    "reassign": _say(EventKind.REASSIGNED, SECRETARIAT),
    "withdraw": _say(EventKind.WITHDRAWN, ASSIGNER),
    "pause": lambda of: pause(of.engine, of.task_id, "Chờ hướng dẫn.", of.act(ASSIGNER)),
    "resume": lambda of: resume(of.engine, of.task_id, "", of.act(ASSIGNER)),
    "ask for more time": _ask,
    "propose another date": _counter,
    "decide on more time": _agree,
    "accept the proposal": _accept,
    "take the request back": _take_back,
    "ask upward": lambda of: raise_case(of.engine, of.task_id, FORM, of.act(LEAD)),
    "answer from above": _decide,
    "acknowledge": lambda of: acknowledge(of.engine, _newest(of, EscalationCase), of.act(Actor.LEAD)),
    "ask to cooperate": lambda of: ask_cooperation(
        of.engine,
        of.task_id,
        [BODIES[of.pick % len(BODIES)]],
        of.act(SECRETARIAT),
    ),
    "contribute": lambda of: contribute(
        of.engine,
        of.task_id,
        Report("Phần việc."),
        of.act(Actor.COOPERATING).of(BODIES[of.pick % len(BODIES)]),
    ),
    "correct": _correct,
    "reopen": lambda of: reopen(
        of.engine,
        of.task_id,
        "Xác nhận nhầm.",
        of.act(SECRETARIAT),
    ),
    "urge by hand": lambda of: urge_by_hand(
        of.engine,
        of.task_id,
        "Khẩn trương.",
        of.act(SECRETARIAT),
    ),
    "recall": _recall,
    "add what was forgotten": _supplement,
    "hand over": _hand_over,
    "merge": _merge,
    "meet": _meet,
}


def open_ids(engine: Engine) -> list[int]:
    """Every task there is, closed ones too: people try their buttons on them as well."""
    return [one.id for one in rows(engine, Task)]
