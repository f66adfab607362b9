"""The small cast of the tests: one office of 2022, its register, a conclusion with every kind of addressee.

Times are Asia/Ho_Chi_Minh. The week that matters: Thursday 1/9 and Friday 2/9/2022 are holidays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from config.act import Act
from config.agencies import RegisterFile, load_register
from config.clock import OFFICE_ZONE
from config.committee import Policy, load_policy
from config.office import Office
from config.settings import Settings
from config.work_calendar import load_calendar
from flows.actions.documents.issue import Published, publish
from flows.actions.people.import_register import import_register
from models.db import reading, unit_of_work
from models.tables import crossings, outbox  # noqa: F401  (their tables belong to the dump)
from models.tables.agencies import ContactAddress
from models.tables.outbox import OutboxLetter, OutboxMessage
from models.tables.tasks import Task
from notifications.outbox.parcel import Outcome, Parcel, Trouble
from rules.draft import DocumentKind, Draft, DraftDirective, DraftDocument, DraftDue, DueKind, Party, Span
from rules.letter_words import OutcomeClass
from rules.vocabulary import Actor, Way
from tests.told import all_told

#: The day the conclusion is issued, and the deadline of its dated task: the eve of the holidays.
ISSUED_ON = date(2022, 8, 15)
DUE_ON = date(2022, 8, 31)
FINANCE, TRADE, PLANNING, UNREACHABLE = "stc", "sct", "skhdt", "ccts"
SECRETARIAT, CHAIR, PROVINCE = "vpubnd", "truong-bcd", "ubnd-tinh"
DISTRICTS, MEMBERS = "cap-huyen", "thanh-vien-bcd"
FINANCE_MAIL = "smtpmail://van-thu@stc.soctrang.example"
SECRETARIAT_MAILS = {
    "smtpmail://van-thu@vpubnd.soctrang.example",
    "smtpmail://theo-doi@vpubnd.soctrang.example",
}
#: A channel that is away, and a message of which nobody knows whether it arrived.
AWAY = Outcome(OutcomeClass.TRY_AGAIN, "connect", "Không kết nối được", trouble=Trouble.CHANNEL)
LOST = Outcome(OutcomeClass.UNKNOWN, "lost", "Mất kết nối")
#: For tests with many cases that have nothing to say about databases but use ``engine`` by a fixture.
ON_SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
#: For tests of what only happens where two sessions work beside each other.
ON_POSTGRESQL = pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def at(day: date | str, clock: str = "08:00") -> datetime:
    """An instant by the office's clock: ``at("2022-08-15", "17:45")``."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    return datetime.combine(on, time.fromisoformat(clock), OFFICE_ZONE)


@cache
def office() -> Office:
    """The shipped policy and calendar."""
    return Office(load_policy(), load_calendar())


def office_with(policy: Policy) -> Office:
    """The same office under another policy."""
    return replace(office(), policy=policy)


def act(actor: Actor, now: datetime, body: str | None = None, **more: Any) -> Act:
    """An act for the cast's office, or what ``more`` says: ``act(Actor.LEAD, at("2022-08-15"), FINANCE)``."""
    return Act(actor, now, **{"office": office(), "way": Way.PAGE, "body": body, **more})


def act_on(engine: Engine, task_id: int, actor: Actor, now: datetime, **more: Any) -> Act:
    """An act on that task, in which a lead speaks for the task's own body."""
    body = None
    for found in rows(engine, Task, Task.id == task_id):
        body = found.agency_id if actor is Actor.LEAD else None
    return act(actor, now, body, **more)


@cache
def register() -> RegisterFile:
    """The shipped register, read once a process."""
    return load_register()


def settings(**more: Any) -> Settings:
    """Settings that say nothing of this machine."""
    return Settings(mail_domain="dondoc.example", base_url="https://dondoc.example", **more)


@cache
def _rows_of(file: RegisterFile) -> dict[str, list[dict[str, Any]]]:
    """What ``import_register`` makes of a register, to be copied into many databases."""
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    SQLModel.metadata.create_all(engine)
    import_register(engine, file)
    with engine.connect() as connection:
        tables = {
            table.name: connection.execute(sa.select(table)) for table in SQLModel.metadata.sorted_tables
        }
        return {name: [dict(row) for row in rows.mappings()] for name, rows in tables.items()}


