"""The last look before a draft is published or its issue is set; what is shown is what is published."""

from collections.abc import Set

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from flows.actions.documents.intake import DraftChanged, issue_stored, make_ready, stored_draft
from flows.actions.documents.issue import AlreadyIssued
from flows.actions.documents.open_questions import Unconfirmed
from flows.actions.documents.publishable import PublishError
from models.db import reading
from rules.calendar.workdays import NoCalendar
from rules.refusal import Refusal
from rules.vocabulary import Actor, DocumentState
from web.forms.fields import Posted, number_in, text_of, texts_of
from web.kit.desk import AtDesk, Desk, see
from web.pages.documents.drafts import draft_again
from web.pages.documents.last_look_page import LATER, NOW, issue_instant, look_at, show_look
from web.pages.documents.notice import Notice

router = APIRouter()
_CHANGED = (
    "Từ lúc anh/chị mở trang này đến nay, dự thảo, danh mục cơ quan hoặc ngày phát hành đã thay đổi. "
    "Chưa phát hành gì: hãy xem lại nội dung mới nhất dưới đây."
)
_OPEN = "Chưa phát hành, vì còn điều chưa được xác nhận:"
_HINDERED = "Chưa phát hành được:"


@router.get("/van-ban/{document_id}/phat-hanh")
def look(document_id: str, request: Request, desk: AtDesk) -> Response:
    """What publishing would do, now or (``?viec=hen``) on the next morning."""
    return _show(desk, number_in(document_id), _wish(request.query_params.get("viec", "")))


@router.post("/van-ban/{document_id}/phat-hanh")
def publish(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Publish what was looked at; anything that has changed since is looked at again."""
    key, wish = number_in(document_id), _wish(text_of(form, "viec"))
    ticked = frozenset(texts_of(form, "xac-nhan"))
    desk.act(Actor.SECRETARIAT)  # before the draft is shown to anybody else
    try:
        if not _still_so(desk, key, wish, form):
            return _show(desk, key, wish, ticked, Notice(409, _CHANGED))
        _carry_out(desk, key, wish, number_in(text_of(form, "version")), ticked)
    except DraftChanged:
        return _show(desk, key, wish, ticked, Notice(409, _CHANGED))
    except Unconfirmed as error:
        links = [(one.problem, f"#{one.key}") for one in error.questions]
        return _show(desk, key, wish, ticked, Notice(422, _OPEN, links))
    except Refusal as error:
        return _hindered(desk, key, error)
    return see(f"/van-ban/{key}?xong={wish}")


def _wish(typed: str) -> str:
    return LATER if typed == LATER else NOW


def _still_so(desk: Desk, key: int, wish: str, form: FormData) -> bool:
    """Whether the page that was sent shows what would be published now."""
    with reading(desk.engine) as session:
        document, draft = stored_draft(session, key)
        if document.state is DocumentState.ISSUED:
            return True  # the action says so
        shown = number_in(text_of(form, "version")), text_of(form, "dau")
        return shown == (document.version, look_at(desk, session, draft, wish).mark)


def _carry_out(desk: Desk, key: int, wish: str, version: int, confirmed: frozenset[str]) -> None:
    act = desk.act(Actor.SECRETARIAT)
    if wish == LATER:
        make_ready(desk.engine, key, version, issue_instant(desk, wish), act, confirmed)
    else:
        issue_stored(desk.engine, key, version, act, confirmed)


def _show(
    desk: Desk, key: int, wish: str, ticked: Set[str] = frozenset(), notice: Notice | None = None
) -> Response:
    try:
        with reading(desk.engine) as session:
            document, draft = stored_draft(session, key)
            if document.state not in (DocumentState.DRAFT, DocumentState.READY):
                return see(f"/van-ban/{key}")
            known = {*ticked, *(document.confirmed or ())}
            found = look_at(desk, session, draft, wish)
            return show_look(desk, document, found, wish, known, notice or Notice())
    except (PublishError, NoCalendar) as error:
        return _hindered(desk, key, error)


def _hindered(desk: Desk, key: int, error: Refusal) -> HTMLResponse:
    """The draft again, where what stands against it is mended."""
    if isinstance(error, AlreadyIssued):
        return draft_again(desk, key, Notice(409, str(error)))
    if isinstance(error, PublishError):
        return draft_again(desk, key, Notice(422, _HINDERED, error.problems))
    return draft_again(desk, key, Notice(422, str(error)))
