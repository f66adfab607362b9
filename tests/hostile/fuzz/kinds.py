"""The kinds of fuzzing by name. Each is loaded only in the process that tries it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

#: Tries one seed; returns what is wrong, in English, or None.
Try: TypeAlias = Callable[[int], str | None]

#: What each kind tries; the module of the name has ``opened(folder)``, which gives its Try.
KINDS: Mapping[str, str] = {
    "pages": "requests over every route of the application, in its own process",
    "wire": "bytes that are nearly HTTP, to a real server",
    "files": "files of every format that we read ourselves, as a handed-in conclusion",
    "programs": "files that LibreOffice and the recognition of scans read for us",
    "settings": "register, policy, calendar, draft, dondoc.toml, environment and options",
}


def opened(kind: str, folder: Path) -> AbstractContextManager[Try]:
    """The kind at work in ``folder``, an empty folder of its own."""
    module = import_module(f"tests.hostile.fuzz.{kind}")
    found: AbstractContextManager[Try] = module.opened(folder)
    return found
