"""Tables of tasks: one row, one directive (labelling guideline §2 and §6).

Cells come tab-separated, between pipes, or one to a line; columns are told by their headings, and
in a table with an old and a new deadline the new one counts.
"""

import re
from dataclasses import dataclass, replace

from rules.draft import DraftDirective, DraftDue, DueKind, Party, Span
from rules.reading.clauses import doubts
from rules.reading.clauses.context import Context
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.receivers import receivers
from rules.reading.forms.cells import helping_in, led_in, parties_in, told_in
from rules.reading.layout.segments import trimmed
from rules.text.gaps import gaps

_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:stt|tt|so tt|so thu tu)$")),
    (
        "old_due",
        re.compile(
            r"(?:^|\n)(?:(?!thoi gian|han).)*+(?:thoi gian|han)"
            r".*(?:cu|ban dau|da giao|theo|truoc day|goc)\b|^han cu"
        ),
    ),
    (
        "due",
        re.compile(
            r"thoi (?:han|gian|diem)|^han\b|ngay hoan thanh|tien do|gia han|han (?:moi|xu ly|hoan thanh)"
        ),
    ),
    ("cooperate", re.compile(r"phoi hop")),
    (
        "lead",
        re.compile(
            r"chu tri|don vi thuc hien|co quan thuc hien|don vi duoc giao|thuc hien chinh|nguoi thuc "
            r"hien|phan cong|^don vi$|^co quan$|dau moi|trach nhiem"
        ),
    ),
    (
        "report",
        re.compile(r"noi nhan|(?:cap|co quan) (?:trinh|nhan|phe duyet|ban hanh)|bao cao (?:ve|cho)|gui ve"),
    ),
    ("product", re.compile(r"san pham|ket qua|ghi chu|ly do|dau ra|tinh trang|von|kinh phi")),
    (
        "content",
        re.compile(r"noi dung|nhiem vu|cong viec|ten (?:viec|nhiem vu)|viec (?:giao|can)|chi dao|y kien"),
    ),
)
_LONGEST_HEADING = 80
#: "Giữ nguyên" in the column of new deadlines keeps the old one.
_UNCHANGED = re.compile(
    r"(?:giu nguyen|khong (?:thay doi|dieu chinh|doi)|nhu cu|van giu|theo (?:han"
    r"|thoi han) cu|-|/)"
)
_ROW_NUMBER = re.compile(gaps(r"^\s*(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])[.)]?\s*$"))
_SECTION_NUMBER = re.compile(gaps(r"^\s*(?:[IVX]{1,5}|[A-H])[.)]?\s*$"))


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row, as spans; empty cells are empty spans."""

    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its columns' roles; ``[start, end)`` covers heading and rows."""

    start: int
    end: int
    roles: tuple[str, ...]
    rows: tuple[TableRow, ...]


def tables_of(context: Context) -> list[Table]:
    """All tables whose headings name a content and a lead column."""
    written = re.finditer(r"[^\n]+", context.views.clean)
    lines = [Span(m.start(), m.end()) for m in written if not m.group().isspace()]
    found: list[Table] = []
    index = 0
    while index < len(lines):
        table, used = _ruled(context, lines, index)
        if table is None:
            table, used = _stacked(context, lines, index)
        if table is not None:
            found.append(table)
        index += max(used, 1)
    return found


def _ruled(context: Context, lines: list[Span], first: int) -> tuple[Table | None, int]:
    """A table whose rows are lines with tabs or pipes."""
    head = _cells(context, lines[first])
    if len(head) < 3:
        return None, 1
    roles = tuple(role_of(_words(context, cell)) for cell in head)
    if "content" not in roles or "lead" not in roles:
        return None, 1
    rows: list[TableRow] = []
    last = first
    for line in lines[first + 1 :]:
        cells = _cells(context, line)
        if len(cells) < 2:
            break
        last += 1
        is_head = [role_of(_words(context, cell)) for cell in cells] == list(roles)  # printed on each page
        if not is_head and re.search(r"[^\W_]", context.views.clean[line.start : line.end]):
            rows.append(TableRow(tuple(cells)))
    return Table(lines[first].start, lines[last].end, roles, tuple(rows)), last - first + 1


def _cells(context: Context, line: Span) -> list[Span]:
    text = context.views.clean[line.start : line.end]
    separator = "\t" if "\t" in text else "|" if text.count("|") >= 2 else None
    if separator is None:
        return []
    start, end = line.start, line.end
    if separator == "|":
        start += len(text) - len(text.lstrip(" |")) if text.lstrip().startswith("|") else 0
        start = line.start + text.index("|") + 1 if text.lstrip().startswith("|") else line.start
        end = line.start + text.rindex("|") if text.rstrip().endswith("|") else line.end
    cells, at = [], start
    for found in re.finditer(re.escape(separator), context.views.clean[start:end]):
        cells.append(_stripped(context, Span(at, start + found.start())))
        at = start + found.end()
    cells.append(_stripped(context, Span(at, end)))
    return cells


def _stripped(context: Context, span: Span) -> Span:
    text = context.views.clean[span.start : span.end]
    lead = len(text) - len(text.lstrip())
    return Span(span.start + lead, max(span.start + lead, span.start + len(text.rstrip())))


