"""Letters to bodies become messages to addresses: readers resolved, bundles made, some thousand a commit.

By sets: one look at what waits, one at the register, then rows in bulk. A reader is a person, known
by a mailbox: whoever reads for two bodies gets one letter for both. Bodies that share a reader are
looked at together, the others in portions, so that memory does not grow with what waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.predicates import among
from models.follow_up.told import told_by_letters
from models.people.ended_bodies import ended_bodies
from models.tables.outbox import OutboxLetter
from notifications.delivery.own_mailbox import send_own
from notifications.outbox.channel_states import paused, troubled
from notifications.outbox.claims import mark_letters
from notifications.outbox.handed_on import OfficersAtWork
from notifications.outbox.held_back import hold_back
from notifications.outbox.messages import Destination, NewMessage, again, insert_messages, new_message
from notifications.outbox.post_office import PostOffice
from notifications.outbox.readers import (
    ContactCard,
    Heard,
    Persons,
    Reach,
    all_cards,
    had_since,
    heard,
    midnight_of,
)
from notifications.outbox.telling import raise_trouble
from rules.letter_words import LetterState, Unreached
from rules.outbox.bundling import Waiting, bundle_of, must_wait, readers_of
from rules.outbox.kinds import OWN_MAILBOX, ROWS, TELLING
from rules.outbox.payloads.keys import LetterKind
from rules.text.stored import Unreadable

_WAITING = among(OutboxLetter.state, (LetterState.PENDING, LetterState.NO_CONTACT))
_NOBODY = "Không có người nhận nào được thông báo ở mốc này theo cấu hình."
_OVER = "Không gửi: kênh gửi đã hoạt động lại."
_UNREACHABLE = "Cơ quan chưa có địa chỉ liên hệ dùng được."


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Letters that one person gets together."""

    name: str
    card: ContactCard
    letters: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class _Sorting:
    """What a portion of the letters is sorted with."""

    session: Session
    office: PostOffice
    reach: Reach
    cards: Mapping[str, list[ContactCard]]
    persons: Persons
    handed: OfficersAtWork

    @property
    def today(self) -> date:
        """The office's day."""
        return self.reach.today


def waiting(office: PostOffice) -> list[sa.ColumnElement[bool]]:
    """The letters that may go by now."""
    found: list[sa.ColumnElement[bool]] = [_WAITING, OutboxLetter.not_before <= office.now]
    return found if office.is_open() else [*found, OutboxLetter.urgent.is_(True)]


def dispatch(session: Session, office: PostOffice, agencies: Sequence[str] | None = None) -> int:
    """Turn every letter to these bodies that may go by now into messages; returns how many were made.

    None: to all bodies.
    A body that nobody can be reached at is raised to the secretariat, never dropped. Its letters
    go out by themselves once it has a contact. What a reader has had enough of today waits.
    """
    if agencies is None:
        agencies = session.scalars(sa.select(OutboxLetter.agency_id).where(*waiting(office)).distinct()).all()
    letters, fresh = _waiting_letters(session, office, agencies)
    letters = _of_standing_trouble(session, letters)
    reach = Reach(office.today, office.mark_days, paused(session, office.now), office.letters_to)
    own = [letter for letter in letters if letter.kind in OWN_MAILBOX]
    letters = [letter for letter in letters if letter.kind not in OWN_MAILBOX] if own else letters
    found = all_cards(session, agencies, reach)
    cards, handed = found.whole, OfficersAtWork.among(session, found, letters, office.today)
    desk = _Sorting(session, office, reach, cards, Persons(found.every()), handed)
    made = send_own(session, office, reach, own)
    made += _send_off(desk, [one for one in letters if one.agency_id in cards], fresh)
    _raise_unreachable(desk, [one for one in letters if one.agency_id not in cards and one.id in fresh])
    tell = [one.id for one in letters if one.kind in TELLING]
    told_by_letters(session, tell, office.working_day())
    return made


def _waiting_letters(
    session: Session, office: PostOffice, agencies: Sequence[str]
) -> tuple[list[Waiting], set[int]]:
    """What may go by now, oldest first, and the ids of those that were not looked at before."""
    table = OutboxLetter
    columns = (
        table.id, table.kind, table.agency_id, table.task_id, table.scheduled_on, table.urgent,
        table.number, table.due_on, table.written_at, table.state, table.data, table.person_id,
    )  # fmt: skip
    query = sa.select(*columns).where(*waiting(office), table.agency_id.in_(agencies))
    midnight = midnight_of(office.today)
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
        person,
    ) in session.connection().execute(query.order_by(table.id)):
        step = office.days_late(due_on) if kind is LetterKind.URGING and due_on else number
        group = _group(key, kind, agency_id, data) if data else ""
        overnight = written_at < midnight
        letters.append(
            Waiting(key, kind, agency_id, day, urgent, group, step or 0, overnight, task_id, person)
        )
        if state is LetterState.PENDING:
            fresh.add(key)
    return letters, fresh


def _group(key: int, kind: LetterKind, agency_id: str, data: Mapping[str, Any]) -> str:
    """What letters must share to travel together, beside their kind; what cannot be read travels alone."""
    try:
        return ROWS[kind].payload.of(data).group(agency_id)
    except Unreadable:
        return f"letter {key}"


