"""Clauses that send a matter upward for decision (labelling guideline §5)."""

import re

from rules.draft import DraftDirective, DueKind
from rules.reading.text.normalise import Views
from rules.reading.text.verbs import ACTION_VERBS, SHORT_VERBS
from rules.text.gaps import gaps

_BEYOND = re.compile(
    r"vuot (?:qua )?(?:tham quyen|kha nang|cap|muc)|qua kha nang|ngoai tham quyen|vuot qua"
    r"|khong (?:the )?(?:tu )?(?:giai quyet|xu ly|thao go|go|lo|khac phuc|lam|can doi|dap ung)(?: noi"
    r"| duoc| xong)|khong thuoc tham quyen"
    r"|(?:lam|giai quyet|xu ly|can doi|thao go) khong (?:noi|xue|duoc|xong)|khong du (?:tham quyen"
    r"|kha nang|nguon luc)"
    r"|qua tam|vuot tam|ngoai (?:kha nang|tam|pham vi (?:tham quyen|chuc nang))|(?:qua|vuot) suc"
    r"|khong con thuoc tham quyen"
    r"|chua (?:tim duoc|tim ra|thong nhat)|khong tim duoc"
    r"|chua (?:the )?giai quyet duoc|khong (?:the )?thong nhat|khong tu xu ly"
)
_MATTER = r"(?:van de|noi dung|tinh huong|su viec|kho khan|vuong mac|truong hop|dot xuat)"
_DIFFICULTY = re.compile(
    rf"kho khan|\bkho thi\b|vuong mac|\bvuong\b|bat cap|bat thuong|tro ngai"
    rf"|(?<!tra )(?<!giam sat )(?<!hop )dot xuat|phat sinh {_MATTER}"
    rf"|{_MATTER}(?: moi| khac)? phat sinh|\b(?:neu|khi|gap)\b[^,;]{{0,20}} phat sinh"
)
_CONDITION = re.compile(
    r"\bneu\b|\bthi\b|moi (?:kho khan|vuong mac)|truong hop|\bgap\b|neu co|trong qua trinh|qua trinh"
    r"|\bkhi co\b|(?<!nguyen nhan cua )(?<!nguyen nhan )(?<!ve )(?<!cua )(?<!ro )nhung "
    r"(?:noi dung|van de|kho khan|vuong mac)|^(?:cac )?(?:kho khan|vuong mac)"
)
_UPWARD = re.compile(
    r"bao cao|\bb/c\b|de xuat|phan anh|\btrinh\b|\bgui\b|xin (?:y kien|chi dao)|(?<!cac )kien nghi|thong tin"
    r"|co van ban|chuyen"
    r"|\bbao (?:ngay|len|cho|ve|voi|som|kip thoi|de|ubnd|chu tich|lanh dao|so)|tham muu|lam viec voi"
    r"|\bgoi (?:ngay|ve|cho)|dien (?:ngay|bao)|thong bao"
)
_DECIDED_ABOVE = re.compile(
    r"(?:^|[,;] )(?:neu|truong hop|tinh huong|phan|viec|mon|noi dung)\b [^;]{3,90}?\b(?:bao cao|de xuat"
    r"|trinh|xin y "
    r"kien)\b[^,;]{0,15}\b(?:ubnd|chu tich|lanh dao)\b"
    r"[^;]{0,60}\b(?:xem xet|quyet dinh|giai quyet|chi dao|cho y kien|xu ly)\b"
)
#: Without one of these no clause is an escalation; most have none.
_SIGN = re.compile(
    gaps(
        r"vuot|ngoai|khong|chua|qua\s+(?:kha|tam|suc)|kho\s+(?:khan|thi)|vuong|bat\s+(?:cap|thuong)|tro\s+ngai|dot\s+xuat"
        r"|phat\s+sinh|neu|truong\s+hop|tinh\s+huong|phan|viec|mon|noi\s+dung"
    )
)
_SIDEWAYS = re.compile(r"de (?:duoc )?(?:huong dan|phoi hop|ho tro ky thuat)")


def is_escalation(views: Views, start: int, end: int, recurring: bool) -> bool:
    """Whether a condition in ``[start, end)`` sends the matter up; a periodic report does not."""
    if not _SIGN.search(views.folded, start, end):
        return False
    text = " ".join(views.folded[start:end].split())
    beyond = _BEYOND.search(text)
    if beyond:
        return _UPWARD.search(text, beyond.end()) is not None or _UPWARD.search(text) is not None
    if recurring:
        return False
    if _DECIDED_ABOVE.search(text):
        return True
    difficulty = _DIFFICULTY.search(text)
    if not difficulty or not _CONDITION.search(text) or re.search(r"thao go (?:cac )?kho khan", text):
        return False
    if _SIDEWAYS.search(text, difficulty.end()) and "ubnd" not in text[difficulty.end() :]:
        return False
    return _UPWARD.search(text, difficulty.end()) is not None


def condition_start(views: Views, start: int, end: int) -> int | None:
    """Where the escalation condition begins, for telling a tail from a clause of its own."""
    found = _BEYOND.search(views.folded, start, end) or _DIFFICULTY.search(views.folded, start, end)
    return found.start() if found else None


_IN_THE_COURSE = re.compile(r"(?:trong |tren )?qua trinh (?:trien khai|thuc hien|to chuc)[^,;]{0,400}+,")
_ACTION = re.compile(r"\b(?:" + "|".join(sorted(ACTION_VERBS, key=len, reverse=True)) + r")\b")


def stands_alone(views: Views, start: int, end: int) -> bool:
    """Whether an escalation sentence asks for nothing else: its condition comes before any action.

    Design of follow-up, defaults: such a sentence is issued as a rule of the document, not a task.
    """
    condition = condition_start(views, start, end)
    before = views.folded[start : condition or start]
    remainder = _IN_THE_COURSE.sub("", before)
    clauses = views.clean[start : condition or start].lower().split(",")[1:]
    opens_with_verb = any(clause.split()[:1] and clause.split()[0] in SHORT_VERBS for clause in clauses)
    return ";" not in before and not opens_with_verb and _ACTION.search(remainder) is None


def is_standing_rule(views: Views, directive: DraftDirective) -> bool:
    """Whether a directive only sends matters up, on no day: it is issued as a rule of the document."""
    if not directive.escalation or directive.due.kind is not DueKind.NONE:
        return False
    return stands_alone(views, directive.span.start, directive.span.end)
