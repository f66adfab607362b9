"""The last look before publishing, on the terminal."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from flows.actions.documents.last_look import BodyAhead, LastLook
from flows.terminal.reading.cited_text import day_words
from rules.calendar.recurrence_words import in_words
from rules.deadlines.wording import until
from rules.draft import Mark

_ASIDES = {Mark.ORIENTATION: "câu định hướng", Mark.NO_TASK: "câu không giao việc"}


def look_lines(look: LastLook) -> list[str]:
    """What is worth knowing before who gets what, a sentence a line."""
    earliest, standing = look.earliest, look.standing_rules
    due = (
        f"{until(earliest.due_on)} (chỉ đạo số {earliest.directive})"
        if earliest and earliest.due_on
        else "không nhiệm vụ nào có thời hạn"
    )
    ahead = f", sau ngày phát hành {look.days_ahead} ngày" if look.days_ahead > 0 else ""
    lines = [
        f"Ngày ban hành: {day_words(look.dated_on)}{ahead}.",
        f"Giao {len(look.tasks)} nhiệm vụ, {look.letters} thư tới {len(look.bodies)} cơ quan"
        + (f"; {standing} quy định chung." if standing else "."),
        f"Thời hạn sớm nhất: {due}.",
    ]
    lines += [f"Được giao khi thời hạn đã qua: {look.over} nhiệm vụ."] if look.over else []
    lines += [f"Chỉ đạo số {one} và số {two} giống nhau, cùng cơ quan chủ trì." for one, two in look.twins]
    lines += [f"Chưa có địa chỉ nhận thư: {'; '.join(look.unreachable)}."] if look.unreachable else []
    lines += [f"Cần xác nhận: {question.problem}" for question in look.questions]
    asides = [f"{count} {_ASIDES[mark]}" for mark, count in look.asides.items()]
    return lines + ([f"Không thành nhiệm vụ: {', '.join(asides)}."] if asides else [])


def bodies_table(bodies: Sequence[BodyAhead]) -> Table:
    """Each body with its tasks, their deadlines, and its letters."""
    table = Table(show_header=False, show_edge=False, box=None, expand=True, padding=(0, 2, 0, 0))
    table.add_column(ratio=4)
    table.add_column(ratio=7)
    table.add_column(width=7, justify="right", style="dim")
    for body in bodies:
        name = Text(body.name) if body.reachable else Text(f"{body.name} (chưa có địa chỉ)", style="yellow")
        table.add_row(name, Text("\n".join(_content(body))), f"{body.letters} thư")
    return table


def _content(body: BodyAhead) -> list[str]:
    lines = []
    for task in body.tasks:
        words = [in_words(task.rule).lower()] if task.rule else []
        words += [until(task.due_on)] if task.due_on else []
        words += ["đã qua"] if task.over else []
        lines.append(f"chỉ đạo số {task.directive}: {', '.join(words) or 'không thời hạn'}")
    if body.helps:
        lines.append(f"phối hợp chỉ đạo số {', '.join(map(str, body.helps))}")
    return lines
