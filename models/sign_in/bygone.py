"""One-time links, sign-ins and trusted browsers that have opened nothing for long: rows that may go.

Rows are made in the order of their time, and live about equally long, so only the oldest of a table are
looked at: a table of any length costs the same.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.sign_in import PersonLink, SignedIn, TrustedDevice

#: So many of the oldest rows of a table are looked at.
OLDEST = 1_000


@dataclass(frozen=True, slots=True)
class Bygone:
    """Links that expired, sign-ins that began, and browsers that were trusted until before these instants."""

    links: datetime
    sign_ins: datetime
    devices: datetime

    def link_ids(self) -> sa.Select[Any]:
        """The ids of such links."""
        return _oldest(PersonLink, PersonLink.expires_at, self.links)

    def sign_in_ids(self) -> sa.Select[Any]:
        """The ids of such sign-ins."""
        return _oldest(SignedIn, SignedIn.began_at, self.sign_ins)

    def device_ids(self) -> sa.Select[Any]:
        """The ids of such browsers."""
        return _oldest(TrustedDevice, TrustedDevice.until, self.devices)


def is_any(session: Session, bygone: Bygone) -> bool:
    """Whether a row may go."""
    found = (bygone.link_ids(), bygone.sign_in_ids(), bygone.device_ids())
    return any(session.scalar(one.limit(1)) is not None for one in found)


def _oldest(table: type[Any], instant: Any, before: datetime) -> sa.Select[Any]:
    some = sa.select(table.id, instant.label("instant")).order_by(table.id).limit(OLDEST).subquery()
    return sa.select(some.c.id).where(some.c.instant < before)
