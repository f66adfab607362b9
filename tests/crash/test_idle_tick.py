"""``dondoc tick`` with nothing due ends well, however often cron starts it.

A thread that still imports while the process ends once brought down one tick in four. 20 runs here;
``DONDOC_IDLE_TICKS=200`` for more.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.agencies import SHIPPED_REGISTER
from tests.checkout import ROOT

RUNS = int(os.environ.get("DONDOC_IDLE_TICKS", "20"))


def dondoc(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """One process of the command line, as cron starts it."""
    own = {
        "DONDOC_DATABASE_URL": f"sqlite:///{folder / 'office.db'}",
        "DONDOC_LETTERS_FOLDER": str(folder / "letters"),
        "DONDOC_SMTP_PORT": "1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "flows.cli", *words]
    return subprocess.run(
        command, cwd=folder, env=os.environ | own, capture_output=True, text=True, timeout=60
    )


@pytest.mark.crash
def test_idle_ticks_end_well(tmp_path: Path) -> None:
    assert dondoc(tmp_path, "migrate", "--own-time").returncode == 0  # the calendar ends some day
    assert dondoc(tmp_path, "import", "agencies", str(SHIPPED_REGISTER)).returncode == 0
    assert dondoc(tmp_path, "tick", "--now", "2022-08-30T09:00").returncode == 0
    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(lambda _: dondoc(tmp_path, "tick"), range(RUNS)))
    assert [run.stderr for run in ended if run.returncode or run.stderr] == []
