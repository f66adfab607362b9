"""Deadlines of a clause: every phrase of the grammar, and the one that counts.

Grammar of the labelling guideline §4. Nothing is invented: a phrase whose day cannot be told from
the text and the document's date yields no date, and says why (``DraftDue.anchor``, ``event``).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from rules.draft import DraftDue, DueKind, Span
from rules.reading.dates import dates, near_phrases, phrases
from rules.reading.dates.events import day_of_event
from rules.reading.dates.no_limit import is_no_limit, is_quoted_title, told_closer
from rules.reading.dates.recurrence_phrases import find_recurrence
from rules.reading.dates.weekdays import weekday_of_cycle
from rules.reading.text.limits import MOST_EVENTS
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_NEEDED = phrases.NEEDED | near_phrases.NEEDED
_ANY_NEEDED = re.compile(f"{phrases.ANY_NEEDED.pattern}|{near_phrases.ANY_NEEDED.pattern}")


class DeadlineReader:
    """Reads deadlines against one document: its text, its date, its calendar."""

    def __init__(self, views: Views, day: date | None, calendar: object | None = None) -> None:
        self._views = views
        self._day = day
        self._calendar = calendar
        # Clauses are looked at more than once.
        self._known: dict[tuple[int, int], list[DraftDue]] = {}
        self._read: dict[tuple[int, int], DraftDue] = {}
        self._events: dict[str, date | None] = {}

    def read(self, start: int, end: int) -> DraftDue:
        """The deadline of the clause ``[start, end)``: a recurrence, else the last day stated."""
        key = (start, end)
        if key not in self._read:
            self._read[key] = self._deadline(start, end)
        return self._read[key]

    def is_day_off(self, day: date) -> bool:
        """Whether the calendar knows ``day`` as a day off; without one none is."""
        return self._calendar is not None and dates.is_day_off(day, self._calendar)

    def _deadline(self, start: int, end: int) -> DraftDue:
        recurrence = find_recurrence(self._views.folded, start, end)
        if recurrence and not is_quoted_title(self._views, start, recurrence.start):
            return DraftDue(
                DueKind.RECURRING,
                None,
                recurrence.rule,
                self._views.text[recurrence.start : recurrence.end],
                Span(recurrence.start, recurrence.end),
                recurrence.read_by,
            )
        found = self.all_dates(start, end)
        if not found:
            weekday = weekday_of_cycle(self._views, start, end)
            if weekday:
                return weekday
        dated = [due for due in found if due.date and not told_closer(self._views, due, found)]
        if dated:
            return max(dated, key=lambda due: (due.date or date.min, due.span.start if due.span else 0))
        return found[-1] if found else self._waiting(start, end)

    def all_dates(self, start: int, end: int) -> list[DraftDue]:
        """Every deadline phrase of ``[start, end)``, in order, resolved or not."""
        key = (start, end)
        if key not in self._known:
            self._known[key] = self._all_dates(start, end)
        return self._known[key]

    def _all_dates(self, start: int, end: int) -> list[DraftDue]:
        folded = self._views.folded
        if not _ANY_NEEDED.search(folded, start, end):
            return []
        found: list[DraftDue] = []
        taken: list[tuple[int, int]] = []
        for name, pattern, resolve in self._grammar():
            if not _NEEDED[name].search(folded, start, end):
                continue
            for match in pattern.finditer(folded, start, end):
                if any(match.start() < t_end and t_start < match.end() for t_start, t_end in taken):
                    continue
                if is_quoted_title(self._views, start, match.start()) or is_no_limit(
                    self._views, start, match
                ):
                    continue
                due = resolve(name, match)
                if due is not None:
                    taken.append(match.span())
                    found.append(due)
        return sorted(found, key=lambda due: due.span.start if due.span else 0)

    def read_cell(self, start: int, end: int) -> DraftDue:
        """The deadline of a table cell or a "Thời hạn:" label, where a bare date is a deadline."""
        due = self.read(start, end)
        if due.kind is not DueKind.NONE or due.span is not None:
            return due
        for name, pattern, resolve in self._bare_grammar():
            match = pattern.search(self._views.folded, start, end)
            if match:
                return resolve(name, match) or due
        return due

    def _grammar(
        self,
    ) -> tuple[tuple[str, re.Pattern[str], Callable[[str, re.Match[str]], DraftDue | None]], ...]:
        return (
            ("event_offset", phrases.EVENT_OFFSET, self._event_offset),
            ("event_offset", phrases.AFTER_EVENT, self._event_offset),
            ("relative_days", phrases.RELATIVE, self._relative),
            ("weekday_of_week", phrases.WEEKDAY_OF_WEEK, self._weekday),
            ("week", phrases.WEEK, self._week),
            ("absolute_day", phrases.ABSOLUTE, self._absolute),
            ("month", phrases.IN_MONTH, self._month),
            ("quarter", phrases.IN_QUARTER, self._quarter),
            ("half_year", phrases.HALF_YEAR, self._half_year),
            ("year", phrases.IN_YEAR, self._year),
            ("today_or_tomorrow", phrases.NEAR_DAY, self._near_day),
            ("this_month", phrases.THIS_PERIOD, self._this_period),
            ("season", phrases.SEASON, self._season),
            *((name, pattern, self._near) for name, pattern in near_phrases.PATTERNS),
        )

    def _bare_grammar(
        self,
    ) -> tuple[tuple[str, re.Pattern[str], Callable[[str, re.Match[str]], DraftDue | None]], ...]:
        return (
            ("cell_months", phrases.BARE_MONTHS, self._month),
            ("cell_day", phrases.BARE_DAY, self._absolute),
            ("cell_month", phrases.BARE_MONTH, self._month),
            ("cell_half_year", phrases.BARE_HALF_YEAR, self._half_year),
            ("cell_quarter", phrases.BARE_QUARTER, self._quarter),
            ("cell_year", phrases.BARE_YEAR, self._year),
        )

    def _due(
        self,
        name: str,
        match: re.Match[str],
        day: date | None,
        *,
        anchor: str | None = None,
        approximate: bool = False,
        event: str | None = None,
    ) -> DraftDue:
        kind = DueKind.DATE if day else DueKind.NONE
        span = Span(*match.span())
        words = self._views.text[span.start : span.end]
        return DraftDue(kind, day, None, words, span, name, anchor, approximate, event)

    def _absolute(self, name: str, match: re.Match[str]) -> DraftDue | None:
        day = dates.day_of(match, self._day)
        if day is None and (dates.has_year(match) or self._day):
            return None  # 31/2, or a number that is no date
        lunar = phrases.LUNAR.match(self._views.folded, match.end())
        if lunar:
            words = self._views.text[match.start() : lunar.end()]
            return self._due(name, match, None, anchor="event", event=words)
        return self._due(name, match, day)

    def _month(self, name: str, match: re.Match[str]) -> DraftDue | None:
        text = match.group()
        if not 1 <= int(match["month"]) <= 12 or re.search(r"\b(?:dau|giua)\s", text):
            return None
        day = dates.month_end(match, self._day)
        if day and re.match(gaps(r"truoc\s+thang"), text):
            day = day.replace(day=1) - timedelta(days=1)
        return self._due(name, match, day, approximate="cuoi" in text)

    def _quarter(self, name: str, match: re.Match[str]) -> DraftDue | None:
        day = dates.quarter_end(match, self._day)
        return self._due(name, match, day, approximate="cuoi" in match.group())

    def _half_year(self, name: str, match: re.Match[str]) -> DraftDue | None:
        year = int(match["half_of"]) if match["half_of"] else (self._day.year if self._day else None)
        if year is None:
            return self._due(name, match, None)
        month, day = (6, 30) if match["half"] == "dau" else (12, 31)
        return self._due(name, match, dates.valid(year, month, day))

    def _year(self, name: str, match: re.Match[str]) -> DraftDue | None:
        return self._due(name, match, dates.year_end(match, self._day), approximate="cuoi" in match.group())

    def _week(self, name: str, match: re.Match[str]) -> DraftDue | None:
        later = 0 if match["which"] == "nay" else 1
        day = dates.friday_of_week(self._day, later) if self._day else None
        return self._due(name, match, day, anchor="document")

    def _weekday(self, name: str, match: re.Match[str]) -> DraftDue | None:
        if match["d"]:
            return self._absolute(name, match)
        weekday = 6 if match["sunday"] else dates.WEEKDAYS[match["weekday"]]
        later = 0 if match["which"] == "nay" else 1
        day = dates.weekday_of_week(self._day, later, weekday) if self._day else None
        return self._due(name, match, day, anchor="document")

    def _near_day(self, name: str, match: re.Match[str]) -> DraftDue | None:
        ahead = 1 if "mai" in match.group() else 0
        return self._due(
            name, match, self._day + timedelta(days=ahead) if self._day else None, anchor="document"
        )

    def _near(self, name: str, match: re.Match[str]) -> DraftDue | None:
        event = self._event_before(match) if name in near_phrases.SPANS else None
        if event:
            return self._due(name, match, None, anchor="event", event=event)
        day = near_phrases.day_named(name, match, self._day) if self._day else None
        return self._due(name, match, day, anchor="document") if day or not self._day else None

    def _this_period(self, name: str, match: re.Match[str]) -> DraftDue | None:
        if self._day is None:
            return self._due(name, match, None, anchor="document")
        month = self._day.month if "thang" in match.group() else (self._day.month + 2) // 3 * 3
        return self._due(name, match, dates.last_day(self._day.year, month), anchor="document")

    def _relative(self, name: str, match: re.Match[str]) -> DraftDue | None:
        anchor = match["anchor"] or ""
        if not match["limit"] and not anchor:
            return None
        if phrases.FOR_EACH.match(self._views.folded, match.end()):
            return self._due(name, match, None, anchor="event", event=self._words_after(match))
        held = re.match(dates.DAY, anchor)
        first = dates.day_of(held, self._day) if held else None
        if first:
            return self._due(name, match, self._after_days(match, first))
        if re.match(
            r"(?:ban hanh|ky|co hieu luc|thong bao nay|ra thong bao|ket thuc (?:cuoc )?hop|hop)\b", anchor
        ):
            return self._due(name, match, self._after_days(match), anchor="document")
        if re.match(
            gaps(r"nhan (?:duoc )?(?:thong bao|van ban|cong van|phieu|ket luan)[^,;]{0,60}\b(?:nay)?\s*$"),
            anchor,
        ):
            return self._due(name, match, None, anchor="receipt", event=self._words(match, "anchor"))
        if anchor:
            return self._due(name, match, None, anchor="event", event=self._words(match, "anchor"))
        event = self._event_before(match)
        if event:
            return self._due(name, match, None, anchor="event", event=event)
        return self._due(name, match, self._after_days(match), anchor="document")

    def _event_before(self, match: re.Match[str]) -> str | None:
        """The words with "khi" before a span of time, which is counted from what they tell."""
        before = self._views.folded[max(0, match.start() - 70) : match.start()].rsplit(";", 1)[-1]
        return before.strip(" ,") if re.search(r"\b(?:khi|sau khi|ngay khi)\b", before) else None

    def _after_days(self, match: re.Match[str], first: date | None = None) -> date | None:
        first = first or self._day
        if first is None:
            return None
        count = int(match["count"])
        if match["working"]:
            return dates.add_working_days(first, count, self._calendar)
        return first + timedelta(days=count)

    def _event_offset(self, name: str, match: re.Match[str]) -> DraftDue | None:
        event = match["event"]
        if event not in self._events:
            looked_up = len(self._events) < MOST_EVENTS
            self._events[event] = (
                day_of_event(self._views, re.escape(event), self._day) if looked_up else None
            )
        held = self._events[event]
        if held is None and match.re is phrases.AFTER_EVENT:
            return None
        days = timedelta(days=int(match["count"]))
        day = (held + days if match.re is phrases.AFTER_EVENT else held - days) if held else None
        return self._due(name, match, day, anchor="event", event=self._words(match, "event"))

    def _season(self, name: str, match: re.Match[str]) -> DraftDue | None:
        return self._due(
            name, match, None, anchor="event", event=self._views.text[match.start() : match.end()]
        )

    def _waiting(self, start: int, end: int) -> DraftDue:
        match = phrases.EVENT_WAIT.search(self._views.folded, start, end)
        if not match:
            return DraftDue()
        return self._due(
            "event_wait", match, None, anchor="event", event=self._views.text[match.start() : match.end()]
        )

    def _words_after(self, match: re.Match[str]) -> str:
        return self._views.text[match.end() : match.end() + 60].split(",")[0].split(".")[0].strip()

    def _words(self, match: re.Match[str], group: str) -> str:
        return self._views.text[match.start(group) : match.end(group)].strip()
