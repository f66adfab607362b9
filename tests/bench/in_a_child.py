"""Work in a process of its own, so that its memory is its own: ``measured("module:function", ...)``.

``ru_maxrss`` of a child begins with what its parent held when it was born, so the peak is VmHWM.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def measured(work: str, *arguments: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the function returned (a dictionary), with ``peak`` in MB and ``whole`` in seconds.

    ``whole`` is the life of the process, from before its start. Raises RuntimeError with its errors.
    """
    command = [sys.executable, "-m", "tests.bench.in_a_child", work, *arguments]
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    whole = perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{work}: {done.stdout}{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {**found, "whole": whole}


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [line] = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def main() -> None:
    """Run the function named on the command line and print what it returned as the last line."""
    module, _, name = sys.argv[1].partition(":")
    found = getattr(importlib.import_module(module), name)(*sys.argv[2:])
    print(json.dumps({**(found or {}), "peak": peak_memory()}))


if __name__ == "__main__":
    main()
