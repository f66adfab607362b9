"""``dondoc read``: a draft on the terminal that a person likes to read, or the JSON contract."""

import json
import sys
from datetime import date
from pathlib import Path

from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from flows.terminal.commands import parse_day, read_bytes
from flows.terminal.reading_progress import shown_progress
from rules.draft import Draft, DraftDirective, DraftDue, DueKind, Party
from rules.recurrence_words import in_words
from rules.registry import Registry


def read_file(file: Path, as_of: str | None, as_json: bool, with_database: bool = False) -> None:
    """Read ``file`` with the shipped register, or with that of the office's database. Raises Refusal."""
    from flows.actions.draft_file import draft_to_json
    from flows.actions.first_reading import first_reading_json
    from flows.actions.read_conclusion import read_conclusion

    day = None if as_of is None else parse_day(as_of)
    registry = _office_registry() if with_database else _shipped_registry()
    with shown_progress() as progress:
        draft = read_conclusion(file.name, read_bytes(file), registry, day, progress=progress)
    if as_json:
        value = draft_to_json(draft, registry) | {"first_reading": first_reading_json(draft.directives)}
        json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    Console(highlight=False).print(draft_view(draft, registry))


def _shipped_registry() -> Registry:
    """No database is touched."""
    from config.agencies import load_register

    return Registry(load_register().bodies)


def _office_registry() -> Registry:
    """The register as imported, with the names that the secretariat confirmed."""
    from flows.actions.office import office_database
    from models.db import reading
    from models.register import load_registry

    with reading(office_database()) as session:
        return load_registry(session)


def draft_view(draft: Draft, registry: Registry) -> Group:
    """The whole draft: what it is, each directive, and what is doubtful."""
    parts: list[Panel | Rule | Table | Text] = [_heading(draft)]
    for number, directive in enumerate(draft.directives, start=1):
        parts.append(_directive(number, directive, registry))
    doubtful = sum(1 for directive in draft.directives if directive.doubts)
    summary = f"{len(draft.directives)} chỉ đạo, {doubtful} chỉ đạo cần xem lại."
    parts.append(Rule(Text(summary, style="bold"), align="left", style="dim"))
    return Group(*parts)


def _heading(draft: Draft) -> Panel:
    document = draft.document
    facts = Table.grid(padding=(0, 2))
    facts.add_row("Số", Text(document.number or "không ghi"))
    facts.add_row("Ngày", Text(_day(document.date) or "KHÔNG RÕ: dùng --as-of"))
    facts.add_row("Cơ quan ban hành", Text(document.issuer or "không ghi"))
    for doubt in draft.doubts:
        facts.add_row("Nghi vấn", Text(doubt.message, style="bold yellow"))
    title = Text(document.title or "Kết luận", style="bold")
    return Panel(facts, title=title, title_align="left", border_style="cyan")


def _directive(number: int, directive: DraftDirective, registry: Registry) -> Table:
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=4, justify="right", style="bold cyan")
    grid.add_column(width=10, style="dim")
    grid.add_column(ratio=1)
    grid.add_row(f"{number}.", "", Text(" ".join(directive.text.split())))
    grid.add_row("", "Chủ trì", _parties(directive.lead, registry, "CHƯA RÕ"))
    if directive.cooperate:
        grid.add_row("", "Phối hợp", _parties(directive.cooperate, registry, ""))
    grid.add_row("", "Thời hạn", due_text(directive.due))
    if directive.report_to:
        grid.add_row("", "Báo cáo", _parties(directive.report_to, registry, ""))
    if directive.escalation:
        what = "quy định chung, không giao việc" if directive.standing_rule else "việc vượt thẩm quyền"
        grid.add_row("", "Cấp trên", Text(what, style="magenta"))
    for doubt in directive.doubts:
        choices = f" ({'; '.join(doubt.candidates)})" if doubt.candidates else ""
        grid.add_row("", "Nghi vấn", Text("? " + doubt.message + choices, style="bold yellow"))
    grid.add_row("", "", "")
    return grid


def _parties(parties: tuple[Party, ...], registry: Registry, empty: str) -> Text:
    if not parties:
        return Text(empty, style="bold red")
    names = [registry.get(p.body_id).name if p.body_id else f"«{p.phrase}» (chưa rõ)" for p in parties]
    return Text("; ".join(names), style="green")


def due_text(due: DraftDue) -> Text:
    """The deadline, the words that it was read from, and what is inexact about it."""
    if due.kind is DueKind.DATE:
        main = Text(_day(due.date) or "chưa tính được", style="bold")
    elif due.kind is DueKind.RECURRING:
        main = Text(in_words(due.rule or ""), style="bold")
    else:
        main = Text("không thời hạn", style="dim")
    notes = [f"«{' '.join(due.phrase.split())}»"] if due.phrase else []
    notes += ["gần đúng"] if due.approximate else []
    notes += [f"tính từ: {due.event}"] if due.event else []
    return main.append(f"  {', '.join(notes)}", style="dim") if notes else main


def _day(day: date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None
