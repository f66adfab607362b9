"""What would happen in the coming days, on a copy of the database: nothing is sent, nothing is kept.

The real ``tick`` runs day by day with a post office that only writes down what it is given. Nobody acts
meanwhile: no agency reports, no leader answers. So it shows what a policy does to those who do nothing.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.clock import OFFICE_ZONE
from config.committee import Policy
from config.office import Office
from config.settings import get_settings
from flows.actions.follow_up.tick import tick
from models.db import reading, unit_of_work
from models.facts import code_of
from models.installation.database_copy import copy_database, for_tests
from models.tables.agencies import Agency, Contact
from models.tables.outbox import MessageLetter, Moment, OutboxLetter, OutboxMessage
from notifications.outbox.parcel import Outcome, Parcel
from rules.letter_words import LetterState, OutcomeClass
from rules.outbox.payloads.keys import LetterKind
from rules.refusal import Refusal

MOST_DAYS = 366
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Simulated:
    """One message that would leave: when, to whom, on which channel, about what."""

    at: datetime
    agency: str
    reader: str  # the contact's label
    role: str
    channel: str
    subject: str
    letters: dict[LetterKind, tuple[str, ...]]  # codes of the tasks, as far as a letter is about one


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """One day; ``unreached`` are bodies with letters and no address."""

    day: date
    working: bool
    messages: tuple[Simulated, ...] = ()
    unreached: tuple[str, ...] = ()


@dataclass
class _Recorder:
    """A post office that sends nothing and remembers in which messages it was asked to."""

    carried: list[str] = field(default_factory=list)

    def __call__(self, _address: str, parcel: Parcel) -> Outcome:
        self.carried.append(parcel.message_id)
        return Outcome(OutcomeClass.SENT, "mo-phong", "Mô phỏng, không gửi")

    def take(self) -> list[str]:
        taken, self.carried = self.carried, []
        return taken


def simulate(
    engine: Engine, office: Office, first: date, days: int, policy: Policy | None = None
) -> Iterator[SimulatedDay]:
    """Each of ``days`` days from ``first`` on, under ``policy`` or the present one, as it is reached.

    Raises Refusal before anything is copied: too many days, or days for which there is no calendar.
    """
    _check_days(office, first, days)
    return _days(engine, office if policy is None else replace(office, policy=policy), first, days)


def _check_days(office: Office, first: date, days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(f"Số ngày mô phỏng phải từ 1 đến {MOST_DAYS}.")
    known, last = office.calendar.years, first + timedelta(days=days - 1)
    missing = [year for year in range(first.year, last.year + 1) if year not in known]
    if missing:
        raise Refusal(
            f"Chưa có lịch ngày làm việc năm {missing[0]}: chỉ mô phỏng được trong các năm "
            f"{min(known)}–{max(known)}. Hãy giảm số ngày, hoặc thêm tệp workdays/{missing[0]}.yaml."
        )


def _days(engine: Engine, office: Office, first: date, days: int) -> Iterator[SimulatedDay]:
    with trial_copy(engine) as copy:
        for day in (first + timedelta(days=n) for n in range(days)):
            yield _one_day(copy, office, day)


@contextmanager
def trial_copy(engine: Engine) -> Iterator[Engine]:
    """A copy of the database that has forgotten its own time, gone with the block."""
    with TemporaryDirectory(prefix="dondoc-") as folder:
        copy = copy_database(engine, Path(folder) / "trial.db").execution_options(trial=True)
        try:
            for_tests(copy)  # whatever becomes of the file, it never sends; this engine's letters go nowhere
            with unit_of_work(copy) as session:
                session.execute(sa.delete(Moment))  # on the copy time may go back
            yield copy
        finally:
            copy.dispose()


def _one_day(copy: Engine, office: Office, day: date) -> SimulatedDay:
    post, messages = _Recorder(), []
    for now in _instants(office.policy, day):
        tick(copy, office, now, get_settings(), post)
        messages += _told(copy, post.take(), now)
    return SimulatedDay(day, office.calendar.is_working(day), tuple(messages), _unreached(copy, day))


def _instants(policy: Policy, day: date) -> tuple[datetime, datetime]:
    """The morning's letters, and what comes up until the evening."""
    evening = datetime.combine(day, policy.hours.quiet_from, OFFICE_ZONE) - timedelta(minutes=1)
    return policy.morning_of(day), max(evening, policy.morning_of(day))


def _told(copy: Engine, carried: list[str], now: datetime) -> list[Simulated]:
    found: dict[str, tuple[OutboxMessage, str, str, str]] = {}
    letters: dict[str, dict[LetterKind, list[str]]] = defaultdict(lambda: defaultdict(list))
    with reading(copy) as session:
        for start in range(0, len(carried), _BATCH):
            rows = session.execute(_carried_query(carried[start : start + _BATCH]))
            for message, letter, agency, label, role in rows:
                found[message.message_id] = (message, agency, label, role)
                codes = letters[message.message_id][letter.kind]
                if letter.task_id is not None:
                    codes.append(code_of(letter.task_id))
    return [
        Simulated(
            now,
            agency,
            label,
            role,
            message.channel,
            message.subject,
            {kind: tuple(codes) for kind, codes in letters[key].items()},
        )
        for key in carried
        if key in found
        for message, agency, label, role in [found[key]]
    ]


def _carried_query(message_ids: list[str]) -> sa.Select[tuple[OutboxMessage, OutboxLetter, str, str, str]]:
    return (
        sa.select(OutboxMessage, OutboxLetter, Agency.name, Contact.label, Contact.role)
        .join(MessageLetter, MessageLetter.message_id == OutboxMessage.id)
        .join(OutboxLetter, OutboxLetter.id == MessageLetter.letter_id)
        .join(Agency, Agency.id == OutboxLetter.agency_id)
        .join(Contact, Contact.id == OutboxMessage.contact_id)
        .where(OutboxMessage.message_id.in_(message_ids), OutboxLetter.state != LetterState.OBSOLETE)
        .order_by(OutboxMessage.id, OutboxLetter.id)
    )


def _unreached(copy: Engine, day: date) -> tuple[str, ...]:
    written = datetime.combine(day, time(), OFFICE_ZONE)
    query = (
        sa.select(Agency.name)
        .join(OutboxLetter, OutboxLetter.agency_id == Agency.id)
        .where(OutboxLetter.state == LetterState.NO_CONTACT, OutboxLetter.written_at >= written)
        .distinct()
        .order_by(Agency.name)
    )
    with reading(copy) as session:
        return tuple(session.scalars(query))
