"""Bodies of a register that a reader would take for each other: refused, with both lines.

Letters and pages name a body by its name alone, so two that look alike let one get the other's work.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from config.register_places import Place, SourceFile
from rules.lookalikes import look, plain

_MOST_SHOWN = 60


class Entry(Protocol):
    """What is looked at of a body of the file."""

    id: str
    name: str
    aliases: list[str]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class _Called:
    """One thing by which a body is called, and where it stands."""

    place: Place
    text: str
    entry: Entry
    what: str  # "id", "name" or "aliases"


def twins(entries: Sequence[Entry], source: SourceFile) -> list[tuple[Place, str]]:
    """Each key, name or alias that looks like one of another body above it, with the line of that one.

    One name in one spelling may be borne by bodies of different times, as after a merger, and an alias by
    several; what is written with other signs, and looks the same, by nobody.
    """
    seen: dict[tuple[bool, str], list[_Called]] = {}
    faults: list[tuple[Place, str]] = []
    for one in _called(entries):
        before = seen.setdefault((one.what == "id", look(one.text)), [])
        other = next((other for other in before if _deceives(other, one)), None)
        if other is not None:
            faults.append((one.place, _problem(one, other, source)))
        before.append(one)
    return faults


def _called(entries: Sequence[Entry]) -> Iterator[_Called]:
    for index, entry in enumerate(entries):
        at: Place = ("bodies", index)
        yield _Called((*at, "id"), entry.id, entry, "id")
        yield _Called((*at, "name"), entry.name, entry, "name")
        for number, alias in enumerate(entry.aliases):
            yield _Called((*at, "aliases", number), alias, entry, "aliases")


def _deceives(one: _Called, other: _Called) -> bool:
    if one.entry.id == other.entry.id:  # a key written twice is told elsewhere
        return False
    if plain(one.text) != plain(other.text):
        return True
    return one.what == other.what == "name" and _meet(one.entry, other.entry)


def _meet(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both exist."""
    starts = max((e.valid_from for e in (one, other) if e.valid_from), default=date.min)
    return starts <= min((e.valid_to for e in (one, other) if e.valid_to), default=date.max)


def _problem(one: _Called, other: _Called, source: SourceFile) -> str:
    line = source.line_of(other.place)
    return (
        f"«{_clipped(one.text)}» trông giống hệt «{_clipped(other.text)}» "
        f"của cơ quan {other.entry.id[:40]} ở dòng {line}; hãy gõ lại bằng chữ tiếng Việt, hoặc đặt tên khác"
    )


def _clipped(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
