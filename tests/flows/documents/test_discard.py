"""A draft is put away and brought back; whatever is no draft is left alone."""

import pytest
from sqlalchemy.engine import Engine

from flows.actions.documents.discard import discard_draft, restore_draft
from flows.actions.documents.intake import (
    DraftChanged,
    issue_stored,
    make_ready,
    save_draft,
    store_draft,
    stored_draft,
)
from flows.actions.documents.issued_document import Paper
from flows.actions.documents.publishable import PublishError
from flows.actions.documents.recall import recall
from models.database.columns import MOST_ID
from models.db import reading
from models.documents.same_file import from_same_file
from models.tables.documents import Document, DocumentEvent
from models.trail.rows import TrailRow
from rules.refusal import NotAllowed, NotFound, Overtaken
from rules.vocabulary import Actor, DocumentMove, DocumentState
from tests.cast import DATED, ISSUED_ON, act, at, conclusion, dump, move_in, rows

NOW, DUE = at(ISSUED_ON), at(ISSUED_ON, "09:00")
OFFICE = act(Actor.SECRETARIAT, NOW)


@pytest.fixture
def draft(engine: Engine) -> int:
    """The id of a draft."""
    return store_draft(move_in(engine), conclusion(DATED), "kl.docx", OFFICE, "ab" * 32)


def state(engine: Engine) -> DocumentState:
    return DocumentState(rows(engine, Document)[0].state)


def test_it_comes_back_as_it_was(engine: Engine, draft: int) -> None:
    save_draft(engine, draft, 0, conclusion(DATED, number="9/TB"), OFFICE)
    discard_draft(engine, Paper(draft, 1), OFFICE)
    assert state(engine) is DocumentState.DISCARDED
    restore_draft(engine, draft, OFFICE)
    assert state(engine) is DocumentState.DRAFT
    with reading(engine) as session:
        assert stored_draft(session, draft)[1].document.number == "9/TB"
    kinds = [(row.kind, row.seq) for row in rows(engine, DocumentEvent)]
    assert kinds == [(DocumentMove.DISCARDED, 2), (DocumentMove.RESTORED, 3)]
    deeds = [row.data["did"] for row in rows(engine, TrailRow)][-2:]
    assert deeds == [{"document.discarded": 1}, {"document.restored": 1}]
    issue_stored(engine, draft, 3, OFFICE)


def test_it_is_neither_saved_nor_issued_meanwhile(engine: Engine, draft: int) -> None:
    discard_draft(engine, Paper(draft, 0), OFFICE)
    before = dump(engine)
    with pytest.raises(DraftChanged):
        save_draft(engine, draft, 1, conclusion(DATED), OFFICE)
    with pytest.raises(DraftChanged):
        make_ready(engine, draft, 1, DUE, OFFICE)
    for version in (1, None):
        with pytest.raises(PublishError, match="đã được bỏ"):
            issue_stored(engine, draft, version, OFFICE)
    with pytest.raises(NotAllowed, match="đã được bỏ trước đó"):
        discard_draft(engine, Paper(draft, 1), OFFICE)
    assert dump(engine) == before


def test_what_was_issued_or_waits_for_it_is_not_put_away(engine: Engine, draft: int) -> None:
    make_ready(engine, draft, 0, DUE, OFFICE)
    with pytest.raises(NotAllowed, match="đưa về dự thảo trước"):
        discard_draft(engine, Paper(draft, 1), OFFICE)
    issue_stored(engine, draft, 1, act(Actor.SECRETARIAT, DUE))
    for version in (1, 2):
        with pytest.raises(NotAllowed, match="đã được phát hành"):
            discard_draft(engine, Paper(draft, version), OFFICE)
    recall(engine, Paper(draft, 2), "Nhầm.", act(Actor.SECRETARIAT, DUE))
    with pytest.raises(NotAllowed, match="đã được phát hành"):
        discard_draft(engine, Paper(draft, 3), OFFICE)
    with pytest.raises(NotAllowed, match="không ở trong"):
        restore_draft(engine, draft, OFFICE)
    assert state(engine) is DocumentState.RECALLED


def test_what_somebody_has_changed_since_is_not_put_away(engine: Engine, draft: int) -> None:
    save_draft(engine, draft, 0, conclusion(DATED, number="9/TB"), OFFICE)
    with pytest.raises(Overtaken):
        discard_draft(engine, Paper(draft, 0), OFFICE)
    for key in (draft + 1, MOST_ID + 1, -1):
        with pytest.raises(NotFound):
            discard_draft(engine, Paper(key, 0), OFFICE)
        with pytest.raises(NotFound):
            restore_draft(engine, key, OFFICE)
    assert state(engine) is DocumentState.DRAFT


def test_the_same_file_is_known_again(engine: Engine, draft: int) -> None:
    second = store_draft(engine, conclusion(DATED), "khac.docx", OFFICE, "ab" * 32)
    store_draft(engine, conclusion(DATED), "kl.docx", OFFICE, "cd" * 32)
    store_draft(engine, conclusion(DATED), "kl.docx", OFFICE)
    discard_draft(engine, Paper(second, 0), OFFICE)
    with reading(engine) as session:
        found = from_same_file(session, "ab" * 32)
        assert from_same_file(session, "ef" * 32) == ()
    assert [(one.id, one.state) for one in found] == [
        (draft, DocumentState.DRAFT),
        (second, DocumentState.DISCARDED),
    ]
