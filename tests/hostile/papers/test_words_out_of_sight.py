"""Words of a Word file that its reader does not see, or sees otherwise: all are said."""

import pytest

from flows.actions.reading.read_document import DocumentError, take_in
from flows.formats.content import Content
from tests.flows.formats.word_files import (
    MAIN,
    NAMESPACES,
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

SEEN, OTHER = "Giao Sở Y tế", "Giao Sở Tài chính"
BLACK, WHITE = '<w:color w:val="000000"/>', '<w:color w:val="FFFFFF"/>'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
DRAWING = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
FILL = f"<w14:textFill {W14}>{{}}</w14:textFill>"
SOLID = FILL.format('<w14:solidFill><w14:srgbClr w14:val="{}">{}</w14:srgbClr></w14:solidFill>')
BOX = (
    "<w:r><w:pict><v:shape {}><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r>"
)
SHAPE = (
    "<w:r><w:drawing><wps:wsp><wps:spPr>{}</wps:spPr><wps:txbx><w:txbxContent>{}</w:txbxContent>"
    "</wps:txbx></wps:wsp></w:drawing></w:r>"
)
TURN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def read(body: str, **parts: str) -> Content:
    return take_in("a.docx", docx(body, **parts))


def said(content: Content, words: str) -> bool:
    return any(words in remark for remark in content.remarks)


def style(kind: str, inner: str) -> str:
    return f'<w:style w:type="{kind}" w:styleId="S">{inner}</w:style>'


def styled(paragraph: str) -> str:
    return p(run(OTHER, BLACK), '<w:pStyle w:val="S"/>') if paragraph else ""


def of_three(properties: str = "", of_row: str = "") -> str:
    made = table(row(OTHER, "1", "2", properties=of_row), row("a", "b", "c"), row("d", "e", "f"))
    return made.replace("<w:tbl>", f"<w:tbl><w:tblPr>{properties}</w:tblPr>", 1)


@pytest.mark.parametrize(
    "body",
    [
        p(run(OTHER, '<w:color w:val="000000" w:themeColor="text1" w:themeTint="00"/>')),
        p(run(OTHER, '<w:color w:val="000000" w:themeColor="accent1" w:themeTint="05"/>')),
        p(run(OTHER, '<w:color w:val="000000" w:themeColor="background1" w:themeShade="FF"/>')),
        p(run(OTHER, BLACK + '<w:shd w:val="clear" w:fill="FFFFFF" w:themeFill="text1"/>')),
        p(run(OTHER, BLACK + '<w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>')),
        p(run(OTHER, BLACK + '<w:shd w:val="pct95" w:color="000000" w:fill="FFFFFF"/>')),
        p(run(OTHER, SOLID.format("FFFFFF", ""))),
        p(run(OTHER, SOLID.format("000000", '<w14:alpha w14:val="100000"/>'))),
        p(run(OTHER, FILL.format("<w14:noFill/>"))),
        p(run(OTHER, '<w:position w:val="-3000"/>')),
        p(run(OTHER, '<w:spacing w:val="-400"/>')),
        p(run(OTHER, '<w:fitText w:val="1"/>')),
        p(run(OTHER), '<w:framePr w:x="-30000" w:y="1"/>'),
        p(run(OTHER), '<w:framePr w:h="1" w:hRule="exact"/>'),
        p(run(OTHER), '<w:ind w:firstLine="31000"/>'),
        p(run(OTHER), '<w:ind w:leftChars="30000"/>'),
        of_three('<w:tblInd w:w="31000"/>'),
        of_three('<w:tblpPr w:tblpX="1" w:tblpY="-31000"/>'),
        of_three(of_row='<w:trHeight w:val="1" w:hRule="exact"/>'),
        p(run("a") + BOX.format("", p(run(OTHER, WHITE)))),
        p(run("a") + BOX.format('style="width:0;height:9pt"', p(run(OTHER)))),
        p(run("a") + BOX.format('style="position:absolute;margin-left:-9999pt"', p(run(OTHER)))),
        p(run("a") + SHAPE.format("", p(run(OTHER, WHITE)))),
    ],
)  # fmt: skip
def test_words_that_nobody_finds_are_read_and_said(body: str) -> None:
    content = read(p(SEEN) + body)
    assert OTHER in content.text
    assert [OTHER in remark for remark in content.remarks] == [True]
    assert said(content, "khó thấy")


VANISH = "<w:rPr><w:vanish/></w:rPr>"
TABLE = "<w:tblStyle w:val='S'/>"


@pytest.mark.parametrize(
    ("body", "styles"),
    [
        (p(OTHER, '<w:pStyle w:val="S"/>'),
         style("paragraph", '<w:pPr><w:spacing w:line="1" w:lineRule="exact"/></w:pPr>')),
        (styled("S"), style("paragraph", '<w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr>')),
        (of_three(TABLE), style("table", VANISH)),
        (of_three(TABLE), style("table", f'<w:tblStylePr w:type="firstRow">{VANISH}</w:tblStylePr>')),
        (of_three(TABLE), style("table", f"<w:rPr>{WHITE}</w:rPr>")),
        (of_three(), style("table", VANISH).replace("w:styleId", 'w:default="1" w:styleId')),
    ],
)  # fmt: skip
def test_a_style_that_puts_words_out_of_sight_is_said(body: str, styles: str) -> None:
    content = read(p(run(SEEN)) + body, styles=styles)
    assert OTHER in content.text
    assert said(content, "khó thấy")


DARK = '<w:shd w:val="clear" w:fill="1F4E79"/>'
THEMED = f'<a:solidFill {DRAWING}><a:schemeClr val="accent1"/></a:solidFill>'


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (p(run(SEEN, WHITE), '<w:pStyle w:val="S"/>'),
         {"styles": style("paragraph", f"<w:pPr>{DARK}</w:pPr>")}),
        (of_three(TABLE), {"styles": style("table", f"<w:rPr>{WHITE}</w:rPr><w:tcPr>{DARK}</w:tcPr>")}),
        (p(run("a") + BOX.format('fillcolor="#1f4e79 [3204]"', p(run(SEEN, WHITE)))), {}),
        (p(run("a") + SHAPE.format(THEMED, p(run(SEEN, WHITE)))), {}),
        (p(SEEN), {"header1": p("- 3 -"), "footer1": p("Trang 3/7")}),
        (p(run(SEEN, '<w:strike w:val="0"/><w:rtl w:val="0"/><w:spacing w:val="-6"/>')), {}),
        (p(run(SEEN) + TURN.format("begin") + "<w:r><w:instrText> XE x</w:instrText></w:r>" +
           TURN.format("end")), {}),
    ],
)  # fmt: skip
def test_what_honest_papers_have_is_no_remark(body: str, parts: dict[str, str]) -> None:
    assert read(body, **parts).remarks == ()


