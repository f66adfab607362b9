"""A Word file and the PDF that LibreOffice prints of it are read alike, tables over many pages too."""

import subprocess
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement

from config.agencies import load_register
from flows.actions.reading.read_conclusion import read_conclusion
from rules.draft import Draft
from rules.people.registry import Registry
from tests.flows.formats.installed import needs_soffice

REGISTRY = Registry(load_register().bodies)
HEAD = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
TASKS = (
    ("Rà soát, tổng hợp nhu cầu vốn xây dựng nông thôn mới năm 2023, tham mưu phân bổ",
     "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài chính; Sở Kế hoạch và Đầu tư", "Ngày 28/12/2022"),
    ("Kiểm tra các trạm y tế xã chưa đạt chuẩn", "Sở Y tế", "UBND các huyện, thành phố", "Quý I/2023"),
    ("Báo cáo tình hình giải ngân vốn đầu tư công", "Sở Kế hoạch và Đầu tư", "", "Ngày 20 hằng tháng"),
    ("Thẩm định dự thảo Nghị quyết", "Sở Tư pháp", "Văn phòng UBND tỉnh", "15/01/2023"),
)  # fmt: skip


def word_file(rows: int, repeated: bool, across: bool) -> bytes:
    document = docx.Document()
    if across:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    for line in ("ỦY BAN NHÂN DÂN", "TỈNH SÓC TRĂNG", "Sóc Trăng, ngày 12 tháng 12 năm 2022", "THÔNG BÁO"):
        document.add_paragraph(line)
    document.add_paragraph("Giao các cơ quan, đơn vị thực hiện nhiệm vụ theo bảng sau:")
    table = document.add_table(0, len(HEAD), style="Table Grid")
    for number, cells in enumerate([HEAD, *((str(n + 1), *TASKS[n % 4]) for n in range(rows))]):
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        if repeated and not number:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph("Trên đây là kết luận của Phó Chủ tịch UBND tỉnh.")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def printed(data: bytes, folder: Path) -> bytes:
    (folder / "a.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", folder, folder / "a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "a.pdf").read_bytes()


def meaning(draft: Draft) -> list[tuple[object, ...]]:
    return [
        (d.text, [p.body_id for p in d.lead], [p.body_id for p in d.cooperate], d.due.date, d.due.rule)
        for d in draft.directives
    ]


@needs_soffice
@pytest.mark.parametrize(("repeated", "across"), [(True, False), (False, True)])
def test_sixty_rows_over_many_pages(repeated: bool, across: bool, tmp_path: Path) -> None:
    data = word_file(60, repeated, across)
    word = meaning(read_conclusion("a.docx", data, REGISTRY, None))
    assert len(word) == 60
    assert meaning(read_conclusion("a.pdf", printed(data, tmp_path), REGISTRY, None)) == word
