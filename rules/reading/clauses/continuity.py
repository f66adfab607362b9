"""Whether a clause goes on with what was said before it: past accounts, continuations, scopes."""

import re
from datetime import timedelta

from rules.draft import DocumentKind, DueKind, Span
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import stands_alone
from rules.reading.clauses.joined_names import take_list
from rules.reading.clauses.subjects import Actors, opening_of
from rules.reading.dates.dates import DAY, valid
from rules.reading.layout.segments import PLAIN_LEVEL, Block, trimmed
from rules.reading.text.words import verb_phrase_at
from rules.text.gaps import gaps

_REPORTING = re.compile(
    gaps(
        r"(?:(?:yeu cau|de nghi)\s+)?(?:(?:hoan thien|hoan thanh|tong hop)(?:\s+va|,)?\s+)?"
        r"(?:(?:ket qua|du thao|ho so|danh sach|van ban|so lieu|y kien|phuong an|ke hoach)\s+)?"
        r"(?:bao cao|trinh|gui|nop)\b"
    )
)
#: What a report of the work before may say beside its receiver and its day: no matter of its own.
_OF_A_REPORT = frozenset(
    {
        "ket", "qua", "bao", "cao", "trinh", "gui", "nop", "cho", "ve", "len", "den", "toi", "phe", "duyet",
        "xem", "xet", "quyet", "dinh", "bang", "van", "ban", "thuc", "hien", "du", "thao", "ho", "so", "dong",
        "chi", "lanh", "dao", "y", "kien", "va", "de", "hanh", "ky", "yeu", "cau", "nghi", "hoan", "thien",
        "thanh", "tong", "hop", "tham", "gia", "danh", "sach", "lieu", "phuong", "an", "ke", "hoach",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
#: A paper cited at the opening with its day: "Ngày 08/4/2023, Văn phòng … ban hành Văn bản số 404 …".
_PAPER = r"(?:van ban|cong van|thong bao|quyet dinh|ke hoach|chi thi|cong dien|to trinh|bao cao|ket luan)"
_EARLIER = re.compile(
    gaps(
        rf"{DAY}\s*,[^;]{{0,90}}?\b(?:ban hanh|co|ra|gui|ky)\s+{_PAPER}\s+so\b"
        rf"|(?:tai|theo)\s+{_PAPER}\s+so\s[^,;]{{1,60}}?\bngay\s+{DAY.replace('?P<', '?P<of_')}"
    )
)
#: Days between a cited paper and this one that make the citing an account, not this paper's own order.
_LONG_AGO = timedelta(days=15)
#: What somebody says in answer is no order, whatever verb its sentence opens with.
_TELLS = re.compile(r"(?<!\w)(?:cho biết|hứa|cam kết|chia sẻ|khẳng định|cho rằng)(?!\w)")
_PAST = re.compile(
    gaps(
        r"\s*(?:[^,;]{0,60}\s|[^;]{0,160}\scho biết,?\s[^;,]{0,60}\s)?đã (?:giao|ban hành|chỉ đạo"
        r"|tổ chức|có|hoàn thành)\b"
    )
)


def continues(context: Context, part: Span, rule: str) -> bool:
    """Across paragraphs only an open continuation ("Bên cạnh đó,
    …") keeps its addressee; in a report an order
    that names nobody does too, for whoever tells what is the case names it."""
    if rule in ("escalation_clause", "whoever_clause"):
        return True
    opening = opening_of(context, part.start, part.end)
    if context.header.kind is DocumentKind.PRESS and rule == "ellipsis_verb":
        stops = context.views.clean[part.end : part.end + 1] in (".", ";", ":", "!")  # a caption does not
        tells = _TELLS.search(context.views.clean, opening, part.end)
        return stops and not tells and verb_phrase_at(context.views, opening, part.end)
    return opening > part.start or context.views.clean[opening : part.end].lower().startswith(
        ("cần ", "phải ")
    )


def follows_on(context: Context, sentence: Span) -> bool:
    """ "Trình UBND tỉnh trước ngày 10/6." after a task: its report with a day, and no matter of its own."""
    folded = context.views.folded
    if not _REPORTING.match(folded, sentence.start, sentence.end):
        return False
    due = context.deadlines.read(sentence.start, sentence.end)
    if due.kind is not DueKind.DATE or due.span is None:
        return False
    told = [context.names[i] for i in context.names_between(sentence.start, sentence.end)]
    taken = [(named.start, named.end) for named in told] + [(due.span.start, due.span.end)]
    return all(
        word.group() in _OF_A_REPORT or any(start <= word.start() < end for start, end in taken)
        for word in _WORD.finditer(folded, sentence.start, sentence.end)
    )


def tells_of_earlier_paper(context: Context, part: Span) -> bool:
    """Whether a sentence opens with a paper of weeks before, which orders nothing anew."""
    issued = context.header.date
    found = _EARLIER.match(context.views.folded, part.start, part.end) if issued else None
    if not found or not issued:
        return False
    groups = {name.removeprefix("of_"): said for name, said in found.groupdict().items() if said}
    year = groups.get("y") or groups.get("y2") or groups.get("y3") or str(issued.year)
    if not year.isdigit() or len(year) != 4:
        return False
    day = valid(int(year), int(groups.get("m") or groups["m2"]), int(groups.get("d") or groups["d2"]))
    return day is not None and issued - day >= _LONG_AGO


def relays(context: Context, begin: int, actors: Actors) -> bool:
    """ "Chủ đầu tư: - Yêu cầu nhà thầu …": the heading's body is to ask, and remains the lead."""
    opening = context.views.folded.startswith(("yeu cau ", "don doc "), begin)
    return opening and actors.read_by == "assigned_addressee"


def is_past(context: Context, part: Span) -> bool:
    """ "… đã giao …", "Ngày 08/4, X ban hành Văn bản số …": an account of what was done (guideline §1)."""
    if tells_of_earlier_paper(context, part):
        return True
    return _PAST.match(context.views.clean, part.start, part.end) is not None


def is_deeper(following: Block | None, block: Block) -> bool:
    """Whether the next block is a list item below this one."""
    return following is not None and block.level < following.level < PLAIN_LEVEL


def is_bare_scope(context: Context, part: Span) -> bool:
    """ "riêng đối với 05 xã điểm, hoàn thành trước …": a scope and a date, no action (guideline §3)."""
    folded = " ".join(context.views.folded[part.start : part.end].split())
    return (
        re.match(r"rieng\b", folded) is not None
        and re.search(gaps(r"(?:hoan thanh|xong)\s+(?:truoc|trong|cham nhat)"), folded) is not None
    )


def topic_subjects(context: Context, part: Span) -> list[int]:
    """Whom a clause without a directive speaks of: "UBND X vắng không lý do; yêu cầu gửi …"."""
    indexes = context.names_between(part.start, part.end)
    if not indexes or context.names[indexes[0]].start != opening_of(context, part.start, part.end):
        return []
    return [] if context.is_upper(context.names[indexes[0]]) else take_list(context, indexes[0], part.end)[0]


def is_work_of_its_own(context: Context, part: Span) -> bool:
    """ "đối với 03 hộ … thì phối hợp với Sở A xử lý, trường hợp vượt thẩm quyền thì …": no mere condition."""
    if not context.views.folded.startswith(("doi voi ", "rieng "), opening_of(context, part.start, part.end)):
        return False
    return not stands_alone(context.views, part.start, part.end)


def past_subject(context: Context, part: Span) -> Span:
    """A part without whoever stands at its head: "…, bà Thu báo lại Văn phòng vào thứ Ba tuần sau"."""
    named = context.names_between(part.start, part.end)
    if not named or context.names[named[0]].start != part.start:
        return part
    return trimmed(context.views, Span(context.names[named[0]].end, part.end))