def field(code: str) -> str:
    return TURN.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + TURN.format("end")


SPACE = "http://schemas.openxmlformats.org/"


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (field(f"MACROBUTTON x {OTHER}"), "trường tự cập nhật"),
        (field(" FORMDROPDOWN "), "trường tự cập nhật"),
        (field(" DOCPROPERTY x "), "trường tự cập nhật"),
        ('<w:r><w:sym w:font="Arial" w:char="0041"/></w:r>', "ký hiệu"),
        (f"<w:r><w:ruby><w:rt>{run(OTHER)}</w:rt></w:ruby></w:r>", "ký hiệu"),
        (f'<w:r><w:drawing><c:chart xmlns:c="{SPACE}drawingml/2006/chart"/></w:drawing></w:r>', "biểu đồ"),
        (f"<w:r><w:drawing><a:x {DRAWING}><a:t>{OTHER}</a:t></a:x></w:drawing></w:r>", OTHER),
        (f'<w:r><w:pict><v:shape><v:textpath string="{OTHER}"/></v:shape></w:pict></w:r>', OTHER),
        (f"<w:r><w:delText>{OTHER}</w:delText></w:r>", "Track Changes"),
    ],
)
def test_what_word_shows_and_no_text_stores_is_said(inner: str, words: str) -> None:
    content = read(p(run(SEEN) + inner))
    assert content.text == SEEN
    assert said(content, words)


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (run(OTHER, "<w:rtl/>"), "phải sang trái"),
        (f'<w:bdo w:val="rtl">{run(OTHER)}</w:bdo>', "phải sang trái"),
    ],
)
def test_words_that_are_shown_otherwise_are_read_and_said(inner: str, words: str) -> None:
    content = read(p(run(SEEN + " ") + inner))
    assert content.text == f"{SEEN} {OTHER}"
    assert said(content, words)


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>"])
def test_words_struck_out_are_said_and_count_no_more(mark: str) -> None:
    content = read(p(run(SEEN + " ") + run(OTHER, mark)))
    assert content.text.strip() == SEEN
    assert said(content, OTHER)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (cell(OTHER, "<w:vMerge/>"), "chữ ẩn"),
        (cell(OTHER, '<w:hMerge w:val="continue"/>'), "chữ ẩn"),
        (cell(OTHER, "<w:cellDel/>"), "Track Changes"),
    ],
)
def test_cells_whose_words_word_does_not_show_are_said(first: str, words: str) -> None:
    content = read(p(SEEN) + table(row("a", "b", "c"), row(first, "b", "c"), row("d", "e", "f")))
    assert OTHER not in content.text
    assert said(content, words)


