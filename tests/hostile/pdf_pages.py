"""A PDF page of a few words, written by hand: with a layer, a picture, a note and an attachment to name."""

from tests.flows.formats.pdf_files import assembled


def pdf(stream: bytes, catalog: bytes = b"", page: bytes = b"") -> bytes:
    return assembled([
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R" + page
        + b"/Resources<</Font<</F 5 0 R>>/Properties<</L 6 0 R>>/XObject<</I 7 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Type/OCG/Name(L)>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n\xc0\nendstream",
        b"<</Type/Annot/Subtype/FreeText/Rect[9 9 99 99]/Contents(Note)>>",
        b"<</Names[(a) 10 0 R]>>", b"<</Type/Filespec/F(a)/EF<</F 4 0 R>>>>",
    ])  # fmt: skip


VISIBLE = "Visible words of the page"
SHOWN = b"BT /F 12 Tf 20 200 Td (Visible words of the page) Tj "
HIDDEN = b"0 -20 Td (Hidden) Tj ET "
OFF = b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>"
