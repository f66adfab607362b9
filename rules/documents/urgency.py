"""How urgent a paper is: the mark in its head, and the words of haste in a directive.

The mark of urgency (khẩn, thượng khẩn, hỏa tốc): Nghị định 30/2020/NĐ-CP, điều 8 khoản 3, to be confirmed
by the office. Only "hỏa tốc" lets letters pass quiet hours and days off. Words of haste are kept as they
are and never made into a date (design of follow-up, "Tasks without a deadline are normal").
"""

import re

from rules.documents.stamps import places_of_stamps
from rules.text.gaps import gaps
from rules.text.stacked_marks import composed

_MARK = re.compile(
    gaps(r"^[\W_]*(?:(?:mức\s+)?độ\s+khẩn\s*:?\s*)?(?:hỏa|hoả)\s*tốc(?:\s+hẹn\s+giờ)?[\W_]*$"), re.IGNORECASE
)
_SECRET = re.compile(r"\b(?:tuyệt mật|tối mật|mật)\b", re.IGNORECASE)  # may share the stamp
_HASTE = re.compile(r"\b(?:khẩn trương|khẩn cấp|cấp bách|kịp thời|thường xuyên)\b", re.IGNORECASE)


def marked_urgent(text: str) -> bool:
    """Whether the head of ``text`` bears the mark "HỎA TỐC", in a line or a cell of its own."""
    return any(_MARK.match(_SECRET.sub(" ", cell)) for cells in places_of_stamps(text) for cell in cells)


def urgency_words(text: str) -> str:
    """The words of haste in a directive, each once, in its own words: "khẩn trương, kịp thời"."""
    found = (match.group().lower() for match in _HASTE.finditer(composed(text)))
    return ", ".join(dict.fromkeys(found))
