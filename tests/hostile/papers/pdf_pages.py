"""A PDF page of a few words, written by hand: with a layer, a picture, a note and an attachment to name."""

from collections.abc import Sequence

from tests.flows.formats.pdf_files import assembled


def pdf(stream: bytes, catalog: bytes = b"", page: bytes = b"", further: Sequence[bytes] = ()) -> bytes:
    """The file; ``further`` objects are 11 and so on; resources that ``page`` states replace the usual."""
    usual = b"/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>/XObject<</I 7 0 R>>>>"
    return assembled([
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R" + page
        + (b"" if b"/Resources" in page else usual) + b">>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Type/OCG/Name(L)>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n\xc0\nendstream",
        b"<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/Contents(Note)>>",
        b"<</Names[(a) 10 0 R]>>", b"<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>",
        *further,
    ])  # fmt: skip


VISIBLE = "Visible words of the page"
SHOWN = b"BT /F 12 Tf 20 200 Td (Visible words of the page) Tj "
HIDDEN = b"0 -20 Td (Hidden) Tj ET "
OFF = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
