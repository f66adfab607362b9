"""What may be handed in as evidence: told by the bytes alone, never by a file's name."""

import io
import unicodedata
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath

from flows.formats.content import DocumentError
from flows.formats.one_archive import check_directory, check_one_reading
from flows.formats.two_kinds import second_kind
from rules.refusal import Refusal
from rules.text.incoming import cleaned

_MEGABYTE = 1024 * 1024
#: Limits of one report: how many files, and how large each may be.
MOST_FILES = 10
MOST_BYTES = 20 * _MEGABYTE
_MOST_NAME = 150
ACCEPTED = "Hệ thống nhận tệp PDF, Word, Excel, PowerPoint, văn bản .txt và ảnh PNG, JPEG, TIFF."

#: suffix -> media type; the suffix is the one under which the bytes are kept.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "txt": "text/plain",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_STARTS = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"II*\x00": "tif",
    b"MM\x00*": "tif",
}
_OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_TYPES, _MOST_TYPES = "[Content_Types].xml", _MEGABYTE
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_STREAMS = {"WordDocument": "doc", "Workbook": "xls"}


class EvidenceError(Refusal):
    """A file that is not taken in; the message is Vietnamese and names the file."""


def too_many() -> EvidenceError:
    """The refusal of more files than one report has."""
    return EvidenceError(f"Một báo cáo có tối đa {MOST_FILES} tệp; hãy gửi thêm trong báo cáo sau.")


def suffix_of(name: str, data: bytes) -> str:
    """A key of MEDIA_TYPES. Raises EvidenceError for an empty, oversized or unknown file."""
    if not data:
        raise EvidenceError(f"Tệp «{name}» trống, không có nội dung.")
    if len(data) > MOST_BYTES:
        raise EvidenceError(f"Tệp «{name}» lớn hơn {MOST_BYTES // _MEGABYTE} MB, không tiếp nhận.")
    if second_kind(data, data.startswith(b"%PDF-")):
        raise _two_readings(name)
    for start, suffix in _STARTS.items():
        if data.startswith(start):
            return suffix
    found = _office(name, data) if data.startswith(b"PK\x03\x04") else _old_office(data) or _text(data)
    if found is None:
        raise EvidenceError(f"Tệp «{name}» không thuộc loại được nhận hoặc có macro. {ACCEPTED}")
    return found


def _two_readings(name: str) -> EvidenceError:
    return EvidenceError(
        f"Tệp «{name}» chứa hai cách đọc khác nhau, không tiếp nhận. Hãy mở tệp, lưu lại rồi gửi."
    )


def shown_name(name: str) -> str:
    """The name as people will see it: no folders, nothing invisible, not too long."""
    last = PurePosixPath(PureWindowsPath(cleaned(name)).name).name
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    return seen[-_MOST_NAME:] or "tệp không tên"


def _office(name: str, data: bytes) -> str | None:
    """Only the directory of the archive is read, and the short list of what its parts are."""
    try:
        check_directory(name, data)
    except DocumentError:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
            check_one_reading(name, data, archive)
            macros = _declares_macros(archive)
    except DocumentError as error:
        raise _two_readings(name) from error
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
        return None
    if macros or any(part.lower().endswith("vbaproject.bin") for part in parts):
        return None
    return next((suffix for part, suffix in _OFFICE_PARTS.items() if part in parts), None)


def _declares_macros(archive: zipfile.ZipFile) -> bool:
    """Whether a part is declared as macros, whatever its name is."""
    listed = archive.NameToInfo.get(_TYPES)
    if listed is None or listed.flag_bits & 0x1:
        return False
    if listed.file_size > _MOST_TYPES:
        return True
    declared = archive.read(listed).replace(b"\0", b"").lower()
    return b"vbaproject" in declared or b"macroenabled" in declared


def _old_office(data: bytes) -> str | None:
    if not data.startswith(_OLD_OFFICE):
        return None
    streams = _OLD_STREAMS.items()
    return next((suffix for name, suffix in streams if name.encode("utf-16-le") in data), None)


def _text(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "txt"
