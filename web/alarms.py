"""What stands above every page: letters halted, a secretariat that cannot be written to, what is unknown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Engine

from config.settings import get_settings
from models.db import reading
from models.reachability import alarm
from notifications.letters.filters import grouped
from notifications.restore_guard import halted_reason


@dataclass(frozen=True, slots=True)
class Banner:
    """One line above the page; ``grave`` ones come first and in red."""

    words: str
    grave: bool
    link: str = ""
    link_words: str = ""


def banners(engine: Engine, today: date, mark_days: int) -> list[Banner]:
    """Those of this moment, the gravest first; usually none."""
    with reading(engine) as session:
        found = alarm(session, today, mark_days)
    told = []
    if reason := halted_reason(engine, get_settings()):
        told.append(Banner(reason, grave=True))
    if found.unreachable:
        words = f"{found.unreachable}: các thông báo của hệ thống chỉ xem được tại đây."
        told.append(Banner(words, True, "/thu", "Xem trang Thư"))
    if found.unknown:
        words = f"{grouped(found.unknown)} thư chưa rõ đã tới hay chưa"
        told.append(Banner(words, False, "/thu?trang-thai=unknown", "Hãy quyết định"))
    return told
