"""Late or often urged tasks climb: each step of the policy is crossed once a deadline, the highest only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.predicates import awaited_sql
from models.sweep.moves import COMMON, Move, changed, event, perform_all
from models.sweep.statements import Dialect, Pass, concatenated, dialect_of, letters
from rules.reminders import Threshold
from rules.vocabulary import CrossingTrigger, Rung
from rules.wording import CROSSING

MORE_THAN_EVER = 1_000_000  # urgings


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of a step: the rung and its body."""

    rung: Rung
    body: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of climbing, counted from 1; ``above`` is told where the lead agency stands on the rung."""

    number: int
    told: Told
    above: Told


@dataclass(frozen=True, slots=True)
class CountStep:
    """A step that is crossed with the ``urgings``-th urging."""

    step: Step
    urgings: int


def cross_late(session: Session, thresholds: Sequence[Threshold], steps: Sequence[Step], at: Pass) -> int:
    """Report every task that has passed a threshold of being late; returns how many crossings that is.

    ``steps`` are those of ``thresholds``, mildest first. A task that jumped over several (after
    downtime, or under a new policy) crosses only the highest.
    """
    if not thresholds:
        return 0
    upto = [line.due_on_or_before for line in thresholds]
    bands = list(zip([*upto[1:], date.min], upto, strict=True))
    return _cross(session, CrossingTrigger.TIME, steps, bands, at, {})


def cross_urged(session: Session, steps: Sequence[CountStep], since: date, at: Pass) -> int:
    """The same for tasks urged so often that they reached a step; looks at those urged from ``since`` on."""
    if not steps:
        return 0
    first = [step.urgings for step in steps]
    bands = list(zip(first, [*first[1:], MORE_THAN_EVER], strict=True))
    only = [step.step for step in steps]
    return _cross(session, CrossingTrigger.COUNT, only, bands, at, {"since": since})


#: Which tasks cross, by the bands ``s.low``, ``s.high``; each with the partial index that finds them.
_CHOSEN = {
    CrossingTrigger.TIME: "t.due_on IS NOT NULL AND t.late_step = s.below"
    " AND t.due_on > s.low AND t.due_on <= s.high",
    CrossingTrigger.COUNT: "t.last_urged_on IS NOT NULL AND t.last_urged_on >= :since"
    " AND t.count_step = s.below AND t.urged >= s.low AND t.urged < s.high AND t.due_on < :today",
}
_COLUMN = {CrossingTrigger.TIME: "late_step", CrossingTrigger.COUNT: "count_step"}


def _cross(
    session: Session,
    trigger: CrossingTrigger,
    steps: Sequence[Step],
    bands: Sequence[tuple[Any, Any]],
    at: Pass,
    more: dict[str, Any],
) -> int:
    values = {**at.values, **more}
    rows = []
    dialect = dialect_of(session)
    for step, (low, high) in zip(steps, bands, strict=True):
        values |= _bound(step, low, high)
        rows += [_row(dialect, trigger, step.number, below) for below in range(step.number)]
    return perform_all(session, _crossing(dialect, trigger, rows), values)


def _bound(step: Step, low: Any, high: Any) -> dict[str, Any]:
    n = step.number
    return {
        f"low_{n}": low,
        f"high_{n}": high,
        f"rung_{n}": step.told.rung.value,
        f"label_{n}": step.told.rung.label,
        f"body_{n}": step.told.body,
        f"above_rung_{n}": step.above.rung.value,
        f"above_label_{n}": step.above.rung.label,
        f"above_body_{n}": step.above.body,
    }


def _row(dialect: Dialect, trigger: CrossingTrigger, number: int, below: int) -> str:
    """A row of ``s``: tasks that stood on step ``below`` and go to ``number``."""
    if trigger is CrossingTrigger.TIME:
        band = [dialect.day(f"low_{number}"), dialect.day(f"high_{number}")]
    else:
        band = [f"CAST(:{name}_{number} AS integer)" for name in ("low", "high")]
    names = ("rung", "label", "body", "above_rung", "above_label", "above_body")
    texts = [f"CAST(:{name}_{number} AS varchar)" for name in names]
    return f"({', '.join([str(number), str(below), *band, *texts])})"


def _crossing(dialect: Dialect, trigger: CrossingTrigger, rows: list[str]) -> Move:
    column = _COLUMN[trigger]
    known = (
        "NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id"
        f" AND c.trigger = '{trigger.value}' AND c.step = s.step AND c.due_on = t.due_on)"
    )
    names = "step, below, low, high, rung, label, body, above_rung, above_label, above_body"
    told = {name: f"CASE WHEN t.agency_id = s.body THEN s.above_{name} ELSE s.{name} END"
            for name in ("rung", "label", "body")}  # fmt: skip
    return Move(
        f"{awaited_sql('t')} AND {_CHOSEN[trigger]} AND {known}",
        sets=f"{column} = s.step",
        columns={
            **COMMON,
            "urged": "t.urged",
            "step": "s.step",
            "rung": told["rung"],
            "body": told["body"],
            "words": _words(dialect, told["label"]),
        },  # fmt: skip
        inserts=_written(dialect, trigger, column),
        given=f"s({names}) AS (VALUES {', '.join(rows)})",
        given_first=trigger is CrossingTrigger.TIME,
    )


def _written(dialect: Dialect, trigger: CrossingTrigger, column: str) -> tuple[str, ...]:
    told = {"trigger": f"'{trigger.value}'", "rung": "rung"}
    key = f"'crossing:' || id || ':' || '{trigger.value}' || ':'"
    return (
        "INSERT INTO task_crossing (task_id, trigger, step, due_on, rung, crossed_on)"
        f" SELECT id, '{trigger.value}', step, due_on, rung, :today FROM moved ORDER BY id",
        event("crossed", "words", changed(dialect, {column: "step"}, step="step", **told)),
        letters(
            "FROM moved WHERE true ORDER BY id",
            key=f"{key} || step || ':' || {dialect.iso('due_on')}",
            kind="'crossing'",
            agency_id="body",
            task_id="id",
            urgent="urgent",
            number="step",
            due_on="due_on",
            data=dialect.json(**told),
        ),
    )


def _words(dialect: Dialect, rung: str) -> str:
    days, due = dialect.days_since("t.due_on"), dialect.shown("t.due_on")
    return concatenated(CROSSING, rung=f"({rung})", days=days, due=due, urged="t.urged")
