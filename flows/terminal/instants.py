"""Instants as people type them at a terminal."""

from datetime import datetime

from config.clock import OFFICE_ZONE, instant_in_reach
from rules.refusal import Refusal
from rules.text.typed import YEARS, quoted

_LONGEST = 40


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is the clock of Asia/Ho_Chi_Minh. Raises Refusal.

    Its day in the office must be within the years 2000 to 2100, whatever the offset.
    """
    try:
        instant = datetime.fromisoformat(text if len(text) <= _LONGEST else "")
    except ValueError:
        raise Refusal(
            f"Thời điểm «{quoted(text)}» không đúng dạng ISO 8601, ví dụ 2022-09-05T07:30."
        ) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=OFFICE_ZONE)
    if not instant_in_reach(instant):
        raise Refusal(f"Thời điểm «{quoted(text)}» nằm ngoài các năm mà hệ thống tính được ({YEARS}).")
    return instant
