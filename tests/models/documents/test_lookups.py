"""Tasks by their code and papers by their number, on both databases.

Seen to fail when a number is compared as it was written, when a code narrows the words instead of
replacing them, and when digits of full width are left to LIKE.
"""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.db import reading, unit_of_work
from models.documents.lookups import is_task, paper_ids, papers_numbered, tasks_numbered
from models.tables.documents import Document
from models.tasks.list_conditions import TaskFilter
from models.tasks.listing import task_page
from rules.documents.quoted import papers_named
from rules.vocabulary import DocumentState
from tests.cast import DATED, DUE_ON, at, issue, move_in

NUMBERS = ("412/TB-UBND", "4.120/UBND-TH", "412/KH-UBND", "４１２-KL/TU", None, "12/TB-UBND")


@pytest.fixture
def archive(engine: Engine) -> Engine:
    """Task 1 of an issued notice, and documents 2 to 7 with the numbers above."""
    issue(move_in(engine), DATED)
    with unit_of_work(engine) as session:
        for number in NUMBERS:
            state = DocumentState.RECALLED if number == NUMBERS[2] else DocumentState.ISSUED
            session.add(Document(state=state, kind="notice", number=number, entered_at=at("2022-08-15")))
    return engine


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("412/TB-UBND", [2]),
        ("412", [5, 4, 2]),
        ("tb412", [2]),
        ("412-kl/tu", [5]),
        ("4120/UBND-TH", [3]),
        ("12", [7]),
        ("99", []),
        ("hợp tác xã", []),
    ],
)
def test_papers_by_their_number(archive: Engine, typed: str, found: list[int]) -> None:
    with reading(archive) as session:
        assert paper_ids(session, papers_named(typed)) == found
        shown = papers_numbered(session, papers_named(typed), 2)
        assert [one.id for one in shown] == found[:2]


def test_a_paper_says_what_it_is(archive: Engine) -> None:
    with reading(archive) as session:
        [one] = papers_numbered(session, papers_named("412/KH-UBND"), 9)
    assert (one.source, one.state) == ("Thông báo kết luận số 412/KH-UBND", DocumentState.RECALLED)


def test_tasks_by_their_number(archive: Engine) -> None:
    with reading(archive) as session:
        assert [is_task(session, number) for number in (1, 2, 0, -1, 2**63, 10**40)] == [True] + [False] * 5
        assert [one.code for one in tasks_numbered(session, (9, 1, 10**40))] == ["GN-0001"]


def test_a_code_reads_no_text(archive: Engine) -> None:
    statements: list[str] = []
    sa.event.listen(archive, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
    with reading(archive) as session:
        page = task_page(session, TaskFilter(words="gn1"), DUE_ON, 9)
    assert [task.id for task in page.rows] == [1]
    assert reads_text(statements) == []
    with reading(archive) as session:  # words do, and are seen to
        task_page(session, TaskFilter(words="kinh phí"), DUE_ON, 9)
    assert reads_text(statements) != []


def reads_text(statements: list[str]) -> list[str]:
    return [text for text in statements if "folded" in text or "normalize" in text]


def test_a_code_that_no_task_has_is_looked_for_in_the_texts(archive: Engine) -> None:
    with reading(archive) as session:
        assert task_page(session, TaskFilter(words="GN-0099"), DUE_ON, 9).rows == ()
