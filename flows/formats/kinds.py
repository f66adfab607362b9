"""Which format a file is in: told by its first bytes; its name only settles what they leave open."""

from enum import StrEnum
from pathlib import PurePath

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.limits import password_refused
from flows.formats.one_archive import two_readings
from flows.formats.two_kinds import second_kind

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm", "")
_TEXT_SUFFIXES = (".txt", ".text", "")

#: What the upload page offers, and how it is said to people.
SUFFIXES = (".docx", ".docm", ".doc", ".rtf", ".pdf", ".txt", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
ACCEPTED = "Hệ thống đọc được .docx, .doc, .pdf, .txt và ảnh quét .png, .jpg, .tif."


class Kind(StrEnum):
    """The formats that are read."""

    WORD = "docx"
    WORD_97 = "doc"
    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"


def kind_of(name: str, data: bytes) -> Kind:
    """The format. Raises DocumentError for what is encrypted, broken, of no known kind or of two."""
    suffix = PurePath(name).suffix.lower()
    found = _kind(name, suffix, data)
    if other := second_kind(data, found is Kind.PDF):
        raise two_readings(name, f"vừa là {found.value} vừa là {other}")
    return found


def _kind(name: str, suffix: str, data: bytes) -> Kind:
    if data.startswith(_OLE):
        return _old_office(name, suffix, data)
    if data.startswith(b"PK"):
        if suffix not in _WORD_SUFFIXES:
            raise DocumentError(f"Tệp “{name}”: định dạng {suffix} chưa hỗ trợ. {ACCEPTED}")
        return Kind.WORD
    if data.startswith(_IMAGES):
        return Kind.IMAGE
    if data.startswith(b"{\\rtf"):
        return Kind.WORD_97
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return _by_name(name, suffix)


def _old_office(name: str, suffix: str, data: bytes) -> Kind:
    if _ENCRYPTED_STREAM in data or _word_97_password(data):
        raise DocumentError(password_refused(name))
    if _WORD_STREAM in data:
        return Kind.WORD_97
    if suffix == ".doc":
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.doc). {SAVE_AS}")
    raise DocumentError(f"Tệp “{name}”: định dạng {suffix or 'này'} chưa hỗ trợ. {ACCEPTED}")


def _word_97_password(data: bytes) -> bool:
    """Word's own stream nearly always starts in the first sector; its bit fEncrypted tells."""
    return data[512:514] == b"\xec\xa5" and bool(data[523:524] and data[523] & 0x01)


def _by_name(name: str, suffix: str) -> Kind:
    if suffix in _TEXT_SUFFIXES:
        return Kind.TEXT
    if suffix in _WORD_SUFFIXES:
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word ({suffix}). {SAVE_AS}")
    if suffix in (".doc", ".rtf"):
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word ({suffix}). {SAVE_AS}")
    if suffix == ".pdf" or suffix in SUFFIXES:
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không đúng định dạng {suffix}.")
    raise DocumentError(f"Tệp “{name}”: định dạng {suffix} chưa hỗ trợ. {ACCEPTED}")
