"""What is written in the pictures of a Word file, and what is said of those that were not read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from flows.actions.reading.read_document import DocumentError, take_in
from flows.formats import ocr
from flows.formats.docx_pictures import Pictures, numbers_in, without_marks
from flows.formats.work import Work
from tests.flows.formats.image_files import png
from tests.flows.formats.installed import needs_tesseract
from tests.flows.formats.pdf_files import pictures, text_pdf
from tests.flows.formats.word_files import NAMESPACES, cell, docx, p, row, run, table, zipped

ORDER = "1. Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 28/12/2022."
READ = "Giao Sở Y tế rà soát các trạm y tế xã, báo cáo trước ngày 28/12/2022"
NAMES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
CENTIMETRE = 360_000
GREY = png(200, 100, b"\x80" * 20_000)


def drawn(relation: str, width: float = 16, height: float = 8, crop: str = "") -> str:
    """A run with a picture of so many centimetres."""
    sides = f'cx="{round(width * CENTIMETRE)}" cy="{round(height * CENTIMETRE)}"'
    return (
        f"<w:r><w:drawing {NAMES}><wp:inline><wp:extent {sides}/><a:graphic><a:graphicData><pic:pic>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/>{crop}</pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def with_pictures(body: str, **files: bytes) -> bytes:
    """A Word file whose relations ``files`` names; the key tells the suffix: ``rId1_png``."""
    named = {key.split("_")[0]: (f"media/{key.replace('_', '.')}", data) for key, data in files.items()}
    relations = "".join(
        f'<Relationship Id="{key}" Type="{IMAGE}" Target="{target}"/>' for key, (target, _) in named.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{relations}</Relationships>',
            **{f"word/{target}": data for target, data in named.values()},
        }
    )


def scanned(*lines: str) -> bytes:
    return png(*pictures(text_pdf([list(lines)]))[0])


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[bytes]]:
    """Stand in for tesseract: each picture says ``words``; returns the pictures that it was asked for."""

    def standing_in(words: str = f"2. {ORDER[3:]}") -> list[bytes]:
        asked: list[bytes] = []

        def recognised(_: str, image: Path, *__: object) -> str:
            asked.append(image.read_bytes())
            return words

        monkeypatch.setattr(ocr, "has_tesseract", lambda: True)
        monkeypatch.setattr(ocr, "recognised", recognised)
        return asked

    return standing_in


@needs_tesseract
def test_a_scan_pasted_into_word_is_read_where_it_stands() -> None:
    body = p("Chủ tịch UBND tỉnh kết luận như sau:") + p(drawn("rId1", 16, 22)) + p("Nơi nhận:")
    content = take_in("a.docx", with_pictures(body, rId1_png=scanned("THÔNG BÁO", ORDER)))
    lines = content.text.split("\n")
    place = next(n for n, line in enumerate(lines) if READ in line)
    assert lines.index("Chủ tịch UBND tỉnh kết luận như sau:") < place < lines.index("Nơi nhận:")
    assert "1 hình chứa chữ" in content.remarks[0]


@needs_tesseract
def test_a_mark_of_secrecy_in_a_pasted_picture_is_seen() -> None:
    body = p("Kính gửi: Sở Y tế") + p(drawn("rId1", 16, 22))
    with pytest.raises(DocumentError, match="Tối mật"):
        take_in("a.docx", with_pictures(body, rId1_png=scanned("TỐI MẬT", "", ORDER)))


def test_old_shapes_and_cells_hold_pictures_too(program: Callable[..., list[bytes]]) -> None:
    program()
    shape = (
        f'<w:r><w:pict {NAMES}><v:shape style="width:400pt;height:200pt">'
        '<v:imagedata r:id="rId1"/></v:shape></w:pict></w:r>'
    )
    found = take_in("a.docx", with_pictures(p("Đầu") + p(shape) + p("Cuối"), rId1_png=GREY))
    assert found.text == f"Đầu\n2. {ORDER[3:]}\nCuối"
    rows = [row(f"a{n}", cell(p(drawn("rId1"))) if n == 2 else f"b{n}", f"c{n}") for n in range(4)]
    found = take_in("a.docx", with_pictures(table(*rows), rId1_png=GREY))
    assert found.text.split("\n")[2] == f"a2\t2. {ORDER[3:]}\tc2", "the row stays one line"


def test_words_beside_a_picture_stay_one_line(program: Callable[..., list[bytes]]) -> None:
    program()
    inner = run("Giao Sở ") + drawn("rId1") + run("Y tế.")
    found = take_in("a.docx", with_pictures(p(inner), rId1_png=GREY))
    assert found.text == f"Giao Sở Y tế.\n2. {ORDER[3:]}"


def test_an_emblem_and_a_picture_without_words_make_no_noise(program: Callable[..., list[bytes]]) -> None:
    asked = program("® | —\n_  ' .")
    body = p("Sở Y tế") + p(drawn("rId1", 2, 2)) + p(drawn("rId2"))
    found = take_in("a.docx", with_pictures(body, rId1_png=GREY, rId2_png=GREY + b"2"))
    assert (found.text.strip(), found.remarks) == ("Sở Y tế", ())
    assert asked == [GREY + b"2"], "an emblem is not even looked at"


def test_twenty_pictures_are_read_and_the_rest_is_named(program: Callable[..., list[bytes]]) -> None:
    asked = program()
    body = p("Sở Y tế") + "".join(p(drawn(f"rId{n}")) for n in range(23))
    found = take_in("a.docx", with_pictures(body, **{f"rId{n}_png": GREY + b"%d" % n for n in range(23)}))
    assert len(asked) == 20
    assert any("3 hình" in said and "ngoài 20 hình" in said for said in found.remarks)


def test_the_same_picture_is_read_once(program: Callable[..., list[bytes]]) -> None:
    asked = program()
    body = p("Sở Y tế") + p(drawn("rId1")) * 3
    found = take_in("a.docx", with_pictures(body, rId1_png=GREY))
    assert (len(asked), found.text.count(READ)) == (1, 1)


@pytest.mark.parametrize(
    ("suffix", "data", "why"),
    [
        ("emf", b"\x01\x00\x00\x00" + b"\x00" * 99, "kiểu hình không hỗ trợ"),
        ("png", png(40, 20, b"\x80" * 800), "hình quá nhỏ"),
        ("png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x00\x4e\x20" * 2 + b"\x08\x02", "quá lớn"),
    ],
)
def test_what_cannot_be_read_is_named(
    suffix: str, data: bytes, why: str, program: Callable[..., list[bytes]]
) -> None:
    asked = program()
    body = p("Sở Y tế") + p(drawn("rId1"))
    found = take_in("a.docx", with_pictures(body, **{f"rId1_{suffix}": data}))
    assert not asked
    assert any("1 hình" in said and why in said and "đối chiếu" in said for said in found.remarks)


def test_a_picture_outside_of_the_file_is_named(program: Callable[..., list[bytes]]) -> None:
    program()
    found = take_in("a.docx", with_pictures(p("Sở Y tế") + p(drawn("rId9"))))
    assert any("nằm ngoài tệp" in said for said in found.remarks)


def test_writing_that_nobody_can_make_out_is_named(program: Callable[..., list[bytes]]) -> None:
    program(" ".join(["xzq wfk jrt"] * 8))
    found = take_in("a.docx", with_pictures(p("Sở Y tế") + p(drawn("rId1")), rId1_png=GREY))
    assert any("không nhận ra chữ" in said for said in found.remarks)
    assert "xzq" not in found.text


def test_a_cropped_picture_is_said_to_show_less(program: Callable[..., list[bytes]]) -> None:
    program()
    body = p("Sở Y tế") + p(drawn("rId1", crop='<a:srcRect b="30000"/>'))
    assert any("cắt xén" in said for said in take_in("a.docx", with_pictures(body, rId1_png=GREY)).remarks)


def test_pictures_that_word_does_not_show_are_not_read(program: Callable[..., list[bytes]]) -> None:
    asked = program()
    hidden = drawn("rId1").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    found = take_in("a.docx", with_pictures(p("Sở Y tế") + p(hidden), rId1_png=GREY))
    assert not asked
    assert any("chữ ẩn" in said for said in found.remarks)


def test_without_the_program_pictures_are_named_and_scans_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_tesseract", lambda: False)
    found = take_in("a.docx", with_pictures(p("Sở Y tế") + p(drawn("rId1")), rId1_png=GREY))
    assert any("chưa có phần mềm nhận dạng" in said for said in found.remarks)
    with pytest.raises(DocumentError, match="tesseract-ocr-vie"):
        take_in("a.docx", with_pictures(p(drawn("rId1")), rId1_png=GREY))


def test_a_picture_that_takes_too_long_costs_only_itself(
    program: Callable[..., list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    program()

    def hang(*_: object) -> str:
        raise ocr.OverTime("")

    monkeypatch.setattr(ocr, "recognised", hang)
    found = take_in("a.docx", with_pictures(p("Sở Y tế") + p(drawn("rId1")), rId1_png=GREY))
    assert found.text.strip() == "Sở Y tế"
    assert any("nhận dạng quá lâu" in said for said in found.remarks)


def test_a_large_picture_of_the_margin_is_named(program: Callable[..., list[bytes]]) -> None:
    asked = program()
    found = take_in("a.docx", docx(p("Sở Y tế"), header1=p(drawn("rId1", 16, 3))))
    assert any("ở đầu trang hoặc chân trang" in said for said in found.remarks)
    found = take_in("a.docx", docx(p("Sở Y tế"), header1=p(drawn("rId1", 2, 2))))
    assert (asked, found.remarks) == ([], ())


def test_a_text_of_the_nineties_is_decoded_beside_a_picture(program: Callable[..., list[bytes]]) -> None:
    program()
    typed = "Giao Së Y tÕ chñ tr×, phèi hîp víi Së Tµi chÝnh b¸o c¸o"
    found = take_in("a.docx", with_pictures(p(typed) + p(drawn("rId1")), rId1_png=GREY))
    assert "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo" in found.text
    assert READ in found.text


@given(st.lists(st.text(max_size=20), min_size=1, max_size=40))
def test_no_text_is_taken_for_a_picture(pieces: list[str]) -> None:
    """What XML can hold bears no mark, and a mark among it says which picture stands there."""
    met, work = Pictures(), Work("a.docx")
    held = ["".join(sign for sign in piece if sign >= " " or sign in "\t\n\r") for piece in pieces]
    marks = [met.meet(etree.fromstring(f'<a xmlns:r="r" r:id="{n}"/>'), work) for n in range(len(held))]
    line = "".join(piece + mark for piece, mark in zip(held, marks, strict=True))
    assert (numbers_in("".join(held)), without_marks("".join(held))) == ([], "".join(held))
    assert (numbers_in(line), without_marks(line)) == (list(range(len(held))), "".join(held))
