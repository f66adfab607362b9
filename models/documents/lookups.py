"""One thing by its name, whatever list or filter one looks at: a task by its code, a paper by its number.

Tasks are found by their key. Numbers of papers are kept as they were written, so the database picks out
those with the same digits and ``rules/documents/quoted.py`` compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.database.columns import MOST_ID
from models.facts import facts_by_id, source_of
from models.people.access.seen import documents_seen, may_see_task, narrowed, tasks_seen_among
from models.tables.documents import Document
from models.tables.tasks import Task
from rules.documents.quoted import PaperNumber, names_paper
from rules.facts import TaskFacts
from rules.people.viewer import ANYBODY, Viewer
from rules.vocabulary import DocumentState

#: Whatever is not plain ASCII, Đ or a long dash may hold digits of another form.
_UNUSUAL = "[^ -~Đđ–—]"


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A document whose number was asked for."""

    id: int
    source: str  # "Thông báo kết luận số 412/TB-UBND ngày 16/12/2022"
    title: str
    state: DocumentState


def is_task(session: Session, number: int, viewer: Viewer = ANYBODY) -> bool:
    """Whether there is a task with this number, as far as ``viewer`` is told."""
    wanted = sa.select(Task.id).where(Task.id == number)
    there = 0 < number <= MOST_ID and session.scalar(wanted) is not None
    return there and may_see_task(session, viewer, number)


def tasks_numbered(session: Session, numbers: Sequence[int], viewer: Viewer = ANYBODY) -> list[TaskFacts]:
    """The tasks with these numbers, in this order; those that are none, or not seen, are left out."""
    known = [number for number in numbers if 0 < number <= MOST_ID]
    seen = tasks_seen_among(session, viewer, known)
    found = facts_by_id(session, [number for number in known if number in seen])
    return [found[number] for number in numbers if number in found]


def paper_ids(session: Session, asked: Sequence[PaperNumber], viewer: Viewer = ANYBODY) -> list[int]:
    """The ids of the documents seen whose number may be one of these, the newest first."""
    if not asked:
        return []
    query = sa.select(Document.id, Document.number).where(
        sa.or_(_unusual(session), *(Document.number.like(_digits(one)) for one in asked))
    )
    query = narrowed(query, documents_seen(viewer))
    rows = session.execute(query.order_by(Document.id.desc()))
    return [key for key, number in rows if any(names_paper(one, number) for one in asked)]


def papers_numbered(
    session: Session, asked: Sequence[PaperNumber], most: int, viewer: Viewer = ANYBODY
) -> list[PaperFound]:
    """The first ``most`` of them that are seen, as a page shows them."""
    ids = paper_ids(session, asked, viewer)[:most]
    columns = (Document.id, Document.kind, Document.number, Document.dated_on, Document.title, Document.state)
    rows = session.execute(sa.select(*columns).where(Document.id.in_(ids)).order_by(Document.id.desc()))
    return [
        PaperFound(key, source_of(kind, number, day), title, state)
        for key, kind, number, day, title, state in rows
    ]


def _digits(asked: PaperNumber) -> str:
    """1234 is in "1.234/UBND-TH" too."""
    return f"%{'%'.join(str(asked.figure))}%"


def _unusual(session: Session) -> Any:
    matches = "~" if session.get_bind().dialect.name == "postgresql" else "GLOB"
    pattern = _UNUSUAL if matches == "~" else f"*{_UNUSUAL}*"
    return Document.number.op(matches, is_comparison=True)(pattern)
