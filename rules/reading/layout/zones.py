"""Which blocks hold the chair's conclusion, by the form of the document.

All before "kết luận như sau:" is context; minutes conclude under a heading; in a press report the
chair's words begin where the report says that the chair speaks (labelling guideline §1).
"""

import re
from dataclasses import replace

from rules.draft import DocumentKind, Genre, Span
from rules.reading.layout.header import Header
from rules.reading.layout.minutes import concluded_in
from rules.reading.layout.paper import parts_of_paper
from rules.reading.layout.segments import PLAIN_LEVEL, Block, sentences_of
from rules.reading.layout.speakers import is_caption
from rules.reading.layout.voices import ASSUMED, OTHER, voices_in
from rules.reading.text.normalise import Views
from rules.text.gaps import gaps

_OPENING = re.compile(
    gaps(
        r"(?:ket luan|chi dao|y kien|ket luan (?:cua|cac)|noi dung ket luan|thong nhat)[^.;]{0,120}:\s*$"
        r"|(?:ubnd|uy ban nhan dan|chu tich|thuong truc|ban thuong vu|tinh uy|thanh uy|huyen uy|thu tuong"
        r"|bo truong|de chu dong|de khac phuc)\b[^.;]{0,160}\b(?:yeu cau|de nghi|giao)\b[^.;]{0,250}:\s*$"
        r"|\b(?:yeu cau|de nghi|giao)\b[^.;:]{0,250}\b(?:thuc hien"
        r"|trien khai)\b[^.;:]{0,60}\bsau(?: day)?\s*:\s*$"
        r"|(?:ket luan|chi dao|y kien ket luan)[^.;:]{0,60}(?:nhu sau|sau day)\s*[:.]?\s*$"
    )
)
#: A paragraph that gives an order of its own: "UBND tỉnh đề nghị …", "Yêu cầu Sở …".
_ORDERS = re.compile(
    r"^(?:(?:ve viec nay|theo do|de [^,]{3,80}|thuc hien [^,]{3,120}|can cu [^,]{3,160}|xet [^,]{3,160}),? )?"
    r"(?:(?:pho )?(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|huyen|thi xa|xa"
    r"|phuong)[^.;,]{0,40} "
    r"|van phong [^.;,]{3,40} )?(?:yeu cau|de nghi|giao|thong bao) (?!den )"
)
_CLOSING = re.compile(
    gaps(
        r"^(?:noi nhan|tren day la|tl\.|kt\.|tm\.|thu ky\s{3,}|thu ky\s*$|chu tri\s*$|(?:cuoc )?hop "
        r"ket thuc|hoi nghi ket thuc|phien hop ket thuc"
        r"|bien ban (?:duoc|ket thuc|nay)|(?:van phong )?ubnd \w+ (?:\w+ )?thong bao"
        r"|van phong [^.;]{3,40} thong bao (?:den|de)\b|thua lenh"
        r"|yeu cau (?:cac |thu truong )?[^,;]{0,80}(?:nghiem tuc )?(?:to chuc |trien khai )?thuc "
        r"hien(?: nghiem tuc)?\W*$"
        r"|(?:khi )?nhan duoc (?:cong dien|cong van|thong bao|van ban|chi thi) nay\b"
        r"|nguoi (?:giao|nhan|lap)|luu\s*:|da ky|\(da ky\))"
    )
)
#: A paragraph of how things went: a span of time that is over, and then figures, praise or blame.
_ASSESSES = re.compile(
    r"(?:trong (?:quy|thang|tuan|nam|\d+ thang)|thoi gian qua|den nay|hien nay|nhin chung|tinh den"
    r"|qua \w+ thang)\b"
    r".{0,400}?(?:\d%|ty dong|ton tai|han che|ket qua|co gang|on dinh|tuy nhien|chua nghiem|con cham"
    r"|nguyen nhan)"
)
#: The last article of a decision: whoever is named there has to carry it out, and nothing else.
_CARRIES_OUT = re.compile(
    r"chiu trach nhiem thi hanh (?:quyet dinh|ke hoach|chi thi|chuong trinh)(?: nay)?\W{0,6}$"
)
_ASSESSMENT_HEADING = re.compile(
    r"^(?:ve )?(?:danh gia|ket qua|ton tai|han che|kho khan|nguyen nhan|tinh hinh|uu diem"
    r"|nhan xet|thanh phan|y kien thao luan|dien bien|thoi gian|dia diem|noi dung bao cao)\b"
)
#: "Khó khăn, vướng mắc phát sinh, các đơn vị báo cáo UBND tỉnh." is no heading of what was difficult.
_GOES_UP = re.compile(
    r"\b(?:bao cao|phan anh|de xuat|trinh|gui)\b[^.;]{0,40}\b(?:ubnd|uy ban|so|chu tich|van phong)\b"
)
_PICTURE = re.compile(r"\W{0,8}+(?:img|image|anh|hinh anh)\W{0,8}+")
#: "Về việc này, Chủ tịch UBND tỉnh có ý kiến như sau: Giao Sở A …", all in one paragraph.
_OPENS_INSIDE = re.compile(
    gaps(r"\b(?:co y kien(?: chi dao)?|chi dao|ket luan|y kien(?: chi dao)?) nhu sau\s*:\s*")
)
_SHORTEST_ORDER = 20
_ASKS = re.compile(r"\b(?:yeu cau|de nghi|giao)\b")
_CREDIT = re.compile(gaps(r"(?:anh|bai, anh|tin, anh)\s*:|bai, anh"))


