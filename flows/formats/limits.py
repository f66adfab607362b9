"""How much of a stranger's file is unpacked, and what an archive must be to be opened at all."""

import io
import zipfile

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.one_archive import check_directory, check_one_reading

_MEGABYTE = 1024 * 1024
#: One upload, in bytes: as sent, unpacked (a .docx is a zip), and the one part that holds the text.
MAX_UPLOAD_BYTES = 50 * _MEGABYTE
MAX_UNPACKED_BYTES = 60 * _MEGABYTE
MAX_PART_BYTES = 20 * _MEGABYTE
#: Tags of that part, opening and closing, and as many attributes: they cost more memory than letters.
MAX_TAGS = 1_000_000
MAX_SIDE_TAGS = 400_000  # styles, lists, headers
MAX_PLAIN_TEXT_BYTES = 8 * _MEGABYTE
#: Some 600 pages of text; a conclusion has five.
MAX_CHARACTERS = 2_000_000
#: Lines of text; 600 pages have 30,000.
MAX_LINES = 100_000


def check_upload(name: str, data: bytes) -> None:
    """Refuse an empty and an oversized file."""
    if not data:
        raise DocumentError(f"Tệp “{name}” trống, không có nội dung.")
    if len(data) > MAX_UPLOAD_BYTES:
        raise DocumentError(f"Tệp “{name}” lớn hơn {MAX_UPLOAD_BYTES // _MEGABYTE} MB, không tiếp nhận.")


def check_length(name: str, text: str) -> None:
    """Refuse a text that no meeting produces."""
    if len(text) > MAX_CHARACTERS or text.count("\n") > MAX_LINES:
        pages = MAX_CHARACTERS // 3_300
        raise DocumentError(f"Tệp “{name}” dài hơn {pages} trang. Hãy tách thành nhiều tệp rồi tải lên lại.")


def opened_archive(name: str, data: bytes) -> zipfile.ZipFile:
    """The zip, after its directory was weighed: nothing is unpacked before.

    What the directory declares binds: ``zipfile`` hands out no more bytes than that.
    """
    try:
        check_directory(name, data)
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError(f"Tệp “{name}” bị hỏng, không mở được. {SAVE_AS}") from error
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
        limit = MAX_UNPACKED_BYTES // _MEGABYTE
        raise DocumentError(f"Tệp “{name}” khi giải nén lớn hơn {limit} MB, không tiếp nhận.")
    if any(info.flag_bits & 0x1 for info in infos):
        raise DocumentError(password_refused(name))
    check_one_reading(name, data, archive)
    return archive


def password_refused(name: str) -> str:
    """The sentence for every kind of file that asks for a password."""
    return f"Tệp “{name}” được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
