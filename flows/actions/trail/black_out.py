"""Names of a year that is over are taken out of the trail; the chain still holds, and a row says so."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import OFFICE_ZONE
from flows.actions.doors.trail_name import blank_names
from flows.actions.trail.note import Noted, note
from models.db import one_at_a_time, unit_of_work
from models.trail.rows import TrailName, TrailRow
from rules.refusal import NotAllowed
from rules.trail.words import TrailNoun, TrailWhat


def names_of_year(session: Session, year: int) -> int:
    """How many rows of ``year`` still tell of somebody in words."""
    said = sa.select(sa.func.count()).select_from(TrailName).where(TrailName.said.is_not(None))
    return session.scalar(said.where(TrailName.trail_id.in_(_rows_of(year)))) or 0


def black_out(engine: Engine, year: int, act: Act) -> int:
    """Take the names and their salts out of the rows of ``year``; returns of how many.

    Without its salt nobody can try which name a digest belongs to. Raises NotAllowed for a year that is not
    over, and where there is nothing to take out.
    """
    if year >= act.today.year:
        raise NotAllowed(f"Năm {year} chưa kết thúc; chỉ xóa tên của năm đã qua.")
    with unit_of_work(engine) as session:
        one_at_a_time(session, "trail-black-out")
        done = blank_names(session, _rows_of(year))
        if not done:
            raise NotAllowed(f"Nhật ký năm {year} không còn tên nào để xóa.")
        note(session, Noted(TrailWhat.BLACKED_OUT, TrailNoun.TRAIL, year, data={"names": done}), act)
        return done


def _rows_of(year: int) -> sa.Select[Any]:
    first, after = (datetime.combine(date(one, 1, 1), time(), OFFICE_ZONE) for one in (year, year + 1))
    return sa.select(TrailRow.id).where(TrailRow.happened_at >= first, TrailRow.happened_at < after)
