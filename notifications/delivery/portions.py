"""Which bodies are dispatched together: those that share a reader, and others up to some thousand letters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa
from sqlmodel import Session

from models.outbox.reachability import usable
from models.people.ended_bodies import gone_ids
from models.people.held.seated_contacts import reads_all
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import OutboxLetter
from notifications.delivery.dispatch import waiting
from notifications.outbox.post_office import PostOffice
from rules.letter_words import LetterState

MOST = 3_000  # letters in one commit, unless a single reader has more


def portions(session: Session, office: PostOffice) -> list[list[str]]:
    """Ids of bodies whose letters may go by now, portion by portion.

    A body that was raised to the secretariat before and still has no contact is left out.
    """
    counts = _counts(session, office)
    if not counts:
        return []  # the register need not be looked at
    return list(_filled(_groups(counts, _joined(_shared(session))), counts))


def _counts(session: Session, office: PostOffice) -> dict[str, int]:
    """How many letters wait for each body for which there is something to do; the oldest first."""
    today = office.today
    reachable = (
        sa.exists()
        .where(Contact.agency_id == OutboxLetter.agency_id, reads_all(today))
        .where(ContactAddress.contact_id == Contact.id, usable(today, office.mark_days))
    )
    stands = OutboxLetter.agency_id.not_in(gone_ids(today))
    query = (
        sa.select(OutboxLetter.agency_id, sa.func.count())
        .where(*waiting(office))
        .where(sa.or_(OutboxLetter.state == LetterState.PENDING, reachable & stands))
        .group_by(OutboxLetter.agency_id)
        .order_by(sa.func.min(OutboxLetter.id))
    )
    return {row[0]: row[1] for row in session.connection().execute(query)}


def _shared(session: Session) -> Iterator[tuple[str, str]]:
    """Places that more than one body's contacts name, each with one of the bodies."""
    shared = (
        sa.select(ContactAddress.identity)
        .join(Contact, Contact.id == ContactAddress.contact_id)
        .where(Contact.active)
        .group_by(ContactAddress.identity)
        .having(sa.func.count(Contact.agency_id.distinct()) > 1)
    )
    query = (
        sa.select(ContactAddress.identity, Contact.agency_id)
        .join(Contact, Contact.id == ContactAddress.contact_id)
        .where(Contact.active, ContactAddress.identity.in_(shared))
        .distinct()
    )
    for row in session.connection().execute(query):
        yield row[0], row[1]


def _joined(shared: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Each body that shares readers, with what stands for all that it shares them with, at any remove."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while (above := root.setdefault(name, name)) != name:
            root[name] = root.setdefault(above, above)
            name = root[name]
        return name

    for identity, agency_id in shared:
        root[find(agency_id)] = find(f" {identity}")  # a blank: no body's id
    return {name: find(name) for name in list(root)}


def _groups(counts: Mapping[str, int], root: Mapping[str, str]) -> Iterator[list[str]]:
    """Bodies that must stay together, in the order of their oldest letters; most are alone."""
    together: dict[str, list[str]] = defaultdict(list)
    for agency_id in counts:
        if agency_id in root:
            together[root[agency_id]].append(agency_id)
    for agency_id in counts:
        if agency_id not in root:
            yield [agency_id]
        elif mine := together.pop(root[agency_id], None):
            yield mine


def _filled(groups: Iterable[list[str]], counts: Mapping[str, int]) -> Iterator[list[str]]:
    portion: list[str] = []
    letters = 0
    for group in groups:
        mine = sum(counts[agency_id] for agency_id in group)
        if portion and letters + mine > MOST:
            yield portion
            portion, letters = [], 0
        portion += group
        letters += mine
    if portion:
        yield portion
