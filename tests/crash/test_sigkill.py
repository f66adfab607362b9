"""The plug is pulled at every step of a tick; the next tick goes on, and nothing is doubled or lost."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.agencies import ContactEntry
from flows.actions.documents.intake import make_ready, store_draft
from models.tables.outbox import DigestIssue, OutboxLetter
from models.tables.tasks import Task, TaskEvent, Urging
from notifications.sandbox.smtp_sink import SmtpSink
from rules.letter_words import MessageState
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor
from tests.cast import DATED, OPEN_ENDED, act, at, conclusion, dump, messages, move_in, register, rows
from tests.checkout import ROOT
from tests.crash.dying_tick import POINTS

pytestmark = pytest.mark.crash
FIRST_DAY, REMINDER_DAY, URGING_DAY = "2022-08-15", "2022-08-24", "2022-09-05"
MAIL, FOLDER = "van-thu@stc.example", "van-thu@sct.example"
CONTACTS = tuple(
    ContactEntry(body, "van-thu", f"Văn thư {body}", (url,))
    for body, url in (
        ("stc", f"smtpmail://{MAIL}"),
        ("sct", f"emlfolder://{FOLDER}"),
        ("truong-bcd", "smtpmail://truong-ban@bcd.example"),
        ("ubnd-tinh", "emlfolder://van-thu@ubnd.example"),
        ("vpubnd", "smtpmail://van-thu@vp.example"),
    )
)
#: Where the letter may have left: nobody can know, so exactly one message stays "unknown".
IN_DOUBT = {point for point in POINTS if "I/O" in point or point.startswith("settl")}
NEXT_CLAIMED = "settled and the next claimed, before its I/O"
ARRIVED = IN_DOUBT - {"claimed, before the I/O", NEXT_CLAIMED}
ON_POSTGRES = ("publish, before its commit", "dispatch, before its commit", "after the I/O, before settling")
Run = Callable[..., list[int]]


@pytest.fixture(scope="module")
def ticker() -> Iterator[subprocess.Popen[str]]:
    """The process that forks our ticks."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-m", "tests.crash.dying_tick"]
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@dataclass
class Office:
    """An office whose ticks can be killed."""

    engine: Engine
    sink: SmtpSink
    folder: Path
    ticker: subprocess.Popen[str]

    def tick(self, day: str | None = None, die_at: str | None = None, processes: int = 1) -> list[int]:
        """Exit codes of ticks at 09:00 of ``day``, or at the stored instant."""
        url = self.engine.url.render_as_string(hide_password=False)
        names = {"DATABASE_URL": url, "LETTERS_FOLDER": self.folder, "SMTP_HOST": self.sink.host}
        values = {**names, "SMTP_PORT": self.sink.port, "SMTP_TIMEOUT": 5, "MAIL_DOMAIN": "dondoc.example"}
        values["WITNESS_FOLDER"] = self.folder.with_name("witness")
        order = {
            "settings": {f"DONDOC_{name}": str(value) for name, value in values.items()},
            "now": at(day, "09:00").isoformat() if day else None,
            "die_at": die_at,
            "processes": processes,
        }
        assert self.ticker.stdin is not None
        assert self.ticker.stdout is not None
        self.ticker.stdin.write(json.dumps(order) + "\n")
        self.ticker.stdin.flush()
        return json.loads(self.ticker.stdout.readline())

    def arrived(self) -> Counter[str]:
        """Letters at their readers, by mailbox."""
        found = Counter(recipient for letter in self.sink.messages for recipient in letter.recipients)
        for path in self.folder.glob("*.eml"):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            found.update(address.addr_spec for address in letter["To"].addresses)
        return found


@pytest.fixture
def office(engine: Engine, tmp_path: Path, ticker: subprocess.Popen[str]) -> Iterator[Office]:
    """A document lies ready; nothing has been issued yet."""
    move_in(engine, replace(register(), contacts=CONTACTS))
    key = store_draft(
        engine, conclusion(DATED, OPEN_ENDED), "ket-luan.docx", act(Actor.SECRETARIAT, at(FIRST_DAY))
    )
    make_ready(engine, key, 0, at(FIRST_DAY), act(Actor.SECRETARIAT, at(FIRST_DAY)))
    with SmtpSink() as sink:
        yield Office(engine, sink, tmp_path / "letters", ticker)


