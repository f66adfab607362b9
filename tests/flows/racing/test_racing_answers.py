"""Every two movers of every noun at the same moment: what comes of it is what one after the other makes.

On PostgreSQL both have looked before either writes; on SQLite the second looks when the first is done.
Seen to fail on PostgreSQL: the cases when ``swap_version`` compares no version; "a task at rest" when
``perform`` compares none; the events when ``record_event`` swaps without the day that it has read.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations_with_replacement
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading
from models.deadlines.calendar_years import RecountedDeadline
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.extensions import ExtensionRequest
from models.tables.tasks import Task, TaskCooperation, TaskEvent
from rules.documents.quoted import code_quoted
from rules.refusal import Refusal
from tests.cast import (
    CHAIR,
    FINANCE,
    PLANNING,
    PROVINCE,
    SECRETARIAT,
    SHARED,
    TRADE,
    by,
    directive,
    issue,
    move_in,
    register,
)
from tests.checkout import MODULES, source, tree
from tests.flows.racing.movers import DUE_ON, SWEEP, TASKS, Noun
from tests.flows.racing.paper_movers import LATE, OTHERS, waits
from tests.flows.racing.race import at_once
from tests.flows.tasks.test_replay import check_history

POOL = 20  # tasks of one document
#: What writes, and is tried elsewhere: the name of the action, and where or why.
APART = {
    "confirm": "one word about the clock: test_clock_leap.py",
    "watch": "waits for itself: test_clock_leap.py",
    "give_own_time": "one person, an empty database: test_own_time.py",
    "live_by_the_clock": "test_own_time.py",
    "note_delivery": "adds a row of what a pass has done: tests/flows/trail/test_keep.py",
    "note_backup": "adds a row",
    "export_trail": "adds a row: tests/web/trail", "black_out": "tests/flows/trail/test_black_out.py",
    "advance": "the clock of a database: test_clock_leap.py",
    "trial_copy": "makes a database of its own",
    "import_register": "the whole register at once, one command: test_import_register.py",
    "lift_mark": "one statement that says the same twice: tests/web/outbox/test_outbox_decisions.py",
    "open_next_occurrences": "waits for itself (one_at_a_time): test_recurring.py",
    "publish_corrected": "makes a new document; the same one twice: test_issue.py",
    "restored": "one person at the machine after a restore: test_restored.py",
    "send_digest": "a key of its own for each day and reader: test_digest_action.py",
    "settle_all_unknown": "messages: test_settle_unknown.py", "settle_unknown": "test_settle_unknown.py",
    "store_draft": "makes a new draft",
    "name_officer": "the version of its row: tests/flows/tasks/test_name_officer.py",
    "record_answer": "by the door of answer_case, which is tried here",
    **dict.fromkeys(
        (
            "add_admin", "add_person", "change_person", "deactivate", "end_absence", "end_seat",
            "import_people", "invite", "link_for", "look_at_people", "reactivate", "say_absent",
            "seat_person",
        ),
        "whoever changes people waits for the others (one_at_a_time): tests/flows/people/test_persons.py",
    ),
    **dict.fromkeys(
        (
            "ask_for_link", "begin_totp", "check_code", "confirm_totp", "end_all", "end_one", "finish_oidc",
            "come_in_by_link", "come_in_by_password", "open_sign_in", "remove_totp", "renew", "set_password",
            "take_recovery", "take_totp", "touch", "trust_device", "right_password",
        ),
        "of one person, each by a swap of its own: tests/flows/sign_in",
    ),
}  # fmt: skip


@pytest.fixture
def racing(engine: Engine) -> Engine:
    """An office whose database is thrown away anyway."""
    few = {FINANCE, TRADE, PLANNING, SECRETARIAT, CHAIR, PROVINCE, register().committee.body}
    bodies = (
        replace(body, members=(), successions=(), represents=None)
        for body in register().bodies
        if body.id in few
    )
    return move_in(engine, replace(register(), bodies=tuple(bodies), contacts=()))


class Field:
    """Fresh rows of one noun, one after another, and what became of them."""

    def __init__(
        self, engine: Engine, noun: Noun, made: Callable[[int], Any], sign: Callable[..., Any]
    ) -> None:
        self.engine, self.noun, self.sign = engine, noun, sign
        self.met = 0  # races in which both had looked before either wrote
        self._made, self._fresh, self._documents = made, iter(()), 0
        self._serial: dict[tuple[str, ...], tuple[list[Any], Any]] = {}

    def row(self) -> int:
        """A row in the noun's state."""
        task_id = next(self._fresh, None)
        if task_id is None:
            self._fresh = iter(self._more())
            task_id = next(self._fresh)
        return self.noun.begin(self.engine, task_id)

    def _more(self) -> list[int]:
        self._documents += 1
        made = [self._made(self._documents * POOL + n) for n in range(POOL)]
        codes = issue(self.engine, *made, number=f"{9000 + self._documents}/QĐ").task_codes
        return [code_quoted(code) or 0 for code in codes]

    def serial(self, *names: str) -> tuple[list[bool], Any]:
        """Who is refused when they come one after another, and what the row is then."""
        if names not in self._serial:
            key = self.row()
            acts = [self.noun.movers[name](self.engine, key, self.noun.now) for name in names]
            lost = [_refused(act) for act in acts]
            self._serial[names] = lost, self.sign(self.engine, key)
        return self._serial[names]

    def race(self, first: str, second: str) -> None:
        """Both at once: it is as if one had come after the other, or one alone."""
        key = self.row()
        acts = [self.noun.movers[name](self.engine, key, self.noun.now) for name in (first, second)]
        wrapped = [lambda _engine, act=act: act() for act in acts]
        outcomes = at_once(self.engine, wrapped, self.engine.dialect.name == "postgresql")
        self.met += outcomes.met
        told = f"{first} against {second}: {outcomes}"
        errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        assert all(isinstance(error, Refusal) for error in errors), told
        for name, outcome in zip((first, second), outcomes, strict=True):
            assert name != SWEEP or not isinstance(outcome, Exception), told
        if self.engine.dialect.name == "postgresql":  # on SQLite one has come after the other
            lost = [isinstance(outcome, Exception) for outcome in outcomes]
            assert self.sign(self.engine, key) in self._allowed(first, second, lost), told

    def has_raced(self) -> None:
        """Else all of it was one after the other, and proves nothing. On SQLite it always is."""
        assert self.met or self.engine.dialect.name == "sqlite", "no two have ever met"

    def _allowed(self, first: str, second: str, lost: list[bool]) -> list[Any]:
        """Who was refused has changed nothing; of two who acted the one came after the other."""
        alone = [self.serial(name) for name in (first, second)]
        if any(lost):
            at_fault = [sign for (gone, sign), mine in zip(alone, lost, strict=True) if gone == [mine]]
            return at_fault if all(lost) else [alone[lost.index(False)][1]]
        orders = [self.serial(first, second), self.serial(second, first)]
        found = [sign for gone, sign in orders if gone == lost]
        swept = {first, second} & {SWEEP}  # a sweep leaves to its next look what somebody holds
        return found + [sign for name in (first, second) if swept for _, sign in [self.serial(name)]]


