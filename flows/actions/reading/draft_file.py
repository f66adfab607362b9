"""The JSON form of a draft: what ``dondoc read`` writes, people correct, and publishing takes in.

The contract is docs/draft-json.md. Bodies are named as in the register: official name for a single
body, id for a collective (so that a collective is never mistaken for an agency).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from config.files.json_text import JsonFault, json_value
from config.files.shown import shown_key
from flows.actions.reading.draft_form import (
    FROM_FILE,
    DirectiveForm,
    DocumentForm,
    DraftError,
    DraftForm,
    StatementForm,
    explain,
)
from flows.actions.reading.first_reading import Directives, first_reading_from_file
from rules.draft import (
    PLAIN_FIELDS,
    DocumentKind,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    DraftDue,
    DueKind,
    Genre,
    Mark,
    Party,
    Span,
    Statement,
)
from rules.people.registry import Registry, RegistryView
from rules.text.stacked_marks import composed
from rules.text.stored import Json

__all__ = ["DraftError", "draft_to_json", "parse_draft", "parse_draft_data", "parse_first_reading"]


def draft_to_json(draft: Draft, registry: Registry) -> dict[str, Json]:
    """The draft as a JSON-ready value; the inverse of ``parse_draft`` up to candidates."""
    document = draft.document
    return {
        "document": {
            "kind": document.kind.value,
            "number": document.number,
            "date": document.date.isoformat() if document.date else None,
            "issuer": document.issuer,
            "issuer_id": document.issuer_id,
            "title": document.title,
            "urgent": document.urgent,
            "genre": document.genre.value if document.genre else None,
            "genre_reason": document.genre_reason,
            "sentences": document.sentences,
            "doubts": [_doubt_text(doubt) for doubt in draft.doubts],
            "doubt_details": [_doubt_json(doubt) for doubt in draft.doubts],
            "text": document.text,
        },
        "directives": [_directive_json(directive, registry) for directive in draft.directives],
        "statements": [_statement_json(statement) for statement in draft.statements],
        "outside": [_statement_json(statement) for statement in draft.outside],
        "dropped": [_directive_json(directive, registry) for directive in draft.dropped],
    }


def _directive_json(directive: DraftDirective, registry: Registry) -> dict[str, Json]:
    due = directive.due
    return {
        "text": directive.text,
        "start": directive.span.start,
        "end": directive.span.end,
        "lead": [_name(party, registry) for party in directive.lead],
        "cooperate": [_name(party, registry) for party in directive.cooperate],
        "due": {
            "kind": due.kind.value,
            "date": due.date.isoformat() if due.date else None,
            "rule": due.rule,
            "phrase": due.phrase,
            "start": due.span.start if due.span else None,
            "end": due.span.end if due.span else None,
            "read_by": due.read_by,
            "anchor": due.anchor,
            "approximate": due.approximate,
            "event": due.event,
        },
        "report_to": [_name(party, registry) for party in directive.report_to],
        **{name: getattr(directive, name) for name in PLAIN_FIELDS},
        "doubts": [_doubt_text(doubt) for doubt in directive.doubts],
        "doubt_details": [_doubt_json(doubt) for doubt in directive.doubts],
        "read_by": directive.read_by,
    }


def _doubt_json(doubt: Doubt) -> dict[str, Json]:
    shown: dict[str, Json] = {
        "field": doubt.field,
        "message": doubt.message,
        "candidates": list(doubt.candidates),
    }
    if doubt.span is not None:
        shown |= {"start": doubt.span.start, "end": doubt.span.end}
    return shown


def _statement_json(statement: Statement) -> dict[str, Json]:
    return {
        "start": statement.span.start,
        "end": statement.span.end,
        "mark": statement.mark.value,
        "reason": statement.reason,
        "read_by": statement.read_by,
    }


def _name(party: Party, registry: Registry) -> str:
    if party.body_id is None:
        return party.phrase
    body = registry.get(party.body_id)
    return body.id if body.is_collective else body.name


def _doubt_text(doubt: Doubt) -> str:
    if not doubt.candidates:
        return doubt.message
    return f"{doubt.message} Có thể là: {'; '.join(doubt.candidates)}."


def parse_draft(data: bytes | str, name: str, registry: Registry) -> Draft:
    """Read a draft file back. Raises DraftError: Vietnamese, naming the file and the field."""
    return _draft(_validated(_loaded(data, name), name, FROM_FILE), name, registry, keep_unknown=False)


def parse_first_reading(data: bytes | str, name: str) -> Directives | None:
    """The first reading that a draft file carries, None if it has none. Raises DraftError."""
    value = _validated(_loaded(data, name), name, FROM_FILE).first_reading
    return None if value is None else first_reading_from_file(value, name)


def parse_draft_data(value: Any, name: str, registry: Registry) -> Draft:
    """A draft that we stored ourselves: names that nobody has resolved yet stay as they were read."""
    return _draft(_validated(value, name), name, registry, keep_unknown=True)


def _draft(form: DraftForm, name: str, registry: Registry, keep_unknown: bool) -> Draft:
    view = registry.as_of(form.document.date or registry.period_of(form.document.text))
    document = _document(form.document, name, view)
    directives = tuple(
        _directive(item, number, name, view, document.text, keep_unknown)
        for number, item in enumerate(form.directives, 1)
    )
    statements, outside = map(_statements, (form.statements, form.outside))
    doubts = _doubts(form.document, "document")
    dropped = tuple(
        _directive(item, n, name, view, document.text, True) for n, item in enumerate(form.dropped, 1)
    )
    return Draft(document, directives, doubts, statements, outside, dropped)


def _statements(forms: Sequence[StatementForm]) -> tuple[Statement, ...]:
    return tuple(Statement(Span(s.start, s.end), Mark(s.mark), s.reason, s.read_by) for s in forms)


def _loaded(data: bytes | str, name: str) -> Any:
    try:
        return json_value(data)
    except JsonFault as fault:
        raise DraftError(f"Tệp “{name}”, dòng {fault.line}: {fault.problem}.") from None


def _validated(value: Any, name: str, context: dict[str, bool] | None = None) -> DraftForm:
    try:
        return DraftForm.model_validate(value, context=context)
    except ValidationError as error:
        raise DraftError(explain(name, error)) from error


def _document(form: DocumentForm, name: str, view: RegistryView) -> DraftDocument:
    issuer_id = form.issuer_id
    if issuer_id is not None and issuer_id not in view.registry:
        raise DraftError(
            f"Tệp “{name}”, trường document.issuer_id: "
            f"không có mã cơ quan “{shown_key(issuer_id)}” trong danh mục."
        )
    if issuer_id is None and form.issuer:
        issuer_id = view.resolve(form.issuer).body_id
    return DraftDocument(
        kind=DocumentKind(form.kind),
        number=form.number,
        date=form.date,
        issuer=form.issuer,
        issuer_id=issuer_id,
        title=form.title,
        text=composed(form.text),
        urgent=form.urgent,
        genre=Genre(form.genre) if form.genre else None,
        genre_reason=form.genre_reason,
        sentences=form.sentences,
    )


def _directive(
    form: DirectiveForm, number: int, name: str, view: RegistryView, text: str, keep_unknown: bool
) -> DraftDirective:
    quote = composed(form.text)
    start = form.start
    if start is None or text[start : start + len(quote)] != quote:
        start = max(text.find(quote), 0)
        if text and quote not in text and not keep_unknown:
            place = f"Tệp “{name}”, chỉ đạo số {number}, trường text"
            raise DraftError(f"{place}: không phải trích nguyên văn của document.text.")

    def parties(field: str, names: list[str]) -> tuple[Party, ...]:
        place = f"chỉ đạo số {number}, trường {field}"
        return tuple(_party(item, place, name, view, keep_unknown) for item in names)

    return DraftDirective(
        text=quote,
        span=Span(start, start + len(quote)),
        lead=parties("lead", form.lead),
        cooperate=parties("cooperate", form.cooperate),
        due=_due(form),
        report_to=parties("report_to", form.report_to),
        doubts=_doubts(form, "text"),
        read_by=form.read_by,
        **{name: getattr(form, name) for name in PLAIN_FIELDS},
    )


def _doubts(form: DirectiveForm | DocumentForm, unnamed: str) -> tuple[Doubt, ...]:
    """With fields and candidates where the file has them; a sentence added by hand is a doubt too."""
    details = form.doubt_details or []
    known = [
        Doubt(one.field, one.message, tuple(one.candidates), _span(one.start, one.end)) for one in details
    ]
    told = {_doubt_text(doubt) for doubt in known}
    return (*known, *(Doubt(unnamed, message) for message in form.doubts if message not in told))


def _span(start: int | None, end: int | None) -> Span | None:
    return Span(start, end) if start is not None and end is not None else None


def _due(form: DirectiveForm) -> DraftDue:
    due = form.due
    day: date | None = due.date
    span = _span(due.start, due.end)
    return DraftDue(
        kind=DueKind(due.kind),
        date=day,
        rule=due.rule,
        phrase=due.phrase,
        span=span,
        read_by=due.read_by,
        anchor=due.anchor,
        approximate=due.approximate,
        event=due.event,
    )


def _party(item: str, place: str, name: str, view: RegistryView, keep_unknown: bool) -> Party:
    found = view.resolve(composed(item))
    if found.body_id is not None or keep_unknown:
        return Party(item, found.body_id, candidates=found.candidates)
    offered = "; ".join(f"“{view.registry.get(i).name}” ({i})" for i in found.candidates)
    hint = f" Có thể là: {offered}." if offered else " Hãy dùng tên trong danh mục cơ quan."
    raise DraftError(f"Tệp “{name}”, {place}: không xác định được cơ quan “{shown_key(item)}”.{hint}")
