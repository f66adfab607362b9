"""The first reading is kept, and what was corrected in it is logged when the document is issued."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from flows.actions.documents.intake import issue_stored, save_draft, save_reading, store_draft
from flows.actions.documents.issue import publish_corrected
from flows.actions.documents.open_questions import all_confirmed
from flows.actions.reading.aliases import Names
from flows.actions.reading.correction_log import judged_readings
from flows.actions.reading.draft_form import DraftError
from flows.actions.reading.first_reading import first_reading_json, first_reading_of
from models.db import reading
from models.tables.documents import Document
from models.tables.learned import ReadingCorrection
from models.trail.rows import TrailRow
from rules.draft import Doubt, Draft, DraftDirective, Party, Span
from rules.reading.learning.reading_quality import reading_report
from rules.vocabulary import Actor
from rules.vocabulary import CorrectionField as F
from tests.cast import (
    DATED,
    EVERY_KIND,
    ISSUED_ON,
    MONTHLY,
    OPEN_ENDED,
    RULE,
    act,
    at,
    by,
    conclusion,
    issue,
    move_in,
    party,
    rows,
)

NOW = at(ISSUED_ON)
OFFICE = act(Actor.SECRETARIAT, NOW)
DOUBTFUL = replace(DATED, doubts=(Doubt("lead", "Chưa rõ."),), read_by="told")
_TEXT = "Giao Ban QLDA ODA rà soát."
UNKNOWN = replace(DATED, text=_TEXT, lead=(Party("Ban QLDA ODA", None),))


def _placed(draft: Draft) -> tuple[DraftDirective, ...]:
    """The directives with their true places in the text."""
    starts = [draft.document.text.index(one.text) for one in draft.directives]
    return tuple(
        replace(one, span=Span(at, at + len(one.text)))
        for one, at in zip(draft.directives, starts, strict=True)
    )


def _issue_corrected(engine: Engine, read: Draft, corrected: Draft, names: Names = ()) -> int:
    key = store_draft(engine, read, "265.txt", act(Actor.SECRETARIAT, NOW))
    save_draft(engine, key, 0, corrected, act(Actor.SECRETARIAT, NOW), names)
    issue_stored(engine, key, 1, act(Actor.SECRETARIAT, NOW), all_confirmed(corrected, ISSUED_ON))
    return key


def _logged(engine: Engine) -> list[tuple[int, F, bool]]:
    return [(row.ordinal, row.field, row.had_doubt) for row in rows(engine, ReadingCorrection)]


def test_what_was_changed_is_logged_at_issue(engine: Engine) -> None:
    move_in(engine)
    whole = conclusion(DOUBTFUL, OPEN_ENDED, RULE, MONTHLY)
    first, second, third, fourth = _placed(whole)
    read = replace(whole, directives=(first, second, third))
    changed = replace(first, lead=(party("sct"),), due=by(date(2022, 9, 30)))
    corrected = replace(whole, directives=(changed, third, fourth))
    _issue_corrected(engine, read, corrected)
    assert sorted(_logged(engine)) == [
        (1, F.DUE, False),
        (1, F.LEAD, True),
        (2, F.DROPPED, False),
        (3, F.ADDED, False),
    ]
    [lead] = rows(engine, ReadingCorrection, ReadingCorrection.field == F.LEAD)
    assert (lead.before, lead.after) == (
        [{"id": "stc", "phrase": "stc"}],
        [{"id": "sct", "phrase": "Sở Công Thương"}],
    )
    assert (lead.read_by, lead.issued_at) == ("told", NOW)
    [added] = rows(engine, ReadingCorrection, ReadingCorrection.field == F.ADDED)
    assert added.before is None
    with engine.connect() as connection:
        null = sa.select(sa.func.count()).select_from(ReadingCorrection)
        assert connection.scalar(null.where(ReadingCorrection.before.is_(None))) == 1


def test_saving_never_changes_the_first_reading(engine: Engine) -> None:
    move_in(engine)
    read = conclusion(DOUBTFUL, OPEN_ENDED)
    _issue_corrected(engine, read, replace(read, directives=(OPEN_ENDED,)))
    [document] = rows(engine, Document)
    assert first_reading_of(document.first_reading, "") == read.directives


def test_after_another_reading_corrections_are_measured_against_that_one(engine: Engine) -> None:
    """Of what the second reading found differently nothing is the secretariat's."""
    move_in(engine)
    key = store_draft(engine, conclusion(DOUBTFUL), "kl.docx", OFFICE)
    again = conclusion(OPEN_ENDED, UNKNOWN)
    save_reading(engine, key, 0, again, again.directives, OFFICE)
    [document] = rows(engine, Document)
    assert first_reading_of(document.first_reading, "") == again.directives
    assert [row.data["did"] for row in rows(engine, TrailRow)][-1] == {"document.read_again": 1}
    corrected = replace(again, directives=(OPEN_ENDED, replace(UNKNOWN, lead=(party("bqlda1"),))))
    save_draft(engine, key, 1, corrected, OFFICE)
    issue_stored(engine, key, 2, OFFICE)
    assert [(ordinal, field) for ordinal, field, _ in _logged(engine)] == [(2, F.LEAD)]


