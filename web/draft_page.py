"""The page of a draft: the text on the left, the cards on the right, problems on top."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import HTMLResponse

from models.directives import Document, DocumentEvent
from models.task_facts import source_of
from rules.draft import Draft, DueKind
from rules.recurrence_words import CYCLES
from rules.vocabulary import DocumentState
from web.alias_offers import Offer
from web.body_names import Lexicon
from web.desk import Desk
from web.draft_cards import PARTY_FIELDS, Card, Heading
from web.marked_text import marked
from web.words import KIND_LABELS

DUE_LABELS = {DueKind.NONE: "Không thời hạn", DueKind.DATE: "Chậm nhất ngày", DueKind.RECURRING: "Định kỳ"}
_CARD = re.compile(r"Chỉ đạo số (\d+)")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the page says on top: a message, its problems, and a document issued before this one."""

    status: int = 200
    message: str = ""
    problems: Sequence[str | tuple[str, str]] = ()
    first: Document | None = None
    sentence: str = ""  # of a directive to be added, as typed
    hindrances: Sequence[str] = ()  # why a document that waits would not be issued

    @property
    def links(self) -> list[tuple[str, str]]:
        """Each problem with the place where it is mended."""
        return [one if isinstance(one, tuple) else (one, _place(one)) for one in self.problems]


def _place(problem: str) -> str:
    found = _CARD.match(problem)
    return f"#chi-dao-{found[1]}" if found else "#van-ban"


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
    moves: list[DocumentEvent],
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
