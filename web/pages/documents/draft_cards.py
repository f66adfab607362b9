"""A draft as a form: one card a directive, holding exactly what was typed, right or wrong."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from starlette.datastructures import FormData

from rules.calendar.recurrence_words import split_rule
from rules.draft import (
    LEFT_OVER,
    PLAIN_FIELDS,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    Party,
    PlainFields,
)
from web.forms.fields import text_of, texts_of
from web.pages.documents.body_names import BodyOffered, Lexicon

#: Instead of a place: every sentence that was left over.
ALL = "tat-ca"
#: Buttons that change which directives there are. "key|place in the text": two of one...
CUT = "tach"
#: ... a key: one of it and the next; the place of a dropped one; of a sentence left over.
MERGE, RESTORE, ADD = "ghep", "khoi-phuc", "them-cau"
WISHES = (CUT, MERGE, RESTORE, ADD)
#: The fields of a card that name bodies, with what people call them.
PARTY_FIELDS = {"lead": "Chủ trì", "cooperate": "Phối hợp", "report_to": "Báo cáo về"}


@dataclass(slots=True)
class OpenPoint:
    """Something on a card that a person must look at; ``number`` is the doubt's place, if it is one."""

    about: str
    message: str
    choices: list[BodyOffered] = field(default_factory=list)
    number: int | None = None
    replaces: str = ""  # the name that a choice takes the place of


@dataclass(slots=True)
class Card:
    """One directive as it stands in the form."""

    key: str
    number: int
    directive: DraftDirective
    names: dict[str, list[str]]
    due_kind: str
    due_date: str
    cycle: str
    detail: str
    escalation: bool
    standing_rule: bool
    dropped: bool = False
    seen: frozenset[str] = frozenset()
    remember: frozenset[str] = frozenset()  # ticked offers, see web/pages/documents/alias_offers.py
    points: list[OpenPoint] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Heading:
    """The facts of the document as they stand in the form."""

    number: str
    date: str
    issuer: str
    kind: str
    title: str
    urgent: bool = False
    seen: frozenset[str] = frozenset()  # doubts about the document that were looked at
    all_seen: bool = False  # the whole list of sentences left over was
    errors: dict[str, str] = field(default_factory=dict)

    def settles(self, place: int, about: str) -> bool:
        """Whether the doubt of the document at ``place`` was looked at."""
        return str(place) in self.seen or (self.all_seen and about == LEFT_OVER)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the fields of the page: a draft as it is stored, or as somebody has typed it."""

    heading: Heading
    cards: list[Card]
    sentence: str = ""  # of a directive to be added
    wish: tuple[str, str] = ("", "")  # the button of ``WISHES`` that was pressed, and what it says


def keys_of(directives: Sequence[DraftDirective]) -> list[str]:
    """A name for each directive that survives other people's corrections: its place in the text."""
    seen: Counter[str] = Counter()
    keys = []
    for directive in directives:
        place = f"{directive.span.start}-{directive.span.end}"
        keys.append(f"{place}.{seen[place]}" if seen[place] else place)
        seen[place] += 1
    return keys


def heading_of(document: DraftDocument) -> Heading:
    """The heading of a stored draft."""
    day = f"{document.date:%d/%m/%Y}" if document.date else ""
    return Heading(
        document.number or "", day, document.issuer or "", document.kind, document.title, document.urgent
    )


def cards_of(draft: Draft, lexicon: Lexicon) -> list[Card]:
    """The cards of a stored draft."""
    pairs = zip(keys_of(draft.directives), draft.directives, strict=True)
    return [_card(key, n, directive, lexicon) for n, (key, directive) in enumerate(pairs, 1)]


def _card(key: str, number: int, directive: DraftDirective, lexicon: Lexicon) -> Card:
    due = directive.due
    cycle, detail = split_rule(due.rule)
    return Card(
        key=key,
        number=number,
        directive=directive,
        names={name: [lexicon.shown(p) for p in parties_of(directive, name)] for name in PARTY_FIELDS},
        due_kind=due.kind,
        due_date=f"{due.date:%d/%m/%Y}" if due.date else "",
        cycle=cycle,
        detail=detail,
        points=points_of(directive, lexicon),
        **{name: getattr(directive, name) for name in PLAIN_FIELDS},
    )


def plain_values(card: Card) -> PlainFields:
    """The ``PLAIN_FIELDS`` as a directive keeps them; what is wrong is noted on the card."""
    return cast(PlainFields, {name: getattr(card, name) for name in PLAIN_FIELDS})


