"""One name found in a document, before its context is known."""

from dataclasses import dataclass

from rules.draft import Party, Span
from rules.reading.text.normalise import Views


@dataclass(frozen=True, slots=True)
class Named:
    """A name at ``[start, end)``: the bodies it means, or a back-reference still to be resolved."""

    start: int
    end: int
    body_ids: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    refers_to: str | None = None  # folded head noun of a back-reference ("so", "huyen", "don vi")
    counted: bool = False  # "03 huyện": a part of the collective that the reader does not work out
    stranger: bool = False  # the register does not know it
    upper: bool = False  # a committee of another province: it decides, as ours does
    said: str | None = None  # a stranger's whole name, where a list shares its first words
    titled: bool = False  # a person's office stands before the name

    def parties(self, views: Views) -> tuple[Party, ...]:
        """One party per body; an unresolved name keeps its words and candidates."""
        span = Span(self.start, self.end)
        phrase = " ".join(views.text[self.start : self.end].split())
        if not self.body_ids:
            return (Party(self.said or phrase, None, span, self.candidates),)
        return tuple(Party(phrase, body_id, span) for body_id in self.body_ids)
