"""Whether the trail is as it was sealed: each fault is named with its row, its day and what it told.

What is not found: rows taken from the end together with their seals, and a chain that was made anew, unless
a head is known from elsewhere; and rows of the last minutes, which were never sealed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.trail.chain import BEGINNING, Head, digest_of
from models.trail.rows import TrailName, TrailRow, TrailSeal
from models.trail.write import name_digest
from rules.trail.words import TrailNoun, TrailWhat

#: No transaction of ours is open for so long: what joins the chain later, behind younger rows, was put in.
LATE = timedelta(hours=1)
_PAGE = 2_000  # links read at once
_MOST_GONE = 100  # links that are gone and named, of those at one place
#: What a database gives back of a value that is no instant, no word of ours or no JSON.
_UNREADABLE = (LookupError, ValueError, TypeError)
_ROWS: sa.Table = TrailRow.__table__  # type: ignore[attr-defined]
_NAMES: sa.Table = TrailName.__table__  # type: ignore[attr-defined]
_SEALS: sa.Table = TrailSeal.__table__  # type: ignore[attr-defined]


class TrailFault(Enum):
    """What is wrong with a row or a link, as a person reads it."""

    CHANGED = "đã bị sửa hoặc đổi thứ tự"
    REMOVED = "đã bị xóa"
    INSERTED = "bị chèn thêm"
    NAME = "phần tên đã bị sửa hoặc xóa"
    SEAL_GONE = "dấu niêm phong đã bị xóa"
    CUT = "phần cuối đã bị cắt, hoặc cả chuỗi đã bị làm lại"


@dataclass(frozen=True, slots=True)
class Found:
    """A fault: in which link, of which row, of which instant, what the row tells; as far as it is there."""

    fault: TrailFault
    seq: int | None
    row: int | None = None
    happened_at: datetime | None = None
    what: TrailWhat | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What ``verify`` has seen. ``waiting``: rows that have no seal yet."""

    head: Head
    faults: tuple[Found, ...]
    waiting: int
    blacked_out: int


@dataclass(slots=True)
class _Walk:
    """Where the look at the chain stands."""

    wanted: str = ""
    met: bool = False
    digest: str | None = BEGINNING  # None: that of a link which is not there
    seq: int = 0
    at: datetime | None = None  # of the newest seal
    earlier: datetime | None = None  # of the newest seal that an earlier pass set
    highest: int = 0
    reached: datetime | None = None  # when the highest id was sealed
    blank: list[Found] = field(default_factory=list)  # names that are gone
    years: set[str] = field(default_factory=set)  # whose names were blacked out, as the trail itself tells

    def unexplained(self) -> list[Found]:
        """Names that are gone without a row that says so."""
        return [
            one for one in self.blank
            if one.happened_at is None or str(office_day(one.happened_at).year) not in self.years
        ]  # fmt: skip


def verify(session: Session, now: datetime, known_head: str = "") -> Verified:
    """Look at every row and every link. ``known_head`` is a digest that a letter carried: it must be met."""
    walk = _Walk(known_head)
    faults = [fault for link in _links(session) for fault in _judged(walk, link)]
    if walk.wanted and not walk.met:
        faults.append(Found(TrailFault.CUT, walk.seq))
    waiting, put_in = _without_seal(session, walk, now)
    end = Head(walk.seq, walk.digest or BEGINNING, walk.at)
    return Verified(end, (*faults, *put_in, *walk.unexplained()), waiting, len(walk.blank))


_LINK = (
    sa.select(
        _SEALS.c.seq, _SEALS.c.trail_id, _SEALS.c.digest.label("seal"), _SEALS.c.sealed_at, _ROWS,
        _NAMES.c.said, _NAMES.c.salt, _NAMES.c.digest.label("name_digest"),
    )
    .outerjoin(_ROWS, _ROWS.c.id == _SEALS.c.trail_id)
    .outerjoin(_NAMES, _NAMES.c.trail_id == _SEALS.c.trail_id)
    .order_by(_SEALS.c.seq)
)  # fmt: skip
_BARE = sa.select(_SEALS.c.seq, _SEALS.c.trail_id, _SEALS.c.digest.label("seal")).order_by(_SEALS.c.seq)


def _links(session: Session) -> Iterator[sa.RowMapping]:
    """Link by link; of one that cannot even be read as what it should be, what little can."""
    last = 0
    while bare := _page(session, _BARE, last):
        try:
            yield from _page(session, _LINK, last)
        except _UNREADABLE:
            for one in bare:
                yield _alone(session, one)
        last = bare[-1]["seq"]


