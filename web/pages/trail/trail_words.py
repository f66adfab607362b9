"""A row of the trail in words: who, in whose name and in which seat, from where, what, and on what."""

from dataclasses import dataclass

from pydantic import JsonValue

from models.facts import code_of
from models.trail.listing import TrailLine
from rules.people.seat_roles import place_named
from rules.trail.deed_words import deed_words
from rules.trail.refused import refused_words
from rules.trail.told_words import Names, told_words
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor

_SHOWN_APART = frozenset({"did", "ids", "capacity", "settings"})
_OF_A_REFUSAL = frozenset({"why", "route", "again"})
#: The page of a noun, by its key; none for what has no page of its own.
_PAGES = {
    TrailNoun.DOCUMENT: "/van-ban/{}",
    TrailNoun.PAPER: "/cong-van/{}",
    TrailNoun.EVENT: "/su-kien/{}",
    TrailNoun.CASE: "/trinh/{}",
    TrailNoun.RECOUNT: "/lich-nghi/{}",
    TrailNoun.MEETING: "/lich-hop",
    TrailNoun.PERSON: "/nguoi-dung/{}",
}
#: Open to whoever reads the trail, whatever else is.
OPEN_TO_ALL = frozenset({TrailNoun.PERSON})
NOBODY = "Chưa rõ ai"
BLACKED_OUT = "(tên đã xóa)"


@dataclass(frozen=True, slots=True)
class TrailWords:
    """One row as a page and an export show it. ``deeds`` are lines; ``link`` "" where there is no page."""

    who: str
    instead: str
    seat: str
    came: str
    what: str
    deeds: tuple[str, ...]
    on: str
    link: str
    more: str


def in_words(line: TrailLine, names: Names) -> TrailWords:
    """The words of a row; what another release wrote is shown as it stands."""
    noun = next((one for one in TrailNoun if one == line.noun), None)
    return TrailWords(
        who=_who(line),
        instead=f"thay {line.instead_of}" if line.instead_of else "",
        seat=_seat(line),
        came=", ".join(part for part in (line.way.label if line.way else "", line.address) if part),
        what=line.what.label,
        deeds=_deeds(line),
        on=_on(noun, line),
        link="" if line.what is TrailWhat.REFUSED else _link(noun, line.key),
        more=_more(line, names),
    )


def _deeds(line: TrailLine) -> tuple[str, ...]:
    if line.what is TrailWhat.REFUSED:
        return refused_words(line.data)
    deeds = line.data.get("did")
    if not isinstance(deeds, dict):
        return ()
    return tuple(deed_words(deed, _number(count)) for deed, count in deeds.items())


def _who(line: TrailLine) -> str:
    if line.person:
        return line.person
    if line.actor is Actor.CLOCK:
        return "Hệ thống"
    return line.actor.label if line.actor else NOBODY


def _seat(line: TrailLine) -> str:
    role = line.role.label if line.role else ""
    where = line.seat_body or line.body or ""
    where = place_named(line.role, where) if line.role else where
    capacity = line.data.get("capacity")
    return ", ".join(part for part in (role, where, capacity if isinstance(capacity, str) else "") if part)


def _on(noun: TrailNoun | None, line: TrailLine) -> str:
    label = noun.label if noun else line.noun
    if not line.key:
        return label
    if noun is TrailNoun.TASK and line.key.isdigit():
        return f"{label} {code_of(int(line.key))}"
    return f"{label} {line.key if len(line.key) < 20 else line.key[:12] + '…'}"


def _link(noun: TrailNoun | None, key: str) -> str:
    if not key.isdigit():
        return ""
    if noun is TrailNoun.TASK:
        return f"/viec/{code_of(int(key))}"
    return _PAGES[noun].format(key) if noun in _PAGES else ""


def _more(line: TrailLine, names: Names) -> str:
    """What was said of a person, and whatever else the row tells."""
    said = BLACKED_OUT if line.blacked_out else line.said or ""
    apart = _OF_A_REFUSAL if line.what is TrailWhat.REFUSED else _SHOWN_APART
    rest = {name: value for name, value in line.data.items() if name not in apart}
    return "; ".join(part for part in (said, told_words(rest, names)) if part)


def _number(count: JsonValue) -> int:
    return count if isinstance(count, int) else 1
