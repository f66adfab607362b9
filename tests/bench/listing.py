"""The list that a department opens in the morning, a task looked up by its code, and the leaders' report."""

from collections.abc import Callable
from datetime import date
from functools import partial
from statistics import median
from time import perf_counter

from sqlmodel import Session

from tests.bench.full_sections import settle_full
from tests.bench.in_a_child import measured
from tests.bench.province import settle
from tests.bench.rows import Row
from tests.bench.towns import both, sqlite_town

LIMIT = 10.0  # milliseconds: what the page needs of the database, and the look-up of a code or number
REPORT_LIMIT = 60.0  # kB: what the report of any province weighs
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
        rows.append(Row(f"code in {size}, {town.kind}", found["code"], "ms", limit=LIMIT))
        rows.append(Row(f"number in {size}, {town.kind}", found["number"], "ms", limit=LIMIT))
    return rows


def report_weight() -> list[Row]:
    """The page of the leaders' report among 100,000 tasks, every section full, in kB."""
    with sqlite_town(partial(settle_full, tasks=SMALL)) as town, town.fresh() as url:
        found = measured("tests.bench.listing:weigh", url)
    return [Row("report 100k", found["kilobytes"], "kB", limit=REPORT_LIMIT)]


def look(url: str) -> dict[str, float]:
    """In the child: the page of several departments, each in a session of its own as a request has it."""
    from models.db import open_database, reading
    from models.tasks.listing import OPEN_TASKS, TaskFilter, task_page
    from web.pages.tasks.search import code_typed, named

    engine, taken = open_database(url), []
    for number in range(LOOKS):
        wanted = TaskFilter(agency_id=f"a{number * 7 % 200}", statuses=OPEN_TASKS.statuses)
        with reading(engine) as session:
            start = perf_counter()
            page = task_page(session, wanted, date(2026, 3, 4), PAGE)
            taken.append((perf_counter() - start) * 1000)
        assert len(page.rows) == PAGE

    def looked_up(what: Callable[[Session, str], object], words: str) -> float:
        took = []
        for number in range(LOOKS):
            with reading(engine) as session:
                start = perf_counter()
                assert what(session, words.format(number * 4_999 + 1))
                took.append((perf_counter() - start) * 1000)
        return median(took)

    found = {"code": looked_up(code_typed, "gn {}"), "number": looked_up(named, "{}/TB")}
    engine.dispose()
    return {"milliseconds": median(taken), **found}


def weigh(url: str) -> dict[str, float]:
    """In the child: the report as it is sent to a browser."""
    from starlette.testclient import TestClient

    from flows.actions.office import this_office
    from models.db import open_database
    from web.app import create_app

    app = create_app(open_database(url), this_office())
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50000)) as client:
        page = client.get("/bao-cao")
    assert page.status_code == 200
    return {"kilobytes": len(page.content) / 1000}
