"""The bodies that directives name, by their roles."""

from collections import defaultdict
from collections.abc import Collection

import sqlalchemy as sa
from sqlmodel import Session

from models.tables.agencies import Agency
from models.tables.documents import DirectiveParty
from rules.vocabulary import PartyRole

#: Names by directive and role; a directive or a role that names nobody has an empty value.
Parties = dict[int, dict[PartyRole, list[str]]]


def parties_of(session: Session, directive_ids: Collection[int]) -> Parties:
    """Names by directive and role, in the order of the text."""
    found: Parties = defaultdict(lambda: defaultdict(list))
    query = (
        sa.select(DirectiveParty.directive_id, DirectiveParty.role, Agency.name)
        .join(Agency, Agency.id == DirectiveParty.agency_id)
        .where(DirectiveParty.directive_id.in_(directive_ids))
        .order_by(DirectiveParty.directive_id, DirectiveParty.position)
    )
    for directive_id, role, name in session.execute(query):
        found[directive_id][role].append(name)
    return found