def _refused(act: Callable[[], Any]) -> bool:
    try:
        act()
    except Refusal:
        return True
    return False


def of_task(engine: Engine, key: int) -> Any:
    """All that the movers of a task may change, of it and of the task that took over; without ids."""
    with reading(engine) as session:

        def all_of(table: Any, *order: Any) -> Any:
            return session.scalars(sa.select(table).where(table.task_id == key).order_by(*order)).all()

        task = session.get_one(Task, key)
        cases = all_of(EscalationCase, EscalationCase.id)
        mine = EscalationStep.case_id.in_([case.id for case in cases])
        steps = session.scalars(sa.select(EscalationStep).where(mine).order_by(EscalationStep.id))
        requests = all_of(ExtensionRequest, ExtensionRequest.id)
        here = (
            (task.status, task.due_on, task.percent),
            [(event.kind, event.to_status) for event in all_of(TaskEvent, TaskEvent.seq)],
            [(case.state, case.rung, case.version) for case in cases],
            [(step.seq, step.kind, step.rung) for step in steps],
            [(row.state, row.version) for row in requests],
            [
                (one.agency_id, one.state, one.version)
                for one in all_of(TaskCooperation, TaskCooperation.agency_id)
            ],
            [row.outcome for row in all_of(RecountedDeadline, RecountedDeadline.id)],
        )
    return here, of_task(engine, task.successor_id) if task.successor_id else None


def pairs(noun: Noun) -> Iterator[tuple[str, str]]:
    """Each mover with each, and with itself."""
    return combinations_with_replacement(noun.movers, 2)


@pytest.mark.parametrize("name", TASKS)
def test_two_movers_of_a_task_are_as_one_after_the_other(racing: Engine, name: str) -> None:
    shared = directive(SHARED.text, FINANCE, cooperate=[PLANNING], due=by(DUE_ON))
    field = Field(racing, TASKS[name], lambda _n: shared, of_task)
    for first, second in pairs(field.noun):
        field.race(first, second)
    field.has_raced()
    check_history(racing)


@pytest.mark.parametrize("name", OTHERS)
def test_two_movers_of_anything_else_are_as_one_after_the_other(racing: Engine, name: str) -> None:
    noun, sign = OTHERS[name]
    late = directive("Việc.", FINANCE, due=by(LATE))
    field = Field(racing, noun, waits if name == "an awaited event" else lambda _n: late, sign)
    for first, second in pairs(noun):
        field.race(first, second)
    field.has_raced()
    check_history(racing)


def test_every_action_that_writes_is_a_mover_or_stands_apart() -> None:
    """Break: leave ``acknowledge`` out of the movers of a decided case."""
    nouns = [*TASKS.values(), *(noun for noun, _ in OTHERS.values())]
    tried = {name.partition(":")[0] for noun in nouns for name in noun.movers}
    found = set(_writing())
    assert found - tried - set(APART) == set()
    assert set(APART) - found == set()


def _writing() -> Iterator[str]:
    """The public functions of ``flows/actions`` that take an engine and write by themselves."""
    for path in MODULES:
        if path.parts[:2] != ("flows", "actions") or "unit_of_work" not in source(path):
            continue
        for node in tree(path).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            takes = public and any(arg.arg == "engine" for arg in node.args.args[:1])
            if takes and "unit_of_work(" in ast.unparse(node):
                yield node.name
