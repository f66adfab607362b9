"""The movers of what is no task: documents, papers, events, meetings, names; as ``movers.py`` for tasks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.committee.meetings import cancel_meeting, move_meeting, plan_meeting
from flows.actions.deadlines.awaited_events import record_event
from flows.actions.documents.discard import discard_draft, restore_draft
from flows.actions.documents.intake import (
    issue_ready,
    issue_stored,
    make_ready,
    save_draft,
    save_reading,
    store_draft,
)
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.recall import recall
from flows.actions.documents.supplement import supplement
from flows.actions.documents.take_back import take_back
from flows.actions.follow_up.issue_due import issue_due
from flows.actions.follow_up.papers import issue_paper
from flows.actions.reading.aliases import withdraw_alias
from flows.actions.tasks.withdraw import withdraw
from models.db import reading, unit_of_work
from models.tables.documents import AwaitedEvent, Directive, Document, DocumentEvent
from models.tables.learned import ConfirmedAlias
from models.tables.meetings import Meeting
from models.tables.tasks import Task, TaskEvent, Urging, UrgingPaper
from rules.draft import DraftDue, DueKind, Span
from rules.vocabulary import Actor
from tests.cast import DATED, FINANCE, SECRETARIAT, act, at, by, conclusion, directive, office, rows
from tests.flows.racing.movers import FIRST, Happening, Mover, Noun

LATE = date(2022, 8, 15)  # the deadline of the task of a paper
DAY, OTHER = date(2022, 10, 3), date(2022, 10, 4)


def _plain(action: Any, *more: Any, by: Actor = Actor.SECRETARIAT) -> Mover:
    def ready(engine: Engine, key: int, now: datetime) -> Happening:
        return partial(action, engine, key, *more, act(by, now))

    return ready


def _draft(key: int, title: str = "Kết luận") -> Any:
    return conclusion(DATED, number=f"{key}/TB-UBND", title=title)


def _stored(engine: Engine, key: int) -> int:
    return store_draft(engine, _draft(key), "kl.docx", act(Actor.SECRETARIAT, FIRST))


def _waiting(engine: Engine, key: int) -> int:
    found = _stored(engine, key)
    make_ready(engine, found, 0, FIRST, act(Actor.SECRETARIAT, FIRST))
    return found


def _saving(engine: Engine, key: int, now: datetime) -> Happening:
    """By the version that was looked at."""
    [row] = rows(engine, Document, Document.id == key)
    draft = conclusion(DATED, number=row.number, title="Sửa trích yếu")
    return lambda: save_draft(engine, key, row.version, draft, act(Actor.SECRETARIAT, now))


def _reading_again(engine: Engine, key: int, now: datetime) -> Happening:
    [row] = rows(engine, Document, Document.id == key)
    draft = conclusion(DATED, number=row.number, title="Đọc lại")
    return lambda: save_reading(
        engine, key, row.version, draft, draft.directives, act(Actor.SECRETARIAT, now)
    )


def _making_ready(engine: Engine, key: int, now: datetime) -> Happening:
    [row] = rows(engine, Document, Document.id == key)
    return lambda: make_ready(engine, key, row.version, at("2022-08-20"), act(Actor.SECRETARIAT, now))


def _given_out(engine: Engine, key: int) -> int:
    document = _stored(engine, key)
    issue_stored(engine, document, None, act(Actor.SECRETARIAT, FIRST))
    return document


def _seen(engine: Engine, key: int) -> Paper:
    [row] = rows(engine, Document, Document.id == key)
    return Paper(key, row.version)


def _adding(engine: Engine, key: int, now: datetime) -> Happening:
    seen, missed = _seen(engine, key), directive("Bổ sung việc.", FINANCE, due=by(LATE))
    missed = replace(missed, span=Span(0, 0))
    return lambda: supplement(engine, seen, missed, "Đọc sót.", act(Actor.SECRETARIAT, now))


def _recalling(engine: Engine, key: int, now: datetime) -> Happening:
    seen = _seen(engine, key)
    return lambda: recall(engine, seen, "Ban hành nhầm.", act(Actor.SECRETARIAT, now))


def _document(engine: Engine, key: int) -> Any:
    [row] = rows(engine, Document, Document.id == key)
    moves = [event.kind for event in rows(engine, DocumentEvent, DocumentEvent.document_id == key)]
    with reading(engine) as session:
        mine = (
            sa.select(sa.func.count()).select_from(Task).join(Directive).where(Directive.document_id == key)
        )
        return row.state, row.title, moves, session.scalar(mine)


def _paper(engine: Engine, key: int) -> int:
    """Each on a day of its own: a body gets one paper a day. Returns the paper's id."""
    with unit_of_work(engine) as session:
        paper = UrgingPaper(agency_id=FINANCE, prepared_on=date(2020, 1, 1) + timedelta(days=key))
        session.add(paper)
        session.flush()
        urging = {"task_id": key, "number": 2, "urged_on": LATE, "recipient_id": FINANCE, "text": "x"}
        session.add(Urging(**urging, sender=SECRETARIAT, paper_id=paper.id))
        session.flush()
        return paper.id or 0


def _issuing(number: str) -> Mover:
    def ready(engine: Engine, key: int, now: datetime) -> Happening:
        day = now.date()
        return lambda: issue_paper(engine, key, number, "Chánh Văn phòng", day, act(Actor.SECRETARIAT, now))

    return ready


