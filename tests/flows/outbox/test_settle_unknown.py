"""What is unknown is settled by a person, once: sent again, or it has arrived. Marks are lifted likewise."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from flows.actions.outbox.lift_mark import NotMarked, lift_mark
from flows.actions.outbox.settle_unknown import (
    BY_PERSON,
    NotUnknown,
    Verdict,
    settle_all_unknown,
    settle_unknown,
)
from models.database.columns import MOST_ID
from models.db import unit_of_work
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import DeliveryEvent, OutboxMessage
from rules.letter_words import MessageState, OutcomeClass
from rules.refusal import NotFound, Refusal
from rules.vocabulary import Actor
from tests.cast import ON_SQLITE, act, at, change, dump, messages, move_in, office, rows

SENT_AT, NOW = at("2022-08-15"), at("2022-08-16", "10:00")
S = MessageState


@pytest.fixture
def outbox(engine: Engine) -> Engine:
    """Messages 1 to 9, one in each state, then 10 and 11 unknown; all claimed four times."""
    move_in(engine)
    fill(engine, *S, S.UNKNOWN, S.UNKNOWN)
    return engine


def fill(engine: Engine, *states: MessageState) -> None:
    with unit_of_work(engine) as session:
        for n, state in enumerate(states, 1):
            session.add(_message(n, state))
            session.flush()
            session.add(DeliveryEvent(message_id=n, seq=1, happened_at=SENT_AT, state=state))


def _message(n: int, state: MessageState) -> OutboxMessage:
    return OutboxMessage(
        key=f"k{n}", bundle="b", contact_id=1, address_id=1, channel="mail", message_id=f"<{n}@x>",
        state=state,
        next_at=SENT_AT, give_up_at=SENT_AT, attempts=3, claim=4, outcome=OutcomeClass.UNKNOWN,
        outcome_text="bị ngắt", settled_at=SENT_AT,
    )  # fmt: skip


UNKNOWN = [n for n, state in enumerate(S, 1) if state is S.UNKNOWN] + [10, 11]
ONE = UNKNOWN[0]


def one(engine: Engine, key: int = ONE) -> OutboxMessage:
    [found] = messages(engine, OutboxMessage.id == key)
    return found


def events(engine: Engine, key: int = ONE) -> list[tuple[Any, ...]]:
    return [
        (row.seq, row.state, row.code, row.text, row.happened_at)
        for row in rows(engine, DeliveryEvent, DeliveryEvent.message_id == key)
    ][1:]


def test_send_again(outbox: Engine) -> None:
    settle_unknown(outbox, ONE, Verdict.SEND_AGAIN, act(Actor.SECRETARIAT, NOW))
    found = one(outbox)
    assert (found.state, found.attempts, found.claim, found.next_at) == (S.QUEUED, 0, 4, NOW)
    assert found.give_up_at == office().policy.give_up_at(NOW, office().calendar)
    assert (found.outcome, found.settled_at, found.outcome_code) == (None, None, BY_PERSON)
    assert events(outbox) == [(2, S.QUEUED, BY_PERSON, "Văn phòng yêu cầu gửi lại thư.", NOW)]


def test_it_has_arrived(outbox: Engine) -> None:
    settle_unknown(outbox, ONE, Verdict.ARRIVED, act(Actor.SECRETARIAT, NOW))
    found, words = one(outbox), "Văn phòng xác nhận thư đã tới nơi nhận."
    assert (found.state, found.attempts, found.claim, found.settled_at) == (S.SENT, 3, 4, NOW)
    assert (found.outcome, found.outcome_code, found.outcome_text) == (OutcomeClass.SENT, BY_PERSON, words)
    assert events(outbox) == [(2, S.SENT, BY_PERSON, words, NOW)]


@ON_SQLITE
@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("key", [n for n in range(1, len(S) + 1) if n not in UNKNOWN])
def test_only_what_is_unknown(outbox: Engine, key: int, verdict: Verdict) -> None:
    before = dump(outbox)
    with pytest.raises(NotUnknown, match=one(outbox, key).state.label):
        settle_unknown(outbox, key, verdict, act(Actor.SECRETARIAT, NOW))
    assert dump(outbox) == before


@pytest.mark.parametrize("verdict", Verdict)
def test_a_second_press_changes_nothing(outbox: Engine, verdict: Verdict) -> None:
    settle_unknown(outbox, ONE, Verdict.ARRIVED, act(Actor.SECRETARIAT, NOW))
    before = dump(outbox)
    with pytest.raises(NotUnknown, match="Đã gửi"):
        settle_unknown(outbox, ONE, verdict, act(Actor.SECRETARIAT, NOW))
    assert dump(outbox) == before


@ON_SQLITE
@pytest.mark.parametrize("key", [-1, 0, 99, MOST_ID, MOST_ID + 1])
def test_no_such_message(outbox: Engine, key: int) -> None:
    before = dump(outbox)
    with pytest.raises(NotFound):
        settle_unknown(outbox, key, Verdict.ARRIVED, act(Actor.SECRETARIAT, NOW))
    assert dump(outbox) == before


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each of several people got who press at the same moment."""

    def tried(act: Callable[[], object]) -> object:
        try:
            return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tried, acts))


