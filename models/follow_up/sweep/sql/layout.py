"""How a finished statement is laid out, so that it can be read: in the golden files, and in a log."""

import re
from collections.abc import Mapping

_BRACKET = re.compile(r"[()]")
_TEXT = re.compile(r"'[^']*'")
#: What begins a clause; any other line goes on with the clause above it.
_CLAUSE = re.compile(
    r"(CREATE|WITH|INSERT|UPDATE|SET|SELECT|FROM|WHERE|ORDER|LIMIT|RETURNING|ON CONFLICT|\))"
)
WIDEST = 110  # characters of an expression on one line


def quoted(text: str) -> str:
    """``text`` as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def lines(columns: Mapping[str, str]) -> str:
    """Expressions under their names, one a line."""
    return ",\n".join(f"{value} AS {name}" for name, value in columns.items())


def all_of(*conditions: str) -> str:
    """Conditions that must all be met, one a line; empty ones ask nothing."""
    return "\nAND ".join(filter(None, conditions))


def joined(pieces: list[str]) -> str:
    """A text put together of expressions: on one line if it is short."""
    short = " || ".join(pieces)
    return short if len(short) <= WIDEST else "\n|| ".join(pieces)


def nested(sql: str) -> str:
    """A query between brackets."""
    return f"(\n{sql}\n)"


def inserted(into: str, columns: Mapping[str, str], source: str) -> str:
    """``INSERT INTO ...`` a row for each of ``source``; each value stands beside the name of its column."""
    return f"{into} ({', '.join(columns)})\nSELECT\n{lines(columns)}\n{source}"


def laid_out(sql: str) -> str:
    """The statement with what stands between brackets, and what goes on with a clause, further in."""
    opened: list[int] = []  # for each open bracket, how far in its line begins
    found = []
    for line in map(str.strip, sql.splitlines()):
        brackets = _BRACKET.findall(_TEXT.sub("", line))
        if line.startswith(")"):
            deep = opened[-1]
        else:
            deep = (opened[-1] + 1 if opened else 0) + (not _CLAUSE.match(line)) + line.startswith("||")
        for bracket in brackets:
            if bracket == "(":
                opened.append(deep)
            else:
                opened.pop()
        found.append("  " * deep + line)
    return "\n".join(found)
