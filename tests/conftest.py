"""What every test stands on: no telemetry, no office database, no silent skip in CI."""

import gc
import json
import os
import tempfile
from collections.abc import Generator, Iterator
from datetime import datetime
from typing import Any

import pytest

Report = pytest.TestReport | pytest.CollectReport

os.environ.update(
    DO_NOT_TRACK="1",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    # Whoever opens the configured database instead of the test's own is refused by SQLAlchemy.
    DONDOC_DATABASE_URL="refused://tests-own-their-database",
)

pytest_plugins = ["tests.databases", "tests.longest_first", "tests.cheap_passwords"]


def pytest_configure() -> None:
    """Seven thousand tests and their modules are looked through in vain, again and again, by default."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_finish() -> None:
    """What is collected lives as long as the run: the collector need not walk it any more."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _prefect_home() -> Iterator[None]:
    """Prefect's database, profiles and results of this run, away from the developer's own."""
    with (
        tempfile.TemporaryDirectory(prefix="prefect-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PREFECT_HOME", folder)
        patch.delenv("PREFECT_API_URL", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _witness_folder() -> Iterator[None]:
    """The witnesses of this run; databases in it are told apart by their secrets."""
    with (
        tempfile.TemporaryDirectory(prefix="sent-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("DONDOC_WITNESS_FOLDER", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _letters_hold_what_is_read() -> Iterator[None]:
    """Whatever any act of any test writes into a letter is read again as it was."""
    from notifications.outbox import enqueue as outbox

    row = outbox._row

    def checked(letter: outbox.NewLetter, now: datetime) -> dict[str, Any]:
        stored = json.loads(json.dumps(letter.payload.stored()))
        assert letter.payload._read(stored) == letter.payload, f"{letter.key} is not read as it was written"
        return row(letter, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "_row", checked)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Report, Report]:
    """See ``_refuse_skip``."""
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Report, Report]:
    """The same for a module that skips itself while it is collected."""
    return _refuse_skip((yield))


def _refuse_skip(report: Report) -> Report:
    """In CI a skipped test is a failed one: what was not run was not shown to work."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        _, _, reason = report.longrepr if isinstance(report.longrepr, tuple) else ("", 0, report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"In CI nothing may be skipped ({report.nodeid}): {reason}"
    return report
