"""Extensions: the lead asks with a reason before the deadline, the assigner agrees, refuses or counters.

Source: design of follow-up, "Extension, refusal, return". A request moves by a swap on its version, the
task by the swap of ``perform``; who comes second finds it answered, and nothing of his is kept.
"""

from datetime import date

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.doors.request import move_request
from flows.actions.doors.task import Happening, find_task, perform
from flows.actions.tasks.extensions.record import (
    ask_who,
    decided_by,
    found,
    refuse_second,
    settle,
    tell_assigner,
    tell_lead,
)
from models.db import unit_of_work
from models.tables.extensions import ExtensionRequest
from models.tasks.granted_extensions import limits_of
from rules.refusal import NotAllowed
from rules.tasks.event_data import ExtensionAskedData, ExtensionCounteredData, ExtensionWithdrawnData
from rules.tasks.extensions import check_new_date, check_request
from rules.tasks.remarks import remark
from rules.vocabulary import EventKind, ExtensionState

E, X = EventKind, ExtensionState


def ask_extension(engine: Engine, task_id: int, reason: str, wanted_on: date, act: Act) -> int:
    """Ask for a later deadline; returns the request's id. One request at a time.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    said = remark(E.EXTENSION_ASKED, reason)
    with unit_of_work(engine) as session:
        task = find_task(session, task_id)
        ask_who(session, task, E.EXTENSION_ASKED, act)
        refuse_second(session, task_id)
        limits = limits_of(session, task)
        request = ExtensionRequest(
            task_id=task_id,
            state=X.OPEN,
            asked_on=act.today,
            agency_id=task.agency_id,
            reason=said,
            wanted_on=wanted_on,
        )
        data, speaks = ExtensionAskedData(wanted_on), task.agency_id
        perform(session, task, act, Happening(E.EXTENSION_ASKED, said, data, speaks=speaks))
        check_request(said, wanted_on, limits, act.today)
        session.add(request)
        session.flush()
        assert request.id is not None
        tell_assigner(session, request, task, limits.granted, act)
        return request.id


def counter_extension(engine: Engine, request_id: int, counter_on: date, note: str, act: Act) -> None:
    """Propose another date instead; the lead accepts it or not. Raises NotAllowed, NotFound."""
    said = remark(E.EXTENSION_COUNTERED, note, needed=False)
    with unit_of_work(engine) as session:
        request, task = found(session, request_id)
        ask_who(session, task, E.EXTENSION_COUNTERED, act)
        if counter_on == request.wanted_on:
            raise NotAllowed("Thời hạn đề xuất trùng với thời hạn được đề nghị; hãy đồng ý gia hạn.")
        check_new_date(counter_on, limits_of(session, task), act.today)
        by = decided_by(act)
        move_request(session, request, X.COUNTERED, counter_on=counter_on, decided_by=by, note=said)
        data = ExtensionCounteredData(request_id, counter_on, by)
        perform(session, task, act, Happening(E.EXTENSION_COUNTERED, said, data))
        tell_lead(session, request, task, act)


def decide_extension(engine: Engine, request_id: int, agree: bool, note: str, act: Act) -> date | None:
    """Agree to the date that was asked for, or refuse with the reason; returns the deadline in force.

    ``act.capacity`` is the office in which it is decided. Raises NotAllowed, NotFound; then nothing has
    changed.
    """
    event = E.EXTENSION_AGREED if agree else E.EXTENSION_REFUSED
    said = remark(event, note, needed=not agree)
    with unit_of_work(engine) as session:
        request, task = found(session, request_id)
        ask_who(session, task, event, act)
        settle(session, request, task, request.wanted_on if agree else None, act, said)
        return task.due_on


def accept_counter(engine: Engine, request_id: int, act: Act, note: str = "") -> date | None:
    """The lead takes the date that was proposed instead; returns the deadline in force.

    Raises NotAllowed, NotFound; then nothing has changed.
    """
    said = remark(E.EXTENSION_AGREED, note, needed=False)
    with unit_of_work(engine) as session:
        request, task = found(session, request_id)
        ask_who(session, task, E.EXTENSION_AGREED, act, takes_counter=True)
        if request.state is not X.COUNTERED:
            raise NotAllowed("Chưa có thời hạn khác được đề xuất; chờ người giao nhiệm vụ trả lời.")
        settle(session, request, task, request.counter_on, act, said)
        return task.due_on


def withdraw_extension(engine: Engine, request_id: int, act: Act, note: str = "") -> None:
    """The lead needs no extension any more. Raises NotAllowed, NotFound."""
    said = remark(E.EXTENSION_WITHDRAWN, note, needed=False)
    with unit_of_work(engine) as session:
        request, task = found(session, request_id)
        ask_who(session, task, E.EXTENSION_WITHDRAWN, act)
        move_request(session, request, X.WITHDRAWN, decided_on=act.today, note=said)
        data, speaks = ExtensionWithdrawnData(request_id), task.agency_id
        perform(session, task, act, Happening(E.EXTENSION_WITHDRAWN, said, data, speaks=speaks))
