"""Who sends a request, by its cookie: read from the database, so beside the event loop."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.clock import office_day
from flows.actions.installation.instant import Clock, clock_of
from flows.actions.sign_in.second_factor import is_required, is_trusted
from flows.actions.sign_in.sign_ins import StandingSignIn, renew, sign_in_of, touch
from models.db import reading
from models.people.access.named_viewers import named_viewer
from models.people.access.viewers import find_viewer
from rules.people.viewer import Viewer
from rules.refusal import Overtaken
from rules.sign_in.ages import TOUCHED_EVERY
from rules.sign_in.second_factor import seats_mark
from web.visitors.visitor import STRANGER, Visitor


class Wants(Enum):
    """What is missing before the pages are open."""

    NOTHING = auto()
    SIGN_IN = auto()
    SECOND = auto()
    SEAT = auto()


@dataclass(frozen=True, slots=True)
class LookedIn:
    """Who it is; ``token`` is what the cookie has to be from now on, "" where it stays.

    ``clock`` by which it was judged; None where nothing was sent that could be.
    """

    visitor: Visitor = STRANGER
    wants: Wants = Wants.SIGN_IN
    token: str = field(default="", repr=False)
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request brings: the tokens of its sign-in and of its device, and where it comes from."""

    token: str = field(repr=False)
    device: str = field(repr=False)
    address: str


def look(engine: Engine, sent: Sent) -> LookedIn:
    """Who it is and what is missing; a sign-in that is used stands on."""
    if not sent.token:
        return LookedIn()
    with reading(engine) as session:
        clock = clock_of(session)
        now = clock.now
        standing = sign_in_of(session, sent.token, now)
        if standing is None:
            return LookedIn(clock=clock)
        who = named_viewer(session, standing.person_id, office_day(now))
        proven = standing.second_at is not None or not _second_wanted(session, who.viewer, sent, now)
    visitor = Visitor(who.viewer, standing.id, who.name, sent.address, who.names, who.seats, proven)
    if now - standing.seen_at >= TOUCHED_EVERY:
        touch(engine, standing.id, now)
    return LookedIn(visitor, _wants(visitor), _token(engine, standing, who.viewer, now), clock)


def still(engine: Engine, sent: Sent, found: LookedIn) -> bool:
    """Whether the one who was ``found`` sits there yet: by the same sign-in, and in the same seats."""
    with reading(engine) as session:
        now = clock_of(session).now
        standing = sign_in_of(session, found.token or sent.token, now)
        if standing is None:
            return False
        return find_viewer(session, standing.person_id, office_day(now)).viewer == found.visitor.viewer


def _second_wanted(session: Session, viewer: Viewer, sent: Sent, now: datetime) -> bool:
    person = viewer.person or 0
    trusted = bool(sent.device) and is_trusted(session, person, sent.device, now)
    return is_required(session, viewer, trusted)


def _wants(visitor: Visitor) -> Wants:
    if not visitor.proven:
        return Wants.SECOND
    return Wants.NOTHING if visitor.viewer.seats else Wants.SEAT


def _token(engine: Engine, standing: StandingSignIn, viewer: Viewer, now: datetime) -> str:
    """A new one where the person sits otherwise than when the old one was made."""
    if standing.seats == seats_mark(viewer.seats):
        return ""
    try:
        return renew(engine, standing.id, now)
    except Overtaken:  # another request of the same browser was faster, and brings the new one
        return ""
