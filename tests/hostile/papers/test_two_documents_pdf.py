"""Words of a PDF that its reader does not see, and what it holds beside its pages: never in silence."""

import pytest

from flows.actions.reading.read_document import take_in
from tests.hostile.papers.pdf_pages import HIDDEN, OFF, SHOWN, VISIBLE, pdf


@pytest.mark.parametrize(
    ("stream", "catalog", "read_too", "words"),
    [
        (SHOWN + b"3 Tr " + HIDDEN, b"", False, "không hiện trên trang"),
        (SHOWN + b"ET /OC /L BDC BT /F 12 Tf 20 180 Td (Hidden) Tj ET EMC", OFF, False, "không hiện"),
        (SHOWN + b"ET q 0 0 1 1 re W n BT /F 12 Tf 20 180 Td (Hidden) Tj ET Q", b"", False, "không hiện"),
        (SHOWN + b"1 g " + HIDDEN, b"", True, "khó thấy"),
        (SHOWN + b"900 0 Td (Hidden) Tj ET", b"", True, "khó thấy"),
        (SHOWN + b"/F 0.1 Tf " + HIDDEN, b"", True, "khó thấy"),
        (SHOWN + HIDDEN + b"0 g 10 175 99 20 re f", b"", True, "khó thấy"),
        (b"q 99 0 0 99 0 150 cm /I Do Q " + SHOWN + b"3 Tr " + HIDDEN, b"", True, "lớp chữ ẩn"),
    ],
    ids=["undrawn", "layer", "clip", "white", "beside", "tiny", "covered", "under a picture"],
)
def test_words_of_a_pdf_that_nobody_sees_are_said(
    stream: bytes, catalog: bytes, read_too: bool, words: str
) -> None:
    content = take_in("a.pdf", pdf(stream, catalog))
    assert ("Hidden" in content.text) is read_too
    assert VISIBLE in content.text
    assert words in content.remarks[0]
    assert "Hidden" in content.remarks[0]


def test_what_is_seen_in_a_pdf_is_only_read() -> None:
    on_dark = b"0 0 0.5 rg 10 150 200 100 re f 1 g " + SHOWN + b"ET q 0 0 300 300 re W n " + SHOWN + b"ET Q"
    assert take_in("a.pdf", pdf(on_dark)).remarks == ()


@pytest.mark.parametrize(
    ("catalog", "page", "words"),
    [
        (b"/Names<</EmbeddedFiles 9 0 R>>", b"", "đính kèm"),
        (b"/AcroForm<</Fields[]/XFA[]>>", b"", "XFA"),
        (b"", b"/Annots[8 0 R]", "ghi chú"),
        (b"", b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[9 9 99 99]>>]", "ghi chú"),
        (b"", b"/Annots[<</Type/Annot/Subtype/Square/Rect[9 190 299 220]/IC[1 1 1]>>]", "ghi chú"),
        (b"", b"/Annots[<</Type/Annot/Subtype/Widget/FT/Sig/Rect[9 9 99 99]>>]", "ghi chú"),
        (b"", b"/Annots[" + b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>" * 201 + b"]", "ghi chú"),
        (b"/OpenAction<</S/JavaScript/JS(x)>>", b"", "JavaScript"),
    ],
)
def test_what_a_pdf_holds_beside_its_pages_is_named(catalog: bytes, page: bytes, words: str) -> None:
    content = take_in("a.pdf", pdf(SHOWN + b"ET", catalog, page))
    assert content.text == VISIBLE
    assert words in content.remarks[0]


@pytest.mark.parametrize(
    "note",
    [b"/Subtype/Link/Rect[9 9 99 99]", b"/Subtype/Widget/FT/Sig/Rect[0 0 0 0]",
     b"/Subtype/Stamp/F 2/Rect[9 9 99 99]"],
)  # fmt: skip
def test_notes_that_draw_nothing_are_no_remark(note: bytes) -> None:
    assert take_in("a.pdf", pdf(SHOWN + b"ET", page=b"/Annots[<</Type/Annot" + note + b">>]")).remarks == ()


def form(inner: bytes, more: bytes = b"") -> bytes:
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X %d 0 R>>>>"
    return (
        b"<</Length %d/Type/XObject/Subtype/Form/BBox[0 0 300 300]" % len(inner)
        + resources
        + more
        + (b">>stream\n" + inner + b"\nendstream")
    )


