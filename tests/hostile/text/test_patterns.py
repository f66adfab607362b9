"""Every regular expression of the product takes time in proportion to its text, whoever wrote the text.

The one timed test of the suite. CPU time, not the wall's; a quick look at every pattern, and a doubling up to
64 kB of what looked slow. A new pattern is in it by being written.
"""

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from types import FrameType
from typing import Any

import pytest

from tests.hostile.hostile_runs import TAILS, run_of, units_of
from tests.hostile.text.every_pattern import Found, every_pattern

#: Seconds a sign: what costs less cannot have looked at many pairs of signs.
_QUICK = 4e-8
_FIRST_LOOK, _FIRST_LOOK_AT_WORDS, _LONGEST = 2_000, 4_000, 64_000
_STOPPED_AT = 1.0  # seconds of CPU for one run
_NEVER = 30.0  # seconds for all runs of one pattern, which are over in a tenth of one
_SUSPECT = 1.6  # a sign of a text four times as long costs so much more; 1 is linear, 4 the square
_NOT_LINEAR = 2.8  # twice the text, so much more time; 2 is linear, 4 the square
_FLOOR = 0.003  # seconds: below, a ratio says more about the machine

Way = Callable[[re.Pattern[str], str], object]
WAYS: dict[str, Way] = {
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}
#: Who makes patterns of words that only a text or a register holds, all escaped.
_MADE_OF_WORDS = {
    "rules.reading.dates.deadline_phrases",
    "rules.reading.dates.events",
    "rules.reading.names.names",
    "rules.reading.forms.tables",
}
#: Who makes patterns of templates, all called where the module is read: their values are found and timed.
_MADE_OF_TEMPLATES = {
    "rules.reading.dates.phrases",
    "rules.reading.dates.near_phrases",
    "rules.reading.dates.recurrence_phrases",
}


@pytest.fixture(scope="module")
def found() -> Found:
    return every_pattern()


def test_every_pattern_is_linear(found: Found) -> None:
    assert len(found.patterns) > 250
    with _stopped():
        slow = [
            f"{place}: {pattern.pattern!r:.200}\n    {trouble}"
            for pattern, place in found.patterns.items()
            if (trouble := _trouble(_of_text(pattern)))
        ]
    assert not slow, "\n".join(slow)


def test_every_pattern_is_known_before_it_runs(found: Found) -> None:
    """A pattern made of local values is timed by nobody: make it where the module is read."""
    told = _MADE_OF_WORDS | _MADE_OF_TEMPLATES
    unknown = [place for place in found.unknown if place.split(":")[0] not in told]
    assert not unknown, unknown


@pytest.mark.parametrize(
    "pattern",
    [r"\s*x", r"a\s*:?\s*b", r"(?:a|b|ab)*c", r"so(?:, so)* x", r"\([^)]*x", r"(?:[a-z]+ )*nao", r"^\W*\s*$"],
)
def test_what_is_not_linear_is_seen(pattern: str) -> None:
    with _stopped():
        assert _trouble(re.compile(pattern))


def _of_text(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags & ~re.ASCII | re.ASCII)


def _trouble(pattern: re.Pattern[str]) -> str | None:
    """What makes the pattern take more than its share, or None."""
    signal.setitimer(signal.ITIMER_REAL, _NEVER)  # of the wall: an armed clock of the CPU ticks coarsely
    for unit in units_of(pattern):
        for name, tail in (("finditer", TAILS[0]), ("fullmatch", TAILS[0]), ("finditer", TAILS[1])):
            if _is_suspect(WAYS[name], pattern, unit, tail) and (
                costs := _growth(WAYS[name], pattern, unit, tail)
            ):
                return f"{name} on {unit!r} and {tail!r}: {costs}"
    return None


def _is_suspect(way: Way, pattern: re.Pattern[str], unit: str, tail: str) -> bool:
    """The first look: is a sign of the longer text dearer?"""
    size = _FIRST_LOOK if len(unit) < 3 else _FIRST_LOOK_AT_WORDS
    dear = _cost(way, pattern, run_of(unit, size, tail))
    if dear < _QUICK * size:
        return False
    return dear > 4 * _SUSPECT * _cost(way, pattern, run_of(unit, size // 4, tail))


def _growth(way: Way, pattern: re.Pattern[str], unit: str, tail: str) -> str | None:
    """The costs of three doublings that grow faster than the text; None as soon as one does not."""
    size, costs = _FIRST_LOOK, [0.0]
    while size <= _LONGEST:
        text = run_of(unit, size, tail)
        costs.append(min(_cost(way, pattern, text) for _ in range(2)))
        seen = costs[-1] > _FLOOR and costs[-2] > _FLOOR / 8
        if seen and costs[-1] < _NOT_LINEAR * costs[-2]:
            return None
        if costs[-1] > _STOPPED_AT or (seen and costs[-1] > 16 * _FLOOR):
            break
        size *= 2
    grown = costs[-1] > _FLOOR and costs[-1] > _NOT_LINEAR * costs[-2]
    if grown and costs[-1] < _STOPPED_AT:  # a machine with neighbours: for a while all takes twice its time
        half = run_of(unit, len(text) // 2, tail)
        turns = [(_cost(way, pattern, half), _cost(way, pattern, text)) for _ in range(9)]
        grown = min(whole for _, whole in turns) > _NOT_LINEAR * min(part for part, _ in turns)
    return " ".join(f"{cost:.4f}" for cost in costs[1:]) + " s" if grown else None


def _cost(way: Way, pattern: re.Pattern[str], text: str) -> float:
    """CPU seconds of one run; one that does not end costs more than any."""
    start = process_time()
    try:
        way(pattern, text)
    except _NoEnd:
        return _NEVER
    return process_time() - start


class _NoEnd(Exception):
    """A run that would not have ended."""


@contextmanager
def _stopped() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise _NoEnd

    before = signal.signal(signal.SIGALRM, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
