"""All that is printed passes here: a stranger's words cannot act on the terminal that shows them.

Titles, colours, a cleared screen, a line typed over another, text that runs backwards: each is a sign in a
name or a draft, and the operator's terminal obeys. ``screen`` puts one filter before both streams, for
``print``, logs, tracebacks, usage errors and libraries alike; no colour of theirs passes either. Only our
``Console`` writes past it, because it filters the words before it adds colours of its own.
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

from rules.text.incoming import visible
from rules.text.signs import ODD, is_unseen

if TYPE_CHECKING:
    from rich.console import Console


class Screen:
    """A text stream in which every sign that would act, or that nobody sees, is shown as another."""

    def __init__(self, stream: TextIO) -> None:
        self.beneath = stream

    def write(self, text: str) -> int:
        """As the stream beneath, sign for sign."""
        return self.beneath.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """As the stream beneath."""
        for line in lines:
            self.write(line)

    def isatty(self) -> bool:
        """Never: who asks would send colours, which are not told from a stranger's."""
        return False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.beneath, name)


def screen() -> None:
    """Put the filter before the streams of this process, for good: a last traceback is printed at its end."""
    _fill_closed()
    if not isinstance(sys.stdout, Screen):
        sys.stdout = cast(TextIO, Screen(sys.stdout))
    if not isinstance(sys.stderr, Screen):
        sys.stderr = cast(TextIO, Screen(sys.stderr))


def _fill_closed() -> None:
    """``dondoc ... >&-``: what is said is lost, and no file of ours takes the place of a stream."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with suppress(OSError):
                os.fstat(number)
                continue
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8", closefd=False))


@contextmanager
def screened() -> Iterator[None]:
    """The same for a while: a test's streams are its own again at the end."""
    before = sys.stdout, sys.stderr
    screen()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def open_console(stderr: bool = False) -> "Console":
    """Where our own words go, in colour if it is a terminal; no markup is read out of them."""
    from flows.terminal.coloured import ScreenConsole

    return ScreenConsole(stderr=stderr, highlight=False, markup=False, emoji=False)


def beneath(stream: IO[str]) -> IO[str]:
    """The stream behind the filter, for words that are filtered already."""
    return stream.beneath if isinstance(stream, Screen) else stream


def say(text: str, err: bool = False) -> None:
    """One plain line, at once."""
    stream = sys.stderr if err else sys.stdout
    stream.write(visible(text) + "\n")
    stream.flush()


def complain(text: str) -> None:
    """What went wrong, in red on a terminal, on standard error."""
    open_console(stderr=True).print(visible(text), style="red", soft_wrap=True)


def say_json(value: Any, indent: int | None = None) -> None:
    """One JSON value on standard output; a sign that nobody sees is spelt out in it, so nothing changes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    beneath(sys.stdout).write(ODD.sub(lambda found: _spelt(found[0]), text) + "\n")


def _spelt(sign: str) -> str:
    return json.dumps(sign)[1:-1] if is_unseen(sign) else sign
