"""How values become words in letters: dates, one-line titles, cleaned user text.

Dates follow Nghị định 30/2020/NĐ-CP: days below 10 and months 1 and 2 take a leading zero.
"""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar, get_args

from rules.text.incoming import cleaned
from rules.text.signs import ODD
from rules.text.stacked_marks import composed

T = TypeVar("T")

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")

TITLE_LIMIT = 120
#: What people wrote in paragraphs and letters show in paragraphs; all other text is one line.
PARAGRAPHS = frozenset(
    {"missing_authority", "basis", "tried", "opinions", "options", "recommendation", "decision"}
)


@lru_cache(maxsize=1024)
def day(value: date) -> str:
    """For lines and tables: 05/09/2022."""
    return f"{value:%d/%m/%Y}"


def formal_day(value: date) -> str:
    """For sentences: ngày 05 tháng 9 năm 2022."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02} tháng {month} năm {value.year}"


def percent(rate: float | None) -> str:
    """A rate as the offices print it: 87,5%; a dash where nothing counts yet."""
    return "–" if rate is None else f"{rate:.1f}".removesuffix(".0").replace(".", ",") + "%"


def grouped(count: int) -> str:
    """A number as the offices print it: 18.963."""
    return f"{count:,}".replace(",", ".")


def lateness(days: int | None) -> str:
    """Days left or late, in words."""
    if days is None:
        return "không thời hạn"
    if days == 0:
        return "đến hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


@lru_cache(maxsize=4096)  # names of agencies and documents come again and again
def one_line(text: str) -> str:
    """NFC, without control and invisible characters, blanks collapsed."""
    text = composed(text)
    if ODD.search(text):
        text = cleaned(_CONTROLS.sub(" ", text))
    return " ".join(text.split())


def paragraphs(text: str) -> list[str]:
    """The non-empty lines of a longer text."""
    return [line for line in map(one_line, text.splitlines()) if line]


def shorten(text: str, limit: int = TITLE_LIMIT) -> str:
    """At most ``limit`` characters, cut at a word."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    whole = text[:limit]
    words = whole.rsplit(" ", 1)[0] if " " in whole else whole[:-1]
    return words.rstrip(" ,;:.-–(") + "…"


def upper_first(text: str) -> str:
    """A phrase as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def clean(value: T) -> T:
    """The same facts with every text in them made harmless, at any depth; itself if nothing changes."""
    result: Any = value
    kind: Any = type(value)
    if isinstance(value, str):
        result = value if isinstance(value, Enum) else one_line(value)
    elif isinstance(value, tuple | list):
        result = tuple(clean(item) for item in value)
    elif names := _names(kind):
        changed = {}
        for name in names:
            old = getattr(value, name)
            if type(old) is str:  # by far the most: a letter has a thousand of them
                new: Any = _paragraphs(old) if name in PARAGRAPHS else one_line(old)
            else:
                new = clean(old)
            if new != old:
                changed[name] = new
        result = replace(value, **changed) if changed else value  # type: ignore[type-var]
    return result  # type: ignore[no-any-return]


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that may hold text; of any other type none."""
    found = fields(kind) if is_dataclass(kind) else ()
    return tuple(item.name for item in found if _may_hold_text(item.type))


_PLAIN = (type(None), int, float, bool, date, Enum)  # nothing in them to clean


def _may_hold_text(declared: Any) -> bool:
    """Whether a field declared so may hold text: ``date | None`` may not, ``tuple[str, ...]`` may."""
    parts = get_args(declared) or (declared,)
    return not all(isinstance(part, type) and issubclass(part, _PLAIN) for part in parts)


def _paragraphs(text: str) -> str:
    return "\n".join(paragraphs(text))
