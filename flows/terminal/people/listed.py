"""``dondoc person list``: persons with the seats that they hold and will hold."""

from rich import box
from rich.table import Table
from rich.text import Text

from config.clock import office_day
from flows.actions.installation.instant import present
from flows.actions.office import office_database
from flows.terminal.commands import console
from models.db import reading
from models.people.held.persons import PersonListed, SeatShown, person_list
from models.people.register import load_registry
from rules.people.held.people_lines import body_typed


def show_persons(body: str | None) -> None:
    """All persons, or those of one body. Raises Refusal."""
    engine = office_database()
    today = office_day(present(engine))
    with reading(engine) as session:
        where = body_typed(body, load_registry(session), today) if body else None
        found = person_list(session, today, where)
    if not found:
        console.print("Chưa có người sử dụng nào.")
        return
    console.print(persons_view(found))


def persons_view(found: list[PersonListed]) -> Table:
    """A row a person, a line a seat."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Số", "Họ tên", "Thư điện tử", "Điện thoại", "Vị trí"):
        table.add_column(heading, overflow="fold")
    for row in found:
        name = row.name if row.active else f"{row.name} (đã ngừng)"
        seats = "\n".join(seat_words(seat) for seat in row.seats)
        cells = (Text(name), Text(row.email or ""), Text(row.phone or ""), Text(seats))
        table.add_row(str(row.id), *cells, style="" if row.active else "dim")
    return table


def seat_words(seat: SeatShown) -> str:
    """ "số 3: Văn thư, Sở Tài chính, từ ngày ..."."""
    said = ", ".join(filter(None, (f"số {seat.id}: {seat.words}", str(seat.days))))
    return f"{said} (CHÚ Ý: {seat.outside})" if seat.outside else said
