"""Each row is sealed once, whoever seals, in whatever order rows come, and wherever a sealer dies."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from flows.actions.follow_up.tick import tick
from flows.actions.installation import instant
from flows.actions.installation.instant import advance
from flows.actions.trail import seal as sealing
from flows.actions.trail.seal import seal
from models.db import unit_of_work
from models.trail.rows import TrailSeal
from notifications.outbox.parcel import Letter, Parcel
from rules.calendar.workdays import NoCalendar
from tests.cast import ON_POSTGRESQL, SENT, Postman, at, office, settings
from tests.models.trail.trail_book import BEGAN, add, looked_at


def put(engine: Engine, count: int) -> None:
    with unit_of_work(engine) as session:
        for number in range(count):
            add(session, BEGAN, number)


def sealed(engine: Engine) -> list[tuple[int, int]]:
    with Session(engine) as session:
        found = session.execute(sa.select(TrailSeal.seq, TrailSeal.trail_id).order_by(TrailSeal.seq))
        return [(seq, row) for seq, row in found]


def test_a_second_pass_seals_nothing(engine: Engine) -> None:
    put(engine, 3)
    assert seal(engine, BEGAN) == 3
    assert seal(engine, BEGAN + timedelta(days=1)) == 0
    assert looked_at(engine).faults == ()


def test_in_batches_and_killed_between(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    put(engine, 7)
    real, calls = sealing.append_seals, []

    def dies(*given: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(sealing, "append_seals", dies)
    with pytest.raises(KeyboardInterrupt):
        seal(engine, BEGAN)
    assert len(sealed(engine)) == 4
    monkeypatch.setattr(sealing, "append_seals", real)
    assert seal(engine, BEGAN) == 3
    assert [seq for seq, _ in sealed(engine)] == list(range(1, 8))
    assert looked_at(engine).faults == ()


def test_two_sealers_at_once(engine: Engine) -> None:
    put(engine, 40)
    together = Barrier(2)

    def run() -> None:
        together.wait()
        seal(engine, BEGAN)

    both = [Thread(target=run) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [seq for seq, _ in sealed(engine)] == list(range(1, 41))
    assert looked_at(engine).faults == ()


@ON_POSTGRESQL
@pytest.mark.parametrize("window", [10_000, 0])
def test_a_lower_id_that_is_committed_later_joins_behind(
    engine: Engine, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the window by the next pass, below it by the first pass of the next day."""
    monkeypatch.setattr(sealing, "WINDOW", window)
    with unit_of_work(engine) as slow:
        first = add(slow, BEGAN, 1)
        put(engine, 2)
        assert seal(engine, BEGAN) == 2
    assert seal(engine, BEGAN + timedelta(minutes=1)) == (1 if window else 0)
    assert seal(engine, BEGAN + timedelta(minutes=16 * 60)) == (0 if window else 1)
    assert sealed(engine)[-1] == (3, first)
    if window:
        assert looked_at(engine).faults == ()


def test_a_pass_that_is_busy_seals_between_two_letters(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts go on while letters leave for an hour. Break: seal at the end of the pass only."""
    advance(engine, BEGAN)
    minutes = iter([0.0, 30.0, 61.0, 61.0, 90.0, 130.0, 130.0])
    monkeypatch.setattr(sealing, "monotonic", lambda: next(minutes))
    postman = Postman()
    post, seen = sealing.sealed_between(engine, postman), []
    for _ in range(4):
        put(engine, 1)
        assert post("smtpmail://a@b.example", parcel()) is SENT
        seen.append(len(sealed(engine)))
    assert seen == [0, 2, 2, 4]
    assert len(postman.carried) == 4
    assert looked_at(engine).faults == ()


def test_no_letter_waits_for_a_seal_that_cannot_be_set(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break: let the trouble of a seal end the pass, and a letter in the air is in doubt."""

    def stuck(*_: object) -> None:
        raise sa.exc.OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(sealing, "seal", stuck)
    monkeypatch.setattr(sealing, "EVERY_SECONDS", 0.0)
    assert sealing.sealed_between(sqlite_engine, Postman())("smtpmail://a@b.example", parcel()) is SENT


def test_a_tick_that_comes_no_further_has_sealed(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No calendar of the year: nothing is followed up. Break: seal at the end of a tick only."""
    put(sqlite_engine, 2)
    monkeypatch.setattr(instant, "wall_now", lambda: at("2050-01-03"))
    with pytest.raises(NoCalendar):
        tick(sqlite_engine, office(), None, settings(), Postman())
    assert len(sealed(sqlite_engine)) == 2


def parcel() -> Parcel:
    return Parcel(Letter("Giao việc", "Nội dung.", "<p>Nội dung.</p>", "Ngắn."), "<ob-1@dondoc.example>")
