"""``prefect.yaml`` and ``flows/schedules.py`` promise the same; both name modules, never file paths."""

import asyncio
import importlib
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule

from config.clock import OFFICE_ZONE, office_time
from flows.__main__ import NAMES
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
    limit = {"limit": served.concurrency_limit, **dict(served.concurrency_options or {})}
    assert limit == {**entry["concurrency_limit"], "grace_period_seconds": None}
    assert limit["collision_strategy"] == "CANCEL_NEW"
    crons = [
        {"slug": one.slug, "cron": one.schedule.cron, "timezone": one.schedule.timezone}
        for one in served.schedules or []
    ]
    assert crons == entry["schedules"]
    assert entry["work_pool"] == {"name": "don-doc"}


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
