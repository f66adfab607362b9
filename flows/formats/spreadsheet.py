"""A table that somebody hands in, .xlsx or .csv -> its lines as text.

A spreadsheet is a stranger's zip of XML: it is weighed and looked through before it is unpacked, and read by
a process of its own (``sheet_worker``). Only the first sheet counts, and no formula is taken: what it would
yield, nobody has seen.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from flows.formats.content import DocumentError
from flows.formats.limits import MAX_PART_BYTES, MAX_TAGS, opened_archive
from flows.formats.plain_text import read_plain_text
from flows.formats.quoted import shown_file_name
from rules.people.held.people_lines import SheetLine

MAX_SHEET_BYTES = 5 * 1024 * 1024
MAX_LINES, MAX_COLUMNS, MAX_CELL = 5_001, 40, 1_000
_WORKER = Path(__file__).with_name("sheet_worker.py")
_SECONDS = 60
_SAVE_AS = "Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
_SEPARATORS = "\t;,"


def table_lines(file_name: str, data: bytes) -> list[SheetLine]:
    """The lines of a table that say anything. Raises DocumentError, naming the file and the line."""
    name, suffix = shown_file_name(file_name), PurePath(file_name).suffix.lower()
    if not data:
        raise DocumentError(f"Tệp “{name}” trống, không có nội dung.")
    if len(data) > MAX_SHEET_BYTES:
        limit = MAX_SHEET_BYTES // 1024**2
        raise DocumentError(f"Tệp “{name}” lớn hơn {limit} MB, không tiếp nhận. Hãy tách thành nhiều tệp.")
    if suffix == ".xlsx":
        return _spreadsheet(name, data)
    if suffix == ".csv":
        return list(_bounded(name, _comma_lines(name, data)))
    raise DocumentError(f"Tệp “{name}”: chỉ nhận danh sách dạng .xlsx hoặc .csv.")


def _spreadsheet(name: str, data: bytes) -> list[SheetLine]:
    if not data.startswith(b"PK"):
        raise DocumentError(f"Tệp “{name}” bị hỏng, có mật khẩu hoặc không phải tệp .xlsx. {_SAVE_AS}")
    _look_through(name, data)
    with TemporaryDirectory(prefix="dondoc-sheet-") as folder:
        file = Path(folder, "tep.xlsx")
        file.write_bytes(data)
        return list(_bounded(name, _told(name, _worker(name, file))))


def _look_through(name: str, data: bytes) -> None:
    """No part is larger than it may be, and none has what makes a small text a large one."""
    with opened_archive(name, data) as archive:
        for info in archive.infolist():
            if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            if info.file_size > MAX_PART_BYTES:
                limit = MAX_PART_BYTES // 1024**2
                raise DocumentError(f"Tệp “{name}” có phần chữ lớn hơn {limit} MB. Hãy tách thành nhiều tệp.")
            try:
                content = archive.read(info)
            except Exception as error:  # zlib's, zipfile's: it is broken
                raise DocumentError(f"Tệp “{name}” bị hỏng, không mở được. {_SAVE_AS}") from error
            if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                raise DocumentError(
                    f"Tệp “{name}” có khai báo DTD, thực thể XML hoặc bảng mã lạ, không tiếp nhận. {_SAVE_AS}"
                )
            if max(content.count(b"<"), content.count(b"=")) > MAX_TAGS:
                raise DocumentError(f"Tệp “{name}” quá dài hoặc quá phức tạp. Hãy tách thành nhiều tệp.")


def _worker(name: str, file: Path) -> bytes:
    """What the worker printed."""
    command = [sys.executable, "-I", str(_WORKER), str(file), str(MAX_LINES), str(MAX_COLUMNS)]
    try:
        return subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True).stdout
    except subprocess.SubprocessError:
        raise DocumentError(
            f"Tệp “{name}” bị hỏng, quá phức tạp hoặc không đọc được như tệp .xlsx. {_SAVE_AS}"
        ) from None


def _told(name: str, printed: bytes) -> Iterator[SheetLine]:
    for fact in map(json.loads, printed.splitlines()):
        if "refused" in fact:
            raise _refused(name, fact["refused"], fact.get("line", 0), fact.get("place", 0))
        if "cells" in fact:
            yield SheetLine(fact["line"], tuple(fact["cells"]))


def _refused(name: str, why: str, line: int, place: int) -> DocumentError:
    words = {
        "empty": "không có trang tính nào.",
        "wide": f"dòng {line}: có hơn {MAX_COLUMNS} cột.",
        "long": f"có hơn {MAX_LINES - 1} dòng. Hãy tách thành nhiều tệp.",
        "formula": f"dòng {line}, ô {_letters(place)}{line} là công thức; hãy thay bằng giá trị rồi lưu lại.",
        "error": f"dòng {line}, ô {_letters(place)}{line} báo lỗi (#N/A, #REF!...); hãy ghi đúng giá trị.",
    }[why]
    return DocumentError(f"Tệp “{name}” {words}")


def _comma_lines(name: str, data: bytes) -> Iterator[SheetLine]:
    """By whichever of tab, semicolon and comma the first line has most of."""
    text = read_plain_text(name, data).text.removeprefix("\ufeff")
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield SheetLine(before + 1, tuple(cells))
            before = reader.line_num
    except csv.Error:
        raise DocumentError(
            f"Tệp “{name}”, dòng {before + 1}: dấu ngoặc kép không khép hoặc ô quá dài."
        ) from None


def _bounded(name: str, lines: Iterator[SheetLine]) -> Iterator[SheetLine]:
    for count, line in enumerate(lines, 1):
        if count > MAX_LINES:
            raise _refused(name, "long", 0, 0)
        if len(line.cells) > MAX_COLUMNS:
            raise _refused(name, "wide", line.number, 0)
        for place, cell in enumerate(line.cells):
            if len(cell) > MAX_CELL:
                where = f"dòng {line.number}, ô {_letters(place)}{line.number}"
                raise DocumentError(f"Tệp “{name}” {where} dài hơn {MAX_CELL} ký tự.")
            if cell.lstrip().startswith("="):
                raise _refused(name, "formula", line.number, place)
        yield line


def _letters(place: int) -> str:
    """The name of a column: 0 is A; no more than ``MAX_COLUMNS`` are asked for."""
    return chr(ord("A") + place) if place < 26 else f"A{chr(ord('A') + place - 26)}"
