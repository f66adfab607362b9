"""Late or often urged tasks climb: each step of the policy is crossed once a deadline, the highest only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlmodel import Session

from models.database.predicates import awaited_sql, standing_sql
from models.follow_up.sweep.sql.dialects import Dialect, dialect_of
from models.follow_up.sweep.sql.inserts import changed, common, concatenated, letters
from models.follow_up.sweep.sql.late_arrivals import ARRIVED_LATE
from models.follow_up.sweep.sql.layout import all_of, inserted, quoted
from models.follow_up.sweep.sql.moves import SetMove, event
from models.follow_up.sweep.sql.statements import Pass, Statements, Value, Values, together
from models.follow_up.sweep.sql.unheard_words import unheard_words
from models.follow_up.urging_reach import counts_in, summed_sql
from rules.deadlines.wording import CROSSING
from rules.follow_up.reminders import Threshold
from rules.letter_words import UrgingReach
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.tasks.event_data import CrossedData
from rules.vocabulary import CrossingTrigger, EventKind, Rung

MORE_THAN_EVER = 1_000_000  # urgings


@dataclass(frozen=True, slots=True)
class ClimbTold:
    """Who is told of a step: the rung and its body."""

    rung: Rung
    body: str


@dataclass(frozen=True, slots=True)
class ClimbStep:
    """A step of climbing, counted from 1; ``above`` is told where the lead agency stands on the rung."""

    number: int
    told: ClimbTold
    above: ClimbTold


@dataclass(frozen=True, slots=True)
class CountClimb:
    """A step that is crossed with the ``urgings``-th urging that came to anybody or is on its way."""

    step: ClimbStep
    urgings: int


def cross_late(
    session: Session, thresholds: Sequence[Threshold], steps: Sequence[ClimbStep], at: Pass
) -> int:
    """Report every task that has passed a threshold of being late; returns how many crossings that is.

    ``steps`` are those of ``thresholds``, mildest first. A task that jumped over several (after
    downtime, or under a new policy) crosses only the highest.
    """
    if not thresholds:
        return 0
    upto = [line.due_on_or_before for line in thresholds]
    bands = zip([*upto[1:], date.min], upto, strict=True)
    return _cross(session, _LATE, zip(steps, bands, strict=True), at.values)


@dataclass(frozen=True, slots=True)
class Looked:
    """The day of the last look at urgings that decided anything, and the instant at which it began."""

    since: date
    at: datetime


def cross_urged(session: Session, steps: Sequence[CountClimb], looked: Looked | None, at: Pass) -> int:
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
    crossed = _cross(session, _URGED, bands, values)
    if looked:
        crossed += _cross(session, _ARRIVED, bands, {**values, "looked_at": looked.at})
    return crossed


def statements(dialect: Dialect) -> Statements:
    """Three moves, each made for every step that a task may stand on and every one that it may go to."""
    late, urged, arrived = (_moving(dialect, chosen) for chosen in (_LATE, _URGED, _ARRIVED))
    return together(late=late, urged=urged, arrived=arrived)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Which tasks cross: the step is equal, the figure in a range; and the partial index that finds them."""

    trigger: CrossingTrigger
    condition: str
    index: str
    sought: str = ""  # a condition on other tables besides
    counted: str = ""  # a condition on the urgings, which ``s`` has summed


_COLUMN = {CrossingTrigger.TIME: "late_step", CrossingTrigger.COUNT: "count_step"}
_STANDS = counts_in("s.summed")
_LATE = _Chosen(
    CrossingTrigger.TIME,
    "t.due_on IS NOT NULL AND t.late_step = :below AND t.due_on > :low AND t.due_on <= :high",
    "ix_task_late",
)
# The task's own counter first: it costs nothing, and few tasks go on to have their urgings counted.
_OFTEN = "t.last_urged_on IS NOT NULL AND t.count_step = :below AND t.urged >= :low AND t.due_on < :today"
_HEARD = f"t.urged - {_STANDS[UrgingReach.UNREACHED]} BETWEEN :low AND :high"
_URGED = _Chosen(
    CrossingTrigger.COUNT, f"{_OFTEN} AND t.last_urged_on >= :since", "ix_task_urge_again", counted=_HEARD
)
_ARRIVED = _Chosen(
    CrossingTrigger.COUNT, f"{_OFTEN} AND t.last_urged_on < :since", "ix_task_count", ARRIVED_LATE, _HEARD
)


