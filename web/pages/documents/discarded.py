"""A draft is put away, and brought back."""

from fastapi import APIRouter
from starlette.responses import Response

from flows.actions.documents.discard import discard_draft, restore_draft
from flows.actions.documents.issued_document import Paper
from rules.refusal import Refusal
from rules.vocabulary import Actor
from web.forms.fields import Posted, is_missing, number_in, text_of
from web.kit.desk import AtDesk, see
from web.pages.documents.drafts import draft_again
from web.pages.documents.notice import Notice

router = APIRouter()


@router.post("/van-ban/{document_id}/bo")
def put_away(document_id: str, desk: AtDesk, form: Posted) -> Response:
    """Put the draft away as the page showed it."""
    key, act = number_in(document_id), desk.act(Actor.SECRETARIAT)
    try:
        discard_draft(desk.engine, Paper(key, number_in(text_of(form, "version"))), act)
    except Refusal as error:
        if is_missing(error):
            raise
        return draft_again(desk, key, Notice(409, str(error)))
    return see(f"/van-ban/{key}?xong=bo")


@router.post("/van-ban/{document_id}/khoi-phuc")
def bring_back(document_id: str, desk: AtDesk) -> Response:
    """Make it a draft again."""
    key, act = number_in(document_id), desk.act(Actor.SECRETARIAT)
    try:
        restore_draft(desk.engine, key, act)
    except Refusal as error:
        if is_missing(error):
            raise
        return draft_again(desk, key, Notice(409, str(error)))
    return see(f"/van-ban/{key}?xong=khoi-phuc-du-thao")
