"""Letters and messages: what has left the building, what could not, and what a person must decide."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from flows.actions.outbox.lift_mark import lift_mark
from flows.actions.outbox.settle_unknown import Verdict, settle_all_unknown, settle_unknown
from models.db import reading
from models.facts import code_of
from models.follow_up.papers import count_waiting
from models.outbox.homeless_letters import homeless_letters, letter_count
from models.outbox.marked_addresses import count_marked, marked_addresses
from models.outbox.messages import MESSAGE_ORDER, last_unknown, listed_messages, message_counts
from models.outbox.reachability import stopped_channels
from notifications.channels.frame.addresses import channel_label, mask
from rules.letter_words import LetterState, MessageState
from rules.refusal import Refusal
from web.forms.fields import Posted, number_in, page_in, text_of, word_of
from web.kit.desk import AtDesk, Desk, see

router = APIRouter()
PAGE_LENGTH = 100
_MOST = 100
#: What a person says of an unknown message, by the last part of the address of the form.
_VERDICTS = {"gui-lai": Verdict.SEND_AGAIN, "da-toi": Verdict.ARRIVED}


@router.get("/thu")
def list_messages(request: Request, desk: AtDesk) -> HTMLResponse:
    """Messages by state; letters, addresses and channels that need a look."""
    asked = request.query_params
    state = word_of(MessageState, asked.get("trang-thai"))
    return _show(desk, state, page_in(asked.get("trang", "")))


@router.post("/thu/chua-ro/{verdict}")
def settle_all(verdict: str, desk: AtDesk, form: Posted) -> Response:
    """One decision about every unknown message that the person has seen."""
    said, up_to, act = _verdict(verdict), number_in(text_of(form, "den")), desk.keeping()
    try:
        settle_all_unknown(desk.engine, up_to, said, act)
    except Refusal as error:
        return _refused(desk, form, error)
    return see(f"/thu?xong={verdict}-tat-ca")


@router.post("/thu/dia-chi/{address_id}/thu-lai")
def try_again(address_id: str, desk: AtDesk, form: Posted) -> Response:
    """Take the mark off an address."""
    act = desk.keeping()
    try:
        lift_mark(desk.engine, number_in(address_id), act)
    except Refusal as error:
        return _refused(desk, form, error)
    return _back(form, "thu-dia-chi")


@router.post("/thu/{message_id}/{verdict}")
def settle_one(message_id: str, verdict: str, desk: AtDesk, form: Posted) -> Response:
    """One decision about one unknown message."""
    said, act = _verdict(verdict), desk.keeping()
    try:
        settle_unknown(desk.engine, number_in(message_id), said, act)
    except Refusal as error:
        return _refused(desk, form, error)
    return _back(form, verdict)


def _verdict(word: str) -> Verdict:
    if word not in _VERDICTS:
        raise HTTPException(404)
    return _VERDICTS[word]


def _place(form: FormData) -> tuple[MessageState | None, int]:
    """The list that the button stood in."""
    return word_of(MessageState, text_of(form, "trang-thai")), page_in(text_of(form, "trang"))


def _back(form: FormData, done: str) -> Response:
    state, number = _place(form)
    kept = {"trang-thai": state.value} if state else {}
    page = {"trang": number} if number > 1 else {}
    return see("/thu?" + urlencode({**kept, **page, "xong": done}))


def _refused(desk: Desk, form: FormData, error: Refusal) -> Response:
    return _show(desk, *_place(form), problem=str(error), status=409)


def _show(
    desk: Desk, state: MessageState | None, number: int, problem: str = "", status: int = 200
) -> HTMLResponse:
    kept = {"trang-thai": state.value} if state else {}
    marks = desk.today, desk.office.mark_days
    part = slice((number - 1) * PAGE_LENGTH, number * PAGE_LENGTH)
    with reading(desk.engine) as session:
        counts = message_counts(session)
        context = {
            "rows": listed_messages(session, state, *marks, part),
            # A list that was asked for stands alone.
            "homeless": None if state else homeless_letters(session, desk.today, _MOST, gone=False),
            "gone": None if state else homeless_letters(session, desk.today, _MOST, gone=True),
            "marked": [] if state else marked_addresses(session, *marks, _MOST),
            "marked_count": count_marked(session, *marks),
            "channels": [] if state else stopped_channels(session),
            "waiting": letter_count(session, LetterState.PENDING),
            "papers": count_waiting(session, desk.today) if desk.viewer.sees_all else 0,
            "last_unknown": last_unknown(session),
        }
    return desk.show(
        "outbox/list.html.j2",
        status=status,
        counts=[(one, counts.get(one, 0)) for one in MESSAGE_ORDER],
        unknown=counts.get(MessageState.UNKNOWN, 0),
        state=state,
        total=counts.get(state, 0) if state else sum(counts.values()),
        number=number,
        length=PAGE_LENGTH,
        problem=problem,
        now=desk.now,
        link=lambda to: "/thu?" + urlencode({**kept, "trang": to}),
        channel_label=channel_label,
        mask=mask,
        code_of=code_of,
        **context,
    )
