"""Reads a spreadsheet in a process of its own: ``python sheet_worker.py FILE MOST_LINES MOST_COLUMNS``.

The file is a stranger's, so the process has a limit of memory and of processor time and may die without
harm. It prints one JSON object a line: a line of the first sheet, or why it gives up. Of this house it
imports nothing, so that it starts fast.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

_MEMORY = 480 * 1024 * 1024  # of address space; what is really used is a fraction
_SECONDS = 10  # of the processor
_MOST_SIGNS = 1_000  # of a cell


def main(file: str, most_lines: str, most_columns: str) -> None:
    """Read the sheet and print it."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 5))
    book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    sheets = book.worksheets
    if not sheets:
        say({"refused": "empty"})
        return
    sheet = sheets[0]
    sheet.reset_dimensions()  # what it says of its size binds nobody
    say_lines(sheet, int(most_lines), int(most_columns))


def say_lines(sheet: Any, most_lines: int, most_columns: int) -> None:
    """Each line that says anything; whoever refuses one says nothing more."""
    told = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        said = [said_by(cell) for cell in row]
        if not any(said) and not any(cell.data_type == "e" for cell in row):
            continue
        told += 1
        if why := refused(row, said, told > most_lines, most_columns):
            say({"line": number, **why})
            return
        say({"line": number, "cells": said[:most_columns]})


def refused(row: Any, said: list[str], too_many: bool, most_columns: int) -> dict[str, object]:
    """Why a line is not taken; empty if it is."""
    if too_many:
        return {"refused": "long"}
    if any(said[most_columns:]):
        return {"refused": "wide"}
    for why, kind in (("formula", "f"), ("error", "e")):
        found = [place for place, cell in enumerate(row) if cell.data_type == kind]
        if found:
            return {"refused": why, "place": found[0]}
    return {}


def said_by(cell: Any) -> str:
    """A cell as text: a day as 2026-01-31, a whole number without a point."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return str(value)[: _MOST_SIGNS + 1]


def say(fact: dict[str, object]) -> None:
    """One line of output."""
    sys.stdout.write(json.dumps(fact) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
