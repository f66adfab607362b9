"""A PDF file -> its lines: its own text where it has one, else what OCR makes of its pages.

pdfium reads it, in a process of its own (``pdf_worker``). Page numbers and lines that every page
repeats are left out, lines broken at the margin are joined, and tables that go on over pages are one.
"""

import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.formats.content import FROM_SCAN, Content, DocumentError, Progress
from flows.formats.limits import password_refused
from flows.formats.ocr import (
    MAX_SCANNED_PAGES,
    has_tesseract,
    left_out,
    page_by_page,
    recognised,
    recognition,
    without_tesseract,
)
from flows.formats.page_edges import without_edges
from flows.formats.page_lines import joined
from flows.formats.pdf_facts import PdfFacts, facts_of
from flows.formats.pdf_unlike import remarks_of
from flows.formats.table_rows import CELL, across_pages

_WORKER = Path(__file__).with_name("pdf_worker.py")
_TEXT_SECONDS = 90
_IMAGE_SECONDS = 40
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
_TOO_LONG = b'{"refused": "long"}'


def read_pdf(name: str, data: bytes, progress: Progress) -> Content:
    """The content of a PDF file. Raises DocumentError, naming the file."""
    with TemporaryDirectory(prefix="dondoc-pdf-") as folder:
        file = Path(folder, "tep.pdf")
        file.write_bytes(data)
        facts = _facts(name, file)
        pictures = [number for number, page in enumerate(facts.pages) if page["picture"]]
        texts, recognised_by = [page["text"] for page in facts.pages], []
        if pictures:
            recognised_by = _recognise(name, file, texts, pictures, progress)
    notes = remarks_of([page["notes"] for page in facts.pages], facts.file)
    lines, repeated = without_edges(texts)
    text = joined(across_pages(lines)).replace(CELL, "\t")
    return Content(text, f"{texts[0] if texts else ''}\n{repeated}", (*recognised_by, *notes))


def _facts(name: str, file: Path) -> PdfFacts:
    """What the worker says; raises what it refuses."""
    facts = facts_of(_worker(["text", str(file)], _TEXT_SECONDS) or b"")
    if facts.refused == "password":
        raise DocumentError(password_refused(name))
    if facts.refused == "long":
        raise DocumentError(
            f"Tệp “{name}” quá dài hoặc quá phức tạp. Hãy tách thành nhiều tệp rồi tải lên lại."
        )
    if facts.refused:
        raise DocumentError(
            f"Tệp “{name}” bị hỏng hoặc không đọc được như tệp PDF. Hãy xuất lại tệp, hoặc tải lên bản .docx."
        )
    return facts


def _worker(arguments: list[str], seconds: int) -> bytes | None:
    """What the worker printed, also when its time was up; None when it died otherwise, as of memory."""
    command = [sys.executable, "-I", str(_WORKER), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=True)
    except subprocess.TimeoutExpired:
        return _TOO_LONG
    except subprocess.CalledProcessError as error:
        return _TOO_LONG if error.returncode in _OUT_OF_TIME else None
    except subprocess.SubprocessError:
        return None
    return done.stdout


def _recognise(name: str, file: Path, texts: list[str], pictures: list[int], progress: Progress) -> list[str]:
    """Put the text of pictured pages into ``texts``; returns what has to be said about it."""
    shown = ", ".join(str(number + 1) for number in pictures)
    if not has_tesseract():
        if len(pictures) < len(texts):
            return [f"Trang {shown} là ảnh quét, máy chủ chưa nhận dạng được; cần đối chiếu bản gốc."]
        raise without_tesseract(name)
    if len(pictures) > MAX_SCANNED_PAGES:
        raise DocumentError(
            f"Tệp “{name}” có {len(pictures)} trang ảnh quét, nhiều hơn {MAX_SCANNED_PAGES} trang. "
            "Hãy tách thành nhiều tệp, hoặc tải lên bản .docx."
        )
    with recognition(name, progress):
        found = page_by_page(
            name, pictures, len(texts), lambda number: _page_by_ocr(name, file, number), progress
        )
    for number, text in found.items():
        texts[number] = text
    scanned = FROM_SCAN if len(pictures) == len(texts) else f"Trang {shown}: {FROM_SCAN}"
    return [scanned, *left_out(pictures, found)]


def _page_by_ocr(name: str, file: Path, number: int) -> str:
    image = file.with_name("trang.pgm")
    if _worker(["image", str(file), str(number), str(image)], _IMAGE_SECONDS) in (None, _TOO_LONG):
        raise DocumentError(f"Tệp “{name}”, trang {number + 1}: không dựng được ảnh trang để nhận dạng chữ.")
    return recognised(name, image)
