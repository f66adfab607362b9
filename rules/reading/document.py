"""Join the parts of the reader for one document."""

from dataclasses import replace
from datetime import date

from rules.documents.urgency import marked_urgent
from rules.draft import (
    DocumentKind,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    DueKind,
    Party,
    Span,
    Statement,
)
from rules.people.registry import Registry
from rules.reading.clauses.context import Context, context_of
from rules.reading.clauses.escalation import stands_alone
from rules.reading.forms.prose import ProseReader
from rules.reading.forms.slips import read_slip
from rules.reading.forms.statements import statements_of
from rules.reading.forms.tables import Table, read_table, tables_of
from rules.reading.layout.header import Header, header_of
from rules.reading.layout.line_breaks import without_breaks_in_phrases
from rules.reading.layout.segments import Block, blocks_of, unwrapped
from rules.reading.layout.speech import without_attributions
from rules.reading.layout.zones import operative_blocks
from rules.reading.text.limits import check_stops
from rules.reading.text.normalise import views_of


def read_document_text(text: str, registry: Registry, as_of: date | None, calendar: object | None) -> Draft:
    """See ``rules.reading.read_text``."""
    views = views_of(text)
    check_stops(views.clean)
    header = header_of(views)
    if header.kind is DocumentKind.PRESS:
        views = without_attributions(views)
    if header.kind is not DocumentKind.TABLE:
        views = unwrapped(views, blocks_of(views))
        views = without_breaks_in_phrases(views, registry)
    day = header.date or as_of
    named_day = day or registry.period_of(views.clean)
    context = context_of(views, registry.as_of(named_day), replace(header, date=day), calendar, day)
    directives, doubts, statements = _read(context)
    return Draft(
        document=_document(context, header, day),
        directives=tuple(_with_standing(context, d) for d in sorted(directives, key=lambda d: d.span.start)),
        doubts=(*_date_doubts(header, as_of), *doubts),
        statements=statements,
    )


def _with_standing(context: Context, directive: DraftDirective) -> DraftDirective:
    asks_only_that = (
        directive.escalation
        and directive.due.kind is DueKind.NONE
        and stands_alone(context.views, directive.span.start, directive.span.end)
    )
    return replace(directive, standing_rule=True) if asks_only_that else directive


def _read(context: Context) -> tuple[list[DraftDirective], list[Doubt], tuple[Statement, ...]]:
    blocks = blocks_of(context.views)
    tables = tables_of(context)
    directives = [directive for table in tables for directive in read_table(context, table)]
    for directive in directives:
        context.leads.append(directive.lead)
    outside = [block for block in blocks if not _inside(block, tables)]
    if context.header.kind is DocumentKind.SLIP:
        slips, rest = read_slip(context, outside)
        if slips:
            directives += slips
            outside = rest
    prose = ProseReader(context, _addressed(context, outside))
    operative = operative_blocks(context.views, context.header.kind, _after(outside, tables, context))
    prose.read(operative)
    directives += prose.directives
    rows = [Span(row.cells[0].start, row.cells[-1].end) for table in tables for row in table.rows]
    return directives, prose.doubts, statements_of(context, directives, blocks, operative, rows)


def _addressed(context: Context, blocks: list[Block]) -> tuple[Party, ...]:
    """Whom "Kính gửi: …" names: a slip or letter speaks to them where it names nobody else."""
    if context.header.kind not in (DocumentKind.SLIP, DocumentKind.NOTICE):
        return ()
    for block in blocks:
        if context.views.folded.startswith("kinh gui", block.start):
            names = context.names_between(block.start, block.end)
            return tuple(p for i in names for p in context.parties_of(i, block.start) if p.body_id)
    return ()


def _after(blocks: list[Block], tables: list[Table], context: Context) -> list[Block]:
    """In an annex only what stands below the table is running text of its own."""
    if context.header.kind is not DocumentKind.TABLE or not tables:
        return blocks
    return [block for block in blocks if block.start > tables[0].start]


def _inside(block: Block, tables: list[Table]) -> bool:
    return any(table.start <= block.start < table.end for table in tables)


def _document(context: Context, header: Header, day: date | None) -> DraftDocument:
    issuer_id = context.issuer_id
    return DraftDocument(
        kind=header.kind,
        number=header.number,
        date=day,
        issuer=context.view.registry.get(issuer_id).name if issuer_id else header.issuer,
        issuer_id=issuer_id,
        title=header.title,
        text=context.views.text,
        urgent=marked_urgent(context.views.text),
    )


def _date_doubts(header: Header, as_of: date | None) -> tuple[Doubt, ...]:
    if header.date is not None:
        return ()
    if as_of is not None:
        return (
            Doubt("date", f"Văn bản không ghi ngày; đang dùng ngày {as_of:%d/%m/%Y} do người nhập cung cấp."),
        )
    return (
        Doubt(
            "date",
            "Văn bản không ghi ngày nên chưa tính được thời hạn tương đối; "
            "tên cơ quan được hiểu theo thời kỳ của các tên khác trong văn bản.",
        ),
    )
