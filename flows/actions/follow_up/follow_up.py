"""The daily follow-up: what is due by now is decided by sets, in one transaction (decision 0006)."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.committee import Policy, policy_text
from flows.actions.deadlines.recount import recount
from flows.actions.escalation.climbs import climb_silent
from flows.actions.escalation.letters import DECIDING, rung_body
from flows.actions.follow_up.climbing import count_steps, time_steps
from flows.actions.trail.policy import note_policy
from models.db import Crossed, one_at_a_time, unit_of_work
from models.follow_up.sweep.crossings import Looked
from models.follow_up.sweep.papers import last_urging
from models.follow_up.sweep.record import decided_before, first_ids, last_letter, missed, note_day, seen_until
from models.follow_up.sweep.sql.statements import Pass
from models.follow_up.sweep.steps import STEPS, Agenda
from models.people.register import agency_names, the_committee
from models.tables.follow_up_days import PolicyVersion
from models.trail.deeds import did_to_many
from notifications.outbox.readers import midnight_of
from rules.follow_up.confirmations import asked_until
from rules.follow_up.reminders import Windows, next_review, windows
from rules.outbox.payloads.keys import LetterKind
from rules.trail.words import TrailNoun

MOST_IDS = 10_000  # of each kind in a report; the count beside them is exact
MOST_CROSSINGS = 3  # of one pass with other people's work; a further one is left to the next tick
CLIMBED = "climbed"


@dataclass(frozen=True, slots=True)
class FollowUpReport:
    """What one pass wrote, by kind of letter: true counts, and ids of at most ``MOST_IDS`` tasks.

    ``climbed`` has cases. ``gap`` are the days before this one on which nobody looked; ``beyond`` is a
    year whose calendar near deadlines would need.
    """

    today: date
    working_day: bool
    counts: dict[str, int] = field(default_factory=dict)
    ids: dict[str, tuple[int, ...]] = field(default_factory=dict)
    gap: tuple[date, ...] = ()
    beyond: int | None = None

    def of(self, kind: str) -> tuple[int, ...]:
        """The ids under ``kind``."""
        return self.ids.get(kind, ())

    @property
    def reminded(self) -> tuple[int, ...]:
        """Tasks reminded."""
        return self.of(LetterKind.REMINDER)

    @property
    def urged(self) -> tuple[int, ...]:
        """Tasks urged."""
        return self.of(LetterKind.URGING)

    @property
    def reviewed(self) -> tuple[int, ...]:
        """Tasks without a deadline to be reviewed."""
        return self.of(LetterKind.REVIEW)

    @property
    def crossed(self) -> tuple[int, ...]:
        """Tasks reported to a rung above."""
        return self.of(LetterKind.CROSSING)

    @property
    def climbed(self) -> tuple[int, ...]:
        """Cases that climbed by silence."""
        return self.of(CLIMBED)


def daily_follow_up(engine: Engine, act: Act) -> FollowUpReport:
    """Decide all that is due at the instant of ``act``; a second pass on the same day decides nothing.

    Everything commits together, the record of the day too. On days off only the day is noted. A pass
    that the database ended because it crossed with somebody's work is done again from the start.
    Raises NoCalendar if this year has no file.
    """
    for _ in range(MOST_CROSSINGS):
        with suppress(Crossed):
            return _pass(engine, act)
    return _pass(engine, act)


def _pass(engine: Engine, act: Act) -> FollowUpReport:
    today, office = act.today, act.office
    when = windows(today, office.policy.rhythm, office.calendar)
    working = office.calendar.is_working(today)
    at = Pass(act, office.policy.morning_of(today))
    counts: dict[str, int] = {}
    ids: dict[str, tuple[int, ...]] = {}
    with unit_of_work(engine) as session:
        one_at_a_time(session, "follow-up")
        since, passes = seen_until(session, today)
        if working:
            recounted = recount(session, act)
            looked = today if passes else decided_before(session, today) or since
            counts, ids = _decide(session, _agenda(session, at, when, looked))
            if recounted:
                counts[LetterKind.CALENDAR] = recounted
        policy = recorded(office.policy, act.now)
        if working:
            note_policy(session, act, policy.digest)
        note_day(session, at, since, policy, counts)
        gap = () if passes else missed(since, today)
        return FollowUpReport(today, working, counts, ids, gap, when.beyond)


def recorded(policy: Policy, now: datetime) -> PolicyVersion:
    """The policy as it is kept beside the days that were followed under it."""
    text = policy_text(policy)
    return PolicyVersion(digest=sha256(text.encode()).hexdigest(), text=text, first_used_at=now)


def _agenda(session: Session, at: Pass, when: Windows, looked: date | None) -> Agenda:
    """What the steps of this pass need to know; ``looked`` is the last day that was decided."""
    committee, office = the_committee(session), at.act.office
    policy, secretariat = office.policy, committee.secretariat_id
    every = policy.confirmation.remind_every_working_days
    return Agenda(
        at,
        when,
        secretariat,
        sender=agency_names(session, [secretariat])[secretariat],
        paper_from=policy.urging.paper_from,
        seats={rung: rung_body(rung, committee) for rung in DECIDING},
        late=time_steps(when.late, committee),
        often=count_steps(policy, committee),
        # Urgings of that day, and what has left since, may be news.
        looked=Looked(looked, midnight_of(looked)) if looked else None,
        newest_urging=last_urging(session),
        next_review=next_review(at.today, policy.rhythm),
        asked_until=asked_until(at.today, every, office.calendar),
    )


def _decide(session: Session, day: Agenda) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Every step of a working day, then the cases on which a rung has kept silent."""
    counts: dict[str, int] = {}
    ids: dict[str, tuple[int, ...]] = {}
    newest = last_letter(session)
    for step in STEPS:
        kind, written = step.answers, step.run(session, day)
        counts[kind] = written
        ids[kind] = first_ids(session, newest, kind, day.at, MOST_IDS) if written else ()
        did_to_many(session, day.at.act, TrailNoun.TASK, ids[kind], f"letter_{kind}", written)
    ids[CLIMBED] = tuple(climb_silent(session, day.at.act))
    counts[CLIMBED] = len(ids[CLIMBED])
    return counts, ids
