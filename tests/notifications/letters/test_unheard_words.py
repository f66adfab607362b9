"""Whoever is told of n urgings is told in the same breath that some came to nobody.

Seen to fail when a letter counts with ``task.urged`` alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from flows.terminal.follow_up.digest_view import digest_view
from notifications.letters.digest import digest_sections
from notifications.outbox.parcel import Letter
from rules.facts import Digest, TaskLine
from tests.notifications import letter_cast as cast
from tests.notifications import wordings as letters

LINE = cast.on_day(replace(cast.FUND, urged=4, unreached=3))
SAID = "đã đôn đốc 4 lần, trong đó 3 lần chưa đến nơi nhận"
DIGEST = Digest(cast.TODAY, cast.COMMITTEE, urged_often=(LINE,), overdue_31_90=(LINE,), silent_days=30)

WORDED: dict[str, Callable[[TaskLine], Letter]] = {
    "crossing": lambda line: letters.crossing_letter("", cast.TODAY, [letters.Matter(line)], cast.BASE),
    "paper_due": lambda line: letters.paper_due_letter(
        "", cast.TODAY, [letters.OfBody(cast.STC, [line], 1)], cast.BASE
    ),
    "digest": lambda line: letters.digest_letter(
        "", replace(DIGEST, urged_often=(line,), overdue_31_90=(line,)), cast.BASE
    ),
}


@pytest.mark.parametrize("kind", sorted(WORDED))
def test_letters_say_it(kind: str) -> None:
    letter = WORDED[kind](LINE)
    for text in (letter.text, letter.html):
        assert text.replace("\n", " ").count("lần chưa đến nơi nhận") == text.count("đã đôn đốc 4 lần") > 0
    clean = WORDED[kind](cast.on_day(replace(cast.FUND, urged=4)))
    assert "chưa đến" not in clean.text


def test_the_report_page_says_it_in_every_section_that_counts() -> None:
    marks = [
        row.mark  # type: ignore[union-attr]
        for section in digest_sections(DIGEST, "")
        for group in section.groups
        for row in group.rows
    ]
    assert len(marks) == 2
    assert all(SAID in mark for mark in marks)


def test_the_terminal_says_it() -> None:
    from rich.console import Console

    console = Console(width=200)
    with console.capture() as found:
        console.print(digest_view(DIGEST))
    assert SAID.removeprefix("đã ") in found.get()


def test_the_secretariat_reads_the_numbers() -> None:
    body = letters.OfBody(cast.STC, [LINE, cast.on_day(cast.WEAK)], 2, {LINE.task.id: (1, 2, 4)})
    letter = letters.no_contact_letter(cast.SECRETARIAT, date(2022, 12, 19), [body], cast.BASE)
    assert letter.text.count("chưa đến nơi nhận") == 2  # the row, and what it means
    assert "Đôn đốc lần 1, 2, 4 chưa đến nơi nhận" in letter.text
    plain = letters.no_contact_letter(
        cast.SECRETARIAT, date(2022, 12, 19), [replace(body, urgings={})], cast.BASE
    )
    assert "Đôn đốc" not in plain.text.replace("[Đôn Đốc]", "")
