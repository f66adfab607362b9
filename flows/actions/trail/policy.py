"""The committee's policy changed, as far as anything was decided under it: a row of the trail."""

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from flows.actions.trail.note import Noted, note
from models.trail.rows import TrailRow
from rules.trail.words import TrailNoun, TrailWhat


def note_policy(session: Session, act: Act, digest: str) -> None:
    """Note the policy that is worked under from now on, the first one too; nothing if it is the same."""
    newest = sa.select(TrailRow.noun_key).where(TrailRow.what == TrailWhat.POLICY)
    if session.scalar(newest.order_by(TrailRow.happened_at.desc(), TrailRow.id.desc()).limit(1)) != digest:
        note(session, Noted(TrailWhat.POLICY, TrailNoun.POLICY, digest), act)
