"""Seats, absences and ends in any order, beside a model that knows only what was taken.

A rule asks for something; what is refused must leave all as it was, what is taken the model takes too. The
laws count day by day, where the product compares stretches of days.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.actions.people.persons import NewPerson, add_person, deactivate, reactivate
from flows.actions.people.seats import NewSeat, end_seat, seat_person
from models.db import reading
from models.people.access.viewers import viewer_of
from rules.people.seat_roles import SeatRole
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import CHAIR, FINANCE, act, at

START = date(2022, 8, 1)
DAYS = [START + timedelta(days=n) for n in range(24)]
FOUND = at("2022-08-01")
PEOPLE = st.integers(1, 4)
DAY = st.sampled_from(DAYS[:18])
PLACES = st.sampled_from(
    [(SeatRole.ADMIN, None), (SeatRole.HEAD, FINANCE), (SeatRole.CLERK, FINANCE), (SeatRole.CHAIR, CHAIR)]
)


@dataclass(frozen=True)
class Held:
    """A seat as the model knows it."""

    person: int
    role: SeatRole
    body: str | None
    days: frozenset[date]


@dataclass(frozen=True)
class Away:
    """An absence as the model knows it."""

    person: int
    deputy: int
    seat: int | None
    days: frozenset[date]


def stretch(first: date, last: date | None) -> frozenset[date]:
    return frozenset(day for day in DAYS if first <= day and (last is None or day <= last))


class PeopleMachine(RuleBasedStateMachine):
    """``open_office`` gives an empty office with its register."""

    def open_office(self) -> Engine:
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.engine = self.open_office()
        self.today, self.looks = START, 0
        self.seats: dict[int, Held] = {}
        self.away: dict[int, Away] = {}
        self.active = dict.fromkeys(range(1, 5), True)
        for number in self.active:
            assert number == add_person(self.engine, NewPerson(f"Người {number}"), self.act)
        for number, role in ((1, SeatRole.HEAD), (2, SeatRole.CLERK), (3, SeatRole.CLERK)):
            self.sits(number, (role, FINANCE), START, None)

    @property
    def act(self) -> Act:
        return act(Actor.SECRETARIAT, FOUND + (self.today - START))

    def asked(self, what: Callable[..., int | None], *words: object) -> int | None:
        """What came of it; None for a refusal."""
        try:
            return what(self.engine, *words, self.act) or 0
        except Refusal:
            return None

    @rule(days=st.integers(1, 3))
    def time_passes(self, days: int) -> None:
        self.today = min(self.today + timedelta(days=days), DAYS[17])

    @rule(person=PEOPLE, place=PLACES, first=DAY, last=st.none() | DAY)
    def sits(self, person: int, place: tuple[SeatRole, str | None], first: date, last: date | None) -> None:
        seat = self.asked(seat_person, person, NewSeat(*place, first, last))
        if seat is not None:
            self.seats[seat] = Held(person, *place, stretch(first, last))

    @rule(seat=st.integers(1, 8), last=DAY)
    def ends(self, seat: int, last: date) -> None:
        if self.asked(end_seat, seat, last) is not None:
            held = self.seats[seat]
            self.seats[seat] = replace(held, days=held.days & stretch(START, last))

    @rule(person=PEOPLE, deputy=PEOPLE, first=DAY, more=st.integers(0, 5), seat=st.none() | st.integers(1, 8))
    def is_absent(self, person: int, deputy: int, first: date, more: int, seat: int | None) -> None:
        last = first + timedelta(days=more)
        absence = self.asked(say_absent, NewAbsence(person, deputy, first, last, seat))
        if absence is not None:
            self.away[absence] = Away(person, deputy, seat, stretch(first, last))

    @rule(absence=st.integers(1, 5), last=DAY)
    def is_back(self, absence: int, last: date) -> None:
        if self.asked(end_absence, absence, last) is not None:
            known = self.away[absence]
            self.away[absence] = replace(known, days=known.days & stretch(START, last))

    @rule(person=PEOPLE, on=st.booleans())
    def ceases_or_returns(self, person: int, on: bool) -> None:
        if self.asked(reactivate if on else deactivate, person) is not None:
            self.active[person] = on

    @invariant()
    def no_two_seats_of_a_kind(self) -> None:
        """Break: drop ``check_beside`` of seats."""
        for day in DAYS:
            kinds = [
                (seat.role, seat.body, None if seat.role is SeatRole.CHAIR else seat.person)
                for seat in self.seats.values()
                if day in seat.days
            ]
            assert len(kinds) == len(set(kinds)), day

    @invariant()
    def nobody_stands_in_who_is_absent(self) -> None:
        """So there is no circle of deputies on any day. Break: drop ``check_beside`` of absences."""
        for day in DAYS:
            today = [one for one in self.away.values() if day in one.days]
            assert {one.person for one in today}.isdisjoint(one.deputy for one in today), day
            whole = [one.person for one in today if one.seat is None]
            assert len(whole) == len(set(whole))

    @invariant()
    def somebody_keeps_people_once_somebody_has(self) -> None:
        """Break: let ``check_admins`` look at today only."""
        kept = [
            seat.days
            for seat in self.seats.values()
            if seat.role is SeatRole.ADMIN and self.active[seat.person]
        ]
        coming = {day for days in kept for day in days if day >= self.today}
        ever = any(seat.role is SeatRole.ADMIN and seat.days for seat in self.seats.values())
        if ever:
            assert coming, "nobody is admin any more"
            assert coming == {day for day in DAYS if day >= min(coming)}
        if ever and any(self.today in days for days in self._days_of_admins()):
            assert self.today in coming

    def _days_of_admins(self) -> list[frozenset[date]]:
        return [seat.days for seat in self.seats.values() if seat.role is SeatRole.ADMIN]

    @invariant()
    def a_viewer_is_who_the_rows_say(self) -> None:
        """Break: forget ``cancelled`` in ``viewer_of``."""
        self.looks += 1
        with reading(self.engine) as session:
            for day in {self.today, DAYS[self.looks * 7 % len(DAYS)]}:
                for person in self.active:
                    found = {(seat.id, seat.instead_of) for seat in viewer_of(session, person, day).seats}
                    assert found == self._opens(person, day), (person, day)

    def _opens(self, person: int, day: date) -> set[tuple[int, int | None]]:
        """The seats that are open to a person on a day, counted from what was taken."""
        if not self.active[person]:
            return set()
        running = {key: seat for key, seat in self.seats.items() if day in seat.days}
        own = {(key, None) for key, seat in running.items() if seat.person == person}
        lent = {
            (key, one.person)
            for one in self.away.values()
            for key, seat in running.items()
            if one.deputy == person and day in one.days and self.active[one.person] and own
            if seat.person == one.person and one.seat in (None, key) and seat.role is not SeatRole.ADMIN
        }
        return own | lent if own else set()
