"""Whose asking it is: the chair's, an institution's by its papers, or another's (guideline §1)."""

import re

from rules.reading.clauses.context import Context
from rules.reading.layout.speakers import DEPARTMENT, NAME
from rules.reading.text.words import ADVERBIAL
from rules.text.gaps import gaps

_LEADER = re.compile(
    r"\b(?:chu tich|(?:pho )?thu tuong|bo truong|dong chi|ong|ba|lanh dao (?:tinh|thanh pho|tp|ubnd)"
    r"|nguoi dung dau|truong ban"
    r"|truong doan|bi thu|chu toa|chu tri)\b"
)
_INSTITUTION = re.compile(
    r"(?:thuong truc |ban can su dang )?(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|tp|huyen|thi xa|xa"
    r"|phuong)(?: [a-z]+){0,3}"
    r"|(?:ban thuong vu |thuong truc )?(?:tinh|thanh|huyen|thi|dang) uy(?: [a-z]+){0,3}|hoi nghi|cuoc hop"
    r"|tinh|thanh pho"
    r"|chinh phu|ban chi dao(?: [a-z]+){0,8}|ban chi huy(?: [a-z]+){0,14}"
)
#: The head of a district or commune gives orders too; who asks for something above asks with "đề nghị".
_LOCAL_CHAIR = re.compile(
    r"(?:pho )?chu tich (?:thuong truc )?(?:ubnd|uy ban nhan dan) (?:huyen|thi xa|xa|phuong"
    r"|thi tran)(?: [a-z]+){0,7}"
)
_DEPARTMENT = re.compile(DEPARTMENT)
#: "UBND tỉnh vừa ban hành Công văn số … yêu cầu": the paper's order, told when it was issued.
_BY_A_PAPER = re.compile(
    gaps(
        r"\s(?:vua |da )?(?:vua )?(?:co|ban hanh|ky|ra|ky ban hanh) (?:cong van|van ban|cong dien|chi thi"
        r"|ke hoach|thong bao|quyet dinh)\b(?:(?! da ).){0,200}$"
    )
)
_IN_BRACKETS = re.compile(r" ?\([^()]{0,60}\)$")
_OFFICE = re.compile(r"(?:lanh dao )?(?:van phong|vp)\b")
_OTHER_VOICE = re.compile(
    r"\b(?:dai dien|lanh dao (?:so|xa|phuong|huyen)|giam doc|pho giam doc|pho chu tich ubnd huyen|so|huyen)\b"
)

#: "… vừa ban hành công văn, đề nghị …", right behind the name of a department.
_BY_PAPER = re.compile(
    gaps(
        r"(?:\s*\([^)]{1,20}\))?\s*(?:vua |da |cung )?(?:(?:co|ban hanh|ra) (?:cong van|van ban|cong dien"
        r"|chi thi|ke hoach|thong bao)[^.;]{0,90}?)?,?\s*(?:yeu cau|de nghi|giao|chi dao|luu y|phan cong)\s+"
    )
)
_PASSING_OFFICE = re.compile(gaps(r"(?:lanh\s+dao\s+)?(?:van\s+phong|vp)\b"))
_ASKS_NEXT = re.compile(gaps(r"\s*(?:,\s*)?(?:de\s+nghi|yeu\s+cau|thong\s+bao\s+de|truyen\s+dat)\s+"))
_CHAIR = re.compile(
    r"(?:(?:pho )?(?:chu tich|bi thu) )?(?:thuong truc )?(?:ubnd|uy ban nhan dan|thanh uy|tinh uy)\b"
)
_ASKS = re.compile(gaps(r"\s*(?:(?:cung|vua|con)\s+)?(?:yeu cau|giao|de nghi|luu y|phan cong)\b"))
_PERSON = re.compile(gaps(rf"\s+(?:{NAME})(?=\s)"))


def is_chair_voice(before: str, assigning: str, departmental: bool = False) -> bool:
    """Whether the words before "giao", "yêu cầu" are the chair's, an adverbial, or nothing.

    ``departmental``: a ministry or department is the highest that speaks in the document.
    "UBND tỉnh đã giao" is past work; "Phó Chủ tịch UBND tỉnh đã yêu cầu" reports the meeting.
    """
    speaker = before.rstrip(" ,").strip().rsplit(",", 1)[-1].strip()
    past = "da" in assigning.split()
    if _LOCAL_CHAIR.fullmatch(speaker) and "nghi" not in assigning.split():
        return not before.rstrip().endswith(",")
    if _LEADER.search(speaker) and not before.rstrip().endswith(","):
        return (
            not _OTHER_VOICE.search(_BY_A_PAPER.sub("", speaker))
            or re.search(r"ubnd (?:tinh|thanh pho|tp)", speaker) is not None
        )
    if past or (not speaker and re.search(r"\bchi dao\b", assigning)):
        return False  # "Chỉ đạo công an các huyện …" is what a heading's body is told to do
    if not speaker or before.rstrip().endswith(",") or ADVERBIAL.match(speaker):
        return re.search(r"\bda\b", speaker) is None
    if _OFFICE.match(speaker):  # it passes on what the chair asks
        return re.search(r"\bda\b", speaker) is None and assigning.split()[0] in ("de", "yeu", "thong")
    if _INSTITUTION.fullmatch(speaker):
        return True
    told = _BY_A_PAPER.sub("", speaker).strip(" ,")
    if departmental and _DEPARTMENT.fullmatch(_IN_BRACKETS.sub("", told)):
        return True
    return told != speaker and "da" not in speaker.split() and _INSTITUTION.fullmatch(told) is not None


def asks_elsewhere(context: Context, index: int, after: int, end: int) -> bool:
    """ "Chủ tịch UBND thành phố yêu cầu …" of a city that the register has not (yet): it tells others."""
    named = context.names[index]
    is_chair = named.body_ids == () and _CHAIR.match(context.views.folded, named.start, named.end)
    if context.from_a_department and _asks_another(context, after, end):
        return True
    if not is_chair:
        return False
    person = _PERSON.match(context.views.clean, after, end)  # "Phó Chủ tịch UBND TP Nguyễn Văn An yêu cầu …"
    return _ASKS.match(context.views.folded, person.end() if person else after, end) is not None


def _asks_another(context: Context, after: int, end: int) -> bool:
    """ "Sở Y tế yêu cầu UBND cấp xã …": whoever is named right behind the asking is told."""
    asks = _BY_PAPER.match(context.views.folded, after, end)
    following = context.names_between(asks.end(), end) if asks else []
    return bool(following and asks and context.names[following[0]].start <= asks.end() + 12)


def passes_on(context: Context, index: int, after: int, end: int) -> bool:
    """ "Văn phòng UBND tỉnh đề nghị Sở A …": the office passes an order on to whoever is named next."""
    named = context.names[index]
    if not _PASSING_OFFICE.match(context.views.folded, named.start, named.end):
        return False
    asks = _ASKS_NEXT.match(context.views.folded, after, end)
    following = context.names_between(asks.end(), end) if asks else []
    return bool(following and asks and context.names[following[0]].start <= asks.end() + 12)