def _page(session: Session, query: sa.Select[Any], last: int) -> Sequence[sa.RowMapping]:
    return session.execute(query.where(_SEALS.c.seq > last).limit(_PAGE)).mappings().all()


def _alone(session: Session, bare: sa.RowMapping) -> sa.RowMapping:
    try:
        return session.execute(_LINK.where(_SEALS.c.seq == bare["seq"])).mappings().one()
    except _UNREADABLE:
        return bare


def _judged(walk: _Walk, link: sa.RowMapping) -> Iterator[Found]:
    """The faults of one link; the look goes on behind it, so that each is told by itself."""
    seq, row = link["seq"], link["trail_id"]
    if seq != walk.seq + 1:  # what the links that are gone covered is not known, nor what follows at once
        yield from (Found(TrailFault.SEAL_GONE, number) for number in range(walk.seq + 1, seq)[:_MOST_GONE])
        walk.digest = None
    if "id" not in link:
        yield Found(TrailFault.CHANGED, seq, row)
    elif link["id"] is None:
        yield Found(TrailFault.REMOVED, seq, row)
    else:
        yield from _of_row(walk, link)
    walk.met |= bool(walk.wanted) and link["seal"] == walk.wanted
    walk.seq, walk.digest = seq, link["seal"]
    walk.earlier, walk.at = _pass_before(walk, link), link.get("sealed_at", walk.at)
    if isinstance(row, int) and (row > walk.highest or walk.reached is None):
        walk.highest, walk.reached = row, walk.at


def _of_row(walk: _Walk, link: sa.RowMapping) -> Iterator[Found]:
    if walk.digest is not None and link["seal"] != digest_of(
        walk.digest, link["seq"], link["sealed_at"], link
    ):
        yield _found(TrailFault.CHANGED, link)
    elif _put_in_late(walk, link):
        yield _found(TrailFault.INSERTED, link)
    if link["what"] is TrailWhat.BLACKED_OUT:
        walk.years.add(link["noun_key"])
    said, salt = link["said"], link["salt"]
    if link["name_digest"] is None:
        return
    if said is None and salt is None:
        walk.blank.append(_found(TrailFault.NAME, link))
    elif said is None or salt is None or name_digest(said, salt) != link["name_digest"]:
        yield _found(TrailFault.NAME, link)


def _pass_before(walk: _Walk, link: sa.RowMapping) -> datetime | None:
    """When the pass before that of ``link`` sealed: all rows of one pass have one instant."""
    return walk.earlier if link.get("sealed_at", walk.at) == walk.at else walk.at


def _put_in_late(walk: _Walk, link: sa.RowMapping) -> bool:
    """Whether a row joined the chain long after younger ones had, or tells of a time long before the pass
    that should have met it. Of a night without any pass the rows are as old as they are.
    """
    if walk.reached is not None and link["id"] < walk.highest and link["sealed_at"] > walk.reached + LATE:
        return True
    set_back = link["noun"] == TrailNoun.CLOCK  # a database that was led back to its clock
    before = _pass_before(walk, link)
    return not set_back and before is not None and link["happened_at"] < before - LATE


def _without_seal(session: Session, walk: _Walk, now: datetime) -> tuple[int, list[Found]]:
    """Rows that wait for their seal, and those among them that cannot be waiting."""
    query = sa.select(_ROWS.c.id).where(~sa.exists().where(_SEALS.c.trail_id == _ROWS.c.id))
    ids = session.scalars(query.order_by(_ROWS.c.id)).all()
    put_in, at = [], walk.at
    for key in ids:
        try:
            row = session.execute(sa.select(_ROWS).where(_ROWS.c.id == key)).mappings().one()
        except _UNREADABLE:
            put_in.append(Found(TrailFault.CHANGED, None, key))
            continue
        if row["what"] is TrailWhat.BLACKED_OUT:
            walk.years.add(row["noun_key"])
        at = None if row["noun"] == TrailNoun.CLOCK else at
        older = walk.reached is not None and key < walk.highest and now > walk.reached + LATE
        if older or (at is not None and row["happened_at"] < at - LATE):
            put_in.append(Found(TrailFault.INSERTED, None, key, row["happened_at"], row["what"]))
    return len(ids), put_in


def _found(fault: TrailFault, link: sa.RowMapping) -> Found:
    return Found(fault, link["seq"], link["id"], link["happened_at"], link["what"])
