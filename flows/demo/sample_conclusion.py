"""The conclusion the demo starts from: a made-up Thông báo kết luận in the form of an office.

``python -m flows.demo.sample_conclusion`` records the shipped file anew. Building twice gives the same
bytes on every machine: the dates are constant, and the archive is stored without compression because
what zlib makes of a text depends on its version. The form follows Nghị định 30/2020/NĐ-CP.
"""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

SHIPPED = Path(__file__).with_name("thong-bao-ket-luan.docx")
DATED = datetime(2022, 8, 29)
FONT = "Times New Roman"
COLUMNS = (Cm(6.7), Cm(9.8))
PART, ITEM, POINT = range(3)
NUMBERS = ((PART, "upperRoman", "%1."), (ITEM, "decimal", "%2."), (POINT, "lowerLetter", "%3)"))

COMMITTEE = "Ban Chỉ đạo đổi mới, phát triển và nâng cao hiệu quả kinh tế tập thể tỉnh"
SUBJECT = f"Kết luận của Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo tại cuộc họp {COMMITTEE}"
OPENING = (
    "Ngày 25 tháng 8 năm 2022, tại Văn phòng Ủy ban nhân dân (UBND) tỉnh, Phó Chủ tịch UBND tỉnh, Trưởng "
    f"{COMMITTEE} (sau đây gọi tắt là Ban Chỉ đạo) chủ trì cuộc họp đánh giá tình hình sáu tháng đầu năm và "
    "bàn nhiệm vụ sáu tháng cuối năm 2022. Dự họp có các thành viên Ban Chỉ đạo; lãnh đạo các Sở: Kế hoạch "
    "và Đầu tư, Nông nghiệp và Phát triển nông thôn (PTNT), Công Thương, Tài chính; lãnh đạo Liên minh Hợp "
    "tác xã tỉnh; đại diện UBND các huyện, thị xã, thành phố.",
    "Sau khi nghe Sở Kế hoạch và Đầu tư, Cơ quan thường trực Ban Chỉ đạo, báo cáo và ý kiến phát biểu của "
    "các đại biểu dự họp, Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo kết luận như sau:",
)
ASSESSMENT = (
    (ITEM, "Kết quả đạt được"),
    (POINT, "Trong sáu tháng đầu năm 2022, số hợp tác xã thành lập mới trên địa bàn tỉnh đã tăng so với cùng "
            "kỳ năm trước; thu nhập của thành viên ở nhiều hợp tác xã đã được cải thiện."),
    (POINT, "Một số hợp tác xã đã có sản phẩm được công nhận đạt chuẩn OCOP 3 sao, 4 sao; liên kết sản xuất, "
            "tiêu thụ lúa đặc sản bước đầu đã mang lại hiệu quả."),
    (ITEM, "Hạn chế"),
    (POINT, "Số hợp tác xã yếu kém vẫn còn nhiều; một số hợp tác xã đã ngừng hoạt động nhưng chưa được giải "
            "thể."),
    (POINT, "Năng lực quản trị của không ít hợp tác xã còn thấp; vốn hoạt động còn nhỏ so với nhu cầu."),
)  # fmt: skip
TASKS = (
    "Sở Kế hoạch và Đầu tư (Cơ quan thường trực Ban Chỉ đạo) tham mưu Trưởng Ban Chỉ đạo phân công từng "
    "thành viên Ban Chỉ đạo phụ trách địa phương và hợp tác xã cơ sở, trình trước ngày 15/9/2022.",
    "Các thành viên Ban Chỉ đạo tăng cường đi cơ sở, nắm bắt tâm tư, nhu cầu của hợp tác xã, hỗ trợ xử lý "
    "khó khăn, vướng mắc; trường hợp vượt thẩm quyền thì báo cáo UBND tỉnh để giải quyết kịp thời.",
    "Giao Liên minh Hợp tác xã tỉnh chủ trì, phối hợp với Sở Nông nghiệp và PTNT, UBND huyện Thạnh Trị hoàn "
    "thiện phương án thành lập Liên hiệp Hợp tác xã Lúa gạo Thạnh Trị, trình UBND tỉnh trong tháng 10/2022.",
    "UBND các huyện, thị xã, thành phố rà soát hợp tác xã hoạt động yếu kém trên địa bàn, lập phương án củng "
    "cố hoặc giải thể từng hợp tác xã, gửi Sở Kế hoạch và Đầu tư trước ngày 30/9/2022.",
    "Sở Nông nghiệp và PTNT phối hợp với Sở Công Thương hỗ trợ các hợp tác xã có sản phẩm OCOP 3 sao hoàn "
    "thiện hồ sơ nâng hạng, hoàn thành trước ngày 15/12/2022.",
    "Sở Công Thương hỗ trợ hợp tác xã đưa sản phẩm lên sàn thương mại điện tử, lồng ghép chương trình khuyến "
    "công với phát triển hợp tác xã.",
    "Sở Tài chính phối hợp với Liên minh Hợp tác xã tỉnh tham mưu UBND tỉnh phương án bổ sung vốn điều lệ "
    "cho Quỹ Hỗ trợ phát triển hợp tác xã trong quý IV/2022.",
    "Trung tâm Nước sạch và Vệ sinh môi trường nông thôn tỉnh rà soát các công trình cấp nước do hợp tác xã "
    "quản lý, báo cáo Sở Nông nghiệp và PTNT trước ngày 31/10/2022.",
    "Về chế độ báo cáo: Sở Nông nghiệp và PTNT, Liên minh Hợp tác xã tỉnh định kỳ hằng quý, trước ngày 20 "
    "của tháng cuối quý, báo cáo kết quả thực hiện gửi Sở Kế hoạch và Đầu tư.",
    "Trong quá trình thực hiện, những khó khăn, vướng mắc vượt thẩm quyền, các cơ quan, đơn vị kịp thời báo "
    "cáo UBND tỉnh (qua Sở Kế hoạch và Đầu tư) xem xét, giải quyết.",
    "Giao Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện Thông báo này.",
)
CLOSING = (
    "Trên đây là kết luận của Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo; UBND tỉnh thông báo để các cơ "
    "quan, đơn vị biết, thực hiện./."
)
RECEIVERS = (
    "- CT, các PCT UBND tỉnh;",
    "- Thành viên Ban Chỉ đạo;",
    "- Các cơ quan, đơn vị nêu tại phần II;",
    "- UBND các huyện, thị xã, thành phố;",
    "- Lưu: VT, KT.",
)
SIGNATURE = ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "", "(đã ký)", "")


