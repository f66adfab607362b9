"""The daily follow-up: what is due by now is decided by sets, in one transaction (decision 0006)."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from config.clock import office_day
from config.committee import Policy
from config.office import Office
from flows.actions.climbing import count_steps, time_steps
from flows.actions.escalate import climb_silent
from flows.actions.escalation_letters import DECIDING, rung_body
from flows.actions.recount import recount
from models.agencies import Committee
from models.db import Crossed, one_at_a_time, unit_of_work
from models.follow_up_days import PolicyVersion
from models.register import agency_names, the_committee
from models.sweep.confirmations import ask_again
from models.sweep.crossings import Looked, cross_late, cross_urged
from models.sweep.ended import raise_ended
from models.sweep.papers import ask_to_sign, last_urging
from models.sweep.record import decided_before, first_ids, last_letter, missed, note_day, seen_until
from models.sweep.reminders import remind
from models.sweep.reviews import review
from models.sweep.statements import Pass
from models.sweep.urgings import urge
from notifications.readers import midnight_of
from rules.confirmations import asked_until
from rules.letter_words import LetterKind
from rules.reminders import Windows, next_review, windows

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


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the steps of one pass share.

    ``looked`` is the last day that was decided (None: there is none), whose urgings and what has left
    since may be news; ``newest_urging`` is the last id before this pass.
    """

    session: Session
    when: Windows
    at: Pass
    office: Office
    committee: Committee
    looked: date | None
    newest_urging: int


def daily_follow_up(engine: Engine, now: datetime, office: Office) -> FollowUpReport:
    """Decide all that is due by ``now``; a second pass on the same day decides nothing.

    Everything commits together, the record of the day too. On days off only the day is noted. A pass
    that the database ended because it crossed with somebody's work is done again from the start.
    Raises NoCalendar if this year has no file.
    """
    for _ in range(MOST_CROSSINGS):
        with suppress(Crossed):
            return _pass(engine, now, office)
    return _pass(engine, now, office)


def _pass(engine: Engine, now: datetime, office: Office) -> FollowUpReport:
    today = office_day(now)
    when = windows(today, office.policy.rhythm, office.calendar)
    working = office.calendar.is_working(today)
    at = Pass(now, today, office.policy.morning_of(today))
    counts: dict[str, int] = {}
    ids: dict[str, tuple[int, ...]] = {}
    with unit_of_work(engine) as session:
        one_at_a_time(session, "follow-up")
        since, passes = seen_until(session, today)
        if working:
            recounted = recount(session, now, office)
            looked = today if passes else decided_before(session, today) or since
            committee, newest = the_committee(session), last_urging(session)
            counts, ids = _decide(_Desk(session, when, at, office, committee, looked, newest))
            if recounted:
                counts[LetterKind.CALENDAR] = recounted
        note_day(session, at, since, recorded(office.policy, now), counts)
        gap = () if passes else missed(since, today)
        return FollowUpReport(today, working, counts, ids, gap, when.beyond)


def recorded(policy: Policy, now: datetime) -> PolicyVersion:
    """The policy as it is kept beside the days that were followed under it."""
    text = json.dumps(policy.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return PolicyVersion(digest=sha256(text.encode()).hexdigest(), text=text, first_used_at=now)


def _decide(desk: _Desk) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Every step of a working day. Urgings come before what their number causes."""
    counts: dict[str, int] = {}
    ids: dict[str, tuple[int, ...]] = {}
    steps: dict[str, Callable[[_Desk], int]] = {
        LetterKind.BODY_ENDED: _raise_ended,
        LetterKind.REMINDER: lambda of: remind(of.session, of.when, of.at),
        LetterKind.URGING: _urge,
        LetterKind.PAPER_DUE: _ask_to_sign,
        LetterKind.CROSSING: _cross,
        LetterKind.REVIEW: _review,
        LetterKind.CONFIRMATION: _ask_again,
    }
    newest = last_letter(desk.session)
    for kind, step in steps.items():
        counts[kind] = step(desk)
        ids[kind] = first_ids(desk.session, newest, kind, desk.at, MOST_IDS) if counts[kind] else ()
    ids[CLIMBED] = tuple(climb_silent(desk.session, by_clock(desk.at.now, desk.office)))
    counts[CLIMBED] = len(ids[CLIMBED])
    return counts, ids


def _raise_ended(desk: _Desk) -> int:
    seats = {rung: rung_body(rung, desk.committee) for rung in DECIDING}
    return raise_ended(desk.session, desk.committee.secretariat_id, seats, desk.at)


def _urge(desk: _Desk) -> int:
    secretariat = desk.committee.secretariat_id
    sender = agency_names(desk.session, [secretariat])[secretariat]
    return urge(desk.session, desk.when, desk.at, sender, desk.office.policy.urging.paper_from)


def _ask_to_sign(desk: _Desk) -> int:
    if last_urging(desk.session) == desk.newest_urging:
        return 0
    return ask_to_sign(desk.session, desk.committee.secretariat_id, desk.at)


def _cross(desk: _Desk) -> int:
    late = desk.when.late
    crossed = cross_late(desk.session, late, time_steps(late, desk.committee), desk.at)
    if desk.looked == desk.at.today and last_urging(desk.session) == desk.newest_urging:
        return crossed  # nobody was urged since this day's last pass
    often = count_steps(desk.office.policy, desk.committee)
    looked = Looked(desk.looked, midnight_of(desk.looked)) if desk.looked else None
    return crossed + cross_urged(desk.session, often, looked, desk.at)


def _review(desk: _Desk) -> int:
    following = next_review(desk.at.today, desk.office.policy.rhythm)
    return review(desk.session, desk.when, desk.at, following)


def _ask_again(desk: _Desk) -> int:
    every = desk.office.policy.confirmation.remind_every_working_days
    until = asked_until(desk.at.today, every, desk.office.calendar)
    if until is None:
        return 0
    return ask_again(desk.session, until, desk.committee.secretariat_id, desk.at)
