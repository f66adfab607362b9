"""Requests over every route, as a browser of this machine or anything else would send them.

What must hold: no 5xx, no traceback, no line at level ERROR; nothing that was typed comes back as markup or
as a header; the database is untouched unless the answer is 303.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from fastapi import FastAPI

from flows.actions.office import this_office
from tests.hostile.fuzz.asking import Answer, Asked, ask
from tests.hostile.fuzz.fuzzed_office import Untouched, build, copied, settle_in
from tests.hostile.fuzz.kinds import Try
from tests.hostile.fuzz.page_requests import HOST, Requests
from tests.web.every_page import NOTHING_THERE, PAGES
from web.app import create_app
from web.pages.reading import intake

A_SEED = 12  # requests to one copy of the office
#: A file that was taken away and a sign-in that failed are rows of the trail, and no page to go to.
_LEAVES_A_ROW = ("/nhat-ky/csv", "/dang-nhap")
_HELD_BACK = 503  # "as much is being read as we take on" is an answer that we promise


class Errors(logging.Handler):
    """Whatever is logged as an error, by anybody."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.said.append(self.format(record)[-1500:])


@contextmanager
def opened(folder: Path) -> Iterator[Try]:
    """The application over a template office, in an event loop of its own."""
    settle_in(folder)
    intake.PATIENCE = 60.0
    errors, runner = Errors(), asyncio.Runner()
    for name in ("", "uvicorn.error"):
        logging.getLogger(name).addHandler(errors)
    template = build(folder)
    with copied(template, folder) as engine:
        app = create_app(engine, this_office())
        with runner:
            lifespan = app.router.lifespan_context(app)
            runner.run(lifespan.__aenter__())
            requests = Requests(_routes(app), runner.run(_pages(app)))
            yield lambda seed: _try(seed, app, template, folder, requests, runner, errors)
            runner.run(lifespan.__aexit__(None, None, None))


def _routes(app: FastAPI) -> list[tuple[str, str]]:
    paths = app.openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


async def _pages(app: FastAPI) -> dict[str, str]:
    found = {}
    for page in PAGES:
        if page not in NOTHING_THERE:
            answer = await ask(app, Asked("GET", page, [HOST]))
            if answer.status == 200 and b"<html" in answer.body:
                found[page] = answer.body.decode()
    return found


def _try(
    seed: int,
    app: FastAPI,
    template: Path,
    folder: Path,
    requests: Requests,
    runner: asyncio.Runner,
    errors: Errors,
) -> str | None:
    random = Random(seed)
    with copied(template, folder) as engine:
        app.state.engine = engine
        untouched = Untouched(folder / "office.db")
        try:
            for _ in range(A_SEED):
                asked = requests.make(random)
                errors.said.clear()
                leaves = asked.target.startswith(_LEAVES_A_ROW)
                before = untouched.but_for_the_trail() if leaves else ""
                answer = runner.run(ask(app, asked))
                changed = untouched.changed()
                if leaves and changed:
                    changed = untouched.but_for_the_trail() != before
                wrong = _wrong(answer, changed, errors)
                if wrong:
                    return (
                        f"{wrong}: {asked.method} {asked.target[:200]} {asked.headers} {asked.body[:300]!r}"
                    )
        finally:
            untouched.close()
    return None


def _wrong(answer: Answer, changed: bool, errors: Errors) -> str | None:
    if errors.said:
        return f"logged {errors.said}"
    if answer.status == 0 or (answer.status >= 500 and answer.status != _HELD_BACK):
        return f"answered {answer.status}"
    if b"Traceback (most recent" in answer.body:
        return "a traceback"
    if b"<dondoc-canary" in answer.body:
        return "markup got through"
    if any(b"canary" in name.lower() or b"\n" in value or b"\r" in value for name, value in answer.headers):
        return "a header got through"
    if changed and answer.status != 303:
        return f"changed the database and answered {answer.status}"
    return None
