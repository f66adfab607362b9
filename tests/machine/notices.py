"""The calendar of the machine's year: provisional at first, then with its notice, then changed once more.

A part of ``OfficeMachine``: documents whose deadlines count working days, and what becomes of their marks.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy.engine import Engine

from config.act import Act
from config.clock import office_day
from config.office import Office
from flows.actions.documents.issue import publish
from models.tables.documents import Directive
from rules.calendar.workdays import WorkYear
from rules.deadlines.anchors import years_in
from rules.draft import DraftDirective, DraftDue, DueKind
from rules.vocabulary import Actor, Way
from tests.cast import FINANCE, PLANNING, conclusion, directive, rows

YEAR = 2022


def before_its_notice(of: Office) -> Office:
    """The same days, which nobody has announced yet."""
    return _with_year(of, replace(of.calendar.years[YEAR], provisional=True, notice=None))


def with_notice(of: Office) -> Office:
    """The days as they stand are announced."""
    notice = "Thông báo số 1/TB-BLĐTBXH"
    return _with_year(of, replace(of.calendar.years[YEAR], provisional=False, notice=notice))


def with_days_off(of: Office, new: dict[date, str]) -> Office:
    """More days off."""
    for day, name in new.items():
        year = of.calendar.years[day.year]
        of = _with_year(of, replace(year, days_off={**year.days_off, day: name}))
    return of


def counted(text: str, days: int, now: datetime, of: Office) -> DraftDirective:
    """A task due so many working days after the document's day, which is today's."""
    phrase = f"trong {days} ngày làm việc kể từ ngày ký"
    day = of.calendar.add(office_day(now), days)
    due = DraftDue(DueKind.DATE, day, phrase=phrase, anchor="document")
    return directive(text, FINANCE, cooperate=[PLANNING], due=due)


def still_marked(found: list[Directive], of: Office) -> list[int | None]:
    """The directives that call a year provisional whose notice is in use."""
    known = {number for number, year in of.calendar.years.items() if not year.provisional}
    return [one.id for one in found if known & {*years_in(one.due_years)}]


def _with_year(of: Office, year: WorkYear) -> Office:
    years: dict[int, Any] = {**of.calendar.years, year.year: year}
    return replace(of, calendar=replace(of.calendar, years=years))


class NoticeRules(RuleBasedStateMachine):
    """Needs of the machine: ``engine``, ``now``, ``office``, ``clock_only`` and ``calendar_changed``."""

    engine: Engine
    now: datetime
    office: Office
    clock_only: bool
    calendar_changed: bool
    ticked_by: Office | None = None  # the office as the last tick of a working day knew it
    counted = 0

    @rule(days=st.integers(3, 25))
    @precondition(lambda self: self.counted < 2)
    def a_document_counts_working_days(self, days: int) -> None:
        """Over a year whose notice may not have come yet."""
        self.clock_only, self.counted = False, self.counted + 1
        found = counted(f"Việc tính ngày làm việc {self.counted}.", days, self.now, self.office)
        draft = conclusion(found, number=f"8{self.counted}/TB-UBND", date=office_day(self.now))
        publish(self.engine, draft, Act(Actor.SECRETARIAT, self.now, self.office, Way.PAGE))

    @rule(days=st.integers(1, 20), length=st.integers(1, 4))
    def a_holiday_is_announced(self, days: int, length: int) -> None:
        """Only days to come: yesterday's holidays are no news."""
        first = office_day(self.now) + timedelta(days=days)
        new = {first + timedelta(days=n): "Nghỉ theo thông báo" for n in range(length)}
        self.office, self.calendar_changed = with_days_off(self.office, new), True

    @rule(days=st.integers(1, 20), length=st.integers(1, 4))
    @precondition(lambda self: self.office.calendar.years[YEAR].provisional)
    def the_notice_comes(self, days: int, length: int) -> None:
        """With some days that nobody had expected."""
        self.a_holiday_is_announced(days, length)
        self.office = with_notice(self.office)

    @invariant()
    def nothing_is_provisional_once_the_notice_is_used(self) -> None:
        """Break: leave ``lift_marks`` out of ``flows/actions/deadlines/recount``."""
        if self.ticked_by and self.ticked_by is self.office:
            assert still_marked(rows(self.engine, Directive), self.office) == []
