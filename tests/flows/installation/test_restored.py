"""A declared restore: what the witness names is not said again, and nothing else is held back for it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.settings import Settings
from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.documents.issue import publish
from flows.actions.follow_up.tick import tick
from flows.actions.installation.restored import Restored, restored
from flows.actions.outbox.settle_unknown import Verdict, settle_all_unknown
from models.db import unit_of_work
from models.installation.restores import HowSaid, Restore, SaidBefore, WitnessStream
from models.tables.outbox import Installation, OutboxMessage
from models.tables.tasks import Task
from notifications.outbox.parcel import Outcome
from notifications.witness.restore_guard import open_guard
from rules.letter_words import MessageState, OutcomeClass
from rules.refusal import Refusal
from rules.vocabulary import Actor
from tests.cast import (
    DATED,
    FINANCE_MAIL,
    OPEN_ENDED,
    Postman,
    act,
    at,
    change,
    conclusion,
    issue,
    messages,
    move_in,
    office,
    rows,
    settings,
)
from tests.notifications.witness.guarded import NOW, Told, deliver

MORNING = at("2022-08-15", "09:00")


@pytest.fixture
def ours(tmp_path: Path) -> Settings:
    return settings(witness_folder=tmp_path / "witness")


@pytest.fixture
def town(engine: Engine) -> Engine:
    return move_in(engine)


def declare(engine: Engine, ours: Settings, at_: object = MORNING, now: object = MORNING) -> Restored:
    return restored(engine, at_, now, ours, office().calendar)  # type: ignore[arg-type]


def set_back(engine: Engine) -> None:
    """As if the morning had not been: its letters wait again, its tasks and their ids stay."""
    with unit_of_work(engine) as session:
        for statement in ("DELETE FROM delivery_event", "DELETE FROM witness_stream"):
            session.execute(sa.text(statement))
        values = {"state": MessageState.QUEUED, "claim": 0, "claimed_by": None, "settled_at": None}
        session.execute(sa.update(OutboxMessage).values(attempts=0, **values))


def morning(engine: Engine, ours: Settings, postman: Postman, clock: str = "09:00") -> list[str]:
    tick(engine, office(), at("2022-08-15", clock), ours, postman)
    return postman.take()


def test_the_future_and_copies_for_tests_are_refused(engine: Engine, ours: Settings) -> None:
    with pytest.raises(Refusal, match="ở sau thời điểm hiện tại"):
        declare(engine, ours, NOW + timedelta(minutes=1), NOW)
    change(engine, Installation, 1, purpose="test")
    with pytest.raises(Refusal, match="bản sao để thử"):
        declare(engine, ours, NOW, NOW)
    assert rows(engine, Restore) == []


def test_what_a_provider_refused_was_not_said(town: Engine, ours: Settings) -> None:
    issue(town, DATED)
    later = Outcome(OutcomeClass.TRY_AGAIN, "451", "busy")
    morning(town, ours, Postman({FINANCE_MAIL: later}))
    set_back(town)
    assert declare(town, ours).complete
    told = morning(town, ours, Postman(), "09:30")
    assert FINANCE_MAIL in told


def test_the_same_key_with_another_content_is_another_letter(town: Engine, ours: Settings) -> None:
    issue(town, DATED)
    assert FINANCE_MAIL in morning(town, ours, Postman())
    set_back(town)
    change(town, Task, 1, title="Một nhiệm vụ khác, mang số của nhiệm vụ cũ.")
    declare(town, ours)
    assert FINANCE_MAIL in morning(town, ours, Postman())


def test_what_was_said_is_shown_as_said_under_the_id_that_it_had(town: Engine, ours: Settings) -> None:
    issue(town, DATED)
    morning(town, ours, Postman())
    before = {one.message_id for one in messages(town)}
    set_back(town)
    with unit_of_work(town) as session:
        session.execute(sa.update(OutboxMessage).values(message_id=""))
    found = declare(town, ours)
    assert (found.complete, found.in_doubt) == (True, 0)
    assert morning(town, ours, Postman()) == []
    after = messages(town)
    assert {one.state for one in after} == {MessageState.SENT}
    assert {one.message_id for one in after} == before
    assert {one.outcome_code for one in after} == {"restored"}


def test_a_reader_is_not_told_again_at_his_other_address(town: Engine, ours: Settings) -> None:
    issue(town, DATED)
    postman = Postman()
    morning(town, ours, postman)
    set_back(town)
    finance = next(one for one in messages(town) if one.bundle.startswith("2022-08-15") and one.channel)
    with unit_of_work(town) as session:
        session.execute(
            sa.text("INSERT INTO contact_address (contact_id, position, url, channel, identity, withdrawn)"
                    " VALUES (:contact, 9, 'zalooa://1', 'zalo', 'zalo:1', :no)"),
            {"contact": finance.contact_id, "no": False},
        )  # fmt: skip
        other = session.scalar(sa.text("SELECT max(id) FROM contact_address"))
        session.execute(
            sa.update(OutboxMessage)
            .where(OutboxMessage.id == finance.id)
            .values(address_id=other, channel="zalo")
        )
    declare(town, ours)
    assert morning(town, ours, Postman()) == []


def test_without_a_witness_a_person_decides_and_is_obeyed(
    town: Engine, ours: Settings, tmp_path: Path
) -> None:
    issue(town, DATED, OPEN_ENDED)
    told = morning(town, ours, Postman())
    set_back(town)
    lost = settings(witness_folder=tmp_path / "lost")
    found = declare(town, lost)
    assert (found.complete, found.missing) == (False, ("?",))
    assert found.in_doubt > 0
    assert morning(town, lost, Postman()) == []
    unknown = messages(town, OutboxMessage.state == MessageState.UNKNOWN)
    assert len(unknown) == len(told)
    settle_all_unknown(
        town, max(one.id or 0 for one in unknown), Verdict.SEND_AGAIN, act(Actor.SECRETARIAT, MORNING)
    )
    assert sorted(morning(town, lost, Postman())) == sorted(told)


def test_letters_of_the_days_made_up_for_are_in_doubt(town: Engine, ours: Settings, tmp_path: Path) -> None:
    """The reminder of Wednesday the 24th is written, in the restored database, on the 24th again."""
    issue(town, DATED)
    lost = settings(witness_folder=tmp_path / "lost")
    tick(town, office(), MORNING, ours, Postman())
    restored(town, at("2022-08-22"), at("2022-08-24", "12:00"), lost, office().calendar)
    assert rows(town, Restore)[0].catch_up_on == date(2022, 8, 24)
    postman = Postman()
    tick(town, office(), at("2022-08-24", "12:05"), lost, postman)
    assert postman.take() == []
    doubtful = messages(town, OutboxMessage.state == MessageState.UNKNOWN)
    assert doubtful != []
    assert {one.outcome_code for one in doubtful} == {"restored"}
    tick(town, office(), at("2022-09-05", "09:00"), lost, postman)  # urged: nobody can have said that before
    assert FINANCE_MAIL in postman.take()


def test_a_witness_that_turns_up_later_ends_the_doubts(
    engine: Engine, ours: Settings, tmp_path: Path
) -> None:
    deliver(engine, ours, "reminder:1")
    with unit_of_work(engine) as session:
        session.execute(sa.delete(WitnessStream))
    lost = settings(witness_folder=tmp_path / "lost")
    assert not declare(engine, lost, NOW, NOW).complete
    with unit_of_work(engine) as session:
        session.add(SaidBefore(key="reminder:2", place="", mark="", said=HowSaid.UNKNOWN))
    found = declare(engine, ours, NOW, NOW)
    assert (found.complete, found.said) == (True, 1)
    assert [row.key for row in rows(engine, SaidBefore)] == ["reminder:1"]
    assert len(rows(engine, Restore)) == 1


def test_a_number_missing_in_the_witness_leaves_doubt(engine: Engine, ours: Settings, tmp_path: Path) -> None:
    deliver(engine, ours, "reminder:1", "reminder:2", "reminder:3")
    with unit_of_work(engine) as session:
        session.execute(sa.update(WitnessStream).values(noted=1))
    [path] = (tmp_path / "witness").rglob("w1-*.log")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"n":2' not in line), encoding="utf-8")
    assert declare(engine, ours, NOW, NOW).missing != ()


def test_the_guard_asks_nothing_where_nothing_was_restored(engine: Engine, ours: Settings) -> None:
    with open_guard(engine, ours, NOW) as guard:
        assert guard.said(None, [Told("reminder:1")], 1) == {}  # type: ignore[arg-type]


def test_a_document_that_waited_for_its_hour_is_in_doubt(town: Engine, tmp_path: Path) -> None:
    """The clock issues it again after the restore; what a person issues after it goes."""
    key = store_draft(town, conclusion(DATED), "ket-luan.docx", act(Actor.SECRETARIAT, at("2022-08-12")))
    make_ready(town, key, 0, MORNING, act(Actor.SECRETARIAT, at("2022-08-12")))
    lost, postman = settings(witness_folder=tmp_path / "lost"), Postman()
    restored(town, at("2022-08-12", "12:00"), at("2022-08-15", "10:00"), lost, office().calendar)
    tick(town, office(), at("2022-08-15", "10:05"), lost, postman)
    assert FINANCE_MAIL not in postman.take()
    [doubtful] = messages(town, OutboxMessage.bundle.contains("assignment"))
    assert doubtful.state is MessageState.UNKNOWN
    publish(
        town, conclusion(OPEN_ENDED, number="300/TB-UBND"), act(Actor.SECRETARIAT, at("2022-08-15", "10:10"))
    )
    tick(town, office(), at("2022-08-15", "10:15"), lost, postman)
    assert any("sct" in url for url in postman.take())
