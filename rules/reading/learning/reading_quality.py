"""How well documents were read in real use, as judged by what people corrected before issuing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.draft import DraftDirective
from rules.reading.learning.corrections import Correction
from rules.vocabulary import CorrectionField

#: Fields of a directive that can be right or wrong by themselves.
FIELDS = tuple(f for f in CorrectionField if f not in (CorrectionField.ADDED, CorrectionField.DROPPED))
#: Stands for the pattern where the reader had seen no deadline at all.
NO_DEADLINE_READ = "no_deadline_read"


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """One issued document: its first reading and what was corrected in it."""

    first: Sequence[DraftDirective]
    corrections: Sequence[Correction]


@dataclass(frozen=True, slots=True)
class PatternRecord:
    """How often a rule of the reader was corrected; ``read`` counts the directives it was used in."""

    name: str
    corrected: int
    read: int


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """Counts, and rates between 0 and 1; a rate of nothing is None."""

    documents: int
    directives_read: int
    kept_as_read: int
    spurious: int
    missed: int
    precision: float | None
    recall: float | None
    field_accuracy: dict[str, float | None]
    with_doubt: int
    doubt_share: float | None
    right_without_doubt: float | None
    right_with_doubt: float | None
    most_corrected: tuple[PatternRecord, ...]


def reading_report(readings: Iterable[JudgedReading]) -> ReadingReport:
    """The report over these documents."""
    judged = list(readings)
    fields = Counter(row.field for one in judged for row in one.corrections)
    read = sum(len(one.first) for one in judged)
    spurious, missed = fields[CorrectionField.DROPPED], fields[CorrectionField.ADDED]
    doubtful, sure = _verdicts(judged)
    kept = read - spurious
    return ReadingReport(
        documents=len(judged),
        directives_read=read,
        kept_as_read=sum(doubtful) + sum(sure),
        spurious=spurious,
        missed=missed,
        precision=_rate(kept, read),
        recall=_rate(kept, kept + missed),
        field_accuracy={field.value: _rate(kept - fields[field], kept) for field in FIELDS},
        with_doubt=len(doubtful),
        doubt_share=_rate(len(doubtful), read),
        right_without_doubt=_rate(sum(sure), len(sure)),
        right_with_doubt=_rate(sum(doubtful), len(doubtful)),
        most_corrected=_patterns(judged),
    )


def _verdicts(judged: Sequence[JudgedReading]) -> tuple[list[bool], list[bool]]:
    """Whether each directive was fully right: those with a doubt, those without."""
    doubtful: list[bool] = []
    sure: list[bool] = []
    for one in judged:
        wrong = {row.ordinal for row in one.corrections if row.field is not CorrectionField.ADDED}
        for n, directive in enumerate(one.first, start=1):
            (doubtful if directive.doubts else sure).append(n not in wrong)
    return doubtful, sure


def _patterns(judged: Sequence[JudgedReading]) -> tuple[PatternRecord, ...]:
    corrected = Counter(_blamed(row) for one in judged for row in one.corrections)
    read = Counter(name for one in judged for each in one.first for name in _used(each))
    return tuple(
        PatternRecord(name, times, read[name])
        for name, times in sorted(corrected.items(), key=lambda item: (-item[1], item[0] or ""))
        if name is not None
    )


def _blamed(row: Correction) -> str | None:
    if row.field is CorrectionField.DUE:
        return row.due_read_by or NO_DEADLINE_READ
    return row.read_by


def _used(directive: DraftDirective) -> set[str]:
    return {directive.due.read_by or NO_DEADLINE_READ, *([directive.read_by] if directive.read_by else [])}


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None
