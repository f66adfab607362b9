"""An office's folder with odd files, odd words and settings, and what is a good end of a command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from config.settings import Settings, get_settings
from flows.cli import app
from flows.demo.story import SAMPLE

#: ``DONDOC_NIGHTLY=1`` tries thirty times as many.
TIMES = 30 if os.environ.get("DONDOC_NIGHTLY") else 1
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
SOME = settings(max_examples=30 * TIMES, deadline=None, suppress_health_check=SLOW)
FEW = settings(max_examples=12 * TIMES, deadline=None, suppress_health_check=SLOW)
WORDS = [
    "", " ", "-", "--", "0", "1", "-1", "2", "9" * 30, "1e9", "nan", "GN-0001", "now", "2022-02-30",
    "30/2/2022",
    "0001-01-01", "9999-12-31", "2022-08-30T09:00", "0001-01-01T00:00", "9999-12-31T23:59:59+14:00",
    "2022-08-30", "không có", "a/b/c", "%s %d {0}", "\udcff\udcfe", "\x1b[2J", "x" * 300, "../../etc",
]  # fmt: skip


#: Names of the folder that the commands run in.
FILES_AT_HAND = [
    ".", "empty", "binary.pdf", "deep.json", "null.yaml", "latin.yaml", "list.json", "nan.json",
    "broken.docx", "anchor.yaml", "tab.yaml", "folder", "draft.json", "office.db", "new.file",
]  # fmt: skip


@pytest.fixture
def office(
    tmp_path: Path, own_time_office: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:  # of its own time, so that odd instants come to the sweeps
    """A folder with an office's database, a draft, and files of every sort."""
    for name, value in {
        "DATABASE_URL": f"sqlite:///{own_time_office}",
        "LETTERS_FOLDER": str(tmp_path / "letters"),
        "EVIDENCE_FOLDER": str(tmp_path / "evidence"),
        "SMTP_PORT": "1",
    }.items():
        monkeypatch.setenv(f"DONDOC_{name}", value)
    monkeypatch.chdir(tmp_path)
    get_settings.cache_clear()
    (tmp_path / "draft.json").write_text(sample_draft(), encoding="utf-8")
    for name, data in {
        "empty": b"", "binary.pdf": b"%PDF-1.7\n\xff\xfe\x00", "deep.json": b"[" * 50_000,
        "null.yaml": b"null",
        "latin.yaml": "bodies: é".encode("latin-1"), "list.json": b"[1, 2]", "nan.json": b'{"document": NaN}',
        "broken.docx": b"PK\x03\x04broken", "anchor.yaml": b"a: &a [*a, *a]", "tab.yaml": b"a:\n\t- b",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    (tmp_path / "folder").mkdir()
    yield tmp_path
    get_settings.cache_clear()


@cache
def sample_draft() -> str:
    """What ``dondoc read`` makes of the sample; it asks no database."""
    return run("read", str(SAMPLE), "--json").stdout


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def fine(result: Result) -> None:
    """It worked, or it said in a sentence why not."""
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1, 2)
    assert "Traceback" not in result.output


@contextmanager
def environment(**values: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    get_settings.cache_clear()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        get_settings.cache_clear()


SETTING = st.sampled_from(sorted(Settings.model_fields))
ODD = st.sampled_from([
    "", " ", "0", "-1", "nan", "inf", "1e400", "9" * 400, "http://", "https://[::1", "ftp://x",
    "sqlite://", "x",
    "sqlite:////dev/null", "sqlite:////proc/1/mem", "sqlite:///.", "postgresql://",
    "postgresql://a:b@[::1", "//",
    "postgresql+asyncpg://x/y", "mysql://a/b", "tls", "\udcff", "a\nb", "<b>", "é" * 300, "/dev/null/x",
    "/proc/x",
])  # fmt: skip
