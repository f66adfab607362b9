"""Where a stamp of a document stands: alone in a line or a cell of its head (secrecy, urgency)."""

import re
from collections.abc import Iterator

from rules.text.stacked_marks import composed

_HEAD_LINES = 40  # the letterhead; text further down cannot carry a stamp
_CELL = re.compile(r"\t|\s{3,}|\|")


def places_of_stamps(text: str) -> Iterator[tuple[str, ...]]:
    """For each line of the head of ``text``, in NFC: the line itself and its cells."""
    lines = [line for line in composed(text).splitlines() if line.strip()]
    for line in lines[:_HEAD_LINES]:
        yield (line, *_CELL.split(line))
