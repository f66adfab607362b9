"""What delivery itself has to tell the secretariat: who got nothing and why, which channel does not work."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.bulk import one_of_ids
from models.outbox import ChannelState, OutboxLetter
from models.register import the_committee
from notifications.outbox import NewLetter, enqueue
from notifications.post_office import PostOffice
from rules.letter_words import LetterKind, Unreached
from rules.outbox import keys


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
    data: dict[str, Any] = {"agency_id": agency_id, "task_ids": sorted({key for key in task_ids if key})}
    letter = NewLetter(
        key=keys.unreached(agency_id, today, why),
        kind=LetterKind.NO_CONTACT,
        agency_id=secretariat,
        scheduled_on=today,
        not_before=office.soonest(),
        data=data if why is Unreached.NO_ADDRESS else data | {"reason": why.value},
    )
    if enqueue(session, [letter], office.now):
        return True
    untold = _untold_urgings(session, letter.key, data["task_ids"], today)
    if not untold:
        return False
    key = keys.unreached_urgings(letter.key, untold[0])
    more = replace(letter, key=key, data=letter.data | {"task_ids": untold})
    return bool(enqueue(session, [more], office.now))


def _untold_urgings(session: Session, key: str, task_ids: Sequence[int], today: date) -> list[int]:
    """Tasks urged ``today`` that the letter with ``key`` does not name."""
    told = session.scalars(sa.select(OutboxLetter.data).where(OutboxLetter.key == key)).first() or {}
    news = set(task_ids).difference(told.get("task_ids", ()))
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
    told = {"channel": state.channel, "since": state.since.isoformat(), "text": state.text}
    letter = NewLetter(
        key=keys.channel_down(state.channel, office.today),
        kind=LetterKind.CHANNEL_DOWN,
        agency_id=the_committee(session).secretariat_id,
        scheduled_on=office.today,
        not_before=office.soonest(),
        data=told | {"code": state.code},
    )
    enqueue(session, [letter], office.now)
