"""Who let a deadline pass without a reminder: counted by the database as by the rows, and told with a reason.

Seen to fail: the count when the day on which a message left is not asked for.
"""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from config.act import by_clock
from flows.actions.follow_up.follow_up import daily_follow_up
from models.db import reading, unit_of_work
from models.facts import facts, task_query
from models.follow_up.digest_matter import digest_matter, digest_on
from models.follow_up.unreminded import count_unreminded, never_reminded, unreminded
from models.tables.outbox import OutboxMessage
from notifications.delivery.deliver import deliver
from rules.follow_up.digest import build_digest
from rules.letter_words import MessageState
from rules.vocabulary import UnremindedReason
from tests.cast import (
    DUE_ON,
    UNREACHABLE,
    Postman,
    at,
    by,
    directive,
    issue,
    move_in,
    office,
    settings,
)
from web.app import create_app

DAY = DUE_ON + timedelta(days=5)


def send(engine: Engine, day: str) -> None:
    now = at(day, "07:35")
    deliver(engine, by_clock(now, office()), settings(), Postman())


@pytest.fixture
def passed(engine: Engine) -> Engine:
    """GN-0001 and GN-0002 were due on 31/8: trade was reminded; the other body has no address."""
    late = by(DUE_ON)
    issue(move_in(engine), directive("Một.", "sct", due=late), directive("Hai.", UNREACHABLE, due=late))
    for day in ("2022-08-15", "2022-08-24", "2022-08-31"):
        daily_follow_up(engine, by_clock(at(day, "06:45"), office()))
        send(engine, day)
    return engine


def found(engine: Engine) -> tuple[int, frozenset[int], int, int]:
    """By SQL, by the rows, and in the digest by either way."""
    windows = office().policy.digest_windows
    with reading(engine) as session:
        tasks = facts(session, task_query())
        matter = digest_matter(session, DAY)
        return (
            count_unreminded(session, date(2022, 8, 1), DAY),
            never_reminded(session, tasks),
            digest_on(session, DAY, windows).unreminded,
            build_digest(matter, DAY, None, windows).unreminded,
        )


def all_messages(engine: Engine, **values: Any) -> None:
    with unit_of_work(engine) as session:
        session.connection().execute(sa.update(OutboxMessage).values(**values))


def test_who_was_not_reminded_is_counted(passed: Engine) -> None:
    assert found(passed) == (1, {2}, 1, 1)
    with reading(passed) as session:
        told = unreminded(session, facts(session, task_query()), office().policy.rhythm, office().calendar)
    assert told == {2: UnremindedReason.NO_CONTACT}


def test_a_reminder_that_left_after_the_deadline_is_none(passed: Engine) -> None:
    all_messages(passed, settled_at=at("2022-09-01", "00:10"))
    assert found(passed)[:2] == (2, {1, 2})


def test_the_last_minute_of_the_day_is_in_time(passed: Engine) -> None:
    all_messages(passed, settled_at=at("2022-08-31", "23:50"))
    assert found(passed)[:2] == (1, {2})


def test_a_letter_in_a_folder_counts_and_one_that_failed_does_not(passed: Engine) -> None:
    all_messages(passed, state=MessageState.SAVED)
    assert found(passed)[:2] == (1, {2})
    all_messages(passed, state=MessageState.FAILED)
    assert found(passed)[:2] == (2, {1, 2})


def test_the_page_says_why(passed: Engine) -> None:
    # The pages' day is the last one followed.
    daily_follow_up(passed, by_clock(at("2022-09-05", "06:45"), office()))
    client = ("127.0.0.1", 50000)
    with TestClient(create_app(passed, office()), base_url="http://127.0.0.1", client=client) as pages:
        said = "Trước hạn không có thư nhắc nào đến nơi nhận: "
        assert said + "cơ quan chưa có địa chỉ liên hệ" in pages.get("/viec/GN-0002").text
        assert said not in pages.get("/viec/GN-0001").text
