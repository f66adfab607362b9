"""The last days of a year whose successor has no calendar file: the known part goes on, loudly."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.office import Office
from flows.actions.follow_up.tick import TickReport, tick
from flows.terminal.tick_words import tick_lines
from models.tables.agencies import Agency
from models.tables.outbox import OutboxLetter
from rules.calendar.workdays import NoCalendar, WorkCalendar, WorkYear
from rules.outbox.payloads.keys import LetterKind
from tests.cast import (
    FINANCE,
    TRADE,
    Postman,
    at,
    by,
    change,
    directive,
    dump,
    every,
    issue,
    move_in,
    office,
    rows,
)
from tests.cast import settings as installation

LAST = date(2027, 12, 31)


def run(engine: Engine, day: str, under: Office | None = None, clock: str = "08:00") -> TickReport:
    return tick(engine, under or office(), at(day, clock), installation(), Postman())


def reminders(engine: Engine) -> list[str]:
    return [row.key for row in rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.REMINDER)]


@pytest.fixture
def december(engine: Engine) -> Engine:
    """Issued on 20/12/2027: due on the last day, due in the unknown year, and every week."""
    move_in(engine)
    for body in (FINANCE, TRADE):  # the register of 2027 knows them no more
        change(engine, Agency, body, valid_to=None)
    issue(
        engine,
        directive("Báo cáo năm.", FINANCE, due=by(LAST)),
        directive("Kế hoạch năm.", TRADE, due=by(date(2028, 1, 6))),
        directive("Báo cáo tuần.", FINANCE, due=every("weekly")),
        on="2027-12-20",
        date=date(2027, 12, 20),
    )
    return engine


def test_the_known_part_goes_on(december: Engine) -> None:
    for day in ("2027-12-24", "2027-12-28", "2027-12-30"):
        run(december, day)
    report = run(december, "2027-12-31")
    assert "reminder:1:2027-12-31:0" in reminders(december)
    assert not any(key.startswith("reminder:2:") for key in reminders(december))
    assert report.issued.waiting == ("GN-0004",)  # the week's report of 31/12: its next Friday is unknown
    assert any("chờ lịch ngày làm việc năm sau" in line for line in tick_lines(report))
    run(december, "2027-12-31", clock="18:00")  # quiet hours: what waits is put off, not refused


def test_a_day_without_a_calendar_stops_loudly_and_changes_nothing(december: Engine) -> None:
    run(december, "2027-12-31")
    before = dump(december)
    with pytest.raises(NoCalendar, match=r"config/workdays/2028\.yaml"):
        run(december, "2028-01-03")
    assert dump(december) == before


def test_once_the_file_is_there_what_was_missed_goes_late(december: Engine) -> None:
    run(december, "2027-12-31")
    known = WorkCalendar({**office().calendar.years, 2028: WorkYear(2028, {})})
    report = run(december, "2028-01-03", replace(office(), calendar=known))
    assert "reminder:2:2028-01-06:3" in reminders(december)  # three working days left, to the day
    assert report.issued.waiting == ()
    assert "GN-0005" in report.issued.opened
