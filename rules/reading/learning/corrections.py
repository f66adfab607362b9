"""What people changed in a reading: the directives as first read against those that were issued.

A directive is recognised by its words and its place in the text, so dropping one does not shift
the others. Bodies are compared by their ids, deadlines by day or recurrence, texts by their words.
One that was cut, or several that were joined, are a change of their text: nothing was read past or read
in vain, and their other fields are compared as those of the whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.documents.joining import combined
from rules.draft import DraftDirective, Party
from rules.reading.learning.regrouping import Regrouped, is_part, overlap, regrouped
from rules.text.stored import Json
from rules.vocabulary import CorrectionField


@dataclass(frozen=True, slots=True)
class Correction:
    """One changed field; ``before`` and ``after`` are JSON values.

    ``ordinal`` (1, 2, 3...) counts in the first reading; of an added directive, in what was issued.
    """

    ordinal: int
    field: CorrectionField
    before: Json
    after: Json
    had_doubt: bool
    read_by: str | None
    due_read_by: str | None


def corrections(first: Sequence[DraftDirective], issued: Sequence[DraftDirective]) -> tuple[Correction, ...]:
    """Every difference, in the order of the first reading; then what was added."""
    pairs = _paired(first, issued)
    same = {n: m for n, m in pairs.items() if _words(first[n]) == _words(issued[m])}
    groups = regrouped(first, issued, same)
    grouped = {n: group for group in groups for n in group.read}
    found: list[Correction] = []
    for n, read in enumerate(first):
        if n in grouped:
            found += _recut(n, grouped[n], first, issued)
        elif n in pairs:
            found += _changes(n + 1, read, issued[pairs[n]])
        else:
            found.append(_row(n + 1, CorrectionField.DROPPED, read, summary(read), None))
    known = {
        *(m for n, m in pairs.items() if n not in grouped),
        *(m for group in groups for m in group.issued),
    }
    return (*found, *(_added(n + 1, one) for n, one in enumerate(issued) if n not in known))


def _recut(
    place: int, group: Regrouped, first: Sequence[DraftDirective], issued: Sequence[DraftDirective]
) -> list[Correction]:
    """Its text as it was cut or joined; with the first of the group what else became of the whole."""
    read, parts = first[place], [issued[m] for m in group.issued if is_part(first[place], issued[m])]
    texts: list[Json] = [part.text for part in parts]
    after = texts[0] if len(texts) == 1 else texts
    rows = [_row(place + 1, CorrectionField.TEXT, read, read.text, after)]
    if place == group.read[0]:
        before = combined([first[n] for n in group.read])
        whole = combined([issued[m] for m in group.issued])
        rows += [one for one in _changes(place + 1, before, whole) if one.field is not CorrectionField.TEXT]
    return rows


def summary(directive: DraftDirective) -> dict[str, Json]:
    """Every compared field of a directive, by the field's word."""
    return {field.value: shown(directive) for field, shown in _FIELDS.items()}


def _changes(ordinal: int, read: DraftDirective, issued: DraftDirective) -> list[Correction]:
    return [
        _row(ordinal, field, read, _FIELDS[field](read), _FIELDS[field](issued))
        for field, key in _KEYS.items()
        if key(read) != key(issued)
    ]


def _row(ordinal: int, field: CorrectionField, read: DraftDirective, before: Json, after: Json) -> Correction:
    about = [doubt.field for doubt in read.doubts]
    had_doubt = bool(about) if field is CorrectionField.DROPPED else field.value in about
    return Correction(ordinal, field, before, after, had_doubt, read.read_by, read.due.read_by)


def _added(ordinal: int, issued: DraftDirective) -> Correction:
    """Nobody had read it, so no doubt and no rule speaks of it."""
    return Correction(ordinal, CorrectionField.ADDED, None, summary(issued), False, None, None)


def _paired(first: Sequence[DraftDirective], issued: Sequence[DraftDirective]) -> dict[int, int]:
    """Place in ``first`` -> place in ``issued``: the same words, then the most text in common."""
    likeness = sorted(
        (
            (_likeness(read, one), -abs(n - m), n, m)
            for n, read in enumerate(first)
            for m, one in enumerate(issued)
            if _words(read) == _words(one) or is_part(read, one)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in likeness:
        if n not in pairs and m not in taken:
            pairs[n] = m
            taken.add(m)
    return pairs


def _likeness(read: DraftDirective, issued: DraftDirective) -> tuple[bool, int, int]:
    """Two directives may share one sentence: then the one with more fields in common is meant."""
    equal = sum(key(read) == key(issued) for key in _KEYS.values())
    return _words(read) == _words(issued), overlap(read, issued), equal


def _words(directive: DraftDirective) -> tuple[str, ...]:
    return tuple(directive.text.split())


def _bodies(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(party.body_id or f"«{party.phrase}»" for party in parties)


def _named(parties: Sequence[Party]) -> Json:
    return [{"id": party.body_id, "phrase": party.phrase} for party in parties]


def _due(directive: DraftDirective) -> Json:
    due = directive.due
    day = due.date.isoformat() if due.date else None
    return {"kind": due.kind.value, "date": day, "rule": due.rule, "phrase": due.phrase}


#: What a correction says of a field...
_FIELDS: dict[CorrectionField, Callable[[DraftDirective], Json]] = {
    CorrectionField.TEXT: lambda one: one.text,
    CorrectionField.LEAD: lambda one: _named(one.lead),
    CorrectionField.COOPERATE: lambda one: _named(one.cooperate),
    CorrectionField.DUE: _due,
    CorrectionField.REPORT_TO: lambda one: _named(one.report_to),
    CorrectionField.ESCALATION: lambda one: {
        "escalation": one.escalation,
        "standing_rule": one.standing_rule,
    },
}
#: ... and what makes two readings of it the same.
_KEYS: dict[CorrectionField, Callable[[DraftDirective], object]] = {
    CorrectionField.TEXT: _words,
    CorrectionField.LEAD: lambda one: _bodies(one.lead),
    CorrectionField.COOPERATE: lambda one: _bodies(one.cooperate),
    CorrectionField.DUE: lambda one: (one.due.kind, one.due.date, one.due.rule),
    CorrectionField.REPORT_TO: lambda one: _bodies(one.report_to),
    CorrectionField.ESCALATION: lambda one: (one.escalation, one.standing_rule),
}
