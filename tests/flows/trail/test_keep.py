"""What a pass adds to the trail: settings that changed, what became of letters, and the seals."""

from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import by_clock
from config.committee import Policy
from config.office import Office, policy_digest
from config.policy_parts import BundlingPolicy
from config.settings import Settings
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.follow_up.tick import tick
from flows.actions.trail import keep
from flows.actions.trail.keep import digests_of, keep_trail
from models.db import reading
from models.trail.rows import TrailRow
from models.trail.verify import verify
from rules.trail.words import TrailWhat
from tests.cast import DATED, Postman, at, issue, move_in, office, office_with, settings


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


def test_of_two_passes_at_once_one_notes_the_settings(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have seen that they changed. Break: do not look again behind the lock."""
    both, real = Barrier(2), keep.one_at_a_time

    def together(session: Session, name: str) -> None:
        both.wait()
        real(session, name)

    monkeypatch.setattr(keep, "one_at_a_time", together)
    clock = by_clock(at("2022-08-15"), office())
    passes = [Thread(target=keep_trail, args=(engine, clock, settings())) for _ in range(2)]
    for one in passes:
        one.start()
    for one in passes:
        one.join()
    assert len(told(engine, TrailWhat.SETTINGS)) == 1


def test_machines_with_settings_of_their_own_note_them_once_each(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break: compare with the last row of any machine."""
    clock = by_clock(at("2022-08-15"), office())
    for _ in range(3):
        for machine, port in (("may-a", 25), ("may-b", 2525)):
            monkeypatch.setattr(keep, "machine_name", lambda machine=machine: machine)
            keep_trail(sqlite_engine, clock, settings(smtp_port=port))
    assert [row.noun_key for row in told(sqlite_engine, TrailWhat.SETTINGS)] == ["may-a", "may-b"]


def with_digests(policy: Policy, days: str) -> Office:
    """An office as ``this_office`` gives it."""
    return replace(office_with(policy), policy_digest=policy_digest(policy), calendar_digest=days)


def test_policy_and_days_of_work_are_noted_when_they_change(engine: Engine) -> None:
    """On a day off too, where no follow-up decides. Break: forget the calendar, or compare nothing."""
    policy = office().policy
    other = policy.model_copy(update={"bundling": BundlingPolicy(messages_a_day=7)})
    sunday = at("2022-08-14")
    for ours in (with_digests(policy, "a"), with_digests(policy, "a"), with_digests(policy, "b"),
                 with_digests(other, "b"), with_digests(policy, "b")):  # fmt: skip
        keep_trail(engine, by_clock(sunday, ours), settings())
    found = [(row.noun, row.noun_key[:12]) for row in told(engine, TrailWhat.POLICY)]
    assert found == [
        ("policy", policy_digest(policy)), ("calendar", "a"), ("calendar", "b"),
        ("policy", policy_digest(other)), ("policy", policy_digest(policy)),
    ]  # fmt: skip


def test_the_follow_up_and_a_pass_note_one_policy_once(sqlite_engine: Engine) -> None:
    clock = by_clock(at("2022-08-15"), with_digests(office().policy, ""))
    daily_follow_up(move_in(sqlite_engine), clock)
    keep_trail(sqlite_engine, clock, settings())
    assert len(told(sqlite_engine, TrailWhat.POLICY)) == 1


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
