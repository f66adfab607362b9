"""What every pass does for the trail besides its own work: settings, policy and calendar that changed, its
letters, the seals.
"""

import json
import logging
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from pydantic import JsonValue, SecretStr
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.settings import Settings
from flows.actions.trail.note import Noted, note
from flows.actions.trail.policy import note_office
from flows.actions.trail.seal import seal
from models.db import one_at_a_time, reading, unit_of_work
from models.trail.deeds import did_to_many
from models.trail.rows import TrailRow
from models.trail.write import Signer, write
from notifications.delivery.account import DeliveryReport
from notifications.witness.book import machine_name
from rules.trail.words import TrailNoun, TrailWhat
from rules.vocabulary import Actor, Way

_logger = logging.getLogger(__name__)
_LONGEST = 12  # hex digits of a setting's own digest: enough to see that it is another


def keep_trail(engine: Engine, act: Act, settings: Settings) -> None:
    """Note what is other than at the last pass (settings, policy, calendar), and seal what has no seal."""
    _note_settings(engine, act, settings)
    note_office(engine, act)
    seal(engine, act.now)


def note_delivery(engine: Engine, act: Act, report: DeliveryReport) -> None:
    """One row for a delivery pass, by what became of its messages; none if nothing was done.

    A pass whose database went away on the way has told that it ended early; that its row cannot be
    written either is no second trouble: each message itself says what became of it.
    """
    if not (report.by_state or report.interrupted):
        return
    try:
        _write_delivery(engine, act, report)
    except sa.exc.OperationalError:
        if not report.lost:
            raise
        _logger.warning("The trail has no row of this delivery pass: the database is away.")


def _write_delivery(engine: Engine, act: Act, report: DeliveryReport) -> None:
    with unit_of_work(engine) as session:
        for state, count in report.by_state.items():
            did_to_many(session, act, TrailNoun.MESSAGE, (), str(state), count)
        did_to_many(session, act, TrailNoun.MESSAGE, (), "interrupted", report.interrupted)
        did_to_many(session, act, TrailNoun.MESSAGE, report.settled, "settled")


def note_backup(engine: Engine, now: datetime) -> None:
    """All that the database holds was written into a file, which does not have this row."""
    with unit_of_work(engine) as session:
        noted = Noted(TrailWhat.EXPORT, TrailNoun.DATABASE, data={"did": {"database.backed_up": 1}})
        write(session, noted, now, Signer(Actor.SECRETARIAT, Way.TERMINAL))


def _note_settings(engine: Engine, act: Act, settings: Settings) -> None:
    """The first pass of all notes them too; of a setting only the name and a short digest are told.

    Each machine has settings of its own, and is compared with its own last row: two that differ for good
    would otherwise note each other's with every pass. Of two passes at once one writes the row.
    """
    told, machine = digests_of(settings), machine_name()
    with reading(engine) as session:
        if _last(session, machine) == told:
            return
    with unit_of_work(engine) as session:
        one_at_a_time(session, "trail-settings")
        before = _last(session, machine)
        changed = sorted(name for name in {*before, *told} if before.get(name) != told.get(name))
        if changed:
            data: dict[str, JsonValue] = {"settings": {**told}, "changed": [*changed] if before else []}
            note(session, Noted(TrailWhat.SETTINGS, TrailNoun.SETTINGS, machine, data=data), act)


def digests_of(settings: Settings) -> dict[str, str]:
    """A short digest of each setting that is no secret; of a secret only whether it is given."""
    return {name: _digest(value) for name, value in settings if name != "database_url"}


def _digest(value: object) -> str:
    if isinstance(value, SecretStr):
        return "given"
    return sha256(json.dumps(value, default=str).encode()).hexdigest()[:_LONGEST]


def _last(session: Session, machine: str) -> dict[str, str]:
    ours = TrailRow.noun == TrailNoun.SETTINGS, TrailRow.noun_key.in_((machine, ""))  # "": of before
    newest = sa.select(TrailRow.data).where(TrailRow.what == TrailWhat.SETTINGS, *ours)
    found = session.scalar(newest.order_by(TrailRow.happened_at.desc(), TrailRow.id.desc()).limit(1))
    known = found.get("settings") if found else None
    return {name: str(value) for name, value in known.items()} if isinstance(known, dict) else {}
