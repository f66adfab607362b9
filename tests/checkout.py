"""The checkout as the house tests see it: its files, their text, their syntax trees."""

import ast
import os
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).parent.parent
FLOORS = ("web", "flows", "notifications", "models", "config", "rules")
UNTRACKED = {".git", ".venv", "var", "__pycache__", "dist", "dondoc.toml"}


def tracked() -> list[PurePosixPath]:
    """Every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [PurePosixPath(name) for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        paths = list(_walked())
    return [path for path in dict.fromkeys(paths) if (ROOT / path).is_file()]


def _walked() -> Iterator[PurePosixPath]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in UNTRACKED and not name.endswith("_cache")]
        for name in files:
            path = Path(folder, name).relative_to(ROOT)
            if path.name not in UNTRACKED and path.suffix != ".pyc":
                yield PurePosixPath(path.as_posix())


FILES = tracked()
MODULES = [path for path in FILES if path.suffix == ".py"]


@cache
def source(path: PurePosixPath) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: PurePosixPath) -> ast.Module:
    return ast.parse(source(path))


def texts() -> Iterator[tuple[PurePosixPath, str]]:
    """The files that are text, with their text."""
    for path in FILES:
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def pyproject() -> dict[str, Any]:
    return tomllib.loads(source(PurePosixPath("pyproject.toml")))
