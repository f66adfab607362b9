"""Each sweep once through Prefect: what it says, what it signals, what it does when it may not run."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from prefect import Flow
from prefect.artifacts import Artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_SERVER_API_AUTH_STRING,
    temporary_settings,
)
from prefect.testing.utilities import prefect_test_harness
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from config.act import by_clock
from config.settings import get_settings
from flows import daily_follow_up, deliver_outbox, issue_directives, send_digests, sweeping
from flows.__main__ import main
from flows.actions.documents.intake import make_ready, store_draft
from flows.actions.escalation.escalate import answer_case, raise_case
from flows.actions.installation.instant import advance, present
from flows.actions.installation.own_time import give_own_time
from flows.actions.office import this_office
from flows.actions.outbox.settle_unknown import Verdict, settle_unknown
from flows.actions.trail.keep import keep_trail
from flows.sweeping import ELSEWHERE, NOTHING, Swept
from models.database.locks import exclusive
from models.tables.outbox import OutboxMessage
from notifications.outbox.parcel import Outcome
from rules.letter_words import MessageState, OutcomeClass
from rules.vocabulary import Actor, Answer
from tests.cast import (
    DATED,
    FINANCE_MAIL,
    ISSUED_ON,
    MONTHLY,
    TO_DISTRICTS,
    Postman,
    act,
    act_on,
    at,
    conclusion,
    dump,
    issue,
    messages,
    move_in,
)
from tests.flows.escalation.test_escalation import FORM
from tests.prefect_server import AUTH

MONDAY = at("2022-09-05", "06:45")  # the first working day after the deadline of DATED


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """A Prefect server for the flow tests of this worker, with a password; no heartbeat after each run."""
    closed = {PREFECT_SERVER_API_AUTH_STRING: AUTH, PREFECT_API_AUTH_STRING: AUTH}
    quick = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None, PREFECT_LOGGING_TO_API_ENABLED: False}
    harness = prefect_test_harness(server_startup_timeout=60)
    with temporary_settings(closed), harness, temporary_settings(quick):
        yield


@pytest.fixture
def office_database(
    prefect: None, sqlite_engine: Engine, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """The database that the sweeps of this process open, with the register; it may be given a time."""
    monkeypatch.setenv("DONDOC_DATABASE_URL", migrated_sqlite_url)
    get_settings.cache_clear()
    give_own_time(sqlite_engine)
    yield move_in(sqlite_engine)
    get_settings.cache_clear()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any], Any]]:
    """Events as (name, payload, id); tests/flows/sweeps/test_prefect_server.py sees real ones arrive."""
    events: list[tuple[str, dict[str, Any], Any]] = []

    def keep(name: str, resource: dict[str, str], payload: dict[str, Any], id: Any) -> None:
        assert resource["prefect.resource.id"].startswith("dondoc.sweep.")
        events.append((name, payload, id))

    monkeypatch.setattr(sweeping, "emit_event", keep)
    return events


def run(flow: Flow[..., State[Swept]], now: datetime = MONDAY) -> State[Any]:
    state: State[Any] = flow(now=now, return_state=True)
    return state


def artifact(flow: Flow[..., State[Swept]]) -> str:
    assert (found := Artifact.get(flow.name)) is not None
    return str(found.data)


def test_issue_directives(office_database: Engine, told: list[Any]) -> None:
    number = "265/TB-UBND <b>|"
    secretariat = act(Actor.SECRETARIAT, at(ISSUED_ON, "09:00"))
    key = store_draft(office_database, conclusion(DATED, MONTHLY, number=number), "", secretariat)
    make_ready(office_database, key, 0, at(ISSUED_ON, "09:00"), secretariat)
    state = run(issue_directives.issue_directives, at(ISSUED_ON, "09:00"))
    assert state.message == "Phát hành 1 văn bản, mở 2 nhiệm vụ."
    assert "265/TB-UBND &lt;b&gt;\\| ngày 15/08/2022 |" in artifact(issue_directives.issue_directives)
    payload = {"issued": 1, "tasks": ["GN-0001", "GN-0002"], "refused": []}
    assert [event[:2] for event in told] == [("dondoc.directives.issued", payload)]

    again = run(issue_directives.issue_directives, at(ISSUED_ON, "09:15"))
    assert (again.is_completed(), again.message, len(told)) == (True, NOTHING, 1)


def test_what_cannot_be_issued_is_said(office_database: Engine, told: list[Any]) -> None:
    key = store_draft(office_database, conclusion(DATED), "", act(Actor.SECRETARIAT, at(ISSUED_ON)))
    make_ready(office_database, key, 0, at(ISSUED_ON), act(Actor.SECRETARIAT, at(ISSUED_ON)))
    issue(office_database, DATED)  # somebody else was quicker
    state = run(issue_directives.issue_directives)
    assert state.is_completed()
    assert str(state.message).endswith("1 văn bản chưa phát hành được, cần Ban Thư ký xem.")
    assert f"số {key}: " in artifact(issue_directives.issue_directives)
    assert told == []


def test_daily_follow_up(office_database: Engine, told: list[Any]) -> None:
    issue(office_database, DATED, TO_DISTRICTS)
    raise_case(office_database, 2, FORM, act_on(office_database, 2, Actor.LEAD, at("2022-09-04")))
    raise_case(office_database, 3, FORM, act_on(office_database, 3, Actor.LEAD, at("2022-09-04")))
    chair = act(Actor.LEADER, at("2022-09-04"), capacity="Giám đốc")
    answer_case(office_database, 2, Answer.RETURN, "Trả lại.", chair)
    state = run(daily_follow_up.daily_follow_up)
    assert state.message == "Nhắc 0, đôn đốc 1, rà soát 0, báo cáo chậm 0, chuyển cấp trên 0; đang quá hạn 1."
    text = artifact(daily_follow_up.daily_follow_up)
    assert "05/09/2022 06:45" in text
    assert "| Đôn đốc | 1: GN-0001 |" in text
    first = {name: payload for name, payload, _ in told}
    assert first["dondoc.tasks.overdue"] == {"day": "2022-09-05", "count": 1, "ids": [1]}
    assert first["dondoc.escalation.raised"]["ids"] == [1, 2]
    assert first["dondoc.escalation.decided"]["ids"] == [2]
    assert len(told) == 3

    run(daily_follow_up.daily_follow_up, at("2022-09-05", "07:10"))
    assert told[3:] == told[:3]  # the same ids: the server keeps each event once


def test_send_digests(office_database: Engine, told: list[Any]) -> None:
    issue(office_database, DATED)
    state = run(send_digests.send_digests)
    assert state.message == "Lập báo cáo ngày 05/09/2022 gửi 2 nơi."
    assert "| Nơi nhận | Trưởng Ban Chỉ đạo" in artifact(send_digests.send_digests)
    assert [(name, payload["day"]) for name, payload, _ in told] == [("dondoc.digest.sent", "2022-09-05")]
    assert run(send_digests.send_digests, at("2022-09-06", "07:15")).message == NOTHING
    assert len(told) == 1


def test_deliver_outbox(office_database: Engine, told: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    postman = Postman({FINANCE_MAIL: Outcome(OutcomeClass.UNKNOWN, "cut", "không có trả lời")})
    monkeypatch.setattr("notifications.channels.registry.post", postman)
    issue(office_database, DATED)
    state = run(deliver_outbox.deliver_outbox, at(ISSUED_ON, "09:00"))
    assert str(state.message).endswith("chưa rõ 1.")
    [(name, payload, identity)] = told
    assert (name, payload["unknown"], payload["failed"], identity) == ("dondoc.delivery.done", 1, 0, None)
    text = artifact(deliver_outbox.deliver_outbox)
    assert "| Chưa rõ đã tới hay chưa | 1 |" in text
    assert not any(secret in text for secret in ("://", "@"))

    sent = len(postman.carried)
    again = run(deliver_outbox.deliver_outbox, at(ISSUED_ON, "09:05"))
    assert again.message == "Đã gửi 0, không gửi được 0, chưa rõ 1."  # until a person settles it
    assert (len(postman.carried), len(told)) == (sent, 1)
    [unknown] = messages(office_database, OutboxMessage.state == MessageState.UNKNOWN)
    settle_unknown(
        office_database, unknown.id, Verdict.ARRIVED, act(Actor.SECRETARIAT, at(ISSUED_ON, "09:06"))
    )
    assert run(deliver_outbox.deliver_outbox, at(ISSUED_ON, "09:10")).message == NOTHING


@pytest.mark.parametrize(
    ("flow", "lock"),
    [
        (issue_directives.issue_directives, "issue_directives"),
        (daily_follow_up.daily_follow_up, "daily_follow_up"),
        (send_digests.send_digests, "send_digests"),
        (deliver_outbox.deliver_outbox, "deliver"),
    ],
)
def test_a_second_one_ends_well(
    office_database: Engine, told: list[Any], flow: Flow[..., State[Swept]], lock: str
) -> None:
    issue(office_database, DATED)
    keep_trail(office_database, by_clock(at(ISSUED_ON, "09:00"), this_office()), get_settings())
    before = dump(office_database)
    with exclusive(office_database, lock):
        state = run(flow)
    assert (state.is_completed(), state.message, told) == (True, ELSEWHERE, [])
    assert dump(office_database) == before


def test_a_run_is_named_by_the_office_clock(office_database: Engine) -> None:
    state = run(send_digests.send_digests, datetime.fromisoformat("2022-09-04T23:45:00+00:00"))
    with get_client(sync_client=True) as client:
        named = client.read_flow_run(state.state_details.flow_run_id)
    assert named.name == "Báo cáo lãnh đạo 05/09/2022 06:45"


@pytest.fixture
def command_line(office_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """``python -m flows ...`` in this process, whose environment it may set."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    return lambda *arguments: main(arguments)


