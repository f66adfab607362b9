"""Pictures of text -> text, by tesseract with its Vietnamese model, when the machine has it.

Each page runs in a process of its own with a limit of time and of memory; the machine recognises one
document at a time.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import Timeout

from flows.formats.content import FROM_SCAN, Content, DocumentError, Progress
from flows.formats.image_size import MAX_UNPACKED, tiff_pages, unpacked_bytes
from flows.formats.page_edges import without_edges
from flows.formats.page_lines import joined
from flows.formats.turns import turn

MAX_SCANNED_PAGES = 50
_PAGE_SECONDS = 60
_DOCUMENT_SECONDS = 1500  # fifty pages take 250
_WAIT_SECONDS = 1800  # for the documents before this one
_KILOBYTES = 1_500_000  # of address space
#: The soft limit of time of whoever reads is its own, not this program's.
_LIMITED = 'ulimit -S -t "$(ulimit -H -t)"; ulimit -v "$0" && exec "$@"'
_TOO_LONG = "Tệp “{}”: nhận dạng chữ quá lâu. Hãy quét lại ở 200-300 dpi."
_LANGUAGE = "vie"
_COLUMNS = "4"  # page segmentation: one column of text of varying size


class OverTime(DocumentError):
    """A page takes longer than its time; the message is Vietnamese."""


def has_tesseract() -> bool:
    """Whether tesseract and its Vietnamese model are installed. Asked anew each time: it is cheap."""
    if shutil.which("tesseract") is None:
        return False
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return False
    return _LANGUAGE in listed.stdout.split()


def without_tesseract(name: str) -> DocumentError:
    """The refusal that says what to install."""
    return DocumentError(
        f"Tệp “{name}” là ảnh quét, nhưng máy chủ chưa có phần mềm nhận dạng chữ tiếng Việt. Đề nghị quản "
        "trị hệ thống cài đặt gói tesseract-ocr và tesseract-ocr-vie, hoặc tải lên bản .docx."
    )


def read_image(name: str, data: bytes, progress: Progress) -> Content:
    """The content of a .png, .jpg or .tif, all pages of the last. Raises DocumentError."""
    if not has_tesseract():
        raise without_tesseract(name)
    if unpacked_bytes(data) > MAX_UNPACKED:
        raise DocumentError(
            f"Tệp “{name}” là ảnh quá lớn để nhận dạng chữ. Hãy quét lại ở 200-300 dpi, màu xám, rồi tải lên."
        )
    count = max(len(tiff_pages(data)), 1)
    if count > MAX_SCANNED_PAGES:
        raise DocumentError(f"Tệp “{name}” có hơn {MAX_SCANNED_PAGES} trang. Hãy tách thành nhiều tệp.")
    with TemporaryDirectory(prefix="dondoc-ocr-") as folder, recognition(name, progress):
        image = Path(folder, "anh")
        image.write_bytes(data)
        found = page_by_page(
            name,
            range(count),
            count,
            lambda page: recognised(name, image, page if count > 1 else None),
            progress,
        )
    lines, repeated = without_edges([found.get(page, "") for page in range(count)])
    return Content(joined(lines), repeated, (FROM_SCAN, *left_out(range(count), found)))


def page_by_page(
    name: str, pages: Sequence[int], of: int, read: Callable[[int], str], progress: Progress
) -> dict[int, str]:
    """The text of each of ``pages`` (from 0, in a document of so many) that was read in time.

    Raises OverTime where none was, or not the first page: a mark of secrecy stands there.
    """
    found: dict[int, str] = {}
    late, until = OverTime(_TOO_LONG.format(name)), time.monotonic() + _DOCUMENT_SECONDS
    for done, number in enumerate(pages):
        if time.monotonic() > until:
            break
        progress(f"Đang nhận dạng chữ, trang {number + 1}/{of}", done / len(pages))
        try:
            found[number] = read(number)
        except OverTime as error:
            late = error
    progress("Đã nhận dạng chữ", 1.0)
    if not found or (0 in pages and 0 not in found):
        raise late
    return found


def left_out(pages: Sequence[int], found: Mapping[int, str]) -> list[str]:
    """What has to be said about pages that were not read in time."""
    shown = ", ".join(str(page + 1) for page in pages if page not in found)
    if not shown:
        return []
    return [
        f"Trang {shown}: nhận dạng chữ quá lâu nên chưa đọc được, dự thảo thiếu phần này; "
        "cần đối chiếu bản gốc."
    ]


@contextmanager
def recognition(name: str, progress: Progress) -> Iterator[None]:
    """The turn of one document on this machine. Raises DocumentError after half an hour of waiting."""
    try:
        with turn("ocr", _WAIT_SECONDS, lambda: progress("Đang chờ nhận dạng xong tệp khác", 0.0)):
            yield
    except Timeout as error:
        raise DocumentError(f"Tệp “{name}”: máy chủ đang nhận dạng tệp khác, hãy thử lại sau.") from error


def recognised(name: str, image: Path, page: int | None = None) -> str:
    """The text in an image file, or in one page of it."""
    command = ["tesseract", str(image), "stdout", "-l", _LANGUAGE, "--psm", _COLUMNS]
    if page is not None:
        command += ["-c", f"tessedit_page_number={page}"]
    limited = ["sh", "-c", _LIMITED, str(_KILOBYTES), *command]
    try:
        done = subprocess.run(
            limited, capture_output=True, timeout=_PAGE_SECONDS, check=True, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise OverTime(_TOO_LONG.format(name)) from error
    except (OSError, subprocess.SubprocessError) as error:
        raise DocumentError(f"Tệp “{name}” không đọc được như ảnh quét. Hãy quét lại rồi tải lên.") from error
    return done.stdout.decode("utf-8", "replace").replace("\f", "")


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}  # several threads a page are slower, not faster
