"""What a person says is a directive, read at once: a sentence that was added, the halves of one that was cut.

The words are kept to the letter; the reader only says who, with whom and by when, as far as they do.
Source: issue 14, line 8.
"""

from dataclasses import dataclass, replace
from datetime import date

from rules.documents.coverage import BY_HAND
from rules.documents.joining import combined
from rules.draft import Doubt, DraftDirective, DueKind, Genre, Party, Span
from rules.people.registry import Registry
from rules.reading.clauses.context import Context
from rules.reading.clauses.doubts import of_directive
from rules.reading.clauses.escalation import is_escalation
from rules.reading.clauses.joined_names import find_cooperators
from rules.reading.clauses.receivers import receivers
from rules.reading.document import context_on, opened, with_standing
from rules.reading.forms.prose import ProseReader
from rules.reading.halves import as_carried, handed_on
from rules.reading.layout.segments import PLAIN_LEVEL, Block, blocks_of

_UNREAD = "Chưa đọc được cơ quan, thời hạn của câu này, cần ghi."


@dataclass(frozen=True, slots=True)
class HandReader:
    """One text, ready to be read at any place of it; ``context`` is None where it is not as it was read."""

    text: str
    context: Context | None
    blocks: tuple[Block, ...]

    @classmethod
    def of(
        cls, text: str, registry: Registry, day: date | None, calendar: object | None, genre: Genre | None
    ) -> "HandReader":
        """See ``rules.reading.hand_reader``."""
        views, header = opened(text, registry, genre)
        if views.text != text:  # a draft of somebody else's making: its places mean nothing here
            return cls(text, None, ())
        return cls(text, context_on(day, views, header, registry, calendar), tuple(blocks_of(views)))

    def read(self, place: Span) -> DraftDirective:
        """The directive at ``place``; where nobody is named its lead is empty, with a doubt."""
        return self._read(place, ())

    def split(
        self, directive: DraftDirective, parts: tuple[Span, Span]
    ) -> tuple[DraftDirective, DraftDirective]:
        """``directive`` as the two at ``parts`` of it. What neither says stays, with a doubt."""
        first, second = (self._part(place, directive) for place in parts)
        return as_carried(directive, (first, second))

    def _part(self, place: Span, directive: DraftDirective) -> DraftDirective:
        found = self._read(place, ())
        if found.lead or not directive.lead:
            return found
        return handed_on(self._read(place, directive.lead))

    def _read(self, place: Span, handed: tuple[Party, ...]) -> DraftDirective:
        """``handed``: whom the words speak to where they name nobody."""
        words = self.text[place.start : place.end]
        if self.context is None or not words.strip():
            doubts = () if handed else (Doubt("lead", _UNREAD),)
            return DraftDirective(words, place, lead=handed, doubts=doubts, read_by=BY_HAND)
        prose = ProseReader(self.context, handed)
        prose.read(self._blocks_in(place))
        if not prose.directives:
            return with_standing(self.context, _bare(self.context, words, place, handed))
        whole = replace(combined(prose.directives), text=words, span=place)
        return with_standing(self.context, whole)

    def _blocks_in(self, place: Span) -> list[Block]:
        met = [one for one in self.blocks if one.start < place.end and place.start < one.end]
        cut = [replace(one, start=max(one.start, place.start), end=min(one.end, place.end)) for one in met]
        return cut if len(cut) > 1 else [replace(one, level=PLAIN_LEVEL) for one in cut]


def _bare(context: Context, words: str, place: Span, handed: tuple[Party, ...]) -> DraftDirective:
    """Words in which the reader sees no order: their day, and whoever is said to help or to be told."""
    due = context.deadlines.read(place.start, place.end)
    leading = {party.body_id for party in handed}
    found = DraftDirective(
        words,
        place,
        lead=handed,
        cooperate=tuple(
            party
            for party in find_cooperators(context, place.start, place.end, place.start)
            if party.body_id not in leading
        ),
        due=due,
        report_to=tuple(receivers(context, place.start, place.end)),
        escalation=is_escalation(context.views, place.start, place.end, due.kind is DueKind.RECURRING),
        read_by=BY_HAND,
    )
    return replace(found, doubts=of_directive(context, found, far=False))
