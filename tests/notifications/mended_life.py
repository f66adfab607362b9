"""An office whose deadlines are counted anew, whose clock leaps, and which mends what it has issued."""

from dataclasses import replace
from datetime import date

from sqlalchemy.engine import Engine

from config.act import by_clock
from config.office import Office
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import recall
from flows.actions.follow_up.follow_up import daily_follow_up
from flows.actions.tasks.answer import Said, answer
from flows.actions.tasks.correcting.correct import Seen, correct
from flows.actions.tasks.reopen import reopen
from flows.actions.tasks.urge import urge_by_hand
from models.db import reading
from models.tables.documents import Document
from models.tables.tasks import Task
from models.tasks.corrected_tasks import reading_of
from notifications.delivery.deliver import deliver
from rules.outbox.payloads.keys import LetterKind
from rules.vocabulary import Actor, EventKind
from tests.cast import SHARED, TRADE, Postman, act, act_on, at, directive, office, rows, settings
from tests.flows.deadlines.calendars import KNOWN
from tests.flows.deadlines.test_recount import issue as issue_by_guess
from tests.flows.deadlines.test_recount import relative
from tests.flows.installation.wall import Wall, go

#: What is written in this life, and not in the other one; an urging carries a word only here.
KINDS = frozenset(
    {
        LetterKind.DEADLINE,
        LetterKind.CALENDAR,
        LetterKind.CLOCK,
        LetterKind.CORRECTION,
        LetterKind.REOPENED,
        LetterKind.URGING,
        LetterKind.RECALLED,
    }
)
NOW = at("2022-08-19", "10:00")


class MendedLife:
    """GN-0001 is counted over a provisional year; GN-0002 to GN-0004 are mended. An empty database."""

    def __init__(self, engine: Engine, wall: Wall) -> None:
        self.engine, self.wall = engine, wall

    def through_every_kind(self) -> None:
        """One chapter after another."""
        others = (directive("Báo cáo.", TRADE), directive("Rà soát.", TRADE))
        issue_by_guess(self.engine, relative("stc"), SHARED, *others)
        self.send("2022-08-15")
        self.counted_anew()
        self.clock_leaps()
        self.mended()
        self.recalled()

    def send(self, day: str, clock: str = "09:00", of: Office | None = None) -> None:
        at_work = of or office()
        now = at(day, clock)
        deliver(self.engine, by_clock(now, at_work), settings(), Postman())

    def counted_anew(self) -> None:
        daily_follow_up(self.engine, by_clock(at("2022-08-17", "07:30"), KNOWN))
        self.send("2022-08-17", of=KNOWN)

    def clock_leaps(self) -> None:
        for shown in ("2022-08-17", "2022-10-20", "2022-08-18"):
            self.wall(shown, "10:00")
            go(self.engine)

    def mended(self) -> None:
        [_, wrong, done, late] = rows(self.engine, Task)
        with reading(self.engine) as session:
            said = reading_of(session, wrong)
        right = replace(said, due_on=date(2022, 9, 30))
        secretariat = act(Actor.SECRETARIAT, NOW)
        correct(self.engine, Seen(wrong.id or 0, wrong.version), right, "Đánh máy nhầm.", secretariat)
        answer(
            self.engine,
            done.id or 0,
            EventKind.SUBMITTED,
            act_on(self.engine, done.id or 0, Actor.LEAD, NOW),
            Said("Đã xong."),
        )
        answer(self.engine, done.id or 0, EventKind.CONFIRMED, secretariat)
        reopen(self.engine, done.id or 0, "Xác nhận nhầm.", secretariat)
        urge_by_hand(self.engine, late.id or 0, "Cần số liệu trước buổi họp.", secretariat)
        self.send("2022-08-19", "10:30")
        self.send("2022-08-22", "07:35")  # the urging is one of a morning

    def recalled(self) -> None:
        [paper] = rows(self.engine, Document)
        now = at("2022-08-22", "09:00")
        seen = Paper(paper.id or 0, paper.version)
        recall(self.engine, seen, "Ban hành nhầm bản.", act(Actor.SECRETARIAT, now))
        self.send("2022-08-22", "09:30")
