"""Days as settings files have them: a year, a month and a day in digits, and no year out of reach."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from rules.text.typed import LAST_YEAR, OLDEST_YEAR, in_calendars

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(value: Any) -> date:
    """pydantic would take 1751328000, and its text, as seconds since 1970."""
    if type(value) is date:
        day = value
    else:
        try:
            day = date.fromisoformat(value if isinstance(value, str) and _ISO.fullmatch(value) else "")
        except ValueError:
            raise ValueError("ngày không hợp lệ, viết dạng NĂM-THÁNG-NGÀY, ví dụ 2025-07-01") from None
    if not in_calendars(day.year):
        raise ValueError(f"ngày phải trong các năm {OLDEST_YEAR}–{LAST_YEAR}")
    return day


Day = Annotated[date, BeforeValidator(_day)]
