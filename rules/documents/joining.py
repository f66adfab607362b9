"""Two directives made one: their words joined, their fields combined, what contradicts itself doubted.

Source: issue 14, line 8. Nothing is lost: every body, deadline, mark and open doubt of the two is in the
one, or in a doubt of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import cast

from rules.calendar.recurrence_words import in_words
from rules.draft import (
    PLAIN_FIELDS,
    Doubt,
    DraftDirective,
    DraftDue,
    DueKind,
    Party,
    PlainFields,
    Span,
)

#: What stands between two items of a list: blanks, marks, the next number or letter.
_NOTHING_BETWEEN = re.compile(r"[\W_]{0,80}(?:(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-zđ])[.)/][\W_]{0,80})?")
_LONGEST_QUOTE = 160
_NEVER = date.max


def joined(text: str, one: DraftDirective, other: DraftDirective) -> DraftDirective:
    """The two as one, with the words of ``text`` from the first of the one to the last of the other.

    Words between the two that were in neither come with it, with a doubt that quotes them.
    """
    first, second = sorted((one, other), key=lambda each: (each.span.start, each.span.end))
    span = Span(first.span.start, max(first.span.end, second.span.end))
    between = text[first.span.end : max(first.span.end, second.span.start)]
    found = combined((first, second))
    if not _NOTHING_BETWEEN.fullmatch(between):
        words = (
            f"Giữa hai phần vừa ghép còn có câu “{quoted(between)}”, nay nằm trong chỉ đạo này; cần kiểm tra."
        )
        found = replace(found, doubts=(*found.doubts, Doubt("text", words)))
    return replace(found, text=text[span.start : span.end], span=span)


def combined(parts: Sequence[DraftDirective]) -> DraftDirective:
    """The first of ``parts`` with the fields of all; a body that leads does not cooperate besides."""
    lead = united(*(part.lead for part in parts))
    leading = {key_of(party) for party in lead}
    marks = {name: any(getattr(part, name) for part in parts) for name in PLAIN_FIELDS}
    marks["standing_rule"] = all(part.standing_rule for part in parts)  # else there is a task in it
    return replace(
        parts[0],
        lead=lead,
        cooperate=tuple(
            party for party in united(*(part.cooperate for part in parts)) if key_of(party) not in leading
        ),
        due=_due([part.due for part in parts]),
        report_to=united(*(part.report_to for part in parts)),
        doubts=_doubts(parts),
        **cast(PlainFields, marks),
    )


def united(*named: Sequence[Party]) -> tuple[Party, ...]:
    """Each body once, in the order in which it is named first."""
    found: dict[str, Party] = {}
    for party in chain(*named):
        found.setdefault(key_of(party), party)
    return tuple(found.values())


def key_of(party: Party) -> str:
    """What tells a party from others: its body, else its words."""
    return party.body_id or f"«{party.phrase}»"


def quoted(text: str) -> str:
    """The words of ``text`` in one line, cut where a doubt would grow too long."""
    words = " ".join(text.split()).strip(" ;,.:")
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE].rsplit(' ', 1)[0]}…"


def due_in_words(due: DraftDue) -> str:
    """A deadline as a doubt names it."""
    if due.date:
        return f"{due.date:%d/%m/%Y}"
    if due.rule:
        return in_words(due.rule)
    return f"“{' '.join(due.phrase.split())}”" if due.phrase else "không thời hạn"


def same_due(due: DraftDue, other: DraftDue) -> bool:
    """Whether two deadlines mean the same, whatever they were read from."""
    return (due.kind, due.date, due.rule) == (other.kind, other.date, other.rule)


def _due(dues: Sequence[DraftDue]) -> DraftDue:
    """The one that says something; of days the earliest, so that none is missed."""
    told = [due for due in dues if due.kind is not DueKind.NONE]
    if not told:
        return next((due for due in dues if due.phrase), dues[0])
    return min(told, key=lambda due: due.date or _NEVER) if told[0].date else told[0]


def _doubts(parts: Sequence[DraftDirective]) -> tuple[Doubt, ...]:
    led = any(part.lead for part in parts)
    kept = [
        doubt
        for part in parts
        for doubt in part.doubts
        if part.lead or not led or doubt.field != "lead"  # nobody leads it: the other part says who does
    ]
    return tuple(dict.fromkeys((*kept, *_of_leads(parts), *_of_dues(parts))))


def _of_leads(parts: Sequence[DraftDirective]) -> Iterator[Doubt]:
    named = {frozenset(map(key_of, part.lead)): part.lead for part in reversed(parts) if part.lead}
    if len(named) > 1:
        names = "; ".join(", ".join(party.phrase for party in lead) for lead in reversed(named.values()))
        words = f"Các phần ghi chủ trì khác nhau ({' '.join(names.split())}); cần xác định cơ quan chủ trì."
        yield Doubt("lead", words)


def _of_dues(parts: Sequence[DraftDirective]) -> Iterator[Doubt]:
    dues = [part.due for part in parts if part.due.kind is not DueKind.NONE]
    words = tuple(dict.fromkeys(map(due_in_words, dues)))
    if len(words) > 1:
        taken = due_in_words(_due(dues))
        both = "; ".join(words)
        yield Doubt("due", f"Các phần ghi thời hạn khác nhau ({both}); đang lấy {taken}, cần kiểm tra.")