def operative_blocks(views: Views, header: Header, blocks: list[Block]) -> list[Block]:
    """The blocks in which a directive may stand, in order."""
    if header.kind is DocumentKind.PRESS:
        return _press(views, blocks)
    parts = parts_of_paper(views, blocks)
    if header.genre is Genre.LIST:
        return parts.body
    if header.kind is DocumentKind.MINUTES:
        return _until_closing(views, concluded_in(views, parts.body))
    return _until_closing(views, _without_assessment(views, _after_opening(views, parts.body)))


def _folded(views: Views, block: Block) -> str:
    return " ".join(views.folded[block.start : block.end].split())


def _after_opening(views: Views, blocks: list[Block]) -> list[Block]:
    """From the line that opens the orders, else from the first order or item, else all."""
    for index, block in enumerate(blocks):
        if block.level == PLAIN_LEVEL and _OPENING.search(_folded(views, block)):
            last = sentences_of(views, block)[-1]
            asks = _ASKS.search(views.folded, last.start, last.end)
            return [*([replace(block, start=last.start)] if asks else []), *blocks[index + 1 :]]
    for index, block in enumerate(blocks):
        inside = _OPENS_INSIDE.search(views.folded, block.start, block.end)
        if block.level == PLAIN_LEVEL and inside and block.end - inside.end() > _SHORTEST_ORDER:
            return [replace(block, start=inside.end()), *blocks[index + 1 :]]
    for index, block in enumerate(blocks):
        if block.level < PLAIN_LEVEL or _ORDERS.search(_folded(views, block)):
            return blocks[index:]
    return blocks


def _without_assessment(views: Views, blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    skipping = 0
    for block in blocks:
        if skipping and block.level <= skipping:
            skipping = 0
        text = _folded(views, block)
        heads = _ASSESSMENT_HEADING.match(text) and not _GOES_UP.search(text)
        if block.level <= 3 and len(text) < 90 and heads:
            skipping = block.level
        if not skipping and not (block.level == PLAIN_LEVEL and _ASSESSES.match(text)):
            kept.append(block)
    return kept


def _until_closing(views: Views, blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if _CARRIES_OUT.search(_folded(views, block)):
            continue
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
    text = uncaptioned(views, blocks)
    kept: list[Block] = []
    for block, line in zip(text, voices_in(views, text), strict=True):
        open_run = False
        for said in line:
            if said.voice == OTHER:
                open_run = False
            elif open_run and kept[-1].assumed == (said.voice == ASSUMED):
                kept[-1] = replace(kept[-1], end=_with_colon(views, said.span))
            else:
                end = _with_colon(views, said.span)
                run = Block(said.span.start, end, block.level, block.marker, said.voice == ASSUMED)
                kept.append(run)
                open_run = True
    return kept


def _with_colon(views: Views, span: Span) -> int:
    """The end of a sentence, with the colon by which it hands over to a list."""
    return span.end + views.clean.startswith(":", span.end)


def uncaptioned(views: Views, blocks: list[Block]) -> list[Block]:
    """Without what stands under pictures: told by its words, or by the mark of the picture above."""
    kept: list[Block] = []
    pictured = False
    for number, block in enumerate(blocks):
        folded = _folded(views, block)
        shown = _PICTURE.fullmatch(folded) is not None
        caption = (pictured and len(folded.split()) <= 30) or (number > 0 and is_caption(folded))
        if not (shown or caption or _is_credit(folded, number)):
            kept.append(block)
        pictured = shown
    return kept


def _is_credit(folded: str, number: int) -> bool:
    if re.search(r"\banh\s{0,64}+:\s{0,64}[a-z. -]{2,40}$", folded) and len(folded) < 250:
        return True
    return number > 0 and (_CREDIT.match(folded) is not None or (len(folded) < 40 and folded[-1:] != "."))
