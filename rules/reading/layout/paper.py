"""The parts of a paper that an office issues: head, whom it is sent to, body, recipients and signatures.

What stands under "Nơi nhận" is never an order, and neither are the lines of "Kính gửi" (issue 14); whoever
stands there is spoken to throughout.
"""

import re
from dataclasses import dataclass

from rules.reading.layout.segments import PLAIN_LEVEL, Block
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_BULLET = 6
_SENT_TO = re.compile(
    gaps(r"(?:kinh gui\b|(?:chu tich|uy ban|ubnd|ban chi huy)[^.;:]{0,90}\sdien\s*:|dien\s*:)")
)
RECIPIENTS = re.compile(r"noi nhan\b|nhu (?:tren|dieu \d|kinh gui)\b")
_ANNEX = re.compile(r"(?:phu luc|bang phan cong|danh muc)\b")
SIGNED = re.compile(
    gaps(
        r"(?:t/?m\.?|kt\.?|tl\.?|tuq\.?|ky thay|thua lenh)\s[^.;]{0,60}$|(?:nguoi ky|ngay ky|thoi gian ky"
        r"|ky boi|co quan)\s*:"
        r"|\(?da ky\)?\W*$|(?:pho )?(?:chu tich|chanh van phong|bi thu|giam doc|truong ban)\W*$"
    )
)
_IN_NAME_OF = re.compile(r"(?:t/?m|kt|tl|tuq)\. ?[a-z]")
#: An item of "Nơi nhận" is a name with a mark behind it; a line of an address hardly longer.
_LONGEST_LINE = 26


@dataclass(frozen=True, slots=True)
class Parts:
    """Blocks of a paper by what they are for."""

    address: list[Block]
    body: list[Block]
    tail: list[Block]


def parts_of_paper(views: Views, blocks: list[Block]) -> Parts:
    """The parts, in order; a paper without "Nơi nhận" or "Kính gửi" is all body."""
    address: list[Block] = []
    body: list[Block] = []
    tail: list[Block] = []
    inside: list[Block] | None = None
    for block in blocks:
        words = " ".join(views.folded[block.start : block.end].split())
        if inside is tail:
            inside = body if _ANNEX.match(words) and _is_capital(views, block) else tail
        elif RECIPIENTS.match(words):
            inside = tail
        elif _SENT_TO.match(words):
            inside = address
        elif inside is address and not _goes_on(block, words):
            inside = None
        home = body if inside is None else inside
        if home is body and _IN_NAME_OF.match(words) and _is_capital(views, block):
            inside = home = tail  # whoever signs stands last
        (tail if home is body and block.level == PLAIN_LEVEL and SIGNED.match(words) else home).append(block)
    return Parts(address, body, tail)


def _is_capital(views: Views, block: Block) -> bool:
    words = views.clean[block.start : block.end]
    return words.upper() == words


def _goes_on(block: Block, words: str) -> bool:
    """Whether a block is one more line of the address: a bullet, or a short line that is no sentence."""
    if block.level == _BULLET:
        return True
    return block.level == PLAIN_LEVEL and len(words.split()) <= _LONGEST_LINE and words[-1:] in ";,"
