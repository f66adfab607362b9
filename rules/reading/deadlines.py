"""Deadlines of a clause: every phrase of the grammar, and the one that counts.

Grammar of the labelling guideline §4. Nothing is invented: a phrase whose day cannot be told from
the text and the document's date yields no date, and says why (``DraftDue.anchor``, ``event``).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from rules.draft import DraftDue, DueKind, Span
from rules.reading import dates
from rules.reading.dates import DAY, MONTH, QUARTER, YEAR
from rules.reading.normalise import Views
from rules.reading.recurrence import find_recurrence

_LIMIT = (
    r"(?:truoc(?: khi het)?|cham nhat(?: la| den| vao| trong| truoc)?|muon nhat(?: la)?|den "
    r"het|het|den|toi|vao|xong truoc"
    r"|khong qua|qua|truoc va den|trong|han chot(?: la)?|thoi han(?: hoan thanh)?(?: la)?\s*:?"
    r"|thoi gian hoan thanh\s*:?|han\s*:|ngay trong)"
)
_CLOCK = r"(?:(?:\d{1,2}\s*(?:gio|h|g)\s*(?:\d{1,2})?(?:\s*phut)?)\s*,?\s*)?"
_PART = r"(?:(?:sang|chieu|toi|cuoi)\s+)?"
_NOT_A_LIMIT = re.compile(
    r"(?:\btu|khai mac|be mac|dien ra|ke tu|bat dau tu|tinh den|thang \d+ nam \d+|cong van"
    r"|nghi quyet|quyet dinh|van "
    r"ban|khong cho|khong doi"
    r"|khong de|don thanh toan|khong don|ky hop|khong phai cho)\s+(?:[^,;]{0,14}\s)?$"
)
_RELATIVE = re.compile(
    r"(?P<limit>(?:cham nhat(?: la| sau| trong)?|trong(?: vong| thoi han| thoi gian)?|sau"
    r"|khong qua|thoi han)\s+)?"
    r"(?P<count>\d{1,3})\s*(?:\([^)]*\)\s*)?ngay(?P<working>\s+lam viec)?"
    r"(?:\s*,?\s*(?:ke tu|tinh tu|tu|sau)\s+(?:ngay|khi|thoi diem)?\s*(?P<anchor>[^,;.]{2,60}))?"
)
_SEASON = re.compile(r"truoc\s+(?:tet|vu|mua|le|ram|khai giang|nam hoc|ky nghi)\b[^,;.]{0,30}")
_EVENT_WAIT = re.compile(
    r"(?:ngay )?(?:sau khi|ngay khi|khi)\s+(?:duoc|co|nhan|hoan thanh|bo|thu tuong|ubnd|hdnd"
    r"|nghi quyet)[^,;.]{3,60}"
)


class DeadlineReader:
    """Reads deadlines against one document: its text, its date, its calendar."""

    def __init__(self, views: Views, day: date | None, calendar: object | None = None) -> None:
        self._views = views
        self._day = day
        self._calendar = calendar

    def read(self, start: int, end: int) -> DraftDue:
        """The deadline of the clause ``[start, end)``: a recurrence, else the last day stated."""
        recurrence = find_recurrence(self._views.folded, start, end)
        if recurrence:
            return DraftDue(
                DueKind.RECURRING,
                None,
                recurrence.rule,
                self._views.text[recurrence.start : recurrence.end],
                Span(recurrence.start, recurrence.end),
                recurrence.read_by,
            )
        found = self.all_dates(start, end)
        dated = [due for due in found if due.date]
        if dated:
            return max(dated, key=lambda due: (due.date or date.min, due.span.start if due.span else 0))
        return found[-1] if found else self._waiting(start, end)

    def all_dates(self, start: int, end: int) -> list[DraftDue]:
        """Every deadline phrase of ``[start, end)``, in order, resolved or not."""
        found: list[DraftDue] = []
        taken: list[tuple[int, int]] = []
        for name, pattern, resolve in self._grammar():
            for match in pattern.finditer(self._views.folded, start, end):
                if any(match.start() < t_end and t_start < match.end() for t_start, t_end in taken):
                    continue
                if self._is_no_limit(max(start, match.start() - 30), match.start()):
                    continue
                due = resolve(name, match)
                if due is not None:
                    taken.append(match.span())
                    found.append(due)
        return sorted(found, key=lambda due: due.span.start if due.span else 0)

    def _is_no_limit(self, start: int, end: int) -> bool:
        """Whether the words before a date make it a start or the content's own date.

        Folded, "từ" is also the "tư" of "Đầu tư": the tone is looked up in the text itself.
        """
        found = _NOT_A_LIMIT.search(self._views.folded, start, end)
        while found is not None:
            bare = found.group()[:3].strip() == "tu"
            if not bare or self._views.clean[found.start() : found.start() + 2].lower() == "từ":
                return True
            found = _NOT_A_LIMIT.search(self._views.folded, found.start() + 2, end)
        return False

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
            ("event_offset", _EVENT_OFFSET, self._event_offset),
            ("relative_days", _RELATIVE, self._relative),
            ("weekday_of_week", _WEEKDAY_OF_WEEK, self._weekday),
            ("week", _WEEK, self._week),
            ("absolute_day", _ABSOLUTE, self._absolute),
            ("month", _IN_MONTH, self._month),
            ("quarter", _IN_QUARTER, self._quarter),
            ("half_year", _HALF_YEAR, self._half_year),
            ("year", _IN_YEAR, self._year),
            ("today_or_tomorrow", _NEAR_DAY, self._near_day),
            ("this_month", _THIS_PERIOD, self._this_period),
            ("season", _SEASON, self._season),
        )

    def _bare_grammar(
        self,
    ) -> tuple[tuple[str, re.Pattern[str], Callable[[str, re.Match[str]], DraftDue | None]], ...]:
        return (
            ("cell_day", _BARE_DAY, self._absolute),
            ("cell_month", _BARE_MONTH, self._month),
            ("cell_quarter", _BARE_QUARTER, self._quarter),
            ("cell_year", _BARE_YEAR, self._year),
        )

    def _due(self, name: str, match: re.Match[str], day: date | None, **more: object) -> DraftDue:
        kind = DueKind.DATE if day else DueKind.NONE
        span = Span(*match.span())
        due = DraftDue(kind, day, None, self._views.text[span.start : span.end], span, name)
        return _with(due, **more)

    def _absolute(self, name: str, match: re.Match[str]) -> DraftDue | None:
        day = dates.day_of(match, self._day)
        if day is None and (dates.has_year(match) or self._day):
            return None  # 31/2, or a number that is no date
        return self._due(name, match, day)

    def _month(self, name: str, match: re.Match[str]) -> DraftDue | None:
        text = match.group()
        if not 1 <= int(match["month"]) <= 12 or text.startswith(("dau", "giua")):
            return None
        day = dates.month_end(match, self._day)
        if day and re.match(r"truoc\s+thang", text):
            day = day.replace(day=1) - timedelta(days=1)
        return self._due(name, match, day, approximate="cuoi" in text)

    def _quarter(self, name: str, match: re.Match[str]) -> DraftDue | None:
        return self._due(
            name, match, dates.quarter_end(match, self._day), approximate="cuoi" in match.group()
        )

    def _half_year(self, name: str, match: re.Match[str]) -> DraftDue | None:
        year = int(match["half_of"]) if match["half_of"] else (self._day.year if self._day else None)
        if year is None:
            return self._due(name, match, None)
        return self._due(name, match, date(year, 6, 30) if match["half"] == "dau" else date(year, 12, 31))

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

    def _this_period(self, name: str, match: re.Match[str]) -> DraftDue | None:
        if self._day is None:
            return self._due(name, match, None, anchor="document")
        month = self._day.month if "thang" in match.group() else (self._day.month + 2) // 3 * 3
        return self._due(name, match, dates.last_day(self._day.year, month), anchor="document")

    def _relative(self, name: str, match: re.Match[str]) -> DraftDue | None:
        anchor = match["anchor"] or ""
        if not match["limit"] and not anchor:
            return None
        if re.match(
            r"(?:ban hanh|ky|co hieu luc|thong bao nay|ra thong bao|ket thuc (?:cuoc )?hop|hop)\b", anchor
        ):
            return self._due(name, match, self._after_days(match), anchor="document")
        if re.match(
            r"nhan (?:duoc )?(?:thong bao|van ban|cong van|phieu|ket luan)[^,;]*\b(?:nay)?\s*$", anchor
        ):
            return self._due(name, match, None, anchor="receipt", event=self._words(match, "anchor"))
        if anchor:
            return self._due(name, match, None, anchor="event", event=self._words(match, "anchor"))
        before = self._views.folded[max(0, match.start() - 70) : match.start()]
        if re.search(r"\b(?:khi|sau khi|ngay khi)\b", before.rsplit(";", 1)[-1]):
            return self._due(name, match, None, anchor="event", event=before.rsplit(";", 1)[-1].strip(" ,"))
        return self._due(name, match, self._after_days(match), anchor="document")

    def _after_days(self, match: re.Match[str]) -> date | None:
        if self._day is None:
            return None
        count = int(match["count"])
        if match["working"]:
            return dates.add_working_days(self._day, count, self._calendar)
        return self._day + timedelta(days=count)

    def _event_offset(self, name: str, match: re.Match[str]) -> DraftDue | None:
        event = match["event"]
        known = re.search(rf"{re.escape(event)}[^.;\n]{{0,80}}?\b{DAY}", self._views.folded) or re.search(
            rf"{DAY}[^.;\n]{{0,60}}?{re.escape(event)}", self._views.folded
        )
        held = dates.day_of(known, self._day) if known else None
        day = held - timedelta(days=int(match["count"])) if held else None
        return self._due(name, match, day, anchor="event", event=self._words(match, "event"))

    def _season(self, name: str, match: re.Match[str]) -> DraftDue | None:
        return self._due(
            name, match, None, anchor="event", event=self._views.text[match.start() : match.end()]
        )

    def _waiting(self, start: int, end: int) -> DraftDue:
        match = _EVENT_WAIT.search(self._views.folded, start, end)
        if not match:
            return DraftDue()
        return self._due(
            "event_wait", match, None, anchor="event", event=self._views.text[match.start() : match.end()]
        )

    def _words(self, match: re.Match[str], group: str) -> str:
        return self._views.text[match.start(group) : match.end(group)].strip()


def _with(due: DraftDue, **more: object) -> DraftDue:
    from dataclasses import replace

    return replace(due, **more)  # type: ignore[arg-type]


def _spaced(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


_ABSOLUTE = _spaced(rf"\b{_LIMIT}\s*{_CLOCK}{_PART}{DAY}")
_BARE_DAY = _spaced(rf"(?<![\d/]){DAY}")
_IN_MONTH = _spaced(
    rf"\b(?:trong|{_LIMIT}|(?:trong |den |vao |truoc )?(?:cuoi|dau|giua))\s+(?:cuoi )?{MONTH}"
)
_BARE_MONTH = _spaced(rf"{MONTH}")
_IN_QUARTER = _spaced(rf"\b(?:trong|{_LIMIT}|(?:trong |den |vao |truoc )?cuoi|ngay)\s+(?:cuoi )?{QUARTER}")
_BARE_QUARTER = _spaced(rf"{QUARTER}")
_IN_YEAR = _spaced(
    rf"\b(?:(?:truoc|den|vao|toi|trong|tu nay den|cham nhat) (?:khi )?(?:het |cuoi )|trong "
    r"|het |cuoi |ngay trong )"
    rf"{YEAR}(?! hoc)(?! (?:mot|hai|ba|qua))\b"
)
_BARE_YEAR = _spaced(r"\b(?:nam (?P<year>\d{4})|ca nam)\b")
_HALF_YEAR = _spaced(
    r"\b(?:trong|het|den het|cham nhat trong) 0?6 thang (?P<half>dau|cuoi) nam(?: (?P<half_of>\d{4})| nay)?"
)
_WEEK = _spaced(
    r"\b(?:trong |cuoi |het |truoc cuoi |ngay trong )?(?:cuoi )?tuan (?P<which>nay|sau|toi|ke tiep)"
)
_WEEKDAY_OF_WEEK = _spaced(
    r"\b(?:thu (?P<weekday>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu nhat))(?: tuan)? "
    r"(?P<which>nay|sau|toi)"
    rf"(?:\s*\(\s*{DAY}\s*\))?"
)
_NEAR_DAY = _spaced(
    r"\b(?:trong |ngay trong |truoc \d{1,2}\s*(?:gio|h)\d{0,2} )?(?:ngay )?(?:hom nay|ngay mai)\b"
)
_THIS_PERIOD = _spaced(r"\b(?:trong|ngay trong|het|den het) (?:thang|quy) nay\b")
_EVENT_OFFSET = _spaced(
    r"\btruoc(?: ngay| khi| thoi diem)? (?P<event>khai mac|be mac|[a-z ]{3,40}?)(?: it nhat| "
    r"toi thieu)? (?P<count>\d{1,3}) ngay\b(?! lam viec ke)"
)
