"""One document: its draft beside its text while it is corrected, its tasks once it is issued."""

from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.aliases import Names
from flows.actions.draft_size import draft_size
from flows.actions.first_reading import first_reading_of
from flows.actions.intake import DraftChanged, save_draft, stored_draft
from flows.actions.issue import AlreadyIssued
from flows.actions.issued_before import issued_before
from flows.actions.last_look import hindrances
from flows.actions.publishable import PublishError
from flows.actions.take_back import NotWaiting, take_back
from models.db import reading
from models.directives import Document
from models.documents.moves import moves_of
from models.register import load_registry
from rules.aliases import AliasRefused
from rules.coverage import recounted
from rules.draft import Draft, DraftDirective
from rules.folding import name_key
from rules.refusal import Refusal
from rules.registry import Registry
from rules.vocabulary import Actor, DocumentState
from rules.workdays import NoCalendar
from web.alias_offers import confirmed_names, offers_of
from web.body_limit import FormLimits, takes
from web.body_names import Lexicon
from web.desk import AtDesk, Desk, see
from web.document_typed import document_typed
from web.draft_cards import (
    Card,
    Heading,
    cards_of,
    heading_of,
    keys_of,
    posted_cards,
    posted_heading,
    values_of,
)
from web.draft_corrections import added, corrected_directives, corrected_document
from web.draft_page import show_draft
from web.forms import Posted, number_in, text_of
from web.issued_page import show_issued
from web.last_look_page import LATER, NOW, look_at, next_morning
from web.notice import Notice
from web.words import ROLE_LABELS

router = APIRouter()

_OUT = (DocumentState.ISSUED, DocumentState.RECALLED)
_OVERTAKEN = (
    "Trong lúc anh/chị sửa, người khác đã lưu một bản mới hơn. Chưa ghi gì: các ô dưới đây giữ nội dung "
    "anh/chị vừa nhập. Hãy so với bản mới nhất; nếu bấm «Lưu», nội dung ở đây sẽ thay bản đó."
)
_TOO_LATE = "Văn bản này đã được phát hành nên không sửa được nữa; nội dung vừa nhập chưa được ghi."
_NOT_IN_TEXT = "Không tìm thấy đúng câu này trong văn bản; hãy sao chép nguyên văn từ cột bên cạnh."


_LARGE_AS_ITS_DRAFT = FormLimits(room=lambda engine, at: 4 * draft_size(engine, number_in(at["document_id"])))


@dataclass(frozen=True, slots=True)
class Bench:
    """A stored draft on the table, with what is needed to read names in it."""

    document: Document
    draft: Draft
    registry: Registry

    @property
    def lexicon(self) -> Lexicon:
        """The register on the day of the document as last saved."""
        return Lexicon.of(self.registry, self.draft.document)

    def origins(self, cards: list[Card]) -> list[DraftDirective]:
        """What was first read where each card stands; what stands there now if nobody kept that."""
        first = first_reading_of(self.document.first_reading or [], self.document.source_name)
        known = dict(zip(keys_of(first), first, strict=True))
        return [known.get(card.key, card.directive) for card in cards]


@router.get("/van-ban/{document_id}")
def one_document(document_id: str, desk: AtDesk) -> HTMLResponse:
    """The draft to correct, or what was issued."""
    with reading(desk.engine) as session:
        document = document_typed(session, document_id)
        if document.state in _OUT:
            return show_issued(desk, session, document, Notice())
        return _show(desk, session, _bench(session, document), Notice())


