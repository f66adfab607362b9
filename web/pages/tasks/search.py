"""What the search box finds whatever the filters: a task by its code, a document by its number."""

from dataclasses import dataclass

from sqlmodel import Session

from models.documents.cited import event_cited, source_cited
from models.documents.lookups import PaperFound, is_task, papers_numbered, tasks_numbered
from models.facts import code_of
from models.people.access.seen import may_see_document
from models.tasks.list_conditions import TaskFilter
from rules.documents.quoted import code_quoted, codes_named, papers_named
from rules.facts import TaskFacts
from rules.people.viewer import Viewer

_MOST = 10


@dataclass(frozen=True, slots=True)
class FoundByName:
    """What the typed words name, shown above the list."""

    missing: str  # the code that was typed and that no task has
    tasks: list[TaskFacts]
    papers: list[PaperFound]


@dataclass(frozen=True, slots=True)
class NarrowedTo:
    """What a list is narrowed to, in words, and its page."""

    link: str
    words: str


def code_typed(session: Session, words: str, viewer: Viewer) -> str | None:
    """The code of the task that ``words`` quote and nothing else, if ``viewer`` sees such a task."""
    number = code_quoted(words)
    return code_of(number) if number is not None and is_task(session, number, viewer) else None


def named(session: Session, words: str, viewer: Viewer) -> FoundByName:
    """Tasks and documents that ``words`` name by code or number, of those that are seen."""
    typed = code_quoted(words)
    if typed is not None:
        return FoundByName(code_of(typed), [], [])
    papers = papers_numbered(session, papers_named(words), _MOST, viewer)
    return FoundByName("", tasks_numbered(session, codes_named(words), viewer), papers)


def origin_of(session: Session, wanted: TaskFilter, viewer: Viewer) -> NarrowedTo | None:
    """The document or the event by which a list is narrowed; None if it is by neither, or not seen."""
    if wanted.document_id is not None:
        seen = may_see_document(session, viewer, wanted.document_id)
        source = source_cited(session, wanted.document_id) if seen else None
        place = f"#chi-dao-{wanted.ordinal}" if wanted.ordinal else ""
        words = f", chỉ đạo số {wanted.ordinal}" if wanted.ordinal else ""
        return NarrowedTo(f"/van-ban/{wanted.document_id}{place}", source + words) if source else None
    if wanted.event_id is not None and viewer.sees_all:
        event = event_cited(session, wanted.event_id)
        return NarrowedTo(f"/su-kien/{wanted.event_id}", f"sự kiện «{event}»") if event is not None else None
    return None
