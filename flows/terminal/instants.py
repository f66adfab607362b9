"""Instants as people type them at a terminal."""

from datetime import datetime

from config.clock import OFFICE_ZONE
from rules.refusal import Refusal


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant; without an offset it is the clock of Asia/Ho_Chi_Minh. Raises Refusal."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(f"Thời điểm «{text}» không đúng dạng ISO 8601, ví dụ 2022-09-05T07:30.") from None
    if not 1900 < instant.year < 9990:  # room for a time zone and for periods to both sides
        raise Refusal(f"Thời điểm «{text}» nằm ngoài các năm mà hệ thống tính được (1901–9989).")
    return instant.replace(tzinfo=OFFICE_ZONE) if instant.tzinfo is None else instant
