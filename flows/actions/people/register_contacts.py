"""Contacts and addresses of a register: checked at the door, and matched to the rows that are there.

A row is known by what it reaches, not by its spelling: messages point to it, so it keeps its id.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session

from config.agencies import ContactEntry
from config.register.places import told
from models.tables.agencies import Contact, ContactAddress
from notifications.channels.registry import why_no_address
from rules.outbox.address_spelling import WrongAddress, normalised
from rules.outbox.addresses import channel_of, identity_of
from rules.text.stacked_marks import composed


class _Place(NamedTuple):
    """Where letters go by an address, and how: a mailbox that is written to and saved for is two rows."""

    channel: str
    identity: str


class _ContactKey(NamedTuple):
    body_id: str
    role: str
    label: str


def checked_contacts(contacts: Iterable[ContactEntry]) -> tuple[ContactEntry, ...]:
    """The contacts with addresses as they are kept, each place once.

    Raises ConfigError with the first faults, each with its line, if no channel takes an address or a
    contact is named twice.
    """
    found: list[ContactEntry] = []
    faults: list[str] = []
    seen: dict[_ContactKey, ContactEntry] = {}
    for entry in contacts:
        entry = replace(entry, label=_one_spelling(entry.label))
        if seen.setdefault(_key(entry), entry) is not entry:
            faults.append(f"{entry.where('label')}: đầu mối này đã ghi ở trên, hãy gộp các địa chỉ lại.")
        urls: dict[_Place, str] = {}
        for number, typed in enumerate(entry.addresses):
            url, problem = _checked(typed)
            if problem:
                faults.append(f"{entry.where('addresses', number)}: {problem}.")
            else:
                urls.setdefault(_place(url), url)
        found.append(replace(entry, addresses=tuple(urls.values())))
    if faults:
        raise told(faults)
    return tuple(found)


def replace_contacts(session: Session, contacts: tuple[ContactEntry, ...]) -> None:
    """Contacts keep their ids, because messages point to them; those not in the file go inactive.

    Contacts of persons are none of the register's (``person_contacts.py``).

    Every address of the file is tried again: a mark as unusable ends here.
    """
    known: dict[_ContactKey, Contact] = {}
    ours = sa.select(Contact).where(Contact.person_id.is_(None))
    for row in session.scalars(ours.order_by(sa.not_(Contact.active), Contact.id)):
        known.setdefault(_ContactKey(row.agency_id, row.role, _one_spelling(row.label)), row)
        row.active = False
    for entry in contacts:
        contact = known.get(_key(entry)) or Contact(
            agency_id=entry.body_id, role=entry.role, label=entry.label
        )
        contact.active = True
        session.add(contact)
        session.flush()
        set_addresses(session, contact, entry.addresses)


def _checked(typed: str) -> tuple[str, str | None]:
    """The address as it is kept, and why it cannot be one.

    A bare mailbox is understood where a person writes it, in the file (``config.agencies``). Here each
    address has its channel already: one without was put together by a program that forgot it.
    """
    try:
        url = normalised(typed)
    except WrongAddress as error:
        return "", str(error)
    if "://" not in typed:
        return "", _NO_CHANNEL
    return url, why_no_address(url)


_NO_CHANNEL = "địa chỉ chưa ghi kênh gửi, ví dụ smtpmail://van-thu@so.gov.vn"


def set_addresses(session: Session, contact: Contact, urls: tuple[str, ...]) -> None:
    """The addresses of a contact, in this order; a row that is no longer among them is withdrawn."""
    assert contact.id is not None
    query = sa.select(ContactAddress).where(ContactAddress.contact_id == contact.id)
    left = list(session.scalars(query.order_by(ContactAddress.id)))
    for position, url in enumerate(urls):
        row = _known(left, url)
        if row is None:
            row = ContactAddress(contact_id=contact.id, url=url)
        else:
            left.remove(row)
            if not any(other.url == url for other in left):
                row.respell(url)
        row.position, row.withdrawn = position, False
        row.unusable_since = row.unusable_reason = None
        session.add(row)
    for position, row in enumerate(left, start=len(urls)):
        # Old messages point to it, so it stays, but nothing goes there any more.
        row.position = position
        row.withdrawn = True


def _known(rows: list[ContactAddress], url: str) -> ContactAddress | None:
    """The row of this place: one in use before one withdrawn, of the same spelling before another."""
    same = [row for row in rows if _place(_kept(row.url)) == _place(url)]
    return min(same, key=lambda row: (row.withdrawn, row.url != url), default=None)


def _kept(url: str) -> str:
    """A URL of a row as it would be kept today; rows of older releases hold what was typed."""
    try:
        return normalised(url)
    except WrongAddress:
        return url


def _place(url: str) -> _Place:
    return _Place(channel_of(url), identity_of(url))


def _key(entry: ContactEntry) -> _ContactKey:
    return _ContactKey(entry.body_id, entry.role, entry.label)


def _one_spelling(label: str) -> str:
    return " ".join(composed(label).split())
