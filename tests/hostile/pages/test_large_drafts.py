"""After the reading: what a large draft or form costs the pages grows with its size.

Work is counted, not timed. Seen red: with each line held against each directive, the text folded anew for
each name, candidates made out for every name that a form may hold, and the view of a day made at each call.
"""

import random
from datetime import date

import pytest

from rules.documents import cutting
from rules.documents.places import place_of
from rules.draft import (
    DocumentKind,
    Draft,
    DraftDirective,
    DraftDocument,
    DueKind,
    Mark,
    Party,
    Span,
    Statement,
)
from rules.people import registry
from rules.people.bodies import Body
from rules.people.registry import Registry, RegistryView
from rules.reading.learning import regrouping
from rules.text import incoming
from rules.text.folding import name_key
from web.kit import marked_text
from web.kit.marked_text import MarkedPiece, marked
from web.pages.documents import alias_offers
from web.pages.documents.alias_offers import offers_of
from web.pages.documents.body_names import Lexicon
from web.pages.documents.draft_cards import cards_of

LINES = 300
BODIES = Registry([Body("sct", "Sở Công Thương", "department"), Body("syt", "Sở Y tế", "department")])


def test_a_line_costs_only_the_directives_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text, met = "x\n" * LINES, 0
    cut = marked_text._pieces

    def counted(*args: object) -> object:
        nonlocal met
        met += len(args[3]) + len(args[4])  # type: ignore[arg-type]
        return cut(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(marked_text, "_pieces", counted)
    spans = [Span(at, at + 1) for at in range(0, 2 * LINES, 2)]
    statements = [Statement(span, Mark.NO_TASK, "", "") for span in spans]
    assert len(marked(text, spans, statements)) == LINES
    assert met == 2 * LINES


def test_marks_are_where_they_were() -> None:
    """Overlapping, empty, across lines, in any order: as when each line is held against each span."""
    chance = random.Random(11)
    for _ in range(60):
        text = "".join(chance.choices("ab \n", k=30))
        spans = [Span(at, at + chance.randrange(12)) for at in chance.choices(range(30), k=6)]
        start, plain = 0, []
        for line in text.split("\n"):
            end = start + len(line)
            if line.strip():
                here = [(n, one) for n, one in enumerate(spans, 1) if one.start < end and one.end > start]
                plain.append(marked_text._pieces(text, start, end, here, {}))
            start = end + 1
        assert marked(text, spans) == plain


def test_a_piece_says_which_directive_begins() -> None:
    assert marked("ab\ncd", [Span(1, 4)]) == [
        (MarkedPiece("a"), MarkedPiece("b", (1,), (1,))),
        (MarkedPiece("c", (1,)), MarkedPiece("d")),
    ]


def draft_of(count: int) -> Draft:
    text = "\n".join(f"Giao Sở lạ {n} báo cáo." for n in range(count))
    directives, start = [], 0
    for n, line in enumerate(text.split("\n")):
        party = Party(f"Sở lạ {n}", None)
        directives.append(DraftDirective(line, Span(start, start + len(line)), (party,)))
        start += len(line) + 1
    return Draft(DraftDocument(DocumentKind.NOTICE, None, None, None, None, "", text), tuple(directives), ())


def test_the_text_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    draft, folded = draft_of(LINES), 0

    def counted(name: str) -> str:
        nonlocal folded
        folded += len(name)
        return name_key(name)

    monkeypatch.setattr(alias_offers, "name_key", counted)
    lexicon = Lexicon.of(BODIES, draft.document)
    cards = cards_of(draft, lexicon)
    assert {card.due_kind for card in cards} == {DueKind.NONE}
    key = name_key(draft.document.text)
    offers = [offers_of(*pair, lexicon, key) for pair in zip(cards, draft.directives, strict=True)]
    assert [one.phrase for found in offers for one in found] == [f"Sở lạ {n}" for n in range(LINES)]
    assert folded < 4 * len(draft.document.text)


def test_candidates_are_made_out_for_so_many_names(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(registry, "_MOST_KNOWN", 3)
    monkeypatch.setattr(RegistryView, "_alike", lambda self, key: made.append(key) or ("sct",))
    lexicon = Lexicon(BODIES, date(2024, 1, 2))
    typed = ["; ".join(f"Sở {n}" for n in range(50)), "Sở 1; Sở Y tế"]
    found = lexicon.parties(typed, ())
    assert made == ["so 0", "so 1", "so 2"]
    assert [one.candidates for one in found[:4]] == [("sct",)] * 3 + [()]
    assert [one.body_id for one in found[-2:]] == [None, "syt"], "a name that is known is always known"


def test_what_is_longer_than_any_name_is_like_none() -> None:
    view = BODIES.as_of(None)
    assert view.resolve("Sở Công Thươn").candidates == ("sct",)
    assert view.resolve("Sở Công Thươn" * 1_000).candidates == ()


def test_a_day_has_one_view() -> None:
    days = [date(2024, 1, day) for day in (1, 2, 1)]
    assert len({id(BODIES.as_of(day)) for day in days}) == 1


def test_a_large_text_passes_the_door_in_pieces_and_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    """No piece is so long that the pages wait for it; what comes out is what came out of the whole."""
    chance, signs = random.Random(11), "ab1ộ\u034f\n\r\t\u0301\u0302\u200b\u200d\u202e\xa0é\u2028ế"
    texts = ["".join(chance.choices(signs, k=60)) + " " * 70 * (n % 2) + "\u0301b" for n in range(200)]
    whole = [incoming.taken(text) for text in texts]
    lengths: list[int] = []
    take = incoming._taken
    monkeypatch.setattr(incoming, "_taken", lambda text: lengths.append(len(text)) or take(text))
    monkeypatch.setattr(incoming, "_WHOLE", 5)
    assert [incoming.taken(text) for text in texts] == whole
    incoming.taken("một dòng\n" * 50)
    assert max(lengths[-40:]) < 20


def test_the_places_of_a_cut_are_found_by_one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break (not tried): the letters of all that stands before a mark counted at each mark."""
    words, counted = "rà soát kho thuốc, " * LINES, 0
    count = cutting._letters

    def noted(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return count(text)

    monkeypatch.setattr(cutting, "_letters", noted)
    cutting.breaks(words)
    assert counted <= 2 * len(words)


def test_words_that_stand_everywhere_are_looked_for_a_while() -> None:
    """Break (not tried): every place held against every directive."""
    taken = [Span(at, at + 1) for at in range(0, 20_000, 2)]
    assert place_of("a " * 10_000, "a", taken) == Span(0, 1)


def test_the_origin_of_a_part_is_looked_up_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break (not tried): each card held against the whole first reading."""
    first, met = draft_of(LINES).directives, 0
    likened = regrouping.is_part

    def counted(one: DraftDirective, other: DraftDirective) -> bool:
        nonlocal met
        met += 1
        return likened(one, other)

    monkeypatch.setattr(regrouping, "is_part", counted)
    read = regrouping.FirstRead.of(first)
    for one in first:
        read.of_part(one)
    assert met <= 4 * LINES
