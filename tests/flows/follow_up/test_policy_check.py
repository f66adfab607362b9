"""What another policy would change for the open tasks, and that asking changes nothing."""

from datetime import date

from sqlalchemy.engine import Engine

from config.act import by_clock
from config.committee import Policy
from flows.actions.follow_up.policy_check import compare, lived_under, next_sweep
from flows.actions.follow_up.tick import tick
from models.db import unit_of_work
from models.tables.follow_up_days import FollowUpDay, PolicyVersion
from rules.outbox.payloads.keys import LetterKind
from tests.cast import EVERY_KIND, Postman, at, dump, issue, move_in, office, office_with, settings

SIX_BEFORE = Policy.model_validate({"reminders": {"before_working_days": {"van-thu": [6]}}})
RARELY = Policy.model_validate({"reminders": {"urge_every_working_days": 20}})


def test_reminders_that_would_come_and_go(engine: Engine) -> None:
    """31/8/2022 is five working days after 24/8 and six after 23/8."""
    issue(move_in(engine), *EVERY_KIND)
    tick(engine, office(), at("2022-08-16"), settings(), Postman())
    before = dump(engine)
    [earlier] = compare(engine, by_clock(at("2022-08-23"), office()), SIX_BEFORE)
    assert (earlier.kind, earlier.proposed) == (LetterKind.REMINDER, earlier.present + 1)
    assert (earlier.added, earlier.dropped) == (("GN-0001",), ())
    [same] = compare(engine, by_clock(at("2022-08-23"), office()), office().policy)
    assert (same.added, same.dropped) == ((), ())
    assert dump(engine) == before


def test_urgings_already_counted_stay(sqlite_engine: Engine) -> None:
    """A slower policy drops the urging of the day, not the one of last week."""
    issue(move_in(sqlite_engine), *EVERY_KIND)
    for day in ("2022-08-16", "2022-09-05"):
        tick(sqlite_engine, office(), at(day), settings(), Postman())
    before = dump(sqlite_engine)["urging"]
    [found] = [
        one
        for one in compare(sqlite_engine, by_clock(at("2022-09-12"), office()), RARELY)
        if one.kind is LetterKind.URGING
    ]
    assert "GN-0001" in found.dropped
    assert found.added == ()
    assert dump(sqlite_engine)["urging"] == before != []


def test_on_a_day_off_the_next_working_morning_is_compared() -> None:
    assert next_sweep(by_clock(at("2022-09-01", "10:00"), office())).now == at("2022-09-05", "07:30")
    assert next_sweep(by_clock(at("2022-08-31", "10:00"), office())).now == at("2022-08-31", "10:00")


def test_the_policies_that_were_lived_under(sqlite_engine: Engine) -> None:
    with unit_of_work(sqlite_engine) as session:
        for digest, text, day in (("a" * 64, "{}", 1), ("b" * 64, office().policy.model_dump_json(), 5)):
            now = at(date(2022, 8, day))
            session.add(PolicyVersion(digest=digest, text=text, first_used_at=now))
            session.flush()
            session.add(FollowUpDay(day=now.date(), first_at=now, last_at=now, policy_digest=digest))
    latest, first = lived_under(sqlite_engine, office().policy)
    assert (latest.digest, latest.days, latest.same) == ("b" * 64, 1, True)
    assert (first.days, first.same) == (1, False)
    assert [one.same for one in lived_under(sqlite_engine, RARELY)] == [False, False]
    assert office_with(RARELY).policy is RARELY
