"""What a pass leaves on record: the day, under which policy, what it wrote; and the figures it reports."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import DATED_SQL
from models.follow_up.sweep.sql.statements import Pass, Value, highest_id, rows_of
from models.tables.follow_up_days import FollowUpDay, PolicyVersion

ONE_DAY = timedelta(days=1)
MOST_DAYS_OFF = 60  # in a row; Tết has nine


def seen_until(session: Session, today: date) -> tuple[date | None, bool]:
    """The last day before ``today`` on which the follow-up ran, and whether it already ran today."""
    before = session.scalar(sa.select(sa.func.max(FollowUpDay.day)).where(FollowUpDay.day < today))
    return before, session.get(FollowUpDay, today) is not None


def decided_before(session: Session, today: date) -> date | None:
    """The last day before ``today`` on which a pass decided; days off are only noted, with no counts."""
    query = sa.select(FollowUpDay).where(FollowUpDay.day < today).order_by(FollowUpDay.day.desc())
    rows = session.scalars(query.limit(MOST_DAYS_OFF))
    return next((row.day for row in rows if row.counts), None)


def missed(since: date | None, today: date) -> tuple[date, ...]:
    """The calendar days between ``since`` and ``today`` on which nobody looked."""
    if since is None:
        return ()
    return tuple(since + timedelta(days=n) for n in range(1, (today - since).days))


def note_day(
    session: Session, at: Pass, since: date | None, policy: PolicyVersion, counts: dict[str, int]
) -> None:
    """Put this pass on record; the counts of a day's passes are added up.

    Days off are noted too, or a holiday would look like downtime.
    """
    if session.get(PolicyVersion, policy.digest) is None:
        session.add(policy)
        session.flush()
    row = session.get(FollowUpDay, at.today) or FollowUpDay(
        day=at.today, since=since, first_at=at.now, last_at=at.now, policy_digest=policy.digest
    )
    row.last_at, row.policy_digest = at.now, policy.digest
    known = row.counts
    row.counts = {name: known.get(name, 0) + counts.get(name, 0) for name in sorted({*known, *counts})}
    session.add(row)


def last_letter(session: Session) -> int:
    """The id of the newest letter so far."""
    return highest_id(session, "outbox_letter")


def first_ids(session: Session, since: int, kind: str, at: Pass, most: int) -> tuple[int, ...]:
    """The tasks of letters of ``kind`` that this pass wrote above letter ``since``: at most ``most``."""
    query = (
        "SELECT task_id FROM outbox_letter WHERE id > :since AND kind = :kind AND written_at = :now"
        " AND task_id IS NOT NULL ORDER BY id LIMIT :most"
    )
    values: dict[str, Value] = {"since": since, "kind": str(kind), "now": at.now, "most": most}
    return tuple(row[0] for row in rows_of(session, query, values))


def overdue(session: Session, today: date, most: int) -> tuple[int, tuple[int, ...]]:
    """How many awaited tasks are past their deadline on ``today``, and the ids of the oldest."""
    late = f"FROM task WHERE {DATED_SQL} AND due_on < :today"
    query = f"SELECT id {late} ORDER BY due_on, id LIMIT :most"
    ids = tuple(row[0] for row in rows_of(session, query, {"today": today, "most": most}))
    if len(ids) < most:
        return len(ids), ids
    [[count]] = rows_of(session, f"SELECT count(*) {late}", {"today": today})
    return int(count), ids
