"""Late or often urged tasks climb: each step of the policy is crossed once a deadline, the highest only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.predicates import awaited_sql, standing_sql
from models.sweep.late_arrivals import ARRIVED_LATE
from models.sweep.moves import COMMON, Move, changed, event, perform_all
from models.sweep.statements import Dialect, Pass, concatenated, dialect_of, letters
from models.sweep.unheard_words import unheard_words
from models.urging_reach import counts_in, summed_sql
from rules.letter_words import UrgingReach
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
    """A step that is crossed with the ``urgings``-th urging that came to anybody or is on its way."""

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
    bands = zip([*upto[1:], date.min], upto, strict=True)
    return _cross(session, CrossingTrigger.TIME, zip(steps, bands, strict=True), at.values, _LATE)


@dataclass(frozen=True, slots=True)
class Looked:
    """The day of the last look at urgings that decided anything, and the instant at which it began."""

    since: date
    at: datetime


def cross_urged(session: Session, steps: Sequence[CountStep], looked: Looked | None, at: Pass) -> int:
    """The same for tasks whose urgings reached a step; those that came to nobody do not count.

    Looks at the tasks urged since the last look (None: at all that ever were), and at those of which an
    older urging has come to its body since then.
    """
    if not steps:
        return 0
    first = [step.urgings for step in steps]
    upto = [*(urgings - 1 for urgings in first[1:]), MORE_THAN_EVER]
    bands = list(zip((step.step for step in steps), zip(first, upto, strict=True), strict=True))
    values = {**at.values, "since": looked.since if looked else date.min}
    crossed = _cross(session, CrossingTrigger.COUNT, bands, values, _URGED)
    if looked:
        values["looked_at"] = looked.at
        crossed += _cross(session, CrossingTrigger.COUNT, bands, values, _ARRIVED)
    return crossed


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which tasks cross: the step is equal, the figure in a range; and the partial index that finds them."""

    condition: str
    index: str
    sought: str = "true"  # a condition on other tables besides
    counted: str = "true"  # a condition on the urgings, which ``s`` has summed


_LATE = _Chosen(
    "t.due_on IS NOT NULL AND t.late_step = :below AND t.due_on > :low AND t.due_on <= :high", "ix_task_late"
)
# The task's own counter first: it costs nothing, and few tasks go on to have their urgings counted.
_OFTEN = "t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today"
_STANDS = counts_in("s.summed")
_HEARD = f"t.urged - {_STANDS[UrgingReach.UNREACHED]} BETWEEN :low AND :high"
_URGED = _Chosen(f"{_OFTEN} AND t.last_urged_on >= :since", "ix_task_urge_again", counted=_HEARD)
_ARRIVED = _Chosen(f"{_OFTEN} AND t.last_urged_on < :since", "ix_task_count", ARRIVED_LATE, _HEARD)
_COLUMN = {CrossingTrigger.TIME: "late_step", CrossingTrigger.COUNT: "count_step"}


def _cross(
    session: Session,
    trigger: CrossingTrigger,
    steps: Iterable[tuple[Step, tuple[Any, Any]]],
    values: dict[str, Any],
    chosen: _Chosen,
) -> int:
    """One statement for each step that a task may stand on and each that it may go to."""
    move = _crossing(dialect_of(session), trigger, chosen)
    return sum(
        perform_all(session, move, {**values, **_bound(step), "low": low, "high": high, "below": below})
        for step, (low, high) in steps
        for below in range(step.number)
    )


def _bound(step: Step) -> dict[str, Any]:
    return {
        "step": step.number,
        "rung": step.told.rung.value,
        "label": step.told.rung.label,
        "body": step.told.body,
        "above_rung": step.above.rung.value,
        "above_label": step.above.rung.label,
        "above_body": step.above.body,
    }


def _crossing(dialect: Dialect, trigger: CrossingTrigger, chosen: _Chosen) -> Move:
    column = _COLUMN[trigger]
    known = (
        "NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id"
        f" AND c.trigger = '{trigger.value}' AND c.step = :step AND c.due_on = t.due_on)"
    )
    rung, label, body = (
        f"CASE WHEN t.agency_id = :body THEN CAST(:above_{name} AS varchar) ELSE CAST(:{name} AS varchar) END"
        for name in ("rung", "label", "body")
    )
    return Move(
        f"{awaited_sql('t')} AND {chosen.condition}",
        f"{standing_sql('t')} AND {known} AND {chosen.sought}",
        chosen.index,
        sets=f"{column} = :step",
        columns={
            **COMMON,
            "urged": "t.urged",
            "unreached": _STANDS[UrgingReach.UNREACHED],
            "unsure": _STANDS[UrgingReach.UNSURE],
            "step": "CAST(:step AS integer)",
            "rung": rung,
            "label": label,
            "body": body,
        },  # fmt: skip
        inserts=_written(dialect, trigger, column),
        # Once a task, though the step and the words of the event both ask for it.
        summed={"summed": summed_sql("t.id")},
        kept=chosen.counted,
    )


def _written(dialect: Dialect, trigger: CrossingTrigger, column: str) -> dict[str, str]:
    told = {"trigger": f"'{trigger.value}'", "rung": "rung"}
    key = f"'crossing:' || id || ':' || '{trigger.value}' || ':'"
    return {
        "crossings": "INSERT INTO task_crossing (task_id, trigger, step, due_on, rung, crossed_on)"
        f" SELECT id, '{trigger.value}', step, due_on, rung, :today FROM moved ORDER BY id",
        "events": event("crossed", _words(dialect), changed(dialect, {column: "step"}, step="step", **told)),
        "letters": letters(
            "FROM moved WHERE true ORDER BY id",
            key=f"{key} || step || ':' || {dialect.iso('due_on')}",
            kind="'crossing'",
            agency_id="body",
            task_id="id",
            urgent="urgent",
            number="step",
            due_on="due_on",
        ),
    }


def _words(dialect: Dialect) -> str:
    days, due = dialect.days_since("due_on"), dialect.shown("due_on")
    return concatenated(
        CROSSING, rung="label", days=days, due=due, urged="urged", unheard=f"({unheard_words()})"
    )
