"""What the leadership digest is made of, read in a few queries."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Agency
from models.escalations import EscalationCase
from models.outbox import DigestIssue
from models.register import the_committee
from models.task_facts import case_facts, facts, standing_rules, task_query
from models.tasks import Task
from rules.digest import DigestMatter, DigestWindows, build_digest
from rules.facts import Digest
from rules.vocabulary import CaseState, Rung


def digest_on(session: Session, as_of: date, windows: DigestWindows, reader_id: str | None = None) -> Digest:
    """The digest of ``as_of`` as the rows stand now, for the body that reads it (None: the office)."""
    committee = the_committee(session)
    rungs = {committee.chair_id: Rung.CHAIR, committee.upper_id: Rung.PROVINCE}
    previous = previous_issue(session, as_of)
    reader = rungs.get(reader_id) if reader_id else None
    return build_digest(digest_matter(session, as_of), as_of, previous, windows, reader)


def digest_matter(session: Session, as_of: date) -> DigestMatter:
    """All tasks assigned by ``as_of``, the cases that wait, and the standing rules."""
    tasks = facts(session, task_query().where(Task.assigned_on <= as_of).order_by(Task.id))
    by_id = {task.id: task for task in tasks}
    waiting = session.scalars(
        sa.select(EscalationCase).where(
            EscalationCase.state == CaseState.WAITING, EscalationCase.raised_on <= as_of
        )
    )
    cases = [case_facts(case, by_id[case.task_id], as_of) for case in waiting if case.task_id in by_id]
    committee = session.get_one(Agency, the_committee(session).body_id)
    return DigestMatter(committee.name, tasks, cases, standing_rules(session))


def previous_issue(session: Session, as_of: date) -> date | None:
    """The date of the digest before the one of ``as_of``."""
    return session.scalar(sa.select(sa.func.max(DigestIssue.issued_on)).where(DigestIssue.issued_on < as_of))
