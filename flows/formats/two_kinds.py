"""One file that two kinds of programs open, each as a document of its own: told by its bytes."""

import struct

_PDF, _PDF_END, _PDF_WITHIN = b"%PDF-", b"%%EOF", 1024
_ZIP, _ZIP_END, _LONGEST_REMARK = b"PK\x03\x04", b"PK\x05\x06", 65_535
_END = struct.Struct("<4s4H2LH")
_ENTRY = b"PK\x01\x02"


def second_kind(data: bytes, is_pdf: bool) -> str:
    """The kind that ``data`` is besides the one that its beginning says; "" if it is one document.

    A zip is read from its end and a PDF from anywhere in the first 1,024 bytes, so either may be a
    second one; ``is_pdf``: the file is taken for a PDF, else for what its first bytes are.
    """
    if not is_pdf and _PDF in data[:_PDF_WITHIN] and _PDF_END in data:
        return "pdf"
    return "zip" if not data.startswith(b"PK") and _ends_as_zip(data) else ""


def _ends_as_zip(data: bytes) -> bool:
    """Whether a zip's directory stands at the end, and where its last record says."""
    end = data.rfind(_ZIP_END, max(len(data) - _LONGEST_REMARK - _END.size, 0))
    if end < 0 or end + _END.size > len(data):
        return False
    _, _, _, _, entries, size, _, remark = _END.unpack_from(data, end)
    if data[end + _END.size + remark :].lstrip()[:9] == b"endstream":
        return False  # a file attached to a PDF, which is named as such
    return entries > 0 and _ZIP in data and data[end - size : end - size + len(_ENTRY)] == _ENTRY
