"""What the demo shows: the reading before the story, and after it what came of it."""

import sqlalchemy as sa
from rich.console import Console
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text
from sqlmodel import Session

from flows.demo.stage import Stage
from flows.terminal.follow_up.digest_view import digest_view
from flows.terminal.reading.draft_view import draft_view
from models.db import reading
from models.facts import code_of
from models.tables.agencies import Agency, Contact
from models.tables.cases import EscalationCase, EscalationStep
from models.tables.outbox import MessageLetter, OutboxLetter, OutboxMessage
from models.tables.tasks import Task, Urging
from notifications.channels.frame.addresses import channel_label
from rules.draft import Draft
from rules.facts import Digest
from rules.letter_words import MessageState
from rules.outbox.payloads.keys import LetterKind
from rules.people.registry import Registry


def show_reading(console: Console, draft: Draft, registry: Registry) -> None:
    """What was read, as ``dondoc read`` shows it."""
    console.print(draft_view(draft, registry))


def show_epilogue(console: Console, on: Stage, digest: Digest | None) -> None:
    """Assigned, reminded, urged, escalated, decided, delivered, and the leadership digest."""
    with reading(on.engine) as session:
        _chapter(console, "4. Đã giao cho ai")
        console.print(_addressees(session))
        _chapter(console, "5. Một thư nhắc việc gộp và một lần đôn đốc")
        for text in (_bundle(session), _urgings(session)):
            console.print(text)
        _chapter(console, "6. Việc vượt thẩm quyền: đi lên và trở về")
        console.print(_escalations(session))
        _chapter(console, "7. Thư đã gửi, đã lưu vào thư mục")
        console.print(_delivery(session))
        console.print(f"Các thư nằm ở: {on.letters}", style="dim", markup=False)
    _chapter(console, "8. Một báo cáo lãnh đạo trong năm")
    console.print(digest_view(digest) if digest else Text("Chưa đến ngày báo cáo."))


def _chapter(console: Console, title: str) -> None:
    console.print(Rule(Text(title, style="bold cyan"), align="left", style="cyan"))


def _addressees(session: Session) -> Table:
    kinds = {
        "Sở, ngành, cơ quan": Agency.kind.not_in(["cap-huyen", "thanh-vien"]),
        "UBND cấp huyện": Agency.kind == "cap-huyen",
        "Thành viên Ban Chỉ đạo": Agency.kind == "thanh-vien",
    }
    table = Table("Đối tượng", "Nhiệm vụ", "Cơ quan", "Ví dụ", box=None, header_style="bold")
    for label, condition in kinds.items():
        query = sa.select(Task, Agency.name).join(Agency, Agency.id == Task.agency_id).where(condition)
        rows = list(session.execute(query.order_by(Task.id)))
        example = f"{code_of(rows[0][0].id)} {rows[0][1]}: {rows[0][0].title}" if rows else ""
        names = {name for _, name in rows}
        table.add_row(
            label, str(len(rows)), str(len(names)), Text(example, overflow="ellipsis", no_wrap=True)
        )
    return table


def _bundle(session: Session) -> Panel | Text:
    """The morning message that carried the most letters; a line if there was none yet."""
    query = (
        sa.select(OutboxMessage.id)
        .join(MessageLetter, MessageLetter.message_id == OutboxMessage.id)
        .join(OutboxLetter, OutboxLetter.id == MessageLetter.letter_id)
        .where(OutboxMessage.bundle.endswith(":morning"))
        .group_by(OutboxMessage.id)
        .order_by(sa.func.count().desc(), OutboxMessage.id)
    )
    message_id = session.scalar(query.limit(1))
    if message_id is None:
        return Text("Chưa có thư buổi sáng nào.")
    message = session.get_one(OutboxMessage, message_id)
    letters = session.scalars(
        sa.select(OutboxLetter)
        .join(MessageLetter, MessageLetter.letter_id == OutboxLetter.id)
        .where(MessageLetter.message_id == message.id)
    ).all()
    reader = session.get_one(Contact, message.contact_id)
    when = message.settled_at or message.next_at
    kinds = ", ".join(sorted({letter.kind.label.lower() for letter in letters}))
    body = Text(f"{message.subject}\nGửi: {reader.label}, {channel_label(message.channel)}\n")
    body.append(f"Một thư gộp {len(letters)} nội dung ({kinds}), ngày {when:%d/%m/%Y}.")
    return Panel(body, title="Thư buổi sáng", title_align="left", border_style="green")


def _urgings(session: Session) -> Panel | Text:
    """The longest series of urgings, number by number; a line if there was none yet."""
    longest = (
        sa.select(Urging.task_id).group_by(Urging.task_id).order_by(sa.func.count().desc(), Urging.task_id)
    )
    task_id = session.scalar(longest.limit(1))
    if task_id is None:
        return Text("Chưa có lần đôn đốc nào.")
    rows = session.scalars(sa.select(Urging).where(Urging.task_id == task_id).order_by(Urging.number)).all()
    task = session.get_one(Task, task_id)
    name = session.get_one(Agency, task.agency_id).name
    body = Text(f"{code_of(task_id)} {name}\n{task.title}\n\n", style="")
    body.append("\n".join(f"Ngày {row.urged_on:%d/%m/%Y}: {row.text}" for row in rows[:6]))
    if len(rows) > 6:
        body.append(f"\n… và {len(rows) - 6} lần nữa")
    return Panel(body, title="Chuỗi đôn đốc dài nhất", title_align="left", border_style="yellow")


def _escalations(session: Session) -> Table:
    table = Table("Ngày", "Việc", "Cấp", "Nội dung", box=None, header_style="bold")
    query = sa.select(EscalationStep, EscalationCase).join(
        EscalationCase, EscalationCase.id == EscalationStep.case_id
    )
    for step, case in session.execute(query.order_by(EscalationStep.case_id, EscalationStep.seq)):
        note = step.note + (f" ({case.capacity})" if step.note == case.decision else "")
        table.add_row(
            f"{step.happened_on:%d/%m/%Y}", Text(step.kind.label), Text(step.rung.label), Text(note)
        )
    return table


def _delivery(session: Session) -> Table:
    """Messages by channel and state: what lies in a folder was saved, not sent."""
    table = Table("Kênh", "Trạng thái", "Số thư", box=None, header_style="bold")
    query = sa.select(OutboxMessage.channel, OutboxMessage.state, sa.func.count()).group_by(
        OutboxMessage.channel, OutboxMessage.state
    )
    for channel, state, count in session.execute(query.order_by(OutboxMessage.channel)):
        table.add_row(channel_label(channel), MessageState(state).label, str(count))
    missing = session.scalar(sa.select(sa.func.count()).where(OutboxLetter.kind == LetterKind.NO_CONTACT))
    table.add_row("Cơ quan chưa nhận được thư", "Đã báo Văn phòng", str(missing))
    return table
