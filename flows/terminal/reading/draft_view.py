"""A draft on the terminal: of each directive who and by when first, then its words, then what is doubtful.

Colour only repeats what words say: in the text green is who, cyan is when; yellow needs a look.
"""

from collections import Counter
from collections.abc import Iterator
from textwrap import shorten

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from flows.terminal.reading.cited_text import (
    QUOTED_PARTY,
    UNKNOWN_PARTY,
    cited,
    day_words,
    due_grounds,
    due_text,
)
from rules.documents.coverage import set_aside
from rules.documents.genres import GENRE_LABELS
from rules.draft import LEFT_OVER, Draft, DraftDirective, DraftDue, DueKind, Mark, Party
from rules.people.registry import Registry

_NUMBER, _LABEL, _DUE = 4, 9, 30
_LONGEST_TITLE = 240
_LONGEST_ASIDE = 90
_LEFT_OVER_HEAD = "Câu chưa thành nhiệm vụ: "


def draft_view(draft: Draft, registry: Registry) -> Group:
    """The whole draft: what it is, each directive, and what is left for a person to do."""
    return Group(*draft_parts(draft, registry))


def draft_parts(draft: Draft, registry: Registry, asides: bool = False) -> Iterator[RenderableType]:
    """The same part by part: a table of thousands of rows need not be drawn at once.

    ``asides``: also what else gives no task, with the reasons.
    """
    yield _heading(draft)
    for number, directive in enumerate(draft.directives, start=1):
        yield _directive(number, directive, registry)
        yield Text("")
    yield from _left_over(draft)
    if asides:
        yield from _asides(draft)
    yield Rule(Text(_count(draft), style="bold"), align="left", style="dim")
    yield from (Text(line) for line in _left_to_do(draft, asides))


def _heading(draft: Draft) -> Panel:
    document = draft.document
    facts = Table.grid(padding=(0, 2))
    facts.add_row("Số", Text(document.number or "không ghi"))
    date = Text(day_words(document.date)) if document.date else Text("KHÔNG RÕ: dùng --as-of", "bold yellow")
    facts.add_row("Ngày", date)
    facts.add_row("Cơ quan ban hành", Text(document.issuer or "không ghi"))
    if document.genre:
        why = f": {document.genre_reason}" if document.genre_reason else ""
        facts.add_row("Đọc như", Text(f"{GENRE_LABELS[document.genre]}{why}"))
    for doubt in (one for one in draft.doubts if one.field != LEFT_OVER):
        facts.add_row("Cần xem", Text(f"? {doubt.message}", style="bold yellow"))
    title = Text(shorten(document.title or "Kết luận", _LONGEST_TITLE, placeholder="…"), style="bold")
    label = Text("Dự thảo", style="cyan")
    return Panel(Group(title, facts), title=label, title_align="left", border_style="cyan")


def _left_over(draft: Draft) -> Iterator[RenderableType]:
    """Sentences that may be orders and became no directive, in one list under the directives."""
    rest = [doubt for doubt in draft.doubts if doubt.field == LEFT_OVER]
    if not rest:
        return
    yield Text("Câu chưa thành nhiệm vụ", style="bold yellow")
    for doubt in rest:
        yield Text(f"? {doubt.message.removeprefix(_LEFT_OVER_HEAD)}", style="yellow")
    yield Text("")


def _asides(draft: Draft) -> Iterator[RenderableType]:
    """What is neither a directive nor in doubt, one line each."""
    yield Text("Các đoạn khác không thành nhiệm vụ", style="bold")
    for one in set_aside(draft):
        words = " ".join(draft.document.text[one.span.start : one.span.end][:_LONGEST_TITLE].split())
        yield Text(f"- {one.reason}: {shorten(words, _LONGEST_ASIDE, placeholder='…')}", style="dim")
    yield Text("")


def _directive(number: int, directive: DraftDirective, registry: Registry) -> Group:
    top = Table.grid(padding=(0, 1), expand=True)
    top.add_column(width=_NUMBER, justify="right", style="bold yellow" if directive.doubts else "bold cyan")
    top.add_column(ratio=1)
    top.add_column(justify="right", max_width=_DUE)
    lead = _parties(directive.lead, registry, "CHƯA RÕ CƠ QUAN", "bold ")
    top.add_row(f"{number}.", lead, due_text(directive.due))
    rows = Table.grid(padding=(0, 1))
    rows.add_column(width=_NUMBER)
    rows.add_column(width=_LABEL, style="dim")
    rows.add_column(ratio=1)
    for label, value in _rows(directive, registry):
        rows.add_row("", label, value)
    text = Padding(cited(directive), (0, 0, 0, _NUMBER + 1))
    return Group(top, text, *([rows] if rows.row_count else []))


