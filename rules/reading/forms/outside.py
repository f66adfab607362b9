"""What stands outside of the operative part, piece by piece, and why it certainly gives no order.

Nobody has to look at it, but whoever asks finds every line of the paper accounted for: letterhead, title,
grounds, address, recipients, signatures (issue 14, never silent). Neighbours of one reason are one piece.
"""

import re
from collections.abc import Iterator

from rules.draft import DocumentKind, Mark, Span, Statement
from rules.reading.clauses.context import Context
from rules.reading.forms.left_over import GROUNDS, TELLS_OF
from rules.reading.layout.paper import RECIPIENTS, SIGNED, parts_of_paper
from rules.reading.layout.segments import Block, sentences_of
from rules.reading.layout.speakers import is_reported
from rules.reading.layout.voices import block_is_title
from rules.reading.layout.zones import uncaptioned
from rules.text.folding import fold
from rules.text.gaps import gaps

_LETTERHEAD = re.compile(
    gaps(
        r"(?:.{0,120}\b(?:cong hoa xa ho|doc lap\W{1,5}tu do)|dang cong san|so\s*:"
        r"|(?<![-=_*\s])[-=_*\s]++$|hoa toc\b"
        r"|[^.;:]{0,60}\bngay\s[^a-z]{0,12}(?:thang\s[^a-z]{0,9}nam\s\d{4}|\d)\W*$)"
    )
)
_TITLE = re.compile(
    r"\W{0,20}(?:thong bao|cong dien|cong van|chi thi|ket luan|quyet dinh|ke hoach|chuong trinh|bien ban"
    r"|nghi quyet|bao cao|phieu|danh sach|phu luc|v/v|ve viec)\b"
)
_FEWEST_WORDS = 5
_REASONS = {
    "letterhead": "Phần đầu văn bản: quốc hiệu, cơ quan, số, ngày",
    "title": "Tiêu đề, trích yếu",
    "address": "Nơi gửi đến",
    "recipients": "Nơi nhận",
    "signature": "Chữ ký, quyền ký",
    "grounds": "Căn cứ, lý do ban hành",
    "account": "Thuật lại cuộc họp, tình hình",
    "others": "Lời của người khác, lời dẫn",
    "caption": "Chú thích ảnh, tên tác giả",
    "heading": "Tiêu đề hoặc câu dẫn",
    "not_operative": "Ngoài phần kết luận",
}


def outside_of(
    context: Context, blocks: list[Block], statements: tuple[Statement, ...]
) -> tuple[Statement, ...]:
    """The pieces before the first and after the last of ``statements``; all of the text if there is none."""
    first = statements[0].span.start if statements else len(context.views.text)
    last = statements[-1].span.end if statements else first
    wanted = [block for block in blocks if block.end <= first or block.start >= last]
    found: list[Statement] = []
    for span, rule in _judged(context, wanted, blocks, last):
        before = found[-1] if found else None
        if before and before.read_by == rule and (before.span.end <= first) == (span.end <= first):
            found[-1] = _piece(Span(before.span.start, span.end), rule)
        else:
            found.append(_piece(span, rule))
    return tuple(found)


def _piece(span: Span, rule: str) -> Statement:
    return Statement(span, Mark.NO_TASK, _REASONS[rule], rule)


def _judged(
    context: Context, wanted: list[Block], blocks: list[Block], last: int
) -> Iterator[tuple[Span, str]]:
    """Lines of head, address and tail as a whole, the others sentence by sentence."""
    homes = _homes(context, blocks)
    in_head, signed = True, False
    for block in wanted:
        home, words = homes.get(block.start), _folded(context, block.start, block.end)
        if home in ("address", "caption"):
            yield Span(block.start, block.end), home
        elif home == "tail":
            signed = (signed or SIGNED.match(words) is not None) and not RECIPIENTS.match(words)
            yield Span(block.start, block.end), "signature" if signed else "recipients"
        elif rule := _of_line(context, block, words, in_head, block.start >= last > 0):
            yield Span(block.start, block.end), rule
        else:
            in_head = False
            for span in sentences_of(context.views, block):
                yield span, _of_sentence(context, span)


def _homes(context: Context, blocks: list[Block]) -> dict[int, str]:
    """What a block is for, by where it begins, if it is no part of the body."""
    if context.header.kind is DocumentKind.PRESS:
        told = {block.start for block in uncaptioned(context.views, blocks)}
        return {block.start: "caption" for block in blocks if block.start not in told}
    parts = parts_of_paper(context.views, blocks)
    return {one.start: "address" for one in parts.address} | {one.start: "tail" for one in parts.tail}


def _of_line(context: Context, block: Block, words: str, in_head: bool, behind: bool) -> str:
    """What a whole line is by its looks; empty for running text."""
    written = context.views.clean[block.start : block.end]
    short = written.isupper() or len(words.split()) < _FEWEST_WORDS
    if context.header.kind is DocumentKind.PRESS:
        return "title" if in_head and block_is_title(context.views, block) else ""
    if behind:
        return "signature" if short else ""
    if not in_head:
        return "heading" if written.isupper() else ""
    if _TITLE.match(words) or words in _folded_title(context):
        return "title"
    return "letterhead" if short or _LETTERHEAD.match(words) else ""


def _of_sentence(context: Context, span: Span) -> str:
    words = _folded(context, span.start, span.end)
    if GROUNDS.match(words):
        return "grounds"
    if TELLS_OF.match(words):
        return "account"
    if is_reported(context.views, span):
        return "others"
    return "heading" if words.endswith(":") or len(words.split()) < _FEWEST_WORDS else "not_operative"


def _folded(context: Context, start: int, end: int) -> str:
    return " ".join(context.views.folded[start:end].split())


def _folded_title(context: Context) -> str:
    return " ".join(fold(context.header.title).split())
