"""Policy and calendar changed, as far as anything was decided under them: rows of the trail."""

from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.committee import policy_text
from flows.actions.trail.note import Noted, note
from models.db import one_at_a_time, reading, unit_of_work
from models.trail.rows import TrailRow
from rules.trail.words import TrailNoun, TrailWhat

_LOCK = "trail-policy"


def note_policy(session: Session, act: Act, digest: str) -> None:
    """Note the policy that is worked under from now on, the first one too; nothing if it is the same."""
    one_at_a_time(session, _LOCK)
    if _last(session, TrailNoun.POLICY) != digest:
        note(session, Noted(TrailWhat.POLICY, TrailNoun.POLICY, digest), act)


def note_office(engine: Engine, act: Act) -> None:
    """Note policy and calendar of an act's office where they are other ones than those noted last.

    The follow-up notes the policy on working days; a pass of any day does, and is the only one that notes
    the days of work. Digests that nobody asked for (``Office``) are noted by nobody.
    """
    with reading(engine) as session:
        if not _changed(session, act):
            return
    with unit_of_work(engine) as session:
        one_at_a_time(session, _LOCK)
        for noun in _changed(session, act):
            key = _policy_digest(act) if noun is TrailNoun.POLICY else act.office.calendar_digest
            note(session, Noted(TrailWhat.POLICY, noun, key), act)


def _changed(session: Session, act: Act) -> list[TrailNoun]:
    shown = {TrailNoun.POLICY: act.office.policy_digest, TrailNoun.CALENDAR: act.office.calendar_digest}
    return [noun for noun, digest in shown.items() if digest and not _last(session, noun).startswith(digest)]


def _policy_digest(act: Act) -> str:
    """As the follow-up keeps it (``PolicyVersion``)."""
    return sha256(policy_text(act.office.policy).encode()).hexdigest()


def _last(session: Session, noun: TrailNoun) -> str:
    newest = sa.select(TrailRow.noun_key).where(TrailRow.what == TrailWhat.POLICY, TrailRow.noun == noun)
    return session.scalar(newest.order_by(TrailRow.happened_at.desc(), TrailRow.id.desc()).limit(1)) or ""
