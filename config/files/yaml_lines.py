"""Values of YAML, and the line on which a field stands, for error messages.

YAML 1.1 reads the keys ``on`` and ``no`` as booleans, 17:30 as 1050 and 010 as 8. Here true, false, null
and numbers in decimal are what they seem, and all else is text: dates too, because the forms check
them and can say on which line 30/2 stands. A field written twice is an error: YAML would let the second
silently win.

Lines are counted only once a file has been found wrong.
"""

import math
import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from config.files.shown import shown_key
from config.files.yaml_events import LONGEST_KEY, YamlFault, events_of, line_of
from rules.text.incoming import cleaned

_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_BOOL = re.compile(r"true|false", re.IGNORECASE)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"\A[-+]?[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_MOST_DIGITS = 18


#: Whatever a YAML file of ours can say.
Yaml: TypeAlias = "dict[str, Yaml] | list[Yaml] | str | int | float | bool | None"


def load_yaml(text: str) -> Yaml:
    """The value of one YAML document; None for an empty one. Raises YamlFault with its line."""
    events = events_of(text)
    first = next(events, None)
    if first is None:
        return None
    value = _value(first, events)
    for _ in events:  # to the end, where a second document or a stray bracket may stand
        pass
    return value


def _value(event: Any, events: Iterator[yaml.Event]) -> Yaml:
    """``event`` and what belongs to it; as deep as ``events_of`` lets it be."""
    if isinstance(event, yaml.SequenceStartEvent):
        return [_value(item, events) for item in _until_end(events)]
    if isinstance(event, yaml.MappingStartEvent):
        found: dict[str, Yaml] = {}
        for key in _until_end(events):
            name = _name(key)
            if name in found:
                raise YamlFault(line_of(key), f"«{shown_key(name)}» ghi hai lần")
            found[name] = _value(next(events), events)
        return found
    return _scalar(event)


def _until_end(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _name(event: yaml.Event) -> str:
    """A field's name: YAML also has lists, numbers and nothing as names, and << to merge groups."""
    if not isinstance(event, yaml.ScalarEvent):
        raise YamlFault(line_of(event), "tên trường phải là chữ")
    if event.value == "<<" and not event.style:
        raise YamlFault(line_of(event), "không dùng «<<» để gộp nhóm trường: hãy ghi đủ từng trường")
    name = _scalar(event)
    if not isinstance(name, str):
        raise YamlFault(line_of(event), f"tên trường phải là chữ («{shown_key(event.value)}»)")
    if len(name) > LONGEST_KEY:
        raise YamlFault(line_of(event), f"tên trường dài quá {LONGEST_KEY} ký tự («{shown_key(name)}»)")
    return name


def _scalar(event: Any) -> str | int | float | bool | None:
    text = cleaned(event.value)  # one spelling; a sign that is unseen was refused
    if event.style:  # quoted, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        if len(text) > _MOST_DIGITS:
            raise YamlFault(line_of(event), f"số quá lớn («{shown_key(text, 20)}»)")
        return int(text)
    if _FLOAT.fullmatch(text):
        if not math.isfinite(number := float(text)):
            raise YamlFault(line_of(event), f"số quá lớn («{shown_key(text, 20)}»)")
        return number
    return text


@dataclass(slots=True)
class _Place:
    """A part of a document: its line, and its own parts by key or index."""

    line: int
    parts: dict[Hashable, "_Place"] = field(default_factory=dict)


class LineMap:
    """Line numbers (from 1) of the parts of one YAML document."""

    def __init__(self, root: _Place) -> None:
        self._root = root

    def line_of(self, path: Sequence[Hashable]) -> int:
        """The line of the part at ``path`` (keys and indexes), or of its nearest parent."""
        return self._way_to(path)[-1].line

    def has(self, path: Sequence[Hashable]) -> bool:
        """Whether the document itself has the part at ``path``."""
        return len(self._way_to(path)) > len(path)

    def _way_to(self, path: Sequence[Hashable]) -> list[_Place]:
        way = [self._root]
        for part in path:
            child = way[-1].parts.get(part if isinstance(part, int) else str(part))
            if child is None:
                break
            way.append(child)
        return way


def locate(text: str) -> LineMap:
    """A map of the lines of ``text``, already known to be YAML."""
    events = events_of(text)
    first = next(events, None)
    root = _Place(1) if first is None else _placed(first, events, 1)
    return LineMap(root)


def _placed(event: Any, events: Iterator[yaml.Event], line: int) -> _Place:
    place = _Place(line)
    if isinstance(event, yaml.SequenceStartEvent):
        for index, item in enumerate(_until_end(events)):
            place.parts[index] = _placed(item, events, line_of(item))
    elif isinstance(event, yaml.MappingStartEvent):
        for key in _until_end(events):
            place.parts[cleaned(getattr(key, "value", ""))] = _placed(next(events), events, line_of(key))
    return place
