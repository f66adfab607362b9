"""The reader's work grows with the text, whatever the text is made of, and has an end.

Work is counted, not timed: lines of the reader's own code that run. What happens inside one pattern is
judged by ``test_patterns``.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from config.agencies import load_register
from flows.actions.reading.read_conclusion import read_conclusion
from flows.formats.content import DocumentError
from rules.people.registry import Registry
from rules.reading import read_text
from rules.reading.text import limits
from rules.reading.text.limits import MOST_EVENTS, TooMuchToRead

HEAD = "UBND TỈNH SÓC TRĂNG\nSố: 412/TB-UBND\nSóc Trăng, ngày 16 tháng 12 năm 2022\nTHÔNG BÁO\nKết luận\n"
TASK = "Sở Y tế báo cáo trước ngày 10/01/2023.\n"
_LETTERS = "abcdefghiklmnopq"
_TWICE = 2.6  # 2 is linear, 4 the square; small texts have some work of their own

KINDS: dict[str, Callable[[int], str]] = {
    "blanks": lambda n: " " * n,
    "tabs": lambda n: "\t" * n,
    "line ends": lambda n: "\n" * n,
    "bodies": lambda n: "Sở Y tế, " * (n // 9),
    "short names": lambda n: "Sở TC " * (n // 6),
    "head nouns": lambda n: "Sở " * (n // 3),
    "one letter a line": lambda n: "a\n" * (n // 2),
    "numbers": lambda n: "1. 1. 1. " * (n // 9),
    "commas": lambda n: ", " * (n // 2),
    "semicolons": lambda n: "; " * (n // 2),
    "quotes": lambda n: '"“' * (n // 2),
    "brackets": lambda n: "(" * n,
    "days": lambda n: "ngày 1/1/2022 " * (n // 14),
    "directives": lambda n: TASK * (n // len(TASK)),
    "marks alone": lambda n: "\u0301" * n,
    "rows": lambda n: "1\tSở Y tế\tbáo cáo\t1/1/2023\n" * (n // 28),
    "persons": lambda n: "".join(f"Ông {_name(i)}, Giám đốc Sở Y tế;\n" for i in range(n // 36)),
    "standing": lambda n: "cơ quan thường trực Sở Y tế " * (n // 28),
    "events": lambda n: "".join(f"báo cáo trước khai mạc {_word(i)} 3 ngày; " for i in range(n // 40)),
    "strangers": lambda n: "".join(f"Sở {_name(i)} báo cáo.\n" for i in range(n // 24)),
}


def _word(number: int) -> str:
    return "".join(_LETTERS[number >> shift & 15] for shift in (0, 4, 8))


def _name(number: int) -> str:
    return " ".join(letter.upper() + "an" for letter in _word(number))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(load_register().bodies)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", [HEAD, ""], ids=["notice", "press"])
def test_work_grows_with_the_text(registry: Registry, kind: str, head: str) -> None:
    small, large = (_work(registry, head + KINDS[kind](size) + "x\n" + TASK) for size in (4_000, 8_000))
    assert large < _TWICE * small + 2_000


def test_more_lines_than_any_meeting_are_refused(registry: Registry) -> None:
    with pytest.raises(TooMuchToRead, match=r"có 60\.00\d dòng, nhiều nhất là 60\.000"):
        read_text(HEAD + "a\n" * limits.MOST_LINES, registry)


def test_more_sentences_than_any_meeting_are_refused(registry: Registry) -> None:
    with pytest.raises(TooMuchToRead, match=r"có 100\.00\d câu, nhiều nhất là 100\.000"):
        read_text(HEAD + "1. " * (limits.MOST_STOPS + 1), registry)


def test_more_names_than_any_meeting_are_refused(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_NAMES", 200)
    assert read_text(HEAD + "Sở Y tế, " * 190 + "x\n" + TASK, registry).directives
    with pytest.raises(DocumentError, match="nhắc tên cơ quan 2.. lần, nhiều nhất là 200"):
        read_conclusion("a.txt", (HEAD + "Sở Y tế, " * 210 + "x\n" + TASK).encode(), registry, None)


def test_the_days_of_many_events_stay_open(registry: Registry) -> None:
    told = "".join(f"Khai mạc {_word(i)} ngày 20/3/2023.\n" for i in range(MOST_EVENTS + 2))
    asked = "".join(f"Sở Y tế báo cáo trước khai mạc {_word(i)} 3 ngày.\n" for i in range(MOST_EVENTS + 2))
    days = [directive.due.date for directive in read_text(HEAD + told + asked, registry).directives]
    assert all(days[:MOST_EVENTS])
    assert not any(days[MOST_EVENTS:])


def _work(registry: Registry, text: str) -> int:
    """Calls, lines and rounds of comprehensions of the reader itself, as the tracer is told of them."""
    count = 0

    def told(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "reading" not in frame.f_code.co_filename:
            return None
        count += 1
        return told

    before = sys.gettrace()
    sys.settrace(told)
    try:
        read_text(text, registry)
    finally:
        sys.settrace(before)
    return count
