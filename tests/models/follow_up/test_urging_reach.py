"""The SQL of an urging's reach says what the rule says, on both databases, and in the rule's words.

Seen to fail when a state is left out of ``REACH_SQL``, when a paper is not asked for, when a withdrawn
address is taken for a road, and when a word of ``unheard_words`` differs.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.follow_up.sweep.sql.unheard_words import unheard_words as unheard_words_sql
from models.follow_up.urging_reach import heard_facts, unheard
from models.tables.agencies import Contact, ContactAddress
from models.tables.outbox import ChannelState, MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task, Urging
from rules.deadlines.wording import unheard_words
from rules.follow_up.urging_reach import Carrier, Course, reach_of
from rules.letter_words import LetterState, MessageState, UrgingReach
from rules.outbox.payloads.keys import LetterKind
from tests.cast import FINANCE, TRADE, UNREACHABLE, at, directive, issue, move_in

TODAY = date(2022, 9, 12)
NOW = at(TODAY)
STOPPED = "zalo"


@dataclass(frozen=True)
class Given:
    """An urging as it lies in the database, and whether its body can be written to."""

    course: Course
    body: str = FINANCE


@st.composite
def given_urgings(draw: st.DrawFn) -> Given:
    carrier = st.builds(Carrier, st.sampled_from(MessageState), st.booleans())
    body = draw(st.sampled_from([FINANCE, UNREACHABLE, TRADE]))
    course = Course(
        urged_on=TODAY - timedelta(days=draw(st.sampled_from([0, 0, 1, 7]))),
        letter=draw(st.none() | st.sampled_from(LetterState)),
        carriers=draw(st.lists(carrier, max_size=3)),
        by_paper=draw(st.integers(0, 5)) == 0,
        open_road=body == FINANCE,
    )
    return Given(course, body)


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    """Finance can be written to, the third body has no contact, and that of Trade is withdrawn."""
    issue(move_in(engine), directive("Việc.", FINANCE))
    with Session(engine) as session:
        trade = sa.select(Contact.id).where(Contact.agency_id == TRADE)
        gone = sa.update(ContactAddress).where(ContactAddress.contact_id.in_(trade)).values(withdrawn=True)
        session.execute(gone)
        session.add(ChannelState(channel=STOPPED, since=NOW, strikes=0, stops=1))
        session.commit()
    return engine


def put(session: Session, number: int, item: Given) -> None:
    """The urging ``number`` of the first task, with its letter and what carries it."""
    course, key = item.course, f"urging:1:{number}"
    row = Urging(
        task_id=1, number=number, urged_on=course.urged_on, recipient_id=item.body, text="", letter_key=key
    )  # fmt: skip
    row.carried_on = TODAY if course.by_paper else None
    session.add(row)
    if course.letter is None:
        return
    letter = OutboxLetter(
        key=key, kind=LetterKind.URGING, agency_id=item.body, task_id=1, scheduled_on=course.urged_on,
        not_before=NOW, number=number, state=course.letter, written_at=NOW,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    [place] = session.scalars(sa.select(ContactAddress).limit(1))
    for n, carrier in enumerate(course.carriers):
        message = OutboxMessage(
            key=f"{key}:{n}", bundle="b", contact_id=place.contact_id, address_id=place.id or 0,
            channel=STOPPED if carrier.stopped else "mail", message_id=f"<{key}:{n}@x>",
            state=carrier.state, next_at=NOW, give_up_at=NOW,
        )  # fmt: skip
        session.add(message)
        session.flush()
        session.add(MessageLetter(message_id=message.id or 0, letter_id=letter.id or 0))


def check(engine: Engine, items: list[Given]) -> None:
    expected = {number: reach_of(item.course, TODAY) for number, item in enumerate(items, 1)}
    with Session(engine) as session:  # never committed
        for number, item in enumerate(items, 1):
            put(session, number, item)
        session.execute(sa.update(Task).where(Task.id == 1).values(urged=len(items)))
        session.flush()
        found = unheard(session, [1], TODAY)
        task = heard_facts(session, [1], TODAY)[1]
        session.rollback()
    lost = [number for number, reach in expected.items() if reach is UrgingReach.UNREACHED]
    doubtful = [number for number, reach in expected.items() if reach is UrgingReach.UNSURE]
    mine = found.get(1)
    assert (mine.unreached if mine else [], mine.unsure if mine else []) == (lost, doubtful)
    assert (task.unreached, task.unsure) == (len(lost), len(doubtful))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(given_urgings(), min_size=1, max_size=12))
def test_sql_and_rule_agree(peopled: Engine, items: list[Given]) -> None:
    check(peopled, items)


def test_they_agree_on_every_state_alone(peopled: Engine) -> None:
    grid = product(LetterState, MessageState, (False, True), (TODAY, TODAY - timedelta(days=1)))
    check(
        peopled,
        [Given(Course(day, letter, [Carrier(state, stopped)])) for letter, state, stopped, day in grid],
    )


def test_the_words_agree(engine: Engine) -> None:
    grid = [
        (urged, unreached, unsure)
        for urged in range(1, 5)
        for unreached in range(urged + 1)
        for unsure in range(urged + 1 - unreached)
    ]
    with engine.connect() as connection:
        for urged, unreached, unsure in grid:
            row = f"SELECT {urged} AS urged, {unreached} AS unreached, {unsure} AS unsure"
            said = connection.exec_driver_sql(f"SELECT {unheard_words_sql()} FROM ({row}) AS moved").scalar()
            assert said == unheard_words(urged, unreached, unsure)
