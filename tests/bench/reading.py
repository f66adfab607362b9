"""What it costs to read a conclusion."""

from pathlib import Path
from statistics import median
from time import perf_counter

from config.agencies import load_register
from config.work_calendar import load_calendar
from flows.actions import read_conclusion as action
from rules.registry import Registry
from tests.bench.rows import Row

DOCUMENT = Path(__file__).parent.parent / "corpus" / "dev" / "001.txt"
TIMES = 15


def read_conclusion() -> list[Row]:
    """Milliseconds to read one labelled document of a page and a half, register and calendar loaded."""
    registry, calendar = Registry(load_register().bodies), load_calendar()
    content = DOCUMENT.read_bytes()

    def milliseconds() -> float:
        start = perf_counter()
        draft = action.read_conclusion(DOCUMENT.name, content, registry, None, calendar)
        assert draft.directives
        return (perf_counter() - start) * 1000

    milliseconds()  # builds the register's views
    return [Row("read_conclusion", median(milliseconds() for _ in range(TIMES)), "ms")]
