"""The register of bodies between rows and the values that the rules use."""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from models.tables.agencies import Agency, AgencyAlias, AgencySuccession, Committee, GroupMember
from models.tables.learned import ConfirmedAlias
from rules.people.bodies import Body, Membership, Succession
from rules.people.registry import Registry
from rules.refusal import NotFound

NO_REGISTER = "Chưa có sổ cơ quan: hãy chạy «dondoc import agencies»."


def load_registry(session: Session) -> Registry:
    """All bodies as the rules see them, with the names that the secretariat confirmed."""
    aliases = _aliases(session)
    successions: dict[str, list[Succession]] = defaultdict(list)
    for s in session.exec(select(AgencySuccession)):
        successions[s.agency_id].append(Succession(s.successor_id, s.succeeded_on, s.legal_basis))
    members: dict[str, list[Membership]] = defaultdict(list)
    for m in session.exec(select(GroupMember).order_by(GroupMember.group_id, GroupMember.position)):
        members[m.group_id].append(Membership(m.member_id, m.valid_from, m.valid_to))
    return Registry(
        tuple(
            _body(row, aliases[row.id], successions[row.id], members[row.id])
            for row in session.exec(select(Agency).order_by(Agency.id))
        )
    )


def _aliases(session: Session) -> dict[str, list[str]]:
    """The register's aliases in their order, then the confirmed ones that nobody has withdrawn."""
    found: dict[str, list[str]] = defaultdict(list)
    for listed in session.exec(select(AgencyAlias).order_by(AgencyAlias.agency_id, AgencyAlias.position)):
        found[listed.agency_id].append(listed.alias)
    active = select(ConfirmedAlias).where(ConfirmedAlias.withdrawn_at.is_(None)).order_by(ConfirmedAlias.id)
    for learned in session.exec(active):
        if learned.alias not in found[learned.agency_id]:
            found[learned.agency_id].append(learned.alias)
    return found


def _body(row: Agency, aliases: list[str], successions: list[Succession], members: list[Membership]) -> Body:
    return Body(
        id=row.id,
        name=row.name,
        kind=row.kind,
        aliases=tuple(aliases),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successions=tuple(successions),
        members=tuple(members),
        vague=row.vague,
        represents=row.represents,
        note=row.note,
    )


def the_committee(session: Session) -> Committee:
    """The committee of this installation. Raises NotFound (Vietnamese) before the import."""
    committee = session.get(Committee, 1)
    if committee is None:
        raise NotFound(NO_REGISTER)
    return committee


def agency_names(session: Session, ids: Any) -> dict[str, str]:
    """Names by id."""
    rows = session.execute(sa.select(Agency.id, Agency.name).where(Agency.id.in_(list(ids))))
    return {row[0]: row[1] for row in rows}
