"""``dondoc check``: the named checks in the order in which an office is set up, and what they are given."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from config.files.errors import ConfigError
from config.settings import get_settings
from flows.actions.installation.check import (
    admins,
    calendar,
    clock,
    contacts,
    database,
    files,
    mail,
    schedules,
    way_in,
    zalo,
)
from flows.actions.installation.check.findings import Check, Finding, FindingMark, Premises, wrong
from flows.actions.installation.instant import read_clock, shown_now
from flows.actions.office import this_office
from models.database.address import parsed_url, shown
from models.db import DatabaseNotReady, open_database
from rules.refusal import Refusal

CHECKS = (
    Check("files", "Tệp cấu hình", files.look),
    Check("database", "Cơ sở dữ liệu", database.look),
    Check("way_in", "Địa chỉ, đường vào", way_in.look),
    Check("admins", "Quản trị hệ thống", admins.look),
    Check("mail", "Thư điện tử", mail.look),
    Check("zalo", "Zalo", zalo.look),
    Check("calendar", "Lịch ngày làm việc", calendar.look),
    Check("contacts", "Sổ cơ quan, địa chỉ", contacts.look),
    Check("clock", "Đồng hồ", clock.look),
    Check("schedules", "Lịch chạy", schedules.look),
)
_NOT_TRIED = "Chưa thử được: cần sửa các mục ở trên trước."


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found; never empty."""

    check: Check
    findings: tuple[Finding, ...]

    @property
    def well(self) -> bool:
        """Whether nothing is missing."""
        return all(one.mark is not FindingMark.WRONG for one in self.findings)


def checked() -> Iterator[Checked]:
    """Each check in turn; nothing is sent or stored. One that cannot be tried is not well."""
    premises = gathered()
    try:
        for check in CHECKS:
            yield Checked(check, _found(check, premises) or (wrong(_NOT_TRIED),))
    finally:
        if premises.engine is not None:
            premises.engine.dispose()


def gathered() -> Premises:
    """What there is to look at: a part that cannot be opened is left out, with its reason."""
    why: dict[str, str] = {}
    settings, office, engine, now = None, None, None, shown_now()
    try:
        settings = get_settings()
    except ConfigError as error:
        why["settings"] = f"{error}"
    with suppress(Refusal):  # told with the files, one by one
        office = this_office()
    try:
        engine = None if settings is None else _opened(settings.database_url)
        now = now if engine is None else read_clock(engine).now
    except (DatabaseNotReady, DBAPIError) as error:
        why["database"] = f"{error}" if isinstance(error, DatabaseNotReady) else _silent(error)
    return Premises(settings, office, engine, now, why)


def _opened(url: str) -> Engine:
    """A look makes no file: SQLite would, for whoever looked first. Raises DatabaseNotReady."""
    parsed = parsed_url(url)
    if parsed.get_backend_name() == "sqlite" and not os.path.lexists(parsed.database or ""):
        raise DatabaseNotReady(f"Chưa có tệp cơ sở dữ liệu {shown(url)}.")
    return open_database(url)


def _found(check: Check, premises: Premises) -> tuple[Finding, ...]:
    try:
        return tuple(check.look(premises))
    except Refusal as error:
        return (wrong(f"{error}"),)
    except DBAPIError as error:
        return (wrong(_silent(error)),)


def _silent(error: DBAPIError) -> str:
    return f"Cơ sở dữ liệu ngừng trả lời ({type(error).__name__})."