def test_an_untouched_reading_logs_nothing(engine: Engine) -> None:
    move_in(engine)
    read = conclusion(*EVERY_KIND)
    _issue_corrected(engine, read, read)
    issue(engine, OPEN_ENDED, number="266/TB-UBND")
    assert _logged(engine) == []
    with reading(engine) as session:
        report = reading_report(judged_readings(session, None, None))
    assert (report.documents, report.directives_read, report.kept_as_read) == (2, 8, 8)


def test_a_name_learned_meanwhile_does_not_excuse_the_reading(engine: Engine) -> None:
    """The phrase was not understood when it was read, even if the register knows it now."""
    move_in(engine)
    read = conclusion(UNKNOWN)
    corrected = replace(read, directives=(replace(UNKNOWN, lead=(party("bqlda1"),)),))
    _issue_corrected(engine, read, corrected, (("Ban QLDA ODA", "bqlda1"),))
    assert _logged(engine) == [(1, F.LEAD, False)]


def test_a_file_without_its_first_reading_logs_nothing(engine: Engine) -> None:
    move_in(engine)
    publish_corrected(engine, conclusion(DATED), None, act(Actor.SECRETARIAT, NOW), "a.json")
    assert _logged(engine) == []
    with reading(engine) as session:
        assert judged_readings(session, None, None) == []
    with engine.connect() as connection:
        assert connection.scalar(sa.select(Document.id).where(Document.first_reading.is_(None))) == 1


def test_a_file_with_its_first_reading_is_measured_against_it(engine: Engine) -> None:
    move_in(engine)
    publish_corrected(
        engine, conclusion(OPEN_ENDED), (DATED, OPEN_ENDED), act(Actor.SECRETARIAT, NOW), "b.json"
    )
    assert _logged(engine) == [(1, F.DROPPED, False)]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(None, None, 1), ("2022-08-15", "2022-08-15", 1), ("2022-08-16", None, 0), (None, "2022-08-14", 0)],
)
def test_days_are_those_of_the_office(
    engine: Engine, first: str | None, last: str | None, found: int
) -> None:
    issue(move_in(engine), DATED, clock="00:05")  # in UTC it is still the day before
    first_day, last_day = (date.fromisoformat(one) if one else None for one in (first, last))
    with reading(engine) as session:
        assert len(judged_readings(session, first_day, last_day)) == found


@pytest.mark.parametrize("value", ["x", [{"text": 1}], [{"text": "a\0", "span": {"start": 0, "end": 1}}]])
def test_a_spoilt_first_reading_is_refused(value: object) -> None:
    with pytest.raises(DraftError, match=r"“b.json”, trường first_reading.* đã bị sửa sai mẫu"):
        first_reading_of(value, "b.json")


@given(st.permutations(EVERY_KIND))
def test_a_first_reading_comes_back_as_it_was(directives: list[DraftDirective]) -> None:
    read = (DOUBTFUL, UNKNOWN, *directives)
    assert first_reading_of(first_reading_json(read), "") == read
