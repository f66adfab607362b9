"""``prefect.yaml`` and ``flows/schedules.py`` promise the same; both name modules, never file paths."""

import asyncio
import importlib
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule
from prefect.settings import PREFECT_API_URL, PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from config.clock import OFFICE_ZONE, office_time
from flows.__main__ import ENVIRONMENT, NAMES, serve_sweeps
from flows.schedules import SWEEPS, deployments
from tests.checkout import ROOT

FILE: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
IN_FILE = {entry["name"]: entry for entry in FILE["deployments"]}
SERVED = {one.name: one for one in deployments()}


def test_the_same_sweeps() -> None:
    assert list(IN_FILE) == list(SERVED)
    assert [sweep.flow.fn.__name__ for sweep in SWEEPS] == list(NAMES)


@pytest.mark.parametrize("name", SERVED)
def test_the_same_promises(name: str) -> None:
    entry, served = IN_FILE[name], SERVED[name]
    assert entry["entrypoint"] == served.entrypoint
    assert entry["description"] == served.description
    crons = [
        {"slug": one.slug, "cron": one.schedule.cron, "timezone": one.schedule.timezone}
        for one in served.schedules or []
    ]
    assert crons == entry["schedules"]
    assert entry["work_pool"] == {"name": "don-doc"}


def test_no_limit_that_is_a_lease_at_the_server() -> None:
    """A run that cannot renew its lease is killed, in mid-queue."""
    words = (ROOT / "prefect.yaml").read_text(encoding="utf-8")
    assert "concurrency" not in "".join(line.partition("#")[0] for line in words.splitlines(keepends=True))
    assert [(one.concurrency_limit, one.concurrency_options) for one in deployments()] == [(None, None)] * 4


def test_a_runner_has_no_more_at_work_than_there_are_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred late runs wait their turn in the runner's own memory."""
    asked: dict[str, Any] = {}
    monkeypatch.setattr("prefect.serve", lambda *_, **named: asked.update(named))
    with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:1/api"}):
        assert serve_sweeps() == 0
    assert asked == {"pause_on_shutdown": False, "limit": len(SWEEPS)}


def test_a_runner_outlives_a_server_that_is_away_for_an_hour() -> None:
    """Prefect's client asks again after 2 ** n seconds; its runner dies of the third failure in a row."""
    retries = int(ENVIRONMENT[PREFECT_CLIENT_MAX_RETRIES.name])
    patience = 3 * sum(2**n for n in range(1, retries + 1))
    assert 0.8 * patience > 3600  # the least that its jitter leaves
    assert 2**retries < 20 * 60  # and who waits for the server's return does not wait for ever


@pytest.mark.parametrize("name", SERVED)
def test_an_entrypoint_is_a_flow_in_a_module(name: str) -> None:
    module, _, function = str(SERVED[name].entrypoint).rpartition(".")
    assert getattr(importlib.import_module(module), function).name == name


def test_no_folder_of_one_machine() -> None:
    assert FILE["pull"] == [
        {"prefect.deployments.steps.set_working_directory": {"directory": "{{ $DONDOC_HOME }}"}}
    ]


def _times(name: str) -> list[str]:
    """The office's clock at each start on a Sunday, as Prefect's scheduler computes it."""
    midnight = datetime(2026, 11, 22, tzinfo=OFFICE_ZONE)
    bounds = {"n": 300, "start": midnight, "end": midnight + timedelta(hours=23, minutes=59)}
    found: list[datetime] = []
    for entry in IN_FILE[name]["schedules"]:
        schedule = CronSchedule(cron=entry["cron"], timezone=entry["timezone"])
        found += asyncio.run(schedule.get_dates(**bounds))
    return [f"{office_time(instant):%H:%M}" for instant in sorted(found)]


def test_the_times_are_those_of_the_office() -> None:
    assert _times("daily-follow-up") == ["06:45", "07:10", "09:10"]
    assert _times("send-digests") == ["07:15", "09:15"]
    issuing = _times("issue-directives")
    assert (issuing[0], issuing[-1], len(issuing)) == ("06:03", "18:48", 52)
    assert len(_times("deliver-outbox")) == 24 * 12


def test_no_two_start_in_the_same_minute() -> None:
    times = [clock for name in IN_FILE for clock in _times(name)]
    assert len(times) == len(set(times))


def test_tests_may_shorten_all_schedules() -> None:
    schedules = [one.schedule for served in deployments(20) for one in served.schedules or []]
    assert [getattr(one, "interval", None) for one in schedules] == [timedelta(seconds=20)] * 4
