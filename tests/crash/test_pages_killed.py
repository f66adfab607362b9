"""The pages are killed while people answer and hand in: what was answered for is there, nothing is by halves.

Each client does the same over and over and keeps what the pages said; after each kill the same database is
served again.
"""

import os
import select
import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Semaphore

import pytest

from config.agencies import load_register
from flows.actions.documents.intake import stored_draft
from flows.actions.installation.instant import advance
from flows.actions.office import this_office
from flows.actions.people.import_register import import_register
from flows.actions.tasks.replay import present, replay
from models.db import open_database, reading
from models.tables.documents import Document
from models.tables.outbox import OutboxLetter
from models.tables.tasks import Task, TaskEvent
from rules.vocabulary import EventKind
from tests.cast import rows
from tests.hostile.pages.served_pages import Served, served
from tests.installations import another_installation
from tests.web.conftest import NOW, issue_sample
from tests.web.sample import CONCLUSION, seat

pytestmark = pytest.mark.crash
TASKS = (1, 2)
KILLS = (7, 20)  # after so many answers of the pages
PATIENCE = 10.0
#: What each answer is told with, in the same transaction.
LETTER_OF = {EventKind.SUBMITTED: "confirmation", EventKind.RETURNED: "returned"}


class Clients:
    """Who uses the pages; ``said`` is what was answered to each."""

    def __init__(self, pages: Served) -> None:
        self.pages, self.said, self.heard = pages, defaultdict[str, list[str]](list), Semaphore(0)

    def answer(self, task: int) -> None:
        """Report and return, again and again, until nobody answers any more."""
        lead = seat("chu-tri", f"GN-{task:04}")
        press = {**lead, "viec": "submitted"}, {"vai": "van-phong", "viec": "returned"}
        turn = 0
        while self._heard(
            f"task {task}",
            lambda: self.pages.post(f"/viec/GN-{task:04}/tra-loi", noi_dung="x", **press[turn % 2]),  # noqa: B023
        ):
            turn += 1

    def hand_in(self) -> None:
        """Paste the sample, each time as another document."""
        number = 0
        while self._heard(
            "documents",
            lambda: self.pages.post("/van-ban/moi", noi_dung=CONCLUSION.replace("431/", f"{number}/")),  # noqa: B023
        ):
            number += 1

    def _heard(self, who: str, ask: Callable[[], str | None]) -> bool:
        answered = ask()
        if answered is not None:
            self.said[who].append(answered)
            self.heard.release()
        return answered is not None


@pytest.fixture
def office(_migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A database that has issued the sample."""
    path = Path(shutil.copyfile(_migrated_sqlite, tmp_path / "office.db"))
    engine = open_database(another_installation(f"sqlite:///{path}"))
    import_register(engine, load_register())
    issue_sample(engine, this_office())
    advance(engine, NOW)
    engine.dispose()
    return path


def killed_under_load(path: Path, after: int) -> Clients:
    """Serve the database, use it, and kill it in the middle; its readers end by themselves."""
    with served(path) as pages, ThreadPoolExecutor(3) as people:
        clients = Clients(pages)
        begun = [people.submit(clients.answer, task) for task in TASKS] + [people.submit(clients.hand_in)]
        for _ in range(after):
            assert clients.heard.acquire(timeout=60)
        readers = [os.pidfd_open(pid) for pid in descent(pages.process.pid)]
        pages.process.kill()
        for person in begun:
            person.result(60)
        assert readers
        assert all(select.select([reader], [], [], PATIENCE)[0] for reader in readers)
        for reader in readers:
            os.close(reader)
    return clients


def descent(pid: int) -> list[int]:
    """The children of a process, theirs, and so on."""
    found = []
    for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()):
        found += [child, *descent(child)]
    return found


def test_nothing_is_by_halves(office: Path) -> None:
    kills = [killed_under_load(office, after) for after in KILLS]
    said: dict[str, list[str]] = defaultdict(list)  # who was killed before a first word said nothing
    for kill in kills:
        for who, words in kill.said.items():
            said[who] += words
    with served(office) as pages:
        assert pages.ask("GET", "/viec/GN-0001") == pages.ask("GET", "/van-ban/2") == "200"
    with closing(sqlite3.connect(office)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    engine = open_database(f"sqlite:///{office}")
    events = rows(engine, TaskEvent)
    for task in rows(engine, Task):
        assert replay(one for one in events if one.task_id == task.id) == present(task)
    told = {f"{LETTER_OF[one.kind]}:{one.task_id}:{one.seq}" for one in events if one.kind in LETTER_OF}
    letters = [one.key for one in rows(engine, OutboxLetter)]
    assert told == {key for key in letters if key.startswith(("confirmation:", "returned:"))}
    happened = Counter(one.task_id for one in events if one.kind in LETTER_OF)
    for task_id in TASKS:
        answered = sum("xong=" in word for word in said[f"task {task_id}"])
        assert answered <= happened[task_id] <= answered + len(KILLS), "what was answered for, and one a kill"
    read = {word.removesuffix("?xong=doc") for word in said["documents"] if "xong=doc" in word}
    with reading(engine) as session:
        kept = {f"/van-ban/{one.id}": stored_draft(session, one.id) for one in rows(engine, Document)[1:]}
    assert read <= kept.keys()
    assert read
    assert all(draft.directives and document.first_reading for document, draft in kept.values())
    engine.dispose()
