"""The leadership digest: once a week, to the chair and the province, the same figures as the pages."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.follow_up.digest import digest_of, send_digest
from models.db import reading
from models.tables.outbox import DigestIssue, OutboxLetter
from rules.outbox.payloads.keys import LetterKind
from tests.cast import (
    CHAIR,
    DATED,
    EVERY_KIND,
    OPEN_ENDED,
    PROVINCE,
    RULE,
    at,
    dump,
    issue,
    move_in,
    office,
    rows,
)


@pytest.fixture
def at_work(engine: Engine) -> Engine:
    issue(move_in(engine), DATED, OPEN_ENDED, RULE)
    return engine


def digests(engine: Engine) -> list[OutboxLetter]:
    return rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.DIGEST)


def test_monday_morning_to_the_chair_and_the_province(at_work: Engine) -> None:
    report = send_digest(at_work, by_clock(at("2022-09-05", "06:00"), office()))
    assert report.recipients == (CHAIR, PROVINCE)
    assert report.counts is not None
    assert report.counts["overdue"] == 1
    assert [(x.agency_id, x.not_before, x.scheduled_on) for x in digests(at_work)] == [
        (reader, at("2022-09-05", "07:30"), date(2022, 9, 5)) for reader in (CHAIR, PROVINCE)
    ]


def test_once_a_week_however_often_it_is_asked(at_work: Engine) -> None:
    send_digest(at_work, by_clock(at("2022-09-05"), office()))
    before = dump(at_work)
    for day in ("2022-09-05", "2022-09-06", "2022-09-11"):
        assert send_digest(at_work, by_clock(at(day), office())).issued_on is None
    assert dump(at_work) == before
    assert send_digest(at_work, by_clock(at("2022-09-12"), office())).issued_on == date(2022, 9, 12)


def test_a_missed_monday_is_made_good(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED)
    send_digest(sqlite_engine, by_clock(at("2022-08-29"), office()))
    assert send_digest(sqlite_engine, by_clock(at("2022-09-07", "15:00"), office())).issued_on == date(
        2022, 9, 7
    )
    assert {letter.not_before for letter in digests(sqlite_engine)[2:]} == {at("2022-09-07", "15:00")}


def test_a_monday_off_waits_for_the_next_working_day_and_its_figures(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, date=date(2022, 4, 25), on="2022-04-25")
    for day_off in ("2022-05-02", "2022-05-03"):
        assert send_digest(sqlite_engine, by_clock(at(day_off), office())).issued_on is None
    assert send_digest(sqlite_engine, by_clock(at("2022-05-04"), office())).issued_on == date(2022, 5, 4)
    assert {letter.not_before for letter in digests(sqlite_engine)} == {at("2022-05-04", "08:00")}


def test_the_first_digest_waits_for_its_own_monday(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, on="2022-08-16")  # a Tuesday
    assert send_digest(sqlite_engine, by_clock(at("2022-08-17"), office())).issued_on is None
    assert send_digest(sqlite_engine, by_clock(at("2022-08-22"), office())).issued_on == date(2022, 8, 22)


def test_an_office_without_tasks_has_nothing_to_say(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    before = dump(sqlite_engine)
    assert send_digest(sqlite_engine, by_clock(at("2022-09-05"), office())).issued_on is None
    assert dump(sqlite_engine) == before


def test_the_frozen_counts_are_those_of_the_rows(at_work: Engine) -> None:
    report = send_digest(at_work, by_clock(at("2022-09-05"), office()))
    [issued] = rows(at_work, DigestIssue)
    assert issued.counts == report.counts
    with reading(at_work) as session:
        digest = digest_of(session, date(2022, 9, 5), office())
    assert issued.counts["overdue"] == len(digest.overdue)
    assert issued.counts["agencies"] == len(digest.league) == 2
    assert digest.standing_rules == (RULE.text,)


def test_it_knows_its_predecessor_and_nothing_of_the_future(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), *EVERY_KIND)
    send_digest(sqlite_engine, by_clock(at("2022-08-22"), office()))
    with reading(sqlite_engine) as session:
        assert digest_of(session, date(2022, 8, 22), office()).previous is None
        assert digest_of(session, date(2022, 8, 29), office()).previous == date(2022, 8, 22)
        assert digest_of(session, date(2022, 8, 14), office()).total == 0
