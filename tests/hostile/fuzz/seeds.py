"""Seeds that once found something: ``kept_seeds.txt``, a line each of ``kind:seed`` and what it was."""

from pathlib import Path

_FILE = Path(__file__).with_name("kept_seeds.txt")


def kept(kind: str) -> list[int]:
    """The seeds of a kind that are tried at every run of the tests."""
    found = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        entry = line.partition("#")[0].strip()
        if entry.startswith(kind + ":"):
            found.append(int(entry.removeprefix(kind + ":")))
    return found
