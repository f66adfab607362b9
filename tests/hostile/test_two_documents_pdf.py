"""Words of a PDF that its reader does not see, and what it holds beside its pages: never in silence."""

import pytest

from flows.actions.read_document import take_in
from tests.hostile.pdf_pages import HIDDEN, OFF, SHOWN, VISIBLE, pdf


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
    ],
)
def test_what_a_pdf_holds_beside_its_pages_is_named(catalog: bytes, page: bytes, words: str) -> None:
    content = take_in("a.pdf", pdf(SHOWN + b"ET", catalog, page))
    assert content.text == VISIBLE
    assert words in content.remarks[0]


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
    assert take_in("a.pdf", saved_again(pdf(SHOWN + b"ET"), SHOWN + b"ET ")).remarks == ()


def test_what_stands_before_a_pdf_is_named() -> None:
    content = take_in("a.pdf", b"<html>Other</html>\n" + pdf(SHOWN + b"ET"))
    assert (content.text, "đứng trước phần PDF" in content.remarks[0]) == (VISIBLE, True)
