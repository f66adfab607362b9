"""What delivery itself has to tell the secretariat: who got nothing and why, which channel does not work."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session

from models.database.bulk import one_of_ids
from models.people.register import the_committee
from models.tables.outbox import ChannelState, OutboxLetter
from notifications.outbox.enqueue import NewLetter, enqueue
from notifications.outbox.post_office import PostOffice
from rules.letter_words import Unreached
from rules.outbox.payloads import keys
from rules.outbox.payloads.keys import LetterKind
from rules.outbox.payloads.office import ChannelDown, NoContact


def raise_trouble(
    session: Session,
    agency_id: str,
    task_ids: Iterable[int | None],
    why: Unreached,
    office: PostOffice,
) -> bool:
    """Tell the secretariat, once a day and reason, of a body that got no letter; True if it is news.

    Urgings of the day that the day's letter does not name are told in one more. Of its own letters the
    secretariat is told only that one could not be worded: what else would reach it.
    """
    secretariat = the_committee(session).secretariat_id
    if agency_id == secretariat and why is not Unreached.UNWRITTEN:
        return False
    today = office.today
    told = NoContact(agency_id, tuple(sorted({key for key in task_ids if key})), why)
    letter = NewLetter(
        key=keys.no_contact(agency_id, today, why),
        payload=told,
        agency_id=secretariat,
        scheduled_on=today,
        not_before=office.soonest(),
    )
    if enqueue(session, [letter], office.now):
        return True
    untold = _untold_urgings(session, letter.key, told.task_ids, today)
    if not untold:
        return False
    key = keys.unreached_urgings(letter.key, untold[0])
    rest = replace(told, task_ids=tuple(untold))
    return bool(enqueue(session, [replace(letter, key=key, payload=rest)], office.now))


def _untold_urgings(session: Session, key: str, task_ids: Sequence[int], today: date) -> list[int]:
    """Tasks urged ``today`` that the letter with ``key`` does not name."""
    stored = session.scalars(sa.select(OutboxLetter.data).where(OutboxLetter.key == key)).first()
    news = set(task_ids).difference(NoContact.of(stored).task_ids if stored else ())
    if not news:
        return []
    query = sa.select(OutboxLetter.task_id).where(
        one_of_ids(session, OutboxLetter.task_id, sorted(news)),
        OutboxLetter.kind == LetterKind.URGING,
        OutboxLetter.scheduled_on == today,
    )
    return sorted({task_id for task_id in session.scalars(query) if task_id})


def tell_of_channel(session: Session, state: ChannelState, office: PostOffice) -> None:
    """Tell the secretariat, once a day, that a channel was stopped; it goes by another one."""
    assert state.since is not None
    letter = NewLetter(
        key=keys.channel_down(state.channel, office.today),
        payload=ChannelDown(state.channel, state.since, state.code, state.text),
        agency_id=the_committee(session).secretariat_id,
        scheduled_on=office.today,
        not_before=office.soonest(),
    )
    enqueue(session, [letter], office.now)
