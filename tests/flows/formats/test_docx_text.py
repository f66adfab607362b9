"""What of a Word file is its text: accepted changes, text boxes, breaks; and what is not."""

import pytest

from flows.actions.reading.read_document import DocumentError, read_document, take_in
from tests.flows.formats.word_files import MAIN, docx, p, run, zipped

BOX = "<w:txbxContent>" + p("Trong khung") + "</w:txbxContent>"
DELETED = "<w:del><w:r><w:delText>Sở X</w:delText></w:r></w:del>"
CONTROL = f"<w:sdt><w:sdtContent>{run(' tỉnh')}</w:sdtContent></w:sdt>"
DELETED_MARK = "<w:rPr><w:del/></w:rPr>"


def read(body: str, **parts: str) -> str:
    return read_document("a.docx", docx(body, **parts))


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("Giao ") + f"<w:ins>{run('Sở Y tế')}</w:ins>" + DELETED, "Giao Sở Y tế"),
        (f"<w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo>", "mới"),
        (run("Trước") + "<w:r><w:br/></w:r>" + run("sau"), "Trước\nsau"),
        (run("1.") + "<w:r><w:tab/></w:r>" + run("Giao"), "1. Giao"),
        (run("UBND TỈNH") + "<w:r><w:tab/><w:tab/></w:r>" + run("CỘNG HÒA"), "UBND TỈNH    CỘNG HÒA"),
        ("".join(run(f"{cell}</w:t><w:tab/><w:t>") for cell in ("1", "việc", "Sở")), "1\tviệc\tSở\t"),
        (run("hợp") + "<w:r><w:softHyphen/></w:r>" + run(" tác\u00ad xã"), "hợp tác xã"),
        (run("UBND") + "<w:r><w:noBreakHyphen/></w:r>" + run("KT\u2011TH"), "UBND-KT-TH"),
        (run("hiện") + run(" ẩn", "<w:vanish/>") + run(" lại", '<w:vanish w:val="0"/>'), "hiện lại"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("Trang"), "Trang"),
        (run("Giao") + '<w:r><w:footnoteReference w:id="1"/><w:commentReference w:id="2"/></w:r>', "Giao"),
        (f"<w:hyperlink>{run('Cổng')}</w:hyperlink>" + CONTROL, "Cổng tỉnh"),
    ],
)  # fmt: skip
def test_one_paragraph(inner: str, text: str) -> None:
    assert read(p(inner)) == text


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    assert read(p("Giao Sở ", DELETED_MARK) + p("Y tế") + p("Hết")) == "Giao Sở Y tế\nHết"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(p(drawn + run("Ngoài khung")) + p("Sau")) == "Ngoài khung\nTrong khung\nSau"


def test_headers_footers_and_comments_are_no_text() -> None:
    text = read(p("Giao Sở Y tế"), header1=p("Tài liệu họp"), footer1=p("1"), comments=p("Xem lại"))
    assert text == "Giao Sở Y tế"


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (p("Kết luận"), {"header1": p("TỐI MẬT")}),
        (p("Kết luận"), {"header1": p("<w:r><w:pict><v:shape>" + BOX.replace("Trong khung", "TỐI MẬT")
                                      + "</v:shape></w:pict></w:r>")}),
        (p("Kết luận"), {"header1": p('<w:r><w:pict><v:shape><v:textpath string="TỐI MẬT"/></v:shape>'
                                      "</w:pict></w:r>")}),
        (p("dòng") * 60 + p("<w:r><w:pict>" + BOX.replace("Trong khung", "TỐI MẬT") + "</w:pict></w:r>"), {}),
    ],
)  # fmt: skip
def test_a_mark_of_secrecy_is_seen_wherever_it_stands(body: str, parts: dict[str, str]) -> None:
    with pytest.raises(DocumentError, match="Tối mật"):
        read(body, **parts)


def test_macros_are_ignored_and_references_not_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="x/styles" TargetMode="External" Target="http://127.0.0.1:9/styles.xml"/>'
        '<Relationship Type="x/numbering" Target="../../../etc/passwd"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{MAIN}"><w:body>{p("Giao Sở Y tế")}</w:body></w:document>'
    parts = {"word/document.xml": document, "word/_rels/document.xml.rels": relations}
    parts["word/vbaProject.bin"] = "x"
    assert read_document("a.docm", zipped(parts)) == "Giao Sở Y tế"


def test_a_part_that_defines_entities_is_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    document = f'{laughs}<w:document xmlns:w="{MAIN}"><w:body>{p(run("Giao&f;&a; Sở"))}</w:body></w:document>'
    with pytest.raises(DocumentError, match="“a.docx” có khai báo DTD"):
        read_document("a.docx", zipped({"word/document.xml": document}))


def test_the_strict_form_and_another_name_of_the_text_are_read() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    document = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p('Giao Sở Y tế')}</w:body></w:document>"
    )
    parts = {"_rels/.rels": relations, "word/document2.xml": document}
    assert read_document("a.docx", zipped(parts)) == "Giao Sở Y tế"


def test_letters_of_an_old_font_are_decoded() -> None:
    content = take_in("a.docx", docx(p("Giao Së Tµi chÝnh chñ tr×, phèi hîp víi c¸c ®¬n vÞ liªn quan")))
    assert content.text == "Giao Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan"
    assert "TCVN3" in content.remarks[0]