def test_of_many_who_press_at_once_one_wins(outbox: Engine) -> None:
    every = [Verdict.SEND_AGAIN, Verdict.ARRIVED] * 3
    said = at_once(*(lambda v=v: settle_unknown(outbox, ONE, v, act(Actor.SECRETARIAT, NOW)) for v in every))
    assert [type(one) for one in said].count(NotUnknown) == len(every) - 1
    assert said.count(None) == 1
    assert len(events(outbox)) == 1
    assert events(outbox)[0][1] is one(outbox).state


@pytest.mark.parametrize("verdict", Verdict)
def test_all_that_was_seen(outbox: Engine, verdict: Verdict) -> None:
    others = [row for row in messages(outbox) if row.id not in UNKNOWN]
    assert settle_all_unknown(outbox, 10, verdict, act(Actor.SECRETARIAT, NOW)) == 2
    state = S.SENT if verdict is Verdict.ARRIVED else S.QUEUED
    assert [one(outbox, key).state for key in UNKNOWN] == [state, state, S.UNKNOWN]  # 11 came later
    assert [len(events(outbox, key)) for key in UNKNOWN] == [1, 1, 0]
    assert [row for row in messages(outbox) if row.id not in UNKNOWN] == others
    with pytest.raises(NotUnknown):
        settle_all_unknown(outbox, 10, verdict, act(Actor.SECRETARIAT, NOW))
    assert settle_all_unknown(outbox, MOST_ID + 1, verdict, act(Actor.SECRETARIAT, NOW)) == 1


def test_thousands_in_one_decision(engine: Engine) -> None:
    move_in(engine)
    fill(engine, *[S.UNKNOWN] * 1_201)
    assert settle_all_unknown(engine, MOST_ID, Verdict.ARRIVED, act(Actor.SECRETARIAT, NOW)) == 1_201
    assert {row.state for row in messages(engine)} == {S.SENT}
    assert len(rows(engine, DeliveryEvent, DeliveryEvent.seq == 2)) == 1_201


def test_all_and_one_at_once_say_each_message_once(outbox: Engine) -> None:
    at_once(
        lambda: settle_all_unknown(outbox, MOST_ID, Verdict.SEND_AGAIN, act(Actor.SECRETARIAT, NOW)),
        *(
            lambda k=k: settle_unknown(outbox, k, Verdict.ARRIVED, act(Actor.SECRETARIAT, NOW))
            for k in UNKNOWN
        ),
    )
    assert [len(events(outbox, key)) for key in UNKNOWN] == [1, 1, 1]
    assert all(events(outbox, key)[0][1] is one(outbox, key).state for key in UNKNOWN)


def test_an_address_that_left_the_register_is_no_obstacle(outbox: Engine) -> None:
    change(outbox, ContactAddress, 1, withdrawn=True)
    change(outbox, Contact, 1, active=False)
    settle_unknown(outbox, ONE, Verdict.SEND_AGAIN, act(Actor.SECRETARIAT, NOW))
    assert one(outbox).state is S.QUEUED


def test_lifting_a_mark_makes_what_waits_due(outbox: Engine) -> None:
    later = at("2022-08-20")
    change(outbox, ContactAddress, 1, unusable_since=NOW.date(), unusable_reason="550 5.1.1")
    change(outbox, ContactAddress, 2, unusable_since=NOW.date())
    for key in range(1, 12):
        change(outbox, OutboxMessage, key, next_at=later)
    change(outbox, OutboxMessage, 1, address_id=2)
    lift_mark(outbox, 1, act(Actor.SECRETARIAT, NOW))
    first, second = rows(outbox, ContactAddress)[:2]
    assert (first.unusable_since, first.unusable_reason) == (None, None)
    assert second.unusable_since == NOW.date()
    assert {row.state for row in messages(outbox, OutboxMessage.next_at == NOW)} == {S.OWED}
    assert one(outbox, 1).state is S.QUEUED  # it goes to the other address
    change(outbox, OutboxMessage, 1, address_id=1)
    with pytest.raises(NotMarked):
        lift_mark(outbox, 1, act(Actor.SECRETARIAT, NOW))
    assert one(outbox, 1).next_at == later
    change(outbox, ContactAddress, 1, unusable_since=NOW.date())
    lift_mark(outbox, 1, act(Actor.SECRETARIAT, NOW))
    assert one(outbox, 1).next_at == NOW


@pytest.mark.parametrize("place", ["mailbox:same@example.org", None])
def test_a_mark_is_lifted_wherever_the_register_names_the_place(outbox: Engine, place: str | None) -> None:
    """An address of an older release may have no identity yet: it is then a place of its own."""
    for key in (1, 2):
        change(outbox, ContactAddress, key, identity=place, unusable_since=NOW.date())
    lift_mark(outbox, 1, act(Actor.SECRETARIAT, NOW))
    first, second = rows(outbox, ContactAddress)[:2]
    assert first.unusable_since is None
    assert second.unusable_since == (None if place else NOW.date())


@ON_SQLITE
@pytest.mark.parametrize("key", [-1, 0, 10_000, MOST_ID + 1])
def test_no_such_address(outbox: Engine, key: int) -> None:
    with pytest.raises(NotFound):
        lift_mark(outbox, key, act(Actor.SECRETARIAT, NOW))
