"""Letters and messages: what has left the building, and what could not."""

from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi import APIRouter, Request
from sqlmodel import Session, col
from starlette.responses import HTMLResponse

from models.agencies import Agency, Contact, ContactAddress
from models.db import reading
from models.outbox import OutboxLetter, OutboxMessage
from models.papers import count_waiting
from models.task_facts import code_of
from notifications.channels.addresses import channel_label, mask
from rules.vocabulary import LetterState, MessageState
from web.desk import AtDesk
from web.forms import page_in, word_of

router = APIRouter()
Rows = list[sa.Row[tuple[OutboxMessage, str, str, str]]]
PAGE_LENGTH = 100
_MOST_LETTERS = 100
#: What a person must look at comes first.
_ORDER = (
    MessageState.UNKNOWN,
    MessageState.FAILED,
    MessageState.SENDING,
    MessageState.QUEUED,
    MessageState.SENT,
    MessageState.OBSOLETE,
)


@router.get("/thu")
def list_messages(request: Request, desk: AtDesk) -> HTMLResponse:
    """Messages by state, and the letters that found no address."""
    state = word_of(MessageState, request.query_params.get("trang-thai"))
    number = page_in(request.query_params.get("trang", ""))
    kept = {"trang-thai": state.value} if state else {}
    with reading(desk.engine) as session:
        counts = _counts(session)
        rows = _messages(session, state, (number - 1) * PAGE_LENGTH)
        homeless = _letters(session, LetterState.NO_CONTACT)
        waiting = session.scalar(_letter_count(LetterState.PENDING)) or 0
        papers = count_waiting(session, desk.today)
    return desk.show(
        "outbox/list.html.j2",
        rows=rows,
        counts=[(one, counts.get(one, 0)) for one in _ORDER],
        state=state,
        homeless=homeless,
        waiting=waiting,
        papers=papers,
        total=counts.get(state, 0) if state else sum(counts.values()),
        number=number,
        length=PAGE_LENGTH,
        link=lambda to: "/thu?" + urlencode({**kept, "trang": to}),
        channel_label=channel_label,
        mask=mask,
        code_of=code_of,
        states=MessageState,
    )


def _counts(session: Session) -> dict[MessageState, int]:
    query = sa.select(col(OutboxMessage.state), sa.func.count()).group_by(col(OutboxMessage.state))
    return {row[0]: row[1] for row in session.execute(query)}


def _messages(session: Session, state: MessageState | None, offset: int) -> Rows:
    rank = sa.case({one: n for n, one in enumerate(_ORDER)}, value=col(OutboxMessage.state))
    query = (
        sa.select(OutboxMessage, col(Contact.label), col(Agency.name), col(ContactAddress.url))
        .join(Contact, col(Contact.id) == col(OutboxMessage.contact_id))
        .join(Agency, col(Agency.id) == col(Contact.agency_id))
        .join(ContactAddress, col(ContactAddress.id) == col(OutboxMessage.address_id))
        .order_by(rank, col(OutboxMessage.id).desc())
    )
    if state:
        query = query.where(col(OutboxMessage.state) == state)
    return list(session.execute(query.limit(PAGE_LENGTH).offset(offset)))


def _letters(session: Session, state: LetterState) -> list[sa.Row[tuple[OutboxLetter, str]]]:
    query = (
        sa.select(OutboxLetter, col(Agency.name))
        .join(Agency, col(Agency.id) == col(OutboxLetter.agency_id))
        .where(col(OutboxLetter.state) == state)
        .order_by(col(Agency.name), col(OutboxLetter.id).desc())
    )
    return list(session.execute(query.limit(_MOST_LETTERS)))


def _letter_count(state: LetterState) -> sa.Select[tuple[int]]:
    return sa.select(sa.func.count()).select_from(OutboxLetter).where(col(OutboxLetter.state) == state)
