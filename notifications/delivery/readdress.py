"""The register's word at the moment of sending: a message whose reader or address is no longer right.

Whoever has left the register gets nothing more; what waited for him goes to his body's present readers.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from config.clock import office_day
from models.database.bulk import insert_rows
from models.database.predicates import among
from models.outbox.reachability import usable
from models.tables.agencies import ContactAddress
from models.tables.outbox import MessageLetter, OutboxMessage
from notifications.outbox.carried import Carried
from notifications.outbox.channel_states import paused
from notifications.outbox.claims import Due, letters_of, locked_after, mark_letters, put_aside
from notifications.outbox.message_door import note, swap
from notifications.outbox.messages import move
from notifications.outbox.post_office import PostOffice
from notifications.outbox.readers import Reach, contact_cards, next_address
from notifications.outbox.telling import raise_trouble
from rules.letter_words import TO_GO, LetterState, MessageState, Unreached
from rules.outbox.address_marks import in_use, over_on

REPLACED = "Đầu mối nhận thư không còn trong danh mục; thư chuyển tới đầu mối hiện tại của cơ quan."
_GONE = "Địa chỉ không còn được dùng; thư chuyển tới địa chỉ khác của đầu mối."
_OTHER_CHANNEL = "Kênh gửi đang trục trặc; thư chuyển sang kênh khác của người nhận."
_ABSORBED = "Gộp vào thư đã chờ từ trước của cùng người nhận."
_SOME = 50  # messages in one commit
_AHEAD = len("2022-08-15:")  # a bundle's name begins with its day


def may_go(session: Session, due: Due, letters: Sequence[Carried], office: PostOffice) -> bool:
    """Whether a locked message may go where it is addressed; if not, it has been dealt with."""
    if not due.active:
        to_present_readers(session, due, letters, office)
        return False
    today, mark_days = office.today, office.mark_days
    if not due.withdrawn and in_use(due.marked_on, today, mark_days):
        return True
    ids = [letter.id for letter in letters]
    reach = Reach(today, mark_days, paused(session, office.now))
    place = next_address(session, due.contact_id, ids, due.id, reach)
    if place is not None:
        move(session, due, ids, place, _GONE, office)
    else:
        _owe(session, due, letters, office)
    return False


def to_present_readers(session: Session, due: Due, letters: Sequence[Carried], office: PostOffice) -> None:
    """Open the letters again: dispatch gives them to those who read for their bodies now and lack them."""
    put_aside(session, due, MessageState.MOVED, office.now, REPLACED)
    open_again(session, letters, office)


def open_again(session: Session, letters: Sequence[Carried], office: PostOffice) -> None:
    """The same for letters that have left their message."""
    reach = Reach(office.today, office.mark_days)
    cards = contact_cards(session, {letter.agency_id for letter in letters}, reach)
    mark_letters(
        session, [letter.id for letter in letters], state=LetterState.NO_CONTACT, state_note=REPLACED
    )
    for agency_id in dict.fromkeys(letter.agency_id for letter in letters):
        if agency_id not in cards:
            tasks = [letter.task_id for letter in letters if letter.agency_id == agency_id]
            raise_trouble(session, agency_id, tasks, Unreached.NO_ADDRESS, office)


def _owe(session: Session, due: Due, letters: Sequence[Carried], office: PostOffice) -> None:
    """No address of the reader can be used today: the message waits until one can."""
    marked = due.marked_on is not None and not due.withdrawn
    next_at = office.next_morning()
    if marked and due.marked_on is not None:
        next_at = office.first_morning(over_on(due.marked_on, office.mark_days))
    if not swap(session, due.id, due.claim, due.state, MessageState.OWED, {"next_at": next_at}):
        return
    if due.state is not MessageState.OWED:
        note(session, due.id, MessageState.OWED, office.now, "withdrawn", "Địa chỉ này không còn được dùng.")
        why = Unreached.REFUSED if marked else Unreached.NO_ADDRESS
        raise_trouble(session, due.agency_id, [letter.task_id for letter in letters], why, office)


def absorb(session: Session, due: Due, now: datetime) -> None:
    """What has waited for the same reader since an earlier day travels in one message, not in one a day."""
    day, kind = due.bundle[:_AHEAD], due.bundle[_AHEAD:]
    if day >= f"{office_day(now)}:":
        return
    others = session.execute(
        sa.select(OutboxMessage.id, OutboxMessage.claim, OutboxMessage.state)
        .where(
            among(OutboxMessage.state, TO_GO),
            OutboxMessage.contact_id == due.contact_id,
            OutboxMessage.address_id == due.address_id,
            OutboxMessage.urgent.is_(due.urgent),
            OutboxMessage.id != due.id,
            sa.func.substr(OutboxMessage.bundle, _AHEAD + 1) == kind,
        )
        .with_for_update(skip_locked=True)
    ).all()
    for key, claim, state in others:
        if swap(session, key, claim, state, MessageState.MOVED, {"settled_at": now}):
            note(session, key, MessageState.MOVED, now, text=_ABSORBED)
            _take_letters(session, due.id, key)


def _take_letters(session: Session, into: int, other: int) -> None:
    mine = sa.select(MessageLetter.letter_id).where(MessageLetter.message_id == into)
    theirs = sa.select(MessageLetter.letter_id).where(
        MessageLetter.message_id == other, MessageLetter.letter_id.not_in(mine)
    )
    rows = [{"message_id": into, "letter_id": letter} for letter in session.scalars(theirs)]
    insert_rows(session, MessageLetter, rows)


def leave_channels(
    session: Session, stopped: frozenset[str], after: int, office: PostOffice
) -> tuple[int, int | None]:
    """Due messages of stopped channels go to another address of their reader, where there is one.

    Some of them, by id from ``after`` on: returns how many went, and the id to go on after (None: done).
    """
    found = locked_after(session, after, _SOME, *_with_alternative(stopped, office))
    moved = 0
    for due in found:
        ids = [letter.id or 0 for letter in letters_of(session, due.id)]
        reach = Reach(office.today, office.mark_days, stopped)
        place = next_address(session, due.contact_id, ids, due.id, reach)
        if place is not None:
            move(session, due, ids, place, _OTHER_CHANNEL, office)
            moved += 1
    return moved, found[-1].id if len(found) == _SOME else None


def _with_alternative(stopped: frozenset[str], office: PostOffice) -> list[sa.ColumnElement[bool]]:
    """Waiting on a stopped channel, for a reader with a usable address on another one."""
    other = sa.select(ContactAddress.contact_id).where(
        ContactAddress.channel.not_in(sorted(stopped)),
        usable(office.today, office.mark_days),
    )
    return [
        among(OutboxMessage.state, TO_GO),
        OutboxMessage.channel.in_(sorted(stopped)),
        OutboxMessage.next_at <= office.now,
        OutboxMessage.contact_id.in_(other),
    ]