def test_words_at_the_edge_of_a_page_are_said() -> None:
    assert said(
        read(p(SEEN), header1=p(OTHER)),
        f"đầu trang hoặc chân trang; phần đó không được đọc, cần đối chiếu: “{OTHER}",
    )


@pytest.mark.parametrize(
    "outside",
    [run(OTHER), f"<w:hyperlink>{run(OTHER)}</w:hyperlink>",
     f'<m:oMath xmlns:m="{SPACE}officeDocument/2006/math"><m:r><m:t>{OTHER}</m:t></m:r></m:oMath>'],
)  # fmt: skip
def test_words_outside_of_paragraphs_are_said(outside: str) -> None:
    content = read(p(SEEN) + outside)
    assert (content.text, said(content, OTHER)) == (SEEN, True)


def test_a_label_that_is_hidden_cut_or_more_than_a_bullet_is_no_secret() -> None:
    hidden = level(0, OTHER).replace("</w:lvl>", f"{VANISH}</w:lvl>")
    assert said(read(item("x", 0), numbering=abstract(hidden) + num(1)), "khó thấy")
    assert said(read(item("x", 0), numbering=abstract(level(0, "a" * 70)) + num(1)), "ký hiệu")
    assert read(item("x", 0), numbering=abstract(level(0, OTHER, "bullet")) + num(1)).text == f"{OTHER} x"


def test_pages_of_the_letters_colour_hide_them() -> None:
    page = '<w:background w:color="000000"/>'
    body = f"<w:document {NAMESPACES}>{page}<w:body>{p(run(OTHER, BLACK))}</w:body></w:document>"
    assert said(take_in("a.docx", zipped({"word/document.xml": body})), "khó thấy")


def test_what_the_file_says_twice_or_has_filled_anew_is_said_or_refused() -> None:
    relation = '<Relationship Type="{0}officeDocument/2006/relationships/{1}" Target="{2}"/>'
    space = f"{SPACE}package/2006/relationships"
    document = f"<w:document {NAMESPACES}><w:body>{p(SEEN)}</w:body></w:document>"

    def related(**parts: str) -> dict[str, str]:
        inner = "".join(relation.format(SPACE, name.rstrip("2"), f"{name}.xml") for name in parts)
        relations = f'<Relationships xmlns="{space}">{inner}</Relationships>'
        named = {f"word/{name}.xml": content for name, content in parts.items()}
        return {"word/document.xml": document, "word/_rels/document.xml.rels": relations} | named

    styles = f'<w:styles xmlns:w="{MAIN}"/>'
    with pytest.raises(DocumentError, match="hai cách đọc"):
        take_in("a.docx", zipped(related(styles=styles, styles2=styles)))
    settings = f'<w:settings xmlns:w="{MAIN}"><w:updateFields{{}}/></w:settings>'
    assert said(take_in("a.docx", zipped(related(settings=settings.format("")))), "trường tự cập nhật")
    assert take_in("a.docx", zipped(related(settings=settings.format(' w:val="false"')))).remarks == ()
    twice = style("paragraph", VANISH) + style("paragraph", "")
    assert said(read(p(SEEN), styles=twice), "hai cách trình bày")
