"""What became of a body: "nay là ..." beside an old name."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.agencies import Agency, AgencySuccession

_MOST_HOPS = 5  # a register that runs in circles ends here


def present_names(session: Session, agency_ids: Iterable[str], day: date) -> dict[str, tuple[str, ...]]:
    """Names of the bodies that stand for each body on ``day``; those that still stand are left out."""
    links = _links(session, day)
    names: dict[str, str] = {}
    ends = {start: _ends(start, links) for start in dict.fromkeys(agency_ids) if start in links}
    if ends:
        wanted = {key for keys in ends.values() for key in keys}
        query = sa.select(Agency.id, Agency.name).where(Agency.id.in_(wanted))
        names = {row[0]: row[1] for row in session.execute(query)}
    return {start: tuple(names[key] for key in keys) for start, keys in ends.items()}


def _links(session: Session, day: date) -> dict[str, list[str]]:
    query = sa.select(AgencySuccession.agency_id, AgencySuccession.successor_id).where(
        sa.or_(AgencySuccession.succeeded_on.is_(None), AgencySuccession.succeeded_on <= day)
    )
    found: dict[str, list[str]] = {}
    for old, new in session.execute(
        query.order_by(AgencySuccession.agency_id, AgencySuccession.successor_id)
    ):
        found.setdefault(old, []).append(new)
    return found


def _ends(start: str, links: dict[str, list[str]]) -> tuple[str, ...]:
    ends = [start]
    for _ in range(_MOST_HOPS):
        if not any(key in links for key in ends):
            break
        ends = list(dict.fromkeys(later for key in ends for later in links.get(key, [key])))
    return tuple(ends)
