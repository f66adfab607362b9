"""An office of its own for each journey, and a province's own server of sign-ins."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.agencies import load_register
from config.settings import get_settings
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from flows.actions.sign_in import provider
from models.db import open_database, unit_of_work
from models.tables.outbox import OutboxLetter
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import LetterState
from tests.browser.conftest import when_open
from tests.browser.journeys.office import JourneyOffice, listening, served_here
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample, seed


@pytest.fixture(scope="session")
def issued_office(_migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy: the register is in, the sample is issued, and nobody has an account."""
    path = Path(shutil.copyfile(_migrated_sqlite, tmp_path_factory.mktemp("journeys") / "issued.db"))
    seed(path, _at_work)
    return path


def _at_work(engine: Engine) -> None:
    import_register(engine, load_register())
    advance(engine, NOW)
    issue_sample(engine, this_office())
    with unit_of_work(engine) as session:  # the letters of the sample are none of these journeys
        session.connection().execute(sa.update(OutboxLetter).values(state=LetterState.OBSOLETE))


@pytest.fixture
def office(issued_office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JourneyOffice]:
    """At work at nine o'clock on 19/12/2022."""
    url = another_installation(f"sqlite:///{shutil.copyfile(issued_office, tmp_path / 'office.db')}")
    with SmtpSink() as sink, listening() as line:
        address = f"http://127.0.0.1:{line.getsockname()[1]}"
        ours = {
            "DATABASE_URL": url,
            "BASE_URL": address,
            "SMTP_HOST": sink.host,
            "SMTP_PORT": sink.port,
            "EVIDENCE_FOLDER": tmp_path / "evidence",
            "WITNESS_FOLDER": "",
        }
        _settle(monkeypatch, ours)
        engine = open_database(url)
        with served_here(engine, line):
            yield JourneyOffice(engine, address, sink)
        engine.dispose()
    get_settings.cache_clear()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider, a process of its own; another host than ours, as a browser sees it."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    words = ["-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce=true"]
    provider_there = subprocess.Popen([sys.executable, *words], stderr=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        yield when_open(address, "/.well-known/openid-configuration", provider_there)
    finally:
        provider_there.terminate()
        provider_there.wait(10)


@pytest.fixture
def province(issuer: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The office offers to sign in there; the address of the provider."""
    names = {"OIDC_ISSUER": issuer, "OIDC_CLIENT_ID": "don-doc", "OIDC_CLIENT_SECRET": "a-secret-of-ours"}
    _settle(monkeypatch, names)
    provider._asked.cache_clear()
    yield issuer
    provider._asked.cache_clear()


def _settle(monkeypatch: pytest.MonkeyPatch, names: dict[str, object]) -> None:
    for name, value in names.items():
        monkeypatch.setenv(f"DONDOC_{name}", str(value))
    get_settings.cache_clear()