def _stacked(context: Context, lines: list[Span], first: int) -> tuple[Table | None, int]:
    """A table whose cells stand one to a line: heading cells, then rows that open with a number."""
    if role_of(_words(context, lines[first])) != "number":
        return None, 1
    head: list[Span] = []
    at = first
    while at < len(lines) and not _ROW_NUMBER.match(_text(context, lines[at])):
        head.append(lines[at])
        at += 1
    roles = tuple(role_of(_words(context, cell)) for cell in head)
    if not 3 <= len(head) <= 10 or "content" not in roles or "lead" not in roles:
        return None, 1
    rows: list[TableRow] = []
    while at < len(lines) and _ROW_NUMBER.match(_text(context, lines[at])):
        cells = [lines[at]]
        at += 1
        while at < len(lines) and len(cells) < len(head) and not _ROW_NUMBER.match(_text(context, lines[at])):
            if len(cells) >= 2 and re.match(
                gaps(r"\s*(?:ghi chu|noi nhan|luu)\b"), _words(context, lines[at])
            ):
                break
            cells.append(lines[at])
            at += 1
        rows.append(TableRow(tuple(_stripped(context, cell) for cell in cells)))
    return Table(lines[first].start, lines[at - 1].end, roles, tuple(rows)), at - first


def role_of(heading: str) -> str:
    """The role of a column from its folded heading ("" when unknown)."""
    if len(heading) > _LONGEST_HEADING:
        return ""
    return next((name for name, pattern in _COLUMNS if pattern.search(heading)), "")


def _words(context: Context, span: Span) -> str:
    return " ".join(context.views.folded[span.start : span.end].split()).strip(" :.|")


def _text(context: Context, span: Span) -> str:
    return context.views.clean[span.start : span.end]


def read_table(context: Context, table: Table) -> list[DraftDirective]:
    """One directive per row that has a lead; section rows have none."""
    found: list[DraftDirective] = []
    above: tuple[Party, ...] = ()
    for row in table.rows:
        cells = _assigned(context, table, row)
        content = cells.get("content")
        if content is None or content.end <= content.start:
            continue
        number = cells.get("number")
        if number and _SECTION_NUMBER.match(_text(context, number)) and "lead" not in cells:
            continue
        lead = led_in(context, cells.get("lead")) or (above if "due" in cells else ())
        if not lead:
            continue
        above = lead
        found.append(_directive(context, row, cells, lead))
    return found


def _assigned(context: Context, table: Table, row: TableRow) -> dict[str, Span]:
    """Role -> cell; rows of another length than the heading are matched by what cells hold."""
    filled = [cell for cell in row.cells if cell.end > cell.start]
    if len(row.cells) == len(table.roles):
        pairs = zip(table.roles, row.cells, strict=True)
        return {role: cell for role, cell in pairs if role and cell.end > cell.start}
    cells: dict[str, Span] = {}
    for cell in filled:
        if "number" not in cells and _ROW_NUMBER.match(_text(context, cell)) and not cells:
            cells["number"] = cell
        elif "content" not in cells:
            cells["content"] = cell
        elif context.deadlines.read_cell(cell.start, cell.end).span and "due" not in cells:
            cells["due"] = cell
        elif parties_in(context, cell) and "due" not in cells:
            cells["cooperate" if "lead" in cells else "lead"] = cell
        else:
            cells.setdefault("product", cell)
    return cells


def _directive(
    context: Context, row: TableRow, cells: dict[str, Span], lead: tuple[Party, ...]
) -> DraftDirective:
    content = cells["content"]
    span = trimmed(context.views, Span(content.start, max(cell.end for cell in row.cells)))
    due_cell = cells.get("due")
    old_cell = cells.get("old_due")
    if old_cell and (due_cell is None or _UNCHANGED.match(_words(context, due_cell))):
        due_cell = old_cell
    due = context.deadlines.read_cell(due_cell.start, due_cell.end) if due_cell else DraftDue()
    if due_cell is None:
        due = context.deadlines.read(content.start, content.end)
    cooperate = told_in(context, cells.get("cooperate")) + helping_in(context, cells.get("lead"))
    directive = DraftDirective(
        text=context.views.text[span.start : span.end],
        span=span,
        lead=lead,
        cooperate=tuple(
            p for p in cooperate if p.body_id is None or p.body_id not in {q.body_id for q in lead}
        ),
        due=due,
        report_to=_receivers(context, cells),
        escalation=is_escalation(
            context.views, span.start, span.end, recurring=due.kind is DueKind.RECURRING
        ),
        read_by="table_row",
    )
    return replace(directive, doubts=doubts.of_directive(context, directive, far="lead" not in cells))


def _receivers(context: Context, cells: dict[str, Span]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for role in ("content", "product", "report"):
        cell = cells.get(role)
        if cell is None:
            continue
        parties = parties_in(context, cell) if role == "report" else receivers(context, cell.start, cell.end)
        if role == "product" and re.search(r"to trinh|bao cao", _words(context, cell)):
            parties = parties_in(context, cell)
        for party in parties:
            found.setdefault(party.body_id or party.phrase, party)
    return tuple(found.values())