def test_all_four_in_one_process(
    office_database: Engine,
    command_line: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("notifications.channels.registry.post", Postman())
    issue(office_database, DATED)
    assert command_line("all", "--now", "2022-09-05T08:00") == 0
    said = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert list(said) == ["issue_directives", "daily_follow_up", "send_digests", "deliver_outbox"]
    assert said["daily_follow_up"].startswith("Nhắc 0, đôn đốc 1,")
    assert said["deliver_outbox"].startswith("Đã gửi ")
    assert present(office_database) == at("2022-09-05", "08:00")


def test_time_does_not_go_back(
    office_database: Engine, command_line: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    advance(office_database, at("2022-09-05", "08:00"))
    assert command_line("once", "send_digests", "--now", "2022-09-04T08:00+07:00") == 2
    assert "Thời điểm 08:00 ngày 04/09/2022 ở trước" in capsys.readouterr().err


def test_a_failure_is_exit_code_one(
    command_line: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, act = failing(9, ValueError("a mistake"), lambda: None)
    monkeypatch.setattr(send_digests.digest, "send_digest", act)
    assert command_line("once", "send_digests") == 1
    assert "send_digests: LỖI. " in capsys.readouterr().err


def test_serving_needs_a_server(command_line: Callable[..., int]) -> None:
    with temporary_settings({PREFECT_API_URL: None}):
        assert command_line() == 2


def failing(times: int, error: Exception, then: Callable[..., Any]) -> tuple[list[int], Callable[..., Any]]:
    """``then``, but the first ``times`` calls raise; and the list of calls."""
    calls: list[int] = []

    def act(*arguments: Any) -> Any:
        calls.append(len(calls))
        if len(calls) <= times:
            raise error
        return then(*arguments)

    return calls, act


AWAY = OperationalError("SELECT 1", {}, Exception("database is locked"))


def test_a_hiccup_of_the_database_is_tried_again(
    office_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office_database, DATED)
    calls, act = failing(1, AWAY, daily_follow_up.follow_up.daily_follow_up)
    monkeypatch.setattr(daily_follow_up.follow_up, "daily_follow_up", act)
    monkeypatch.setattr(daily_follow_up, "decide", daily_follow_up.decide.with_options(retry_delay_seconds=0))
    assert run(daily_follow_up.daily_follow_up).is_completed()
    assert len(calls) == 2


def test_a_mistake_is_not_tried_again(office_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, act = failing(9, ValueError("a mistake"), lambda: None)
    monkeypatch.setattr(send_digests.digest, "send_digest", act)
    assert run(send_digests.send_digests).is_failed()
    assert len(calls) == 1


def test_delivery_is_never_tried_again(office_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    calls, act = failing(9, AWAY, lambda: None)
    monkeypatch.setattr(deliver_outbox, "send_letters", act)
    assert run(deliver_outbox.deliver_outbox).is_failed()
    assert len(calls) == 1
