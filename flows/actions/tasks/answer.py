"""What may be said of a task, each with its one action: the table that pages, demo and tests go by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from flows.actions.deadlines.receipts import settle_receipt
from flows.actions.doors.request import lapse_requests
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.letters.about_tasks import tell
from flows.actions.tasks.pause import pause, resume
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.report import Report, report, submit
from flows.actions.tasks.return_result import return_result
from flows.actions.tasks.withdraw import withdraw
from models.db import unit_of_work
from models.tables.documents import Directive
from models.tables.tasks import Task, TaskChanges
from rules.outbox.payloads import keys
from rules.outbox.payloads.tasks import Assignment
from rules.refusal import NotAllowed
from rules.tasks.event_data import LapsesData
from rules.tasks.remarks import remark
from rules.vocabulary import EventKind, Fault

E = EventKind


@dataclass(frozen=True, slots=True)
class Said:
    """What was said with a button: the words, and what the form of that button adds to them.

    ``report`` is of the two reports; without one, ``note`` is all of it. ``faults`` are of a return.
    """

    note: str = ""
    report: Report | None = None
    faults: tuple[Fault, ...] = ()


#: Of an engine, a task's id, what was said, and the act.
Action = Callable[[Engine, int, Said, Act], object]
_NOTHING = Said()
#: These take a report with figures and files.
REPORTS = frozenset({E.PROGRESS, E.SUBMITTED})


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an event does, and whether it needs words: a refusal or a return without a reason helps nobody."""

    action: Action
    needs_note: bool = False


def answer(engine: Engine, task_id: int, event: EventKind, act: Act, said: Said = _NOTHING) -> None:
    """Record one answer by the action that the table names. Raises Refusal; then nothing has changed."""
    if event not in ACTIONS:
        raise NotAllowed(f"«{event.label}» không phải một trả lời trực tiếp.")
    ACTIONS[event].action(engine, task_id, said, act)


def _report(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    report(engine, task_id, said.report or Report(said.note), act)


def _submit(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    submit(engine, task_id, said.report or Report(said.note), act)


def _receive(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    """The lead has taken note; from that day on a deadline that counts from the receipt is known."""
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        perform(session, task, act, Happening(E.RECEIVED, remark(E.RECEIVED, said.note, needed=False)))
        settle_receipt(session, task, act)


def _confirm(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    """The result counts; a request for more time that still waits has become idle."""
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        requests = lapse_requests(session, task_id, act.today, "Nhiệm vụ đã hoàn thành.")
        gone, changes = LapsesData(tuple(requests)), TaskChanges(confirmed_on=act.today)
        note = remark(E.CONFIRMED, said.note, needed=False)
        perform(session, task, act, Happening(E.CONFIRMED, note, gone, changes))


def _assign_again(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    """The lead that refused hears that the task is its own after all."""
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        perform(session, task, act, Happening(E.REASSIGNED, remark(E.REASSIGNED, said.note, needed=False)))
        _tell_again(session, task, act)


def _tell_again(session: Session, task: Task, act: Act) -> None:
    assert task.id is not None
    document = session.get_one(Directive, task.directive_id).document_id
    key = keys.assignment(task.id, task.version)
    tell(session, Assignment(document), key, task.agency_id, task, act)


def _return(engine: Engine, task_id: int, said: Said, act: Act) -> None:
    return_result(engine, task_id, said.faults, said.note, act)


def _noted(action: Callable[[Engine, int, str, Act], object]) -> Action:
    """An action that takes words and nothing else."""
    return lambda engine, task_id, said, act: action(engine, task_id, said.note, act)


#: Every event that is said with a button of a task's page, in the order of the buttons.
ACTIONS: Mapping[EventKind, AnswerRow] = {
    E.RECEIVED: AnswerRow(_receive),
    E.PROGRESS: AnswerRow(_report, needs_note=True),
    E.SUBMITTED: AnswerRow(_submit, needs_note=True),
    E.CONFIRMED: AnswerRow(_confirm),
    E.RETURNED: AnswerRow(_return, needs_note=True),
    E.REFUSED: AnswerRow(_noted(refuse), needs_note=True),
    E.REASSIGNED: AnswerRow(_assign_again),
    E.WITHDRAWN: AnswerRow(_noted(withdraw), needs_note=True),
    E.REOPENED: AnswerRow(_noted(reopen), needs_note=True),
    E.PAUSED: AnswerRow(_noted(pause), needs_note=True),
    E.RESUMED: AnswerRow(_noted(resume)),
}
#: These are refused without words.
NEEDS_NOTE = frozenset(event for event, row in ACTIONS.items() if row.needs_note)
