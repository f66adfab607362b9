"""What the page of a document says on top."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.tables.documents import Document

_CARD = re.compile(r"Chỉ đạo số (\d+)")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says on top: a message, its problems, and a document issued before this one."""

    status: int = 200
    message: str = ""
    problems: Sequence[str | tuple[str, str]] = ()
    first: Document | None = None
    sentence: str = ""  # of a directive to be added, as typed
    hindrances: Sequence[str] = ()  # why a document that waits would not be issued

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each problem with the place where it is mended."""
        return [one if isinstance(one, tuple) else (one, _place(one)) for one in self.problems]


def _place(problem: str) -> str:
    found = _CARD.match(problem)
    return f"#chi-dao-{found[1]}" if found else "#van-ban"
