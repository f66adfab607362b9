"""Letters to bodies become messages to addresses: readers resolved, bundles made, in one commit.

By sets: one look at what waits, one at the register, then rows in bulk. A reader is a person, known
by its addresses: whoever reads for two bodies under the same addresses gets one letter for both.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.bulk import insert_rows
from models.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.predicates import among
from models.register import the_committee
from notifications import keys
from notifications.channels.addresses import channel_of
from notifications.outbox import NewLetter, enqueue
from notifications.post_office import PostOffice
from notifications.readers import ContactCard, Persons, contact_cards, had_since, midnight_of
from rules.bundling import Waiting, bundle_of, must_wait, readers_of
from rules.vocabulary import LetterKind, LetterState, MessageState

_WAITING = among(OutboxLetter.state, (LetterState.PENDING, LetterState.NO_CONTACT))
_NOBODY = "Không có người nhận nào được thông báo ở mốc này theo cấu hình."
_UNREACHABLE = "Cơ quan chưa có địa chỉ liên hệ dùng được."
_SOME = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Letters that one person gets together."""

    name: str
    card: ContactCard
    letters: tuple[Waiting, ...]


def dispatch(session: Session, now: datetime, office: PostOffice) -> int:
    """Turn every letter that may go by ``now`` into messages; returns how many were made.

    A body that nobody can be reached at is raised to the secretariat, never dropped. Its letters
    go out by themselves once it has a contact. What a reader has had enough of today waits.
    """
    made = 0
    for _ in range(2):  # the second round carries what the first had to tell the secretariat
        letters, fresh = _waiting_letters(session, now, office)
        if not letters:
            break
        cards = contact_cards(session)
        reachable = [letter for letter in letters if letter.agency_id in cards]
        made += _send_off(session, reachable, cards, now, office)
        unreachable = [letter for letter in letters if letter.agency_id not in cards]
        if not _raise_unreachable(session, unreachable, fresh, now, office):
            break
    return made


def _waiting_letters(session: Session, now: datetime, office: PostOffice) -> tuple[list[Waiting], set[int]]:
    """What may go by ``now``, oldest first, and the ids of those that were not looked at before."""
    table = OutboxLetter
    columns = (
        table.id, table.kind, table.agency_id, table.task_id, table.scheduled_on, table.urgent,
        table.number, table.due_on, table.written_at, table.state, table.data,
    )  # fmt: skip
    query = sa.select(*columns).where(_WAITING, table.not_before <= now)
    if not office.is_open(now):
        query = query.where(table.urgent)
    today = office_day(now)

    midnight = midnight_of(today)

    @cache
    def days_late(due_on: date) -> int:
        return office.calendar.between(due_on, today) if due_on < today else 0

    letters, fresh = [], set()
    # One by one and by position: on a morning there are ten thousand of them.
    for (
        key,
        kind,
        agency_id,
        task_id,
        day,
        urgent,
        number,
        due_on,
        written_at,
        state,
        data,
    ) in session.connection().execute(query.order_by(table.id)):
        step = days_late(due_on) if kind is LetterKind.URGING and due_on else number
        group = _group(agency_id, data) if data else ""
        overnight = written_at < midnight
        letters.append(Waiting(key, kind, agency_id, day, urgent, group, step or 0, overnight, task_id))
        if state is LetterState.PENDING:
            fresh.add(key)
    return letters, fresh


def _group(agency_id: str, data: Mapping[str, Any]) -> str:
    """The document of an assignment; a hand-over and its end; whether a letter could not be worded."""
    if "hand_over" in data:
        return f"{data['hand_over']}:{agency_id}"
    return str(data.get("document") or ("unwritten" if data.get("unwritten") else ""))


def _send_off(
    session: Session,
    letters: Sequence[Waiting],
    cards: Mapping[str, list[ContactCard]],
    now: datetime,
    office: PostOffice,
) -> int:
    """Messages for the letters of bodies that can be reached; those that must wait are put off."""
    today, persons = office_day(now), Persons(cards)
    planned, unheard = _planned(letters, cards, persons, today, office)
    put_off = _put_off(session, planned, persons, now, office)
    bundles = [
        _Bundle(bundle.name, bundle.card, kept)
        for bundle in planned
        if (kept := tuple(letter for letter in bundle.letters if letter.id not in put_off))
    ]
    _mark(session, unheard, state=LetterState.OBSOLETE, state_note=_NOBODY)
    _mark(session, put_off, not_before=office.next_morning(now))
    made = [(_message(bundle, now, office), _ids(bundle.letters)) for bundle in bundles]
    span = insert_messages(session, made)
    if span:
        carried = sa.select(MessageLetter.letter_id).where(MessageLetter.message_id.between(*span))
        told = {"state": LetterState.DISPATCHED, "state_note": ""}
        session.connection().execute(sa.update(OutboxLetter).where(OutboxLetter.id.in_(carried)).values(told))
    return len(bundles)


