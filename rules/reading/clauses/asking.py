"""Whose asking it is: the chair's, an institution's by its papers, or another's (guideline §1)."""

import re

from rules.reading.text.words import ADVERBIAL

_LEADER = re.compile(
    r"\b(?:chu tich|(?:pho )?thu tuong|bo truong|dong chi|ong|ba|lanh dao (?:tinh|thanh pho|ubnd)"
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
_OFFICE = re.compile(r"(?:lanh dao )?(?:van phong|vp)\b")
_OTHER_VOICE = re.compile(
    r"\b(?:dai dien|lanh dao (?:so|xa|phuong|huyen)|giam doc|pho giam doc|pho chu tich ubnd huyen|so|huyen)\b"
)


def is_chair_voice(before: str, assigning: str) -> bool:
    """Whether the words before "giao", "yêu cầu" are the chair's, an adverbial, or nothing.

    "UBND tỉnh đã giao" is past work; "Phó Chủ tịch UBND tỉnh đã yêu cầu" reports the meeting.
    """
    speaker = before.rstrip(" ,").strip().rsplit(",", 1)[-1].strip()
    past = "da" in assigning.split()
    if _LOCAL_CHAIR.fullmatch(speaker) and "nghi" not in assigning.split():
        return not before.rstrip().endswith(",")
    if _LEADER.search(speaker) and not before.rstrip().endswith(","):
        return (
            not _OTHER_VOICE.search(speaker) or re.search(r"ubnd (?:tinh|thanh pho|tp)", speaker) is not None
        )
    if past or (not speaker and re.search(r"\bchi dao\b", assigning)):
        return False  # "Chỉ đạo công an các huyện …" is what a heading's body is told to do
    if not speaker or before.rstrip().endswith(",") or ADVERBIAL.match(speaker):
        return re.search(r"\bda\b", speaker) is None
    if _OFFICE.match(speaker):  # it passes on what the chair asks
        return re.search(r"\bda\b", speaker) is None and assigning.split()[0] in ("de", "yeu", "thong")
    return _INSTITUTION.fullmatch(speaker) is not None
