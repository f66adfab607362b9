"""How urgent a document and a directive are, by their own words.

Source: Nghị định 30/2020/NĐ-CP, điều 8 khoản 3 (the mark of urgency in the head of a document), and design
of follow-up, "Tasks without a deadline": words of urgency are kept as text, never made into a date.
"""

import re

from rules.folding import fold

#: The mark stands in the letterhead, in a line or a cell of its own; the words further down are no mark.
_HEAD_LINES = 40
_CELL = re.compile(r"\t|\s{3,}|\|")
_FRAME = re.compile(r"^[\W_]+|[\W_]+$")
_HOA_TOC = re.compile(r"(?:(?:muc )?do khan ?:? ?)?hoa toc(?: hen gio)?")
_WORDS = re.compile(r"\b(?:khẩn trương|khẩn cấp|cấp bách|kịp thời|thường xuyên)\b", re.IGNORECASE)


def is_hoa_toc(text: str) -> bool:
    """Whether the head of a document bears the mark "HỎA TỐC": its letters leave at any hour."""
    lines = [line for line in text.splitlines() if line.strip()]
    return any(
        _HOA_TOC.fullmatch(" ".join(fold(_FRAME.sub("", cell)).split()))
        for line in lines[:_HEAD_LINES]
        for cell in (line, *_CELL.split(line))
    )


def urgency_words(text: str) -> str:
    """The words of urgency of a directive, each once, in the text's order: "khẩn trương, kịp thời"."""
    return ", ".join(dict.fromkeys(found.lower() for found in _WORDS.findall(text)))
