"""What was typed on the cards becomes a corrected draft, or says where it is wrong."""

from dataclasses import replace
from datetime import date

from flows.actions.reading.recut import Reads, Recut, add_at, cut, merge, restore
from rules.calendar.recurrence import UnknownRule, check_rule
from rules.calendar.recurrence_words import CYCLES, join_rule
from rules.draft import (
    DocumentKind,
    Doubt,
    Draft,
    DraftDirective,
    DraftDocument,
    DraftDue,
    DueKind,
    Party,
    Span,
)
from rules.people.registry import Registry
from rules.refusal import NotAllowed
from web.forms.fields import WrongDate, parse_day
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import (
    ADD,
    CUT,
    MERGE,
    PARTY_FIELDS,
    RESTORE,
    Card,
    Heading,
    Sheet,
    parties_of,
    plain_values,
    unplaced,
)


def corrected_document(heading: Heading, before: DraftDocument, registry: Registry) -> DraftDocument:
    """The document's facts as typed; what is wrong is noted on ``heading``."""
    day = before.date
    try:
        day = parse_day(heading.date)
    except WrongDate as error:
        heading.errors["date"] = str(error)
    issuer = heading.issuer or None
    found = registry.as_of(day).resolve(issuer).body_id if issuer else None
    if issuer == before.issuer and before.issuer_id and found is None:
        found = before.issuer_id
    kind = DocumentKind(heading.kind) if heading.kind in set(DocumentKind) else before.kind
    number = heading.number or None
    return replace(
        before,
        number=number,
        date=day,
        issuer=issuer,
        issuer_id=found,
        kind=kind,
        title=heading.title,
        urgent=heading.urgent,
    )


def corrected_directives(cards: list[Card], lexicon: Lexicon) -> tuple[DraftDirective, ...]:
    """The directives as typed, without the dropped ones; what is wrong is noted on the cards."""
    return tuple(_corrected(card, lexicon) for card in cards if not card.dropped)


def _corrected(card: Card, lexicon: Lexicon) -> DraftDirective:
    before = card.directive
    parties = {name: lexicon.parties(card.names[name], parties_of(before, name)) for name in PARTY_FIELDS}
    for name, found in parties.items():
        _note_unknown(card, name, found, lexicon)
    after = replace(
        before,
        lead=parties["lead"],
        cooperate=parties["cooperate"],
        report_to=parties["report_to"],
        due=_due(card),
        **plain_values(card),
    )
    return replace(after, doubts=_remaining(card, before, after))


def _note_unknown(card: Card, name: str, found: tuple[Party, ...], lexicon: Lexicon) -> None:
    """A name typed anew that nobody knows is an error; one that was open before may stay open."""
    known_open = {party.phrase for party in parties_of(card.directive, name) if party.body_id is None}
    for party in found:
        if party.body_id is None and party.phrase not in known_open:
            card.errors[name] = f"Không có cơ quan nào tên «{party.phrase}» trong danh mục vào ngày văn bản."
            card.points.append(unplaced(name, party, lexicon))


def _due(card: Card) -> DraftDue:
    before = card.directive.due
    kind = DueKind(card.due_kind) if card.due_kind in set(DueKind) else before.kind
    day = _due_day(card) if kind is DueKind.DATE else None
    rule = _due_rule(card) if kind is DueKind.RECURRING else None
    if (kind, day, rule) == (before.kind, before.date, before.rule):
        return before
    # What a person typed was read by no pattern; phrase and place in the text stay for the record.
    return replace(before, kind=kind, date=day, rule=rule, read_by=None, anchor=None, approximate=False)


def _due_day(card: Card) -> date | None:
    try:
        day = parse_day(card.due_date)
    except WrongDate as error:
        card.errors["due"] = str(error)
        return None
    if day is None:
        card.errors["due"] = "Thời hạn «Chậm nhất ngày» cần ghi ngày."
    return day


def _due_rule(card: Card) -> str | None:
    rule = join_rule(card.cycle, card.detail)
    try:
        check_rule(rule)
    except UnknownRule:
        typed = " ".join(part for part in (CYCLES.get(card.cycle, ""), card.detail) if part)
        card.errors["due"] = f"Không hiểu chu kỳ «{typed}»; ví dụ: Hằng tháng, 25." if typed else _NO_CYCLE
        return None
    return rule


_NO_CYCLE = "Thời hạn «Định kỳ» cần chọn chu kỳ."


def _remaining(card: Card, before: DraftDirective, after: DraftDirective) -> tuple[Doubt, ...]:
    """Doubts that are neither ticked as seen nor settled by a change of their field."""
    changed = {name for name in PARTY_FIELDS if _bodies(before, name) != _bodies(after, name)}
    if before.due != after.due:
        changed.add("due")
    return tuple(
        doubt
        for n, doubt in enumerate(before.doubts)
        if str(n) not in card.seen and doubt.field not in changed
    )


def _bodies(directive: DraftDirective, name: str) -> list[str | None]:
    return [party.body_id for party in parties_of(directive, name)]


def dropped_directives(cards: list[Card], lexicon: Lexicon) -> tuple[DraftDirective, ...]:
    """What is set aside, as typed where that can be kept: it may be wanted again."""
    return tuple(_set_aside(card, lexicon) for card in cards if card.dropped)


def _set_aside(card: Card, lexicon: Lexicon) -> DraftDirective:
    trial = replace(card, points=[], errors={})
    typed = _corrected(trial, lexicon)
    return card.directive if trial.errors else typed


def recut(draft: Draft, sheet: Sheet, before: Draft, reads: Reads) -> Recut:
    """``draft`` after what was pressed on a card or a sentence. Raises NotAllowed with what hinders it."""
    wish, value = sheet.wish
    key, _, at = value.partition("|")
    if wish in (CUT, MERGE):
        place = _place_of(key, sheet.cards)
        return cut(draft, place, _number(at), reads) if wish == CUT else merge(draft, place)
    if wish == RESTORE:
        return restore(draft, _number(value))
    if wish == ADD and (place_left := _left_over(before, value)):
        return add_at(draft, place_left, reads)
    return Recut(draft)


def _place_of(key: str, cards: list[Card]) -> int:
    kept = [card.key for card in cards if not card.dropped]
    if key in kept:
        return kept.index(key)
    if any(card.key == key for card in cards):
        raise NotAllowed("Thẻ này đang đánh dấu «Không phải nhiệm vụ»: bỏ dấu trước khi tách hoặc ghép.")
    raise NotAllowed("Không còn thẻ này trong dự thảo.")


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 9 else -1


def _left_over(before: Draft, value: str) -> Span | None:
    place = _number(value)
    return before.doubts[place].span if 0 <= place < len(before.doubts) else None
