"""Everybody who may move a noun, and the state in which each pair of them is tried at the same moment.

A mover is named by its action; ``tests/flows/racing/test_racing_answers.py`` refuses an action that writes
and is named neither here nor in ``APART``.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.deadlines.recount_answers import answer_recount
from flows.actions.escalation.escalate import acknowledge, answer_case, raise_case
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import answer
from flows.actions.tasks.cooperate import accept_cooperation, ask_cooperation, contribute, release
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
from flows.actions.tasks.refuse import refuse
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.report import Report, report, submit
from flows.actions.tasks.return_result import return_result
from flows.actions.tasks.urge import urge_by_hand
from flows.actions.tasks.withdraw import withdraw
from models.db import reading, unit_of_work
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.cases import EscalationCase
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task
from models.tasks.corrected_tasks import reading_of
from rules.deadlines.recounts import Recount
from rules.vocabulary import Actor, Answer, EventKind, Fault
from tests.cast import FINANCE, PLANNING, TRADE, act, act_on, at, office, rows
from tests.flows.escalation.test_escalation import FORM

A, E = Actor, EventKind
DUE_ON = date(2022, 12, 30)
FIRST, LATER = at("2022-08-16"), at("2022-09-08")  # LATER: every rung has let its days pass
Happening = Callable[[], Any]
#: What somebody will do to the row with this id, once he has looked at it: ``ready(engine, key)``.
Mover = Callable[[Engine, int, datetime], Happening]
SWEEP = "daily_follow_up"


@dataclass(frozen=True)
class Noun:
    """``begin`` brings the row of a task into its state, and returns the key by which it is moved."""

    begin: Callable[[Engine, int], int]
    movers: dict[str, Mover]
    now: datetime = FIRST


def newest(engine: Engine, table: Any, task_id: int) -> int:
    return rows(engine, table, table.task_id == task_id)[-1].id or 0


def _on_task(
    action: Callable[..., Any], *more: Any, by: Actor, body: str | None = None, capacity: str = ""
) -> Mover:
    """Somebody acts on the task; a lead for the body that leads it when he looks at it."""

    def ready(engine: Engine, key: int, now: datetime) -> Happening:
        theirs = act_on(engine, key, by, now, capacity=capacity)
        return partial(action, engine, key, *more, theirs.of(body) if body else theirs)

    return ready


def _on_row(table: Any, action: Callable[..., Any], *more: Any, by: Actor, capacity: str = "") -> Mover:
    def ready(engine: Engine, key: int, now: datetime) -> Happening:
        theirs = act_on(engine, key, by, now, capacity=capacity)
        return partial(action, engine, newest(engine, table, key), *more, theirs)

    return ready


def _question(take: bool, note: str) -> Mover:
    def ready(engine: Engine, key: int, now: datetime) -> Happening:
        row = newest(engine, RecountedDeadline, key)
        return partial(answer_recount, engine, row, take, note, act(A.SECRETARIAT, now))

    return ready


def _handing(engine: Engine, key: int, now: datetime) -> Happening:
    """The plan was previewed before anybody moved."""
    plan = preview_hand_over(engine, FINANCE, TRADE, now, [key])
    return lambda: hand_over(engine, plan, "NQ 202", "", act(Actor.SECRETARIAT, now, capacity="x"))


def _counter(engine: Engine, key: int, now: datetime) -> Happening:
    request, day = newest(engine, ExtensionRequest, key), date(2023, 1, 20)
    return lambda: counter_extension(engine, request, day, "", act(A.ASSIGNER, now))


def _correcting(engine: Engine, key: int, now: datetime) -> Happening:
    """From the page as it stood before anybody acted."""
    with reading(engine) as session:
        task = session.get_one(Task, key)
        before, seen = reading_of(session, task), Seen(key, task.version)
    wanted = replace(before, due_on=date(2023, 1, 10))
    return lambda: correct(engine, seen, wanted, "Đọc nhầm.", act(A.SECRETARIAT, now))


def _withdrawing(engine: Engine, key: int, now: datetime) -> Happening:
    request = newest(engine, ExtensionRequest, key)
    return partial(withdraw_extension, engine, request, act_on(engine, key, A.LEAD, now))


def _sweep(engine: Engine, _key: int, now: datetime) -> Happening:
    return lambda: daily_follow_up(engine, by_clock(now, office()))


_case = partial(_on_row, EscalationCase)
_request = partial(_on_row, ExtensionRequest)
_END = {
    "withdraw": _on_task(withdraw, "Thôi.", by=A.ASSIGNER),
    "hand_over": _handing,
    SWEEP: _sweep,
}
_ASK = {"ask_extension": _on_task(ask_extension, "Chờ số liệu", date(2023, 1, 31), by=A.LEAD)}
_RAISE = {"raise_case": _on_task(raise_case, FORM, by=A.LEAD)}
_SUBMIT = {"submit": _on_task(submit, Report("Xong"), by=A.LEAD)}
_PAUSE = {"pause": _on_task(pause, "Chờ hướng dẫn", by=A.SECRETARIAT)}
_PARTS = {
    "ask_cooperation": _on_task(ask_cooperation, [TRADE, PLANNING], by=A.SECRETARIAT),
    "accept_cooperation": _on_task(accept_cooperation, by=A.COOPERATING, body=PLANNING),
    "contribute": _on_task(contribute, Report("Phần việc."), by=A.COOPERATING, body=PLANNING),
    "release": _on_task(release, PLANNING, "Không còn cần", by=A.SECRETARIAT),
}


def _new(_engine: Engine, key: int) -> int:
    return key


def _after(*movers: Mover) -> Callable[[Engine, int], int]:
    def begin(engine: Engine, key: int) -> int:
        for mover in movers:
            mover(engine, key, FIRST)()
        return key

    return begin


def _asked(engine: Engine, key: int) -> int:
    """The notice of a year has come, and the day by it was over."""
    days = {"old_due_on": DUE_ON, "new_due_on": date(2022, 8, 10)}
    with unit_of_work(engine) as session:
        row = RecountedDeadline(
            task_id=key, counted_on=FIRST.date(), years="2022", outcome=Recount.ASKED, **days
        )
        session.add(row)
    return key


_PASS_UP = _case(answer_case, Answer.PASS_UP, "Trình.", by=A.LEADER)
_DECIDE = _case(answer_case, Answer.DECIDE, "Đồng ý.", by=A.LEADER, capacity="Trưởng Ban")
_RETURN = _case(answer_case, Answer.RETURN, "Tự quyết.", by=A.LEADER, capacity="Trưởng Ban")
TASKS: dict[str, Noun] = {
    "a new task": Noun(
        _new,
        {
            "report": _on_task(report, Report("Đang làm", 10), by=A.LEAD),
            "answer: receive": _on_task(answer, E.RECEIVED, by=A.LEAD),
            "refuse": _on_task(refuse, "Không thuộc chức năng", by=A.LEAD),
            "correct": _correcting,
            "urge_by_hand": _on_task(urge_by_hand, "Khẩn trương.", by=A.SECRETARIAT),
            **_SUBMIT, **_PAUSE, **_ASK, **_RAISE, **_PARTS, **_END,
            "ask_cooperation": _on_task(ask_cooperation, [TRADE], by=A.SECRETARIAT),
        },
    ),
    "a submitted result": Noun(
        _after(_SUBMIT["submit"]),
        {
            "answer: confirm": _on_task(answer, E.CONFIRMED, by=A.SECRETARIAT),
            "return_result": _on_task(return_result, [Fault.THIN], "Thiếu", by=A.LEADER),
            **_PARTS, **_END,
        },
    ),
    "a confirmed result": Noun(
        _after(_SUBMIT["submit"], _on_task(answer, E.CONFIRMED, by=A.SECRETARIAT)),
        {"reopen": _on_task(reopen, "Xác nhận nhầm.", by=A.SECRETARIAT), SWEEP: _sweep},
    ),
    "a task at rest": Noun(
        _after(_PAUSE["pause"]), {"resume": _on_task(resume, "", by=A.SECRETARIAT), **_END}, LATER
    ),
    "a released part": Noun(_after(_PARTS["release"]), _PARTS | _END),
    "a request": Noun(
        _after(_ASK["ask_extension"]),
        {
            "decide_extension: agree": _request(decide_extension, True, "Được", by=A.ASSIGNER),
            "decide_extension: refuse": _request(decide_extension, False, "Không", by=A.ASSIGNER),
            "counter_extension": _counter,
            "withdraw_extension": _withdrawing,
            "refuse": _on_task(refuse, "Không thuộc chức năng", by=A.LEAD),
            **_SUBMIT, **_RAISE, **_END,
        },
    ),
    "a counter-proposal": Noun(
        _after(_ASK["ask_extension"], _counter),
        {
            "accept_counter": _request(accept_counter, by=A.LEAD),
            "decide_extension: refuse": _request(decide_extension, False, "Không", by=A.ASSIGNER),
            "withdraw_extension": _withdrawing,
            **_END,
        },
    ),
    "a case before the standing agency": Noun(
        _after(_RAISE["raise_case"]),
        {
            "answer_case: pass up": _PASS_UP,
            "answer_case: return": _RETURN,
            "resume": _on_task(resume, "", by=A.SECRETARIAT),
            **_END,
        },
        LATER,
    ),
    "a case before the chair": Noun(
        _after(_RAISE["raise_case"], _PASS_UP),
        {"answer_case: decide": _DECIDE, "answer_case: pass up": _PASS_UP, **_END},
        LATER,
    ),
    "a decided case": Noun(
        _after(_RAISE["raise_case"], _PASS_UP, _DECIDE),
        {"acknowledge": _case(acknowledge, by=A.LEAD), **_SUBMIT, **_RAISE, **_END},
    ),
    "a question of the calendar": Noun(
        _asked,
        {
            "answer_recount: take": _question(True, ""),
            "answer_recount: keep": _question(False, "Đã báo cơ quan."),
            **_ASK, **_SUBMIT, **_END,
        },
    ),
}  # fmt: skip
