"""The one door through which links, sign-ins and trusted devices change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from config.act import Act
from models.database.swap import swapped, touched
from models.sign_in.bygone import Bygone
from models.tables.sign_in import LinkToken, PersonLink, SignedIn, TrustedDevice
from models.trail.deeds import did_to_many
from rules.trail.words import TrailNoun


def use_once(session: Session, link_id: int, now: datetime) -> bool:
    """Use a link up; False if it was used, was revoked or is over."""
    return swapped(
        session, PersonLink, PersonLink.id == link_id, *_opens(), PersonLink.expires_at > now,
        values={"used_at": now},
    )  # fmt: skip


def revoke_open_links(session: Session, person_id: int, now: datetime) -> int:
    """How many links of the person open nothing any more."""
    mine = sa.update(PersonLink).where(PersonLink.person_id == person_id, *_opens())
    return touched(session, mine.values(revoked_at=now))


def change_sign_in(
    session: Session, sign_in_id: int, *known: sa.ColumnElement[bool], values: Mapping[str, Any]
) -> bool:
    """Change a sign-in that has not ended and for which all that is ``known`` holds; False: it does not."""
    stands = (SignedIn.id == sign_in_id, SignedIn.ended_at.is_(None), *known)
    return swapped(session, SignedIn, *stands, values=values)


def end_sign_ins(session: Session, person_id: int, now: datetime, but: int | None = None) -> int:
    """How many sign-ins of the person have ended; the one with the id ``but`` goes on."""
    mine = sa.update(SignedIn).where(SignedIn.person_id == person_id, SignedIn.ended_at.is_(None))
    others = mine if but is None else mine.where(SignedIn.id != but)
    return touched(session, others.values(ended_at=now))


def end_every_sign_in(session: Session, now: datetime) -> int:
    """How many sign-ins have ended: those of everybody."""
    standing = sa.update(SignedIn).where(SignedIn.ended_at.is_(None))
    return touched(session, standing.values(ended_at=now))


def forget_devices(session: Session, person_id: int) -> None:
    """No browser of the person is trusted any more."""
    touched(session, sa.delete(TrustedDevice).where(TrustedDevice.person_id == person_id))


def clear_bygone(session: Session, bygone: Bygone, act: Act) -> int:
    """Remove the oldest of what opens nothing any more; returns how many rows went."""
    links = session.scalars(bygone.link_ids()).all()
    touched(session, sa.delete(LinkToken).where(LinkToken.link_id.in_(links)))
    gone = touched(session, sa.delete(PersonLink).where(PersonLink.id.in_(links)))
    over = touched(session, sa.delete(SignedIn).where(SignedIn.id.in_(bygone.sign_in_ids())))
    devices = touched(session, sa.delete(TrustedDevice).where(TrustedDevice.id.in_(bygone.device_ids())))
    did_to_many(session, act, TrailNoun.LINK, (), "cleared", gone)
    did_to_many(session, act, TrailNoun.SIGN_IN, (), "cleared", over)
    did_to_many(session, act, TrailNoun.SIGN_IN, (), "devices_cleared", devices)
    return gone + over + devices


def _opens() -> tuple[sa.ColumnElement[bool], ...]:
    return PersonLink.used_at.is_(None), PersonLink.revoked_at.is_(None)
