"""JSON from outside as a value: bounded in bytes, depth and parts, and refused with its line.

The parser of the standard library takes NaN, 1e999, a key twice and a depth that later ends whoever walks
the value. So the signs of the text are walked once before, without recursion; what a string holds is
judged by the forms, which can name the field.
"""

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

from config.files.setting_file import MEGABYTE, line_at
from config.files.shown import shown_key

#: A draft of 600 pages with its first reading; a conclusion has some 100 kilobytes.
MOST_BYTES = 32 * MEGABYTE
MOST_DEPTH = 20
MOST_PARTS = 400_000
_LONGEST_NUMBER = 18
_LONGEST_FLOAT = 40

_TOKEN = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+"?)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)'
    r"|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<odd>NaN|-?Infinity)",
    re.DOTALL,
)
_BROKEN = re.compile("[\ud800-\udfff]")
_COLON = re.compile(r"(?<![ \t\r\n])[ \t\r\n]*+:")


class JsonFault(Exception):
    """Why a text is no JSON for us: the problem in Vietnamese, without a full stop, and its line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"dòng {line}: {problem}")
        self.line, self.problem = line, problem


def json_value(data: bytes | str, most_bytes: int = MOST_BYTES, most_parts: int = MOST_PARTS) -> Any:
    """The value of one JSON document in UTF-8. Raises JsonFault with the line."""
    if len(data) > most_bytes:
        raise JsonFault(1, f"lớn hơn {most_bytes // MEGABYTE} MB, không tiếp nhận")
    text = _text(data) if isinstance(data, bytes) else data
    _Walk(text, most_parts).go()
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        line = line_at(text, error.pos)
        raise JsonFault(line, f"sai cú pháp JSON (cột {error.colno})") from None
    except (ValueError, RecursionError):  # what the walk should have found
        raise JsonFault(1, "sai cú pháp JSON") from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(data[: error.start].decode("utf-8", "replace"), error.start)
        raise JsonFault(line, f"không đúng bảng mã UTF-8 (vị trí byte {error.start})") from None


@dataclass
class _Walk:
    """One pass over the signs of a text, which may be no JSON at all: that is the parser's to say."""

    text: str
    most_parts: int
    _parts: int = 0
    #: For each open group its keys; for each open list None.
    _open: list[set[str] | None] = field(default_factory=list)

    def go(self) -> None:
        for found in _TOKEN.finditer(self.text):
            if problem := self._problem(found):
                raise JsonFault(line_at(self.text, found.start()), problem)

    def _problem(self, found: re.Match[str]) -> str | None:
        match found.lastgroup:
            case "open":
                self._open.append(set() if found[0] == "{" else None)
                if len(self._open) > MOST_DEPTH:
                    return f"cấu trúc JSON lồng quá sâu (quá {MOST_DEPTH} cấp)"
                return self._count()
            case "close":
                if self._open:
                    self._open.pop()
            case "comma":
                return self._count()
            case "number":
                return _number_problem(found[0])
            case "odd":
                return f"«{found[0]}» không phải là số"
            case "string":
                return self._key_problem(found)
        return None

    def _count(self) -> str | None:
        self._parts += 1
        if self._parts <= self.most_parts:
            return None
        return f"có quá {self.most_parts:_} phần tử".replace("_", ".")

    def _key_problem(self, found: re.Match[str]) -> str | None:
        keys = self._open[-1] if self._open else None
        if keys is None or not _COLON.match(self.text, found.end()):
            return None
        key = _spelt(found[0])
        if not key.isascii() and _BROKEN.search(key):
            return f"khóa «{shown_key(key)}» có ký tự hỏng"
        if key in keys:
            return f"khóa «{shown_key(key)}» ghi hai lần"
        keys.add(key)
        return None


def _spelt(token: str) -> str:
    """A key as it is meant: "a" and "\\u0061" are one."""
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token))
    except ValueError:
        return token


def _number_problem(digits: str) -> str | None:
    if digits.lstrip("-").isdigit():
        fits = len(digits) <= _LONGEST_NUMBER
    else:
        fits = len(digits) <= _LONGEST_FLOAT and _is_finite(digits)
    return None if fits else f"có số quá lớn («{shown_key(digits, 20)}»)"


def _is_finite(digits: str) -> bool:
    try:
        return math.isfinite(float(digits))
    except ValueError:
        return True  # no number: the parser says so
