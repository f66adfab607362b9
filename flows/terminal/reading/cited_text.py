"""The words of a directive with those marked that say who and by when, and a deadline in words."""

import re
from datetime import date

from rich.text import Text

from rules.calendar.recurrence_words import in_words
from rules.draft import DraftDirective, DraftDue, DueKind

QUOTED_PARTY, UNKNOWN_PARTY, QUOTED_DUE = "green", "bold red", "bold cyan"
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


def cited(directive: DraftDirective) -> Text:
    """The directive's text on one line, the cells of a row parted by bars."""
    shown, places = "", list[int]()
    for piece in re.findall(r"\s+|\S+", directive.text):
        if piece.isspace():
            places += [len(shown)] * len(piece)
            shown += " | " if "\t" in piece else " "
        else:
            places += range(len(shown), len(shown) + len(piece))
            shown += piece
    places.append(len(shown))
    text, whole = Text(shown), directive.span
    parties = (*directive.lead, *directive.cooperate)
    marks = [(party.span, QUOTED_PARTY if party.body_id else UNKNOWN_PARTY) for party in parties]
    for span, style in [*marks, (directive.due.span, QUOTED_DUE)]:
        if span and whole.start <= span.start < span.end <= whole.end:
            text.stylize(style, places[span.start - whole.start], places[span.end - whole.start])
    return text


def due_text(due: DraftDue) -> Text:
    """The deadline in few words."""
    if due.kind is DueKind.DATE and due.date:
        return Text(day_words(due.date), style=QUOTED_DUE)
    if due.kind is DueKind.RECURRING:
        return Text(in_words(due.rule or ""), style=QUOTED_DUE)
    if due.phrase:
        return Text("chưa tính được ngày", style="bold yellow")
    return Text("không thời hạn", style="dim")


def due_grounds(due: DraftDue) -> list[Text]:
    """The words that the deadline was read from, and what is inexact about it."""
    found = [Text(f"«{' '.join(due.phrase.split())}»", QUOTED_DUE)] if due.phrase else []
    found += [Text("gần đúng")] if due.approximate else []
    return found + ([Text(f"tính từ: {' '.join(due.event.split())}")] if due.event else [])


def day_words(day: date) -> str:
    """A day with its weekday: a deadline on a Sunday is worth a second look."""
    return f"{_WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"
