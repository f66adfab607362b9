"""Which instant it is for this database: the wall clock, or the one it was given by hand.

``tick --now`` gives a database that was made for it its own time (the demo lives in 2022). From then on
everything that asks for "now" without naming it continues from that stored instant, also after a crash.
A wall clock that leaped too far is not believed until a person confirms it (``clock_leap.py``).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day, office_time, wall_now
from config.settings import get_settings
from models.db import one_at_a_time, reading, unit_of_work
from models.installation.clock_leaps import StoredTime, stored_time, traces
from models.tables.outbox import Moment
from rules.installation.clock_leaps import believed, carried_on, leaped
from rules.refusal import Refusal


class TimeReversed(Refusal):
    """The given instant lies before the last one; the message is Vietnamese."""


@dataclass(frozen=True, slots=True)
class Leap:
    """A wall clock that is not believed: what it shows, and the last day that was followed or confirmed."""

    shown: datetime
    last_day: date

    @property
    def words(self) -> str:
        """What is wrong and what follows from it; the same for a whole day, so that it is said once."""
        day = office_day(self.shown)
        days = f"{(day - self.last_day).days:,}".replace(",", ".")
        return (
            f"Đồng hồ của máy chỉ ngày {day:%d/%m/%Y}, muộn hơn {days} ngày so với "
            f"ngày gần nhất hệ thống đã theo dõi ({self.last_day:%d/%m/%Y}). Hệ thống không tự phát hành, "
            "không nhắc việc, không đôn đốc, không lập báo cáo cho đến khi đồng hồ được chỉnh lại, hoặc có "
            "người xác nhận đồng hồ đúng; thư đã chờ gửi vẫn được gửi"
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """The instant at which a database lives.

    With a ``leap`` it is a believed one, earlier than what the wall clock shows. ``remembered``: a leap
    is on record that is not over. ``simulated``: the database has been given its own time.
    """

    now: datetime
    leap: Leap | None = None
    remembered: bool = False
    simulated: bool = False

    @property
    def shown(self) -> datetime:
        """What a person who looks at the clock means by "now", whether it is believed or not."""
        return self.leap.shown if self.leap else self.now


def read_clock(engine: Engine, given: datetime | None = None) -> Clock:
    """The instant of this database now, or ``given``; aware. Nothing is stored.

    Raises TimeReversed if ``given`` lies before the last stored instant.
    """
    with reading(engine) as session:
        return clock_of(session, given)


def clock_of(session: Session, given: datetime | None = None) -> Clock:
    """The same in the caller's transaction."""
    stored = stored_time(session)
    if given is not None:
        _refuse_earlier(given, stored.instant)
        return Clock(given, simulated=True)
    if stored.simulated and stored.instant is not None:
        return Clock(stored.instant, simulated=True)
    return _by_the_wall(session, stored, wall_now(), get_settings().clock_leap_days)


def present(engine: Engine, given: datetime | None = None) -> datetime:
    """The instant at which this database lives now, or ``given``; as ``read_clock``."""
    return read_clock(engine, given).now


def advance(engine: Engine, given: datetime | None) -> datetime:
    """Store and return the instant of a tick or a publication; ``given`` makes the time simulated.

    A leap that nobody has confirmed is not stored. Raises TimeReversed: a person who names an instant
    that was passed already would have days judged a second time.
    """
    with unit_of_work(engine) as session:
        one_at_a_time(session, "instant")
        clock = clock_of(session, given)
        if clock.leap is None:
            session.merge(Moment(id=1, instant=clock.now, simulated=clock.simulated))
        return clock.now


def shown_now() -> datetime:
    """What the machine's clock shows, whether it is believed or not."""
    return wall_now()


def _by_the_wall(session: Session, stored: StoredTime, shown: datetime, most_days: int) -> Clock:
    remembered = stored.shown is not None
    confirmed = None if stored.confirmed_at is None else office_day(stored.confirmed_at)
    last_day = max((day for day in (stored.followed, confirmed) if day is not None), default=None)
    if last_day is None or not leaped(office_day(shown), last_day, most_days):
        return Clock(shown, remembered=remembered)
    if stored.held is not None and stored.shown is not None:
        held = carried_on(stored.held, stored.shown, shown, most_days)
    else:
        known = (*traces(session), stored.confirmed_at, stored.instant)
        held = believed(max(one for one in known if one is not None and one <= shown), shown)
    return Clock(held, Leap(shown, last_day), remembered)


def _refuse_earlier(given: datetime, stored: datetime | None) -> None:
    if stored is not None and given < stored:
        raise TimeReversed(
            f"Thời điểm {clock_words(given)} ở trước thời điểm gần nhất của cơ sở dữ liệu này "
            f"({clock_words(stored)})."
        )


def clock_words(instant: datetime) -> str:
    """07:35 ngày 20/10/2022, by the office's clock."""
    return f"{office_time(instant):%H:%M ngày %d/%m/%Y}"
