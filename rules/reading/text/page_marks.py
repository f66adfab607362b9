"""What a page, a stamp or a web page lays over a text: headers and footers, signature data, bold marks.

Each is blanked, sign by sign, so that a sentence runs on over it and every offset stays what it was.
"""

import re

_PAGE = (
    r"(?:Trang[ ]{0,4}\d{1,3}(?:[ ]{0,4}/[ ]{0,4}\d{1,3})?|[-–—][ ]{0,4}\d{1,3}[ ]{0,4}[-–—]"
    r"|\d{1,3}[ ]{0,2}/[ ]{0,2}\d{1,3})"
)
_SYMBOL = r"\d{1,5}/(?:\d{4}/)?[A-ZĐ][\w&]{0,5}-[A-ZĐ]"
#: A line with the paper's symbol that ends with a page; a lonely number far to the right; a signature's data.
_RUNNING = re.compile(
    rf"^(?=[^\n]{{6,160}}$)[^\n]*?{_SYMBOL}[^\n]*?[ \t.]{{2}}[^\n]*?{_PAGE}[ \t]*$"
    r"|^[ \t]{12,}\d{1,3}[ \t]*$"
    r"|^[ \t]*(?:Ký bởi|Người ký|Cơ quan ký|Thời gian ký|Ngày ký|Ký thay)[ ]?:[^\n]{0,120}$",
    re.MULTILINE,
)
_ENDS_WITH_PAGE = re.compile(rf"{_PAGE}[ \t]*$", re.MULTILINE)
#: What a word processor leaves of changes and comments: "[xóa: …]", "Ghi chú [A1]: …".
_OF_CHANGES = re.compile(
    r"\[(?:xóa|xoá|bỏ|deleted)[ ]?:[^\]\n]{0,300}\]|^[ \t]*(?:Ghi chú|Nhận xét"
    r"|Comment(?:ed)?) ?\[[^\]\n]{1,12}\][ ]?:[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")


def without_page_marks(clean: str) -> str:
    """The text with such lines and marks blanked."""
    if "**" in clean or "__" in clean:
        clean = _BOLD.sub("  ", clean)
    if "[" in clean:
        clean = _OF_CHANGES.sub(lambda found: " " * len(found.group()), clean)
    if "ký" in clean or "Ký" in clean or "      " in clean or _ENDS_WITH_PAGE.search(clean):
        clean = _RUNNING.sub(lambda found: " " * len(found.group()), clean)
    return clean
