"""A tick: everything that is due by now, at the stored instant; twice changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine

from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.follow_up.tick import TickReport, tick
from flows.actions.installation import instant
from flows.actions.installation.instant import TimeReversed, advance, present
from models.tables.documents import Document
from models.tables.outbox import Moment
from models.tables.tasks import Task
from rules.vocabulary import Actor, DocumentState
from tests.cast import (
    DATED,
    EVERY_KIND,
    FINANCE_MAIL,
    MONTHLY,
    OPEN_ENDED,
    Postman,
    act,
    at,
    conclusion,
    dump,
    issue,
    move_in,
    office,
    rows,
    settings,
)


def run(engine: Engine, given: datetime | None = None, postman: Postman | None = None) -> TickReport:
    return tick(engine, office(), given, settings(), postman or Postman())


def test_all_steps_in_their_order(engine: Engine) -> None:
    move_in(engine)
    document = store_draft(
        engine, conclusion(DATED, OPEN_ENDED), "ket-luan.docx", act(Actor.SECRETARIAT, at("2022-08-15"))
    )
    make_ready(
        engine, document, 0, at("2022-08-15", "09:00"), act(Actor.SECRETARIAT, at("2022-08-15", "09:00"))
    )
    postman = Postman()
    assert run(engine, at("2022-08-15", "08:59"), postman).issued.issued == ()
    report = run(engine, at("2022-08-15", "09:00"), postman)
    assert report.issued.opened == ("GN-0001", "GN-0002")
    assert report.digest.issued_on is not None
    assert FINANCE_MAIL in postman.take()
    assert run(engine, at("2022-08-24"), postman).follow_up.reminded == (1,)
    assert postman.take().count(FINANCE_MAIL) == 1


def test_twice_changes_nothing(engine: Engine) -> None:
    issue(move_in(engine), *EVERY_KIND)
    postman = Postman()
    for day in ("2022-08-15", "2022-08-25", "2022-09-05"):
        run(engine, at(day), postman)
        postman.take()
        before = dump(engine)
        again = run(engine, None, postman)
        assert again.now == at(day)
        assert postman.take() == []
        assert dump(engine) == before


def test_the_stored_instant_goes_on_without_being_named(engine: Engine) -> None:
    assert advance(engine, at("2022-08-15")) == at("2022-08-15")
    assert present(engine) == at("2022-08-15")
    assert advance(engine, None) == at("2022-08-15")
    [moment] = rows(engine, Moment)
    assert (moment.instant, moment.simulated) == (at("2022-08-15"), True)


def test_time_does_not_run_backwards(engine: Engine) -> None:
    issue(move_in(engine), DATED)
    run(engine, at("2022-08-24"))
    before = dump(engine)
    with pytest.raises(TimeReversed, match=r"07:59 ngày 24/08/2022.*08:00 ngày 24/08/2022"):
        run(engine, at("2022-08-24", "07:59"))
    assert dump(engine) == before
    run(engine, at("2022-08-24", "08:00"))


def test_without_a_given_instant_it_is_the_wall_clock(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall = datetime(2022, 8, 15, 1, 0, tzinfo=UTC)
    monkeypatch.setattr(instant, "wall_now", lambda: wall)
    assert (present(sqlite_engine), advance(sqlite_engine, None)) == (wall, wall)
    monkeypatch.setattr(instant, "wall_now", lambda: wall + timedelta(hours=1))
    assert advance(sqlite_engine, None) == wall + timedelta(hours=1)
    with pytest.raises(TimeReversed):
        advance(sqlite_engine, at("2021-01-04"))
    assert advance(sqlite_engine, at("2022-09-01")) == at("2022-09-01")
    assert present(sqlite_engine) == at("2022-09-01")


def test_a_document_that_cannot_be_issued_stops_nobody(sqlite_engine: Engine) -> None:
    move_in(sqlite_engine)
    for number, directive in (("1/TB", DATED), ("1/TB", OPEN_ENDED), ("2/TB", MONTHLY)):
        key = store_draft(
            sqlite_engine, conclusion(directive, number=number), "x", act(Actor.SECRETARIAT, at("2022-08-15"))
        )
        make_ready(sqlite_engine, key, 0, at("2022-08-15"), act(Actor.SECRETARIAT, at("2022-08-15")))
    report = run(sqlite_engine, at("2022-08-15"))
    assert [key for key, _ in report.issued.refused] == [2]
    assert "đã được phát hành" in report.issued.refused[0][1]
    states = [document.state for document in rows(sqlite_engine, Document)]
    assert states == [DocumentState.ISSUED, DocumentState.READY, DocumentState.ISSUED]
    assert [task.directive_id for task in rows(sqlite_engine, Task)] == [1, 2]


def test_days_may_be_missed(sqlite_engine: Engine) -> None:
    issue(move_in(sqlite_engine), DATED, MONTHLY)
    report = run(sqlite_engine, at("2022-10-03"))
    assert sorted(report.follow_up.urged) == [1, 2]
    assert report.issued.opened == ("GN-0003",)
    assert report.digest.issued_on == report.follow_up.today
