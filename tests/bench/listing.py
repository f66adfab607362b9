"""The list that a department opens in the morning: its open tasks, the most pressing first."""

from datetime import date
from functools import partial
from statistics import median
from time import perf_counter

from tests.bench.in_a_child import measured
from tests.bench.province import settle
from tests.bench.rows import Row
from tests.bench.towns import both

LIMIT = 10.0  # milliseconds: what the page needs of the database
PAGE, LOOKS = 50, 20
SMALL, LARGE = 100_000, 1_000_000


def listing() -> list[Row]:
    """Milliseconds of the first page with its total among 100,000 tasks; the same limit holds there."""
    return _rows(SMALL, "100k")


def listing_million() -> list[Row]:
    """The same among 1,000,000 tasks, 5,000 of them the department's own."""
    return _rows(LARGE, "1M")


def _rows(tasks: int, size: str) -> list[Row]:
    rows = []
    for town in both(partial(settle, tasks=tasks)):
        with town.fresh() as url:
            found = measured("tests.bench.listing:look", url)
        rows.append(Row(f"listing {size}, {town.kind}", found["milliseconds"], "ms", limit=LIMIT))
    return rows


def look(url: str) -> dict[str, float]:
    """In the child: the page of several departments, each in a session of its own as a request has it."""
    from models.db import open_database, reading
    from models.listing import OPEN_TASKS, TaskFilter, task_page

    engine, taken = open_database(url), []
    for number in range(LOOKS):
        wanted = TaskFilter(agency_id=f"a{number * 7 % 200}", statuses=OPEN_TASKS.statuses)
        with reading(engine) as session:
            start = perf_counter()
            page = task_page(session, wanted, date(2026, 3, 4), PAGE)
            taken.append((perf_counter() - start) * 1000)
        assert len(page.rows) == PAGE
    engine.dispose()
    return {"milliseconds": median(taken)}
