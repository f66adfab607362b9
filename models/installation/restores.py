"""What a database knows of the witnesses outside it, and of the times it was set back.

A witness is a file beside the database (``notifications/witness/book.py``) that names each letter before it
leaves. Why, and what follows from it: ``docs/decisions/0009``.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.database.columns import big_key, words


class HowSaid(StrEnum):
    """What is known of a letter that the database itself does not know of."""

    SENT = "sent"  # it left before the restore
    UNKNOWN = "unknown"  # it may have
    CLEARED = "cleared"  # a person has decided that it goes


class WitnessStream(SQLModel, table=True):
    """The entries of one worker on one host, as far as this database has made their claims.

    ``worker`` is a number of the host's own, held for a pass, and not that of
    ``models/installation/workers.py``.

    An entry is written after the commit of its claim, so a whole witness ends at ``noted`` or one
    before it. ``fingerprint`` is where the database lay when this host last found that so.
    """

    __tablename__ = "witness_stream"

    host: str = Field(primary_key=True, max_length=80)
    worker: int = Field(primary_key=True)
    noted: int = 0
    noted_at: datetime
    fingerprint: str = Field(max_length=120)
    ahead_since: datetime | None = None  # this host has found its witness to know more than the database


class Restore(SQLModel, table=True):
    """A person's word that the database was restored from its state of ``at``.

    ``complete``: the witness of every host was at hand. Otherwise letters that the clock writes while it
    makes up for the lost days, from ``catch_up_on`` on, are in doubt as well.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=big_key())
    at: datetime
    declared_at: datetime
    complete: bool
    catch_up_on: date | None = None


class SaidBefore(SQLModel, table=True):
    """A letter that was said, or may have been, although the restored database does not know of it.

    ``place`` is the keyed hash of an address's identity, "" for any; ``mark`` that of the letter's content.
    """

    __tablename__ = "said_before"

    key: str = Field(primary_key=True)
    place: str = Field(primary_key=True, max_length=32)
    mark: str = Field(primary_key=True, max_length=32)
    said: HowSaid = Field(sa_type=words(HowSaid, "said"))
    message_id: str = ""  # of the message that said it


class Purpose(StrEnum):
    """What a database is for; an office's own says nothing."""

    TEST = "test"  # a copy to try things on: it never sends, whatever happens
    OWN_TIME = "own-time"  # made to be given its time: it sends as an office's does
