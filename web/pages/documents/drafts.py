"""One document: its draft beside its text while it is corrected, its tasks once it is issued."""

from dataclasses import replace
from datetime import datetime

from fastapi import APIRouter
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.documents.intake import DraftChanged, save_draft, save_reading, stored_draft
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.issued_before import issued_before
from flows.actions.documents.last_look import hindrances
from flows.actions.documents.publishable import PublishError
from flows.actions.documents.take_back import NotWaiting, take_back
from flows.actions.reading.aliases import Names
from flows.actions.reading.draft_size import draft_size
from flows.actions.reading.read_again import read_again
from flows.actions.reading.recut import Recut, add, reader_of
from models.db import reading
from models.documents.moves import moves_of
from models.people.register import load_registry
from models.tables.documents import Document
from rules.calendar.workdays import NoCalendar
from rules.documents.coverage import recounted
from rules.draft import Draft, Genre
from rules.reading.by_hand import HandReader
from rules.reading.learning.aliases import AliasRefused
from rules.refusal import Refusal
from rules.vocabulary import Actor, DocumentState
from web.forms.body_limit import FormLimits, takes
from web.forms.fields import Posted, number_in, text_of
from web.kit.desk import AtDesk, Desk, see
from web.kit.words import ROLE_LABELS
from web.pages.documents.alias_offers import confirmed_names
from web.pages.documents.body_names import Lexicon
from web.pages.documents.document_typed import document_typed
from web.pages.documents.draft_cards import (
    CUT,
    MERGE,
    RESTORE,
    Card,
    Sheet,
    posted_cards,
    posted_heading,
    posted_wish,
    values_of,
)
from web.pages.documents.draft_corrections import (
    corrected_directives,
    corrected_document,
    dropped_directives,
    recut,
)
from web.pages.documents.draft_page import Bench, show_draft
from web.pages.documents.issued_page import show_out
from web.pages.documents.last_look_page import LATER, NOW, look_at, next_morning
from web.pages.documents.notice import Notice

router = APIRouter()

READ_AGAIN = "doc-lai"
_OUT = (DocumentState.ISSUED, DocumentState.RECALLED, DocumentState.DISCARDED)
_OVERTAKEN = (
    "Trong lúc anh/chị sửa, người khác đã lưu một bản mới hơn. Chưa ghi gì: các ô dưới đây giữ nội dung "
    "anh/chị vừa nhập. Hãy so với bản mới nhất; nếu bấm «Lưu», nội dung ở đây sẽ thay bản đó."
)
_TOO_LATE = (
    "Văn bản này đã được phát hành hoặc đã bỏ nên không sửa được nữa; nội dung vừa nhập chưa được ghi."
)


_LARGE_AS_ITS_DRAFT = FormLimits(room=lambda engine, at: 4 * draft_size(engine, number_in(at["document_id"])))


@router.get("/van-ban/{document_id}")
def one_document(document_id: str, desk: AtDesk) -> HTMLResponse:
    """The draft to correct, or what was issued."""
    with reading(desk.engine) as session:
        document = document_typed(session, document_id, desk.viewer)
        if document.state in _OUT:
            return show_out(desk, session, document, Notice())
        return _show(desk, session, _bench(session, document), Notice())