def _cross(
    session: Session, chosen: _Chosen, steps: Iterable[tuple[ClimbStep, tuple[Value, Value]]], values: Values
) -> int:
    """One move for each step that a task may stand on and each that it may go to."""
    dialect = dialect_of(session)
    moving = _moving(dialect, chosen)
    return sum(
        dialect.perform(session, moving, {**values, **_bound(step), "low": low, "high": high, "below": below})
        for step, (low, high) in steps
        for below in range(step.number)
    )


def _bound(step: ClimbStep) -> Values:
    return {
        "step": step.number,
        "rung": step.told.rung.value,
        "label": step.told.rung.label,
        "body": step.told.body,
        "above_rung": step.above.rung.value,
        "above_label": step.above.rung.label,
        "above_body": step.above.body,
    }


@cache
def _moving(dialect: Dialect, chosen: _Chosen) -> Statements:
    return dialect.moving(_crossing(dialect, chosen))


def _crossing(dialect: Dialect, chosen: _Chosen) -> SetMove:
    column = _COLUMN[chosen.trigger]
    known = (
        "NOT EXISTS (SELECT 1 FROM task_crossing c WHERE c.task_id = t.id"
        f" AND c.trigger = {quoted(chosen.trigger.value)} AND c.step = :step AND c.due_on = t.due_on)"
    )
    return SetMove(
        all_of(awaited_sql("t"), chosen.condition),
        all_of(standing_sql("t"), known, chosen.sought),
        chosen.index,
        sets=f"{column} = :step",
        columns={
            **common(dialect),
            "urged": "t.urged",
            "unreached": _STANDS[UrgingReach.UNREACHED],
            "unsure": _STANDS[UrgingReach.UNSURE],
            "step": "CAST(:step AS integer)",
            **{name: _told(name) for name in ("rung", "label", "body")},
        },
        inserts={
            "crossings": _rows(chosen.trigger),
            "events": _event(dialect, chosen.trigger),
            "letters": _letters(dialect, chosen.trigger),
        },
        # Once a task, though the step and the words of the event both ask for it.
        summed={"summed": summed_sql("t.id")},
        kept=chosen.counted,
    )


def _told(name: str) -> str:
    return (
        f"CASE WHEN t.agency_id = :body THEN CAST(:above_{name} AS varchar) ELSE CAST(:{name} AS varchar) END"
    )


def _rows(trigger: CrossingTrigger) -> str:
    columns = {
        "task_id": "id",
        "trigger": quoted(trigger.value),
        "step": "step",
        "due_on": "due_on",
        "rung": "rung",
        "crossed_on": ":today",
    }
    return inserted("INSERT INTO task_crossing", columns, "FROM moved\nORDER BY id")


def _event(dialect: Dialect, trigger: CrossingTrigger) -> str:
    days, due = dialect.days_since("due_on"), dialect.shown("due_on")
    unheard = f"({unheard_words()})"
    words = concatenated(CROSSING, rung="label", days=days, due=due, urged="urged", unheard=unheard)
    told = {"step": "step", "trigger": quoted(trigger.value), "rung": "rung"}
    return event(EventKind.CROSSED, words, changed(dialect, CrossedData, {_COLUMN[trigger]: "step"}, **told))


def _letters(dialect: Dialect, trigger: CrossingTrigger) -> str:
    return letters(
        LetterKind.CROSSING,
        "FROM moved\nWHERE true\nORDER BY id",
        key=keys.crossing.sql(
            task_id="id", trigger=quoted(trigger.value), step="step", due_on=dialect.iso("due_on")
        ),
        agency_id="body",
        task_id="id",
        urgent="urgent",
        number="step",
        due_on="due_on",
    )
