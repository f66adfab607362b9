"""The committee's meetings are planned, moved and cancelled; the digest goes out ahead of them.

Nothing is sent from here: ``flows/actions/follow_up/digest.py`` asks each day which meetings lie ahead.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from config.act import Act
from config.clock import office_time
from flows.actions.ask_office import ask_office
from models.database.columns import MOST_ID
from models.db import one_at_a_time, unit_of_work
from models.tables.meetings import Meeting
from models.trail.deeds import did
from notifications.letters.kit.filters import one_line
from rules.refusal import NotAllowed, NotFound
from rules.trail.words import TrailNoun

MOST_CHARACTERS = 200
MOST_DAYS_AHEAD = 731  # two years: a later day is a slip of the keyboard


def plan_meeting(engine: Engine, held_on: date, title: str, act: Act) -> int:
    """Enter a meeting; returns its number. The year of ``held_on`` needs no calendar file.

    Raises NotAllowed for a day that is over or too far off, an empty or endless title, and for a
    second meeting of that title on that day; then nothing has changed.
    """
    said = _title(title)
    _check_day(held_on, act.today)
    with unit_of_work(engine) as session:
        ask_office(session, "Ghi lịch họp", act)
        one_at_a_time(session, "meetings")
        _refuse_twin(session, held_on, said)
        meeting = Meeting(held_on=held_on, title=said, entered_at=act.now)
        session.add(meeting)
        session.flush()
        assert meeting.id is not None
        did(session, act, TrailNoun.MEETING, meeting.id, "planned")
        return meeting.id


def move_meeting(engine: Engine, meeting_id: int, held_on: date, act: Act) -> Meeting:
    """Put a meeting that has not been held off, or earlier; the same day again changes nothing.

    Raises NotFound, NotAllowed; then nothing has changed.
    """
    _check_day(held_on, act.today)
    with unit_of_work(engine) as session:
        one_at_a_time(session, "meetings")
        meeting = _to_come(session, meeting_id, act)
        if held_on != meeting.held_on:
            _refuse_twin(session, held_on, meeting.title)
            meeting.held_on = held_on
            did(session, act, TrailNoun.MEETING, meeting_id, "moved")
        return meeting


def cancel_meeting(engine: Engine, meeting_id: int, act: Act) -> Meeting:
    """Cancel a meeting that has not been held; its row stays. Raises NotFound, NotAllowed."""
    with unit_of_work(engine) as session:
        one_at_a_time(session, "meetings")
        meeting = _to_come(session, meeting_id, act)
        meeting.cancelled_at = act.now
        did(session, act, TrailNoun.MEETING, meeting_id, "cancelled")
        return meeting


def _title(typed: str) -> str:
    said = one_line(typed)
    if not said:
        raise NotAllowed("Hãy ghi nội dung cuộc họp, ví dụ: Họp Ban Chỉ đạo quý IV.")
    if len(said) > MOST_CHARACTERS:
        raise NotAllowed(f"Nội dung cuộc họp dài {len(said)} ký tự, tối đa {MOST_CHARACTERS}.")
    return said


def _check_day(held_on: date, today: date) -> None:
    if held_on < today:
        raise NotAllowed(f"Ngày họp {held_on:%d/%m/%Y} đã qua (hôm nay là ngày {today:%d/%m/%Y}).")
    if (held_on - today).days > MOST_DAYS_AHEAD:
        raise NotAllowed(f"Ngày họp {held_on:%d/%m/%Y} cách hôm nay hơn hai năm; hãy kiểm tra lại năm.")


def _refuse_twin(session: Session, held_on: date, title: str) -> None:
    """Upper and lower case make no other meeting."""
    query = sa.select(Meeting).where(Meeting.cancelled_at.is_(None), Meeting.held_on == held_on)
    for other in session.scalars(query):
        if other.title.casefold() == title.casefold():
            raise NotAllowed(f"Ngày {held_on:%d/%m/%Y} đã có cuộc họp «{other.title}» (số {other.id}).")


def _to_come(session: Session, meeting_id: int, act: Act) -> Meeting:
    """Read after the lock, so of two who change the same meeting the second sees what the first did.

    Raises NotFound, NotAllowed.
    """
    ask_office(session, "Ghi lịch họp", act)
    meeting = session.get(Meeting, meeting_id) if meeting_id <= MOST_ID else None
    if meeting is None:
        raise NotFound(f"Không có cuộc họp số {meeting_id}.")
    if meeting.cancelled_at is not None:
        when = f"{office_time(meeting.cancelled_at):%H:%M ngày %d/%m/%Y}"
        raise NotAllowed(f"Cuộc họp số {meeting_id} («{meeting.title}») đã hủy lúc {when}.")
    if meeting.held_on < act.today:
        raise NotAllowed(f"Cuộc họp số {meeting_id} đã diễn ra ngày {meeting.held_on:%d/%m/%Y}.")
    return meeting
