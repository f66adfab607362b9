"""Lines to blocks, blocks to sentences, sentences to clauses: spans of the document's text.

A block is a paragraph or list item with its marker taken off; its level says how deep it stands,
so that a heading hands its addressee down (labelling guideline §1).
"""

import re
from dataclasses import dataclass, replace

from rules.draft import Span
from rules.reading.text.limits import check_lines
from rules.reading.text.normalise import UPPER, Views
from rules.text.gaps import gaps

PLAIN_LEVEL = 9

_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(gaps(r"(?:PHẦN|Phần) [IVX\d]+[.:]?\s+|[IVX]{1,4}\s*[.)/-]\s*(?=\S)"))),
    (2, re.compile(gaps(r"Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\s*[,:]\s*(?!\d)"), re.IGNORECASE)),
    (2, re.compile(gaps(r"(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là\s*[,:]?\s*"))),
    (2, re.compile(gaps(r"(?:Điều|Mục) \d{1,2}[.:]\s*"))),
    (4, re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?:[.)/]\s{0,64}|\s{1,64})(?=\D)")),
    (3, re.compile(gaps(r"\d{1,2}\.\d{1,2}(?:[.)/]\s*|\s+)(?=[^\W\d])"))),
    (2, re.compile(r"\d{1,2}(?:[.)]\s{0,64}(?=\D)|[/-]\s{1,64}(?=\D))")),
    (4, re.compile(gaps(r"\(\d{1,2}\)\s*(?=\S)"))),
    (5, re.compile(gaps(r"\(?[a-zđ][.)/]\s+"))),
    (7, re.compile(gaps(r"\+\s*(?=\S)"))),
    (6, re.compile(gaps(r"(?:[-–—•●▪*]|=>|→)\s*(?=\S)"))),
)
_ORDINAL_LEVEL = 2
#: Inside a paragraph, after a stop: a weekday ("Thứ Hai, 15/4") has a number behind it.
_ORDINAL = re.compile(
    gaps(
        r"(?:(?<=[.;:])|(?<=[.;:]\s))\s*(?P<mark>Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\s*[,:]"
        r"|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là\s*[,:]?)\s*(?!\d)"
    )
)
_WRAP_WIDTH = 100
#: Nobody ends a line so: a name or a number follows.
_OPEN_END = re.compile(
    r"(?:,|(?<!\w)(?:và|với|của|về|cho|tại|trong|trước|đến|từ|gửi|trình|báo cáo|tham mưu|các|những|năm"
    r"|tháng|ngày"
    r"|thứ|theo|do|để|hoặc|cùng|đồng chí|giao|yêu cầu|đề nghị|gồm|dưới|không quá|lớp|UBND|Quỹ"
    r"|Ban|chậm nhất)"
    r"|(?<!\w)(?:H|TX|TP)\.)$"
)
_HALF_A_LINE = 40
_LONGEST_SENTENCE = 4000
_SENTENCE_END = re.compile(
    gaps(
        rf"[.!?…](?:(?<![.!?…].)[.!?…]*+[\"”’)]*+(?=\s+[\"“‘(]?[{UPPER}]|\s*$|\s+\d{{1,2}}[.)]\s)|(?<=\.)/\.)"
    )
)
_CLAUSE_MARK = re.compile(r"[;()\[\]\"“”]")
_ABBREVIATION = re.compile(r"(?:\b(?:TP|Tp|TX|Tx|TT|ThS|TS|BS|KS|Gs|PGS|đ/c|Đ/c|Mr)|\b[A-ZĐac])$")


@dataclass(frozen=True, slots=True)
class Block:
    """Content ``[start, end)`` without its marker; ``level`` 1 is a roman heading, 9 is plain."""

    start: int
    end: int
    level: int
    marker: str = ""
    assumed: bool = False  # a press report does not say who speaks here


