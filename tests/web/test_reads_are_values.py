"""What the pages read are values that outlive the session and know nothing of rows, for whoever asks next."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.office import Office
from models.committee.meetings_listed import meetings_gone
from models.db import reading, unit_of_work
from models.deadlines.recount_lists import recounted_on
from models.documents.cited import event_cited, source_cited
from models.documents.given import directives_given
from models.documents.listed import DocumentsAsked, listed_documents
from models.documents.moves import moves_of
from models.documents.parties import parties_of
from models.documents.tasks_made import tasks_made
from models.escalation.cases_over import cases_over
from models.escalation.open_case import open_case
from models.escalation.steps import steps_about_task
from models.escalation.waiting_cases import count_cases, waiting_cases
from models.escalation.whole_case import whole_case
from models.follow_up.papers import waiting_papers
from models.follow_up.urgings import urgings_of
from models.outbox.homeless_letters import homeless_letters
from models.outbox.letters_about_task import letters_about_task
from models.outbox.messages import listed_messages, message_counts
from models.tables.cases import EscalationCase
from models.tables.meetings import Meeting
from models.tables.reports import EvidenceFile, TaskReport
from models.tasks.origin import find_origin
from models.tasks.story.events import events_of
from models.tasks.story.evidence import find_evidence
from models.tasks.story.matter import matter_of
from rules.vocabulary import CaseState
from tests.web.conftest import NOW
from tests.web.every_noun import LEAD, fill
from tests.web.every_page import listening

TODAY = NOW.date()
PART = slice(0, 9)
PLAIN = (str, int, bool, date, Decimal)  # a word of a vocabulary is a str, an instant is a date
READS: dict[str, Callable[[Session], object]] = {
    "cases that wait": lambda session: waiting_cases(session, PART, TODAY),
    "cases that are over": lambda session: cases_over(session, PART, TODAY),
    "how many cases": count_cases,
    "one case": lambda session: whole_case(session, 1, TODAY),
    "the open case of a task": lambda session: open_case(session, 1),
    "steps about a task": lambda session: steps_about_task(session, 1),
    "documents": lambda session: listed_documents(session, DocumentsAsked(), 9).rows,
    "moves of a document": lambda session: moves_of(session, 1),
    "directives": lambda session: directives_given(session, 1),
    "bodies of directives": lambda session: parties_of(session, [1]),
    "tasks of directives": lambda session: tasks_made(session, [1]),
    "a paper as cited": lambda session: source_cited(session, 1),
    "an event as cited": lambda session: event_cited(session, 1),
    "urgings": lambda session: urgings_of(session, 1, {}),
    "messages": lambda session: listed_messages(session, None, TODAY, 30, PART),
    "messages by state": message_counts,
    "letters to nobody": lambda session: homeless_letters(session, TODAY, 9, gone=False),
    "letters": lambda session: letters_about_task(session, 1),
    "events": lambda session: events_of(session, 1),
    "a file": lambda session: find_evidence(session, 1),
    "meetings": lambda session: meetings_gone(session, TODAY, 9),
    "papers": lambda session: waiting_papers(session, TODAY, 9),
    "questions": lambda session: recounted_on(session, TODAY, PART),
    "all about a task": lambda session: matter_of(session, 1, 2, {}, TODAY),
}


def rows_in(value: object) -> set[str]:
    """The kinds of what is no value, wherever it lies in there."""
    if value is None or isinstance(value, PLAIN):
        return set()
    if is_dataclass(value):
        return rows_in([getattr(value, field.name) for field in fields(value)])
    if isinstance(value, Mapping):
        return rows_in([*value.keys(), *value.values()])
    if isinstance(value, list | tuple):
        return set().union(*map(rows_in, value))
    return {type(value).__name__}


@pytest.fixture
def full(busy: Engine, office: Office) -> Engine:
    """A row of each noun, a case and a meeting that are over, and a report with figures and a file."""
    fill(busy, office)
    with unit_of_work(busy) as session:
        said = dict.fromkeys(("missing_authority", "basis", "tried", "options", "recommendation"), "Vốn")
        first = session.get_one(EscalationCase, 1)
        when = {"raised_on": TODAY, "rung_since": TODAY, "answer_by": TODAY}
        session.add(EscalationCase(task_id=2, state=CaseState.LAPSED, rung=first.rung, **when, **said))
        kept = {"Vốn": {"value": "1.5", "unit": "tỷ đồng"}}
        session.add(TaskReport(id=1, task_id=1, agency_id=LEAD, event_seq=1, reported_on=TODAY, figures=kept))
        session.add(Meeting(held_on=date(2022, 12, 1), title="Phiên thứ nhất", entered_at=NOW))
        session.flush()
        file = {"media_type": "text/plain", "size": 1, "sha256": "0", "stored_as": "0"}
        session.add(EvidenceFile(id=1, report_id=1, name="so-lieu.txt", **file))
    return busy


def test_nothing_of_a_row_comes_out(full: Engine) -> None:
    with reading(full) as session:
        found = {what: ask(session) for what, ask in READS.items()}
    assert {what for what, value in found.items() if not value} == set()
    assert {what: rows for what, value in found.items() if (rows := rows_in(value))} == {}


def test_the_origin_of_a_task_is_its_row_and_values(full: Engine) -> None:
    with reading(full) as session:
        origin = find_origin(session, 1)
        assert origin is not None
        assert rows_in(origin) == {"Task"}
        assert find_origin(session, 10**9) is None
        assert whole_case(session, 10**9, TODAY) is None
        assert find_evidence(session, 10**9) is None


def test_a_list_leaves_texts_and_drafts_where_they_are(full: Engine) -> None:
    with listening(full) as asked, reading(full) as session:
        listed_documents(session, DocumentsAsked(), 9)
    said = "\n".join(asked)
    assert "document.title" in said
    assert "document.text" not in said
    assert "document.draft" not in said
