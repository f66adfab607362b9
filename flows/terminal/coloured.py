"""Rich's console with a stranger's words filtered before colours are added; loaded with the first print."""

from collections.abc import Iterable
from typing import IO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from flows.terminal.screen import beneath
from rules.text.incoming import visible


class ScreenConsole(Console):
    """Writes past the filter of the streams: what it shows went through it already."""

    @property
    def file(self) -> IO[str]:
        """The stream behind the filter, which also knows whether it is a terminal."""
        return beneath(super().file)

    @file.setter
    def file(self, new_file: IO[str]) -> None:
        self._file = new_file

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Every part of what is printed comes from here; only rich's own movements of the cursor stay."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))
