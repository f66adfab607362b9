"""The lines of a witness: what they hold, how they are written so that they last, how they are read.

One file a worker and month, one JSON value a line, lines only ever added. An entry (``n``) stands on the
disk before its message leaves; what became of it (``o``) follows unsynced. A line without its end was
torn by a power cut before it was synced: nothing left by it.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, TypedDict, cast, final

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class WitnessEntry:
    """One message that was handed to its channel. ``outcome`` None: nobody wrote down what became of it."""

    number: int
    at: datetime
    message_id: str
    place: str  # keyed hash of the address's identity
    letters: dict[str, str]  # key -> keyed hash of the content
    outcome: str | None = None


@final
class EntryLine(TypedDict):
    """An entry as a line: its number, instant (ISO), Message-ID, place, and letters by key."""

    n: int
    at: str
    m: str
    to: str
    k: dict[str, str]


@final
class GapLine(TypedDict):
    """The first and the last number of entries that are lost, and when that was said."""

    gap: list[int]
    at: str


#: The number of an entry, and what became of it.
OutcomeLine = TypedDict("OutcomeLine", {"o": int, "is": str})
Written: TypeAlias = EntryLine | GapLine | OutcomeLine


def make_folder(folder: Path) -> None:
    """The folder and those above it, for us alone, and lasting. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def open_lines(path: Path) -> int:
    """A descriptor to add lines to ``path``; a new file is made to last. Raises OSError."""
    new = not path.exists()
    make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if new:
            _sync_folder(path.parent)
        elif (size := os.fstat(handle).st_size) and os.pread(handle, 1, size - 1) != b"\n":
            os.write(handle, b"\n")  # so that a torn line is not made one with ours
    except OSError:
        os.close(handle)
        raise
    return handle


def add_line(handle: int, value: Written, lasting: bool) -> None:
    """Add one line in one piece, ``lasting`` through a power cut. Raises OSError if it is not whole."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    if os.write(handle, line) != len(line):
        raise OSError("short write")
    if lasting:
        os.fdatasync(handle)


def last_number(path: Path) -> int:
    """The number of the last entry (or gap) in the file, 0 if there is none."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        span = _CHUNK
        while True:
            start = max(size - span, 0)
            stream.seek(start)
            data = stream.read(size - start)
            lines = data.split(b"\n")[:-1]  # what stands behind the last newline is torn
            for line in reversed(lines if start == 0 else lines[1:]):
                number = _upto(_value(line))
                if number is not None:
                    return number
            if start == 0:
                return 0
            span *= 4


def entries_in(paths: list[Path]) -> Iterator[WitnessEntry]:
    """The entries of one worker's files, in their order, with what became of them."""
    outcomes: dict[int, str] = {}
    found: dict[int, WitnessEntry] = {}
    for path in paths:
        with path.open("rb") as stream:
            for line in stream:
                value = _value(line)
                if value is None:
                    continue
                if "o" in value:
                    outcomes[int(value["o"])] = str(value["is"])
                elif "n" in value:
                    number = int(value["n"])
                    at = datetime.fromisoformat(value["at"])
                    found[number] = WitnessEntry(number, at, value["m"], value["to"], dict(value["k"]))
    for number, one in sorted(found.items()):
        yield replace(one, outcome=outcomes.get(number))


def _upto(value: Written | None) -> int | None:
    """The number up to which a line tells of entries."""
    if value is None or "o" in value:
        return None
    if "n" in value:
        return int(value["n"])
    return int(value["gap"][1]) if "gap" in value else None


def _value(line: bytes) -> Written | None:
    try:
        value = json.loads(line) if line.strip() else None
    except ValueError:  # torn
        return None
    return cast(Written, value) if isinstance(value, dict) else None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
