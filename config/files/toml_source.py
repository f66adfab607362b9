"""``dondoc.toml`` as values: bounded like every settings file, and refused with a line.

The file is flat, a line a setting. The parser of the standard library calls itself for each bracket and
lets Python's own errors out for a number of thousands of digits, without a place; the place is found by
reading the beginning of the file up to a line, and halving.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

from config.files.errors import ConfigError
from config.files.setting_file import LINE_END, text_of
from config.files.shown import shown_path
from rules.text.incoming import unseen

MOST_BYTES = 64 * 1024
LONGEST_LINE = 4_000
_SYNTAX = "sai cú pháp TOML. Kiểm tra dấu bằng, dấu ngoặc kép và tên khóa ở gần dòng này"


def toml_values(path: Path) -> dict[str, Any]:
    """The values of the file, by key; none if there is no such file. Raises ConfigError with the line."""
    if not (path.exists() or path.is_symlink()):
        return {}
    text = text_of(path, MOST_BYTES)
    if found := unseen(text):
        raise _fault(path, found.line, f"{found}")
    for number, line in enumerate(LINE_END.split(text), 1):
        if len(line) > LONGEST_LINE:  # a name of 30,000 parts, a.a.a, takes the parser 18 seconds
            raise _fault(path, number, f"dòng dài quá {LONGEST_LINE} ký tự")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.search(r"at line (\d+)", str(error))
        line_number = int(told[1]) if told else len(LINE_END.findall(text)) + 1
        raise _fault(path, line_number, _SYNTAX) from None
    except RecursionError:
        problem = "các mục lồng nhau quá sâu"
    except ValueError:
        problem = "số quá lớn"
    raise _fault(path, _line_of_fault(text), problem)


def _fault(path: Path, line: int, problem: str) -> ConfigError:
    return ConfigError(f"Tệp {shown_path(path)}, dòng {line}: {problem}.")


def _line_of_fault(text: str) -> int:
    """The first line with which the beginning of ``text`` breaks the parser itself, not its grammar."""
    ends = [found.end() for found in LINE_END.finditer(text)] + [len(text)]
    low, high = 1, len(ends)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _breaks(text[: ends[middle - 1]]) else (middle + 1, high)
    return low


def _breaks(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    except (RecursionError, ValueError):
        return True
    return False
