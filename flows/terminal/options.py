"""What stands behind a command and its options: read and bounded in one place, refused in Vietnamese.

Every option that is neither a switch nor a file has one of these as its ``parser``
(tests/hostile/text/test_options.py walks all commands). A word that is wrong ends the command with 2 before
anything is opened.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import typer

from flows.terminal.instants import parse_instant
from flows.terminal.screen import complain
from flows.terminal.troubles import speak_anyway
from rules.people.held.role_words import role_typed
from rules.refusal import Refusal
from rules.text.typed import count_typed, day_typed, key_typed, quoted

if TYPE_CHECKING:
    from rules.draft import Genre

_REFUSED = 2
_LONGEST = 1_000
_DECIMAL = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,6})?")


@dataclass(frozen=True)
class TypedOption:
    """A parser for typer: ``read`` raises Refusal; a default is taken as it is."""

    read: Callable[[str], Any]
    __name__: str = "TEXT"  # what the help calls the value

    def __call__(self, word: Any) -> Any:
        """The value of ``word``; ends the command with 2, having said why."""
        if not isinstance(word, str):
            return word
        try:
            return self.read(word)
        except Refusal as refusal:
            speak_anyway()
            complain(f"Lỗi: {refusal}")
            raise typer.Exit(_REFUSED) from None


def counted(least: int, most: int, what: str) -> TypedOption:
    """A whole number from ``least`` to ``most``; ``what`` it counts is said in the refusal."""

    def read(word: str) -> int:
        count = count_typed(word.strip(), most)
        if count is None or count < least:
            raise Refusal(f"{what} «{quoted(word)}» không hợp lệ: phải là số nguyên từ {least} đến {most}.")
        return count

    return TypedOption(read, "INTEGER")


def key_of(what: str) -> TypedOption:
    """The number of a row (``what`` it is of) that the database may have."""

    def read(word: str) -> int:
        key = key_typed(word.strip())
        if key is not None:
            return key
        if word.strip().isdecimal():  # 0, or more than any column holds
            raise Refusal(f"Không có {what} số {quoted(word)}.")
        raise Refusal(f"Số {what} «{quoted(word)}» không hợp lệ: hãy ghi một số nguyên dương.")

    return TypedOption(read, "INTEGER")


def _seconds(word: str) -> float:
    seconds = float(word) if _DECIMAL.fullmatch(word.strip()) else 0.0
    if not 1 <= seconds <= 3600:
        raise Refusal(f"Số giây «{quoted(word)}» không hợp lệ: phải từ 1 đến 3600.")
    return seconds


def _text(word: str) -> str:
    if len(word) > _LONGEST:
        raise Refusal(f"«{quoted(word)}» dài quá {_LONGEST} ký tự.")
    if any("\ud800" <= sign <= "\udfff" or sign == "\0" for sign in word):  # bytes that are no UTF-8
        raise Refusal(f"«{quoted(word)}» có ký tự hỏng, không dùng được.")
    return word


def _address(word: str) -> str:
    try:
        return f"{ip_address(word.strip())}"
    except ValueError:
        raise Refusal(
            f"Địa chỉ «{quoted(word)}» không hợp lệ: phải là địa chỉ IP của máy này, ví dụ 127.0.0.1."
        ) from None


def _draft(word: str) -> str | int:
    if word.isascii() and word.isdigit():
        return int(DRAFT_KEY.read(word))
    return word


def _state(word: str) -> datetime | None:
    return None if word == "now" else parse_instant(word)


def _genre(word: str) -> "Genre":
    from rules.draft import Genre  # the help of all commands need not wait for it

    if word in set(Genre):
        return Genre(word)
    raise Refusal(f"Không có loại văn bản «{quoted(word)}»; chọn một trong: {', '.join(Genre)}.")


DAY = TypedOption(day_typed, "DATE")
INSTANT = TypedOption(parse_instant, "ISO")
#: Of a state that was restored: an instant, or None for "now" (never set back).
STATE = TypedOption(_state, "ISO")
SECONDS = TypedOption(_seconds, "FLOAT")
ADDRESS = TypedOption(_address)
PORT = counted(1, 65_535, "Cổng")
TEXT = TypedOption(_text)
ROLE = TypedOption(role_typed, "ROLE")
GENRE = TypedOption(_genre, "GENRE")
DRAFT_KEY = key_of("dự thảo")
#: The number of a stored draft, or the name of a file.
DRAFT = TypedOption(_draft)
