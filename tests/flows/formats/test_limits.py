"""Hostile and huge files: refused by name, or read in little time and little memory."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from flows.actions.reading.read_document import DocumentError, read_document
from flows.formats import one_archive
from flows.formats.limits import MAX_PART_BYTES, MAX_TAGS
from tests.checkout import ROOT
from tests.flows.formats.pdf_files import text_pdf
from tests.flows.formats.word_files import (
    MAIN,
    abstract,
    cell,
    docx,
    item,
    level,
    num,
    p,
    row,
    run,
    table,
    zipped,
)

SENTENCE = (
    "Giao Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Liên minh Hợp tác xã tỉnh, Sở Nông nghiệp và Phát "
    "triển nông thôn rà soát, tổng hợp, tham mưu Ủy ban nhân dân tỉnh trước ngày 28/12/2022."
)
WORDS = SENTENCE.split()
#: Word cuts an edited paragraph into many runs.
DIRECTIVE = "".join(run(" ".join(WORDS[at : at + 3]) + " ") for at in range(0, len(WORDS), 3))
NUMBERING = abstract(level(0, "%1."), level(1, "%1.%2.")) + num(1)
A_PAGE = 10
MOST_MEGABYTES = 300
#: VmHWM, because ru_maxrss of a new process still holds the peak of the test run that forked it.
MEASURE = (
    "import re, resource, sys; from pathlib import Path\n"
    "from flows.actions.reading.read_document import read_document\n"
    "file = Path(sys.argv[1]); print(len(read_document(file.name, file.read_bytes())))\n"
    "peak = int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])\n"
    "print(peak // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
)


def conclusion(pages: int) -> bytes:
    return docx("".join(item(DIRECTIVE, at % 2) for at in range(pages * A_PAGE)), numbering=NUMBERING)


def task_table(pages: int) -> bytes:
    rows = (row(str(at), cell(p(DIRECTIVE)), "Sở Y tế", "5/1") for at in range(pages * A_PAGE))
    return docx(table(row("STT", "Nội dung", "Chủ trì", "Thời hạn"), *rows))


def printed(pages: int) -> bytes:
    return text_pdf([[SENTENCE[:80]] * 40] * pages)


def measured(file: Path) -> list[int]:
    """Characters read, and the most megabytes of the reading process and of those it started."""
    command = [sys.executable, "-c", MEASURE, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    return [int(figure) for figure in done.stdout.split()]


def test_ten_pages_take_less_than_300_ms() -> None:
    data = conclusion(10)

    def milliseconds() -> float:
        start = perf_counter()
        assert read_document("a.docx", data).count("\n") == 99
        return (perf_counter() - start) * 1000

    assert median(milliseconds() for _ in range(5)) < 300  # 15 to 25 on the machine of 2026


@pytest.mark.parametrize("make", [conclusion, task_table, printed])
def test_two_hundred_pages_stay_small(make: Callable[[int], bytes], tmp_path: Path) -> None:
    file = tmp_path / ("a.pdf" if make is printed else "a.docx")
    file.write_bytes(make(200))
    characters, *megabytes = measured(file)
    assert characters > 200_000
    assert max(megabytes) < MOST_MEGABYTES


def test_memory_of_the_worst_that_is_let_in(tmp_path: Path) -> None:
    inner = "<w:p/>" * (MAX_TAGS - 200)
    file = tmp_path / "a.docx"
    file.write_bytes(docx(table(row(cell(inner + p("Hết")), "x", "y"))))
    assert max(measured(file)[1:]) < MOST_MEGABYTES


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("<w:p/>" * (MAX_TAGS + 1), "quá phức tạp"),
        ("<w:p a=''/>" + "=" * MAX_TAGS, "quá phức tạp"),
        (p("x" * MAX_PART_BYTES), "phần chữ lớn hơn 20 MB"),
        ("<w:p>" + "<w:r>" * 5000 + "</w:r>" * 5000 + "</w:p>", "bị hỏng"),
    ],
    ids=["tags", "attributes", "letters", "depth"],
)
def test_a_part_too_big_is_refused(inner: str, words: str) -> None:
    with pytest.raises(DocumentError, match=f"“a.docx”.*{words}"):
        read_document("a.docx", docx(inner))


def test_a_repeated_cell_in_a_repeated_cell_does_not_grow_without_end() -> None:
    inner = p("Sở Y tế")
    for _ in range(12):
        first = row(cell(inner, '<w:vMerge w:val="restart"/>'), "x", "y")
        inner = table(first, *[row(cell("", "<w:vMerge/>"), "x", "y")] * 5)
    assert len(read_document("a.docx", docx(inner))) < 50_000


def test_a_label_of_a_megabyte_is_cut() -> None:
    numbering = abstract(level(0, "%1" + "x" * 1_000_000)) + num(1)
    assert len(read_document("a.docx", docx(item("a", 0) * 1000, numbering=numbering))) < 100_000


def test_laughs_by_the_billion_end_in_a_refusal_or_in_nothing() -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<w:document xmlns:w="{MAIN}"><w:body>{p(run("&a9;"))}</w:body></w:document>'
    with pytest.raises(DocumentError, match="“a.docx”"):
        read_document("a.docx", zipped({"word/document.xml": f"<!DOCTYPE x [{entities}]>{body}"}))


def test_a_zip_of_very_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_archive, "_MOST_ENTRIES", 10)
    with pytest.raises(DocumentError, match="quá nhiều thành phần"):
        read_document("a.docx", zipped({f"word/{number}": "" for number in range(11)}))


def test_a_part_that_is_longer_than_declared_or_damaged_is_refused() -> None:
    data = bytearray(conclusion(1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 120
    data[at : at + 8] = b"\xff" * 8
    with pytest.raises(DocumentError, match="“a.docx” bị hỏng"):
        read_document("a.docx", bytes(data))


def test_text_of_more_than_any_meeting_is_refused() -> None:
    with pytest.raises(DocumentError, match="dài hơn 606 trang"):
        read_document("a.txt", b"x" * 2_000_001)
    with pytest.raises(DocumentError, match="lớn hơn 8 MB"):
        read_document("a.txt", b"x" * 9_000_000)
