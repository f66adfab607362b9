"""What the pages cost whoever signed in: the list and a task by who it is, the report beside an open office.

100,000 tasks and 2,000 people (``peopled.py``); each request goes through the whole application with the
cookie of a real sign-in.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import cycle
from statistics import median, quantiles
from time import perf_counter
from typing import TYPE_CHECKING

from rules.people.seat_roles import SeatRole
from tests.bench.in_a_child import measured
from tests.bench.peopled import DEPUTY, LARGE, person_at, settle_peopled
from tests.bench.rows import Row, against_floor
from tests.bench.towns import Town, both

if TYPE_CHECKING:
    from starlette.testclient import TestClient

LIMIT = 40.0  # ms, 95 of 100 requests
REPORT_LIMIT = 1.10  # of what the report takes in an office without accounts
TASKS, TURNS, REPORTS = 100_000, 60, 15
WHO = {
    "secretariat": ("sec", SeatRole.SECRETARY),
    "clerk of a large body": (LARGE, SeatRole.CLERK),
    "officer": ("a2", SeatRole.OFFICER),
    "leader above": ("upper", SeatRole.HEAD),
    "deputy": (DEPUTY, SeatRole.CLERK),
}


def signed_in() -> list[Row]:
    """Milliseconds of the 95th of 100 requests for each viewer, and the report's median against its floor."""
    return [row for town in both(partial(settle_peopled, tasks=TASKS)) for row in _rows(town)]


def _rows(town: Town) -> Iterator[Row]:
    with town.fresh() as url:
        found = measured("tests.bench.signed_in:look", url)
    for page in ("list", "task"):
        for name in WHO:
            yield Row(f"signed in, {page}: {name}, {town.kind}", found[f"{page} {name}"], "ms", limit=LIMIT)
    with town.fresh() as url, town.fresh() as without:
        report = measured("tests.bench.signed_in:report", url, without)
    name = f"signed in, report, {town.kind}"
    yield against_floor(name, report["signed in"], "ms", report["open"], REPORT_LIMIT)


def look(url: str) -> dict[str, float]:
    """In the child: each viewer's first page of the list and a task of it, in turn."""
    taken: dict[str, list[float]] = {}
    with ExitStack() as opened:
        browsers = {name: opened.enter_context(_browser(url, seat)) for name, seat in WHO.items()}
        tasks = {name: cycle(_tasks_of(browser)) for name, browser in browsers.items()}
        for turn in range(-2, TURNS):  # the first ones of a process are not counted
            for name, browser in browsers.items():
                for page, address in (("list", "/viec"), ("task", next(tasks[name]))):
                    milliseconds = _milliseconds(browser, address)
                    if turn >= 0:
                        taken.setdefault(f"{page} {name}", []).append(milliseconds)
    return {name: quantiles(times, n=20)[-1] for name, times in taken.items()}


def report(url: str, without: str) -> dict[str, float]:
    """In the child: the report of the secretariat, and that of an office where nobody has an account."""
    taken: dict[str, list[float]] = {"signed in": [], "open": []}
    with _browser(url, WHO["secretariat"]) as secretariat, _browser(without, None) as anybody:
        for turn in range(-2, REPORTS):
            for name, browser in (("signed in", secretariat), ("open", anybody)):
                milliseconds = _milliseconds(browser, "/bao-cao")
                if turn >= 0:
                    taken[name].append(milliseconds)
    return {name: median(times) for name, times in taken.items()}


@contextmanager
def _browser(url: str, seat: tuple[str, SeatRole] | None) -> "Iterator[TestClient]":
    """The pages of a database as whoever has ``seat`` meets them; None: nobody has an account in it."""
    from starlette.testclient import TestClient

    from flows.actions.installation.instant import present
    from flows.actions.office import this_office
    from flows.actions.sign_in.seen import CameFrom
    from flows.actions.sign_in.sign_ins import open_sign_in
    from models.db import open_database
    from rules.sign_in.words import SignInWay
    from web.app import create_app
    from web.visitors.cookies import Jar

    engine = open_database(url)
    cookies = {}
    if seat is None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM credential")
    else:
        seen, now = CameFrom("127.0.0.1"), present(engine)
        token = open_sign_in(engine, person_at(*seat), SignInWay.PASSWORD, seen, now, second=True)
        cookies = {Jar.SIGN_IN.named(https=False): token}
    app = create_app(engine, this_office())
    here = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)}
    with TestClient(app, cookies=cookies, **here) as client:  # type: ignore[arg-type]
        yield client
    engine.dispose()


def _tasks_of(browser: "TestClient") -> list[str]:
    """The addresses of the tasks on the first page of the list."""
    found = dict.fromkeys(re.findall(r'"(/viec/GN-\d+)"', browser.get("/viec").text))
    assert found
    return list(found)


def _milliseconds(browser: "TestClient", address: str) -> float:
    begun = perf_counter()
    answer = browser.get(address, follow_redirects=False)
    taken = (perf_counter() - begun) * 1_000
    assert answer.status_code == 200, (address, answer.status_code)
    return taken