def _send_off(desk: _Sorting, letters: Sequence[Waiting], fresh: set[int]) -> int:
    """Messages for the letters of bodies that can be reached; those that must wait are put off."""
    known = heard(desk.session, {letter.id for letter in letters} - fresh)
    planned, unheard = _planned(desk, letters, known)
    put_off = _put_off(desk, planned)
    bundles = [
        _Bundle(bundle.name, bundle.card, kept)
        for bundle in planned
        if (kept := tuple(letter for letter in bundle.letters if letter.id not in put_off))
    ]
    covered = {letter for letter in unheard if letter in known}
    mark_letters(desk.session, unheard - covered, state=LetterState.OBSOLETE, state_note=_NOBODY)
    mark_letters(desk.session, put_off, not_before=desk.office.next_morning())
    made = [(_message(desk, bundle, known), [letter.id for letter in bundle.letters]) for bundle in bundles]
    insert_messages(desk.session, made)
    gone = covered.union(*(ids for _, ids in made))
    mark_letters(desk.session, gone, state=LetterState.DISPATCHED, state_note="")
    return len(bundles)


def _planned(
    desk: _Sorting, letters: Sequence[Waiting], known: Mapping[int, Heard]
) -> tuple[list[_Bundle], set[int]]:
    """Who would get what together, and the letters that nobody (more) hears of."""
    hearing, unheard = desk.office.policy.hearing, set()
    found: dict[tuple[int, str], list[Waiting]] = defaultdict(list)
    # A morning has ten thousand letters of few kinds and steps: each is looked up once a body.
    readers: dict[tuple[str, LetterKind, int], set[int]] = {}
    for letter in letters:
        place = letter.agency_id, letter.kind, letter.step
        heard_by = readers.get(place)
        if heard_by is None:
            chosen = readers_of(letter, (card.reader for card in desk.cards[letter.agency_id]), hearing)
            heard_by = readers[place] = {desk.persons.of(reader.id) for reader in chosen}
        heard_by = desk.handed.heard_by(letter, heard_by, hearing, desk.persons)
        if letter.id in known:
            has_it = known[letter.id]
            heard_by = {
                person for person in heard_by if not has_it.includes(desk.persons.card(person), desk.persons)
            }
        if letter.kind is LetterKind.CHANNEL_DOWN:
            heard_by = {person for person in heard_by if _another_way(desk, person, letter.group)}
            if not heard_by:
                continue  # it waits for a channel that works, or for its own end
        bundle = bundle_of(letter, desk.today)
        for person in heard_by:
            found[person, bundle].append(letter)
        if not heard_by:
            unheard.add(letter.id)
    return [
        _Bundle(name, desk.persons.card(person), tuple(mine)) for (person, name), mine in _by_letter(found)
    ], unheard


def _of_standing_trouble(session: Session, letters: list[Waiting]) -> list[Waiting]:
    """All but those that tell of a channel which works again meanwhile: these are obsolete."""
    told = {letter.id: letter.group for letter in letters if letter.kind is LetterKind.CHANNEL_DOWN}
    if not told:
        return letters
    standing = {state.channel for state in troubled(session)}
    over = {key for key, channel in told.items() if channel not in standing}
    mark_letters(session, over, state=LetterState.OBSOLETE, state_note=_OVER)
    return [letter for letter in letters if letter.id not in over]


def _another_way(desk: _Sorting, person: int, channel: str) -> bool:
    """Whether a person can be told of a channel's trouble by another channel."""
    return desk.persons.card(person).best(desk.reach.stopped).channel != channel


def _by_letter(found: Mapping[tuple[int, str], list[Waiting]]) -> Iterable[Any]:
    """Bundles in the order of their first letters, so that what is older leaves first."""
    return sorted(found.items(), key=lambda item: (item[1][0].id, item[0]))


def _put_off(desk: _Sorting, planned: Sequence[_Bundle]) -> set[int]:
    """Letters that wait for the next morning because one of their readers has had enough today."""
    had = had_since(desk.session, desk.today, desk.persons)
    put_off: set[int] = set()
    for bundle in planned:
        mine = had[desk.persons.of(bundle.card.reader.id)]
        if must_wait(bundle.name, bundle.letters, mine, desk.office.policy.bundling.messages_a_day):
            put_off.update(letter.id for letter in bundle.letters)
        elif not bundle.letters[0].urgent:
            mine.add(bundle.name)
    return put_off


def _message(desk: _Sorting, bundle: _Bundle, known: Mapping[int, Heard]) -> NewMessage:
    card, urgent = bundle.card, any(letter.urgent for letter in bundle.letters)
    address, first = card.best(desk.reach.stopped), bundle.letters[0].id
    to, office = Destination(card.reader.id, address.id, address.channel), desk.office
    row = new_message(bundle.name, first, to, urgent, office.now, office.give_up_at())
    if first in known:
        row["key"] += again(desk.session, first)
    return row


def _raise_unreachable(desk: _Sorting, letters: Sequence[Waiting]) -> None:
    """Tell the secretariat once of letters that reach nobody; of ended bodies the follow-up has told it."""
    held = hold_back(desk.session, letters, ended_bodies(desk.session, desk.today)) if letters else set()
    letters = [letter for letter in letters if letter.id not in held]
    ids = {letter.id for letter in letters}
    mark_letters(desk.session, ids, state=LetterState.NO_CONTACT, state_note=_UNREACHABLE)
    by_agency: dict[str, list[int | None]] = defaultdict(list)
    for letter in letters:
        by_agency[letter.agency_id].append(letter.task_id)
    for agency_id, tasks in by_agency.items():
        raise_trouble(desk.session, agency_id, tasks, Unreached.NO_ADDRESS, desk.office)