def move_in(engine: Engine, file: RegisterFile | None = None) -> Engine:
    """Give an empty database a register, the shipped one by default; returns the engine."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if rows := _rows_of(file or register())[table.name]:
                connection.execute(sa.insert(table), rows)
                highest = max(row["id"] for row in rows) if "id" in table.c else None
                if engine.dialect.name == "postgresql" and isinstance(highest, int):
                    sequence = sa.func.pg_get_serial_sequence(table.name, "id")
                    connection.execute(sa.select(sa.func.setval(sequence, highest)))
    return engine


def party(body: str) -> Party:
    """A body that the reader has recognised."""
    return Party(phrase=body, body_id=body)


def directive(
    text: str,
    *lead: str,
    cooperate: Sequence[str] = (),
    due: DraftDue | None = None,
    report_to: Sequence[str] = (),
    **more: Any,
) -> DraftDirective:
    """One directive as read and corrected."""
    return DraftDirective(
        text=text,
        span=Span(0, len(text)),
        lead=tuple(map(party, lead)),
        cooperate=tuple(map(party, cooperate)),
        due=due or DraftDue(),
        report_to=tuple(map(party, report_to)),
        **more,
    )


def by(day: date) -> DraftDue:
    """A deadline on a day."""
    return DraftDue(DueKind.DATE, date=day, phrase=f"trước ngày {day:%d/%m/%Y}")


def every(rule: str) -> DraftDue:
    """A recurring duty."""
    return DraftDue(DueKind.RECURRING, rule=rule, phrase=rule)


DATED = directive("Tham mưu cân đối kinh phí hỗ trợ hợp tác xã.", FINANCE, due=by(DUE_ON))
SHARED = replace(DATED, cooperate=(party(PLANNING),))
OPEN_ENDED = directive("Rà soát, củng cố các hợp tác xã yếu kém.", TRADE)
TO_DISTRICTS = directive("Báo cáo tình hình hợp tác xã trên địa bàn.", DISTRICTS, due=by(date(2022, 9, 30)))
TO_MEMBERS = directive("Kiểm tra địa bàn được phân công phụ trách.", MEMBERS)
MONTHLY = directive("Báo cáo số liệu hằng tháng.", PLANNING, due=every("monthly day 25"))
RULE = directive(
    "Khó khăn vượt thẩm quyền, kịp thời báo cáo Trưởng Ban Chỉ đạo.",
    report_to=[CHAIR],
    escalation=True,
    standing_rule=True,
)
TO_UNREACHABLE = directive("Hỗ trợ hợp tác xã thủy sản.", UNREACHABLE, due=by(date(2022, 9, 30)))
EVERY_KIND = (SHARED, OPEN_ENDED, TO_DISTRICTS, TO_MEMBERS, MONTHLY, RULE, TO_UNREACHABLE)


def conclusion(*directives: DraftDirective, number: str | None = "265/TB-UBND", **more: Any) -> Draft:
    """A conclusion of the province, dated the day it is issued."""
    document = DraftDocument(
        kind=DocumentKind.NOTICE,
        number=number,
        date=ISSUED_ON,
        issuer="UBND tỉnh Sóc Trăng",
        issuer_id=PROVINCE,
        title="Kết luận về phát triển kinh tế tập thể",
        text="\n".join(item.text for item in directives),
    )
    return Draft(replace(document, **more), tuple(directives))


def issue(
    engine: Engine, *directives: DraftDirective, clock: str = "08:00", on: str = ISSUED_ON, **more: Any
) -> Published:
    """Publish a conclusion with these directives, on 15/8/2022 unless told otherwise.

    Its letters count as made on that day, so that a test of what follows need not deliver them; who must
    be told first is tried in ``tests/flows/follow_up/test_told.py``.
    """
    published = only_issue(engine, *directives, clock=clock, on=on, **more)
    all_told(engine)
    return published


def only_issue(
    engine: Engine, *directives: DraftDirective, clock: str = "08:00", on: str = ISSUED_ON, **more: Any
) -> Published:
    """The same, and nobody has been told yet."""
    return publish(engine, conclusion(*directives, **more), act(Actor.SECRETARIAT, at(on, clock)))


def decided(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """A dump without the record of which days were followed, which every pass of the sweep adds to."""
    return {
        name: found for name, found in dump(engine).items() if name not in ("follow_up_day", "policy_version")
    }


def dump(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in a stable order: two dumps are equal if nothing has changed."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))
            ]
            for table in SQLModel.metadata.sorted_tables
        }


def rows(engine: Engine, table: type[SQLModel], *where: Any) -> list[Any]:
    """Rows of a table by their key, detached."""
    with reading(engine) as session:
        order = sa.inspect(table).primary_key
        found = list(session.scalars(sa.select(table).where(*where).order_by(*order)))
        session.expunge_all()
        return found


def task(engine: Engine, task_id: int = 1) -> Task:
    """The task as it stands now."""
    [found] = rows(engine, Task, Task.id == task_id)
    return found


def letters(engine: Engine, *where: Any) -> list[tuple[str, str, str]]:
    """Letters as (key, agency, state), oldest first."""
    return [(row.key, row.agency_id, row.state.value) for row in rows(engine, OutboxLetter, *where)]


def messages(engine: Engine, *where: Any) -> list[OutboxMessage]:
    """Messages, oldest first."""
    return rows(engine, OutboxMessage, *where)


def addresses(engine: Engine) -> dict[int, str]:
    """URL by address id."""
    return {row.id: row.url for row in rows(engine, ContactAddress)}


def change(engine: Engine, table: type[SQLModel], key: Any, **values: Any) -> None:
    """Set columns of one row behind the engine's back; leads know of a deadline that is set so."""
    with unit_of_work(engine) as session:
        row = session.get_one(table, key)
        for name, value in values.items():
            setattr(row, name, value)
    if table is Task and "due_on" in values:
        all_told(engine)


Reply = Outcome | Callable[[str, Parcel], Outcome]
SENT = Outcome(OutcomeClass.SENT, "250", "ok")


@dataclass
class Postman:
    """A ``post`` that keeps what it is given; ``replies`` by address or by the start of one."""

    replies: dict[str, Reply] = field(default_factory=dict)
    carried: list[tuple[str, Parcel]] = field(default_factory=list)

    def __call__(self, url: str, parcel: Parcel) -> Outcome:
        self.carried.append((url, parcel))
        fitting = [start for start in self.replies if url.startswith(start)]
        reply = self.replies[max(fitting, key=len)] if fitting else SENT
        return reply(url, parcel) if callable(reply) else reply

    def take(self) -> list[str]:
        """The addresses written to since the last look, in order."""
        taken = [url for url, _ in self.carried]
        self.carried.clear()
        return taken
