"""Who is to receive the report, draft, list or data (labelling guideline §5)."""

import re

from rules.draft import Party
from rules.reading.clauses.context import Context
from rules.reading.names.named import Named
from rules.text.gaps import gaps

_SENT_TO = re.compile(
    gaps(
        r"(?:\b(?:bao cao|trinh|gui|tham muu|de xuat|phan anh|kien nghi|xin y kien|nop|bao cao, "
        r"de xuat|tham muu, de xuat|chuyen)"
        r"(?:\s+(?:ket qua(?: thuc hien)?|nhanh|ngay|kip thoi|bang van ban|day du|dinh ky|tinh "
        r"hinh))*(?:\s+(?:ve|cho|den|len|toi|voi|qua|dong chi))*"
        r"|\b(?:gui|bao cao|phan anh|trinh|nop)\b[^,;.]{0,60}?\s(?:ve|cho|den)"
        r"|\bthong bao\b[^;.]{0,90}?\s(?:den|cho)|\bcung cap\b[^;.]{0,120}?\scho|\b(?:qua|thong "
        r"qua)|\bket qua (?:ve|gui))\s+(?:lanh dao\s+|dong chi\s+)?$"
    )
)
#: No verb of sending stands further than this before its receiver.
_REACH = 240
_SENDING = re.compile(
    r"bao cao|trinh|gui|tham muu|de xuat|phan anh|kien nghi|xin y kien|nop|chuyen|thong bao|cung cap|qua"
)
_JOINT = re.compile(
    gaps(r"^\s*(?:\([^)]*\)\s*)?(?:,|;|va|va\s+cac|,\s*va|\()?\s*(?:qua|thong qua)?\s*(?:cac\s+)?$")
)


def receivers(context: Context, start: int, end: int) -> tuple[Party, ...]:
    """The receivers named in ``[start, end)``, in order, each once."""
    folded = context.views.folded
    found: dict[str, Party] = {}
    previous: Named | None = None
    for index in context.names_between(start, end):
        named = context.names[index]
        before = " ".join(folded[max(start, named.start - _REACH) : named.start].split()) + " "
        joined = previous is not None and _JOINT.match(folded[previous.end : named.start])
        sent = joined or (_SENDING.search(before) and _SENT_TO.search(before))
        previous = named if sent else None
        if previous is not None:
            for party in context.parties_of(index, start):
                found.setdefault(party.body_id or party.phrase, party)
    return tuple(found.values())