@router.post("/van-ban/{document_id}")
@takes(_LARGE_AS_ITS_DRAFT)
def correct(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Save what was typed; then the last look, if it is to be published."""
    desk.act(Actor.SECRETARIAT)  # before the draft is shown to anybody else
    with reading(desk.engine) as session:
        document = document_typed(session, document_id, desk.viewer)
        if document.state in _OUT:
            return _show_out(desk, session, document, Notice(409, _TOO_LATE))
        bench = _bench(session, document)
        cards = posted_cards(form, bench.draft, bench.lexicon)
        sheet = Sheet(posted_heading(form), cards, text_of(form, "them"), posted_wish(form))
        found, problems = _corrected(desk, bench, sheet)
        again = None
        if wished := _genre(form):
            again = read_again(found.draft, bench.registry, wished, desk.office.calendar)
            found, cards = Recut(_with_typed(desk, bench, again, sheet.sentence)), []
        names = _confirmed(bench, cards, found.draft)
        refusal = _refusal(form, bench, sheet, problems)
        if refusal:
            return _show(desk, session, bench, refusal, sheet)
    if again is not None:
        return _keep_reading(desk, bench, found.draft, again, sheet)
    return _carry_out(desk, bench, found, names, form, sheet)


@router.post("/van-ban/{document_id}/ve-du-thao")
def back_to_draft(document_id: str, desk: AtDesk) -> Response:
    """Cancel the issue that was set; nothing typed on the page can be wrong enough to hinder it."""
    key, act = number_in(document_id), desk.act(Actor.SECRETARIAT)
    try:
        take_back(desk.engine, key, act)
    except (AlreadyIssued, NotWaiting) as error:
        return draft_again(desk, key, Notice(409, str(error)))
    return see(f"/van-ban/{key}?xong=ve-du-thao")


def _confirmed(bench: Bench, cards: list[Card], draft: Draft) -> Names:
    """Phrases that are to be remembered, with their bodies; what cannot be is noted on the cards."""
    lexicon = Lexicon.of(bench.registry, draft.document)
    pairs = zip(cards, bench.origins(cards), strict=True)
    return tuple(name for card, origin in pairs for name in confirmed_names(card, origin, lexicon))


def _genre(form: FormData) -> Genre | None:
    """As what the text is to be read again, if the button for it was pressed."""
    chosen = text_of(form, "doc.genre")
    return Genre(chosen) if text_of(form, "viec") == READ_AGAIN and chosen in set(Genre) else None


def _bench(session: Session, document: Document) -> Bench:
    _, draft = stored_draft(session, document.id or 0)
    return Bench(document, draft, load_registry(session))


def _corrected(desk: Desk, bench: Bench, sheet: Sheet) -> tuple[Recut, list[tuple[str, str]]]:
    """The draft as typed and pressed, and what hinders it, with where that stands."""
    heading, cards, before = sheet.heading, sheet.cards, bench.draft
    facts = corrected_document(heading, before.document, bench.registry)
    lexicon = Lexicon.of(bench.registry, facts)
    directives = corrected_directives(cards, lexicon)
    doubts = tuple(one for n, one in enumerate(before.doubts) if not heading.settles(n, one.field))
    dropped = (*before.dropped, *dropped_directives(cards, lexicon))
    found, problems = Recut(Draft(facts, directives, doubts, before.statements, before.outside, dropped)), []

    def reads() -> HandReader:
        return reader_of(found.draft, bench.registry, desk.office.calendar)

    try:
        found = recut(found.draft, sheet, before, reads)
    except Refusal as error:
        problems.append((str(error), _card_pressed(sheet)))
    try:
        found = add(found.draft, sheet.sentence, reads) if sheet.sentence else found
    except Refusal as error:
        problems.append((str(error), "#them"))
    return replace(found, draft=_accounted(found.draft)), problems


def _accounted(draft: Draft) -> Draft:
    """With the account of its text as its directives leave it."""
    spans = [one.span for one in draft.dropped]
    return replace(draft, statements=recounted(draft.statements, draft.directives, spans))


def _refusal(form: FormData, bench: Bench, sheet: Sheet, problems: list[tuple[str, str]]) -> Notice | None:
    """Why nothing is saved, or None."""
    if number_in(text_of(form, "version")) != bench.document.version:
        return Notice(409, _OVERTAKEN)
    links = [(text, "#van-ban") for text in sheet.heading.errors.values()]
    for card in sheet.cards:
        place = f"#chi-dao-{card.number}"
        links += [(f"Chỉ đạo số {card.number}: {text}", place) for text in card.errors.values()]
    links += problems
    return Notice(422, "Chưa lưu, vì còn chỗ ghi chưa đúng:", links) if links else None


def _with_typed(desk: Desk, bench: Bench, again: Draft, sentence: str) -> Draft:
    """A new reading with the directive that was typed meanwhile, unless it has found that itself."""
    if not sentence:
        return again
    try:
        longer = add(again, sentence, lambda: reader_of(again, bench.registry, desk.office.calendar))
    except Refusal:  # said already of the draft as it was typed
        return again
    span = longer.draft.directives[longer.place or 0].span
    known = any(one.span.start < span.end and span.start < one.span.end for one in again.directives)
    return again if known else longer.draft


def _keep_reading(desk: Desk, bench: Bench, draft: Draft, again: Draft, sheet: Sheet) -> Response:
    """Corrections of what was read before are gone: those to come are measured against ``again``."""
    key, act = bench.document.id or 0, desk.act(Actor.SECRETARIAT, capacity=ROLE_LABELS["van-phong"])
    try:
        save_reading(desk.engine, key, bench.document.version, draft, again.directives, act)
    except DraftChanged:
        return draft_again(desk, key, Notice(409, _OVERTAKEN), sheet)
    desk.posted.clear()  # it is kept
    return see(f"/van-ban/{key}?xong=doc-lai")


def _carry_out(
    desk: Desk, bench: Bench, found: Recut, names: Names, form: FormData, sheet: Sheet
) -> Response:
    draft = found.draft
    key, version = bench.document.id or 0, bench.document.version
    wish, act = text_of(form, "viec"), desk.act(Actor.SECRETARIAT, capacity=ROLE_LABELS["van-phong"])
    try:
        save_draft(desk.engine, key, version, draft, act, names)
        desk.posted.clear()  # it is kept
        if wish in (NOW, LATER):
            with reading(desk.engine) as session:  # what stands against it is mended here
                look_at(desk, session, draft, wish)
            return see(f"/van-ban/{key}/phat-hanh?viec={wish}")
    except DraftChanged:
        return draft_again(desk, key, Notice(409, _OVERTAKEN), sheet)
    except AliasRefused as error:  # somebody else confirmed the name for another body just now
        return draft_again(desk, key, Notice(422, str(error)), sheet)
    except AlreadyIssued as error:
        return draft_again(desk, key, Notice(409, str(error)))
    except PublishError as error:
        return draft_again(desk, key, Notice(422, "Đã lưu, nhưng chưa phát hành được:", error.problems))
    except Refusal as error:
        return draft_again(desk, key, Notice(422, str(error)))
    return see(f"/van-ban/{key}?xong={_done(sheet, names)}{_place(form, sheet, found)}")


def _done(sheet: Sheet, names: Names) -> str:
    if sheet.wish[0] in (CUT, MERGE, RESTORE):
        return sheet.wish[0]
    return "nho" if names else "luu"


def _place(form: FormData, sheet: Sheet, found: Recut) -> str:
    """Back to the card that was changed, to the one on which a choice was clicked, or to the list below."""
    if found.place is not None:
        return f"#chi-dao-{found.place + 1}"
    if text_of(form, "bo-cau"):
        return "#cau-con-lai"
    return _card_of(text_of(form, "chon"), sheet)


def _card_pressed(sheet: Sheet) -> str:
    return _card_of(sheet.wish[1], sheet) or "#the-da-bo"


def _card_of(pressed: str, sheet: Sheet) -> str:
    """The card whose key stands first in what a button says; "" if there is none."""
    key = pressed.partition("|")[0]
    return next((f"#chi-dao-{card.number}" for card in sheet.cards if card.key == key), "")


def _morning_on_offer(desk: Desk) -> datetime | None:
    """None when the calendar does not reach that far: then nothing can be made ready."""
    try:
        return next_morning(desk)
    except NoCalendar:
        return None


def draft_again(desk: Desk, key: int, notice: Notice, sheet: Sheet | None = None) -> HTMLResponse:
    """The page of a draft, or of what was issued meanwhile, with what went wrong and what was typed."""
    with reading(desk.engine) as session:
        document = document_typed(session, str(key), desk.viewer)
        if document.state in _OUT:
            return _show_out(desk, session, document, notice)
        return _show(desk, session, _bench(session, document), notice, sheet)


def _show_out(desk: Desk, session: Session, document: Document, notice: Notice) -> HTMLResponse:
    """What was issued or taken back meanwhile. Of what was typed only that is new which it does not say."""
    bench = _bench(session, document)
    stored = bench.as_stored()
    known = values_of(stored.heading, stored.cards)
    desk.posted[:] = [text for text in desk.posted if text not in known]
    return show_out(desk, session, document, notice)


def _show(
    desk: Desk, session: Session, bench: Bench, notice: Notice, typed: Sheet | None = None
) -> HTMLResponse:
    sheet, waits = typed or bench.as_stored(), bench.document.state is DocumentState.READY
    told = replace(
        notice,
        first=issued_before(session, bench.draft),
        sentence=sheet.sentence,
        hindrances=hindrances(session, bench.document, bench.draft, desk.now) if waits else (),
    )
    moves = moves_of(session, bench.document.id or 0)
    return show_draft(desk, bench, sheet, told, moves, _morning_on_offer(desk))
