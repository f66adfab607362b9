"""Texts that a pattern may have trouble with, made from the pattern itself.

Each repeat of a pattern is started by a text that leads up to it, kept going by signs that it takes, and
left without its end. Beside these, every sign that the pattern names and every class of signs is repeated
alone and between others.
"""

import re
import re._constants as c  # type: ignore[import-untyped]
import re._parser as parser  # type: ignore[import-untyped]
from collections.abc import Iterable, Iterator
from typing import Any

#: One of each class: blanks, digits, letters small and large, Vietnamese, a mark alone, punctuation.
SIGNS = (
    " ", "\t", "\n", "\u00a0", "1", "a", "A", "\u1ebf", "\u0110", "\u0301",
    ".", ",", ";", ":", "-", "/", "(", ")", '"', "\u2013", "_", "|",
)  # fmt: skip
_OF_A_CLASS = {
    c.CATEGORY_SPACE: " \n", c.CATEGORY_DIGIT: "1", c.CATEGORY_WORD: "a1\u1ebf",
    c.CATEGORY_NOT_SPACE: "a.", c.CATEGORY_NOT_DIGIT: " a", c.CATEGORY_NOT_WORD: " .",
}  # fmt: skip
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
#: Ends that few patterns take: a sign of no class, a digit after a letter, blanks before a letter.
TAILS = ("\x7f", "e1_", "  \u00e9")


def units_of(pattern: re.Pattern[str]) -> list[str]:
    """What to repeat, and with "\\0" between, what to put before it once."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    named = sorted({sign for sign in _literals(tree) if sign not in SIGNS})[:12]
    units = dict.fromkeys([*SIGNS, *named])
    examples = list(_texts(tree))
    for text in examples[:12]:
        units[text + " "] = None
    for lead, pump in _pumps(tree, ""):
        units[f"{lead}\0{pump}"] = None
        units[lead + pump] = None
    return [unit for unit in units if unit and unit != "\0"]


def run_of(unit: str, size: int, tail: str = TAILS[0]) -> str:
    """About ``size`` signs of a unit, and an end that fits nothing."""
    lead, _, pump = unit.rpartition("\0")
    return lead + pump * (size // max(1, len(pump))) + tail


def _literals(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    for op, arg in tree:
        if op in (c.LITERAL, c.NOT_LITERAL):
            yield chr(arg)
        elif op is c.IN:
            yield from _members(arg)[:6]
        else:
            for part in _parts(op, arg):
                yield from _literals(part)


def _parts(op: Any, arg: Any) -> list[Any]:
    """The trees inside one node."""
    if op in _REPEATS:
        return [arg[2]]
    if op is c.SUBPATTERN:
        return [arg[3]]
    if op is c.BRANCH:
        return list(arg[1])
    if op is c.ATOMIC_GROUP:
        return [arg]
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [arg[1]]
    return []


def _members(items: list[tuple[Any, Any]]) -> list[str]:
    """Some signs of a set."""
    if items[0][0] is c.NEGATE:
        test = re.compile(_set_source(items))
        return [sign for sign in SIGNS if test.match(sign)]
    found = []
    for op, arg in items:
        if op is c.LITERAL:
            found.append(chr(arg))
        elif op is c.RANGE:
            found.append(chr(arg[0]))
        elif op is c.CATEGORY:
            found.extend(_OF_A_CLASS[arg])
    return found


_CATEGORIES = {
    c.CATEGORY_SPACE: r"\s", c.CATEGORY_DIGIT: r"\d", c.CATEGORY_WORD: r"\w",
    c.CATEGORY_NOT_SPACE: r"\S", c.CATEGORY_NOT_DIGIT: r"\D", c.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _set_source(items: list[tuple[Any, Any]]) -> str:
    inside = ""
    for op, arg in items:
        if op is c.NEGATE:
            inside += "^"
        elif op is c.LITERAL:
            inside += re.escape(chr(arg))
        elif op is c.RANGE:
            inside += f"{re.escape(chr(arg[0]))}-{re.escape(chr(arg[1]))}"
        elif op is c.CATEGORY:
            inside += _CATEGORIES[arg]
    return f"[{inside}]"


def _texts(tree: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """A text for each way through the branches, one branch varied at a time."""
    nodes = list(tree)
    plain = [next(_ways(*node), "") for node in nodes]
    yield "".join(plain)
    for at, node in enumerate(nodes):
        for way in list(_ways(*node))[1:6]:
            yield "".join(plain[:at]) + way + "".join(plain[at + 1 :])


def _ways(op: Any, arg: Any) -> Iterator[str]:
    if op is c.LITERAL:
        yield chr(arg)
    elif op is c.NOT_LITERAL:
        yield next(sign for sign in SIGNS if sign != chr(arg))
    elif op is c.ANY:
        yield "a"
    elif op is c.IN:
        yield from _members(arg)[:3]
    elif op in _REPEATS:
        for text in _texts(arg[2]):
            yield text * max(1, arg[0])
        if arg[0] == 0:
            yield ""
    elif op is c.BRANCH:
        for branch in arg[1]:
            yield from _texts(branch)
    elif op in (c.SUBPATTERN, c.ATOMIC_GROUP, c.ASSERT):
        if not (op is c.ASSERT and arg[0] < 0):
            yield from _texts(_parts(op, arg)[0])
    else:
        yield ""


def _pumps(tree: Iterable[tuple[Any, Any]], lead: str) -> Iterator[tuple[str, str]]:
    """(what leads up to it, what it takes) of every repeat that has no small bound."""
    for op, arg in tree:
        if op in _REPEATS and arg[1] > 8:
            for text in list(_texts(arg[2]))[:6]:
                yield lead, text
        for part in _parts(op, arg):
            yield from _pumps(part, lead)
        lead += next(_ways(op, arg), "")
