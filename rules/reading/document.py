"""Join the parts of the reader for one document."""

from dataclasses import dataclass, replace
from datetime import date

from rules.documents.urgency import marked_urgent
from rules.draft import (
    DocumentKind,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    DueKind,
    Genre,
    Party,
    Span,
    Statement,
)
from rules.people.registry import Registry
from rules.reading.clauses.context import Context, context_of
from rules.reading.clauses.escalation import stands_alone
from rules.reading.forms.left_over import left_over
from rules.reading.forms.prose import ProseReader
from rules.reading.forms.slips import read_slip
from rules.reading.forms.stacked import read_stacked
from rules.reading.forms.statements import statements_of
from rules.reading.forms.tables import Table, read_table, tables_of
from rules.reading.layout.genre import CHOSEN, TakenFor
from rules.reading.layout.header import Header, header_of
from rules.reading.layout.line_breaks import without_breaks_in_phrases
from rules.reading.layout.paper import parts_of_paper
from rules.reading.layout.segments import PLAIN_LEVEL, Block, blocks_of, unwrapped
from rules.reading.layout.speech import without_attributions
from rules.reading.layout.zones import operative_blocks
from rules.reading.text.limits import check_stops
from rules.reading.text.normalise import Views, views_of


def read_document_text(
    text: str, registry: Registry, as_of: date | None, calendar: object | None, genre: Genre | None = None
) -> Draft:
    """See ``rules.reading.read_text``."""
    views, header = opened(text, registry, genre)
    day = as_of or header.date
    context = context_on(day, views, header, registry, calendar)
    found = _read(context)
    ordered = sorted(found.directives, key=lambda d: d.span.start)
    return Draft(
        document=_document(context, header, day, found.seen),
        directives=tuple(with_standing(context, d) for d in ordered),
        doubts=(*_date_doubts(header, as_of), *found.doubts),
        statements=found.statements,
    )


def opened(text: str, registry: Registry, genre: Genre | None) -> tuple[Views, Header]:
    """A text made ready to be read, and what its head says. Raises TooMuchToRead."""
    views = views_of(text)
    check_stops(views.clean)
    header = header_of(views, TakenFor(genre, CHOSEN) if genre else None)
    if header.kind is DocumentKind.PRESS:
        views = without_attributions(views)
    if header.kind is not DocumentKind.TABLE:
        views = unwrapped(views, blocks_of(views))
        views = without_breaks_in_phrases(views, registry)
    return views, header


def context_on(
    day: date | None, views: Views, header: Header, registry: Registry, calendar: object | None
) -> Context:
    """What a reading on ``day`` goes by; without one, names are those of the text's own period."""
    view = registry.as_of(day or registry.period_of(views.clean))
    return context_of(views, view, replace(header, date=day), calendar, day)


def with_standing(context: Context, directive: DraftDirective) -> DraftDirective:
    """``directive``, marked if it only says that matters beyond somebody's authority go up."""
    asks_only_that = (
        directive.escalation
        and directive.due.kind is DueKind.NONE
        and stands_alone(context.views, directive.span.start, directive.span.end)
    )
    return replace(directive, standing_rule=True) if asks_only_that else directive


@dataclass(frozen=True, slots=True)
class _Reading:
    directives: list[DraftDirective]
    doubts: tuple[Doubt, ...]
    statements: tuple[Statement, ...]
    seen: int


def _read(context: Context) -> _Reading:
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
    stacked, outside = read_stacked(context, outside)
    directives += stacked
    prose = ProseReader(context, _addressed(context, outside))
    operative = operative_blocks(context.views, context.header, _after(outside, tables, context))
    prose.read(operative)
    directives += prose.directives
    rows = [Span(row.cells[0].start, row.cells[-1].end) for table in tables for row in table.rows]
    over = left_over(context, directives, outside, operative)
    statements = statements_of(context, directives, blocks, operative, rows)
    return _Reading(directives, (*prose.doubts, *over.doubts), statements, over.seen + len(rows))


def _addressed(context: Context, blocks: list[Block]) -> tuple[Party, ...]:
    """Whom "Kính gửi: …" or "điện: …" names: a slip or letter speaks to them where it names nobody else."""
    if context.header.kind not in (DocumentKind.SLIP, DocumentKind.NOTICE):
        return ()
    found: dict[str, Party] = {}
    for block in parts_of_paper(context.views, blocks).address:
        colon = context.views.clean.find(":", block.start, block.end)
        opens = block.level == PLAIN_LEVEL and colon >= 0 and not context.is_within_name(colon)
        for index in context.names_between(colon if opens else block.start, block.end):
            for party in context.parties_of(index, block.start):
                if party.body_id:
                    found.setdefault(party.body_id, party)
    return tuple(found.values())


def _after(blocks: list[Block], tables: list[Table], context: Context) -> list[Block]:
    """In an annex only what stands below the table is running text of its own."""
    if context.header.kind is not DocumentKind.TABLE or not tables:
        return blocks
    return [block for block in blocks if block.start > tables[0].start]


def _inside(block: Block, tables: list[Table]) -> bool:
    return any(table.start <= block.start < table.end for table in tables)


def _document(context: Context, header: Header, day: date | None, seen: int) -> DraftDocument:
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
        genre=header.genre,
        genre_reason=header.genre_reason,
        sentences=seen,
    )


def _date_doubts(header: Header, as_of: date | None) -> tuple[Doubt, ...]:
    """What is to be said of the date: whoever gives one is believed before the text, and told of it."""
    if as_of is not None and header.date is not None and as_of != header.date:
        return (
            Doubt(
                "date",
                f"Văn bản ghi ngày {header.date:%d/%m/%Y}; đang dùng ngày {as_of:%d/%m/%Y} do người nhập "
                "cung cấp.",
            ),
        )
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