def blocks_of(views: Views) -> list[Block]:
    """The blocks of a document, hard-wrapped lines joined. Raises TooMuchToRead."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", views.clean) if m.group().strip()]
    check_lines(len(lines))
    wrapped = _is_wrapped(views, lines)
    blocks: list[Block] = []
    previous: tuple[int, int] | None = None
    for start, end in lines:
        block = _block(views.clean, start, end)
        runs_on = (
            previous
            and blocks
            and (
                _continues(views.clean, previous, block, wrapped)
                or _is_cut_short(views.clean, blocks[-1], previous, block)
                or _is_parted_by_a_page(views, previous, block)
            )
        )
        if runs_on:
            blocks[-1] = replace(blocks[-1], end=block.end)
        else:
            blocks.append(block)
        previous = (start, end)
    return [part for block in blocks for part in _enumerated(views.clean, block)]


def _enumerated(clean: str, block: Block) -> list[Block]:
    """A paragraph that counts ("Thứ nhất, … Thứ hai, …") as one block for each item."""
    if clean.find("Thứ ", block.start, block.end) < 0 and clean.find(" là", block.start, block.end) < 0:
        return [block]
    counted = list(_ORDINAL.finditer(clean, block.start, block.end))
    if len(counted) + block.marker.startswith(("Thứ", "Một")) < 2:
        return [block]
    starts = [found.start("mark") for found in counted]
    parts = [replace(block, end=starts[0])] if starts[0] > block.start else []
    for found, end in zip(counted, [*starts[1:], block.end], strict=True):
        parts.append(Block(found.end(), end, _ORDINAL_LEVEL, found["mark"]))
    return parts


def _block(clean: str, start: int, end: int) -> Block:
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    for level, pattern in _MARKERS:
        found = pattern.match(clean, start, end)
        if found and found.end() < end:
            return Block(found.end(), end, level, found.group().strip())
    return Block(start, end, PLAIN_LEVEL)


def unwrapped(views: Views, blocks: list[Block]) -> Views:
    """The views with a space for each line break inside a block, so that a phrase may run over it."""
    clean, folded = list(views.clean), list(views.folded)
    for block in blocks:
        at = views.clean.find("\n", block.start, block.end)
        while at >= 0:
            clean[at] = folded[at] = " "
            at = views.clean.find("\n", at + 1, block.end)
    return Views(views.text, "".join(clean), "".join(folded))


def past_marker(views: Views, start: int, end: int) -> int:
    """Where the content of a line begins, after its bullet or number."""
    return _block(views.clean, start, end).start


def _is_wrapped(views: Views, lines: list[tuple[int, int]]) -> bool:
    """Whether lines were broken at a page width: most long lines stop in mid-sentence."""
    long = [views.clean[s:e].rstrip() for s, e in lines if e - s >= 55]
    if len(long) < 5 or max(len(line) for line in long) > _WRAP_WIDTH:
        return False
    return sum(line[-1] not in ".:;!?" for line in long) > len(long) * 0.5


def _continues(clean: str, previous: tuple[int, int], block: Block, wrapped: bool) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    if block.marker or "\t" in clean[block.start : block.end] or "|" in clean[block.start : block.end]:
        return False
    before = clean[previous[0] : previous[1]].rstrip()
    gap = clean[previous[1] : block.start]
    if "\t" in before or "|" in before or before[-1] in ".:!?":
        return bool(wrapped and len(before) >= 66 and before[-1] == "." and gap.count("\n") == 1)
    if clean[block.start].islower():
        return wrapped or len(before) >= 30
    return wrapped and gap.count("\n") == 1 and len(before) >= 55


def _is_cut_short(clean: str, item: Block, previous: tuple[int, int], block: Block) -> bool:
    """Whether an item stops in mid-sentence: no mark closes its line, and the next is no line of its own."""
    after = clean[block.start : block.end]
    if not item.marker or block.marker or "\t" in after or "|" in after:
        return False
    before = clean[previous[0] : previous[1]].rstrip()
    if clean[previous[1] : block.start].count("\n") > 1:
        return False
    return bool(_OPEN_END.search(before)) or (after[:1].islower() and before[-1] not in ".:;!?")


def _is_parted_by_a_page(views: Views, previous: tuple[int, int], block: Block) -> bool:
    """Whether only a page's header or footer stands between a sentence's two lines."""
    if block.marker or not views.text[previous[1] : block.start].strip():
        return False
    before = views.clean[previous[0] : previous[1]].rstrip()
    return len(before) >= _HALF_A_LINE and before[-1] not in ".:;!?" and not before.isupper()


def sentences_of(views: Views, block: Block, begin: int | None = None) -> list[Span]:
    """Sentences of a block (from ``begin`` on, if given), without their final stops."""
    found: list[Span] = []
    start = block.start if begin is None else begin
    for stop in _SENTENCE_END.finditer(views.clean, start, block.end):
        if stop.group() == "." and _ABBREVIATION.search(
            views.clean, max(start, stop.start() - 6), stop.start()
        ):
            continue
        found.append(Span(start, stop.start()))
        start = stop.end()
    found.append(Span(start, block.end))
    pieces = [piece for span in found for piece in _bounded(views, span)]
    return [s for s in (trimmed(views, span) for span in pieces) if s.end - s.start > 2]


def _bounded(views: Views, span: Span) -> list[Span]:
    """Cut what no person wrote as one sentence, so that a damaged file cannot hold up the reader."""
    pieces: list[Span] = []
    start = span.start
    while span.end - start > _LONGEST_SENTENCE:
        space = views.clean.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = space if space > start else start + _LONGEST_SENTENCE
        pieces.append(Span(start, cut))
        start = cut
    return [*pieces, Span(start, span.end)]


def trimmed(views: Views, span: Span) -> Span:
    """The span without white space, final stops and stray separators at its ends."""
    start, end = span.start, span.end
    while start < end and (views.clean[start].isspace() or views.clean[start] in ",;:.…-–"):
        start += 1
    while end > start and (views.clean[end - 1].isspace() or views.clean[end - 1] in ",;:.…/"):
        end -= 1
    return Span(start, end)


def clauses_of(views: Views, span: Span) -> list[Span]:
    """The parts of a sentence between semicolons that stand outside brackets and quotes."""
    parts: list[Span] = []
    depth, quoted, start = 0, False, span.start
    for found in _CLAUSE_MARK.finditer(views.clean, span.start, span.end):
        char = found.group()
        depth += (char in "([") - (char in ")]")
        if char in '"“”':
            quoted = char == "“" or (char == '"' and not quoted)
        if char == ";" and depth <= 0 and not quoted:
            parts.append(Span(start, found.start()))
            start = found.end()
    parts.append(Span(start, span.end))
    return [s for s in (trimmed(views, part) for part in parts) if s.end > s.start]
