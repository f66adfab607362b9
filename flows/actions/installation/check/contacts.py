"""Whether those who must hear of things can be written to: the secretariat, the rungs, whoever has work."""

from collections.abc import Iterator

from sqlmodel import Session

from config.agencies import RegisterFile, load_register
from config.files.errors import ConfigError
from config.home import REGISTER, own
from flows.actions.installation.check.findings import Finding, Premises, good, note, wrong
from models.db import reading
from models.outbox.missing_addresses import leads_without_address, register_in_use, without_address
from models.outbox.reachability import alarm
from models.people.register import agency_names
from models.tables.agencies import Committee
from notifications.letters.kit.filters import grouped
from rules.vocabulary import Rung

_MEND = "Ghi địa chỉ vào mục contacts của sổ cơ quan, rồi chạy «dondoc import agencies»."
_SHOWN = 5


def look(premises: Premises) -> Iterator[Finding]:
    """Names of bodies only: no address is shown."""
    if premises.engine is None:
        return
    with reading(premises.engine) as session:
        committee = session.get(Committee, 1)
        if committee is None:
            yield wrong("Chưa nhập sổ cơ quan.", "Sửa agencies.yaml rồi chạy «dondoc import agencies».")
            return
        mark_days = premises.office.mark_days if premises.office else 0
        yield from _seats(session, committee, premises, mark_days)
        if busy := leads_without_address(session, premises.today, mark_days):
            count = grouped(len(busy))
            words = f"{count} cơ quan đang có nhiệm vụ mà không có địa chỉ nhận thư: {_some(busy)}."
            yield wrong(words, _MEND)
        yield from _against_file(session)


def _seats(session: Session, committee: Committee, premises: Premises, mark_days: int) -> Iterator[Finding]:
    unreachable = alarm(session, premises.today, mark_days).unreachable
    yield wrong(f"{unreachable}.", _MEND) if unreachable else good("Gửi được thư tới Văn phòng.")
    seats = {
        committee.standing_agency_id: Rung.STANDING.label,
        committee.chair_id: Rung.CHAIR.label,
        committee.upper_id: Rung.PROVINCE.label,
    }
    silent = without_address(session, seats, premises.today, mark_days)
    names = agency_names(session, silent)
    for body in silent:
        name = seats[body] if names[body] == seats[body] else f"{seats[body]} ({names[body]})"
        yield wrong(f"{name} không có địa chỉ nhận thư dùng được.", _MEND)
    if not silent:
        yield good("Gửi được thư tới các cấp giải quyết việc trình.")


def _against_file(session: Session) -> Iterator[Finding]:
    """Whether the register of the office's folder is the one that was imported."""
    try:
        if own(REGISTER) is None:
            return
        file = load_register()
    except ConfigError:  # told with the files
        return
    names, places = register_in_use(session)
    told = {body.id: body.name for body in file.bodies}
    bodies = sum(names.get(key) != name for key, name in told.items())
    addresses = len(_places(file) ^ places)
    if bodies or addresses:
        words = f"Tệp sổ cơ quan khác sổ đang dùng ở {bodies} cơ quan, {addresses} địa chỉ."
        yield note(words, "Muốn dùng tệp ấy: chạy «dondoc import agencies».")


def _places(file: RegisterFile) -> frozenset[tuple[str, str]]:
    return frozenset((one.body_id, url) for one in file.contacts for url in one.addresses)


def _some(names: list[str]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" và {grouped(rest)} cơ quan khác" if rest > 0 else "")
