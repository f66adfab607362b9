"""Laws of who gets letters, whatever seats and absences there are: asked of an evaluation of its own."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from config.act import by_clock
from config.policy_parts import BundlingPolicy
from models.db import unit_of_work
from models.tables.people import Absence, Person
from models.tables.tasks import Task
from notifications.delivery.deliver import deliver
from notifications.outbox.parcel import Parcel
from tests.cast import (
    FINANCE,
    SENT,
    TRADE,
    Postman,
    at,
    directive,
    issue,
    move_in,
    office,
    office_with,
    rows,
    settings,
)
from tests.notifications.delivery.test_delivery import import_contacts
from tests.notifications.delivery.test_delivery_trouble import BUSY
from tests.notifications.delivery.test_readers_at_sending import OFFICE, clerk
from tests.notifications.seats import away, person, seat

BODIES = (FINANCE, TRADE)
MONDAY, DAYS = date(2022, 8, 15), 3
OFFICES = {"smtpmail://stc@x.example": FINANCE}  # trade has no mailbox
#: Nobody has had enough of a day: what waits for a reader comes with the day's.
UNCAPPED = office_with(office().policy.model_copy(update={"bundling": BundlingPolicy(messages_a_day=100)}))
_CODE = re.compile(r"GN-\d{4}")


@dataclass(frozen=True)
class Span:
    """A seat of person ``who`` at a body, or an absence with a deputy; from a day to a day of the example."""

    who: int
    first: int
    last: int
    body: str = ""
    deputy: int = 0

    def on(self, day: int) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class World:
    """Three persons; on which days whose mailbox does not answer."""

    seats: tuple[Span, ...]
    absences: tuple[Span, ...]
    busy: frozenset[tuple[int, int]]

    def may_read(self, who: int, body: str, day: int) -> bool:
        """By the words of the issue: a running seat, or that of somebody absent, and a seat of one's own.

        Whose deputy sits nowhere is not absent as far as letters go: nothing is lost.
        """
        runs = [one for one in self.seats if one.on(day)]
        here, seated = {one.who for one in runs if one.body == body}, {one.who for one in runs}
        gone = {one.who: one.deputy for one in self.absences if one.on(day) and one.deputy in seated}
        own = who in here and who not in gone
        return own or any(absent in here and gone[absent] == who for absent in gone)


who, days = st.integers(0, 2), st.integers(0, DAYS - 1)
spans = st.builds(
    lambda one, first, length, body, deputy: Span(one, first, first + length, body, deputy),
    who, days, st.integers(0, DAYS), st.sampled_from(BODIES), who,
)  # fmt: skip


def _apart(found: list[Span]) -> tuple[Span, ...]:
    """One absence a person, and no deputy of oneself: what the door lets in."""
    return tuple({one.who: one for one in found if one.who != one.deputy}.values())


worlds = st.builds(
    World,
    st.lists(spans, max_size=5).map(tuple),
    st.lists(spans, max_size=2).map(_apart),
    st.frozensets(st.tuples(who, days), max_size=3),
)


@dataclass
class Trial:
    """One office for many worlds: each begins a week later, with persons of its own."""

    engine: Engine
    numbers: Iterator[int]  # of weeks without a holiday

    def live(self, world: World) -> None:
        """Every day has a document for both bodies; what leaves is held against the laws."""
        number = next(self.numbers)
        start = MONDAY + timedelta(weeks=number)
        names = [f"n{number}-{one}" for one in range(3)]
        self._move_in(world, names, start)
        accepted: Counter[tuple[str, str]] = Counter()
        for day in range(DAYS):
            today = start + timedelta(days=day)
            work = [directive("Báo cáo.", body) for body in BODIES]
            issue(self.engine, *work, on=today, number=f"{number}-{day}/TB")
            postman = Postman({f"smtpmail://{names[one]}@": BUSY for one, on in world.busy if on == day})
            deliver(self.engine, by_clock(at(today, "09:00"), UNCAPPED), settings(), postman)
            for url, parcel in postman.carried:
                self._allowed(world, names, day, url, parcel)
                if postman.replies.get(url.partition("@")[0] + "@", SENT) is SENT:
                    accepted.update((url, code) for code in codes(parcel))
            self._complete(world, names, day, accepted)
        assert max(accepted.values(), default=1) == 1

    def _move_in(self, world: World, names: list[str], start: date) -> None:
        with unit_of_work(self.engine) as session:
            session.connection().execute(sa.update(Person).values(active=False))
            session.connection().execute(sa.update(Absence).values(cancelled=True))
        ids = [person(self.engine, name) for name in names]
        for one in world.seats:
            span = (start + timedelta(days=one.first), start + timedelta(days=one.last))
            seat(self.engine, ids[one.who], one.body, since=span[0], until=span[1])
        for one in world.absences:
            span = (start + timedelta(days=one.first), start + timedelta(days=one.last))
            away(self.engine, ids[one.who], ids[one.deputy], *span)

    def _allowed(self, world: World, names: list[str], day: int, url: str, parcel: Parcel) -> None:
        """Nobody without a running seat, and no absent one, has a letter to the body."""
        name = url.removeprefix("smtpmail://").partition("@")[0]
        if name not in names:
            return
        for body in self._bodies(parcel):
            assert world.may_read(names.index(name), body, day), (name, body, day)

    def _complete(self, world: World, names: list[str], day: int, accepted: Counter[tuple[str, str]]) -> None:
        """Whoever may read has the day's tasks of the body, if the mailbox answered."""
        for row in rows(self.engine, Task)[-2:]:
            for one, name in enumerate(names):
                if world.may_read(one, row.agency_id, day) and (one, day) not in world.busy:
                    assert accepted[f"smtpmail://{name}@nguoi.example", code_of(row)] == 1, (
                        name,
                        row.agency_id,
                    )
            for url, body in OFFICES.items():
                assert body != row.agency_id or accepted[url, code_of(row)] == 1

    def _bodies(self, parcel: Parcel) -> set[str]:
        found = codes(parcel)
        return {row.agency_id for row in rows(self.engine, Task) if code_of(row) in found}


def is_worked(week: int) -> bool:
    some = [MONDAY + timedelta(weeks=week, days=day) for day in range(DAYS)]
    return all(office().calendar.is_working(day) for day in some)


def code_of(row: Task) -> str:
    return f"GN-{row.id:04}"


def codes(parcel: Parcel) -> set[str]:
    return set(_CODE.findall(parcel.letter.subject + parcel.letter.text))


def test_seats_and_absences_say_who_reads(engine: Engine) -> None:
    move_in(engine)
    import_contacts(engine, clerk("stc"), OFFICE)
    trial = Trial(engine, filter(is_worked, count()))

    @trials(
        max_examples=4 if engine.dialect.name == "sqlite" else 1,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds)
    def law(world: World) -> None:
        trial.live(world)

    law()
