"""A minute of fuzzing at each run of the tests, the seeds that once found something first.

The seeds are the same for everybody, so that a red run is red everywhere; ``make fuzz`` looks for new ones
for an hour. What it finds goes into ``fuzz/kept_seeds.txt`` when it is mended.
"""

import os
from pathlib import Path

import pytest

from tests.hostile.fuzz import seeds
from tests.hostile.fuzz.kinds import KINDS
from tests.hostile.fuzz.watch import MOST_MEMORY, Result, try_again, watch

SECONDS = {"pages": 20, "wire": 12, "files": 14, "settings": 14}
FIRST = int(os.environ.get("DONDOC_FUZZ_START", "1"))


def told(result: Result) -> str:
    """What was wrong, with the words that try it again."""
    again = "".join(
        f'\n  make fuzz ARGS="{result.kind}:{seed}"\n{words}' for seed, words in result.wrong.items()
    )
    return f"{result.tried} seeds of {result.kind}:{again}"


@pytest.mark.parametrize("kind", KINDS)
def test_kept_seeds(kind: str, tmp_path: Path) -> None:
    result = try_again(kind, tmp_path, seeds.kept(kind))
    assert not result.wrong, told(result)
    assert result.tried == len(set(seeds.kept(kind)))


@pytest.mark.parametrize("kind", SECONDS)
def test_nothing_new_gets_through(kind: str, tmp_path: Path) -> None:
    result = watch(kind, tmp_path, FIRST, SECONDS[kind])
    assert not result.wrong, told(result)
    assert result.tried
    assert result.highest <= MOST_MEMORY
