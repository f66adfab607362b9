"""The form for a directive that was forgotten: what was typed becomes a directive, or says what is wrong."""

from sqlmodel import Session
from starlette.datastructures import FormData

from flows.actions.documents.intake import stored_draft
from models.people.register import load_registry
from models.tables.documents import Document
from rules.draft import DraftDirective, DueKind, Span
from rules.refusal import NotAllowed
from web.forms.fields import text_of
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import Card
from web.pages.documents.draft_corrections import corrected_directives, sentence_in

#: The fields of the form, kept as typed when it is refused.
FIELDS = (
    "cau", "ngoai-nguyen-van", "chu-tri", "phoi-hop", "loai-han", "ngay", "chu-ky", "vao-ngay", "ly-do",
)  # fmt: skip
_NOT_IN_TEXT = (
    "Không tìm thấy đúng câu này trong nguyên văn: hãy sao chép lại, hoặc nếu văn bản giấy có câu này mà "
    "nguyên văn ở bên thiếu thì đánh dấu «Câu này không có trong nguyên văn ở bên»."
)


def forgotten(session: Session, document: Document, form: FormData) -> DraftDirective:
    """The directive as typed, bodies by the register of the document's day. Raises NotAllowed."""
    draft, registry = stored_draft(session, document.id or 0)[1], load_registry(session)
    card = _card(_sentence(document, form), form)
    if card.due_kind == DueKind.NONE and (card.due_date or card.cycle or card.detail):
        raise NotAllowed(
            "Đã ghi ngày hoặc chu kỳ nhưng ô «Thời hạn» đang là «Không thời hạn»: "
            "hãy chọn lại loại thời hạn, hoặc xóa ngày và chu kỳ."
        )
    [directive] = corrected_directives([card], Lexicon.of(registry, draft.document))
    if card.errors:
        raise NotAllowed(" ".join(card.errors.values()))
    return directive


def _sentence(document: Document, form: FormData) -> DraftDirective:
    typed = text_of(form, "cau")
    if not typed:
        raise NotAllowed("Chưa ghi câu chỉ đạo.")
    found = sentence_in(document.text, typed)
    if found is not None:
        return found
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
