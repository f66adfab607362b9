"""Bytes of an uploaded document -> text, line by line, NFC; or a clear refusal in Vietnamese.

Only file formats are handled here; what the text means is for ``rules.reading``. A document that
bears a mark of secrecy is refused at the door and nothing of its content is repeated.
"""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from rules.refusal import Refusal
from rules.secrecy import secrecy_mark

#: Limits of one upload, in bytes: as sent, and unpacked (a .docx is a zip).
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAVE_AS = "Hãy mở bằng Word rồi lưu lại dạng .docx."


class DocumentError(Refusal, ValueError):
    """A document cannot be taken in; the message is Vietnamese and ready to show."""


def read_document(path_or_name: str, data: bytes) -> str:
    """The text of a .docx or .txt file. Raises DocumentError, naming the file, for all else."""
    name = PurePath(path_or_name.replace("\\", "/")).name or path_or_name
    if not data:
        raise DocumentError(f"Tệp “{name}” trống, không có nội dung.")
    if len(data) > MAX_UPLOAD_BYTES:
        raise DocumentError(f"Tệp “{name}” lớn hơn {MAX_UPLOAD_BYTES // 1024**2} MB, không tiếp nhận.")
    suffix = PurePath(name).suffix.lower()
    text = _docx_text(name, data) if _is_word(name, suffix, data) else _plain_text(name, suffix, data)
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError(f"Tệp “{name}” không có chữ nào đọc được (có thể chỉ chứa ảnh quét).")
    mark = secrecy_mark(text)
    if mark:
        raise DocumentError(
            f"Tệp “{name}” có dấu chỉ độ mật “{mark}”. Hệ thống không tiếp nhận tài liệu bí mật nhà nước."
        )
    return text


def _is_word(name: str, suffix: str, data: bytes) -> bool:
    """Whether the content is a .docx; tells old and encrypted Word files apart and refuses them."""
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in data:
            raise DocumentError(f"Tệp “{name}” được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
        raise DocumentError(f"Tệp “{name}” là định dạng Word cũ (.doc), chưa hỗ trợ. {_SAVE_AS}")
    if data.startswith(b"PK"):
        if suffix not in (".docx", ""):
            raise DocumentError(f"Tệp “{name}”: định dạng {suffix} chưa hỗ trợ; hãy lưu .docx hoặc .txt.")
        return True
    if suffix == ".docx":
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.docx). {_SAVE_AS}")
    if suffix == ".doc":
        raise DocumentError(f"Tệp “{name}”: định dạng .doc chưa hỗ trợ. {_SAVE_AS}")
    return False


def _plain_text(name: str, suffix: str, data: bytes) -> str:
    if data.startswith(b"%PDF") or suffix not in (".txt", ".text", ""):
        shown = ".pdf" if data.startswith(b"%PDF") else suffix
        raise DocumentError(f"Tệp “{name}”: định dạng {shown} chưa hỗ trợ; hãy lưu .docx hoặc .txt.")
    encoding = next((codec for bom, codec in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(
            f"Tệp “{name}”, dòng {line}, vị trí byte {error.start}: không đúng bảng mã UTF-8 "
            "(có thể là TCVN3, VNI hoặc Windows-1258). Hãy lưu lại với bảng mã UTF-8."
        ) from error
    if "\x00" in text:
        raise DocumentError(f"Tệp “{name}” không phải văn bản; hãy lưu .docx hoặc .txt (UTF-8).")
    return text


def _docx_text(name: str, data: bytes) -> str:
    from docx import Document  # slow to import; plain text never needs it

    _check_unpacked_size(name, data)
    try:
        document = Document(io.BytesIO(data))
        return "\n".join(_lines(document))
    except DocumentError:
        raise
    except Exception as error:  # python-docx raises KeyError, ValueError, lxml errors... on bad files
        raise DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.docx). {_SAVE_AS}") from error


def _check_unpacked_size(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            unpacked = sum(info.file_size for info in infos)
            encrypted = any(info.flag_bits & 0x1 for info in infos)
            missing = "word/document.xml" not in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise DocumentError(f"Tệp “{name}” bị hỏng, không mở được. {_SAVE_AS}") from error
    if unpacked > MAX_UNPACKED_BYTES:
        raise DocumentError(
            f"Tệp “{name}” khi giải nén lớn hơn {MAX_UNPACKED_BYTES // 1024**2} MB, không tiếp nhận."
        )
    if encrypted:
        raise DocumentError(f"Tệp “{name}” được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.")
    if missing:
        raise DocumentError(f"Tệp “{name}” không phải tệp Word (.docx). {_SAVE_AS}")


def _lines(document: Any) -> Iterator[str]:
    """Paragraphs with their printed numbers, and tables as tab-separated rows, in reading order."""
    from docx.table import Table

    from flows.actions.docx_numbering import NumberingResolver

    numbers = NumberingResolver(document)
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item, numbers)
        else:
            label = numbers.label(item)
            text = item.text.replace("\t", " ") if item.text.strip() else ""
            yield f"{label} {text}".strip() if label and text else text


def _rows(table: Any, numbers: Any) -> Iterator[str]:
    """One line per row; a cell merged over several columns or rows is written once per row."""
    grid = [[_cell_lines(cell, numbers) for cell in _cells_of(row)] for row in table.rows]
    if all(len(cells) <= 2 for cells in grid) and len(grid) <= 3:
        for cells in grid:  # a letterhead laid out in two columns: column after column
            for lines in cells:
                yield from lines
        return
    for cells in grid:
        yield "\t".join(" ".join(" ".join(lines).split()) for lines in cells)


def _cells_of(row: Any) -> list[Any]:
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return cells


def _cell_lines(cell: Any, numbers: Any) -> list[str]:
    lines = []
    for paragraph in cell.paragraphs:
        label = numbers.label(paragraph)
        lines.append(f"{label} {paragraph.text}".strip() if label else paragraph.text)
    return [line for line in lines if line.strip()]
