"""Two documents in one file: never both in silence. Refused, or read as its reader sees it, and said."""

import pytest

from flows.actions.reading.read_document import DocumentError, take_in
from flows.formats.content import Content
from tests.flows.formats.word_files import MAIN, NAMESPACES, cell, docx, p, row, run, table, zipped

SEEN, OTHER = "Giao Sở Y tế", "Giao Sở Tài chính"
MAIN_PART = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def read(body: str, **parts: str) -> Content:
    return take_in("a.docx", docx(body, **parts))


def document(text: str) -> str:
    return MAIN_PART.format(p(text))


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Type="{kind}" Target="{target}"/>' for kind, target in targets)
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inner}</Relationships>'


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


def test_a_strangers_words_are_cut_short_and_unprintable_signs_left_out() -> None:
    content = read(p(run(SEEN) + run("ẩn \u202e" * 500, "<w:vanish/>")))
    assert len(content.remarks[0]) < 150
    assert "\u202e" not in content.remarks[0]
    with pytest.raises(DocumentError) as refused:
        take_in("a\x1b[31m" * 99 + ".docx", b"x")
    assert len(str(refused.value)) < 300
    assert "\x1b" not in str(refused.value)
