"""Honest signs that a directive may be misread: words that were not used, or were repaired.

Each is a doubt in Vietnamese for the secretariat; the reading itself does not change.
"""

import re
from collections.abc import Iterator
from itertools import chain

from rules.draft import Doubt, DraftDirective, DueKind
from rules.reading.clauses.context import Context
from rules.reading.clauses.subjects import opening_of
from rules.reading.dates.dates import DAY
from rules.reading.names.identity import names_another_province
from rules.reading.text.normalise import LOWER, UPPER
from rules.text.gaps import gaps

#: Round the clock ("24/24 giờ", "24/7") is no day of a month.
_DAY = re.compile(gaps(rf"(?<![\d/])(?!24/(?:24|7)\b){DAY}"))
#: A day of every month or quarter; where it gave no deadline, no month has it ("ngày 55 hằng tháng").
_DAY_OF_CYCLE = re.compile(gaps(r"\bngay\s+\d{1,2}\s[^,;.]{0,30}?\b(?:hang|moi|cuoi)\s+(?:thang|qu[yi])\b"))
_CITED = re.compile(
    gaps(
        r"(?:so [\w/-]{2,30}(?: ngay)?|cong van|nghi quyet|quyet dinh|ke hoach|thong bao|cong dien"
        r"|nghi dinh|van ban|ke tu"
        r"|\btu|bat dau tu|tinh den|dip|le|kenh|duong|ke tu \d{1,2} gio|ky niem|khai mac|be mac|dien ra"
        r"|hop|tren|ty le|thoi diem|truoc do)"
        r"(?:[^,;.]{0,25}?\b(?:ngay|vao))?\s*$"
    )
)
_CONDITION = re.compile(
    r"\b(?:neu|truong hop|gap)\b[^;]{0,60}?\b(?:kho khan|vuong mac|vuot|phat sinh"
    r"|khong the)"
)
_UP = re.compile(r"\b(?:bao cao|xin y kien|trinh|kien nghi|phan anh|de xuat)\b")
_PART_OF_IT = re.compile(
    gaps(
        rf"[ ]?(?:\(\s*[{UPPER}]|(?:[{UPPER}][{LOWER}]+[ ,])|ven biển|trong vùng|vùng\s"
        rf"|khu vực\s"
        r"|có\s+(?:dự án|tuyến|công trình|tỷ lệ|đê|rừng|biển)|bị\s|giáp\s)"
    )
)
#: Rules by which a clause has its lead from what stands above it.
_INHERITED = ("ellipsis_", "heading_", "further_", "escalation_clause")
_TOPICAL = re.compile(gaps(r"(?:ve\s+|doi\s+voi\s+|voi\s+)?(?:phia\s+)?"))
_SAID_ABOVE = re.compile(r" ?(?:neu tren|noi tren|con lai)\b")
_GUESSED = {
    "ellipsis_passive": "Câu không nêu cơ quan thực hiện; lấy theo câu trước, cần kiểm tra.",
    "visited_place": "Câu không nêu cơ quan; hiểu là địa phương được làm việc trong bài, cần kiểm tra.",
    "topic_subject": "Câu không nêu rõ ai thực hiện; lấy cơ quan được nhắc ở đầu câu, cần kiểm tra.",
    "unknown_action": "Không chắc đây là nhiệm vụ: chưa nhận ra động từ chỉ việc phải làm.",
    "whoever_clause": "Câu giao cho “nơi nào, đơn vị nào” có điều kiện; cần kiểm tra cơ quan thực hiện.",
    "ellipsis_topic": "Câu không nêu cơ quan thực hiện; lấy theo câu trước, cần kiểm tra.",
    "ellipsis_adverbial": "Câu không nêu cơ quan thực hiện; lấy theo câu trước, cần kiểm tra.",
}


