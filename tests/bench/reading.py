"""What it costs to read conclusions: one file, ten pages, a hundred pages."""

from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from config.agencies import load_register
from config.work_calendar import load_calendar
from flows.actions.reading import read_conclusion as action
from rules.people.registry import Registry
from rules.reading import read_text
from tests.bench.rows import Row, against_floor

CORPUS = Path(__file__).parent.parent / "corpus" / "dev"
DOCUMENT = CORPUS / "001.txt"
TIMES = 15
PAGE = 2000  # characters; ten such pages of the notice below hold about a hundred directives
TEN_PAGES_LIMIT = 75.0  # ms of CPU (issue 14, "Speed")
GROWTH_LIMIT = 1.3  # cost of a page in 100 pages over its cost in one


def read_conclusion() -> list[Row]:
    """One labelled document of a page and a half, register and calendar loaded; ten and a hundred pages."""
    registry, calendar = Registry(load_register().bodies), load_calendar()
    content = DOCUMENT.read_bytes()

    def milliseconds() -> float:
        start = perf_counter()
        draft = action.read_conclusion(DOCUMENT.name, content, registry, None, calendar)
        assert draft.directives
        return (perf_counter() - start) * 1000

    milliseconds()  # builds the register's views
    one = Row("read_conclusion", median(milliseconds() for _ in range(TIMES)), "ms")
    return [one, *_pages(registry)]


def _pages(registry: Registry) -> list[Row]:
    """Text alone: milliseconds of CPU for ten pages, and how the cost of a page grows from 1 to 100 pages."""
    costs = {pages: _best(notice(pages), registry) for pages in (1, 10, 100)}
    grown = against_floor(
        "read_page_of_100",
        costs[100] / len(notice(100)) * PAGE,
        "ms",
        costs[1] / len(notice(1)) * PAGE,
        GROWTH_LIMIT,
    )
    return [Row("read_10_pages", costs[10], "ms", limit=TEN_PAGES_LIMIT), grown]


def notice(pages: int) -> str:
    """A notice of so many pages, made of the operative part of a labelled one."""
    text = (CORPUS / "002.txt").read_text(encoding="utf-8")
    start, end = text.index("\n1."), text.index("Nơi nhận")
    head, body = text[:start], text[start : text.rindex("\n\n", 0, end)]
    return head + body * max(1, round((pages * PAGE - len(head)) / len(body)))


def _best(text: str, registry: Registry) -> float:
    """The least of some runs, in milliseconds of CPU: noise only ever adds."""
    times = []
    for _ in range(9):
        start = process_time()
        assert read_text(text, registry).directives
        times.append((process_time() - start) * 1000)
    return min(times)