def _its_task(engine: Engine, key: int, now: datetime) -> Happening:
    [urging] = rows(engine, Urging, Urging.paper_id == key)
    return lambda: withdraw(engine, urging.task_id, "Thôi.", act(Actor.ASSIGNER, now))


def _issued(engine: Engine, key: int) -> Any:
    [paper] = rows(engine, UrgingPaper, UrgingPaper.id == key)
    [urging] = rows(engine, Urging, Urging.paper_id == key)
    events = rows(engine, TaskEvent, TaskEvent.task_id == urging.task_id)
    return paper.number, [event.kind for event in events]


def _event(engine: Engine, key: int) -> int:
    """The event that the task waits for; the directive of each task names its own."""
    [task] = rows(engine, Task, Task.id == key)
    [found] = rows(engine, Directive, Directive.id == task.directive_id)
    return found.event_id or 0


def waits(number: int) -> Any:
    words = f"đề án số {number} được phê duyệt"
    phrase = f"trong 05 ngày làm việc kể từ ngày {words}"
    due = DraftDue(DueKind.NONE, phrase=phrase, anchor="event", event=words)
    return replace(directive("Triển khai.", FINANCE), due=due)


def _recording(day: str) -> Mover:
    return lambda engine, key, now: partial(
        record_event, engine, key, date.fromisoformat(day), act(Actor.SECRETARIAT, now)
    )


def _of_event(engine: Engine, key: int) -> Any:
    [event] = rows(engine, AwaitedEvent, AwaitedEvent.id == key)
    [task] = rows(
        engine, Task, Task.directive_id.in_(sa.select(Directive.id).where(Directive.event_id == key))
    )
    return event.happened_on, task.due_on, task.status, task.version


def _meeting(engine: Engine, key: int) -> int:
    return plan_meeting(engine, DAY, f"Họp số {key}", act(Actor.SECRETARIAT, FIRST))


def _twin(engine: Engine, key: int, now: datetime) -> Happening:
    [row] = rows(engine, Meeting, Meeting.id == key)
    return lambda: plan_meeting(engine, OTHER, row.title, act(Actor.SECRETARIAT, now))


def _of_meeting(engine: Engine, key: int) -> Any:
    [row] = rows(engine, Meeting, Meeting.id == key)
    twins = rows(engine, Meeting, Meeting.title == row.title, Meeting.id != key)
    return row.held_on, row.cancelled_at is None, [twin.held_on for twin in twins]


def _alias(engine: Engine, key: int) -> int:
    document = _stored(engine, key)
    with unit_of_work(engine) as session:
        row = ConfirmedAlias(
            alias=f"Tên {key}", alias_key=f"ten {key}", agency_id=FINANCE, document_id=document,
            confirmed_at=FIRST, author="x",
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id or 0


def _of_alias(engine: Engine, key: int) -> Any:
    return rows(engine, ConfirmedAlias, ConfirmedAlias.id == key)[0].withdrawn_at is None


def _putting_away(engine: Engine, key: int, now: datetime) -> Happening:
    """By the version that was looked at."""
    version = rows(engine, Document, Document.id == key)[0].version
    return partial(discard_draft, engine, Paper(key, version), act(Actor.SECRETARIAT, now))


def _put_away(engine: Engine, key: int) -> int:
    document = _stored(engine, key)
    discard_draft(engine, Paper(document, 0), act(Actor.SECRETARIAT, FIRST))
    return document


_ISSUE = {
    "save_draft": _saving,
    "save_reading": _reading_again,
    "issue_stored": _plain(issue_stored, None),
    "issue_ready": _plain(issue_ready, by=Actor.CLOCK),
    "issue_due": lambda engine, _key, now: partial(issue_due, engine, by_clock(now, office())),
    "take_back": _plain(take_back),
    "discard_draft": _putting_away,
}
#: Each noun with what is compared: the row as it is after the race.
OTHERS: dict[str, tuple[Noun, Any]] = {
    "a draft": (Noun(_stored, {**_ISSUE, "make_ready": _making_ready}), _document),
    "a document that waits": (Noun(_waiting, _ISSUE), _document),
    "a draft that was put away": (
        Noun(_put_away, {"restore_draft": _plain(restore_draft), "save_draft": _saving}),
        _document,
    ),
    "an issued document": (Noun(_given_out, {"supplement": _adding, "recall": _recalling}), _document),
    "a paper": (
        Noun(_paper, {"issue_paper: 1": _issuing("1/UBND-TH"), "issue_paper: 2": _issuing("2/UBND-TH"),
                      "withdraw": _its_task}),
        _issued,
    ),
    "an awaited event": (
        Noun(_event, {"record_event: 1": _recording("2022-08-16"),
                      "record_event: 2": _recording("2022-08-17")}),
        _of_event,
    ),
    "a meeting": (
        Noun(_meeting, {"move_meeting": _plain(move_meeting, OTHER), "cancel_meeting": _plain(cancel_meeting),
                        "plan_meeting": _twin}),
        _of_meeting,
    ),
    "a confirmed name": (Noun(_alias, {"withdraw_alias": _plain(withdraw_alias)}), _of_alias),
}  # fmt: skip
