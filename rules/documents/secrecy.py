"""Whether a document bears a mark of state secrecy: such papers never enter this system.

The mark stands alone in the head of a document ("MẬT", "Độ mật: Tối mật"), boxed or in a line of
its own, in any case, letter-spaced, or beside a degree of urgency. The words in running text
("bí mật", "mật độ", "bảo mật") are no mark.
"""

import re

from rules.documents.stamps import places_of_stamps
from rules.text.gaps import gaps

_DEGREE = r"(?:TUYỆT\s+MẬT|TỐI\s+MẬT|MẬT)"
_BOX = r"[\s|\[\](){}*_=.:\-–—│┃║+]*"
_STANDALONE = re.compile(rf"^{_BOX}{_DEGREE}{_BOX}$", re.IGNORECASE)
_URGENT = re.compile(r"\b(?:hỏa tốc|hoả tốc|thượng khẩn|khẩn)\b", re.IGNORECASE)  # may share the stamp
_SPACED = re.compile(r"(?<!\w)(\w)\s(?=\w(?!\w))")  # "M Ậ T"
_LABELLED = re.compile(
    gaps(r"^\W*(?:độ|mức độ|dấu chỉ độ|dấu độ)\s+mật\s*[:\-–]?\s*(?P<degree>tuyệt mật|tối mật|mật)\b"),
    re.IGNORECASE,
)


def secrecy_mark(text: str) -> str | None:
    """The degree of secrecy marked in the head of ``text`` ("Mật", "Tối mật", "Tuyệt mật"), or None."""
    for line, *cells in places_of_stamps(text):
        labelled = _LABELLED.match(line)
        if labelled:
            return labelled["degree"].lower().capitalize()
        for cell in (line, *cells):
            stamp = _SPACED.sub(r"\1", _URGENT.sub(" ", cell))
            if _STANDALONE.match(stamp):
                return _degree_of(stamp)
    return None


def _degree_of(cell: str) -> str:
    words = " ".join(re.findall(r"[^\W\d_]+", cell.lower()))
    return next(degree for degree in ("Tuyệt mật", "Tối mật", "Mật") if degree.lower() in words)
