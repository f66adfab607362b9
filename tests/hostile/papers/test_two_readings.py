"""Two readings of one archive, and files that are two kinds at once: refused, evidence too."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable

import pytest

from flows.actions.reading.read_document import DocumentError, take_in
from flows.actions.tasks.evidence.kinds import EvidenceError, suffix_of
from tests.flows.formats.word_files import NAMESPACES, p
from tests.hostile.papers.pdf_pages import SHOWN, pdf

SEEN, OTHER = "Giao Sở Y tế", "Giao Sở Tài chính"


def document(text: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{p(text)}</w:body></w:document>"


def archive(entries: Iterable[tuple[str, str]]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as written, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            written.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "twin",
    ["word/document.xml", "Word/Document.XML", "/word/document.xml", "word\\document.xml",
     "word/./document.xml", "word//document.xml", "word/docu%6Dent.xml"],
)  # fmt: skip
def test_a_part_of_one_name_twice_is_refused(twin: str) -> None:
    data = archive([("word/document.xml", document(SEEN)), (twin, document(OTHER))])
    with pytest.raises(DocumentError, match="hai thành phần cùng tên"):
        take_in("a.docx", data)


def _renamed_head(data: bytes) -> bytes:
    return data.replace(b"word/document.xml", b"word/dxcument.xml", 1)


def _longer_head(data: bytes) -> bytes:
    return data[:22] + struct.pack("<I", 7) + data[26:]


def _out_of_directory(data: bytes) -> bytes:
    other = archive([("word/document.xml", document(OTHER))])
    return other[: other.index(b"PK\x01\x02")] + data


def _two_in_a_row(data: bytes) -> bytes:
    return archive([("word/document.xml", document(OTHER))]) + data


def _pdf_at_the_end(data: bytes) -> bytes:
    return data + pdf(SHOWN)


def _words_at_the_end(data: bytes) -> bytes:
    return data + b"{\\rtf1 Giao}"


def _pdf_inside(data: bytes) -> bytes:
    return archive([("a.pdf", "%PDF-1.4 %%EOF"), ("word/document.xml", document(SEEN))])


@pytest.mark.parametrize(
    "made",
    [
        _renamed_head,
        _longer_head,
        _out_of_directory,
        _two_in_a_row,
        _pdf_at_the_end,
        _words_at_the_end,
        _pdf_inside,
    ],
)
def test_an_archive_of_two_readings_is_refused(made: Callable[[bytes], bytes]) -> None:
    data = made(archive([("word/document.xml", document(SEEN))]))
    with pytest.raises(DocumentError, match="hai cách đọc khác nhau"):
        take_in("a.docx", data)


@pytest.mark.parametrize("padding", [b"", b"\0" * 40, b"\r\n"])
def test_what_mail_gateways_append_is_no_second_document(padding: bytes) -> None:
    assert take_in("a.docx", archive([("word/document.xml", document(SEEN))]) + padding).text == SEEN


ZIPPED = archive([("word/document.xml", document(OTHER))])


@pytest.mark.parametrize(
    "data",
    [pdf(SHOWN + b"ET") + ZIPPED, b"\x89PNG\r\n\x1a\n" + b"x" * 30 + ZIPPED, b"{\\rtf1 x}" + ZIPPED,
     b"\xff\xd8\xff\xe0 %PDF-1.4 %%EOF", b"{\\rtf1 %PDF-1.4 %%EOF}", SEEN.encode() + ZIPPED],
)  # fmt: skip
def test_a_file_of_two_kinds_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="vừa là"):
        take_in("a.txt", data)
    with pytest.raises(EvidenceError, match="hai cách đọc"):
        suffix_of("a.txt", data)


@pytest.mark.parametrize(
    "parts",
    [
        [("word/document.xml", "x"), ("Word/document.xml", "y")],
        [("word/document.xml", "x"), ("[Content_Types].xml", "application/vnd.ms-office.vbaProject")],
    ],
)
def test_evidence_of_two_readings_or_with_macros_by_another_name_is_refused(
    parts: list[tuple[str, str]],
) -> None:
    assert suffix_of("a", archive(parts[:1])) == "docx"
    with pytest.raises(EvidenceError, match="hai cách đọc|macro"):
        suffix_of("a", archive(parts))
