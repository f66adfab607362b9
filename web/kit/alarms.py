"""What stands above every page: a clock not believed, a setting not taken up, letters halted, the unknown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Engine

from config.clock import office_day
from config.office import Office
from config.settings import get_settings
from flows.actions.installation.instant import Leap
from models.db import reading
from models.outbox.reachability import alarm
from notifications.letters.kit.filters import grouped
from notifications.witness.restore_guard import halted_reason


@dataclass(frozen=True, slots=True)
class Banner:
    """One line above the page; ``grave`` ones come first and in red.

    ``confirms`` is the day of a clock that the button beside the words says to be right.
    """

    words: str
    grave: bool
    link: str = ""
    link_words: str = ""
    confirms: date | None = None


def banners(engine: Engine, today: date, office: Office, leap: Leap | None = None) -> list[Banner]:
    """Those of this moment, the gravest first; usually none."""
    with reading(engine) as session:
        found = alarm(session, today, office.mark_days)
    told = [_of_the_clock(leap, today)] if leap else []
    if office.trouble:
        told.append(Banner(f"{office.trouble}.", grave=True))
    if reason := halted_reason(engine, get_settings()):
        told.append(Banner(reason, grave=True))
    if found.unreachable:
        words = f"{found.unreachable}: các thông báo của hệ thống chỉ xem được tại đây."
        told.append(Banner(words, True, "/thu", "Xem trang Thư"))
    if found.unknown:
        words = f"{grouped(found.unknown)} thư chưa rõ đã tới hay chưa"
        told.append(Banner(words, False, "/thu?trang-thai=unknown", "Hãy quyết định"))
    return told


def _of_the_clock(leap: Leap, today: date) -> Banner:
    words = f"{leap.words}. Các trang tạm ghi theo ngày {today:%d/%m/%Y}."
    return Banner(words, grave=True, confirms=office_day(leap.shown))
