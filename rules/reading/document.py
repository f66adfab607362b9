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
    Genre,
    Party,
    Span,
    Statement,
)
from rules.people.registry import Registry
from rules.reading.clauses.context import Context, context_of
from rules.reading.clauses.doubts import asked_once
from rules.reading.clauses.escalation import is_standing_rule
from rules.reading.forms.left_over import left_over, open_blocks
from rules.reading.forms.outside import outside_of
from rules.reading.forms.prose import ProseReader
from rules.reading.forms.second_opinion import second_opinion
from rules.reading.forms.slips import read_slip
from rules.reading.forms.stacked import read_stacked
from rules.reading.forms.statements import statements_of
from rules.reading.forms.tables import Table, read_table, tables_of
from rules.reading.judge.verdict import OURS, Judge
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
    text: str,
    registry: Registry,
    as_of: date | None,
    calendar: object | None,
    genre: Genre | None = None,
    judge: Judge | None = OURS,
) -> Draft:
    """See ``rules.reading.read_text``; ``judge`` None: by the grammar alone."""
    views, header = opened(text, registry, genre)
    day = as_of or header.date
    context = context_on(day, views, header, registry, calendar)
    found = _read(context, judge)
    ordered = sorted(found.directives, key=lambda d: d.span.start)
    return Draft(
        document=_document(context, header, day, found.seen),
        directives=asked_once(tuple(with_standing(context, d) for d in ordered)),
        doubts=(*_date_doubts(header, as_of), *found.doubts),
        statements=found.statements,
        outside=found.outside,
    )


def opened(text: str, registry: Registry, genre: Genre | None = None) -> tuple[Views, Header]:
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
    return replace(directive, standing_rule=True) if is_standing_rule(context.views, directive) else directive


@dataclass(frozen=True, slots=True)
class _Reading:
    directives: list[DraftDirective]
    doubts: tuple[Doubt, ...]
    statements: tuple[Statement, ...]
    outside: tuple[Statement, ...]
    seen: int


def _read(context: Context, judge: Judge | None) -> _Reading:
    blocks = blocks_of(context.views)
    tables = tables_of(context)
    directives = [directive for table in tables for directive in read_table(context, table)]
    for directive in directives:
        context.leads.append(directive.lead)
    running = [block for block in blocks if not _inside(block, tables)]
    if context.header.kind is DocumentKind.SLIP:
        slips, rest = read_slip(context, running)
        if slips:
            directives += slips
            running = rest
    stacked, running = read_stacked(context, running)
    directives += stacked
    addressed = _addressed(context, running)
    prose = ProseReader(context, addressed)
    operative = operative_blocks(context.views, context.header, _after(running, tables, context))
    prose.read(operative)
    directives += prose.directives
    rows = [Span(row.cells[0].start, row.cells[-1].end) for table in tables for row in table.rows]
    open_ = open_blocks(context, directives, running, operative)
    second = second_opinion(context, directives, open_, addressed, judge)
    directives += second.directives
    over = left_over(context, directives, open_, operative)
    statements = statements_of(context, directives, blocks, operative, rows)
    outside = outside_of(context, blocks, statements)
    doubts = (*second.doubts, *prose.doubts, *over.doubts)
    return _Reading(directives, doubts, statements, outside, over.seen + len(rows))


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
                if party.body_id or context.names[index].stranger:
                    found.setdefault(party.body_id or party.phrase, party)
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
