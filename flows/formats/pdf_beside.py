"""What a PDF file holds beside its pages: earlier savings, other files, forms, notes laid over a page.

None of it is read and nothing in it is run. A file that is saved again keeps the earlier state whole
before what was added (signing does so too); it is named where its words are others.
"""

import re
from time import process_time
from typing import Any

import pypdfium2
from pypdfium2 import raw

_END = re.compile(rb"startxref[^0-9]{1,99}(\d{1,10})")
_MARK, _LAST = b"startxref", b"%%EOF"
_PADDING = b"\0\r\n\t \x1a"
_SCRIPTS = (b"/JavaScript", b"/JS")
_MOST_SAVINGS = 8
_MOST_NOTES = 200
_SECONDS = 2.0  # of the processor, for all earlier savings
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_FULL_FORMS = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)
#: What draws nothing on the page itself.
_UNDRAWN = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_NO_SIZE = 1.0  # points: a signature that is not shown lies in a field of no size
_HEAD = b"%PDF-"


def beside(document: Any, data: bytes) -> dict[str, str]:
    """Codes of what is to be noted about the file, with words where there are any."""
    notes = _earlier(document, data)
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        notes["attached"] = ""
    if raw.FPDF_GetFormType(document) in _FULL_FORMS:
        notes["form"] = ""
    if data[: data.find(_HEAD)].strip(b"\xef\xbb\xbf\0\r\n\t "):
        notes["before"] = ""
    if data[data.rfind(_LAST) + len(_LAST) :].strip(_PADDING):
        notes["after"] = ""
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or any(mark in data for mark in _SCRIPTS):
        notes["script"] = ""
    return notes


def is_written_over(page: Any) -> bool:
    """Whether a note, stamp or field lies on the page: its reader sees it, and it is no text of the page."""
    count = raw.FPDFPage_GetAnnotCount(page)
    for number in range(min(count, _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        drawn = _is_drawn(note)
        raw.FPDFPage_CloseAnnot(note)
        if drawn:
            return True
    return bool(count > _MOST_NOTES)


def _is_drawn(note: Any) -> bool:
    if raw.FPDFAnnot_GetSubtype(note) in _UNDRAWN or raw.FPDFAnnot_GetFlags(note) & _HIDDEN:
        return False
    sides = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, sides)
    return bool(min(abs(sides.right - sides.left), abs(sides.top - sides.bottom)) > _NO_SIZE)


def _earlier(document: Any, data: bytes) -> dict[str, str]:
    """Whether the file was saved before with other words; what a viewer loads first (0) is no saving."""
    ends = [found.end() for found in _END.finditer(data) if int(found[1])]
    if len(ends) < 2:
        return {"unchecked": ""} if data.count(_MARK) > 2 else {}
    end_of_time = process_time() + _SECONDS
    now = _words(document, end_of_time)
    for end in reversed(ends[:-1][-_MOST_SAVINGS:]):
        then = _words_of(data[:end], end_of_time)
        if process_time() > end_of_time:
            return {"unchecked": ""}
        if then is not None and then != now:
            return {"earlier": _first_other(then, now)}
    return {} if len(ends) <= _MOST_SAVINGS + 1 else {"unchecked": ""}


def _words_of(data: bytes, end_of_time: float) -> list[str] | None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        return _words(document, end_of_time)
    finally:
        document.close()


def _words(document: Any, end_of_time: float) -> list[str]:
    """The words of each page, until time is up."""
    pages = []
    for number in range(len(document)):
        if process_time() > end_of_time:
            break
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            pages.append("")
            continue
        text = page.get_textpage()
        pages.append(" ".join(str(text.get_text_range()).split()) if text.count_chars() else "")
        page.close()
    return pages


def _first_other(then: list[str], now: list[str]) -> str:
    """The first page of before that reads otherwise now, from where it does."""
    for number, page in enumerate(then):
        other = now[number] if number < len(now) else ""
        if page != other:
            same = next((at for at, (a, b) in enumerate(zip(page, other, strict=False)) if a != b), 0)
            return page[max(same - 20, 0) :]
    return ""
