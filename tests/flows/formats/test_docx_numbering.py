"""The numbers that Word prints: nested, restarted, tied to styles."""

import pytest

from flows.actions.reading.read_document import read_document
from flows.formats.number_formats import formatted
from tests.flows.formats.word_files import abstract, docx, item, level, num, p

THREE = abstract(level(0, "%1.", "upperRoman"), level(1, "%2."), level(2, "%3)", "lowerLetter"))
RESTART = '<w:lvlOverride w:ilvl="{}"><w:startOverride w:val="{}"/></w:lvlOverride>'


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    lines = read_document("a.docx", docx(body, numbering=numbering, styles=styles)).split("\n")
    return [line.removesuffix("x").strip() for line in lines]


def items(*levels: int, number: int = 1) -> str:
    return "".join(item("x", level, number) for level in levels)


def test_deeper_levels_start_again() -> None:
    assert labels(items(0, 1, 1, 2, 2, 0, 1, 2), THREE + num(1)) == [
        "I.", "1.", "2.", "a)", "b)", "II.", "1.", "a)"
    ]  # fmt: skip


def test_a_level_may_go_on_counting() -> None:
    goes_on = abstract(level(0, "%1.", "upperRoman"), level(1, "%2.", more='<w:lvlRestart w:val="0"/>'))
    assert labels(items(0, 1, 1, 0, 1), goes_on + num(1)) == ["I.", "1.", "2.", "II.", "3."]


def test_lists_of_one_definition_share_the_count_until_one_restarts() -> None:
    numbering = THREE + num(1) + num(2) + num(3, override=RESTART.format(0, 5))
    body = items(0, 0) + items(0, number=2) + items(0, 0, number=3)
    assert labels(body, numbering) == ["I.", "II.", "III.", "V.", "VI."]


def test_an_override_of_a_deeper_level_restarts_that_one() -> None:
    numbering = THREE + num(1) + num(2, override=RESTART.format(1, 1))
    assert labels(items(0, 1, 1) + items(1, number=2), numbering) == ["I.", "1.", "2.", "1."]


def test_headings_get_the_level_their_list_ties_to_them() -> None:
    tied = abstract(
        level(0, "%1.", more='<w:pStyle w:val="H1"/>'), level(1, "%1.%2.", more='<w:pStyle w:val="H2"/>')
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    body = "".join(p("x", f'<w:pStyle w:val="{name}"/>') for name in ("H1", "H2", "H2", "H1", "H2"))
    assert labels(body, tied + num(1), style) == ["1.", "1.1.", "1.2.", "2.", "2.1."]


def test_a_list_style_lends_its_levels() -> None:
    borrowed = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="L"/></w:abstractNum>'
    style = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style>"
    )
    assert labels(items(0, 1, number=9), THREE + borrowed + num(1) + num(9, 5), style) == ["I.", "1."]


@pytest.mark.parametrize(
    ("shown", "label"),
    [
        (level(0, "Điều %1."), "Điều 1."),
        (level(0, "\uf0b7", "bullet"), "-"),
        (level(0, "+", "bullet"), "+"),
        (level(0, "", "none"), ""),
        (level(0, "%1.", "decimalZero"), "01."),
    ],
)
def test_what_a_level_prints(shown: str, label: str) -> None:
    assert labels(items(0), abstract(shown) + num(1)) == [label]


def test_legal_numbering_prints_digits_throughout() -> None:
    legal = abstract(level(0, "%1.", "upperRoman"), level(1, "%1.%2.", more="<w:isLgl/>"))
    assert labels(items(0, 1), legal + num(1)) == ["I.", "1.1."]


def test_number_zero_takes_a_paragraph_out_of_its_list() -> None:
    assert labels(items(0) + items(0, number=0) + items(0), THREE + num(1)) == ["I.", "", "II."]


def test_an_absurd_count_is_still_written() -> None:
    assert formatted(10**8, "upperRoman") == str(10**8)
    assert formatted(0, "lowerLetter") == "0"