def values_of(heading: Heading, cards: Sequence[Card]) -> set[str]:
    """All that stands in the typed fields of a form."""
    texts = {heading.number, heading.date, heading.issuer, heading.title}
    for card in cards:
        texts |= {card.due_date, card.detail, *(name for names in card.names.values() for name in names)}
    return texts


def parties_of(directive: DraftDirective, name: str) -> tuple[Party, ...]:
    """The parties of a directive in one of ``PARTY_FIELDS``."""
    return {"lead": directive.lead, "cooperate": directive.cooperate, "report_to": directive.report_to}[name]


def points_of(directive: DraftDirective, lexicon: Lexicon) -> list[OpenPoint]:
    """What is doubtful: the reader's doubts, then names that nobody could place and no doubt tells of."""
    points = [_point(doubt, n, directive, lexicon) for n, doubt in enumerate(directive.doubts)]
    told = {(point.about, point.replaces) for point in points}
    for name in PARTY_FIELDS:
        points += [
            unplaced(name, party, lexicon)
            for party in parties_of(directive, name)
            if party.body_id is None and (name, party.phrase) not in told
        ]
    return points


def unplaced(name: str, party: Party, lexicon: Lexicon) -> OpenPoint:
    """The point that an unknown name raises."""
    message = f"{PARTY_FIELDS[name]}: chưa rõ «{party.phrase}» là cơ quan nào."
    return OpenPoint(name, message, lexicon.choices(party.candidates), replaces=party.phrase)


def _point(doubt: Doubt, number: int, directive: DraftDirective, lexicon: Lexicon) -> OpenPoint:
    if doubt.field not in PARTY_FIELDS:
        return OpenPoint(doubt.field, doubt.message, number=number)
    meant = [p for p in parties_of(directive, doubt.field) if p.body_id is None and p.phrase in doubt.message]
    choices = lexicon.named(doubt.candidates) or lexicon.choices([c for p in meant for c in p.candidates])
    replaced = meant[0].phrase if meant else ""
    return OpenPoint(doubt.field, doubt.message, choices, number, replaced)


def posted_heading(form: FormData) -> Heading:
    """The heading as typed."""
    number, day, issuer, kind, title = (
        text_of(form, f"doc.{name}") for name in ("number", "date", "issuer", "kind", "title")
    )
    settled = text_of(form, "bo-cau")
    seen = frozenset((*texts_of(form, "doc.seen"), settled, text_of(form, ADD)))
    urgent = bool(text_of(form, "doc.urgent"))
    return Heading(number, day, issuer, kind, title, urgent, seen, settled == ALL)


def posted_wish(form: FormData) -> tuple[str, str]:
    """Which button of ``WISHES`` was pressed, and what it says."""
    return next(((name, said) for name in WISHES if (said := text_of(form, name))), ("", ""))


def posted_cards(form: FormData, draft: Draft, lexicon: Lexicon) -> list[Card]:
    """The cards as typed, over ``draft``; a directive that the form does not know stays as it is."""
    cards = cards_of(draft, lexicon)
    for card in cards:
        if f"{card.key}.due_kind" in form:
            _overwrite(card, form)
    return cards


def _overwrite(card: Card, form: FormData) -> None:
    card.names = {name: texts_of(form, f"{card.key}.{name}") for name in PARTY_FIELDS}
    card.due_kind = text_of(form, f"{card.key}.due_kind")
    card.due_date = text_of(form, f"{card.key}.due_date")
    card.cycle = text_of(form, f"{card.key}.cycle")
    card.detail = text_of(form, f"{card.key}.detail")
    card.escalation = f"{card.key}.escalation" in form
    card.standing_rule = f"{card.key}.standing_rule" in form
    card.dropped = f"{card.key}.dropped" in form
    card.seen = frozenset(texts_of(form, f"{card.key}.seen"))
    card.remember = frozenset(texts_of(form, f"{card.key}.remember"))
    _choose(card, text_of(form, "chon"))


def _choose(card: Card, choice: str) -> None:
    """Apply a one-click choice: ``key|field|body id|name that it replaces``."""
    parts = choice.split("|", 3)
    if len(parts) < 4 or parts[0] != card.key or parts[1] not in PARTY_FIELDS:
        return
    _, name, body_id, replaced = parts
    names = card.names[name]
    if replaced in names:
        names[names.index(replaced)] = body_id
    elif body_id not in names:
        names.append(body_id)
