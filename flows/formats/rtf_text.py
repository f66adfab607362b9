"""What an RTF file may not hold before a program gets it that believes it: sizes, and a second text.

RTF states lengths of raw bytes (``\\bin``), and may write one text in two forms (``\\upr``), of which a
program takes the one or the other, or both.
"""

import re

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.one_archive import two_readings

MAGIC = b"{\\rtf"
_RAW = re.compile(rb"\\bin(\d{1,19})")
#: Programs themselves write bookmarks and a document's properties so, and no words.
_TWICE = re.compile(
    rb"\\upr\s{0,9}\{(?!\\(?:\*|title|subject|author|manager|company|operator|category|keywords|comment|doccomm))"
)


def check_rtf(name: str, data: bytes) -> None:
    """Raises DocumentError, naming the file, for a length beyond its end and for two texts in one."""
    if any(int(found[1]) > len(data) - found.end() for found in _RAW.finditer(data)):
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.rtf). {SAVE_AS}")
    if data.find(MAGIC, 1) >= 0:
        raise two_readings(name, "có hai văn bản RTF trong một tệp")
    if _TWICE.search(data):
        raise two_readings(name, "có phần chữ ghi theo hai cách")
