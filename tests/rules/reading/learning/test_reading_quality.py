"""The report on readings, by hand on two small documents."""

from dataclasses import replace

import pytest

from rules.draft import Doubt, DraftDirective, DraftDue, DueKind, Party, Span
from rules.reading.learning.corrections import corrections
from rules.reading.learning.reading_quality import (
    NO_DEADLINE_READ,
    JudgedReading,
    PatternRecord,
    reading_report,
)


def _read(n: int, **more: object) -> DraftDirective:
    text = f"Chỉ đạo thứ {n}."
    directive = DraftDirective(text, Span(n * 50, n * 50 + len(text)), (Party("STC", "stc"),), read_by="told")
    return replace(directive, **more)  # type: ignore[arg-type]


def _judged(first: list[DraftDirective], issued: list[DraftDirective]) -> JudgedReading:
    return JudgedReading(first, corrections(first, issued))


def test_by_hand() -> None:
    doubt = (Doubt("due", "Cần kiểm tra."),)
    dated = DraftDue(DueKind.RECURRING, rule="monthly", read_by="month")
    first = [_read(1), _read(2, doubts=doubt, due=dated), _read(3), _read(4, read_by="praised")]
    issued = [_read(1), _read(2, due=DraftDue()), _read(3, lead=(Party("SCT", "sct"),)), _read(9)]
    report = reading_report([_judged(first, issued), _judged([_read(1)], [_read(1)])])
    assert (report.documents, report.directives_read, report.kept_as_read) == (2, 5, 2)
    assert (report.spurious, report.missed) == (1, 1)
    assert report.precision == report.recall == pytest.approx(4 / 5)
    assert report.field_accuracy["lead"] == report.field_accuracy["due"] == pytest.approx(3 / 4)
    assert report.field_accuracy["text"] == 1
    assert (report.with_doubt, report.doubt_share) == (1, pytest.approx(1 / 5))
    assert report.right_without_doubt == pytest.approx(2 / 4)
    assert report.right_with_doubt == 0
    assert report.most_corrected == (
        PatternRecord("month", 1, 1),
        PatternRecord("praised", 1, 1),
        PatternRecord("told", 1, 4),
    )


def test_a_deadline_that_was_not_seen_is_nobodys_pattern() -> None:
    report = reading_report([_judged([_read(1)], [_read(1, due=DraftDue(DueKind.RECURRING, rule="daily"))])])
    assert report.most_corrected == (PatternRecord(NO_DEADLINE_READ, 1, 1),)


def test_of_nothing() -> None:
    report = reading_report([])
    assert (report.documents, report.precision, report.right_without_doubt) == (0, None, None)
    assert set(report.field_accuracy.values()) == {None}
