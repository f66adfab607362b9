"""The page of a draft: the text on the left, the cards on the right, problems on top."""

from datetime import datetime

from starlette.responses import HTMLResponse

from models.directives import Document
from models.documents.moves import Moved
from models.task_facts import source_of
from rules.draft import Draft
from rules.recurrence_words import CYCLES
from rules.vocabulary import DocumentState
from web.alias_offers import Offer
from web.body_names import Lexicon
from web.desk import Desk
from web.draft_cards import PARTY_FIELDS, Card, Heading
from web.marked_text import marked
from web.notice import Notice
from web.words import DUE_LABELS, KIND_LABELS


def show_draft(
    desk: Desk,
    document: Document,
    draft: Draft,
    heading: Heading,
    cards: list[Card],
    lexicon: Lexicon,
    notice: Notice,
    morning: datetime | None,
    offers: dict[str, list[Offer]],
    moves: list[Moved],
) -> HTMLResponse:
    """The page; ``offers`` by the key of their card."""
    wrong = {place for _, place in notice.links}
    return desk.show(
        "documents/draft.html.j2",
        status=notice.status,
        document=document,
        source=source_of(heading.kind, heading.number, None),
        heading=heading,
        cards=cards,
        wrong=wrong,
        doubtful=[card for card in cards if card.points],
        points=sum(len(card.points) for card in cards) + len(draft.doubts),
        doubts=draft.doubts,
        paragraphs=marked(draft.document.text, [one.span for one in draft.directives], draft.statements),
        names=lexicon.all_names(),
        notice=notice,
        first_source=_source(notice.first),
        ready=document.state is DocumentState.READY,
        morning=morning,
        kinds=KIND_LABELS,
        due_labels=DUE_LABELS,
        cycles=CYCLES,
        party_fields=PARTY_FIELDS,
        offers=offers,
        moves=moves,
    )


def _source(first: Document | None) -> str:
    return source_of(first.kind, first.number, first.dated_on) if first else ""
