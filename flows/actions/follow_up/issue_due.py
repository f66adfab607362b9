"""Issue what is due to be issued: documents made ready, and next occurrences of recurring duties."""

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.documents.intake import issue_ready, ready_documents
from flows.actions.documents.publishable import PublishError
from flows.actions.follow_up.recurring import open_next_occurrences
from rules.calendar.workdays import NoCalendar


@dataclass(frozen=True, slots=True)
class IssueReport:
    """Sources issued, codes of tasks opened, and documents that could not be issued with why.

    ``waiting`` are codes of recurring duties whose next day lies in a year without its calendar.
    """

    issued: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    waiting: tuple[str, ...] = ()


def issue_due(engine: Engine, act: Act) -> IssueReport:
    """Each document in a transaction of its own: one that fails never stops the others."""
    issued: list[str] = []
    codes: list[str] = []
    refused: list[tuple[int, str]] = []
    for document_id in ready_documents(engine, act.now):
        try:
            published = issue_ready(engine, document_id, act)
        except (PublishError, NoCalendar) as error:
            refused.append((document_id, str(error)))
            continue
        if published is None:
            continue
        issued.append(published.source)
        codes += published.task_codes
    opened = open_next_occurrences(engine, act)
    return IssueReport(tuple(issued), (*codes, *opened.codes), tuple(refused), opened.waiting)
