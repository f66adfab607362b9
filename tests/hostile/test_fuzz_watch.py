"""The watcher of the fuzzers sees what it is there to see: else a green minute would prove nothing."""

import sys
from pathlib import Path

import pytest

from tests.hostile.fuzz import watch as watching
from tests.hostile.fuzz.watch import try_again

CHILD = """
import sys
from tests.hostile.fuzz import child, kinds
from contextlib import contextmanager
@contextmanager
def opened(kind, folder):
    def attempt(seed):
        {body}
    yield attempt
child.opened = opened
child.main(*sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 'seen' if seed == 2 else None", "seen"),
        ("return 1 // (seed - 2) and None", "ZeroDivisionError"),
        ("import os; os._exit(3) if seed == 2 else None", "ended with 3"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL) if seed == 2 else None", "ended with -9"),
        ("while seed == 2: pass", "no end after"),
        ("globals()['kept'] = b'x' * (seed // 2 << 29)\n        while seed == 2: kept[0]", "MB"),
    ],
)
def test_what_goes_wrong_is_seen_with_its_seed(
    body: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "child.py"
    script.write_text(CHILD.format(body=body))
    monkeypatch.setattr(watching, "CHILD", [sys.executable, str(script)])
    monkeypatch.setattr(watching, "LONGEST", 1.0 if said == "no end after" else 30.0)
    monkeypatch.setattr(watching, "_WORKED", 0.3)
    monkeypatch.setenv("PYTHONPATH", str(watching.ROOT))
    result = try_again("pages", tmp_path / "runs", [1, 2])
    assert list(result.wrong) == [2]
    assert said in result.wrong[2]