def _rows(directive: DraftDirective, registry: Registry) -> Iterator[tuple[str, Text]]:
    if directive.cooperate:
        yield "Phối hợp", _parties(directive.cooperate, registry, "")
    if directive.report_to:
        yield "Báo cáo", _parties(directive.report_to, registry, "")
    if directive.escalation:
        what = "quy định chung, không giao việc" if directive.standing_rule else "việc vượt thẩm quyền"
        yield "Cấp trên", Text(what, style="magenta")
    grounds = _grounds(directive, registry)
    if grounds:
        yield "Căn cứ", grounds
    for doubt in directive.doubts:
        choices = f" ({'; '.join(doubt.candidates)})" if doubt.candidates else ""
        yield "Cần xem", Text(f"? {doubt.message}{choices}", style="bold yellow")


def _parties(parties: tuple[Party, ...], registry: Registry, empty: str, weight: str = "") -> Text:
    if not parties:
        return Text(empty, style=UNKNOWN_PARTY)
    known = f"{weight}green"
    shown = [
        Text(registry.get(p.body_id).name, style=known)
        if p.body_id
        else Text(f"«{' '.join(p.phrase.split())}» (chưa rõ)", style=UNKNOWN_PARTY)
        for p in parties
    ]
    return Text("; ").join(shown)


def _grounds(directive: DraftDirective, registry: Registry) -> Text | None:
    """The words behind names that the text puts otherwise, and behind the deadline."""
    found = []
    for party in (*directive.lead, *directive.cooperate):
        phrase = " ".join(party.phrase.split())
        inside = party.span is not None and directive.span.start <= party.span.start < directive.span.end
        said = party.body_id is None or phrase.casefold() == registry.get(party.body_id).name.casefold()
        if said and not inside:
            found.append(Text("cơ quan theo đoạn trước"))
        elif not said:
            found.append(Text.assemble((f"«{phrase}»", QUOTED_PARTY), "" if inside else " ở đoạn trước"))
    found += due_grounds(directive.due)
    unique = list({part.plain: part for part in found}.values())
    return Text(", ").join(unique) if unique else None


def _count(draft: Draft) -> str:
    doubtful = [str(n) for n, directive in enumerate(draft.directives, 1) if directive.doubts]
    looked = f" Đã xem {draft.document.sentences} câu." if draft.document.sentences else ""
    if not draft.directives:
        return f"Chưa tìm thấy chỉ đạo nào.{looked}"
    seen = f"cần xem lại {len(doubtful)}: số {', '.join(doubtful)}" if doubtful else _no_doubt(draft)
    return f"{len(draft.directives)} chỉ đạo, {seen}.{looked}"


def _no_doubt(draft: Draft) -> str:
    return "còn câu hoặc mục cần xem" if draft.doubts else "không có nghi vấn"


def _left_to_do(draft: Draft, told: bool) -> Iterator[str]:
    """The next day to mind, and how much of the text became no task."""
    dated = [(d.due.date, n) for n, d in enumerate(draft.directives, 1) if d.due.date]
    if dated:
        day = min(dated)[0]
        numbers = ", ".join(str(n) for at, n in dated if at == day)
        yield f"Thời hạn sớm nhất: {day_words(day)} (số {numbers})."
    kinds = Counter(_kind(directive.due) for directive in draft.directives)
    others = [f"{count} {words}" for words, count in kinds.items() if words]
    if others:
        yield f"Không có ngày cụ thể: {', '.join(others)}."
    marks = Counter(statement.mark for statement in draft.statements)
    named = ((Mark.ORIENTATION, "câu định hướng"), (Mark.NO_TASK, "câu không giao việc"))
    rest = [f"{marks[mark]} {words}" for mark, words in named if marks[mark]]
    rest += [f"{len(draft.outside)} đoạn ngoài phần kết luận"] if draft.outside else []
    if rest:
        where = "" if told else "; thêm --set-aside để xem từng câu và lý do"
        yield f"Không thành nhiệm vụ: {', '.join(rest)}{where}."


def _kind(due: DraftDue) -> str:
    if due.kind is DueKind.DATE and due.date:
        return ""
    if due.kind is DueKind.RECURRING:
        return "việc định kỳ"
    return "việc chưa tính được ngày" if due.phrase else "việc không thời hạn"
