"""An office told in calendar time: real ticks, a real mail server on loopback, nothing else replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from config.settings import get_settings
from notifications.channels.mail import smtp_pool
from notifications.sandbox.smtp_sink import SmtpSink
from tests.stories.told import Told, settled_in


@pytest.fixture
def told(sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """The office of the stories, and its mail server."""
    monkeypatch.chdir(tmp_path)  # away from the developer's dondoc.toml
    with SmtpSink() as sink:
        names = {
            "SMTP_HOST": sink.host,
            "SMTP_PORT": sink.port,
            "SMTP_TIMEOUT": 5,
            "EVIDENCE_FOLDER": tmp_path,
        }
        for name, value in names.items():
            monkeypatch.setenv(f"DONDOC_{name}", str(value))
        get_settings.cache_clear()
        yield Told(settled_in(sqlite_engine), sink)
    smtp_pool.hang_up_all()
    get_settings.cache_clear()
