"""Ways in which a settings file can be none: each makes one at a path."""

import os
from collections.abc import Callable
from pathlib import Path


def _huge(path: Path) -> None:
    """Larger than any limit, and nothing on the disk."""
    with path.open("wb") as file:
        file.truncate(1 << 34)


BREAKERS: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "huge": _huge,
    "link to nothing": lambda path: path.symlink_to(path.with_name("nowhere")),
    "link to itself": lambda path: path.symlink_to(path),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "no UTF-8": lambda path: path.write_bytes(b"a: \xff\n"),
    "no syntax": lambda path: path.write_text("a: [1,\n", encoding="utf-8"),
    "a key that is not known": lambda path: path.write_text(
        "keyy = 1\n" if path.suffix == ".toml" else "keyy: 1\n"
    ),
}
