"""What it costs to get at the text of a document, before anything is understood."""

from statistics import median
from time import perf_counter

from flows.actions.reading.read_document import read_document
from tests.bench.rows import Row
from tests.flows.formats.test_limits import conclusion, printed

TIMES = 7
LIMIT = 300.0  # milliseconds: what a person may wait for a ten-page notice


def read_formats() -> list[Row]:
    """Milliseconds from the bytes of a Word file to its text: ten pages (a hundred directives), and 200."""
    files = {10: LIMIT, 200: None}
    return [
        Row(f"read_docx_{pages}_pages", _milliseconds("a.docx", conclusion(pages)), "ms", limit=limit)
        for pages, limit in files.items()
    ]


def read_pdf() -> list[Row]:
    """The same of PDF files; skipped where the font that they are made with is not installed."""
    return [
        Row(f"read_pdf_{pages}_pages", _milliseconds("a.pdf", printed(pages)), "ms") for pages in (10, 200)
    ]


def _milliseconds(name: str, data: bytes) -> float:
    def once() -> float:
        start = perf_counter()
        read_document(name, data)
        return (perf_counter() - start) * 1000

    once()  # imports
    return median(once() for _ in range(TIMES))
