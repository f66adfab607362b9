"""Where words stand in a text, and which directives stand there already."""

from collections.abc import Sequence
from dataclasses import replace

from rules.documents.joining import quoted
from rules.draft import Doubt, DraftDirective, Span
from rules.text.folding import fold, fold_with_offsets

#: Of the places of words that stand everywhere.
_MOST_LOOKED_AT = 200


def place_of(text: str, words: str, taken: Sequence[Span] = ()) -> Span | None:
    """Where ``words`` stand in ``text``, whatever their case, marks and blanks; None if nowhere.

    Of several places the first that meets none of ``taken``, else the first.
    """
    folded, origins = fold_with_offsets(text)
    wanted = fold(words)
    first, at = None, folded.find(wanted) if wanted else -1
    for _ in range(_MOST_LOOKED_AT):
        if at < 0:
            break
        place = Span(origins[at], origins[at + len(wanted) - 1] + 1)
        if not any(meets(place, other) for other in taken):
            return place
        first, at = first or place, folded.find(wanted, at + len(wanted))
    return first


def meets(place: Span, other: Span) -> bool:
    """Whether the two have a character in common."""
    return place.start < other.end and other.start < place.end


def overlapped(directive: DraftDirective, others: Sequence[DraftDirective]) -> tuple[DraftDirective, ...]:
    """Those of ``others`` whose words ``directive`` has too, wholly or in part."""
    return tuple(one for one in others if meets(directive.span, one.span))


def overlap_in_words(others: Sequence[DraftDirective]) -> str:
    """The warning that words are a directive already; "" where they are none."""
    if not others:
        return ""
    more = f" và {len(others) - 1} chỉ đạo khác" if len(others) > 1 else ""
    quote = f"“{quoted(others[0].text)}”{more}"
    return f"Câu này trùng với chỉ đạo đã có {quote}; cần kiểm tra để không giao hai lần."


def warned(directive: DraftDirective, others: Sequence[DraftDirective]) -> DraftDirective:
    """``directive`` with a doubt that says so, if its words are directives already."""
    words = overlap_in_words(overlapped(directive, others))
    if not words:
        return directive
    return replace(directive, doubts=(*directive.doubts, Doubt("text", words)))
