"""What readers wrote does not outlive them, even if their zygote was killed without a word.

Seen red: without ``remove_left`` the first, without the lock the second, without the age the third.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.actions.reading.apart import folder as folders
from flows.actions.reading.apart.folder import own_folder, remove_left

HOLDER = """
import sys
from flows.actions.reading.apart.folder import own_folder
with own_folder() as folder:
    (folder / "paper.docx").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody else's folders are tried, and ours stand in none of theirs."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    yield
    monkeypatch.setattr("tempfile.tempdir", None)


@pytest.fixture
def held() -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """A process that holds a folder with a paper in it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", HOLDER], **pipes) as process:  # type: ignore[call-overload]
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_the_folder_of_a_killed_zygote_goes_with_the_next(
    held: tuple["subprocess.Popen[str]", Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, left = held
    process.kill()
    process.wait()
    assert (left / "paper.docx").exists()
    monkeypatch.setattr(folders.remove_left, "__defaults__", (0.0,))
    with own_folder() as mine:
        assert not left.exists()
        assert mine.exists()
    assert not mine.exists()


def test_a_folder_that_is_held_stays(held: tuple["subprocess.Popen[str]", Path], tmp_path: Path) -> None:
    _, theirs = held
    (tmp_path / "dondoc-readers-mine").mkdir()
    remove_left(tmp_path / "dondoc-readers-mine", least_age=0.0)
    assert (theirs / "paper.docx").exists()


def test_a_young_one_may_not_be_held_yet_and_others_are_not_ours(tmp_path: Path) -> None:
    young, link, other = (tmp_path / name for name in ("dondoc-readers-a", "dondoc-readers-b", "readers-c"))
    young.mkdir()
    other.mkdir()
    link.symlink_to(other)
    mine = tmp_path / "dondoc-readers-mine"
    mine.mkdir()
    remove_left(mine)
    assert young.exists()
    remove_left(mine, least_age=0.0)
    assert not young.exists()
    assert (link.is_symlink(), other.exists(), mine.exists()) == (True, True, True)
