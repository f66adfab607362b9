"""Bytes of an uploaded document -> text, line by line, NFC; or a clear refusal in Vietnamese.

Only file formats are handled here and in ``formats``; what the text means is for ``rules.reading``.
A document that bears a mark of secrecy, in its text, a header, a text box or a watermark, is refused
at the door and nothing of its content is repeated.
"""

import re
import unicodedata
from dataclasses import replace
from pathlib import PurePath

from flows.actions.formats.content import Content, DocumentError, Progress, no_progress
from flows.actions.formats.kinds import Kind, kind_of
from flows.actions.formats.limits import MAX_UPLOAD_BYTES, check_length, check_upload
from flows.actions.formats.quoted import shown_file_name
from rules.secrecy import secrecy_mark

__all__ = ["MAX_UPLOAD_BYTES", "Content", "DocumentError", "Progress", "read_document", "take_in"]

#: What is never seen: soft hyphens, signs that turn the direction of writing, and control characters,
#: which would act on the terminal that shows the text and which no database keeps.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\f\x85\u2028\u2029]")


def read_document(path_or_name: str, data: bytes, progress: Progress | None = None) -> str:
    """The text of a document. Raises DocumentError, naming the file; see ``take_in``."""
    return take_in(path_or_name, data, progress).text


def take_in(path_or_name: str, data: bytes, progress: Progress | None = None) -> Content:
    """The text of a .docx, .doc, .pdf, .txt or scanned image, with remarks on how it was come by.

    Tracked changes count as accepted. ``progress`` hears of whatever may last over two seconds.
    """
    name = shown_file_name(PurePath(path_or_name.replace("\\", "/")).name or path_or_name)
    check_upload(name, data)
    content = _tidied(_content(name, data, progress or no_progress))
    check_length(name, content.text)
    mark = secrecy_mark(content.text) or secrecy_mark(content.margin)
    if mark:
        raise DocumentError(
            f"Tệp “{name}” có dấu chỉ độ mật “{mark}”. Hệ thống không tiếp nhận tài liệu bí mật nhà nước."
        )
    if not content.text.strip():
        raise DocumentError(f"Tệp “{name}” không có chữ nào đọc được (có thể chỉ chứa ảnh quét).")
    return content


def _content(name: str, data: bytes, progress: Progress) -> Content:
    """Each format is imported when it is met: a pasted text needs none of them."""
    match kind_of(name, data):
        case Kind.TEXT:
            from flows.actions.formats.plain_text import read_plain_text

            return read_plain_text(name, data)
        case Kind.PDF:
            from flows.actions.formats.pdf import read_pdf

            return _with_legible_fonts(read_pdf(name, data, progress))
        case Kind.IMAGE:
            from flows.actions.formats.ocr import read_image

            return read_image(name, data, progress)
        case Kind.WORD_97:
            from flows.actions.formats.word_97 import as_docx

            data = as_docx(name, data, progress)
    from flows.actions.formats.docx import read_docx

    return _with_legible_fonts(read_docx(name, data))


def _with_legible_fonts(content: Content) -> Content:
    """Text typed in the fonts of the nineties (.VnTime, VNI-Times) is Latin letters until decoded."""
    from flows.actions.formats.legacy_encodings import decoded_letters

    found = decoded_letters(content.text)
    if found is None:
        return content
    margin = found.decode(content.margin)
    return Content(found.text, margin, (*content.remarks, found.remark))


def _tidied(content: Content) -> Content:
    return replace(content, text=_one_form(content.text), margin=_one_form(content.margin))


def _one_form(text: str) -> str:
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return _UNSEEN.sub("", text).replace("\u2011", "-")
