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

from tests.hostile.every_pattern import Found, every_pattern
from tests.hostile.hostile_runs import TAILS, run_of, units_of

#: Seconds a sign: what costs less at the first look cannot have looked at each pair of signs.
_QUICK = 5e-7
_FIRST_LOOK, _FIRST_LOOK_AT_WORDS, _LONGEST = 2_000, 10_000, 64_000
_STOPPED_AT = 1.0  # seconds of CPU for one run
_NOT_LINEAR = 2.8  # twice the text, so much more time; 2 is linear, 4 the square
_FLOOR = 0.003  # seconds: below, a ratio says more about the machine

Way = Callable[[re.Pattern[str], str], object]
WAYS: dict[str, Way] = {
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}
#: Who makes patterns of words that only a text or a register holds, all escaped.
_MADE_OF_WORDS = {"rules.reading.deadlines", "rules.reading.names", "rules.reading.tables"}


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
    unknown = [place for place in found.unknown if place.split(":")[0] not in _MADE_OF_WORDS]
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
    for unit in units_of(pattern):
        size = _FIRST_LOOK if len(unit) < 3 else _FIRST_LOOK_AT_WORDS
        for tail in TAILS:
            text = run_of(unit, size, tail)
            for name, way in WAYS.items():
                if _cost(way, pattern, text) < _QUICK * len(text):
                    continue
                if grows := _growth(way, pattern, unit, tail):
                    return f"{name} on {unit!r} and {tail!r}: {grows}"
    return None


def _growth(way: Way, pattern: re.Pattern[str], unit: str, tail: str) -> str | None:
    """The costs between doublings if they grow faster than the text, else None."""
    size, costs = _FIRST_LOOK, [0.0]
    while size <= _LONGEST:
        text = run_of(unit, size, tail)
        costs.append(min(_cost(way, pattern, text) for _ in range(2)))
        if costs[-1] > _STOPPED_AT:
            break
        if costs[-2] > _FLOOR and costs[-1] < _NOT_LINEAR * costs[-2]:
            return None
        size *= 2
    grown = costs[-1] > _FLOOR and costs[-1] > _NOT_LINEAR * costs[-2]
    return " ".join(f"{cost:.4f}" for cost in costs[1:]) + " s" if grown else None


def _cost(way: Way, pattern: re.Pattern[str], text: str) -> float:
    """CPU seconds of one run; a run that does not end costs more than any."""
    signal.setitimer(signal.ITIMER_REAL, 20 * _STOPPED_AT)  # an armed clock of the CPU would tick coarsely
    start = process_time()
    try:
        way(pattern, text)
    except _NoEnd:
        return 20 * _STOPPED_AT
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
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
        signal.signal(signal.SIGALRM, before)
