"""The story that ``dondoc demo`` tells: a conclusion of 25/8/2022, and the year after it."""

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlmodel import Session

from config.act import Act
from config.clock import OFFICE_ZONE, office_day
from config.office import Office
from flows.actions.documents.issue import Published, publish
from flows.actions.documents.open_questions import all_confirmed
from flows.actions.follow_up.digest import counts_of, digest_of
from flows.actions.follow_up.tick import TickReport, tick
from flows.actions.office import this_office
from flows.actions.reading.read_conclusion import read_conclusion
from flows.demo.answers import play_day
from flows.demo.cast import move_in
from flows.demo.morning import Album
from flows.demo.stage import FOLDER, Stage, keep_letters, stage
from flows.demo.timeline import show_epilogue, show_reading
from flows.terminal.commands import must_be_free, serve_when_free
from flows.terminal.screen import open_console
from flows.terminal.tick_words import alarm_lines, done_lines
from flows.terminal.troubles import shown
from models.db import reading, unit_of_work
from models.people.register import load_registry
from models.tables.outbox import DigestIssue, Moment
from notifications.letters.kit.filters import grouped
from rules.draft import Draft
from rules.facts import Digest
from rules.people.registry import Registry
from rules.refusal import Refusal
from rules.vocabulary import Actor, Way

SAMPLE = Path(__file__).with_name("thong-bao-ket-luan.docx")
ISSUED_AT = datetime(2022, 8, 30, 9, 0, tzinfo=OFFICE_ZONE)
MORNING, MIDDAY, AFTERNOON = time(7, 30), time(10, 0), time(16, 0)
MOST_ROWS = 500  # of a section: the terminal scrolls
PREFECT_DAY = date(2022, 9, 12)  # a Monday: the digest is due, so all four sweeps have work

console = open_console()


def tell(days: int, port: int, folder: Path = FOLDER) -> None:
    """Play ``days`` days on a fresh database in ``folder``, show what came of it, then serve the pages.

    Raises Refusal when the pages cannot be served on ``port``; an earlier demo is then left as it is.
    """
    serving = os.environ.get("DONDOC_DEMO_SERVE", "1") != "0"
    if serving:
        must_be_free(port)
    with stage(port, folder) as on:
        office = this_office()
        _chapter("1. Đọc kết luận")
        draft = _read(on)
        show_reading(console, draft, _registry(on))
        _chapter("2. Phát hành, giao nhiệm vụ")
        published = _issue(on, draft, office)
        console.print(
            f"{published.source}: {grouped(len(published.task_codes))} nhiệm vụ đã giao.", markup=False
        )
        _chapter(f"3. {days} ngày theo dõi, đôn đốc")
        album = Album(folder)
        digest = _live(on, days, office, album)
        keep_letters(on)
        show_epilogue(console, on, digest)
    _chapter("9. Một buổi sáng")
    console.print(f"Các trang mở buổi sáng {album.words}.", markup=False)
    album.open()
    move_in(office, console)
    if serving:
        serve_when_free(port)


def _chapter(title: str) -> None:
    console.print(Rule(Text(title, style="bold cyan"), align="left", style="cyan"))


def _registry(on: Stage) -> Registry:
    with reading(on.engine) as session:
        return load_registry(session)


def _read(on: Stage) -> Draft:
    return read_conclusion(SAMPLE.name, SAMPLE.read_bytes(), _registry(on), None)


def _issue(on: Stage, draft: Draft, office: Office) -> Published:
    with unit_of_work(on.engine) as session:
        _begin(session)
    seen = all_confirmed(draft, office_day(ISSUED_AT))  # the story's secretariat has looked at every doubt
    published = publish(on.engine, draft, _secretariat(ISSUED_AT, office), SAMPLE.name, seen)
    tick(on.engine, office, ISSUED_AT)
    return published


def _secretariat(instant: datetime, office: Office) -> Act:
    return Act(Actor.SECRETARIAT, instant, office, Way.PAGE)


def _begin(session: Session) -> None:
    """The database lives in 2022 from its first moment."""
    session.add(Moment(instant=ISSUED_AT, simulated=True))


def _live(on: Stage, days: int, office: Office, album: Album) -> Digest | None:
    """Every day a morning tick, which ``album`` looks at; after people have answered, an afternoon one.

    Returns the fullest leadership digest of the year, as it was on its morning.
    """
    first = office_day(ISSUED_AT)
    fullest = None
    for day in (first + timedelta(days=n) for n in range(1, days)):
        lines = _morning(on, day, office)
        fullest = _fuller(fullest, on, day, office)
        album.look(on.engine, day)
        midday = datetime.combine(day, MIDDAY, OFFICE_ZONE)
        said = play_day(on.engine, _secretariat(midday, office))
        if said:
            lines += said
            lines += _notable(tick(on.engine, office, datetime.combine(day, AFTERNOON, OFFICE_ZONE)))
        if lines:
            console.print(_day_grid(day, lines))
    return fullest


def _fuller(best: Digest | None, on: Stage, day: date, office: Office) -> Digest | None:
    with reading(on.engine) as session:
        if session.get(DigestIssue, day) is None:
            return best
        digest = digest_of(session, day, office, most=MOST_ROWS)
    return digest if best is None or _fullness(digest) > _fullness(best) else best


def _fullness(digest: Digest) -> tuple[int, int]:
    """Sections that are not empty, decisions first of all."""
    filled = [count for count in counts_of(digest).values() if count]
    return min(len(digest.decisions), 1), len(filled)


def _day_grid(day: date, lines: list[str]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=10)
    grid.add_column()
    for number, text in enumerate(lines):
        grid.add_row(Text("" if number else f"{day:%d/%m/%Y}", style="bold"), Text(text))
    return grid


def _morning(on: Stage, day: date, office: Office) -> list[str]:
    now = datetime.combine(day, MORNING, OFFICE_ZONE)
    if day == PREFECT_DAY:
        return _through_prefect(on, now)
    return _notable(tick(on.engine, office, now))


def _notable(report: TickReport) -> list[str]:
    return [*alarm_lines(report.delivery), *done_lines(report)]


def _through_prefect(_on: Stage, now: datetime) -> list[str]:
    """The four sweeps of this morning as Prefect runs: no server to start, nothing leaves the machine."""
    command = [sys.executable, "-m", "flows", "all", "--now", now.isoformat()]
    with console.status("Chạy bốn lượt quét qua Prefect..."):
        done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    if done.returncode != 0:
        last = shown((done.stderr or done.stdout).strip().rpartition("\n")[2])
        raise Refusal(f"Bốn lượt quét qua Prefect không chạy được: {last}")
    said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    return ["bốn lượt quét chạy qua Prefect", *said]
