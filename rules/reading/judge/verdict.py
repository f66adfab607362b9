"""How likely a clause is an order, by its signs, and which of them say so."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from rules.draft import Span
from rules.reading.clauses.context import Context
from rules.reading.judge.signs import Signs, signs_of
from rules.reading.judge.weights import BIAS, WEIGHTS

#: From this chance on a clause is taken for an order.
LIKELY = 0.5
_MOST_REASONS = 3
_LONGEST_WORDS = 60
#: Sign -> how a person is told of it; what speaks for nothing by itself has no words.
_SAID = {
    "body_then_action": "nêu cơ quan rồi đến việc phải làm",
    "body_first": "mở đầu bằng tên cơ quan",
    "opens_with_action": "mở đầu bằng việc phải làm",
    "duty": "có từ bắt buộc",
    "action_later": "có động từ chỉ việc phải làm",
    "due_recurring": "có kỳ hạn",
    "due_date": "có thời hạn",
    "limit": "có từ chỉ thời hạn",
    "item": "là một mục của danh sách",
    "actions_2": "nêu nhiều việc",
    "actions_3": "nêu nhiều việc",
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of a logistic regression: a positive one speaks for an order."""

    bias: float
    weights: Mapping[str, float]

    def chance(self, signs: Signs) -> float:
        """How likely, 0 to 1; a sign without a weight says nothing."""
        return 1 / (1 + exp(-self.bias - sum(self.weights.get(sign, 0.0) for sign in signs)))


OURS = Judge(BIAS, WEIGHTS)


@dataclass(frozen=True, slots=True)
class LikelyOrder:
    """A clause that looks like an order; ``because`` is Vietnamese and quotes the text."""

    span: Span
    chance: float
    because: str


def verdict_of(context: Context, clause: Span, is_item: bool, judge: Judge = OURS) -> LikelyOrder | None:
    """The verdict on a clause that looks like an order, else None."""
    signs = signs_of(context, clause, is_item)
    if signs is None:
        return None
    chance = judge.chance(signs)
    return LikelyOrder(clause, chance, _because(context, signs, judge)) if chance >= LIKELY else None


def _because(context: Context, signs: Signs, judge: Judge) -> str:
    """The signs that speak most for an order, each with its words."""
    speaking = sorted(((judge.weights.get(sign, 0.0), sign) for sign in signs if sign in _SAID), reverse=True)
    told: list[str] = []
    for weight, sign in speaking[:_MOST_REASONS]:
        if weight > 0:
            told.append(_SAID[sign] + _quoted(context, signs[sign]))
    return "; ".join(told) or "theo cách viết của câu"


def _quoted(context: Context, span: Span | None) -> str:
    if span is None:
        return ""
    words = " ".join(context.views.text[span.start : span.end].split())
    short = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rsplit(' ', 1)[0]}…"
    return f" “{short}”"
