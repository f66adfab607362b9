"""Open tasks go to another lead or to the body that took over: previewed, logged, all or none.

Source: design of follow-up, "Who is asked"; decision 0008.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_day
from flows.actions.people.given_work import check_given_work
from flows.actions.tasks.handing_over.hand_over_task import hand_over_one
from models.db import one_at_a_time, reading, unit_of_work
from models.facts import code_of
from models.people.register import load_registry
from models.tables.agencies import Agency
from models.tables.hand_overs import HandOver
from models.tables.tasks import Task
from models.tasks.moving_tasks import BATCH, plan_of, standing_now
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.tasks.hand_overs import HandOverPlan, changed_since
from rules.tasks.remarks import remark
from rules.text.incoming import cleaned
from rules.vocabulary import EventKind

_MOST_NAMED = 5


def preview_hand_over(
    engine: Engine, from_id: str, to_id: str, now: datetime, task_ids: Sequence[int] | None = None
) -> HandOverPlan:
    """What would move from one body to another: every open task, or the given ones. Writes nothing.

    Raises NotAllowed for a body that cannot take tasks on, NotFound for one that is unknown.
    """
    with reading(engine) as session:
        check_bodies(session, from_id, to_id, now)
        return plan_of(session, from_id, to_id, task_ids)


def hand_over(engine: Engine, plan: HandOverPlan, legal_basis: str, reason: str, act: Act) -> int:
    """Carry a previewed plan out; returns the id of its ``hand_over`` row.

    Its author is the capacity of the act: whoever draws the hand-over up, as typed.
    One task that has changed since the preview refuses the whole. Raises NotAllowed, NotFound; then
    nothing has changed.
    """
    basis = remark(EventKind.HANDED_OVER, legal_basis)
    said = remark(EventKind.HANDED_OVER, reason, needed=False)
    if not plan.tasks:
        raise NotAllowed("Không có nhiệm vụ nào để chuyển giao.")
    with unit_of_work(engine) as session:
        one_at_a_time(session, "hand-over")
        check_bodies(session, plan.from_agency_id, plan.to_agency_id, act.now)
        looked_at = _tasks_of(session, plan)  # before the check: what moves after it fails at the swap
        _check_unchanged(session, plan)
        row = _record(plan, basis, said, act)
        session.add(row)
        session.flush()
        assert row.id is not None
        assert len(looked_at) == len(plan.tasks)
        told = [hand_over_one(session, moving, row, act) for moving in plan.tasks]
        _write(session, [letter for letters in told for letter in letters], act.now)
        return row.id


def _record(plan: HandOverPlan, basis: str, said: str, act: Act) -> HandOver:
    return HandOver(
        made_at=act.now,
        made_on=act.today,
        from_agency_id=plan.from_agency_id,
        to_agency_id=plan.to_agency_id,
        legal_basis=basis,
        reason=said,
        author=cleaned(act.capacity).strip(),
    )


def successors_of(engine: Engine, from_id: str, now: datetime) -> tuple[str, ...]:
    """Ids of the bodies that the register names as successors by today: whom to offer first."""
    with reading(engine) as session:
        registry = load_registry(session)
        if from_id not in registry:
            raise NotFound(f"Không có cơ quan «{from_id[:40]}» trong danh mục.")
        return tuple(link.body_id for link in registry.successors(from_id, office_day(now)))


def _write(session: Session, letters: list[NewLetter], now: datetime) -> None:
    for start in range(0, len(letters), BATCH):
        enqueue(session, letters[start : start + BATCH], now)


def check_bodies(session: Session, from_id: str, to_id: str, now: datetime) -> None:
    """Whether open tasks may go from one body to another today. Raises NotAllowed, NotFound."""
    if session.get(Agency, from_id) is None:
        raise NotFound(f"Không có cơ quan «{from_id[:40]}» trong danh mục.")
    if from_id == to_id:
        raise NotAllowed("Cơ quan nhận chính là cơ quan đang chủ trì.")
    check_given_work(session, [to_id], office_day(now))


def _tasks_of(session: Session, plan: HandOverPlan) -> dict[int, Task]:
    """The plan's tasks as they are now; as long as they are kept, ``find_task`` gives these."""
    wanted = [moving.task_id for moving in plan.tasks]
    batches = (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
    found = (task for ids in batches for task in session.scalars(sa.select(Task).where(Task.id.in_(ids))))
    return {task.id or 0: task for task in found}


def _check_unchanged(session: Session, plan: HandOverPlan) -> None:
    changed = changed_since(plan, standing_now(session, plan))
    if changed:
        named = ", ".join(code_of(key) for key in changed[:_MOST_NAMED])
        more = f" và {len(changed) - _MOST_NAMED} nhiệm vụ khác" if len(changed) > _MOST_NAMED else ""
        raise Overtaken(f"{named}{more} đã thay đổi sau khi xem trước; chưa chuyển giao, hãy xem trước lại.")
