"""What it costs that papers are read in a process of its own, and what the pages feel of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter

from config.agencies import load_register
from config.work_calendar import load_calendar
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from flows.actions.reading.apart.reader import read_apart
from flows.actions.reading.read_conclusion import read_conclusion
from models.db import migrate, open_database
from rules.people.registry import Registry
from tests.bench.reading import DOCUMENT, notice
from tests.bench.rows import Row
from tests.flows.formats.test_limits import conclusion
from tests.hostile.pages.served_pages import Served, served
from tests.web.conftest import NOW, issue_sample

TIMES = 25
ADDS_LIMIT = 50.0  # ms: nobody notices it beside the second that the page waits for a draft
P95_LIMIT = 100.0  # ms: a page still seems to answer at once
PAGES = ("/viec", "/viec/GN-0001", "/van-ban", "/van-ban/moi", "/bao-cao", "/thu", "/static/dondoc.css")
ROUNDS = 25


def reading_apart() -> list[Row]:
    """Milliseconds that the process adds to one page of text, and the 95th percentile of pages meanwhile."""
    return [_adds(), *_pages_meanwhile()]


def _adds() -> Row:
    registry, calendar = Registry(load_register().bodies), load_calendar()
    content = DOCUMENT.read_bytes()
    apart, here = [], []
    for _ in range(TIMES):
        for read, times in ((read_apart, apart), (read_conclusion, here)):
            start = perf_counter()
            assert read(DOCUMENT.name, content, registry, None, calendar).directives
            times.append((perf_counter() - start) * 1000)
    return Row("process_adds_one_page", median(apart) - median(here), "ms", limit=ADDS_LIMIT)


def _pages_meanwhile() -> list[Row]:
    """The pages alone, and while as much is read as is ever read at one time."""
    with _office() as pages, ThreadPoolExecutor(2) as people:
        for page in PAGES:  # templates and statements
            assert pages.ask("GET", page) == "200"
        alone = _p95(pages)
        busy = [people.submit(_hand_in, pages, number) for number in range(2)]
        meanwhile = _p95(pages)
        assert not all(one.done() for one in busy), "nothing was read any more: hand in more"
        pages.process.kill()
    return [
        Row("page_p95_alone", alone, "ms"),
        Row("page_p95_while_reading", meanwhile, "ms", limit=P95_LIMIT),
    ]


@contextmanager
def _office() -> Iterator[Served]:
    """The real pages of an office that has issued the sample."""
    with TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder, "office.db")
        migrate(f"sqlite:///{path}")
        engine = open_database(f"sqlite:///{path}")
        import_register(engine, load_register())
        issue_sample(engine, this_office())
        advance(engine, NOW)
        engine.dispose()
        with served(path) as pages:
            yield pages


def _hand_in(pages: Served, number: int) -> None:
    """Papers that take long, one after the other, until the server is gone."""
    text = notice(600).encode()
    papers = {
        "a.txt": text,
        "b.docx": conclusion(200),
        "c.txt": text[:1000] + b" " * 20_000 + b"x\n" + text[1000:],
    }
    answered: str | None = ""
    while answered is not None:
        for name, data in papers.items():
            answered = pages.hand_in(f"{number}{name}", data)


def _p95(pages: Served) -> float:
    """Milliseconds within which 19 of 20 pages are there."""
    taken = []
    for _ in range(ROUNDS):
        for page in PAGES:
            start = perf_counter()
            assert pages.ask("GET", page) == "200"
            taken.append((perf_counter() - start) * 1000)
    return quantiles(taken, n=20)[-1]
