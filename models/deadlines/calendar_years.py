"""Which days of each year deadlines were counted by, and what became of them when the days changed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from models.database import predicates
from models.database.columns import big_key, words
from models.tables.documents import Directive
from rules.calendar.workdays import WorkCalendar
from rules.deadlines.anchors import years_in
from rules.deadlines.recounts import Recount


class CalendarYear(SQLModel, table=True):
    """The days of a year by its notice, as the office first used them; rows are only ever added.

    The newest row of a year is the one by which its deadlines stand. A year without its notice has none:
    what was counted over it is named by ``Directive.due_years``.
    """

    __tablename__ = "calendar_year"

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    year: int
    days: str  # ``WorkYear.days``
    notice: str
    noted_at: datetime


class RecountedDeadline(SQLModel, table=True):
    """A deadline that the calendar of a year would move: from which day to which, and what was done."""

    __tablename__ = "recounted_deadline"
    __table_args__ = (
        sa.Index("ix_recounted_deadline_counted_on", "counted_on"),
        sa.Index(
            "uq_recounted_deadline_asked", "task_id", unique=True, **predicates.where(predicates.ASKED_SQL)
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    task_id: int = Field(foreign_key="task.id", sa_type=big_key())
    counted_on: date  # the office's day
    years: str  # whose days had changed: "2027"
    outcome: Recount = Field(sa_type=words(Recount, "outcome"))
    old_due_on: date
    new_due_on: date | None = None  # None where no rule gives one
    reason: str = ""  # why it was left alone
    answered_at: datetime | None = None
    note: str = ""  # of the answer


def changed_years(session: Session, calendar: WorkCalendar) -> frozenset[int]:
    """The years with a notice over whose earlier days deadlines were counted; usually none.

    Either the notice has come for a year that a date says it was provisional in, or it has changed.
    """
    known = _known(session)
    marked = session.scalars(sa.select(Directive.due_years).where(sa.text(predicates.MARKED_SQL)).distinct())
    waited = {year for shown in marked for year in years_in(shown)}
    return frozenset(
        number
        for number, year in calendar.years.items()
        if not year.provisional and (number in waited or known.get(number, year.days) != year.days)
    )


def note_years(session: Session, calendar: WorkCalendar, now: datetime, new_only: bool = False) -> None:
    """Put on record by which days the years with a notice count from ``now`` on.

    ``new_only`` leaves a year alone that has a record, until its deadlines have been counted anew.
    """
    known = _known(session)
    for number, year in sorted(calendar.years.items()):
        same = number in known if new_only else known.get(number) == year.days
        if not year.provisional and not same:
            notice = year.notice or ""
            session.add(CalendarYear(year=number, days=year.days, notice=notice, noted_at=now))


def noted_since(session: Session, instant: datetime) -> frozenset[int]:
    """The years whose notice came, or changed, after ``instant``."""
    return frozenset(session.scalars(sa.select(CalendarYear.year).where(CalendarYear.noted_at > instant)))


def _known(session: Session) -> dict[int, str]:
    """The days by which each year counts."""
    query = sa.select(CalendarYear.year, CalendarYear.days).order_by(CalendarYear.id)
    return {row.year: row.days for row in session.execute(query)}
