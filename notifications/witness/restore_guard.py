"""No letter leaves a database that was set back, or copied; and each is written down before it leaves.

A delivery pass opens the guard once, as one worker. The order that ``docs/decisions/0009`` proves:
``counted`` inside the transaction of a claim, ``note`` after its commit, then the I/O, then ``settled``,
then the transaction that settles.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.settings import Settings
from models.database.swap import touched
from models.db import unit_of_work
from models.installation.fingerprint import is_trial
from models.installation.restores import SaidBefore, WitnessStream
from notifications.outbox.carried import Carried
from notifications.witness.book import Scribe, mark_of, place_of, root_of
from notifications.witness.said_before import Doubts, said_of
from notifications.witness.standing import UNREADABLE, WitnessStanding, witness_standing
from rules.installation.machine_troubles import system_words
from rules.letter_words import OutcomeClass
from rules.refusal import Refusal

_UNWRITTEN = "Không gửi thư: không ghi được sổ chứng trong {folder} ({why})."


class Halted(Refusal):
    """No letter leaves; the message says why and what to do."""


class Unwitnessed(Halted):
    """A message could not be written down, so it must not leave; nothing of it has left."""


@dataclass(slots=True)
class Guard:
    """The guard of one pass of one worker. ``notes`` are Vietnamese lines for its report."""

    notes: tuple[str, ...] = ()
    _secret: str = ""
    _here: str = ""
    _scribe: Scribe | None = None  # None: a trial, of which nothing leaves and nothing is kept
    _doubts: Doubts | None = None  # None: this database was never restored

    def counted(self, session: Session, now: datetime) -> None:
        """Let the database know of the entry that follows, in the transaction of its claim."""
        if self._scribe is None:
            return
        try:
            scribe = self._scribe.begin()
        except OSError as error:
            raise self._unwritten(error) from None
        row = {
            "host": scribe.witness.host,
            "worker": scribe.worker,
            "noted": scribe.last + 1,
            "noted_at": now,
        }
        connection = session.connection()
        if not touched(connection, _counting(), {f"the_{name}": value for name, value in row.items()}):
            connection.execute(sa.insert(WitnessStream), {**row, "fingerprint": self._here})

    def note(self, message_id: str, identity: str, letters: Sequence[Carried], now: datetime) -> None:
        """Write down, on the disk, that a claimed message leaves now. Raises Unwitnessed."""
        if self._scribe is None:
            return
        marks = {letter.key: mark_of(self._secret, letter) for letter in letters}
        try:
            self._scribe.enter(message_id, place_of(self._secret, identity), marks, now)
        except OSError as error:
            raise self._unwritten(error) from None

    def settled(self, message_id: str, kind: OutcomeClass) -> None:
        """Write down what became of it; without this line a restore finds it in doubt."""
        if self._scribe is not None:
            with suppress(OSError):
                self._scribe.settle(message_id, kind.value)

    def said(self, session: Session, letters: Sequence[Carried], contact_id: int) -> dict[str, SaidBefore]:
        """By key, which of a message's letters its reader was told before a restore, or may have been."""
        if self._doubts is None:
            return {}
        return said_of(session, self._doubts, letters, contact_id)

    def close(self) -> None:
        """Let go of the witness."""
        if self._scribe is not None:
            self._scribe.close()

    def __enter__(self) -> "Guard":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _unwritten(self, error: OSError) -> Unwitnessed:
        assert self._scribe is not None
        folder = self._scribe.witness.root
        return Unwitnessed(_UNWRITTEN.format(folder=folder, why=system_words(error)))


def open_guard(engine: Engine, settings: Settings, now: datetime) -> Guard:
    """The guard of a pass, which must be a worker already (``models/installation/workers.py``).

    Writes only what it finds changed: that the database lies elsewhere and is whole, or was set back.
    Raises Halted where no letter may leave.
    """
    if is_trial(engine):
        return Guard()
    try:
        found = witness_standing(engine, settings)
        _make_known(engine, found, now)
        if found.halted:
            raise Halted(found.halted)
        return _opened(engine, found)
    except OSError as error:
        folder = root_of(engine, settings)
        raise Halted(UNREADABLE.format(folder=folder, why=system_words(error))) from None


def remember_place(engine: Engine, settings: Settings, now: datetime) -> None:
    """Let a database that has never delivered know where it lies, so that a copy of it is told from it.

    Raises Halted when the witness's folder cannot be used.
    """
    try:
        found = witness_standing(engine, settings)
        if found.known or found.at_hand or found.halted:
            return
        host = found.witness.settle_here()
    except OSError as error:
        folder = root_of(engine, settings)
        raise Halted(UNREADABLE.format(folder=folder, why=system_words(error))) from None
    with unit_of_work(engine) as session:
        session.merge(WitnessStream(host=host, worker=0, noted_at=now, fingerprint=found.here))


def halted_reason(engine: Engine, settings: Settings) -> str | None:
    """Why no letter leaves, as far as it can be seen from here; None: they leave. Only reads."""
    if is_trial(engine):
        return None
    try:
        return witness_standing(engine, settings).halted
    except OSError:  # the pages may run under an account that must not read the witness
        return None


def _make_known(engine: Engine, found: WitnessStanding, now: datetime) -> None:
    rows, mine = WitnessStream, WitnessStream.host == found.witness.host
    changes = []
    if found.confirms:
        at_hand = sa.update(rows).where(rows.host.in_(found.confirms))
        changes.append(at_hand.values(fingerprint=found.here, ahead_since=None))
    flagged = any(
        row.ahead_since is not None for row in found.known.values() if row.host == found.witness.host
    )
    if found.ahead and not flagged and not found.declared:
        changes.append(sa.update(rows).where(mine).values(ahead_since=now))
    elif flagged and not found.ahead:
        changes.append(sa.update(rows).where(mine).values(ahead_since=None))
    if changes:
        with unit_of_work(engine) as session:
            for change in changes:
                session.execute(change)


def _opened(engine: Engine, found: WitnessStanding) -> Guard:
    doubts = Doubts.of(engine, found.secret) if found.restored else None
    return Guard(found.notes, found.secret, found.here, Scribe(found.witness), doubts)


@cache
def _counting() -> sa.Update:
    table = WitnessStream.__table__  # type: ignore[attr-defined]
    given: dict[str, sa.BindParameter[Any]] = {
        name: sa.bindparam(f"the_{name}", type_=table.c[name].type)
        for name in ("host", "worker", "noted", "noted_at")
    }
    return (
        sa.update(table)
        .where(table.c.host == given["host"], table.c.worker == given["worker"])
        .values(noted=given["noted"], noted_at=given["noted_at"])
    )
