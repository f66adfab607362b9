"""A reader that stops in the middle of a document until the test lets it go on."""

from datetime import date
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from flows.actions.reading.apart.reader import Watch
from flows.actions.reading.read_conclusion import read_conclusion
from rules.draft import Draft
from rules.people.registry import Registry
from web.pages.reading import intake
from web.pages.reading.readings import Job, Readings

LONG = 30.0  # seconds; a test that works waits for none of them


class SlowReader:
    """Stands in for ``read_apart``: says how far it is, waits for ``go``, then really reads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: Exception | None = None) -> None:
        self.go, self.at_work, self.fault = Event(), Event(), fault
        self.names: list[str] = []
        monkeypatch.setattr(intake, "read_apart", self)
        monkeypatch.setattr(intake, "PATIENCE", 0.0)

    def __call__(
        self,
        name: str,
        data: bytes,
        registry: Registry,
        day: date | None,
        calendar: Any,
        watch: Watch,
    ) -> Draft:
        self.names.append(name)
        watch.progress("Đang nhận dạng chữ, trang 12/50", 0.22)
        self.at_work.set()
        assert self.go.wait(LONG)
        watch.progress("Đã nhận dạng chữ", 1.0)
        if self.fault:
            raise self.fault
        return read_conclusion(name, data, registry, day, calendar, watch.progress)


def readings_of(client: TestClient) -> Readings:
    """What the application behind ``client`` is reading."""
    found: Readings = client.app.state.readings  # type: ignore[attr-defined]
    return found


def job_at(client: TestClient, address: str) -> Job:
    """The job whose page is at ``address``."""
    job = readings_of(client).find(address.rpartition("/")[2])
    assert job is not None
    return job


def finished(client: TestClient, address: str) -> None:
    """Wait until the reading at ``address`` has ended, well or not."""
    job_at(client, address).future.exception(LONG)
