"""Bodies of a register that a reader would take for each other: refused, with both lines.

Letters and pages name a body by its name alone, so two that look alike let one get the other's work.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from config.files.shown import shown_key
from config.register.places import Place, SourceFile
from rules.text.lookalikes import look, plain


class RegisterEntry(Protocol):
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
    entry: RegisterEntry
    what: str  # "id", "name" or "aliases"


@dataclass(slots=True)
class _Alike:
    """What looks the same so far and deceives nobody: as much of it as is needed to judge the next one.

    An alias may be borne by thousands, so not each is compared with each. Whatever differs from another in
    spelling and in its body is a fault and not kept; so what is kept has one spelling or is of one body, and
    two of it that differ stand for all. Names of one spelling exist one after another.
    """

    two: list[tuple[str, _Called]] = field(default_factory=list)
    #: By spelling the names' first and last day and place, in the order of time, none within another.
    names: dict[str, list[tuple[date, date, _Called]]] = field(default_factory=dict)

    def deceived(self, one: _Called) -> _Called | None:
        """One of before whom a reader would take for ``one``; without such ``one`` is kept too."""
        spelt = plain(one.text)
        for seen_spelt, seen in self.two:
            if spelt != seen_spelt and one.entry.id != seen.entry.id:  # a key twice is told elsewhere
                return seen
        if one.what == "name" and (other := self._at_its_time(spelt, one)):
            return other if one.entry.id != other.entry.id else None
        if len(self.two) < 2 and all((spelt, one.entry.id) != (s, o.entry.id) for s, o in self.two):
            self.two.append((spelt, one))
        return None

    def _at_its_time(self, spelt: str, one: _Called) -> _Called | None:
        """A name of before on one of whose days ``one`` exists too; without such ``one`` takes its days."""
        first, last = one.entry.valid_from or date.min, one.entry.valid_to or date.max
        if first > last:  # told elsewhere
            return None
        known = self.names.setdefault(spelt, [])
        place = bisect_right(known, first, key=lambda name: name[0])
        if place and known[place - 1][1] >= first:
            return known[place - 1][2]
        if place < len(known) and known[place][0] <= last:
            return known[place][2]
        known.insert(place, (first, last, one))
        return None


def twins(entries: Sequence[RegisterEntry], source: SourceFile) -> list[tuple[Place, str]]:
    """Each key, name or alias that looks like one of another body above it, with the line of that one.

    One name in one spelling may be borne by bodies of different times, as after a merger, and an alias by
    several; what is written with other signs, and looks the same, by nobody. Of many that deceive, each that
    meets one that is in order is told.
    """
    seen: dict[tuple[bool, str], _Alike] = {}
    faults: list[tuple[Place, str]] = []
    for one in _called(entries):
        alike = seen.setdefault((one.what == "id", look(one.text)), _Alike())
        if (other := alike.deceived(one)) is not None:
            faults.append((one.place, _problem(one, other, source)))
    return faults


def _called(entries: Sequence[RegisterEntry]) -> Iterator[_Called]:
    for index, entry in enumerate(entries):
        at: Place = ("bodies", index)
        yield _Called((*at, "id"), entry.id, entry, "id")
        yield _Called((*at, "name"), entry.name, entry, "name")
        for number, alias in enumerate(entry.aliases):
            yield _Called((*at, "aliases", number), alias, entry, "aliases")


def _problem(one: _Called, other: _Called, source: SourceFile) -> str:
    line = source.line_of(other.place)
    return (
        f"«{shown_key(one.text)}» trông giống hệt «{shown_key(other.text)}» "
        f"của cơ quan {shown_key(other.entry.id, 40)} ở dòng {line}; "
        "hãy gõ lại bằng chữ tiếng Việt, hoặc đặt tên khác"
    )
