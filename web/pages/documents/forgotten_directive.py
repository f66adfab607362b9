"""The form for a directive that was forgotten: its sentence is read at once, what was typed becomes a
directive, or says what is wrong."""

from collections.abc import Sequence

from sqlmodel import Session
from starlette.datastructures import FormData

from flows.actions.documents.intake import stored_draft
from flows.actions.reading.read_conclusion import KnownYears
from flows.actions.reading.recut import reader_of
from models.people.register import load_registry
from models.tables.documents import Document
from rules.calendar.recurrence_words import split_rule
from rules.calendar.workdays import WorkCalendar
from rules.documents.places import overlap_in_words, overlapped, place_of
from rules.draft import Draft, DraftDirective, DueKind, Party, Span
from rules.reading import read_sentence
from rules.refusal import NotAllowed
from web.forms.fields import text_of
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import Card
from web.pages.documents.draft_corrections import corrected_directives

#: The fields of the form, kept as typed when it is refused.
FIELDS = (
    "cau", "ngoai-nguyen-van", "chu-tri", "phoi-hop", "loai-han", "ngay", "chu-ky", "vao-ngay", "ly-do",
)  # fmt: skip
#: The tick that words which are a directive already are meant all the same.
CONFIRMED = "xac-nhan"
#: Beside the fields, for the page: what to look at in what was read, and that it is a directive already.
REMARKS, OVERLAP = "da-doc", "trung"
#: They are one thing to a reader: none of them is filled where any was typed.
_DUE_FIELDS = ("loai-han", "ngay", "chu-ky", "vao-ngay")
_NO_REMARK = "Hãy kiểm tra cơ quan và thời hạn trước khi bổ sung."
_NOT_IN_TEXT = (
    "Không tìm thấy đúng câu này trong nguyên văn: hãy sao chép lại, hoặc nếu văn bản giấy có câu này mà "
    "nguyên văn ở bên thiếu thì đánh dấu «Câu này không có trong nguyên văn ở bên»."
)


def forgotten(session: Session, document: Document, form: FormData) -> DraftDirective:
    """The directive as typed, bodies by the register of the document's day. Raises NotAllowed.

    Words that are a directive already have to be confirmed.
    """
    draft, registry = stored_draft(session, document.id or 0)[1], load_registry(session)
    card = _card(_sentence(draft, form), form)
    if card.due_kind == DueKind.NONE and (card.due_date or card.cycle or card.detail):
        raise NotAllowed(
            "Đã ghi ngày hoặc chu kỳ nhưng ô «Thời hạn» đang là «Không thời hạn»: "
            "hãy chọn lại loại thời hạn, hoặc xóa ngày và chu kỳ."
        )
    [directive] = corrected_directives([card], Lexicon.of(registry, draft.document))
    if card.errors:
        raise NotAllowed(" ".join(card.errors.values()))
    warning = _warning(draft, directive)
    if warning and not text_of(form, CONFIRMED):
        raise NotAllowed(f"{warning} Nếu đúng là chỉ đạo còn thiếu, hãy đánh dấu xác nhận ở dưới.")
    return directive


def typed_and_read(
    session: Session, document: Document, form: FormData, calendar: WorkCalendar
) -> dict[str, str]:
    """The fields as typed, the empty ones as the sentence reads; ``REMARKS`` says what to look at.

    Raises NotAllowed where there is no sentence to read.
    """
    draft, registry = stored_draft(session, document.id or 0)[1], load_registry(session)
    sentence = _sentence(draft, form)
    if sentence.span.start < sentence.span.end:
        read = reader_of(draft, registry, calendar).read(sentence.span)
    else:  # its words stand nowhere in the text
        words, days = sentence.text, KnownYears(calendar)
        read = read_sentence(words, Span(0, len(words)), registry, draft.document.date, days)
    fields = _as_typed(form)
    for name, text in _fields_of(read, Lexicon.of(registry, draft.document)).items():
        group = _DUE_FIELDS if name in _DUE_FIELDS else (name,)
        if not any(text_of(form, one) not in ("", DueKind.NONE.value) for one in group):
            fields[name] = text
    remarks = [doubt.message for doubt in read.doubts]
    return {**fields, OVERLAP: _warning(draft, sentence), REMARKS: " ".join(remarks) or _NO_REMARK}


def _as_typed(form: FormData) -> dict[str, str]:
    """The fields of the form as they were typed."""
    return {name: text_of(form, name) for name in FIELDS}


def refused(session: Session, document: Document, form: FormData, calendar: WorkCalendar) -> dict[str, str]:
    """The fields of a form that was refused, as typed; read where nobody was named to lead."""
    try:
        read = typed_and_read(session, document, form, calendar)
    except NotAllowed:  # there is no sentence to read
        return _as_typed(form)
    return read if not text_of(form, "chu-tri") else {**_as_typed(form), OVERLAP: read[OVERLAP]}


def _warning(draft: Draft, directive: DraftDirective) -> str:
    return overlap_in_words(overlapped(directive, draft.directives))


def _fields_of(read: DraftDirective, lexicon: Lexicon) -> dict[str, str]:
    due = read.due
    cycle, detail = split_rule(due.rule)
    return {
        "chu-tri": _lines(read.lead, lexicon),
        "phoi-hop": _lines(read.cooperate, lexicon),
        "loai-han": due.kind.value,
        "ngay": f"{due.date:%d/%m/%Y}" if due.date else "",
        "chu-ky": cycle,
        "vao-ngay": detail,
    }


def _lines(parties: Sequence[Party], lexicon: Lexicon) -> str:
    return "\n".join(map(lexicon.shown, parties))


def _sentence(draft: Draft, form: FormData) -> DraftDirective:
    typed, text = text_of(form, "cau"), draft.document.text
    if not typed:
        raise NotAllowed("Chưa ghi câu chỉ đạo.")
    place = place_of(text, typed, [one.span for one in draft.directives])
    if place is not None:
        return DraftDirective(text[place.start : place.end], place)
    if not text_of(form, "ngoai-nguyen-van"):
        raise NotAllowed(_NOT_IN_TEXT)
    return DraftDirective(" ".join(typed.split()), Span(0, 0))


def _card(directive: DraftDirective, form: FormData) -> Card:
    return Card(
        key="bo-sung",
        number=1,
        directive=directive,
        names={
            "lead": [text_of(form, "chu-tri")],
            "cooperate": [text_of(form, "phoi-hop")],
            "report_to": [],
        },
        due_kind=text_of(form, "loai-han"),
        due_date=text_of(form, "ngay"),
        cycle=text_of(form, "chu-ky"),
        detail=text_of(form, "vao-ngay"),
        escalation=False,
        standing_rule=False,
    )
