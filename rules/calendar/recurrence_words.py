"""Recurring deadlines in Vietnamese: the rules' notation is for machines, people pick and type words.

A rule is a cycle and a detail: "monthly day 25" is "hằng tháng" and "25".
"""

import re

from rules.calendar.recurrence import WEEKDAYS

CYCLES = {
    "daily": "Hằng ngày",
    "weekly": "Hằng tuần",
    "monthly": "Hằng tháng",
    "quarterly": "Hằng quý",
    "semiannual": "6 tháng một lần",
    "yearly": "Hằng năm",
}
_DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_LAST = "ngày cuối tháng"


def split_rule(rule: str | None) -> tuple[str, str]:
    """Cycle and detail of a rule; a cycle that is not known leaves everything in the detail."""
    cycle, _, rest = (rule or "").strip().partition(" ")
    if cycle not in CYCLES:
        return "", (rule or "").strip()
    if cycle == "weekly" and rest in WEEKDAYS:
        return cycle, _DAYS[WEEKDAYS.index(rest)]
    if rest.startswith("next day "):
        return cycle, rest.removeprefix("next day ") + " tháng sau"
    rest = rest.removeprefix("day ").replace("last-day", _LAST)
    return cycle, re.sub(r"(\d{2})-(\d{2})", r"\1/\2", rest)


def join_rule(cycle: str, detail: str) -> str:
    """The rule of a cycle and what was typed beside it; nonsense stays, to be shown as a problem."""
    typed = " ".join(detail.lower().split())
    if cycle == "weekly":
        return f"weekly {WEEKDAYS[_DAYS.index(typed)]}" if typed in _DAYS else f"weekly {typed}".strip()
    if cycle == "yearly":
        days = re.sub(r"(\d{1,2})[/-](\d{1,2})", lambda m: f"{int(m[1]):02}-{int(m[2]):02}", typed)
        return f"yearly {days.removeprefix('ngày ')}".strip()
    if cycle in ("monthly", "quarterly") and typed:
        days = typed.replace(_LAST, "last-day").removeprefix("ngày ")
        following = days.endswith(" tháng sau")
        return f"{cycle} {'next ' if following else ''}day {days.removesuffix(' tháng sau')}"
    return f"{cycle} {typed}".strip()


def in_words(rule: str) -> str:
    """A rule as a reader sees it: "Hằng tháng, ngày 25"."""
    cycle, detail = split_rule(rule)
    if not cycle:
        return detail
    if not detail:
        return CYCLES[cycle]
    words = f"{CYCLES[cycle]}, {'' if not detail[0].isdigit() else 'ngày '}{detail}"
    return words + (" của tháng cuối quý" if cycle == "quarterly" and detail.isdigit() else "")
