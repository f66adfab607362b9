"""The leadership digest: built from rows for any day, issued on its weekday and ahead of a meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_time
from config.office import Office
from models.committee.meetings_listed import MeetingListed, meetings_from
from models.db import one_at_a_time, unit_of_work
from models.follow_up.digest_matter import digest_on
from models.people.register import the_committee
from models.tables.outbox import DigestIssue
from models.tables.tasks import Task
from models.trail.chain import head
from models.trail.deeds import did_to_many
from notifications.outbox.enqueue import NewLetter, enqueue
from rules.facts import Digest
from rules.follow_up.digest_days import DigestDue, digest_due, first_ahead
from rules.outbox.payloads import keys
from rules.outbox.payloads.office import Digest as DigestLetter
from rules.trail.words import TrailNoun


@dataclass(frozen=True, slots=True)
class DigestReport:
    """Whether a digest was due, to whom it was written, and the days of the meetings it is ahead of."""

    issued_on: date | None = None
    counts: dict[str, int] | None = None
    recipients: tuple[str, ...] = ()
    meetings: tuple[date, ...] = ()


def digest_of(session: Session, as_of: date, office: Office, most: int | None = None) -> Digest:
    """The digest of ``as_of`` as the rows stand now, with at most ``most`` rows a section.

    Without ``most`` they are as many as the policy wants; the headings count all in any case.
    """
    rows = office.policy.digest.rows_per_section if most is None else most
    return digest_on(session, as_of, office.policy.digest_windows, most=rows)


def send_digest(engine: Engine, act: Act) -> DigestReport:
    """Write the digest that is due by now to the chair and to the province, once. Safe to run late.

    It is due on its weekday and ahead of a meeting (``rules/follow_up/digest_days.py``), once a day at most.
    """
    today, office, leaves_at = act.today, act.office, _leaves_at(act)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "digest")
        ahead = meetings_from(session, first_ahead(office_time(leaves_at)))
        due = _due(today, ahead, office)
        if due is None or _issued_since(session, due.since) or not _anything_by(session, due.since):
            return DigestReport()
        committee = the_committee(session)
        counts = counts_of(digest_of(session, today, office, most=0))
        session.add(DigestIssue(issued_on=today, counts=counts))
        readers = tuple(dict.fromkeys((committee.chair_id, committee.upper_id)))
        end = head(session)
        ids = tuple(meeting.id or 0 for meeting in ahead if meeting.held_on in due.meetings)
        told = DigestLetter(ids, end.count, end.digest if end.count else "")
        enqueue(session, [_letter(reader, today, leaves_at, told) for reader in readers], act.now)
        did_to_many(session, act, TrailNoun.LETTER, [f"{today}"], "digest", len(readers))
    return DigestReport(today, counts, readers, due.meetings)


def _due(today: date, ahead: Iterable[MeetingListed], office: Office) -> DigestDue | None:
    policy = office.policy.digest
    days = [meeting.held_on for meeting in ahead]
    return digest_due(today, policy.weekday, policy.before_meeting_working_days, days, office.calendar)


def counts_of(digest: Digest) -> dict[str, int]:
    """The heading's figures: how many rows each section has, shown or not."""
    names = (
        "decisions",
        "urged_often",
        "due_7",
        "due_14",
        "no_deadline_old",
        "silent",
        "waiting_confirmation",
        "done_since",
    )
    counts = {name: digest.count(name) for name in names}
    return counts | {"overdue": digest.overdue_count, "agencies": digest.count("league")}


def _issued_since(session: Session, day: date) -> bool:
    return session.scalar(sa.select(DigestIssue.issued_on).where(DigestIssue.issued_on >= day)) is not None


def _anything_by(session: Session, day: date) -> bool:
    """Whether there was a task by ``day``: the first digest waits for its own day."""
    first = session.scalar(sa.select(sa.func.min(Task.assigned_on)))
    return first is not None and first <= day


def _leaves_at(act: Act) -> datetime:
    """When a digest written now goes out: not in the evening, and a meeting may be over by then."""
    policy = act.office.policy
    return policy.soonest(max(act.now, policy.morning_of(act.today)), act.office.calendar)


def _letter(reader: str, today: date, leaves_at: datetime, told: DigestLetter) -> NewLetter:
    return NewLetter(
        key=keys.digest(today, reader),
        payload=told,
        agency_id=reader,
        scheduled_on=today,
        not_before=leaves_at,
    )