def of_words(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """All signs that can be told from a directive and its words."""
    if directive.read_by in _GUESSED:
        yield Doubt("lead", _GUESSED[directive.read_by])
    for party in (*directive.lead, *directive.cooperate):
        if party.span and context.starts_counted(party.span.start):
            message = f"“{party.phrase}” là một phần của nhóm; cần chọn đúng các địa phương."
            yield Doubt("lead" if party in directive.lead else "cooperate", message)
            break
    yield from _another_named(context, directive)
    yield from _of_another_province(context, directive)
    yield from _narrowed(context, directive)
    yield from _dates(context, directive)
    yield from _escalation(context, directive)
    yield from _repairs(context, directive)


def _another_named(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """A clause that opens with a body, though whoever was told before was taken for its lead."""
    start, end = opening_of(context, directive.span.start, directive.span.end), directive.span.end
    topical = _TOPICAL.match(context.views.folded, start, end)
    start = topical.end() if topical else start
    first = next((i for i in context.names_between(start, end) if context.names[i].start == start), None)
    if (
        first is None
        or not (directive.read_by or "").startswith(_INHERITED)
        or context.is_upper(context.names[first])
    ):
        return
    named = context.parties_of(first, start)
    taken = {party.body_id or party.phrase for party in directive.lead}
    if named and not any((party.body_id or party.phrase) in taken for party in named):
        yield Doubt("lead", f"Câu mở đầu bằng “{named[0].phrase}” nhưng cơ quan chủ trì lấy theo phần trên.")


def _of_another_province(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """ "Phó Chủ tịch UBND tỉnh" in a paper of a province that the register has not: not ours."""
    issuer = context.header.issuer or ""
    ours = [p for p in directive.lead if p.body_id and context.kind_of(p.body_id) == "ubnd"]
    if ours and names_another_province(context.view.registry, issuer):
        yield Doubt(
            "lead", f"Văn bản của “{issuer}”; “{ours[0].phrase}” có thể không phải cơ quan trong danh mục."
        )


def _narrowed(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """ "Các xã ven biển (A, B)", "các huyện nêu trên": a part of the group, of which all was taken."""
    for party in directive.lead:
        if party.body_id is None or party.span is None:
            continue
        is_group = context.view.registry.get(party.body_id).is_collective
        if _SAID_ABOVE.match(context.views.folded, party.span.end):
            yield Doubt(
                "lead", f"“{party.phrase}” hiểu theo phần trên của văn bản; cần chọn đúng các cơ quan."
            )
            return
        if is_group and _PART_OF_IT.match(context.views.clean, party.span.end):
            message = f"“{party.phrase}” có nêu phạm vi hẹp hơn cả nhóm; cần chọn đúng các cơ quan."
            yield Doubt("lead", message)
            return


def _dates(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """A day near the work that is not its deadline, or two days of which one was chosen."""
    start, end = directive.span.start, directive.span.end
    due = directive.due
    if directive.read_by in ("table_row", "slip_label", "roles_after_content"):
        return
    if due.kind is DueKind.NONE:
        folded = context.views.folded
        for day in chain(_DAY.finditer(folded, start, end), _DAY_OF_CYCLE.finditer(folded, start, end)):
            if due.span and due.span.start <= day.start() < due.span.end:
                continue  # asked about as a deadline of an undated paper already
            if not _CITED.search(folded, max(start, day.start() - 50), day.start()):
                words = " ".join(context.views.text[day.start() : day.end()].split())
                yield Doubt("due", f"Trong câu có “{words}” nhưng chưa được hiểu là thời hạn, cần kiểm tra.")
                return
        return
    if due.kind is DueKind.RECURRING and due.span:
        dated = [d for d in context.deadlines.all_dates(start, end) if d.date and d.span]
        if any(d.span and (d.span.end <= due.span.start or d.span.start >= due.span.end) for d in dated):
            yield Doubt("due", "Câu vừa có thời hạn định kỳ vừa có ngày cụ thể, cần kiểm tra.")


def _escalation(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """A condition with a report that was not taken as an escalation."""
    folded = context.views.folded
    condition = _CONDITION.search(folded, directive.span.start, directive.span.end)
    if condition and not directive.escalation and _UP.search(folded, condition.end(), directive.span.end):
        yield Doubt(
            "escalation", "Câu có điều kiện báo cáo khi vướng mắc nhưng chưa chắc là xin ý kiến cấp trên."
        )


def _repairs(context: Context, directive: DraftDirective) -> Iterator[Doubt]:
    """A date whose digits were mended after scanning."""
    span = directive.due.span
    if span is None:
        return
    words = " ".join(context.views.text[span.start : span.end].split())
    if words != " ".join(context.views.clean[span.start : span.end].split()):
        yield Doubt("due", f"Ngày “{words}” có lỗi quét đã được sửa khi đọc, cần đối chiếu bản gốc.")
