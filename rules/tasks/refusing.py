"""Until when a body may say that a task is not its own.

Source: design of follow-up, "Two axes": refused by the addressee, within 2 working days, with the
reason. The number is a setting (``refusal.within_working_days``), to be confirmed by the office.
"""

from datetime import date

from rules.calendar.workdays import WorkCalendar
from rules.refusal import NotAllowed


def last_day_to_refuse(assigned_on: date, within_working_days: int, calendar: WorkCalendar) -> date:
    """The last day on which a task may be refused; the day of assignment itself does not count.

    Raises NoCalendar for a year without data.
    """
    return calendar.add(assigned_on, within_working_days)


def check_refusal(assigned_on: date, today: date, within_working_days: int, calendar: WorkCalendar) -> None:
    """Raises NotAllowed when the days have passed. Being given it once more opens no new days."""
    closed = why_no_refusal(assigned_on, today, within_working_days, calendar)
    if closed:
        raise NotAllowed(closed)


def why_no_refusal(assigned_on: date, today: date, within_working_days: int, calendar: WorkCalendar) -> str:
    """Why a task cannot be refused any more, and what can be done instead; "" if it can.

    Raises NoCalendar for a year without data.
    """
    last = last_day_to_refuse(assigned_on, within_working_days, calendar)
    if today <= last:
        return ""
    return (
        f"Chỉ được từ chối trong {within_working_days} ngày làm việc kể từ ngày giao, "
        f"đến hết ngày {last:%d/%m/%Y}; nay hãy báo cáo, đề nghị gia hạn nếu còn thời hạn, "
        "hoặc trình vượt thẩm quyền."
    )
