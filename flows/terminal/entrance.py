"""How every command of ``dondoc`` is entered and left: behind the filter, with a sentence for a refusal."""

import os
import sys
from collections.abc import Callable, MutableMapping
from functools import wraps
from typing import Any

import typer

from config.files.private_files import for_us_alone
from flows.terminal.screen import complain, screen, screened
from flows.terminal.troubles import speak_anyway, trouble_of
from rules.refusal import Refusal

Command = Callable[..., None]

REFUSED = 2  # exit code of everything that the user can mend
_WIDTHS = range(20, 1_001)  # columns or lines of a terminal on which somebody reads


def bound_width(environment: MutableMapping[str, str]) -> None:
    """Leave out a size that no terminal has: rich shows nothing in 0 columns, and pads lines to 1,000,000."""
    for name in ("COLUMNS", "LINES"):
        told = environment.get(name, "")
        if told and not (len(told) <= 4 and told.isdecimal() and int(told) in _WIDTHS):
            del environment[name]


class Dondoc(typer.Typer):
    """The command line behind the filter of the terminal, from before the arguments are read."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Read the arguments and do what they ask; ends the process."""
        screen()
        speak_anyway()
        bound_width(os.environ)
        return super().__call__(*args, **kwargs)


def refusing(command: Command) -> Command:
    """Show a Refusal, or a trouble of the machine, in one place, on stderr, and exit with 2."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        with screened():
            speak_anyway()
            obeyed(*args, **kwargs)

    def obeyed(*args: Any, **kwargs: Any) -> None:
        try:
            for_us_alone()(command)(*args, **kwargs)
        except Refusal as refusal:
            complain(f"Lỗi: {refusal}")
            raise typer.Exit(REFUSED) from None
        except BrokenPipeError:  # "dondoc read ... | head": the reader has seen enough
            sys.stderr.close()
        except Exception as error:
            if (said := trouble_of(error)) is None:
                raise
            complain(f"Lỗi: {said}")
            raise typer.Exit(REFUSED) from None

    return guarded
