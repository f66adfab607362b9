"""Six workers look for the next message at the same moment: none is given what another has claimed."""

from collections import Counter
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import unit_of_work
from models.installation.workers import worker
from models.tables.outbox import OutboxMessage
from notifications.delivery.dispatch import dispatch
from notifications.outbox.claims import Lane, next_due
from notifications.outbox.message_door import Sets, swap
from notifications.outbox.post_office import PostOffice
from rules.letter_words import MessageState
from tests.cast import office
from tests.drills.office import NOW, fill

WORKERS, READERS, ROUNDS = 6, 150, 8
LANES = (Lane("mail", True), Lane("mail", False))


def claim_all(engine: Engine, claimed: list[tuple[int, int]]) -> None:
    """Until nothing is left: (message, claim number)."""
    with worker(engine) as ours:
        assert ours is not None
        while True:
            with ours.unit_of_work() as session:
                due = next_due(session, NOW, LANES)
                if due is None:
                    return
                sending: Sets = {"claim": due.claim + 1, "claimed_by": ours.number}
                if swap(session, due.id, due.claim, due.state, MessageState.SENDING, sending):
                    claimed.append((due.id, due.claim + 1))


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_each_message_is_claimed_once(engine: Engine) -> None:
    fill(engine, READERS)
    with unit_of_work(engine) as session:
        assert dispatch(session, PostOffice(office(), NOW, "x")) == READERS
    for number in range(ROUNDS):
        found: list[list[tuple[int, int]]] = [[] for _ in range(WORKERS)]
        threads = [Thread(target=claim_all, args=(engine, mine)) for mine in found]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        times = Counter(message for mine in found for message, _ in mine)
        assert set(times.values()) == {1}
        assert {claim for mine in found for _, claim in mine} == {number + 1}
        with engine.begin() as connection:
            connection.execute(sa.update(OutboxMessage).values(state=MessageState.QUEUED))
