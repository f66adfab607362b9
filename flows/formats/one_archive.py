"""A zip has one reading or none: what two programs would unpack differently is refused.

Programs that read from the front meet the local heads, others the directory at the end; some take the
first of two equal names and some the last. The rules on names are those of the Open Packaging
Conventions (ISO/IEC 29500-2): compared without case, one part a name; only stored and deflated.
"""

import posixpath
import struct
import zipfile
from urllib.parse import unquote

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.quoted import quoted

_HEAD = struct.Struct("<4s5H3I2H")
_LOCAL, _END, _PDF = b"PK\x03\x04", b"PK\x05\x06", b"%PDF-"
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 5_000
_FURTHER, _MOST_FURTHER = 30, 4_096  # where an entry says how long its further fields are; Word's have 40
_LENGTH_OF_END = 22
_STREAMED, _UTF8 = 0x8, 0x800
_LONG = 0xFFFFFFFF  # the length stands in the zip64 field
_UNICODE_NAME = 0x7075
_PADDING = b"\0\r\n\t \x1a"  # what mail gateways and tapes append


def check_one_reading(name: str, data: bytes, archive: zipfile.ZipFile) -> None:
    """Raises DocumentError, naming the file, where the archive can be read in two ways."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    reason = _doubled(infos) or _heads(data, infos, archive.start_dir) or _around(data, archive)
    if reason:
        raise two_readings(name, reason)


def check_directory(name: str, data: bytes) -> None:
    """Before ``zipfile`` gets it: it copies the rest of an entry's further fields for each of them.

    Raises DocumentError, naming the file, for more entries or longer fields than any program writes.
    """
    at, entries = data.find(_ENTRY), 0
    while at >= 0:
        entries += 1
        further = int.from_bytes(data[at + _FURTHER : at + _FURTHER + 2], "little")
        if entries > _MOST_ENTRIES or further > _MOST_FURTHER:
            raise DocumentError(f"Tệp “{name}” chứa quá nhiều thành phần, không tiếp nhận. {SAVE_AS}")
        at = data.find(_ENTRY, at + 1)


def two_readings(name: str, reason: str) -> DocumentError:
    """The refusal of a file that is two documents."""
    return DocumentError(
        f"Tệp “{name}” chứa hai cách đọc khác nhau ({reason}), mỗi phần mềm có thể hiện một nội dung khác "
        f"nên không tiếp nhận. {SAVE_AS}"
    )


def part_key(name: str) -> str:
    """The one name under which a part is known, however it is written."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/").lstrip("/")).casefold()


def _doubled(infos: list[zipfile.ZipInfo]) -> str:
    known: set[str] = set()
    for info in infos:
        if "\0" in info.orig_filename or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return f"thành phần “{quoted(info.orig_filename)}” không đúng quy cách"
        if info.is_dir():
            continue
        key = part_key(info.orig_filename)
        if key in known:
            return f"hai thành phần cùng tên “{quoted(info.filename)}”"
        known.add(key)
    return ""


def _heads(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> str:
    """What each local head says is what the directory says, and nothing stands between them."""
    end = 0
    for info in infos:
        start = info.header_offset
        if start < end or _LOCAL in data[end:start] or (end == 0 and start):
            return "có thành phần không nằm trong mục lục của tệp"
        if start + _HEAD.size > len(data):
            return "mục lục của tệp bị sai"
        length = _length_of_head(data, info)
        if length == 0:
            return f"mục lục của tệp nói khác về “{quoted(info.filename)}”"
        end = start + length + info.compress_size
    return "có thành phần không nằm trong mục lục của tệp" if _LOCAL in data[end:directory] else ""


def _length_of_head(data: bytes, info: zipfile.ZipInfo) -> int:
    """The bytes of a local head; 0 where it contradicts the directory."""
    mark, _, flags, method, _, _, crc, packed, unpacked, named, more = _HEAD.unpack_from(
        data, info.header_offset
    )
    at = info.header_offset + _HEAD.size
    said = data[at : at + named].decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    stated = ((crc, info.CRC), (packed, info.compress_size), (unpacked, info.file_size))
    free = {0, _LONG} if flags & _STREAMED else {_LONG}
    same = (
        mark == _LOCAL and said == info.orig_filename and method == info.compress_type
        and all(local == central or local in free for local, central in stated)
        and _other_name(info.extra) in ("", info.orig_filename)
        and _other_name(data[at + named : at + named + more]) in ("", info.orig_filename)
    )  # fmt: skip
    return _HEAD.size + named + more if same else 0


def _other_name(extra: bytes) -> str:
    """The second name of an entry, which some programs prefer to the first."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_NAME:
            return extra[at + 9 : at + 4 + length].decode("utf-8", "replace") or "?"
        at += 4 + length
    return ""


def _around(data: bytes, archive: zipfile.ZipFile) -> str:
    """Nothing follows the archive, and its remark is no second document."""
    end = data.rfind(_END, 0, len(data) - len(archive.comment))
    tail = data[end + _LENGTH_OF_END + len(archive.comment) :]
    if tail.strip(_PADDING) or _END in archive.comment or _PDF in archive.comment:
        return "có tệp khác nối vào cuối tệp"
    return ""
