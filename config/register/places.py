"""Where something stands in a file, in the words of its error messages: file, line, field."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from config.files.errors import ConfigError
from config.files.shown import shown_key, shown_path
from config.files.yaml_lines import LineMap, locate

#: So many faults are told at once; with more than that a file is no longer corrected but rewritten.
MOST_FAULTS = 5

Place = tuple[Hashable, ...]


@dataclass(frozen=True)
class SourceFile:
    """A YAML file as it was read; its lines are counted when the first fault is told."""

    path: Path
    text: str = field(repr=False)

    @cached_property
    def _lines(self) -> LineMap:
        return locate(self.text)

    def where(self, place: Place) -> str:
        """ "Tệp agencies.yaml, dòng 12, trường contacts.3.addresses.1"."""
        return f"Tệp {shown_path(self.path)}, dòng {self.line_of(place)}, trường {_dotted(place)}"

    def line_of(self, place: Place) -> int:
        """The line of a part of the file."""
        return self._lines.line_of(place)

    def error(self, faults: Iterable[tuple[Place, str]]) -> ConfigError:
        """The first faults in the order of the file, one a line."""
        ordered = sorted(faults, key=lambda fault: self.line_of(fault[0]))
        return told([f"{self.where(place)}: {problem}." for place, problem in ordered])


def told(sentences: list[str]) -> ConfigError:
    """One error of the first few sentences, each once."""
    return ConfigError("\n".join(list(dict.fromkeys(sentences))[:MOST_FAULTS]))


def _dotted(place: Place) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else shown_key(part) for part in place) or "(gốc)"
