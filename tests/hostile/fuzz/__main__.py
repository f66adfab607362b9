"""``make fuzz``: an hour of all kinds in turn, or ``ARGS=kind`` alone, or ``ARGS=kind:seed`` once more.

``DONDOC_FUZZ_SECONDS`` is how long it runs in all (3600), ``DONDOC_FUZZ_START`` the first seed (by the
clock).
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.hostile.fuzz.kinds import KINDS
from tests.hostile.fuzz.watch import Result, try_again, watch


def main(asked: Sequence[str]) -> int:
    """Run what was asked for; print a table. Returns 1 if anything was wrong, 2 for an unknown kind."""
    kinds = [one for one in asked if ":" not in one] or ([] if asked else list(KINDS))
    if unknown := {one.partition(":")[0] for one in asked} - set(KINDS):
        print(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="dondoc-fuzz-", ignore_cleanup_errors=True) as folder:
        results = [_once(one, Path(folder)) for one in asked if ":" in one]
        results += _long(kinds, Path(folder))
    _table(results)
    return int(any(result.wrong for result in results))


def _once(asked: str, folder: Path) -> Result:
    kind, _, seed = asked.partition(":")
    return try_again(kind, folder / kind, [int(seed)])


def _long(kinds: Sequence[str], folder: Path) -> Iterable[Result]:
    if not kinds:
        return
    seconds = float(os.environ.get("DONDOC_FUZZ_SECONDS", "3600")) / len(kinds)
    start = int(os.environ.get("DONDOC_FUZZ_START") or time.time_ns() // 10**9)
    for kind in kinds:
        yield watch(kind, folder / kind, start, seconds, most_wrong=50)


def _table(results: Iterable[Result]) -> None:
    print(f"{'kind':10} {'seeds':>8} {'from':>12} {'slowest s':>10} {'highest MB':>11} {'wrong':>6}")
    for one in results:
        first = one.last - one.tried + 1
        print(
            f"{one.kind:10} {one.tried:8} {first:12} {one.slowest:10.2f} {one.highest:11} {len(one.wrong):6}"
        )
        for seed, words in one.wrong.items():
            print(f"  {one.kind}:{seed}  {words.strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
