"""Whether a database stands where its witnesses left it; judged without writing anything.

The witness is read before the database: an entry is written after the commit of its claim, so a whole
database is never behind what was read first.
"""

import secrets as random
from dataclasses import dataclass, replace
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.settings import Settings
from models.db import reading, unit_of_work
from models.installation.fingerprint import fingerprint
from models.installation.restores import Purpose, Restore, WitnessStream
from models.tables.outbox import Installation
from notifications.witness.book import Stream, Witness

#: A host that has sent nothing for so long is not waited for when the database has changed its place.
WAITED_FOR = timedelta(days=7)

HOW = "Hãy chạy «dondoc restored --at THỜI-ĐIỂM» với thời điểm của bản sao lưu (xem docs/runbook.md)."
TEST_COPY = "Đây là bản sao để thử: không thư nào được gửi từ cơ sở dữ liệu này."
AHEAD = (
    "Không gửi thư: sổ chứng ghi {count} lượt gửi mà cơ sở dữ liệu không biết, nên cơ sở dữ liệu đã bị "
    f"đưa về một thời điểm trước. {HOW}"
)
NO_WITNESS = (
    "Không gửi thư: cơ sở dữ liệu không ở chỗ cũ (bản sao, bản khôi phục hoặc máy khác) và ở đây không có sổ "
    f"chứng đầy đủ để đối chiếu. {HOW} Nếu đây là bản sao để thử, hãy dùng «dondoc copy --for-tests»."
)
OTHERS = (
    "Chưa gửi thư: cơ sở dữ liệu đã chuyển chỗ, còn chờ sổ chứng của máy {hosts} đối chiếu ở lượt gửi của "
    f"máy đó. Nếu máy đó không còn: {HOW[0].lower()}{HOW[1:]}"
)
ELSEWHERE = f"Không gửi thư: máy {{hosts}} thấy sổ chứng đi trước cơ sở dữ liệu. {HOW}"
UNREADABLE = "Không gửi thư: không đọc được sổ chứng trong {folder} ({why})."
MOVED = "cơ sở dữ liệu đã chuyển chỗ; sổ chứng khớp đến lượt gửi cuối cùng nên vẫn gửi"
LOST = (
    "Không gửi thư: không thấy sổ chứng của máy này, hoặc sổ chứng thiếu, nên không biết cơ sở dữ liệu có bị "
    "đưa về một thời điểm trước hay không. Nếu chắc chắn không: «dondoc restored --at now». Nếu có: "
    f"{HOW[0].lower()}{HOW[1:]}"
)


@dataclass(frozen=True, slots=True)
class WitnessStanding:
    """The witness at hand, what the database knows of all of them, and what follows."""

    witness: Witness
    at_hand: dict[Stream, int]
    known: dict[Stream, WitnessStream]
    here: str  # the fingerprint
    secret: str
    halted: str | None  # in Vietnamese; None: letters may leave
    ahead: bool = False  # the reason is this host's witness, and the other hosts should hear of it
    confirms: tuple[str, ...] = ()  # hosts whose witness agrees here, and whose rows name another place
    notes: tuple[str, ...] = ()
    restored: bool = False  # a person has declared a restore
    declared: bool = False  # the last one without the witness of every host


def installation_of(engine: Engine) -> Installation:
    """This installation's row; made now where the tables were made without migrations."""
    with reading(engine) as session:
        found = session.get(Installation, 1)
        if found is not None:
            session.expunge(found)
            return found
    with unit_of_work(engine) as session:
        made = Installation(id=1, secret=random.token_hex(32))
        session.add(made)
        return made


def witness_standing(engine: Engine, settings: Settings) -> WitnessStanding:
    """Judge the database as it stands now. Raises OSError when the witness cannot be read."""
    ours = installation_of(engine)
    witness = Witness.at_hand(engine, settings, ours.secret)
    at_hand = witness.last_numbers()
    here = fingerprint(engine)
    with reading(engine) as session:
        rows = session.scalars(sa.select(WitnessStream)).all()
        session.expunge_all()
        complete = session.scalar(sa.select(Restore.complete).order_by(Restore.id.desc()).limit(1))
    known = {(row.host, row.worker): row for row in rows}
    base = WitnessStanding(witness, at_hand, known, here, ours.secret, None)
    base = replace(base, restored=complete is not None, declared=complete is False)
    if ours.purpose == Purpose.TEST:
        return replace(base, halted=TEST_COPY)
    return _judged(base)


def _judged(base: WitnessStanding) -> WitnessStanding:
    beyond = sum(max(0, last - _noted(base, stream)) for stream, last in base.at_hand.items())
    if beyond:
        return replace(base, halted=AHEAD.format(count=beyond), ahead=True)
    if elsewhere := sorted({row.host for row in base.known.values() if row.ahead_since is not None}):
        mine = [host for host in elsewhere if host in _hosts(base)]  # these agree by now
        if len(mine) < len(elsewhere):
            return replace(base, halted=ELSEWHERE.format(hosts=", ".join(set(elsewhere) - set(mine))))
    if not base.known:
        return base  # the first pass ever: the database is at home here
    return _placed(base)


def _placed(base: WitnessStanding) -> WitnessStanding:
    """By the place of the database: the same as before, or another one that its witnesses know."""
    agreeing = {host for host in _hosts(base) if _agrees(base, host)}
    strayed = {row.host for row in base.known.values() if row.fingerprint != base.here}
    confirms = tuple(sorted(strayed & agreeing))
    # A row without entries tells only where the database was made (``remember_place``).
    mine = {
        row.host
        for row in base.known.values()
        if is_mine(base, row.host) and (row.noted or row.host in strayed)
    }
    if mine and not mine & agreeing:
        return replace(base, halted=NO_WITNESS if strayed else LOST)
    waited = (strayed - agreeing) & _recent(base)
    if waited and not agreeing and waited == _recent(base):
        return replace(base, halted=NO_WITNESS)
    if waited:
        words = OTHERS.format(hosts=", ".join(sorted(waited)))
        return replace(base, halted=words, confirms=confirms)
    return replace(base, confirms=confirms, notes=(MOVED,) if confirms else ())


def is_mine(base: WitnessStanding, host: str) -> bool:
    """Whether a host's entries were made on this machine; beside an SQLite file there is no other."""
    return base.witness.is_ours(host) or base.here.startswith("sqlite:")


def _noted(base: WitnessStanding, stream: Stream) -> int:
    row = base.known.get(stream)
    return row.noted if row is not None else 0


def _hosts(base: WitnessStanding) -> set[str]:
    return {host for host, _ in base.at_hand}


def _agrees(base: WitnessStanding, host: str) -> bool:
    """All that the database has let this host enter is here; the last entry may have been cut off."""
    rows = [row for row in base.known.values() if row.host == host]
    return bool(rows) and all(base.at_hand.get((row.host, row.worker), 0) >= row.noted - 1 for row in rows)


def _recent(base: WitnessStanding) -> set[str]:
    newest = max(row.noted_at for row in base.known.values())
    return {row.host for row in base.known.values() if row.noted_at > newest - WAITED_FOR}
