"""The account of the operative part follows what a person dropped and added."""

from pathlib import Path

import pytest

from rules.documents.coverage import BY_HAND, recounted
from rules.draft import Draft, DraftDirective, Mark, Span, Statement
from rules.reading import read_text
from tests.rules.reading.test_statements import DOCUMENTS, HEAD, REGISTRY

TEXT = (
    HEAD + "1. Phấn đấu đến cuối năm có thêm 05 xã.\n2. Giao Sở Y tế rà soát.\n3. Giao Sở Tư pháp rà soát.\n"
)


@pytest.fixture(scope="module")
def draft() -> Draft:
    return read_text(TEXT, REGISTRY)


def marks(statements: tuple[Statement, ...]) -> list[tuple[Mark, bool]]:
    return [(one.mark, one.read_by == BY_HAND) for one in statements]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_what_nobody_corrected_stays_as_it_was_read(path: Path) -> None:
    read = read_text(path.read_text(encoding="utf-8"), REGISTRY)
    assert recounted(read.statements, read.directives) == read.statements


def test_a_dropped_directive_is_no_task(draft: Draft) -> None:
    first, second = draft.directives
    after = recounted(draft.statements, [second], [first.span])
    assert marks(after) == [(Mark.ORIENTATION, False), (Mark.NO_TASK, True), (Mark.DIRECTIVE, False)]
    assert after[1].reason == "Văn phòng xác định không phải nhiệm vụ"
    assert [one.span for one in after] == [one.span for one in draft.statements]
    assert recounted(after, [second]) == after
    again = recounted(after, draft.directives)
    assert marks(again) == [(Mark.ORIENTATION, False), (Mark.DIRECTIVE, True), (Mark.DIRECTIVE, False)]


def test_an_added_directive_is_a_task(draft: Draft) -> None:
    goal = draft.statements[0].span
    after = recounted(draft.statements, [DraftDirective("Phấn đấu", goal), *draft.directives])
    assert marks(after)[0] == (Mark.DIRECTIVE, True)


def test_a_sentence_with_another_directive_stays_a_task(draft: Draft) -> None:
    first, second = draft.directives
    twin = DraftDirective(first.text, first.span)
    assert recounted(draft.statements, [twin, second], [first.span]) == draft.statements


def test_what_lies_in_no_statement_gets_its_own(draft: Draft) -> None:
    heading = Span(0, 9)
    after = recounted(draft.statements, draft.directives, [heading, heading])
    assert after[1:] == draft.statements
    assert (after[0].span, after[0].mark, after[0].read_by) == (heading, Mark.NO_TASK, BY_HAND)
    assert recounted((), draft.directives, [draft.directives[0].span]) == ()