def check_whole(engine: Engine) -> None:
    """Tasks, their first events and their letters are there together or not at all."""
    tasks = [task.id for task in rows(engine, Task)]
    assert len(tasks) in (0, 2)
    assert [event.task_id for event in rows(engine, TaskEvent, TaskEvent.seq == 0)] == tasks
    assigned = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.ASSIGNMENT)
    assert [letter.task_id for letter in assigned] == tasks
    digests = rows(engine, OutboxLetter, OutboxLetter.kind == LetterKind.DIGEST)
    assert len(digests) == 2 * len(rows(engine, DigestIssue))


def crash_and_go_on(office: Office, day: str, point: str) -> Counter[str]:
    """Die at ``point``, go on in a fresh process, look twice; returns messages by state."""
    assert office.tick(day, die_at=point) == [-signal.SIGKILL]
    check_whole(office.engine)
    assert office.tick() == [0]
    check_whole(office.engine)
    before, arrived = dump(office.engine), office.arrived()
    assert office.tick() == [0]
    assert (dump(office.engine), office.arrived()) == (before, arrived)
    return Counter(_delivered(message.state) for message in messages(office.engine))


def _delivered(state: MessageState) -> str:
    """Half of the letters lie in a folder in the end."""
    return "delivered" if state in (MessageState.SENT, MessageState.SAVED) else state.value


def check_first_day(office: Office, point: str) -> None:
    states = crash_and_go_on(office, FIRST_DAY, point)
    assert states == ({"delivered": 3, "unknown": 1} if point in IN_DOUBT else {"delivered": 4})
    expected = dict.fromkeys((MAIL, FOLDER, "truong-ban@bcd.example", "van-thu@ubnd.example"), 1)
    if point in IN_DOUBT - ARRIVED:  # it did not leave, and it says that nobody knows
        del expected[FOLDER if point == NEXT_CLAIMED else MAIL]
    assert office.arrived() == expected


FIRST_DAY_POINTS = [point for point in POINTS if not point.startswith("follow-up")]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("point", FIRST_DAY_POINTS)
def test_killed_while_issuing_and_sending(office: Office, point: str) -> None:
    check_first_day(office, point)


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("point", ON_POSTGRES)
def test_killed_on_postgresql(office: Office, point: str) -> None:
    check_first_day(office, point)


@pytest.mark.parametrize("point", [point for point in POINTS if point.startswith("follow-up")])
@pytest.mark.parametrize("day", [REMINDER_DAY, URGING_DAY])
def test_killed_while_following_up(office: Office, day: str, point: str) -> None:
    assert office.tick(FIRST_DAY) == [0]
    states = crash_and_go_on(office, day, point)
    weekly = 2  # Monday's digest, or the one made good on Wednesday
    assert states == {"delivered": 4 + 1 + weekly}
    assert office.arrived()[MAIL] == 2
    assert len(rows(office.engine, Urging)) == (day == URGING_DAY)


def test_what_is_in_doubt_is_said_in_the_message(office: Office) -> None:
    crash_and_go_on(office, FIRST_DAY, "after the I/O, before settling")
    [doubt] = [message for message in messages(office.engine) if message.state.value == "unknown"]
    assert (doubt.outcome_code, doubt.attempts) == ("interrupted", 1)
    assert "bị ngắt giữa chừng" in doubt.outcome_text


def test_two_ticks_at_the_same_time(office: Office) -> None:
    for day in (FIRST_DAY, REMINDER_DAY, URGING_DAY):
        codes = office.tick(day, processes=2)
        assert codes == [0, 0]
        assert office.tick() == [0]
        check_whole(office.engine)
    assert {_delivered(message.state) for message in messages(office.engine)} == {"delivered"}
    assert office.arrived()[MAIL] == 3  # assigned, reminded, urged
    assert len(rows(office.engine, Urging)) == 1
