"""Which blocks hold the chair's conclusion, by the form of the document.

All before "kết luận như sau:" is context; minutes conclude under a heading; in a press report the
chair's words begin where the report says that the chair speaks (labelling guideline §1).
"""

import re
from dataclasses import replace

from rules.draft import DocumentKind
from rules.reading.layout.segments import PLAIN_LEVEL, Block
from rules.reading.layout.voices import ASSUMED, OTHER, voices_in
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_OPENING = re.compile(
    gaps(
        r"(?:ket luan|chi dao|y kien|ket luan (?:cua|cac)|noi dung ket luan|thong nhat)[^.;]{0,120}:\s*$"
        r"|(?:ket luan|chi dao|y kien ket luan)[^.;:]{0,60}(?:nhu sau|sau day)\s*[:.]?\s*$"
    )
)
_MINUTES_OPENING = re.compile(
    gaps(
        r"^(?:\W*)(?:(?!thu ky|du thao|giao |van phong|vp )(?:(?!thong bao |bien ban "
        r"|du thao )[^.;:]){0,60}\bket luan\b|phan cong\b|giao nhiem vu|y kien chi dao)[^.;]{0,90}:?\s*"
    )
)
_CLOSING = re.compile(
    gaps(
        r"^(?:noi nhan|tren day la|tl\.|kt\.|tm\.|thu ky\s{3,}|thu ky\s*$|chu tri\s*$|(?:cuoc )?hop "
        r"ket thuc|hoi nghi ket thuc|phien hop ket thuc"
        r"|bien ban (?:duoc|ket thuc|nay)|(?:van phong )?ubnd \w+ (?:\w+ )?thong bao|thua lenh"
        r"|yeu cau (?:cac |thu truong )?[^,;]{0,80}(?:nghiem tuc )?(?:to chuc |trien khai )?thuc "
        r"hien(?: nghiem tuc)?\W*$"
        r"|nguoi (?:giao|nhan|lap)|luu\s*:|da ky|\(da ky\))"
    )
)
_ASSESSMENT_HEADING = re.compile(
    r"^(?:ve )?(?:danh gia|ket qua|ton tai|han che|kho khan|nguyen nhan|tinh hinh|uu diem"
    r"|nhan xet|thanh phan|y kien thao luan|dien bien|thoi gian|dia diem|noi dung bao cao)\b"
)
_CREDIT = re.compile(gaps(r"(?:anh|bai, anh|tin, anh)\s*:|bai, anh"))


def operative_blocks(views: Views, kind: DocumentKind, blocks: list[Block]) -> list[Block]:
    """The blocks in which a directive may stand, in order."""
    if kind is DocumentKind.PRESS:
        return _press(views, blocks)
    if kind is DocumentKind.MINUTES:
        return _until_closing(views, _minutes(views, blocks))
    return _until_closing(views, _without_assessment(views, _after_opening(views, blocks)))


def _folded(views: Views, block: Block) -> str:
    return " ".join(views.folded[block.start : block.end].split())


def _after_opening(views: Views, blocks: list[Block]) -> list[Block]:
    for index, block in enumerate(blocks):
        if block.level == PLAIN_LEVEL and _OPENING.search(_folded(views, block)):
            return blocks[index + 1 :]
    for index, block in enumerate(blocks):
        if block.level < PLAIN_LEVEL:
            return blocks[index:]
    return blocks


def _minutes(views: Views, blocks: list[Block]) -> list[Block]:
    """From the last block that opens a conclusion; several items may each have one."""
    kept: list[Block] = []
    inside, level = False, PLAIN_LEVEL
    for block in blocks:
        text = _folded(views, block)
        if inside and block.level <= level < PLAIN_LEVEL and not _MINUTES_OPENING.match(text):
            inside = False
        opening = _MINUTES_OPENING.match(text)
        if opening and "ket luan" in text[:90] or (opening and text.endswith(":")):
            inside, level = True, block.level
            colon = views.clean.find(":", block.start, block.end)
            rest = views.clean[colon + 1 : block.end].strip() if colon >= 0 else ""
            if len(rest) > 20:
                kept.append(
                    Block(
                        block.end - len(views.clean[colon + 1 : block.end].lstrip()), block.end, block.level
                    )
                )
            continue
        if inside:
            kept.append(block)
    return kept


def _without_assessment(views: Views, blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    skipping = 0
    for block in blocks:
        if skipping and block.level <= skipping:
            skipping = 0
        text = _folded(views, block)
        if block.level <= 3 and len(text) < 90 and _ASSESSMENT_HEADING.match(text):
            skipping = block.level
        if not skipping:
            kept.append(block)
    return kept


def _until_closing(views: Views, blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if block.level == PLAIN_LEVEL and _CLOSING.match(_folded(views, block)):
            if re.match(
                r"noi nhan|tl\.|kt\.|tm\.|thu ky|(?:cuoc )?hop ket thuc|cuoc hop", _folded(views, block)
            ):
                break
            continue
        kept.append(block)
    return kept


def _press(views: Views, blocks: list[Block]) -> list[Block]:
    """What the chair says: neighbouring sentences of one paragraph and voice make one block."""
    text = [b for n, b in enumerate(blocks) if not _is_caption(_folded(views, b), n)]
    kept: list[Block] = []
    for block, line in zip(text, voices_in(views, text), strict=True):
        open_run = False
        for said in line:
            if said.voice == OTHER:
                open_run = False
            elif open_run and kept[-1].assumed == (said.voice == ASSUMED):
                kept[-1] = replace(kept[-1], end=said.span.end)
            else:
                run = Block(said.span.start, said.span.end, block.level, block.marker, said.voice == ASSUMED)
                kept.append(run)
                open_run = True
    return kept


def _is_caption(folded: str, number: int) -> bool:
    if re.search(r"\banh\s{0,64}+:\s{0,64}[a-z. -]{2,40}$", folded):
        return True
    return number > 0 and (_CREDIT.match(folded) is not None or (len(folded) < 40 and folded[-1:] != "."))
