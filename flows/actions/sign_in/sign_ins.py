"""Sign-ins: opened, standing, touched, renewed and ended."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_urlsafe

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Doer
from config.clock import office_day
from flows.actions.doors.sign_in import change_sign_in, end_sign_ins
from flows.actions.sign_in import terms
from flows.actions.sign_in.seen import CameFrom
from flows.actions.trail.note import Noted, note_visit
from models.db import reading, unit_of_work
from models.people.access.viewers import seats_held
from models.sign_in import sign_ins as read
from models.sign_in.accounts import is_active
from models.sign_in.sign_ins import SignInLine as SignInLine
from models.sign_in.sign_ins import StandingSignIn as StandingSignIn
from models.sign_in.tokens import digest_of
from models.tables.sign_in import SignedIn
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.sign_in.ages import TOUCHED_EVERY
from rules.sign_in.second_factor import seats_mark
from rules.sign_in.words import SignInWay
from rules.text.incoming import cleaned
from rules.trail.words import TrailWhat

_BYTES, _MOST_SIGNS = 32, 100
_MOST_ADDRESS, _MOST_AGENT = 64, 200


def open_sign_in(
    engine: Engine, person_id: int, way: SignInWay, seen: CameFrom, now: datetime, second: bool = False
) -> str:
    """The token of a new sign-in. Raises NotAllowed for a person who may not come in (any more)."""
    with unit_of_work(engine) as session:
        return begin_sign_in(session, person_id, way, seen, now, second)


def begin_sign_in(
    session: Session, person_id: int, way: SignInWay, seen: CameFrom, now: datetime, second: bool = False
) -> str:
    """The same in the caller's transaction: who ends what the person has open comes before or after it."""
    if not is_active(session, person_id, hold=True):
        raise NotAllowed("Tài khoản này đã ngừng sử dụng; hãy hỏi người quản trị hệ thống.")
    token = token_urlsafe(_BYTES)
    row = SignedIn(
        digest=digest_of(token), person_id=person_id, way=way, began_at=now, seen_at=now,
        second_at=now if second else None, seats=_mark(session, person_id, now),
        address=seen.address[:_MOST_ADDRESS], agent=cleaned(seen.agent[:_MOST_AGENT])[:_MOST_AGENT],
    )  # fmt: skip
    session.add(row)
    noted = Noted(TrailWhat.SIGNED_IN, "person", person_id, data={"way": way.value, "second": second})
    note_visit(session, noted, now, Doer(person_id, address=row.address))
    return token


def sign_in_of(session: Session, token: str, now: datetime) -> StandingSignIn | None:
    """The sign-in of a token; None when it has ended, was idle too long, is too old, or nobody's."""
    if not (0 < len(token) <= _MOST_SIGNS and token.isascii()):
        return None
    return read.standing(session, token, terms.ages(), now)


def touch(engine: Engine, sign_in_id: int, now: datetime) -> None:
    """It was used; written at most once a minute."""
    before = now - TOUCHED_EVERY
    with reading(engine) as session:
        seen_at = read.seen_at(session, sign_in_id)
    if seen_at is not None and seen_at <= before:
        with unit_of_work(engine) as session:
            change_sign_in(session, sign_in_id, SignedIn.seen_at <= before, values={"seen_at": now})


def renew(engine: Engine, sign_in_id: int, now: datetime, second: bool = False) -> str:
    """A new token of the same sign-in: the old one opens nothing any more.

    For other seats, or with ``second`` after a second factor. Raises Overtaken if it has ended, or another
    request of the same browser has renewed it for these seats; that one then has the token.
    """
    token = token_urlsafe(_BYTES)
    with unit_of_work(engine) as session:
        person_id = read.of_whom(session, sign_in_id)
        mark = _mark(session, person_id or 0, now)
        known = () if second else (SignedIn.seats != mark,)
        given = {"second_at": now} if second else {}
        values = {"digest": digest_of(token), "seats": mark, "seen_at": now, **given}
        if not change_sign_in(session, sign_in_id, *known, values=values):
            raise Overtaken("Phiên đăng nhập này đã kết thúc hoặc vừa được cập nhật; hãy mở lại trang.")
    return token


def end_one(engine: Engine, person_id: int, sign_in_id: int, now: datetime) -> None:
    """Sign out; again: nothing changes. Raises NotFound for a sign-in that is not the person's."""
    with unit_of_work(engine) as session:
        if read.of_whom(session, sign_in_id) != person_id:
            raise NotFound("Không có phiên đăng nhập này.")
        if change_sign_in(session, sign_in_id, values={"ended_at": now}):
            noted = Noted(TrailWhat.SIGNED_OUT, "sign_in", sign_in_id)
            note_visit(session, noted, now, Doer(person_id))


def end_all(engine: Engine, person_id: int, now: datetime, but: int | None = None) -> None:
    """Sign out everywhere, except in the sign-in ``but``."""
    with unit_of_work(engine) as session:
        if ended := end_sign_ins(session, person_id, now, but):
            noted = Noted(TrailWhat.SIGN_IN_ENDED, "person", person_id, data={"count": ended})
            note_visit(session, noted, now, Doer(person_id))


def list_of(session: Session, person_id: int, now: datetime) -> Sequence[SignInLine]:
    """The person's standing sign-ins, the last used first."""
    return read.lines(session, person_id, terms.ages(), now)


def _mark(session: Session, person_id: int, now: datetime) -> str:
    return seats_mark(seats_held(session, person_id, office_day(now)))
