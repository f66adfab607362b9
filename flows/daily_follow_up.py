"""Sweep: the follow-up of the day. Reminders, numbered urgings, reviews, silent cases climb."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from prefect import flow
from prefect.client.schemas.objects import State
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.follow_up import follow_up
from flows.events import MOST_IDS, CasesMoved, RungReached, TasksOverdue, ids_payload
from flows.sweeping import (
    GivenInstant,
    Signal,
    Swept,
    listed,
    retried_step,
    run_name,
    swept_alone,
    through_the_door,
)
from flows.terminal.tick_words import follow_up_notes
from models.db import reading
from models.facts import code_of
from models.follow_up.sweep.record import overdue
from models.tables.cases import EscalationStep
from notifications.letters.kit.filters import grouped
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import EventKind

SLUG = "daily-follow-up"
TITLE = "Đôn đốc hằng ngày"
DESCRIPTION = "Nhắc việc, đôn đốc, rà soát và chuyển cấp trên những việc quá hạn trả lời."

# The morning sees what came after yesterday's sweep; a case may be named on two mornings, none is
# left out unless no sweep ran for a whole day. Pages and digest do not depend on these events.
SEEN_BACK = timedelta(days=1)

#: What a pass wrote, as the artifact lists it.
WRITTEN = (
    (LetterKind.BODY_ENDED, "Nhiệm vụ của cơ quan đã kết thúc hoạt động"),
    (LetterKind.CALENDAR, "Thời hạn tính lại theo lịch nghỉ"),
    (LetterKind.REMINDER, "Nhắc việc"),
    (LetterKind.URGING, "Đôn đốc"),
    (LetterKind.PAPER_DUE, "Công văn đôn đốc chờ ký"),
    (LetterKind.CROSSING, "Báo cáo cấp trên vì chậm"),
    (LetterKind.REVIEW, "Rà soát việc không thời hạn"),
    (LetterKind.CONFIRMATION, "Đề nghị lại việc xác nhận"),
)
#: ... and as the run's one line sums it up.
SAID = (
    (LetterKind.REMINDER, "Nhắc"),
    (LetterKind.URGING, "đôn đốc"),
    (LetterKind.REVIEW, "rà soát"),
    (LetterKind.CROSSING, "báo cáo chậm"),
    (follow_up.CLIMBED, "chuyển cấp trên"),
)


@flow(name=SLUG, description=DESCRIPTION, flow_run_name=run_name(TITLE), retries=0, persist_result=False)
def daily_follow_up(now: GivenInstant | None = None) -> State[Swept]:
    """Decide all that is due by ``now``, or by the database's present. Safe to run twice a day."""
    return through_the_door(SLUG, TITLE, decide, now)


# One transaction with unique keys: what failed left nothing, what committed is not repeated.
@retried_step
def decide(now: datetime | None) -> Swept:
    """One pass over the day."""
    return swept_alone("daily_follow_up", now, _sweep)


def _sweep(engine: Engine, act: Act) -> Swept:
    report = follow_up.daily_follow_up(engine, act)
    counts = report.counts
    with reading(engine) as session:
        late = overdue(session, report.today, MOST_IDS)
    rows = (
        ("Ngày", f"{report.today:%d/%m/%Y} ({'làm việc' if report.working_day else 'nghỉ'})"),
        *(("Lưu ý", note) for note in follow_up_notes(report)),
        *((label, _codes(report, kind)) for kind, label in WRITTEN),
        ("Việc trình chuyển cấp trên", f"{len(report.climbed)}: {listed(map(str, report.climbed))}"),
        ("Đang quá hạn", _listed(*late)),
    )
    said = ", ".join(f"{words} {grouped(counts.get(kind, 0))}" for kind, words in SAID)
    summary = f"{said}; đang quá hạn {grouped(late[0])}."
    signals = (*_overdue(report.today, *late), *_escalations(engine, report.today))
    return Swept(act.now, summary, rows, signals)


def _codes(report: follow_up.FollowUpReport, kind: str) -> str:
    return _listed(report.counts.get(kind, 0), report.of(kind))


def _listed(count: int, ids: tuple[int, ...]) -> str:
    words = grouped(count)
    return f"{words}: {listed(map(code_of, ids), total=count)}" if ids else words


def _overdue(today: date, count: int, ids: tuple[int, ...]) -> tuple[Signal, ...]:
    """What is late today, oldest first."""
    told = TasksOverdue(day=today.isoformat(), count=count, ids=list(ids))
    return (Signal("dondoc.tasks.overdue", told),) if ids else ()


def _escalations(engine: Engine, today: date) -> tuple[Signal, ...]:
    kinds = {
        "dondoc.escalation.raised": (EventKind.ESCALATED, EventKind.CLIMBED),
        "dondoc.escalation.decided": (EventKind.DECIDED,),
    }
    with reading(engine) as session:
        query = (
            sa.select(EscalationStep)
            .where(EscalationStep.happened_on.between(today - SEEN_BACK, today))
            .order_by(EscalationStep.id)
        )
        steps = list(session.scalars(query))
    signals = ((name, [one for one in steps if one.kind in kind]) for name, kind in kinds.items())
    return tuple(Signal(name, _cases(found)) for name, found in signals if found)


def _cases(steps: list[EscalationStep]) -> CasesMoved:
    """The cases, and each rung reached: case, place in its history, kind, rung, day."""
    history: list[RungReached] = [
        {"case": one.case_id, "seq": one.seq, "kind": one.kind, "rung": one.rung, "day": f"{one.happened_on}"}
        for one in steps[:MOST_IDS]
    ]
    return {**ids_payload(dict.fromkeys(one.case_id for one in steps)), "steps": history}
