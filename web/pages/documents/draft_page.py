"""The page of a draft: the text on the left, the cards on the right, problems on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import HTMLResponse

from flows.actions.reading.first_reading import first_reading_of
from models.documents.moves import Moved
from models.facts import source_of
from models.tables.documents import Document
from rules.calendar.recurrence_words import CYCLES
from rules.documents.coverage import set_aside
from rules.documents.cutting import portions_of
from rules.documents.genres import GENRE_LABELS
from rules.draft import LEFT_OVER, Draft, DraftDirective, Statement
from rules.people.registry import Registry
from rules.reading.learning.regrouping import FirstRead
from rules.text.folding import name_key
from rules.vocabulary import DocumentState
from web.kit.desk import Desk
from web.kit.marked_text import marked
from web.kit.words import DUE_LABELS, KIND_LABELS
from web.pages.documents.alias_offers import Offer, offers_of
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import PARTY_FIELDS, Card, Sheet, cards_of, heading_of, keys_of
from web.pages.documents.notice import Notice

_MOST_ASIDE = 300  # pieces that the page lists; a paper of six hundred pages has thousands
_LONGEST = 400  # signs of each, before they are shortened


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
        """What was first read where each card stands, also of parts; as it is now if nobody kept that."""
        first = first_reading_of(self.document.first_reading or [], self.document.source_name)
        known = dict(zip(keys_of(first), first, strict=True))
        read = FirstRead.of(first)
        return [known.get(card.key) or read.of_part(card.directive) for card in cards]

    def offers(self, cards: list[Card]) -> dict[str, list[Offer]]:
        """Names that could be remembered, by the key of their card."""
        pairs, text_key = zip(cards, self.origins(cards), strict=True), name_key(self.draft.document.text)
        return {card.key: offers_of(card, origin, self.lexicon, text_key) for card, origin in pairs}

    def as_stored(self) -> Sheet:
        """The fields as nobody has touched them."""
        return Sheet(heading_of(self.draft.document), cards_of(self.draft, self.lexicon))


def show_draft(
    desk: Desk, bench: Bench, sheet: Sheet, notice: Notice, moves: list[Moved], morning: datetime | None
) -> HTMLResponse:
    """The page; ``morning`` is when its issue may be set for, None if there is no such day."""
    document, draft, heading, cards = bench.document, bench.draft, sheet.heading, sheet.cards
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
        doubts=list(enumerate(draft.doubts)),
        left_over=LEFT_OVER,
        rest=[(n, one) for n, one in enumerate(draft.doubts) if one.field == LEFT_OVER],
        draft_document=draft.document,
        aside=_aside(draft, aside := set_aside(draft)),
        aside_total=len(aside),
        genre=GENRE_LABELS.get(draft.document.genre, "") if draft.document.genre else "",
        genres=GENRE_LABELS,
        paragraphs=marked(draft.document.text, [one.span for one in draft.directives], draft.statements),
        names=bench.lexicon.all_names(),
        cuts={card.key: portions_of(card.directive) for card in cards},
        dropped=list(enumerate(draft.dropped)),
        notice=notice,
        first_source=_source(notice.first),
        ready=document.state is DocumentState.READY,
        morning=morning,
        kinds=KIND_LABELS,
        due_labels=DUE_LABELS,
        cycles=CYCLES,
        party_fields=PARTY_FIELDS,
        offers=bench.offers(cards),
        moves=moves,
    )


def _aside(draft: Draft, aside: Sequence[Statement]) -> list[tuple[str, str]]:
    """The first words of what else gives no task, with the reason."""
    text = draft.document.text
    return [(text[one.span.start : one.span.end][:_LONGEST], one.reason) for one in aside[:_MOST_ASIDE]]


def _source(first: Document | None) -> str:
    return source_of(first.kind, first.number, first.dated_on) if first else ""
