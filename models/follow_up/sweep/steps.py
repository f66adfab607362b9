"""The sweep of a working day: its steps in running order.

``tests/golden/sweep`` has the finished statements of every step on either database.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.follow_up.sweep import confirmations, crossings, ended, papers, reminders, reviews, urgings
from models.follow_up.sweep.sql.dialects import Dialect
from models.follow_up.sweep.sql.statements import Pass, Statements
from rules.follow_up.reminders import Windows
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Rung


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the steps of one pass are about: days, bodies and figures, worked out before the first."""

    at: Pass
    when: Windows
    secretariat_id: str
    sender: str  # the body in whose name it is urged
    paper_from: int  # the first number of a series that stands on a công văn
    seats: Mapping[Rung, str]  # the bodies that decide on cases
    late: Sequence[crossings.ClimbStep]  # one a threshold of ``when.late``
    often: Sequence[crossings.CountClimb]
    looked: crossings.Looked | None  # the last day that was decided; None: there is none
    newest_urging: int  # the last id before this pass
    next_review: date
    asked_until: date | None


@dataclass(frozen=True, slots=True)
class SweepStep:
    """One thing that a day asks: of which kind it writes letters, and by which statements."""

    name: str
    answers: LetterKind
    statements: Callable[[Dialect], Statements]
    run: Callable[[Session, Agenda], int]  # in the caller's transaction; how many letters it wrote


def _raise_ended(session: Session, day: Agenda) -> int:
    return ended.raise_ended(session, day.secretariat_id, day.seats, day.at)


def _remind(session: Session, day: Agenda) -> int:
    return reminders.remind(session, day.when, day.at)


def _urge(session: Session, day: Agenda) -> int:
    return urgings.urge(session, day.when, day.at, day.sender, day.paper_from)


def _ask_to_sign(session: Session, day: Agenda) -> int:
    return papers.ask_to_sign(session, day.secretariat_id, day.at) if _urged_now(session, day) else 0


def _cross(session: Session, day: Agenda) -> int:
    crossed = crossings.cross_late(session, day.when.late, day.late, day.at)
    if day.looked and day.looked.since == day.at.today and not _urged_now(session, day):
        return crossed  # nobody was urged since this day's last pass
    return crossed + crossings.cross_urged(session, day.often, day.looked, day.at)


def _review(session: Session, day: Agenda) -> int:
    return reviews.review(session, day.when, day.at, day.next_review)


def _ask_again(session: Session, day: Agenda) -> int:
    return confirmations.ask_again(session, day.asked_until, day.secretariat_id, day.at)


def _urged_now(session: Session, day: Agenda) -> bool:
    return papers.last_urging(session) != day.newest_urging


#: Urgings come before what their number causes: the paper to sign, the report to a rung above.
STEPS = (
    SweepStep("bodies_ended", LetterKind.BODY_ENDED, ended.statements, _raise_ended),
    SweepStep("reminders", LetterKind.REMINDER, reminders.statements, _remind),
    SweepStep("urgings", LetterKind.URGING, urgings.statements, _urge),
    SweepStep("papers", LetterKind.PAPER_DUE, papers.statements, _ask_to_sign),
    SweepStep("crossings", LetterKind.CROSSING, crossings.statements, _cross),
    SweepStep("reviews", LetterKind.REVIEW, reviews.statements, _review),
    SweepStep("confirmations", LetterKind.CONFIRMATION, confirmations.statements, _ask_again),
)
