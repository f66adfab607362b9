"""The frame of ``make bench``: limits, the table, the kept figures, a bench that breaks."""

import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.bench import __main__ as frame
from tests.bench.batch import batch_rows
from tests.bench.rows import Bench, Row, against_floor
from tests.bench.start_up import cpu_seconds


@pytest.mark.parametrize(
    ("row", "over"),
    [
        (Row("no limit", 9.0, "s"), False),
        (Row("value within", 0.5, "s", floor=0.01, limit=0.5), False),
        (Row("value over", 0.6, "s", floor=0.01, limit=0.5), True),
        (against_floor("ratio within", 30.0, "ms", 20.0, limit=2.0), False),
        (against_floor("ratio over", 50.0, "ms", 20.0, limit=2.0), True),
    ],
    ids=lambda value: value.name if isinstance(value, Row) else "",
)
def test_a_limit_bounds_the_ratio_where_there_is_one(row: Row, over: bool) -> None:
    assert row.over is over


def run_main(
    benches: list[Bench], folder: Path, monkeypatch: pytest.MonkeyPatch, *names: str
) -> tuple[int, str]:
    """The exit status and what was shown; the figures are kept in ``folder``."""
    shown = StringIO()
    monkeypatch.setattr(frame, "BENCHES", benches)
    monkeypatch.setattr(frame, "VAR", folder)
    monkeypatch.setattr(frame, "Console", lambda: Console(file=shown, width=120))
    return frame.main(list(names)), shown.getvalue()


def good() -> list[Row]:
    return [against_floor("sweep", 3.0, "s", 2.0, limit=5.0), Row("size", 1234.0, "rows")]


def slow() -> list[Row]:
    return [Row("start", 0.7, "s", limit=0.5)]


def broken() -> list[Row]:
    raise ValueError("no such table")


def lacking() -> list[Row]:
    pytest.skip("no such font")


def test_figures_are_kept_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, shown = run_main([good], tmp_path / "var", monkeypatch)
    assert status == 0
    assert "over" not in shown
    assert json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8")) == [
        {"name": "sweep", "value": 3.0, "unit": "s", "floor": 2.0, "ratio": 1.5, "limit": 5.0},
        {"name": "size", "value": 1234.0, "unit": "rows", "floor": None, "ratio": None, "limit": None},
    ]


def test_a_row_over_its_limit_is_marked_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, shown = run_main([slow, good], tmp_path, monkeypatch)
    assert status == 1
    assert shown.count("over its limit") == 1


def test_a_broken_bench_fails_and_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, shown = run_main([broken, good], tmp_path, monkeypatch)
    assert status == 1
    assert "no such table" in shown
    assert "sweep" in shown


def test_a_bench_that_lacks_a_font_is_said_and_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, shown = run_main([lacking, good], tmp_path, monkeypatch)
    assert status == 1
    assert "lacking not measured: no such font" in shown
    assert "Traceback" not in shown
    assert "sweep" in shown


def test_benches_are_chosen_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_main([broken, good], tmp_path, monkeypatch, "good")[0] == 0
    assert run_main([broken, good], tmp_path, monkeypatch, "sweep")[0] == 2


def test_processor_time_is_the_childs_and_failure_is_seen() -> None:
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    assert 0.2 <= cpu_seconds([sys.executable, "-c", busy]) < 2
    with pytest.raises(RuntimeError, match="exit status 3"):
        cpu_seconds([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.parametrize(
    ("seconds", "megabytes", "over"),
    [
        ([10.0, 10.0, 12.9], [80.0, 81.0, 99.0], set()),
        ([10.0, 10.0, 13.1], [80.0, 81.0, 99.0], {"batch_last_hundred"}),
        ([10.0, 10.0, 10.0], [80.0, 90.0, 101.0], {"batch_growth"}),
    ],
)
def test_a_batch_that_slows_down_or_grows_is_over(
    seconds: list[float], megabytes: list[float], over: set[str]
) -> None:
    assert {row.name for row in batch_rows(seconds, megabytes) if row.over} == over
