"""Days, keys and counts as people type them, on a page or at a terminal: read in one place, and bounded.

A year of 9999 overflows the first calendar that looks a week ahead, and a key of twenty digits the
database, so neither gets past here.
"""

import re
from datetime import date

from rules.refusal import Refusal

FIRST_YEAR, LAST_YEAR = 2000, 2100
OLDEST_YEAR = 1900
YEARS = f"{FIRST_YEAR}–{LAST_YEAR}"
#: The largest key that a column of the database holds.
MOST_KEY = 2**63 - 1
MOST_PAGES = 1_000_000
_LONGEST_SHOWN = 40
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OURS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_KEY = re.compile(r"[0-9]{1,19}")


class WrongDay(Refusal):
    """What was typed is not a day, or none of these years; the message is Vietnamese."""


def day_typed(typed: str) -> date:
    """A day written 05/09/2022, 5-9-2022 or 2022-09-05. Raises WrongDay."""
    day = _day(typed.strip())
    if day is None:
        raise WrongDay(
            f"Ngày «{quoted(typed)}» không hợp lệ; "
            "hãy ghi ngày/tháng/năm, ví dụ 05/09/2022 (hoặc 2022-09-05)."
        )
    if not in_reach(day):
        raise WrongDay(f"Ngày «{quoted(typed)}» nằm ngoài các năm {YEARS}; hãy xem lại năm.")
    return day


def in_calendars(year: int) -> bool:
    """Whether papers and the register speak of ``year``: bodies and laws are older than the office."""
    return OLDEST_YEAR <= year <= LAST_YEAR


def in_reach(day: date) -> bool:
    """Whether the office's time holds ``day``: the years 2000 to 2100."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def count_typed(typed: str, most: int = MOST_KEY) -> int | None:
    """A count from 0 to ``most`` (at most the largest key), in digits; None for everything else."""
    if not _KEY.fullmatch(typed):
        return None
    count = int(typed)
    return count if count <= min(most, MOST_KEY) else None


def key_typed(typed: str) -> int | None:
    """The key of a row, from 1 to the largest that the database has; None for everything else."""
    return count_typed(typed) or None


def page_typed(typed: str) -> int:
    """The number of a page of a list; the first one for everything that is none."""
    return min(key_typed(typed) or 1, MOST_PAGES)


def quoted(typed: str) -> str:
    """What was typed, fit to be repeated in a refusal: short, and without signs that nobody sees."""
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in typed.strip())
    return shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"


def _day(typed: str) -> date | None:
    if found := _ISO.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _OURS.fullmatch(typed):
        day, month, year = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
