"""How a story is told: mornings that pass, and the letters that arrived on each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy.engine import Engine

from config.act import Act
from config.agencies import ContactEntry
from config.clock import office_day
from config.office import Office
from flows.actions.documents.issue import publish
from flows.actions.follow_up.tick import TickReport, tick
from models.tables.agencies import Agency
from notifications.sandbox.smtp_sink import SmtpSink
from rules.calendar.workdays import WorkYear
from rules.draft import DraftDirective
from rules.vocabulary import Actor, Way
from tests.cast import (
    CHAIR,
    FINANCE,
    PLANNING,
    PROVINCE,
    SECRETARIAT,
    TRADE,
    at,
    change,
    conclusion,
    move_in,
    register,
)
from tests.cast import office as shipped

NEW_TRADE = "ct-sct"  # the body that took Sở Công Thương over on 1/7/2025
READERS = {
    FINANCE: "stc", TRADE: "sct", PLANNING: "skhdt", NEW_TRADE: "sct-moi", SECRETARIAT: "van-phong",
    CHAIR: "truong-ban", PROVINCE: "ubnd",
}  # fmt: skip
FOR_CLERKS = {"stc", "sct", "skhdt", "sct-moi"}  # who is asked; the rest hears of what is beyond them


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter as it arrived: the day, the reader's short name, subject and text."""

    day: str
    to: str
    subject: str
    text: str


def settled_in(engine: Engine) -> Engine:
    """The shipped register with one address a body; bodies of 2022 go on, except where merged by law."""
    contacts = tuple(
        ContactEntry(body, "van-thu", f"Văn thư {name}", (f"smtpmail://{name}@office.example",))
        for body, name in READERS.items()
    )
    move_in(engine, replace(register(), contacts=contacts))
    for body in (FINANCE, PLANNING):
        change(engine, Agency, body, valid_to=None)
    return engine


@dataclass
class Told:
    """An office and its days. ``mails`` holds all letters so far, oldest first."""

    engine: Engine
    sink: SmtpSink
    office: Office = field(default_factory=shipped)
    mails: list[Mail] = field(default_factory=list)
    reports: list[TickReport] = field(default_factory=list)

    def issue(self, day: str, *directives: DraftDirective, number: str = "265/TB-UBND") -> None:
        """A conclusion is issued on the morning of ``day``, after the letters of the day."""
        draft = conclusion(*directives, number=number)
        dated = replace(draft, document=replace(draft.document, date=date.fromisoformat(day)))
        publish(self.engine, dated, Act(Actor.SECRETARIAT, at(day, "08:00"), self.office, Way.PAGE))

    def pause_at(self, day: str, clock: str) -> TickReport:
        """One tick at an instant; its letters are read."""
        report = tick(self.engine, self.office, at(day, clock))
        self.reports.append(report)
        for received in self.sink.messages[len(self.mails) :]:
            body = received.message.get_body(("plain",))
            assert body is not None
            reader = received.recipients[0].partition("@")[0]
            self.mails.append(Mail(day, reader, str(received.message["Subject"]), body.get_content()))
        return report

    def mornings(self, first: str, last: str, *, without: Callable[[date], bool] = lambda day: False) -> None:
        """A tick at 07:30 and one at 09:10 on every calendar day, as the schedules have it."""
        for day in days(first, last):
            if not without(day):
                self.pause_at(str(day), "07:30")
                self.pause_at(str(day), "09:10")

    def heard(self, *readers: str, since: str = "") -> list[tuple[str, str]]:
        """(day, subject) of the letters to these readers, the asked bodies by default."""
        wanted = set(readers) or FOR_CLERKS
        return [(mail.day, mail.subject) for mail in self.mails if mail.to in wanted and mail.day >= since]

    def days_heard(self, reader: str, since: str = "") -> list[str]:
        """The days of the letters to one reader."""
        return [day for day, _ in self.heard(reader, since=since)]


def days(first: str, last: str) -> Iterator[date]:
    """Every calendar day from ``first`` to ``last``."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


def works(office: Office, day: str) -> bool:
    """Whether people may be written to on ``day``."""
    return office.calendar.is_working(date.fromisoformat(day))


def without_year(office: Office, year: int) -> Office:
    """The same office, whose calendar of ``year`` nobody has entered yet."""
    years: dict[int, WorkYear] = {key: value for key, value in office.calendar.years.items() if key != year}
    return replace(office, calendar=replace(office.calendar, years=years))


__all__ = ["Mail", "Told", "days", "office_day", "settled_in", "without_year", "works"]
