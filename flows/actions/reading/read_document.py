"""Bytes of an uploaded document -> text, line by line, NFC; or a clear refusal in Vietnamese.

Only file formats are handled here and in ``formats``; what the text means is for ``rules.reading``.
A document that bears a mark of secrecy, in its text, a header, a text box or a watermark, is refused
at the door and nothing of its content is repeated.
"""

from dataclasses import replace
from pathlib import PurePath

from flows.formats.content import Content, DocumentError, Progress, no_progress
from flows.formats.kinds import Kind, kind_of
from flows.formats.limits import MAX_UPLOAD_BYTES, check_length, check_upload
from flows.formats.quoted import shown_file_name
from rules.documents.secrecy import secrecy_mark
from rules.text.incoming import cleaned, taken

__all__ = ["MAX_UPLOAD_BYTES", "Content", "DocumentError", "Progress", "read_document", "take_in"]


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
            from flows.formats.plain_text import read_plain_text

            return read_plain_text(name, data)
        case Kind.PDF:
            from flows.formats.legacy_encodings import with_legible_fonts
            from flows.formats.pdf import read_pdf

            return with_legible_fonts(read_pdf(name, data, progress))
        case Kind.IMAGE:
            from flows.formats.ocr import read_image

            return read_image(name, data, progress)
        case Kind.WORD_97:
            from flows.formats.word_97 import as_docx

            data = as_docx(name, data, progress)
    from flows.formats.docx import read_docx

    return read_docx(name, data, progress)


def _tidied(content: Content) -> Content:
    """What came in as the office keeps it; whoever checks the draft is told what nobody could see."""
    found = taken(content.text)
    remarks = content.remarks
    if found.dropped:
        kinds = ", ".join(found.kinds)
        remarks = (
            *remarks,
            f"Đã bỏ {found.dropped} ký tự không nhìn thấy lẫn trong văn bản ({kinds}); "
            "hãy đối chiếu với bản gốc.",
        )
    text, margin = _plain_hyphens(found.text), _plain_hyphens(cleaned(content.margin))
    return replace(content, text=text, margin=margin, remarks=remarks)


def _plain_hyphens(text: str) -> str:
    return text.replace("\u2011", "-")
