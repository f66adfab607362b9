"""What a pass adds to the trail: settings that changed, what became of letters, and the seals."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from config.settings import Settings
from flows.actions.follow_up.tick import tick
from flows.actions.trail.keep import digests_of, keep_trail
from models.db import reading
from models.trail.rows import TrailRow
from models.trail.verify import verify
from rules.trail.words import TrailWhat
from tests.cast import DATED, Postman, at, issue, move_in, office, settings


def told(engine: Engine, what: TrailWhat) -> list[TrailRow]:
    with Session(engine) as session:
        return list(session.scalars(sa.select(TrailRow).where(TrailRow.what == what).order_by(TrailRow.id)))


def test_settings_are_noted_when_they_change_and_only_then(engine: Engine) -> None:
    clock = by_clock(at("2022-08-15"), office())
    for given in (settings(), settings(), settings(smtp_port=2525), settings(smtp_port=2525)):
        keep_trail(engine, clock, given)
    first, second = told(engine, TrailWhat.SETTINGS)
    assert first.data["changed"] == []
    assert second.data["changed"] == ["smtp_port"]


def test_no_secret_stands_in_a_row() -> None:
    given = settings(smtp_password="rat-bi-mat", database_url="postgresql://a:mat-khau@h/d")
    found = digests_of(given)
    assert found["smtp_password"] == "given"
    assert "database_url" not in found
    assert digests_of(settings(smtp_password="khac"))["smtp_password"] == "given"
    assert set(found) == set(Settings.model_fields) - {"database_url"}


def test_a_tick_leaves_a_sealed_trail_and_a_second_one_adds_nothing(engine: Engine, tmp_path: Path) -> None:
    issue(move_in(engine), DATED)
    ours = settings(witness_folder=tmp_path / "sent", evidence_folder=tmp_path / "evidence")
    now = at("2022-08-29", "09:00")
    tick(engine, office(), now, ours, Postman())
    delivered = [row for row in told(engine, TrailWhat.SWEEP) if "message.sent" in str(row.data)]
    assert len(delivered) == 1
    with reading(engine) as session:
        before = verify(session, now)
    assert (before.faults, before.waiting) == ((), 0)
    tick(engine, office(), now, ours, Postman())
    with reading(engine) as session:
        assert verify(session, now).head == before.head
