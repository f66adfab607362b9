"""The files that take longest are begun first, or one core waits at the end while the other runs the last.

Left alone xdist begins with the files of most tests: those of one long story then come last. What is not
named here keeps its place; seconds are those of one core of a slow machine.
"""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
LONG = {
    "machine/test_histories.py": 115,
    "drills/test_workers.py": 80,
    "web/test_every_state.py": 77,
    "flows/racing/test_racing_answers.py": 72,
    "crash/test_sigkill.py": 70,
    "drills/test_host_gone.py": 65,
    "flows/sweeps/test_prefect_server.py": 62,
    "stories/test_two_thousand_tasks.py": 57,
    "flows/follow_up/test_simulate.py": 55,
    "stories/test_monthly_duty_never_answered.py": 53,
    "drills/test_restore.py": 51,
    "flows/follow_up/test_told.py": 47,
    "web/test_access_matrix.py": 45,
    "crash/test_idle_tick.py": 42,
    "web/people/test_who_sees.py": 40,
    "flows/follow_up/test_unheard_urgings.py": 40,
    "machine/test_office.py": 40,
    "flows/installation/test_clock_leap.py": 36,
    "flows/demo/test_demo.py": 35,
    "drills/test_prefect_away.py": 35,
    "machine/test_access_histories.py": 30,
    "machine/test_access.py": 30,
    "browser/journeys/test_working_together.py": 29,
    "browser/test_print.py": 29,
    "browser/test_full_report.py": 29,
    "flows/sweeps/test_sweeps.py": 28,
    "browser/test_pages.py": 28,
    "browser/test_reading.py": 27,
    "flows/escalation/test_climbing.py": 25,
    "machine/test_delivery_histories.py": 23,
    "flows/follow_up/test_ended_bodies.py": 22,
    "models/follow_up/test_sweep.py": 21,
}
_PLACES = {FOLDER / name: place for place, name in enumerate(LONG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every worker, as xdist demands; within a file nothing moves."""
    items.sort(key=lambda item: _PLACES.get(item.path, len(_PLACES)))
