"""What it costs to get at the text of a document, before anything is understood."""

from statistics import median
from time import perf_counter

from flows.actions.read_document import read_document
from tests.bench.rows import Row
from tests.flows.formats.test_limits import conclusion, printed

TIMES = 7
LIMIT = 300.0  # milliseconds: what a person may wait for a ten-page notice


def read_formats() -> list[Row]:
    """Milliseconds from bytes to text: ten pages with a hundred numbered directives, and 200 pages."""
    files = {
        "docx_10_pages": ("a.docx", conclusion(10), LIMIT),
        "docx_200_pages": ("a.docx", conclusion(200), None),
        "pdf_10_pages": ("a.pdf", printed(10), None),
        "pdf_200_pages": ("a.pdf", printed(200), None),
    }
    return [
        Row(f"read_{of}", _milliseconds(name, data), "ms", limit=limit)
        for of, (name, data, limit) in files.items()
    ]


def _milliseconds(name: str, data: bytes) -> float:
    def once() -> float:
        start = perf_counter()
        read_document(name, data)
        return (perf_counter() - start) * 1000

    once()  # imports
    return median(once() for _ in range(TIMES))
