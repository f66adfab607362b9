"""What became of a body: "nay là ..." beside an old name."""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency, AgencySuccession
from rules.people.bodies import Heir, ended_by

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


def heirs(session: Session, agency_ids: Iterable[str], day: date) -> dict[str, tuple[Heir, ...]]:
    """Who takes over from each body by the register, also from a day to come; none: an empty tuple.

    An heir that has itself ended by ``day`` is stood for by its own, if it has any.
    """
    named = sa.select(AgencySuccession, Agency.name, Agency.valid_to).join(
        Agency, Agency.id == AgencySuccession.successor_id
    )
    links: dict[str, list[tuple[Heir, bool]]] = {}
    for link, name, last in session.execute(named.order_by(AgencySuccession.successor_id)):
        heir = Heir(link.successor_id, name, link.succeeded_on, link.legal_basis)
        links.setdefault(link.agency_id, []).append((heir, ended_by(last, day)))
    return {start: _heirs(start, links) for start in dict.fromkeys(agency_ids)}


def _heirs(start: str, links: Mapping[str, list[tuple[Heir, bool]]]) -> tuple[Heir, ...]:
    found: dict[str, Heir] = {}
    ahead, seen = [start], {start}
    while ahead:
        for heir, ended in links.get(ahead.pop(0), ()):
            if not ended or heir.body_id not in links:
                found.setdefault(heir.body_id, heir)
            elif heir.body_id not in seen:
                seen.add(heir.body_id)
                ahead.append(heir.body_id)
    return tuple(found.values())


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
