"""What a clause looks like, as signs that do not depend on the genre, the neighbours or the place in it.

The grammar knows where orders stand in the papers that it was written for. The signs know nothing of it, so
that they hold in papers that nobody has seen (decision 0019), in any order of their paragraphs.
"""

import re
from itertools import islice

from rules.draft import Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.subjects import opening_of
from rules.reading.text.words import PAST, action_at, first_action, modal_at
from rules.text.gaps import gaps

#: Sign -> where the clause shows it; None where it is the whole clause that shows it.
Signs = dict[str, Span | None]

_WORD = re.compile(r"[^\W\d_]{2,}")
_MODAL = re.compile(r"\b(?:cần|phải|có trách nhiệm|không được|không để)\b")
_LIMIT = re.compile(gaps(r"\b(?:truoc|cham nhat|xong|hang (?:thang|quy|tuan)|dinh ky)\b"))
#: Amounts of things, which tell how matters stand.
_FIGURES = re.compile(gaps(r"\d[\d.,]{0,12}\s*(?:%|ty|trieu|ha|km|ho|nguoi|m2|m3|tan)\b|\d%"))
#: After a name: it tells something, answers for something, or goes on being described.
_ACCOUNT = frozenset(["đã", "đang", "kiến", "chịu", "thống", "cho", "là", "có", "nhận", "để"])
_BETWEEN_NAMES = re.compile(gaps(r"\s*[,;]?\s*(?:va\s+)?"))
_LENGTHS = (5, 9, 15, 25, 40)
_ACTIONS = (2, 3, 5)
#: A clause of more words than anybody reads at once says no more by its end.
_MOST_WORDS = 120
_NEAR = 12
_EARLY = 14


def signs_of(context: Context, clause: Span, is_item: bool) -> Signs | None:
    """The signs of ``clause``, None if it names nothing to do; ``is_item``: it stands in a listed line."""
    views = context.views
    at = opening_of(context, clause.start, clause.end)
    near = first_action(views, at, clause.end, _NEAR)
    if near is None:
        return None
    words = views.clean[clause.start : clause.end].split()
    found: Signs = {f"length_{_step(len(words), _LENGTHS)}": None}
    if is_item:
        found["item"] = None
    if PAST.search(" ".join(words[:_EARLY])):
        found["past"] = None
    if _FIGURES.search(views.folded, clause.start, clause.end):
        found["figures"] = None
    found |= _of_time(context, clause)
    found |= _of_actions(context, clause, at, near)
    return found | _of_names(context, clause, at)


def _step(count: int, steps: tuple[int, ...]) -> int:
    return sum(count >= step for step in steps)


def _of_time(context: Context, clause: Span) -> Signs:
    due = context.deadlines.read(clause.start, clause.end)
    found: Signs = {f"due_{due.kind.value}": due.span}
    if limit := _LIMIT.search(context.views.folded, clause.start, clause.end):
        found["limit"] = Span(*limit.span())
    return found


def _of_actions(context: Context, clause: Span, at: int, near: int) -> Signs:
    views = context.views
    found: Signs = {}
    if near == at:
        found["opens_with_action"] = _words_at(context, at, clause.end)
    else:
        found["action_later"] = _words_at(context, near, clause.end)
    if duty := _MODAL.search(views.clean, clause.start, clause.end):
        found["duty"] = Span(*duty.span())
    begun = islice(_WORD.finditer(views.folded, near, clause.end), _MOST_WORDS)
    actions = (True for word in begun if action_at(views, word.start(), clause.end))
    found[f"actions_{_step(sum(islice(actions, _ACTIONS[-1])), _ACTIONS)}"] = None
    return found


def _words_at(context: Context, at: int, end: int) -> Span:
    """Two words from ``at`` on: enough to see which verb is meant."""
    words = list(_WORD.finditer(context.views.clean, at, min(end, at + 40)))[:2]
    return Span(at, words[-1].end() if words else min(end, at + 12))


def _of_names(context: Context, clause: Span, at: int) -> Signs:
    """Who stands first, and what is said behind whoever is listed there."""
    inside = context.names_between(clause.start, clause.end)
    if not inside:
        return {}
    first = context.names[inside[0]]
    found: Signs = {}
    if context.is_upper(first):
        found["decider_first"] = Span(first.start, first.end)
    elif first.start <= at + 1:
        found["body_first"] = Span(first.start, first.end)
    last = first.end
    for index in inside[1:]:
        named = context.names[index]
        if not _BETWEEN_NAMES.fullmatch(context.views.folded, last, named.start):
            break
        last = named.end
    after = _WORD.search(context.views.clean, last, clause.end)
    if after is None:
        return found
    if action_at(context.views, after.start(), clause.end) or modal_at(
        context.views, after.start(), clause.end
    ):
        found["body_then_action"] = Span(first.start, _words_at(context, after.start(), clause.end).end)
    if after.group().lower() in _ACCOUNT:
        found["body_then_account"] = Span(after.start(), after.end())
    return found
