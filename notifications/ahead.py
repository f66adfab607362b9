"""The next letter, worded while the mail server still takes in the last one.

A morning is mostly letters about tasks, and wording one takes about as long as a server takes to accept
one: done side by side they cost one of the two. Nothing is claimed ahead (decision 0003). What was
worded is used only if no task of the letter has changed by the time of the claim.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.outbox import MessageLetter, OutboxLetter
from models.tasks import Task
from notifications.carried import Carried, carried_by
from notifications.compose import Desk, compose
from notifications.parcel import Letter
from notifications.relevance import obsolete
from rules.bundling import MORNING

Mark = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a message says, as its tasks stood at ``mark``."""

    message_key: int
    mark: Mark
    letters: tuple[Carried, ...]
    words: Letter


def look_ahead(desk: Desk, message_key: int) -> Ahead | None:
    """The words of a message, if it is a morning letter all of which still holds; else None."""
    mark = mark_of(desk.session, message_key)  # first: a change during the wording shows
    letters = tuple(carried_by(desk.session, message_key))
    if not letters or any(letter.kind not in MORNING or obsolete(letter) for letter in letters):
        return None
    return Ahead(message_key, mark, letters, compose(desk, letters))


def mark_of(session: Session, message_key: int) -> Mark:
    """How many of its letters are about tasks, and the sum of the tasks' versions.

    Every change of a task raises its version and none lowers it, so equal marks mean unchanged tasks.
    """
    letters, versions = session.connection().execute(_mark(), {"message_id": message_key}).one()
    return letters, versions


@cache
def _mark() -> sa.Select[Any]:
    return (
        sa.select(sa.func.count(), sa.func.sum(Task.version))
        .select_from(MessageLetter)
        .join(OutboxLetter, OutboxLetter.id == MessageLetter.letter_id)
        .join(Task, Task.id == OutboxLetter.task_id)
        .where(MessageLetter.message_id == sa.bindparam("message_id"))
    )