def _planned(
    letters: Sequence[Waiting],
    cards: Mapping[str, list[ContactCard]],
    persons: Persons,
    today: date,
    office: PostOffice,
) -> tuple[list[_Bundle], set[int]]:
    """Who would get what together, and the letters that nobody hears of."""
    hearing, unheard = office.policy.hearing, set()
    found: dict[tuple[int, str], list[Waiting]] = defaultdict(list)
    # A morning has ten thousand letters of few kinds and steps: each is looked up once a body.
    known: dict[tuple[str, LetterKind, int], set[int]] = {}
    for letter in letters:
        place = letter.agency_id, letter.kind, letter.step
        heard_by = known.get(place)
        if heard_by is None:
            readers = readers_of(letter, (card.reader for card in cards[letter.agency_id]), hearing)
            heard_by = known[place] = {persons.of(reader.id) for reader in readers}
        bundle = bundle_of(letter, today)
        for person in heard_by:
            found[person, bundle].append(letter)
        if not heard_by:
            unheard.add(letter.id)
    return [
        _Bundle(name, persons.card(person), tuple(mine)) for (person, name), mine in _by_letter(found)
    ], unheard


def _by_letter(found: Mapping[tuple[int, str], list[Waiting]]) -> Iterable[Any]:
    """Bundles in the order of their first letters, so that what is older leaves first."""
    return sorted(found.items(), key=lambda item: (item[1][0].id, item[0]))


def _put_off(
    session: Session, planned: Sequence[_Bundle], persons: Persons, now: datetime, office: PostOffice
) -> set[int]:
    """Letters that wait for the next morning because one of their readers has had enough today."""
    had = had_since(session, office_day(now), persons)
    put_off: set[int] = set()
    for bundle in planned:
        mine = had[persons.of(bundle.card.reader.id)]
        if must_wait(bundle.name, bundle.letters, mine, office.policy.bundling.messages_a_day):
            put_off.update(letter.id for letter in bundle.letters)
        elif not bundle.letters[0].urgent:
            mine.add(bundle.name)
    return put_off


def _ids(letters: Sequence[Waiting]) -> list[int]:
    return [letter.id for letter in letters]


def _mark(session: Session, ids: set[int], **values: Any) -> None:
    some = sorted(ids)
    for start in range(0, len(some), _SOME):
        chosen = OutboxLetter.id.in_(some[start : start + _SOME])
        session.execute(
            sa.update(OutboxLetter).where(chosen).values(**values),
            execution_options={"synchronize_session": False},
        )


def _message(bundle: _Bundle, now: datetime, office: PostOffice) -> dict[str, Any]:
    card, urgent = bundle.card, any(letter.urgent for letter in bundle.letters)
    address = (card.address_ids[0], card.urls[0])
    return new_message(bundle.name, bundle.letters[0].id, card.reader.id, address, urgent, now, office)


def new_message(
    bundle: str,
    first_letter: int,
    contact_id: int,
    address: tuple[int, str],
    urgent: bool,
    now: datetime,
    office: PostOffice,
) -> dict[str, Any]:
    """The columns of a message to ``address`` (id, URL).

    Its key holds its first letter, reader and address.
    """
    address_id, url = address
    return {
        "key": f"L{first_letter}:C{contact_id}:A{address_id}",
        "bundle": bundle,
        "contact_id": contact_id,
        "address_id": address_id,
        "channel": channel_of(url),
        "message_id": f"<ob-{uuid4().hex}@{office.mail_domain}>",
        "urgent": urgent,
        "state": MessageState.QUEUED,
        "next_at": now,
        "give_up_at": office.give_up_at(now),
    }


def insert_messages(
    session: Session, messages: Sequence[tuple[dict[str, Any], Sequence[int]]]
) -> tuple[int, int] | None:
    """Insert messages with the ids of the letters that they carry; returns their lowest and highest id.

    Only the holder of the delivery lock makes messages, so nobody else's lie between the two.
    """
    if not messages:
        return None
    statement = sa.insert(OutboxMessage).returning(OutboxMessage.id, OutboxMessage.key)
    ids = {key: found for found, key in session.execute(statement, [row for row, _ in messages])}
    carried = [
        {"message_id": ids[row["key"]], "letter_id": letter_id}
        for row, letters in messages
        for letter_id in letters
    ]
    insert_rows(session, MessageLetter, carried)
    return min(ids.values()), max(ids.values())


def _raise_unreachable(
    session: Session, letters: Sequence[Waiting], fresh: set[int], now: datetime, office: PostOffice
) -> bool:
    """Tell the secretariat once; True if there is something new to tell."""
    by_agency: dict[str, list[int | None]] = defaultdict(list)
    for letter in letters:
        if letter.id in fresh:
            by_agency[letter.agency_id].append(letter.task_id)
    news = {letter.id for letter in letters} & fresh
    if not news:
        return False
    _mark(session, news, state=LetterState.NO_CONTACT, state_note=_UNREACHABLE)
    secretariat = the_committee(session).secretariat_id
    by_agency.pop(secretariat, None)
    told = [tell_secretariat(agency, tasks, secretariat, now, office) for agency, tasks in by_agency.items()]
    return bool(enqueue(session, told, now))


def tell_secretariat(
    agency_id: str,
    task_ids: Iterable[int | None],
    secretariat: str,
    now: datetime,
    office: PostOffice,
    unwritten: bool = False,
) -> NewLetter:
    """The letter that says which body could not be written to, and about what.

    ``unwritten``: not for want of an address, but because the letter could not be worded.
    """
    today = office_day(now)
    data: dict[str, Any] = {"agency_id": agency_id, "task_ids": sorted({key for key in task_ids if key})}
    return NewLetter(
        key=keys.unwritten(agency_id, today) if unwritten else keys.no_contact(agency_id, today),
        kind=LetterKind.NO_CONTACT,
        agency_id=secretariat,
        scheduled_on=today,
        not_before=office.soonest(now),
        data=data | {"unwritten": True} if unwritten else data,
    )