@router.post("/van-ban/{document_id}")
@takes(_LARGE_AS_ITS_DRAFT)
def correct(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Save what was typed; then the last look, if it is to be published."""
    with reading(desk.engine) as session:
        document = document_typed(session, document_id)
        if document.state in _OUT:
            return _show_out(desk, session, document, Notice(409, _TOO_LATE))
        bench = _bench(session, document)
        heading, cards = posted_heading(form), posted_cards(form, bench.draft, bench.lexicon)
        draft, problem = _corrected(bench, heading, cards, text_of(form, "them"))
        names = _confirmed(bench, cards, draft)
        refusal = _refusal(form, bench, heading, cards, problem)
        if refusal:
            return _show(desk, session, bench, refusal, heading, cards, text_of(form, "them"))
    return _carry_out(desk, bench, draft, names, form, heading, cards)


@router.post("/van-ban/{document_id}/ve-du-thao")
def back_to_draft(document_id: str, desk: AtDesk) -> Response:
    """Cancel the issue that was set; nothing typed on the page can be wrong enough to hinder it."""
    key = number_in(document_id)
    try:
        take_back(desk.engine, key, desk.act(Actor.SECRETARIAT))
    except (AlreadyIssued, NotWaiting) as error:
        return draft_again(desk, key, Notice(409, str(error)))
    return see(f"/van-ban/{key}?xong=ve-du-thao")


def _confirmed(bench: Bench, cards: list[Card], draft: Draft) -> Names:
    """Phrases that are to be remembered, with their bodies; what cannot be is noted on the cards."""
    lexicon = Lexicon.of(bench.registry, draft.document)
    pairs = zip(cards, bench.origins(cards), strict=True)
    return tuple(name for card, origin in pairs for name in confirmed_names(card, origin, lexicon))


def _bench(session: Session, document: Document) -> Bench:
    _, draft = stored_draft(session, document.id or 0)
    return Bench(document, draft, load_registry(session))


def _corrected(bench: Bench, heading: Heading, cards: list[Card], sentence: str) -> tuple[Draft, str]:
    facts = corrected_document(heading, bench.draft.document, bench.registry)
    directives = corrected_directives(cards, Lexicon.of(bench.registry, facts))
    doubts = tuple(one for n, one in enumerate(bench.draft.doubts) if str(n) not in heading.seen)
    draft = Draft(facts, directives, doubts)
    longer = added(draft, sentence) if sentence else draft
    draft, problem = (draft, _NOT_IN_TEXT) if longer is None else (longer, "")
    dropped = [card.directive.span for card in cards if card.dropped]
    statements = recounted(bench.draft.statements, draft.directives, dropped)
    return replace(draft, statements=statements), problem


def _refusal(
    form: FormData, bench: Bench, heading: Heading, cards: list[Card], problem: str
) -> Notice | None:
    """Why nothing is saved, or None."""
    if number_in(text_of(form, "version")) != bench.document.version:
        return Notice(409, _OVERTAKEN)
    links = [(text, "#van-ban") for text in heading.errors.values()]
    for card in cards:
        place = f"#chi-dao-{card.number}"
        links += [(f"Chỉ đạo số {card.number}: {text}", place) for text in card.errors.values()]
    if problem:
        links.append((problem, "#them"))
    return Notice(422, "Chưa lưu, vì còn chỗ ghi chưa đúng:", links) if links else None


def _carry_out(
    desk: Desk,
    bench: Bench,
    draft: Draft,
    names: Names,
    form: FormData,
    heading: Heading,
    cards: list[Card],
) -> Response:
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
        return draft_again(desk, key, Notice(409, _OVERTAKEN), heading, cards)
    except AliasRefused as error:  # somebody else confirmed the name for another body just now
        return draft_again(desk, key, Notice(422, str(error)), heading, cards)
    except AlreadyIssued as error:
        return draft_again(desk, key, Notice(409, str(error)))
    except PublishError as error:
        return draft_again(desk, key, Notice(422, "Đã lưu, nhưng chưa phát hành được:", error.problems))
    except Refusal as error:
        return draft_again(desk, key, Notice(422, str(error)))
    return see(f"/van-ban/{key}?xong={'nho' if names else 'luu'}{_place(form, cards)}")


def _place(form: FormData, cards: list[Card]) -> str:
    """Back to the card on which a choice was clicked."""
    key = text_of(form, "chon").partition("|")[0]
    return next((f"#chi-dao-{card.number}" for card in cards if card.key == key), "")


def _morning_on_offer(desk: Desk) -> datetime | None:
    """None when the calendar does not reach that far: then nothing can be made ready."""
    try:
        return next_morning(desk)
    except NoCalendar:
        return None


def draft_again(
    desk: Desk, key: int, notice: Notice, heading: Heading | None = None, cards: list[Card] | None = None
) -> HTMLResponse:
    """The page of a draft, or of what was issued meanwhile, with what went wrong and what was typed."""
    with reading(desk.engine) as session:
        document = document_typed(session, str(key))
        if document.state in _OUT:
            return _show_out(desk, session, document, notice)
        return _show(desk, session, _bench(session, document), notice, heading, cards)


def _show_out(desk: Desk, session: Session, document: Document, notice: Notice) -> HTMLResponse:
    """What was issued or taken back meanwhile. Of what was typed only that is new which it does not say."""
    bench = _bench(session, document)
    known = values_of(heading_of(bench.draft.document), cards_of(bench.draft, bench.lexicon))
    desk.posted[:] = [text for text in desk.posted if text not in known]
    return show_issued(desk, session, document, notice)


def _show(
    desk: Desk,
    session: Session,
    bench: Bench,
    notice: Notice,
    heading: Heading | None = None,
    cards: list[Card] | None = None,
    sentence: str = "",
) -> HTMLResponse:
    lexicon, text_key = bench.lexicon, name_key(bench.draft.document.text)
    shown = cards if cards is not None else cards_of(bench.draft, lexicon)
    pairs = zip(shown, bench.origins(shown), strict=True)
    waits = bench.document.state is DocumentState.READY
    return show_draft(
        desk,
        bench.document,
        bench.draft,
        heading or heading_of(bench.draft.document),
        shown,
        lexicon,
        replace(
            notice,
            first=issued_before(session, bench.draft),
            sentence=sentence,
            hindrances=hindrances(session, bench.document, bench.draft, desk.now) if waits else (),
        ),
        _morning_on_offer(desk),
        {card.key: offers_of(card, origin, lexicon, text_key) for card, origin in pairs},
        moves_of(session, bench.document.id or 0),
    )
