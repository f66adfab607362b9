"""What the machine itself tells a command: the address of the database, a terminal's size, odd files."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from config.setting_checks import sender
from flows.actions.installation.backup_file import opened_backup
from flows.terminal.entrance import bound_width
from flows.terminal.reading import read_command
from models.database.address import DatabaseNotReady, parsed_url, shown
from models.db import migrate, open_database
from rules.people.registry import Registry
from rules.refusal import Refusal
from tests.checkout import ROOT

SECRET = "S3cret"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{SECRET}@h/x",
        f"postgresql://u@h/x?password={SECRET}",
        f"postgresql://u@h/x?sslpassword={SECRET}&host=h",
        f"postgresql://u@h/x?options=-c%20a={SECRET}&passfile=/{SECRET}",
        f"postgresql://u@h/x?password={SECRET}&password={SECRET}",
    ],
)
def test_a_password_is_not_shown_wherever_it_stands(url: str) -> None:
    assert SECRET not in shown(url)
    assert "@h/x" in shown(url)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true",
        f"sqlite:///x.db?timeout={SECRET}", f"mysql://u:{SECRET}@h/x", SECRET, f"{SECRET}://h",
    ],
)  # fmt: skip
def test_a_database_that_cannot_work_is_refused_at_once(url: str) -> None:
    with pytest.raises(DatabaseNotReady) as told:
        parsed_url(url)
    assert f"{SECRET}@" not in str(told.value)


@pytest.mark.parametrize("use", [migrate, open_database])
def test_a_host_that_no_driver_can_ask_for_is_a_sentence(use: object) -> None:
    with pytest.raises(DatabaseNotReady, match="không hợp lệ") as told:
        use(f"postgresql://u:{SECRET}@{'h' * 300}:1/x")  # type: ignore[operator]
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("told", ["0", "1", "1000000000", "9" * 5_000, "-1", "x", "٨٠٠٠٠"])
def test_a_terminal_has_a_size_that_somebody_can_read(told: str) -> None:
    environment = {"COLUMNS": told, "LINES": told, "OTHER": "x"}
    bound_width(environment)
    assert environment == {"OTHER": "x"}


def test_the_command_keeps_an_honest_width_and_leaves_the_rest() -> None:
    kept = {"COLUMNS": "120", "LINES": "50"}
    bound_width(kept)
    assert kept == {"COLUMNS": "120", "LINES": "50"}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "9" * 5_000},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_a_sender_stands_on_one_line() -> None:
    assert sender("Đôn Đốc <a@b.vn>") == "Đôn Đốc <a@b.vn>"
    with pytest.raises(ValueError, match="một dòng"):
        sender("x\r\nBcc: y <a@b.vn>")


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def test_a_backup_is_an_ordinary_file(tmp_path: Path) -> None:
    for odd in (_pipe(tmp_path / "pipe"), Path("/dev/zero"), tmp_path):
        with pytest.raises(Refusal), opened_backup(odd):
            pass


def test_a_backup_that_was_damaged_or_locked_is_a_sentence(tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "x" * 5_000)
    sound = whole.read_bytes()
    begin = sound.index(b"manifest.json") + len("manifest.json")
    middle = sound.rindex(b"PK\x01\x02")
    damaged = {
        "deflate": sound[:begin] + b"\xff" * 8 + sound[begin + 8 :],
        "locked": sound[: middle + 8] + b"\x01" + sound[middle + 9 :],
        "utf-8": sound.replace(b"manifest.json", b"manifest\xbcjson")[: middle + 9]
        + b"\x08"
        + sound.replace(b"manifest.json", b"manifest\xbcjson")[middle + 10 :],
    }
    for name, data in damaged.items():
        file = tmp_path / f"{name}.zip"
        file.write_bytes(data)
        with pytest.raises(Refusal, match="bị hỏng"), opened_backup(file):
            pass


def test_a_document_may_have_a_name_that_is_no_utf_8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / os.fsdecode(b"k\xffl.txt")
    file.write_bytes(b"x")
    asked: list[str] = []

    def told(name: str, *_: object, **__: object) -> None:
        asked.append(name)
        raise Refusal("đủ rồi")

    monkeypatch.setattr("flows.actions.reading.apart.reader.read_apart", told)
    monkeypatch.setattr(read_command, "_shipped_registry", lambda: Registry(()))
    with pytest.raises(Refusal, match="đủ rồi"):
        read_command.read_file(file, None, read_command.Form.DRAFT)
    assert asked == ["k\ufffdl.txt"]
