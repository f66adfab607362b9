"""What is installed: pinned by hash, listed, and compared with advisories that the office brings."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.actions.installation import advisories
from flows.actions.installation.advisories import compare
from flows.cli import app
from rules.refusal import Refusal
from tests.checkout import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-build.txt")


def advisory(name: str, *events: dict[str, str], **more: Any) -> dict[str, Any]:
    """An advisory of one package in the form of the OSV schema."""
    versions = more.pop("versions", [])
    kind = more.pop("type", "ECOSYSTEM")
    ranges = [{"type": kind, "events": list(events)}] if events else []
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": versions}
    return {"id": "PYSEC-1", "modified": "2026-11-01T00:00:00Z", "affected": [affected], **more}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "lock.txt"
    file.write_text(
        "zope.interface==8.0 \\\n    --hash=sha256:00\npyyaml[all]==6.0.3 ; python_version > '3'\n"
    )
    return file


def folder_of(tmp_path: Path, *said: object) -> Path:
    folder = tmp_path / "osv" / "PyPI"
    folder.mkdir(parents=True)
    for place, one in enumerate(said):
        text = one if isinstance(one, str) else json.dumps(one)
        (folder / f"{place}.json").write_text(text)
    return tmp_path / "osv"


BETWEEN = ({"introduced": "5"}, {"fixed": "6.1"})


@pytest.mark.parametrize(
    ("said", "weak"),
    [
        (advisory("PyYAML", *BETWEEN), True),
        (advisory("PyYAML", {"introduced": "0"}), True),
        (advisory("PyYAML", {"introduced": "0"}, {"fixed": "6.0.3"}), False),
        (advisory("PyYAML", {"introduced": "0"}, {"last_affected": "6.0.3"}), True),
        (advisory("PyYAML", {"introduced": "0"}, {"last_affected": "6.0.2"}), False),
        (advisory("PyYAML", {"introduced": "0"}, {"limit": "*"}), True),
        (advisory("PyYAML", {"introduced": "6.0.4"}), False),
        (advisory("PyYAML", {"fixed": "5"}, {"introduced": "6"}, {"introduced": "0"}), True),  # any order
        (
            advisory("PyYAML", {"introduced": "0"}, {"fixed": "5"}, {"introduced": "6"}, {"fixed": "6.0.2"}),
            False,
        ),
        (advisory("PyYAML", versions=["6.0.3", "6.0.2"]), True),
        (advisory("PyYAML", versions=["6.0.3.0", "not a version"]), True),
        (advisory("PyYAML", versions=["6.0.2"]), False),
        (advisory("PyYAML", *BETWEEN, withdrawn="2026-10-01T00:00:00Z"), False),
        (advisory("yaml", *BETWEEN), False),
        (advisory("Zope_Interface", {"introduced": "0"}), True),  # one name, differently written
    ],
)
def test_an_advisory_holds(tmp_path: Path, lock: Path, said: dict[str, Any], weak: bool) -> None:
    done = compare(folder_of(tmp_path, said), [lock])
    assert (bool(done.weak), done.unjudged, done.packages, done.advisories) == (weak, [], 2, 1)


@pytest.mark.parametrize(
    "said",
    [
        advisory("PyYAML"),
        advisory("PyYAML", *BETWEEN, type="GIT"),
        advisory("PyYAML", {"introduced": "a tag"}),
    ],
    ids=["nothing named", "commits only", "no version"],
)
def test_what_cannot_be_judged_is_told(tmp_path: Path, lock: Path, said: dict[str, Any]) -> None:
    done = compare(folder_of(tmp_path, said), [lock])
    assert (done.weak, [one.advisory for one in done.unjudged]) == ([], ["PYSEC-1"])


def test_other_ecosystems_are_not_ours(tmp_path: Path, lock: Path) -> None:
    said = advisory("pyyaml", {"introduced": "0"})
    said["affected"][0]["package"]["ecosystem"] = "npm"
    assert compare(folder_of(tmp_path, said), [lock]).weak == []


def test_the_command_says_what_holds_and_since_when_it_is_mended(tmp_path: Path, lock: Path) -> None:
    said = advisory("pyyaml", *BETWEEN, aliases=["CVE-2026-1"], summary="Loads [red]too[/] much")
    folder = folder_of(tmp_path, said, "{not json", json.dumps({"no": "id"}))
    done = CliRunner().invoke(app, ["advisories", str(folder), "--lock", str(lock)])
    assert done.exit_code == 1
    assert "pyyaml 6.0.3: PYSEC-1 (CVE-2026-1); đã vá từ 6.1" in done.output
    assert "Loads [red]too[/] much" in done.output
    assert "Không đọc được 2 tệp: 1.json, 2.json" in done.output
    assert "ngày 01/11/2026" in done.output


def test_nothing_found_is_said_with_what_was_compared(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, advisory("left-pad", {"introduced": "0"}))
    done = CliRunner().invoke(app, ["advisories", str(folder)])
    assert (done.exit_code, "Không có lỗ hổng đã biết nào" in done.output) == (0, True)


@pytest.mark.parametrize("content", [None, ""])
def test_an_empty_folder_is_no_good_news(tmp_path: Path, lock: Path, content: str | None) -> None:
    folder = tmp_path / "osv"
    if content is not None:
        folder.mkdir()
    with pytest.raises(Refusal, match="osv"):
        compare(folder, [lock])


@pytest.mark.parametrize("text", ["", "# nothing\n", "uv>=1\n"])
def test_a_lock_without_versions_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock.txt").write_text(text)
    with pytest.raises(Refusal, match="lock.txt"):
        compare(folder_of(tmp_path, advisory("x")), [tmp_path / "lock.txt"])


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_version_has_its_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [one for one in entries if "==" not in one or "--hash=sha256:" not in one] == []


def test_whatever_is_installed_is_held_to_its_hash() -> None:
    """No line of the Makefile or of CI installs by name: a lock with hashes, or this checkout alone."""
    chores = (ROOT / "Makefile").read_text(encoding="utf-8") + (ROOT / ".ci/run").read_text(encoding="utf-8")
    asked = [line for line in chores.splitlines() if re.search(r"pip install|call install", line)]
    held = ("--require-hashes", "--no-deps --no-build-isolation -e .", "pip install --quiet $(1)", "$(1); }")
    assert asked
    assert [line for line in asked if not any(words in line for words in held)] == []


def test_the_bill_of_materials_lists_the_lock_without_a_network(tmp_path: Path) -> None:
    file = tmp_path / "sbom.json"
    nowhere = {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "PYTHONWARNINGS": "ignore",
    }
    command = ["requirements", "--pyproject", "pyproject.toml", "--output-reproducible", "--sv", "1.6"]
    subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", *command, "-o", str(file), "requirements.txt"],
        cwd=ROOT,
        env=nowhere,
        check=True,
        capture_output=True,
    )
    written = json.loads(file.read_bytes())
    locked = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert (written["bomFormat"], written["metadata"]["component"]["name"]) == ("CycloneDX", "dondoc")
    assert {(one["name"], one["version"]) for one in written["components"]} >= set(locked)


@pytest.mark.parametrize("long", ["9" * 5_000, "1." * 5_000 + "1"])
def test_a_version_of_thousands_of_digits_is_none(tmp_path: Path, lock: Path, long: str) -> None:
    said = [advisory("PyYAML", {"introduced": long}), advisory("PyYAML", versions=[long])]
    done = compare(folder_of(tmp_path, *said), [lock])
    assert ([one.fixed for one in done.unjudged], done.weak) == ([""], [])


def test_an_advisory_writes_no_lines_of_its_own(tmp_path: Path, lock: Path) -> None:
    said = advisory("PyYAML", {"introduced": "0"}, summary="a\nb", aliases=["z" * 5_000], modified="soon")
    said["id"] = "X\nKhông có lỗ hổng đã biết nào." + "x" * 500
    done = CliRunner().invoke(app, ["advisories", str(folder_of(tmp_path, said)), "--lock", str(lock)])
    assert done.exit_code == 1
    assert [
        line for line in done.output.splitlines() if line.startswith(("Không", "b")) or len(line) > 400
    ] == []


def test_lists_and_files_have_an_end(tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advisories, "_BIGGEST", 1_000)
    folder = folder_of(tmp_path, advisory("x"), advisory("x", summary="x" * 1_000))
    (folder / "pipe.json").symlink_to("/dev/zero")
    assert compare(folder, [lock]).unreadable == ["1.json"]
    os.mkfifo(tmp_path / "pipe")
    for odd in ("/dev/zero", tmp_path / "pipe"):
        with pytest.raises(Refusal, match="không phải tệp thông thường"):
            compare(folder, [Path(odd)])
