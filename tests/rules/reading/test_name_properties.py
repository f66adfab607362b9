"""What must not change who is read: capitals, Unicode form, tones, spaces and line breaks, for every name.

``test_reading_properties`` varies whole sentences; here each name of the register and each name in a
sentence of the corpus is varied in place.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.agencies import load_register
from rules.reading import read_text
from tests.rules.reading.test_properties import (
    CORPUS,
    HEAD,
    REGISTRY,
    SENTENCES,
    SOME,
    TONES,
    meaning,
    read,
)

NAMES = sorted(body.name for body in load_register().bodies)
#: "Sở này", "Các thành viên Tổ": they point to an earlier line, which one sentence alone does not have.
RESOLVED = [sentence for sentence in SENTENCES if all(lead != {None} for lead, *_ in read(sentence))]
#: A line that goes on with a small letter belongs to the one before if that is as long as this.
LONG_ENOUGH = 33
#: Documents of several authors that a hard wrap at 79 columns leaves as they are.
WRAPPED = (
    "dev/001", "dev/002", "dev/003", "dev/004", "dev/005", "dev/006", "dev/007",
    "dev/008", "dev/011", "dev/012", "second/101", "second/102", "second/104", "second/106",
    "second/108", "second/110", "second/111",
)  # fmt: skip


def given_to(name: str) -> list[tuple[object, ...]]:
    return read(f"Giao {name} chủ trì rà soát, báo cáo UBND tỉnh trước ngày 05/10/2023")


def other_tones(text: str) -> str:
    for one, two in TONES.items():
        text = text.replace(two, "\0").replace(one, two).replace("\0", one)
    return text


def names_in(sentence: str) -> Iterator[tuple[int, int]]:
    """Where names stand in a sentence that is read alone."""
    before = f"{HEAD}1. "
    for directive in read_text(f"{before}{sentence}.\n", REGISTRY).directives:
        for party in (*directive.lead, *directive.cooperate, *directive.report_to):
            if party.span:
                yield party.span.start - len(before), party.span.end - len(before)


def test_most_sentences_name_their_bodies() -> None:
    assert len(RESOLVED) >= 45
    assert sum(1 for sentence in RESOLVED for _ in names_in(sentence)) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_each_name_however_it_is_written(name: str) -> None:
    plain = given_to(name)
    for other in (
        name.upper(),
        name.title(),
        unicodedata.normalize("NFD", name),
        name.replace(" ", "  "),
        name.replace(" ", "\u00a0"),
        name.replace(" - ", " – "),
        other_tones(name),
    ):
        assert given_to(other) == plain, other


@SOME
@given(st.sampled_from(RESOLVED))
def test_a_sentence_in_capitals(sentence: str) -> None:
    assert read(sentence.upper()) == read(sentence)


@SOME
@given(st.sampled_from(RESOLVED))
def test_each_name_in_capitals(sentence: str) -> None:
    for start, end in names_in(sentence):
        loud = sentence[:start] + sentence[start:end].upper() + sentence[end:]
        assert read(loud) == read(sentence), loud


@SOME
@given(st.sampled_from(SENTENCES))
def test_a_line_break_inside_a_name(sentence: str) -> None:
    for start, end in names_in(sentence):
        for blank in re.finditer(" (?=[^\\W\\dA-ZĐ])", sentence[start:end]):
            at = start + blank.start()
            if at >= LONG_ENOUGH and sentence[at + 1].islower():
                broken = f"{sentence[:at]}\n{sentence[at + 1 :]}"
                assert read(broken) == read(sentence), broken


@pytest.mark.parametrize("name", WRAPPED)
def test_a_hard_wrap_of_a_whole_document(name: str) -> None:
    lines = (CORPUS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    wrapped = "\n".join(line if {"\t", "|"} & {*line} else _wrapped(line) for line in lines)
    assert meaning(read_text(wrapped, REGISTRY)) == meaning(read_text("\n".join(lines), REGISTRY))


def _wrapped(line: str) -> str:
    return textwrap.fill(line, 79, break_long_words=False, break_on_hyphens=False, drop_whitespace=True)


@SOME
@given(st.text(), st.integers(1, 12))
def test_any_text_is_read_without_a_fall(text: str, times: int) -> None:
    draft = read_text(text * times, REGISTRY)
    assert all(d.due.phrase for d in draft.directives if d.due.kind != "none")
