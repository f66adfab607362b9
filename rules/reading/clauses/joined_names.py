"""Names joined in a list, and who is named to cooperate (labelling guideline §3)."""

import re

from rules.draft import Party
from rules.reading.clauses.context import Context
from rules.text.gaps import gaps

_SEPARATOR = re.compile(
    gaps(
        r"^(?:\s+(?:tinh|thanh pho|cua tinh))?\s*(?:\((?P<role>[^)]*)\)\s*)?(?:,|;|\bva\b|,\s*va\b"
        r"|&|/|\+|\bhoac\b|co(?:\s+[a-z]+){1,3}\s+va\b)?\s*(?:cac\s+|dong chi\s+|ubnd\s+)*$"
    )
)
_COOPERATE = re.compile(
    gaps(
        r"(?:\bphoi hop(?:\s+(?:chat che|kip thoi|thuong xuyen|tot))?(?:\s+(?:voi|cung voi|cung))?"
        r"|\bp/h(?:\s+voi)?|\bcung(?:\s+voi)?)\s+(?:lanh dao\s+|cac dong chi\s+)?$"
    )
)
_LIST_TAIL = re.compile(
    gaps(r"\)|\s*\([^)]{0,60}\)|\s+(?:neu|noi)\s+tren\b|\s+(?:cua )?(?:tinh|thanh pho)\b(?!\s+\d)")
)
_OPEN_COOPERATE = re.compile(gaps(r"\bphoi hop(?:\s+chat che)?\s+(?:voi|cung)\b"))


def is_joined(context: Context, index: int) -> bool:
    """Whether only a comma, "và" and the like stand between a name and the one before it."""
    gap = context.views.folded[context.names[index - 1].end : context.names[index].start] if index else ""
    return bool(gap.strip()) and _SEPARATOR.match(gap) is not None


def take_list(context: Context, first: int, end: int) -> tuple[list[int], int]:
    """The names from ``first`` on that are joined only by commas, "và" and the like."""
    items, last = [first], first
    while last + 1 < len(context.names) and context.names[last + 1].end <= end:
        if not is_joined(context, last + 1):
            break
        if context.is_upper(context.names[last + 1]) and not context.is_upper(context.names[first]):
            break
        last += 1
        items.append(last)
    after = context.names[last].end
    tail = _LIST_TAIL.match(context.views.folded, after, end)
    return items, tail.end() if tail else after


def find_cooperators(context: Context, start: int, end: int, sentence_start: int) -> tuple[Party, ...]:
    """Everyone named right after "phối hợp (với)" or "cùng (với)" in ``[start, end)``."""
    found: list[Party] = []
    passed = -1
    for index in context.names_between(start, end):
        if index <= passed:
            continue
        before = context.views.folded[
            max(start, context.names[index].start - 45) : context.names[index].start
        ]
        if _COOPERATE.search(before):
            items, _ = take_list(context, index, end)
            found += [p for item in items for p in context.parties_of(item, sentence_start)]
            passed = items[-1]
    return unique(tuple(found))


def has_open_cooperation(context: Context, start: int, end: int) -> bool:
    """Whether "phối hợp với" stands there without a body that the register knows."""
    return _OPEN_COOPERATE.search(context.views.folded, start, end) is not None


def unique(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(party.body_id or party.phrase, party)
    return tuple(kept.values())
