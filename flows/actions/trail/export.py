"""The trail leaves the house as a file: a row of its own, then all rows that were asked for, newest first."""

from collections.abc import Iterator

from sqlalchemy.engine import Engine

from config.act import Act
from flows.actions.trail.note import Noted, note
from models.db import reading, unit_of_work
from models.trail.listing import Seen, TrailFilter, TrailLine, newest_row, trail_lines
from rules.trail.words import TrailNoun, TrailWhat

_PORTION = 1_000  # rows read at once; no transaction is open while they travel


def export_trail(engine: Engine, wanted: TrailFilter, seen: Seen, act: Act) -> Iterator[TrailLine]:
    """Note the export, and give the rows that were there before it, as they are asked for.

    ``seen``: as ``trail_lines`` has it.
    """
    with unit_of_work(engine) as session:
        newest = newest_row(session)
        asked = {name: str(value) for name in wanted.__slots__ if (value := getattr(wanted, name))}
        note(session, Noted(TrailWhat.EXPORT, TrailNoun.TRAIL, data={"asked": {**asked}}), act)
    return _rows(engine, wanted, seen, newest)


def _rows(engine: Engine, wanted: TrailFilter, seen: Seen, newest: int) -> Iterator[TrailLine]:
    last: int | None = None
    while True:
        with reading(engine) as session:
            some = trail_lines(session, wanted, seen, last, _PORTION)
        if not some:
            return
        yield from (line for line in some if line.id <= newest)
        last = some[-1].id