def build(path: Path) -> None:
    """Write the conclusion to ``path``; the same bytes every time."""
    document = docx.Document()
    _leave_out_the_template(document)
    _set_type(document)
    _set_page(document)
    numbers = _numbering(document)
    _letterhead(document)
    _title(document)
    _content(document, numbers)
    _signature(document)
    _properties(document)
    path.write_bytes(_stored(document))


def _content(document: Document, numbers: int) -> None:
    for text in OPENING:
        _body(document, text)
    _numbered(document, numbers, PART, "ĐÁNH GIÁ CHUNG")
    for level, text in ASSESSMENT:
        _numbered(document, numbers, level, text)
    _numbered(document, numbers, PART, "NHIỆM VỤ THỜI GIAN TỚI")
    for text in TASKS:
        _numbered(document, numbers, ITEM, text)
    closing = _body(document, CLOSING).paragraph_format
    closing.keep_together = closing.keep_with_next = True  # a signature never stands alone on a page
    closing.space_after = Pt(12)


def _letterhead(document: Document) -> None:
    left, right = _two_columns(document)
    _lines(left, ("ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG"), 13, bold=True)
    _rule(left.add_paragraph(), Cm(2.35))
    _lines(left, ("Số: 215/TB-UBND",), 13)
    _lines(right, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), 12.5, bold=True)
    _lines(right, ("Độc lập - Tự do - Hạnh phúc",), 14, bold=True)
    _rule(right.add_paragraph(), Cm(1.88))
    _lines(right, ("Sóc Trăng, ngày 29 tháng 8 năm 2022",), 14, italic=True)


def _title(document: Document) -> None:
    name = _centred(document.add_paragraph(), "THÔNG BÁO", 14, bold=True)
    name.paragraph_format.space_before = Pt(16)
    subject = _centred(document.add_paragraph(), SUBJECT, 14, bold=True).paragraph_format
    subject.left_indent, subject.right_indent, subject.space_after = Cm(1.75), Cm(1.75), Pt(3)
    rule = document.add_paragraph()
    _rule(rule, Cm(6))
    rule.paragraph_format.space_after = Pt(12)


