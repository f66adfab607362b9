"""``dondoc person absence``: who is absent, who stands in, and what ends early."""

from datetime import date

from rich import box
from rich.table import Table
from rich.text import Text

from config.clock import office_day
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.actions.people.absences import NewAbsence, end_absence, say_absent
from flows.terminal.acting import terminal_act
from flows.terminal.commands import console
from flows.terminal.people.persons import say
from models.db import reading
from models.people.held.persons import absences_from


def say_one(person: int, deputy: int, first: date, last: date, seat: int | None, note: str) -> None:
    """Record an absence. Raises Refusal."""
    engine = office_database()
    new = NewAbsence(person, deputy, first, last, seat, note)
    number = say_absent(engine, new, terminal_act(present(engine)))
    say(f"Đã ghi lần vắng mặt số {number}, {new.days}.")


def end_one(absence: int, last: date | None) -> None:
    """End an absence early, today by default. Raises Refusal."""
    engine = office_database()
    act = terminal_act(present(engine))
    end_absence(engine, absence, last or act.today, act)
    say(f"Lần vắng mặt số {absence} kết thúc hết ngày {last or act.today:%d/%m/%Y}.")


def show_coming() -> None:
    """What runs today and what comes."""
    engine = office_database()
    with reading(engine) as session:
        found = absences_from(session, office_day(present(engine)))
    if not found:
        console.print("Không có ai vắng mặt.")
        return
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Số", "Vắng mặt", "Được ủy quyền thay", "Thời gian", "Vị trí", "Ghi chú"):
        table.add_column(heading, overflow="fold")
    for row in found:
        days = f"{row.days} (CHÚ Ý: {row.idle})" if row.idle else str(row.days)
        seat = "mọi vị trí" if row.seat is None else f"số {row.seat}"
        names = (Text(row.name), Text(row.deputy_name))
        table.add_row(str(row.id), *names, Text(days), seat, Text(row.note))
    console.print(table)
