"""Names of bodies as typed on a card, and the parties of a draft they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.draft import DraftDocument, Party
from rules.people.bodies import Body
from rules.people.registry import Registry
from rules.text.folding import name_key


@dataclass(frozen=True, slots=True)
class BodyOffered:
    """A body offered for a name: what is posted, and what is read."""

    body_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The register on the day of a document."""

    registry: Registry
    day: date | None

    @classmethod
    def of(cls, registry: Registry, document: DraftDocument) -> "Lexicon":
        """For a document; one without a date is read in the period of its own names."""
        return cls(registry, document.date or registry.period_of(document.text))

    def shown(self, party: Party) -> str:
        """What the field of a card says for a party."""
        known = party.body_id is not None and party.body_id in self.registry
        return self.registry.get(str(party.body_id)).name if known else party.phrase

    def parties(self, typed: Sequence[str], before: Sequence[Party]) -> tuple[Party, ...]:
        """The parties that names mean; one nobody knows stays open, with candidates."""
        names = [name.strip() for entry in typed for name in entry.replace("\n", ";").split(";")]
        return tuple(self._party(name, before) for name in names if name)

    def _party(self, name: str, before: Sequence[Party]) -> Party:
        view = self.registry.as_of(self.day)
        for party in before:
            # Two bodies may bear one name: what was chosen stays chosen while it fits the day.
            same = name_key(self.shown(party)) == name_key(name)
            if same and party.body_id and view.is_valid(party.body_id):
                return party
        found = view.resolve(name)
        for party in before:
            if party.body_id == found.body_id is not None or party.phrase == name:
                return Party(party.phrase, found.body_id, party.span, found.candidates)
        phrase = self.registry.get(name).name if name in self.registry else name
        return Party(phrase, found.body_id, None, found.candidates)

    def choices(self, candidates: Sequence[str]) -> list[BodyOffered]:
        """Candidates as they are offered: bodies of one name are told apart by their dates."""
        bodies = [self.registry.get(key) for key in candidates if key in self.registry]
        names = [body.name for body in bodies]
        return [
            BodyOffered(
                body.id, f"{body.name} ({_period(body)})" if names.count(body.name) > 1 else body.name
            )
            for body in bodies
        ]

    def named(self, names: Sequence[str]) -> list[BodyOffered]:
        """Candidates given by name; a name that the register does not know is left out."""
        view = self.registry.as_of(self.day)
        ids: list[str] = []
        for found in map(view.resolve, names):
            ids += [found.body_id] if found.body_id else found.candidates
        return self.choices(ids)

    def all_names(self) -> list[str]:
        """Every name that may be typed on this day, for the list under a field."""
        view = self.registry.as_of(self.day)
        return sorted({body.name for body in self.registry.bodies if view.is_valid(body.id)})


def _period(body: Body) -> str:
    first = f"từ {body.valid_from:%d/%m/%Y}" if body.valid_from else ""
    last = f"đến {body.valid_to:%d/%m/%Y}" if body.valid_to else ""
    return " ".join(part for part in (first, last) if part) or "không giới hạn thời gian"
