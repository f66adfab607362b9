"""Two documents in one file: never both in silence. Refused, or read as its reader sees it, and said."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable

import pytest

from flows.actions.formats.content import Content
from flows.actions.read_document import DocumentError, take_in
from tests.flows.formats.pdf_files import assembled
from tests.flows.formats.word_files import MAIN, NAMESPACES, cell, docx, p, row, run, table, zipped

SEEN, OTHER = "Giao Sở Y tế", "Giao Sở Tài chính"
MAIN_PART = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def read(body: str, **parts: str) -> Content:
    return take_in("a.docx", docx(body, **parts))


def document(text: str) -> str:
    return MAIN_PART.format(p(text))


def archive(entries: Iterable[tuple[str, str]]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as written, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in entries:
            written.writestr(name, content)
    return kept.getvalue()


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Type="{kind}" Target="{target}"/>' for kind, target in targets)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


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


def _pdf_inside(data: bytes) -> bytes:
    return archive([("a.pdf", "%PDF-1.4 %%EOF"), ("word/document.xml", document(SEEN))])


@pytest.mark.parametrize(
    "made", [_renamed_head, _longer_head, _out_of_directory, _two_in_a_row, _pdf_at_the_end, _pdf_inside]
)
def test_an_archive_of_two_readings_is_refused(made: object) -> None:
    data = made(archive([("word/document.xml", document(SEEN))]))  # type: ignore[operator]
    with pytest.raises(DocumentError, match="hai cách đọc khác nhau"):
        take_in("a.docx", data)


@pytest.mark.parametrize("padding", [b"", b"\0" * 40, b"\r\n"])
def test_what_mail_gateways_append_is_no_second_document(padding: bytes) -> None:
    assert take_in("a.docx", archive([("word/document.xml", document(SEEN))]) + padding).text == SEEN


def test_the_text_is_the_part_that_word_follows_and_another_one_is_named() -> None:
    kinds = (
        ("http://example.org/officeDocument", "word/document.xml"),
        (OFFICE + "officeDocument", "text/b.xml"),
    )
    parts = {
        "_rels/.rels": relations(*kinds),
        "word/document.xml": document(OTHER),
        "text/b.xml": document(SEEN),
    }
    content = take_in("a.docx", zipped(parts))
    assert content.text == SEEN
    assert "văn bản khác mà Word không hiển thị" in content.remarks[0]
    assert "word/document.xml" in content.remarks[0]


def test_two_main_parts_are_refused() -> None:
    kinds = [(OFFICE + "officeDocument", name) for name in ("word/a.xml", "word/b.xml")]
    parts = {"_rels/.rels": relations(*kinds), "word/a.xml": document(SEEN), "word/b.xml": document(OTHER)}
    with pytest.raises(DocumentError, match="nhiều phần văn bản chính"):
        take_in("a.docx", zipped(parts))


def test_two_bodies_are_refused() -> None:
    with pytest.raises(DocumentError, match="nhiều phần thân"):
        read(p(SEEN) + "</w:body><w:body>" + p(OTHER))


def test_styles_that_word_is_not_told_of_are_none() -> None:
    hide = f'<w:styles xmlns:w="{MAIN}">{USUAL}</w:styles>'
    parts = {"word/document.xml": document(SEEN), "word/styles.xml": hide}
    assert take_in("a.docx", zipped(parts | {"word/_rels/document.xml.rels": relations()})).text == SEEN
    with pytest.raises(DocumentError, match="không có chữ"):
        take_in("a.docx", zipped(parts))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_part_in_utf_16_is_read_and_its_entities_refused(encoding: str) -> None:
    assert take_in("a.docx", zipped({"word/document.xml": document(SEEN).encode(encoding)})).text == SEEN
    laughs = f'<!DOCTYPE x [<!ENTITY a "{OTHER}">]>' + document(f"{SEEN}&a;")
    with pytest.raises(DocumentError, match="DTD"):
        take_in("a.docx", zipped({"word/document.xml": laughs.encode(encoding)}))


@pytest.mark.parametrize("encoding", ["utf-7", "ibm037", "latin-1"])
def test_a_part_in_an_encoding_that_the_format_does_not_know_is_refused(encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?>' + MAIN_PART.format(p("Giao"))
    with pytest.raises(DocumentError, match="UTF-8"):
        take_in("a.docx", zipped({"word/document.xml": part}))


VANISH = "<w:rPr><w:vanish/></w:rPr>"
CHARACTER = f'<w:style w:type="character" w:styleId="C">{VANISH}</w:style>'
RESTS = '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
PARAGRAPH = f'<w:style w:type="paragraph" w:styleId="P">{VANISH}</w:style>' + RESTS
USUAL = f"<w:docDefaults><w:rPrDefault>{VANISH}</w:rPrDefault></w:docDefaults>"
CODE = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CHOICE = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="{}"><w:t>{}</w:t></mc:Choice>'
    "<mc:Fallback><w:t>{}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
)
SHAPE = (
    '<w:r><w:pict><v:shape style="position:absolute;visibility: hidden"><v:textbox><w:txbxContent>'
    f"{p(OTHER)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "styles", "words"),
    [
        (run(OTHER, "<w:vanish/>"), "", "chữ ẩn"),
        (run(OTHER, '<w:rStyle w:val="C"/>'), CHARACTER, "chữ ẩn"),
        (run(OTHER, "<w:specVanish/>"), "", "chữ ẩn"),
        (SHAPE, "", "chữ ẩn"),
        (f"<w:del>{run(OTHER)}</w:del>", "", "Track Changes"),
        (f"<w:moveFrom>{run(OTHER)}</w:moveFrom>", "", "Track Changes"),
        (CODE.format("begin") + run(OTHER) + CODE.format("separate") + CODE.format("end"), "", "mã trường"),
        (CODE.format("begin") + run(OTHER), "", "mã trường"),
        (CHOICE.format("wps", "", OTHER), "", "hai cách"),
        (f'<z:run xmlns:z="urn:z">{run(OTHER)}</z:run>', "", "cấu trúc lạ"),
        ('<w:r><w:commentReference w:id="2"/></w:r>', "", "comment"),
        ('<w:r><w:footnoteReference w:id="2"/></w:r>', "", "chú thích"),
        ("<w:r><w:object><z/></w:object></w:r>", "", "đối tượng nhúng"),
        ('<w:subDoc/>', "", "một tệp khác"),
        ("<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr></w:sdt>", "", "dữ liệu kèm theo"),
        ('<w:fldSimple w:instr=" DATE \\@ dd "/>', "", "trường tự cập nhật"),
        (CODE.format('begin" w:dirty="true') + CODE.format("end"), "", "trường tự cập nhật"),
    ],
)  # fmt: skip
def test_what_word_does_not_show_is_not_read_and_said(inner: str, styles: str, words: str) -> None:
    content = read(p(run(SEEN) + inner), styles=styles)
    assert content.text == SEEN
    assert any(words in remark for remark in content.remarks)


@pytest.mark.parametrize(("styles", "style"), [(PARAGRAPH, "P"), (PARAGRAPH, "Q"), (USUAL, "")])
def test_hidden_by_a_style_is_hidden(styles: str, style: str) -> None:
    content = read(
        p(run(SEEN, '<w:vanish w:val="0"/>') + run(OTHER), f'<w:pStyle w:val="{style}"/>'), styles=styles
    )
    assert content.text == SEEN
    assert OTHER in content.remarks[0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (p(SEEN) + "<w:altChunk/>", "một tệp khác"),
        (p(SEEN) + f"<w:moveFrom>{p(OTHER)}</w:moveFrom>", "cấu trúc lạ"),
        (p(SEEN) + f'<z:all xmlns:z="urn:z">{p(OTHER)}</z:all>', "cấu trúc lạ"),
        (f"<mc:AlternateContent><mc:Choice Requires='wps'>{p(SEEN)}</mc:Choice>"
         f"<mc:Fallback>{p(OTHER)}</mc:Fallback></mc:AlternateContent>", "hai cách"),
        (table(row(SEEN), row(OTHER, properties="<w:hidden/>")), "chữ ẩn"),
        (table(row(SEEN), row(OTHER, properties="<w:del/>")), "Track Changes"),
    ],
    ids=["altChunk", "moved", "foreign", "alternative", "hidden row", "deleted row"],
)  # fmt: skip
def test_blocks_that_word_does_not_show_are_not_read_and_said(body: str, words: str) -> None:
    content = read(body)
    assert content.text == SEEN
    assert any(words in remark for remark in content.remarks)


FILL = '<w:shd w:val="clear" w:fill="{}"/>'
WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "paragraph",
    [
        p(run(OTHER, WHITE)),
        p(run(OTHER, '<w:color w:val="000000" w:themeColor="background1"/>')),
        p(run(OTHER, '<w:sz w:val="2"/>')),
        p(run(OTHER, '<w:w w:val="1"/>')),
        p(run(OTHER, '<w:color w:val="101010"/>' + FILL.format("000000"))),
        p(run(OTHER, '<w:highlight w:val="black"/><w:color w:val="000000"/>')),
        p(run(OTHER, '<w:color w:val="1F4E79"/>'), FILL.format("1F4E79")),
        p(run(OTHER), '<w:spacing w:line="1" w:lineRule="exact"/>'),
        p(run(OTHER), '<w:ind w:left="30000"/>'),
    ],
)
def test_words_that_nobody_finds_are_read_and_said(paragraph: str) -> None:
    content = read(p(SEEN) + paragraph)
    assert content.text == f"{SEEN}\n{OTHER}"
    assert [OTHER in remark for remark in content.remarks] == [True]


@pytest.mark.parametrize(
    "body",
    [
        p(run(SEEN, WHITE), FILL.format("1F4E79")),
        table(row(*[cell(p(run(SEEN, WHITE)), FILL.format("1F4E79"))] * 3)),
        p(run(SEEN, WHITE + '<w:highlight w:val="darkBlue"/>')),
        p(run(SEEN, '<w:color w:val="auto"/><w:sz w:val="28"/>')) + p(run(" ", WHITE)),
    ],
)
def test_light_letters_on_a_dark_ground_are_seen(body: str) -> None:
    assert read(body).remarks == ()


def test_two_forms_are_read_once_as_word_chooses() -> None:
    assert read(p(CHOICE.format("wps", SEEN, OTHER))).text == SEEN
    assert read(p(CHOICE.format("z", OTHER, SEEN).replace("<w:r>", '<w:r xmlns:z="urn:z">'))).text == SEEN
    again = read(p(CHOICE.format("wps", SEEN, SEEN)))
    assert (again.text, again.remarks) == (SEEN, ())


def test_a_comment_of_the_markup_parts_no_words_and_a_line_end_is_a_blank() -> None:
    assert read(p(run("Giao Sở<!-- x --> Y<?x y?> tế"))).text == SEEN
    assert read(p(run("Giao\nSở Y tế"))).text == SEEN


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


ZIPPED = archive([("word/document.xml", document(OTHER))])


@pytest.mark.parametrize(
    "data",
    [pdf(SHOWN + b"ET") + ZIPPED, b"\x89PNG\r\n\x1a\n" + b"x" * 30 + ZIPPED, b"{\\rtf1 x}" + ZIPPED,
     b"\xff\xd8\xff\xe0 %PDF-1.4 %%EOF", b"{\\rtf1 %PDF-1.4 %%EOF}", SEEN.encode() + ZIPPED],
)  # fmt: skip
def test_a_file_of_two_kinds_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="vừa là"):
        take_in("a.txt", data)


def test_what_stands_before_a_pdf_is_named() -> None:
    content = take_in("a.pdf", b"<html>Other</html>\n" + pdf(SHOWN + b"ET"))
    assert (content.text, "đứng trước phần PDF" in content.remarks[0]) == (VISIBLE, True)


def test_a_strangers_words_are_cut_short_and_unprintable_signs_left_out() -> None:
    content = read(p(run(SEEN) + run("ẩn \u202e" * 500, "<w:vanish/>")))
    assert len(content.remarks[0]) < 150
    assert "\u202e" not in content.remarks[0]
    with pytest.raises(DocumentError) as refused:
        take_in("a\x1b[31m" * 99 + ".docx", b"x")
    assert len(str(refused.value)) < 300
    assert "\x1b" not in str(refused.value)
