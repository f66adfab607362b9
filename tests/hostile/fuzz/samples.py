"""Honest files to begin from, small and of every shape that the readers know."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.flows.formats import pdf_files
from tests.flows.formats.word_files import abstract, cell, docx, item, level, num, p, row, run, table
from tests.web.sample import CONCLUSION

_DEMO = Path(__file__).parents[3] / "flows/demo/thong-bao-ket-luan.docx"
_SHORT = CONCLUSION.splitlines()[:30]


def documents() -> dict[str, bytes]:
    """Name to bytes: Word files, PDF files, texts in several encodings."""
    return {**dict(_words()), **dict(_pdfs()), **dict(_texts())}


def _words() -> Iterator[tuple[str, bytes]]:
    yield "demo.docx", _DEMO.read_bytes()
    lines = "".join(p(line) for line in _SHORT)
    levels = abstract(*(level(at, f"%{at + 1}.") for at in range(4)))
    items = "".join(item(line, at % 4) for at, line in enumerate(_SHORT[10:20]))
    yield "lists.docx", docx(lines + items, numbering=levels + num(1))
    wide = cell("Sở Y tế báo cáo trước ngày 10/01/2023.", '<w:gridSpan w:val="2"/>')
    merged = cell("x", '<w:vMerge w:val="restart"/>')
    yield "tables.docx", docx(lines + table(row(wide, "a"), row("b", merged, "c")) + p("cuối"))
    marked = run("xóa", "<w:vanish/>") + '<w:ins w:id="1"><w:r><w:t>thêm</w:t></w:r></w:ins>'
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="b"><w:rPr><w:b/></w:rPr></w:style>'
    yield (
        "styles.docx",
        docx(lines + p(marked, '<w:pStyle w:val="a"/>'), styles=styles, header1=p("đầu trang")),
    )


def _pdfs() -> Iterator[tuple[str, bytes]]:
    yield "pages.pdf", pdf_files.text_pdf([_SHORT, _SHORT[:5]])
    yield "plain.pdf", _plain_pdf()


def _plain_pdf() -> bytes:
    """A PDF whose page is written out, so that damage reaches its operators and boxes."""
    content = b"BT /F1 12 Tf 60 700 Td (So Y te bao cao truoc ngay 10/01/2023.) Tj 0 -20 Td (x) Tj ET"
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/CropBox[0 0 595 842]/Rotate 0/UserUnit 1"
        b"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % (at, one) for at, one in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "utf8.txt", CONCLUSION.encode()
    yield "utf16.txt", CONCLUSION.encode("utf-16")
    yield "cp1258.txt", "\n".join(_SHORT).encode("cp1258", "replace")
    yield "short.txt", "\n".join(_SHORT).encode()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}
