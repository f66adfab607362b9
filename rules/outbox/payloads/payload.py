"""What a letter says beside its row: a typed value in Python, JSON in the database."""

from datetime import datetime
from typing import ClassVar

from rules.outbox.payloads.keys import LetterKind
from rules.text.stored import Stored


class Payload(Stored):
    """The payload of a letter; a kind has a dataclass of its own with its row
    (``rules/outbox/payloads/row.py``)."""

    __slots__ = ()
    kind: ClassVar[LetterKind]  # set by the row, as the plan is

    def group(self, reader: str) -> str:
        """What letters of the kind to the body ``reader`` must share to travel together, beside the kind."""
        return ""

    def over_at(self, now: datetime) -> bool:
        """Whether what the letter says has ended by itself at ``now``, whatever becomes of any row."""
        return False

    @classmethod
    def word(cls) -> str:
        """The kind."""
        return cls.kind
