"""Watching a kind from outside: does each seed end, in time, within its memory, and without a complaint.

A seed hangs when it takes over 10 seconds of which the processes have worked 5 (or 60 in all): a machine that
is busy with other work must not be taken for a hang.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 10.0  # seconds for one seed
_WORKED = 5.0  # of them on a processor
_PATIENCE = 60.0  # seconds, whatever was worked
_OPENING = 120.0  # seconds until the first seed begins
MOST_MEMORY = 500  # MB, of one process, at its highest
_A_CHILD = 2_000  # seeds: what a command keeps for its short life must not add up over thousands of them
_TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[3]
CHILD = [sys.executable, "-m", "tests.hostile.fuzz.child"]


@dataclass
class Result:
    """What came of one kind: seeds tried, the slowest, the highest memory, and what was wrong by seed."""

    kind: str
    tried: int = 0
    slowest: float = 0.0  # seconds
    highest: int = 0  # MB
    last: int = 0
    wrong: dict[int, str] = field(default_factory=dict)


def watch(kind: str, folder: Path, first: int, seconds: float, most_wrong: int = 5) -> Result:
    """Try seeds from ``first`` on for ``seconds``, at least one; ends early after ``most_wrong`` wrong."""
    result = Result(kind, last=first - 1)
    until = time.monotonic() + seconds
    while _goes_on(result, until, most_wrong):
        _run(result, _fresh(folder), result.last + 1, _A_CHILD, until, most_wrong)
    return result


def try_again(kind: str, folder: Path, seeds: Iterable[int]) -> Result:
    """Try these seeds, each in the process of the one before it if that lives."""
    result = Result(kind)
    for first, many in _runs(seeds):
        last = first + many - 1
        result.last = first - 1
        while result.last < last:
            before = result.last
            _run(result, _fresh(folder), result.last + 1, last - result.last, float("inf"), 1 << 30)
            if result.last == before:
                break
    return result


def _runs(seeds: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring seeds as one run: (first, how many)."""
    ordered, at = sorted(set(seeds)), 0
    while at < len(ordered):
        end = at + 1
        while end < len(ordered) and ordered[end] == ordered[end - 1] + 1:
            end += 1
        yield ordered[at], end - at
        at = end


def _fresh(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    found = folder / f"run-{len(list(folder.iterdir()))}"
    found.mkdir()
    return found


def _run(result: Result, folder: Path, first: int, many: int, until: float, most_wrong: int) -> None:
    """One child, until its seeds are tried, the time is over, or it has to be killed."""
    command = [*CHILD, result.kind, str(folder), str(first), str(many)]
    with (folder / "child.log").open("wb") as log:
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, start_new_session=True, bufsize=0
        )
    by_itself = False
    try:
        by_itself = _follow(result, child, until, most_wrong)
    finally:
        end(child)
    if by_itself and child.returncode:
        words = (folder / "child.log").read_text(errors="replace")[-1500:]
        result.last += 1
        result.wrong[result.last] = f"the process ended with {child.returncode}: {words}"


def _follow(result: Result, child: "subprocess.Popen[bytes]", until: float, most_wrong: int) -> bool:
    """Take down what the child tells; returns whether it ended by itself."""
    seed, since, worked = None, time.monotonic(), 0.0
    assert child.stdout is not None
    while _goes_on(result, until, most_wrong):
        spent = 0.0
        if select.select([child.stdout], [], [], 0.25)[0]:
            line = child.stdout.readline()
            if not line:
                child.wait()
                return True
            told = json.loads(line)
            if "begin" in told:
                seed, since, worked = told["begin"], time.monotonic(), _worked(child.pid)
                continue
            _ended(result, told, time.monotonic() - since)
            if result.tried % 10:
                continue
        else:
            spent = time.monotonic() - since
        if trouble := _trouble(result, child.pid, seed, spent, worked):
            _ended(result, {"end": seed or result.last + 1, "wrong": trouble}, spent)
            break
    return False


def _goes_on(result: Result, until: float, most_wrong: int) -> bool:
    """A busy machine may need all of the time for the opening: one seed is tried all the same."""
    in_time = time.monotonic() < until or not (result.tried or result.wrong)
    return in_time and len(result.wrong) < most_wrong


def _trouble(result: Result, pid: int, seed: int | None, spent: float, worked: float) -> str | None:
    """What forbids to go on with this child; ``spent`` is 0 between two seeds."""
    peak = max(map(_peak, family(pid)))
    result.highest = max(result.highest, peak)
    if peak > MOST_MEMORY:
        return f"{peak} MB"
    return f"no end after {spent:.0f} s" if _is_stuck(seed, spent, _worked(pid) - worked) else None


def _is_stuck(seed: int | None, spent: float, worked: float) -> bool:
    if seed is None:
        return spent > _OPENING
    return spent > _PATIENCE or (spent > LONGEST and worked > _WORKED)


def _ended(result: Result, told: dict[str, object], spent: float) -> None:
    seed, wrong = int(str(told["end"])), told["wrong"]
    result.tried, result.last, result.slowest = result.tried + 1, seed, max(result.slowest, spent)
    if wrong:
        result.wrong[seed] = str(wrong)


def family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    found = [pid]
    for one in found:
        try:
            text = Path(f"/proc/{one}/task/{one}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in text.split()]
    return found


def _peak(pid: int) -> int:
    """The highest resident memory of a process, in MB; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def _worked(pid: int) -> float:
    """Seconds of processor of the process, its children that live and those that it has waited for."""
    total = 0
    for one in family(pid):
        try:
            stat = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, stat[11:15]))
    return total / _TICKS


def end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child and all that it started, also what outlived its own parent."""
    for pid in {*family(child.pid), *_session(child.pid)}:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    child.wait()
    if child.stdout is not None:
        child.stdout.close()


def _session(leader: int) -> list[int]:
    """The processes of the session that ``leader`` leads; none if it leads none."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(one.name)) == leader:
                found.append(int(one.name))
        except OSError:
            continue
    return found
