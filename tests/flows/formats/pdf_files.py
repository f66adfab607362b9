"""PDF files for tests: pages of Vietnamese lines, or the same pages as mere pictures."""

import ctypes
import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

FONT = Path("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")  # fonts-liberation2
WIDTH, HEIGHT = 595, 842
_LEFT, _TOP, _STEP, _SIZE = 60, 60, 18, 13


def text_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """One text object for each line, from the top of the page down."""
    document, font = opened()
    for lines in pages:
        page = document.new_page(WIDTH, HEIGHT)
        for number, line in enumerate(lines):
            write(document, page, font, line, HEIGHT - _TOP - number * _STEP)
        page.gen_content()
    return saved(document)


def opened() -> tuple[pypdfium2.PdfDocument, object]:
    """A new document and a font that has all letters."""
    if not FONT.is_file():
        pytest.skip("apt-get install fonts-liberation2: PDF files are not tested")
    document = pypdfium2.PdfDocument.new()
    font_file = FONT.read_bytes()
    data = (ctypes.c_uint8 * len(font_file)).from_buffer_copy(font_file)
    return document, raw.FPDFText_LoadFont(document, data, len(font_file), raw.FPDF_FONT_TRUETYPE, True)


def write(
    document: pypdfium2.PdfDocument,
    page: pypdfium2.PdfPage,
    font: object,
    line: str,
    y: float,
    x: float = _LEFT,
) -> None:
    """One text object, its first letter at (x, y)."""
    if not line:
        return
    written = raw.FPDFPageObj_CreateTextObj(document, font, _SIZE)
    letters = ctypes.create_string_buffer((line + "\x00").encode("utf-16-le"))
    raw.FPDFText_SetText(written, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(written, 1, 0, 0, 1, x, y)
    raw.FPDFPage_InsertObject(page, written)


def pictures(pdf: bytes, dots: int = 200) -> list[tuple[int, int, bytes]]:
    """Width, height and grey pixels of each page."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        bitmap = page.render(scale=dots / 72, grayscale=True)
        grey = bytes(bitmap.buffer)
        rows = [grey[row * bitmap.stride :][: bitmap.width] for row in range(bitmap.height)]
        found.append((bitmap.width, bitmap.height, b"".join(rows)))
    return found


def scanned_pdf(pdf: bytes) -> bytes:
    """The same pages without a letter of text, as a scanner hands them out."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    pages = []
    for width, height, grey in pictures(pdf):
        image = zlib.compress(grey)
        first = len(objects) + 1
        pages.append(b"%d 0 R" % (first + 2))
        draw = b"q %d 0 0 %d 0 0 cm /I Do Q" % (WIDTH, HEIGHT)
        objects += [
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (width, height, len(image), image),
            b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R" % (WIDTH, HEIGHT, first + 1)
            + b"/Resources<</XObject<</I %d 0 R>>>>>>" % first,
        ]
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), b" ".join(pages))
    return assembled(objects)


def locked_pdf() -> bytes:
    """A file that asks for a password nobody knows."""
    secret = b"<" + b"41" * 32 + b">"
    lock = b"<</Filter/Standard/V 1/R 2/P -4/O%b/U%b>>" % (secret, secret)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", lock]
    return assembled(objects, b"/Encrypt 3 0 R/ID[<00><00>]")


def assembled(objects: list[bytes], more: bytes = b"") -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, more, len(written))
    )


def saved(document: pypdfium2.PdfDocument) -> bytes:
    """The file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
