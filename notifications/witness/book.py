"""The witness: what left the building, written beside the database and before it leaves.

``<folder>/<installation>/<host>/w<worker>-<year>-<month>.log``. Several hosts have a folder each, or
share one; another host's part, laid beside one's own, is read as well. Nothing in it names a person:
keys of letters, dates, and keyed hashes.
"""

import fcntl
import hmac
import json
import os
import re
import secrets
import socket
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b, sha256
from itertools import count
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL, Engine

from config.files.private_files import private_file
from config.settings import VAR, Settings
from notifications.witness.lines import (
    EntryLine,
    WitnessEntry,
    add_line,
    entries_in,
    last_number,
    make_folder,
    open_lines,
)
from rules.facts import TaskFacts

_NAME = re.compile(r"w(\d+)-(\d{4}-\d{2})\.log")
_HOST = "host"  # the file that holds the name of this host
_MACHINE = Path("/etc/machine-id")
Stream = tuple[str, int]  # host, worker


class WitnessTold(Protocol):
    """What a witness asks of a letter."""

    @property
    def key(self) -> str: ...
    @property
    def agency_id(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def data(self) -> Mapping[str, object]: ...
    @property
    def task(self) -> TaskFacts | None: ...


def place_of(secret: str, identity: str) -> str:
    """The keyed hash under which a witness knows the place that an address reaches."""
    return _keyed(secret, "place", identity)


def mark_of(secret: str, letter: WitnessTold) -> str:
    """The keyed hash of what a letter says: after a restore its ids may be those of another task."""
    said = [letter.key, letter.agency_id]
    if letter.task is not None:
        told = json.dumps(letter.data, ensure_ascii=False, sort_keys=True) if letter.data else ""
        said += [letter.task.title, letter.task.source, str(letter.due_on), told]
    # Ten thousand of these on a morning: BLAKE2 takes its key by itself, and a third of an HMAC's time.
    return blake2b("\0".join(said).encode(), key=secret.encode()[:64], digest_size=8).hexdigest()


def _keyed(secret: str, use: str, text: str) -> str:
    return hmac.digest(secret.encode(), f"{use}\n{text}".encode(), "sha256").hex()[:32]


def machine_name() -> str:
    """What this machine is called, and a hash of what its system says of itself: no two should share both."""
    name = re.sub(r"[^a-z0-9]+", "-", socket.gethostname().lower()).strip("-")[:40] or "host"
    known = _MACHINE.read_bytes() if _MACHINE.is_file() else b""
    return f"{name}-{sha256(b'dondoc' + known).hexdigest()[:8]}"


def installation_name(secret: str) -> str:
    """What the installation with this secret is called beside its database; tells nothing of the secret."""
    return _keyed(secret, "installation", "")[:16]


def root_of(engine: Engine, settings: Settings) -> Path:
    """The folder of the settings; by default beside an SQLite database."""
    return root_at(engine.url, settings)


def root_at(database: URL, settings: Settings) -> Path:
    """The same, of a database that nobody has opened."""
    if settings.witness_folder is not None:
        return settings.witness_folder
    path = database.database
    folder = Path(path).parent / "sent" if database.get_backend_name() == "sqlite" and path else VAR / "sent"
    if "PYTEST_CURRENT_TEST" in os.environ and folder.is_relative_to(VAR):
        # As with the office's database (models/db.py): a test never writes into the office's folder.
        return Path(tempfile.gettempdir()) / f"dondoc-{os.getpid()}" / "sent" / str(path).replace("/", "_")
    return folder


@dataclass(slots=True)
class Witness:
    """The witness of one installation, as far as it is at hand here."""

    root: Path
    installation: str
    host: str | None  # this host's name; None: it has never delivered

    @classmethod
    def at_hand(cls, engine: Engine, settings: Settings, secret: str) -> "Witness":
        """What lies here for the installation with this secret. Raises OSError when it cannot be read."""
        root = root_of(engine, settings)
        named = root / _HOST
        host = named.read_text(encoding="ascii").strip() if named.is_file() else None
        return cls(root, installation_name(secret), host or None)

    @property
    def folder(self) -> Path:
        """Where this installation's hosts have their folders."""
        return self.root / self.installation

    def last_numbers(self) -> dict[Stream, int]:
        """The last entry of each worker of each host that is at hand."""
        found: dict[Stream, int] = {}
        for stream, _, path in self._files():
            found[stream] = max(found.get(stream, 0), last_number(path))
        return found

    def entries(self, since: datetime) -> dict[Stream, list[WitnessEntry]]:
        """Entries of the months from that of ``since`` on (and a day before it)."""
        month = f"{since - timedelta(days=1):%Y-%m}"
        files: dict[Stream, list[Path]] = {}
        for stream, of_month, path in self._files():
            files.setdefault(stream, [])
            if of_month >= month:
                files[stream].append(path)
        return {stream: list(entries_in(paths)) for stream, paths in files.items()}

    def _files(self) -> Iterator[tuple[Stream, str, Path]]:
        for path in sorted(self.folder.glob("*/w*.log")):
            if (name := _NAME.fullmatch(path.name)) is not None:
                yield (path.parent.name, int(name[1])), name[2], path

    def is_ours(self, host: str) -> bool:
        """Whether a host's name was given on this machine, be it long ago."""
        ours = self.host.rpartition("-")[0] if self.host else machine_name()
        return host.rpartition("-")[0] == ours

    def settle_here(self) -> str:
        """The name of this host, made and kept if it has none. Raises OSError."""
        if self.host is None:
            make_folder(self.root)
            passing = self.root / f"{_HOST}.{secrets.token_hex(4)}"
            private_file(passing)
            passing.write_text(f"{machine_name()}-{secrets.token_hex(4)}\n", encoding="ascii")
            try:
                os.link(passing, self.root / _HOST)  # whoever was first has named it
            except FileExistsError:
                pass
            finally:
                passing.unlink()
            self.host = (self.root / _HOST).read_text(encoding="ascii").strip()
        return self.host


@dataclass(slots=True)
class Scribe:
    """Writes the entries of one pass, under a number that no other pass on this host has meanwhile.

    Nothing is made on the disk before ``begin``. ``last`` is the number of the last entry.
    """

    witness: Witness
    worker: int = 0
    last: int = 0
    _lock: int | None = None
    _open: dict[str, int] = field(default_factory=dict)
    _in_the_air: dict[str, tuple[int, int]] = field(default_factory=dict)

    def begin(self) -> "Scribe":
        """Take the first free worker's number of this host for as long as this pass lives. Raises OSError."""
        if self._lock is None:
            folder = self.witness.folder / self.witness.settle_here()
            make_folder(folder)
            self.worker, self._lock = _first_free(folder)
            mine = (self.witness.settle_here(), self.worker)
            # Only now: until the lock was ours another pass may have written under this number.
            self.last = self.witness.last_numbers().get(mine, 0)
        return self

    def enter(self, message_id: str, place: str, letters: dict[str, str], now: datetime) -> None:
        """Write down that a message leaves now. Raises OSError; then it must not leave."""
        handle = self._file(now)
        number = self.last + 1
        line = EntryLine(n=number, at=now.isoformat(), m=message_id, to=place, k=letters)
        add_line(handle, line, lasting=True)
        self.last = number
        self._in_the_air[message_id] = (handle, number)

    def settle(self, message_id: str, outcome: str) -> None:
        """Write down what became of it. Raises OSError, which changes nothing."""
        handle, number = self._in_the_air.pop(message_id)
        add_line(handle, {"o": number, "is": outcome}, lasting=False)

    def admit_gap(self, upto: int, now: datetime) -> None:
        """Go on after ``upto``: the entries between are lost. Raises OSError."""
        gap = [self.last + 1, upto]
        add_line(self._file(now), {"gap": gap, "at": now.isoformat()}, lasting=True)
        self.last = upto

    def close(self) -> None:
        """Let go of the files, and of the number."""
        for handle in (*self._open.values(), *([] if self._lock is None else [self._lock])):
            os.close(handle)
        self._open.clear()
        self._lock = None

    def _file(self, now: datetime) -> int:
        month = f"{now:%Y-%m}"
        if month not in self._open:
            folder = self.witness.folder / self.witness.settle_here()
            self._open[month] = open_lines(folder / f"w{self.worker}-{month}.log")
        return self._open[month]


def _first_free(folder: Path) -> tuple[int, int]:
    """The lowest number whose lock nobody holds, and the lock, which dies with its holder."""
    for number in count(1):
        handle = os.open(folder / f"w{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return number, handle
        except BlockingIOError:
            os.close(handle)
    raise AssertionError
