"""The office that this process serves: its policy and its calendar as the files say now, and its database.

A file that changed is taken up by whoever asks next (a sweep, a page). One that cannot be read changes
nothing: the version before it stays in use, and the office says so (``Office.trouble``) until it is mended.
Why: ``docs/decisions/0015``.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import TypeVar

from sqlalchemy.engine import Engine

from config.committee import POLICY_FILE, Policy, office_policy, policy_of
from config.files.errors import ConfigError
from config.home import Stamp, chosen, stamp, year_files
from config.office import Office, calendar_digest, policy_digest
from config.settings import get_settings
from config.work_calendar import FOLDER, office_calendar
from models.db import DatabaseNotReady, open_database, reading
from models.tables.follow_up_days import last_policy

T = TypeVar("T")
_Seen = tuple[Stamp, ...] | str


@dataclass
class _Memory:
    """What this process knows of one folder: how its files looked, and what was last in use."""

    lock: Lock = field(default_factory=Lock)
    seen: _Seen | None = None
    office: Office | None = None


def this_office() -> Office:
    """Policy and calendar of this installation, as its files say now.

    A process that begins while the policy is broken has the one that the follow-up last worked under.
    Raises ConfigError where nothing else is known: a date by a guessed calendar is worse than none.
    """
    memory = _memory_of(os.environ.get("DONDOC_HOME", ""))
    with memory.lock:
        seen = _look()
        if memory.office is None or seen != memory.seen:
            memory.office = _taken_up(memory.office)
            memory.seen = seen  # as it was before it was read: what changed meanwhile is read again
        return memory.office


def office_database() -> Engine:
    """The database of this installation. Raises DatabaseNotReady."""
    return open_database(get_settings().database_url)


@cache
def _memory_of(_home: str) -> _Memory:
    return _Memory()


def _look() -> _Seen:
    """How the files look from outside; what is wrong with the folder, where none can be looked at."""
    try:
        return tuple(map(stamp, (chosen(POLICY_FILE), *year_files(FOLDER))))
    except ConfigError as error:
        return f"{error}"


def _taken_up(before: Office | None) -> Office:
    policy, wrong = _part(office_policy, lambda: before.policy if before else _last_worked_under())
    calendar, wrong_days = _part(office_calendar, lambda: before.calendar if before else None)
    said = dict.fromkeys(one for one in (wrong, wrong_days) if one)
    return Office(policy, calendar, policy_digest(policy), calendar_digest(calendar), _told([*said]))


def _part(read: Callable[[], T], known: Callable[[], T | None]) -> tuple[T, str]:
    """What the files say, or what is ``known`` from before and what is wrong with them."""
    try:
        return read(), ""
    except ConfigError as error:
        if (good := known()) is None:
            raise
        return good, f"{error}"


def _told(faults: list[str]) -> str:
    """The first fault in a sentence; a broken file may have twenty."""
    lines = [line.strip().rstrip(".") for one in faults for line in one.splitlines()]
    if not lines:
        return ""
    more = f" (và {len(lines) - 1} lỗi khác)" if len(lines) > 1 else ""
    return (
        f"Không dùng được cấu hình của văn phòng: {lines[0]}{more}. Hệ thống vẫn làm theo bản đọc được "
        "trước đó; sửa xong thì lượt quét sau tự dùng bản mới"
    )


def _last_worked_under() -> Policy | None:
    """The policy of the last day that was followed; None: nobody knows one that this release can read."""
    try:
        engine = office_database()
    except DatabaseNotReady:
        return None
    try:
        with reading(engine) as session:
            text = last_policy(session)
        return None if text is None else policy_of(text)
    finally:
        engine.dispose()