def _signature(document: Document) -> None:
    left, right = _two_columns(document)
    _lines(left, ("Nơi nhận:",), 12, bold=True, italic=True)
    _lines(left, RECEIVERS, 11)
    _lines(right, SIGNATURE[:2], 14, bold=True)
    _lines(right, SIGNATURE[2:], 14)
    for paragraph in left.paragraphs:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _body(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_after, shape.line_spacing = Cm(1.27), Pt(6), 1.15
    return paragraph


def _numbered(document: Document, numbers: int, level: int, text: str) -> None:
    """A paragraph whose number is made by Word: it stands nowhere in the text."""
    paragraph = _body(document, text)
    heading = level == PART or not text.endswith(".")
    paragraph.runs[0].bold = heading or None
    paragraph.paragraph_format.keep_with_next = heading or None
    properties = paragraph._p.get_or_add_pPr()
    place = properties.get_or_add_numPr()
    place.get_or_add_ilvl().val = level
    place.get_or_add_numId().val = numbers
    if heading:  # the number takes its form from the paragraph's own mark
        properties.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:b/></w:rPr>"))


def _centred(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold or None, italic or None
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _lines(
    cell: _Cell, texts: Iterable[str], size: float, *, bold: bool = False, italic: bool = False
) -> None:
    for text in texts:
        fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
        _centred(paragraph, text, size, bold=bold, italic=italic)


def _rule(paragraph: Paragraph, indent: Length) -> None:
    """The line under a name: the upper border of an almost empty paragraph, never an underlining."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent, shape.space_before = indent, indent, Pt(4)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(6)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(parse_xml(border), "w:spacing", "w:ind", "w:jc")


def _two_columns(document: Document) -> tuple[_Cell, _Cell]:
    """One unbreakable row without borders; LibreOffice reads the widths from tblGrid alone."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = '<w:tblCellMar {}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    table._tbl.tblPr.insert_element_before(parse_xml(margins.format(nsdecls("w"))), "w:tblLook")
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = column.cells[0].width = width
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    return table.cell(0, 0), table.cell(0, 1)


def _numbering(document: Document) -> int:
    """One list of three levels (I., 1., a) ); returns its number. The template's lists are dropped."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
        for level, kind, shown in NUMBERS
    )
    part = document.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    head = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    part.append(parse_xml(f"{head}{levels}</w:abstractNum>"))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    return 1


def _leave_out_the_template(document: Document) -> None:
    """Word's stock styles, their copy, a thumbnail and the name of a program: none of it is ours."""
    wanted = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Header Char"}
    for style in list(document.styles):
        if style.name not in wanted:
            style.delete()
    unwanted = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(unwanted)]:
            del relations[key]
    settings = document.settings.element
    for mode in settings.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")


def _set_type(document: Document) -> None:
    """Times New Roman for every script of a run, and Vietnamese, so that nothing is marked misspelt."""
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    sizes = '<w:sz w:val="28"/><w:szCs w:val="28"/>'
    tongue = '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    properties = f"<w:rPr {nsdecls('w')}><w:rFonts {fonts}/>{sizes}{tongue}</w:rPr>"
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
    normal = document.styles["Normal"]
    defaults.replace(defaults[0], parse_xml(properties))
    normal.element.append(parse_xml(properties))
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0


def _set_page(document: Document) -> None:
    """A4 upright, with the page number in the middle of the upper margin from page 2 on."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin, page.header_distance = Mm(30), Mm(15), Mm(10)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for content in (
        '<w:fldChar {} w:fldCharType="begin"/>', '<w:instrText {} xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar {} w:fldCharType="separate"/>', "<w:t {}>2</w:t>", '<w:fldChar {} w:fldCharType="end"/>',
    ):  # fmt: skip
        number.add_run()._r.append(parse_xml(content.format(nsdecls("w"))))


def _properties(document: Document) -> None:
    about = document.core_properties
    about.title = "Thông báo số 215/TB-UBND ngày 29/8/2022"
    about.subject, about.category = SUBJECT, "Thông báo"
    about.author = about.last_modified_by = "Đôn Đốc"
    about.comments = "Văn bản giả định để trình diễn phần mềm Đôn Đốc; không phải văn bản thật."
    about.keywords, about.language, about.revision = "kết luận, kinh tế tập thể, hợp tác xã", "vi-VN", 1
    about.created = about.modified = DATED


def _stored(document: Document) -> bytes:
    """The archive with one constant date and no compression."""
    made, stored = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, DATED.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, everywhere
            target.writestr(entry, source.read(name))
    return stored.getvalue()


if __name__ == "__main__":
    build(SHIPPED)
    print(f"Đã ghi {SHIPPED.name}.")