@pytest.mark.parametrize(
    ("depth", "more", "hidden", "words"),
    [
        (1, b"/OC 6 0 R", b"", "không hiện"),
        (6, b"", b"3 Tr ", "không hiện"),
        (9, b"", b"3 Tr ", "chưa kiểm tra hết"),
    ],
)
def test_words_in_forms_within_forms_are_looked_at(
    depth: int, more: bytes, hidden: bytes, words: str
) -> None:
    """Each form draws the next; the innermost writes."""
    written = b"BT /F 12 Tf 20 180 Td " + hidden + b"(Hidden) Tj ET"
    forms = [form(b"/X Do") % (11 + number) for number in range(1, depth)] + [form(written, more) % 11]
    page = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 11 0 R>>>>"
    content = take_in("a.pdf", pdf(SHOWN + b"ET /X Do", OFF, page, forms))
    assert words in content.remarks[0]


@pytest.mark.parametrize(
    "stream",
    [
        SHOWN + b"ET 0 g 10 150 200 40 re f BT /F 12 Tf 20 160 Td (Hidden) Tj ET",
        SHOWN + HIDDEN + b"1 g 10 175 30 20 re f 40 175 60 20 re f",
        SHOWN + b"0.9 g " + HIDDEN,
        SHOWN + b"1 1 0.7 rg " + HIDDEN,
        SHOWN + HIDDEN + b"1 g 1 G 2 Tr 20 w BT /F 12 Tf 20 180 Td (Hidden) Tj ET",
    ],
    ids=["dark on dark", "covered in parts", "light", "pale", "under light letters"],
)
def test_more_words_of_a_pdf_that_nobody_finds_are_said(stream: bytes) -> None:
    content = take_in("a.pdf", pdf(stream))
    assert "Hidden" in content.text
    assert "khó thấy" in content.remarks[0]


def test_a_lone_stop_is_no_hidden_word() -> None:
    assert take_in("a.pdf", pdf(SHOWN + b"(.) Tj ET BT /F 12 Tf 20 180 Td (.) Tj ET")).remarks == ()


def test_letters_that_stand_for_others_are_named() -> None:
    content = take_in("a.pdf", pdf(SHOWN + b"ET /Span <</ActualText(Other words)>> BDC " + SHOWN + b"ET EMC"))
    assert "thay cho chữ in" in content.remarks[0]


def saved_again(before: bytes, stream: bytes) -> bytes:
    """The file with its page's content replaced, the way a signature or an editor appends."""
    at = len(before)
    added = b"4 0 obj\n<</Length %d>>stream\n%b\nendstream\nendobj\n" % (len(stream), stream)
    return (
        before
        + added
        + (
            b"xref\n4 1\n%010d 00000 n \ntrailer<</Size 11/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
            % (at, before.rindex(b"xref\n0 "), at + len(added))
        )
    )


def test_an_earlier_saving_with_other_words_is_named() -> None:
    content = take_in("a.pdf", saved_again(pdf(SHOWN + HIDDEN), SHOWN + b"ET"))
    assert content.text == VISIBLE
    assert "bản lưu trước" in content.remarks[0]
    assert "Hidden" in content.remarks[0]
    odd = pdf(SHOWN + HIDDEN).replace(b"startxref\n", b"startxref %x\n" + b" " * 30).replace(b"%%EOF", b"")
    assert "bản lưu trước" in take_in("a.pdf", saved_again(odd, SHOWN + b"ET")).remarks[0]
    assert take_in("a.pdf", saved_again(pdf(SHOWN + b"ET"), SHOWN + b"ET ")).remarks == ()


def test_what_stands_before_a_pdf_is_named() -> None:
    content = take_in("a.pdf", b"<html>Other</html>\n" + pdf(SHOWN + b"ET"))
    assert (content.text, "đứng trước phần PDF" in content.remarks[0]) == (VISIBLE, True)
    content = take_in("a.pdf", pdf(SHOWN + b"ET") + b"\n<html>Other</html>")
    assert (content.text, "nối sau phần PDF" in content.remarks[0]) == (VISIBLE, True)
    assert take_in("a.pdf", pdf(SHOWN + b"ET") + b"\r\n\0\0").remarks == ()
