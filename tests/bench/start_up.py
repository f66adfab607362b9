"""What the command line costs before it does anything."""

import os
import sys
from pathlib import Path
from statistics import median

from tests.bench.rows import Row

DONDOC = Path(sys.executable).with_name("dondoc")
LIMIT = 0.5  # seconds of processor time: a person waits for this, so it bounds the value, not a ratio


def help_cpu() -> list[Row]:
    """Processor seconds of ``dondoc --help``; the floor is Python itself."""
    floor = median(cpu_seconds([sys.executable, "-c", "pass"]) for _ in range(5))
    value = median(cpu_seconds([str(DONDOC), "--help"]) for _ in range(5))
    return [Row("help_cpu", value, "s", floor=floor, limit=LIMIT)]


def cpu_seconds(command: list[str]) -> float:
    """User and system time of one process and what it waited for. Raises if it fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{' '.join(command)}: exit status {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime
