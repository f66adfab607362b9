"""``dondoc meeting``: what is planned, moved and cancelled, and on which day its digest goes out."""

from datetime import date, datetime

from rich import box
from rich.table import Table
from rich.text import Text
from sqlalchemy.engine import Engine

from config.clock import office_day, office_time
from config.office import Office
from flows.actions.committee.meetings import cancel_meeting, move_meeting, plan_meeting
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.terminal.acting import terminal_act, told_office
from flows.terminal.commands import console
from models.committee.meetings_listed import MeetingListed, meetings_from, meetings_gone
from models.db import reading
from rules.follow_up.digest_days import digest_day, provisional_digest_day

GONE_SHOWN = 10


def add_one(held_on: date, title: str) -> None:
    """Plan a meeting at the present instant of the database. Raises Refusal."""
    engine, office = _opened()
    number = plan_meeting(engine, held_on, title, terminal_act(present(engine)))
    _say(f"Đã ghi cuộc họp số {number}, ngày {held_on:%d/%m/%Y}; {_digest_words(held_on, office)}.")


def move_one(number: int, held_on: date) -> None:
    """Put a meeting on another day. Raises Refusal."""
    engine, office = _opened()
    meeting = move_meeting(engine, number, held_on, terminal_act(present(engine)))
    when = f"ngày {held_on:%d/%m/%Y}; {_digest_words(held_on, office)}"
    _say(f"Cuộc họp số {number} («{meeting.title}») nay là {when}.")


def cancel_one(number: int) -> None:
    """Cancel a meeting. Raises Refusal."""
    engine, _ = _opened()
    meeting = cancel_meeting(engine, number, terminal_act(present(engine)))
    _say(f"Đã hủy cuộc họp số {number}, ngày {meeting.held_on:%d/%m/%Y} («{meeting.title}»).")


def show_meetings() -> None:
    """What is to come, then the last of what is over or cancelled."""
    engine, office = _opened()
    today = office_day(present(engine))
    with reading(engine) as session:
        coming, gone = meetings_from(session, today), meetings_gone(session, today, GONE_SHOWN)
        if not coming and not gone:
            console.print("Chưa ghi cuộc họp nào.")
            return
        console.print(meetings_view(coming, gone, office))


def meetings_view(coming: list[MeetingListed], gone: list[MeetingListed], office: Office) -> Table:
    """A row a meeting: number, day, title, and when its digest goes out or what became of it."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Số", "Ngày họp", "Nội dung", "Báo cáo"):
        table.add_column(heading, overflow="fold")
    for row in coming:
        table.add_row(str(row.id), f"{row.held_on:%d/%m/%Y}", Text(row.title), _short(row.held_on, office))
    for row in gone:
        state = f"đã hủy lúc {_moment(row.cancelled_at)}" if row.cancelled_at else "đã họp"
        table.add_row(str(row.id), f"{row.held_on:%d/%m/%Y}", Text(row.title), state, style="dim")
    return table


def _opened() -> tuple[Engine, Office]:
    return office_database(), told_office()


def _say(words: str) -> None:
    console.print(words, markup=False)


def _digest_words(held_on: date, office: Office) -> str:
    return f"báo cáo gửi ngày {_short(held_on, office)}"


def _short(held_on: date, office: Office) -> str:
    before = office.policy.digest.before_meeting_working_days
    guessed = ", tạm tính" if provisional_digest_day(held_on, before, office.calendar) else ""
    return f"{digest_day(held_on, before, office.calendar):%d/%m/%Y}{guessed}"


def _moment(instant: datetime) -> str:
    return f"{office_time(instant):%H:%M %d/%m/%Y}"
