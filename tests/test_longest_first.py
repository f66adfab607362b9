"""The order of the files helps only while the files are there."""

from tests.longest_first import FOLDER, LONG


def test_every_long_file_is_there() -> None:
    assert [name for name in LONG if not (FOLDER / name).is_file()] == []


def test_the_longest_stands_first() -> None:
    assert list(LONG.values()) == sorted(LONG.values(), reverse=True)
