"""A stranger's counters are no sizes: whatever a file counts, reading it costs what Word allows."""

import io
import struct
import zipfile

import pytest

from flows.actions.reading.read_document import DocumentError, read_document
from flows.actions.tasks.evidence.kinds import EvidenceError, suffix_of
from flows.formats import work as work_module
from flows.formats.image_size import MAX_UNPACKED, unpacked_bytes
from flows.formats.page_edges import without_edges
from flows.formats.rtf_text import check_rtf
from flows.formats.work import MAX_CELLS, MAX_COLUMNS, Work, counter
from tests.flows.formats.word_files import abstract, cell, docx, item, level, num, p, row, run, table

HUGE = 99_999_999
BOTTOMLESS = 100_000  # steps that a sound reader never takes for these files


@pytest.fixture
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A budget that a reader which takes a counter as a size goes through at once."""
    monkeypatch.setattr(work_module, "MAX_STEPS", BOTTOMLESS)


def read(body: str, **parts: str) -> str:
    return read_document("a.docx", docx(body, **parts))


def test_a_list_level_that_word_does_not_have_is_none() -> None:
    assert read(item("x", HUGE) * 20, numbering=abstract(level(HUGE, "%1.")) + num(1)) == "\n".join("x" * 20)
    assert read(item("x", 9), numbering=abstract(level(9, "%1.")) + num(1)) == "x"
    assert read(item("x", 8), numbering=abstract(level(8, "%9.")) + num(1)) == "1. x"


@pytest.mark.parametrize("form", ["upperRoman", "lowerRoman", "lowerLetter", "upperLetter", "decimalZero"])
def test_a_count_that_starts_high_is_written_shortly(form: str) -> None:
    start = level(0, "%1.", form).replace('<w:start w:val="1"/>', f'<w:start w:val="{"9" * 4000}"/>')
    assert read(item("x", 0), numbering=abstract(start) + num(1)) == f"{HUGE}. x"


def test_many_numbers_share_the_reading_of_one_list() -> None:
    shared = abstract(*[level(0, "%1.")] * 4_000)
    numbering = shared + "".join(num(number) for number in range(1, 4_000))
    assert read(item("x", 0, 3_999), numbering=numbering) == "1. x"


@pytest.mark.parametrize("loops", [True, False])
def test_a_chain_of_styles_is_followed_once_and_so_far(few_steps: None, loops: bool) -> None:
    most = 5_000
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="S{at}">'
        f'<w:basedOn w:val="S{(at + 1) % most if loops else at + 1}"/></w:style>'
        for at in range(most)
    )
    body = "".join(p("x", f'<w:pStyle w:val="S{at}"/>') for at in range(0, most, 10))
    assert read(body, styles=styles) == "\n".join("x" * (most // 10))


def test_a_row_has_no_more_columns_than_word() -> None:
    wide = cell("x", f'<w:gridSpan w:val="{HUGE}"/>')
    lines = read(table(*[row(*[wide] * 10)] * 10)).split("\n")
    assert {line.count("\t") for line in lines} == {MAX_COLUMNS - 1 + 9}
    skipped = row("x", "y", "z", properties=f'<w:gridBefore w:val="{HUGE}"/>')
    assert read(table(skipped, skipped)).split("\n")[0].count("\t") == MAX_COLUMNS + 2


def test_a_million_tabs_are_refused_and_many_in_a_row_are_shortened() -> None:
    tabs = "<w:r>" + "<w:tab/>" * 400 + "</w:r>"
    line = read(p(run("a") + "".join(run(f"{sign}</w:t><w:tab/><w:t>") for sign in "bcd") + tabs + run("e")))
    assert line.count("\t") == MAX_COLUMNS + 2
    with pytest.raises(DocumentError, match="200.000 ô bảng hoặc cột"):
        read(p(run("a") + tabs * (MAX_CELLS // 400 + 1)))


def test_signs_said_again_are_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "MAX_SIGNS", 20_000)
    first = row(cell("x" * 400, '<w:vMerge w:val="restart"/>'), "1", "2")
    again = row(cell("", "<w:vMerge/>"), "1", "2")
    assert read(table(first, *[again] * 10)).count("x") == 4_400
    with pytest.raises(DocumentError, match="“a.docx” quá dài hoặc quá phức tạp"):
        read(table(first, *[again] * 60))


def test_deep_nests_are_climbed_once() -> None:
    deep = 100
    nest = "<w:sdt><w:sdtContent>" * deep + p("x") * 2_000 + "</w:sdtContent></w:sdt>" * deep
    assert read(nest).count("x") == 2_000


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "MAX_SECONDS", -1.0)
    budget = Work("a.docx")
    with pytest.raises(DocumentError, match="“a.docx” bắt máy đọc quá lâu"):
        budget.charge(100_000)


@pytest.mark.parametrize(
    ("written", "count"),
    [("7", 7), ("", 1), (None, 1), ("-3", 1), ("٣", 1), ("9" * 5000, 40), ("41", 40), ("1e3", 1)],
)
def test_a_counter_has_bounds(written: str | None, count: int) -> None:
    assert counter(written, 1, 40) == count


def test_a_long_namespace_is_not_spelt_out_for_each_element() -> None:
    with pytest.raises(DocumentError, match="quá phức tạp"):
        read(f'<w:p xmlns:z="urn:{"z" * 2_000}">' + "<z:a/>" * 10 + "</w:p>")


def test_a_page_of_blank_lines_is_no_square() -> None:
    lines, _ = without_edges(["\n" * 100_000 + "Giao Sở Y tế" + "\n" * 100_000])
    assert lines == ["Giao Sở Y tế"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_words_own_packing_is_unpacked(method: int) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(DocumentError, match="không đúng quy cách"):
        read_document("a.docx", kept.getvalue())


def test_lines_beyond_any_paper_are_refused() -> None:
    with pytest.raises(DocumentError, match="dài hơn 606 trang"):
        read_document("a.txt", b"a\n" * 100_002)


def test_further_fields_of_an_archive_are_counted_before_they_are_read() -> None:
    entry = zipfile.ZipInfo("word/document.xml")
    entry.extra = b"\xfe\xca\0\0" * 16_000
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(entry, "<x/>")
    with pytest.raises(DocumentError, match="quá nhiều thành phần"):
        read_document("a.docx", kept.getvalue())
    with pytest.raises(EvidenceError, match="không thuộc loại"):
        suffix_of("a.docx", kept.getvalue())


def test_what_an_alternative_asks_for_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = '<mc:AlternateContent><mc:Choice Requires="{}"><w:p/></mc:Choice></mc:AlternateContent>'
    spaces = " ".join(f'xmlns:a{number}="u{number}"' for number in range(500))
    many = f"<w:sdt {spaces}><w:sdtContent>{{}}</w:sdtContent></w:sdt>"
    assert read(many.format(choice.format("a1")) + p("x")) == "x"
    monkeypatch.setattr(work_module, "MAX_STEPS", BOTTOMLESS)
    with pytest.raises(DocumentError, match="quá phức tạp"):
        read(many.format(choice.format("a1") * 250))
    monkeypatch.setattr(work_module, "MAX_SIGNS", BOTTOMLESS)
    with pytest.raises(DocumentError, match="quá phức tạp"):
        read(choice.format("wps " * 2_000) * 20)


def test_words_that_are_only_looked_at_are_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "MAX_SIGNS", 20_000)
    nest, deep = '<mc:AlternateContent><mc:Choice Requires="wps">', 30
    end = "</mc:Choice></mc:AlternateContent>" * deep
    with pytest.raises(DocumentError, match="quá phức tạp"):
        read(p(f"<w:r>{nest * deep}<w:t>{'a ' * 500}</w:t>{end}</w:r>"))


@pytest.mark.parametrize("colour", [0, 2, 3, 4, 6])
def test_a_picture_with_clear_points_takes_the_room_of_a_coloured_one(colour: int) -> None:
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBB", 5_000, 5_000, 16, colour)
    assert (unpacked_bytes(head) > MAX_UNPACKED) is (colour in (2, 4, 6))


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        ("{\\rtf1 {\\pict\\bin2000000000 x}}", "bị hỏng"),
        ("{\\rtf1 Giao}{\\rtf1 Giao}", "hai văn bản RTF"),
        ("{\\rtf1 {\\upr{Giao}{\\*\\ud{Giao}}}}", "hai cách"),
    ],
)
def test_an_rtf_file_states_no_more_than_it_has(rtf: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        check_rtf("a.rtf", rtf.encode())
    check_rtf("a.rtf", b"{\\rtf1 {\\info{\\upr{\\title a}{\\*\\ud{\\title b}}}}{\\pict\\bin1 x}}")
