"""A document that waits for its issue is taken back, also while the sweep is at it: one of the two wins."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from config.act import by_clock
from flows.actions.documents import intake, issue
from flows.actions.documents.intake import issue_stored, make_ready, save_draft, store_draft
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.take_back import NotWaiting, take_back
from flows.actions.follow_up import issue_due
from models.database.columns import MOST_ID
from models.tables.documents import Document, DocumentEvent
from models.tables.tasks import Task
from rules.draft import Draft
from rules.refusal import NotFound
from rules.vocabulary import Actor, DocumentMove, DocumentState
from tests.cast import DATED, ISSUED_ON, act, at, conclusion, dump, move_in, office, rows

ENTERED, DUE = at(ISSUED_ON), at(ISSUED_ON, "09:00")
LONG = 30.0
READY = (DocumentMove.MADE_READY, Actor.SECRETARIAT, DUE)
BACK = (DocumentMove.TAKEN_BACK, Actor.SECRETARIAT, None)


@pytest.fixture
def waiting(engine: Engine) -> int:
    """The id of a document that is to be issued at nine."""
    key = store_draft(move_in(engine), conclusion(DATED), "", act(Actor.SECRETARIAT, ENTERED))
    make_ready(engine, key, 0, DUE, act(Actor.SECRETARIAT, ENTERED))
    return key


def moves(engine: Engine) -> list[tuple[Any, ...]]:
    return [(row.kind, row.actor, row.issue_at) for row in rows(engine, DocumentEvent)]


def state(engine: Engine) -> DocumentState:
    [document] = rows(engine, Document)
    return DocumentState(document.state)


def sweep(engine: Engine) -> issue_due.IssueReport:
    return issue_due.issue_due(engine, by_clock(DUE, office()))


def test_it_is_a_draft_again_and_nobody_issues_it(engine: Engine, waiting: int) -> None:
    document = take_back(engine, waiting, act(Actor.SECRETARIAT, at(ISSUED_ON, "08:30")))
    assert (document.state, document.issue_at, document.version) == (DocumentState.DRAFT, None, 2)
    assert moves(engine) == [READY, BACK]
    assert [row.seq for row in rows(engine, DocumentEvent)] == [1, 2]
    assert rows(engine, DocumentEvent)[1].happened_at == at(ISSUED_ON, "08:30")
    assert sweep(engine) == issue_due.IssueReport()
    make_ready(engine, waiting, 2, DUE, act(Actor.SECRETARIAT, at(ISSUED_ON, "08:40")))
    assert sweep(engine).opened == ("GN-0001",)
    assert moves(engine) == [READY, BACK, READY, (DocumentMove.ISSUED, Actor.CLOCK, None)]


def test_issued_by_hand_is_told_from_issued_by_the_clock(engine: Engine, waiting: int) -> None:
    issue_stored(engine, waiting, 1, act(Actor.SECRETARIAT, DUE))
    assert moves(engine)[-1] == (DocumentMove.ISSUED, Actor.SECRETARIAT, None)


def test_what_does_not_wait_is_not_taken_back(engine: Engine, waiting: int) -> None:
    take_back(engine, waiting, act(Actor.SECRETARIAT, ENTERED))
    before = dump(engine)
    with pytest.raises(NotWaiting, match="chưa hẹn phát hành"):
        take_back(engine, waiting, act(Actor.SECRETARIAT, ENTERED))
    for key in (waiting + 1, MOST_ID + 1, -1):
        with pytest.raises(NotFound):
            take_back(engine, key, act(Actor.SECRETARIAT, ENTERED))
    assert dump(engine) == before
    issue_stored(engine, waiting, 2, act(Actor.SECRETARIAT, DUE))
    before = dump(engine)
    with pytest.raises(AlreadyIssued, match="đã được phát hành lúc 09:00 ngày 15/08/2022"):
        take_back(engine, waiting, act(Actor.SECRETARIAT, DUE))
    assert dump(engine) == before


def test_somebody_elses_correction_does_not_hinder_it(engine: Engine, waiting: int) -> None:
    save_draft(engine, waiting, 1, conclusion(DATED, number="9/TB"), act(Actor.SECRETARIAT, DUE))
    assert take_back(engine, waiting, act(Actor.SECRETARIAT, ENTERED)).number == "9/TB"


def test_taken_back_after_the_sweep_has_looked(
    engine: Engine, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*arguments: Any) -> list[int]:
        found = intake.ready_documents(*arguments)
        take_back(engine, waiting, act(Actor.SECRETARIAT, DUE))
        return found

    monkeypatch.setattr(issue_due, "ready_documents", looked)
    assert sweep(engine) == issue_due.IssueReport()
    assert state(engine) is DocumentState.DRAFT
    assert rows(engine, Task) == []


def test_put_off_after_the_sweep_has_looked(
    engine: Engine, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked(*arguments: Any) -> list[int]:
        found = intake.ready_documents(*arguments)
        make_ready(engine, waiting, 1, at(ISSUED_ON, "10:00"), act(Actor.SECRETARIAT, DUE))
        return found

    monkeypatch.setattr(issue_due, "ready_documents", looked)
    assert sweep(engine) == issue_due.IssueReport()
    assert state(engine) is DocumentState.READY


@pytest.mark.parametrize("place", ["assignments", "announce"])  # before the row is written, and after
def test_while_the_sweep_issues_it(
    engine: Engine, waiting: int, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    asked: list[Future[Any]] = []
    real = getattr(issue, place)
    with ThreadPoolExecutor(1) as pool:

        def meanwhile(*arguments: Any) -> Any:
            asked.append(pool.submit(take_back, engine, waiting, act(Actor.SECRETARIAT, DUE)))
            wait(asked, 0.3)  # it cannot get through; if it could, it would by now
            return real(*arguments)

        monkeypatch.setattr(issue, place, meanwhile)
        assert sweep(engine).opened == ("GN-0001",)
        assert isinstance(asked[0].exception(LONG), AlreadyIssued)
    assert state(engine) is DocumentState.ISSUED
    assert moves(engine) == [READY, (DocumentMove.ISSUED, Actor.CLOCK, None)]


def test_a_correction_while_the_sweep_issues_is_not_lost_in_silence(
    engine: Engine, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Future[Any]] = []
    real, corrected = issue.assignments, conclusion(DATED, number="9/TB")
    with ThreadPoolExecutor(1) as pool:

        def meanwhile(draft: Draft, *more: Any) -> Any:
            asked.append(pool.submit(save_draft, engine, waiting, 1, corrected, act(Actor.SECRETARIAT, DUE)))
            wait(asked, 0.3)
            return real(draft, *more)

        monkeypatch.setattr(issue, "assignments", meanwhile)
        sweep(engine)
        assert isinstance(asked[0].exception(LONG), intake.DraftChanged)
