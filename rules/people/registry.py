"""Names of agencies to bodies, as of a day.

A directive of 2022 is read with the register of 2022: the same words ("Sở Tài chính", "các địa
phương") mean other bodies before and after a reorganisation. Old names still resolve; a name that
fits two bodies, or none, comes back with candidates and is never guessed in silence
(labelling guideline §3, reference on directives §7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import ahocorasick

from rules.people.bodies import MEMBER, Body, Succession, covers
from rules.people.name_variants import office_abbreviations, written_variants
from rules.text.folding import fold, fold_with_offsets, name_key, one_sound

#: Below this likeness (rapidfuzz, 0-100) a name is not offered as a candidate.
CANDIDATE_LIKENESS = 75
_MOST_CANDIDATES = 5
_MOST_DAYS = 1_000  # whose views are found at once
_MOST_KNOWN = 5_000  # names of which a view remembers what they mean
_LONGEST_NAME = 300  # signs; longer is no name, and is like none


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name means; ``candidates`` (best first) are given when ``body_id`` is None."""

    body_id: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: characters ``[start, end)`` of the text given."""

    start: int
    end: int
    phrase: str
    body_id: str | None
    candidates: tuple[str, ...] = ()


class Registry:
    """All bodies of a register, of all times. Immutable; views are cached by validity."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.bodies: tuple[Body, ...] = tuple(bodies)
        self._by_id = {body.id: body for body in self.bodies}
        self._views: dict[frozenset[str] | None, RegistryView] = {}
        self._days: dict[date | None, RegistryView] = {}

    def get(self, body_id: str) -> Body:
        """The body with this id. Raises KeyError if the register has none."""
        return self._by_id[body_id]

    def __contains__(self, body_id: object) -> bool:
        return body_id in self._by_id

    def as_of(self, day: date | None) -> "RegistryView":
        """The register as it read on ``day``; None prefers no period, so shared names stay open."""
        if day not in self._days:
            key = None if day is None else frozenset(b.id for b in self.bodies if b.exists_on(day))
            if len(self._days) >= _MOST_DAYS:
                self._days.clear()
            self._days[day] = self._views.setdefault(key, RegistryView(self, key))
        return self._days[day]

    def members(self, group_id: str, day: date | None) -> tuple[str, ...]:
        """Ids of a collective's members on ``day``: dated membership, and the member exists."""
        return tuple(
            m.body_id
            for m in self.get(group_id).members
            if day is None or (covers(m.valid_from, m.valid_to, day) and self.get(m.body_id).exists_on(day))
        )

    def successors(self, body_id: str, day: date | None) -> tuple[Succession, ...]:
        """Who had taken over from the body by ``day`` (None: ever)."""
        return tuple(s for s in self.get(body_id).successions if day is None or s.on is None or s.on <= day)

    def periods(self) -> tuple[date, ...]:
        """One day in each stretch of time in which the set of existing bodies does not change."""
        starts = {b.valid_from for b in self.bodies if b.valid_from}
        ends = {b.valid_to for b in self.bodies if b.valid_to}
        return tuple(sorted(starts | ends))

    def period_of(self, text: str) -> date | None:
        """A day on which most of the names in ``text`` existed, for a text that bears no date."""
        found = self.as_of(None).mentions(text)
        choices = [(m.body_id,) if m.body_id else m.candidates for m in found]
        if not choices:
            return None

        def alive(day: date) -> int:
            view = self.as_of(day)
            return sum(any(view.is_valid(body_id) for body_id in ids) for ids in choices)

        return max(self.periods(), key=alive, default=None)

    @cached_property
    def lexicon(self) -> dict[str, tuple[str, ...]]:
        """Folded name or alias, in all its spellings -> ids of all times, exact names first.

        A name stands here as folded and as its ``name_key``; who looks for what a text says needs the key.
        """
        found: dict[str, dict[str, None]] = {}
        for body in self._named:
            for key in (fold(body.name), name_key(body.name)):
                found.setdefault(key, {})[body.id] = None
        for body in self._named:
            for name in (body.name, *body.aliases):
                for variant in written_variants(name):
                    for key in (variant, one_sound(variant)):
                        found.setdefault(key, {})[body.id] = None
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def abbreviations(self) -> dict[str, tuple[str, ...]]:
        """Derived short forms -> ids; they count only where no listed name fits the day."""
        found: dict[str, dict[str, None]] = {}
        for body in self._named:
            for short in office_abbreviations(body):
                found.setdefault(one_sound(short), {})[body.id] = None
        return {name: tuple(ids) for name, ids in found.items()}

    @property
    def _named(self) -> list[Body]:
        return [body for body in self.bodies if body.kind != MEMBER]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The lexicon's names as texts are searched for them."""
        return tuple(name for name in self.lexicon if one_sound(name) == name)

    @cached_property
    def automaton(self) -> ahocorasick.Automaton:
        """Aho-Corasick over the lexicon; shared by all views because names do not depend on a day."""
        automaton = ahocorasick.Automaton()
        # An automaton of no names cannot be searched; a register of members alone has none.
        for name in {*self.keys, *self.abbreviations} or {"\0"}:
            automaton.add_word(name, name)
        automaton.make_automaton()
        return automaton


class RegistryView:
    """The register on one day; see ``Registry.as_of``."""

    def __init__(self, registry: Registry, valid: frozenset[str] | None) -> None:
        self.registry = registry
        self._valid = valid
        self._known: dict[str, Resolution] = {}

    def is_valid(self, body_id: str) -> bool:
        """Whether the body exists in this view (always, when the view has no day)."""
        return self._valid is None or body_id in self._valid

    def resolve(self, name: str) -> Resolution:
        """The body that a name (id, official name, alias) means here, or candidates.

        A view makes out candidates, half a millisecond each, for 5,000 unknown names, and for no more: a
        stranger's form may hold a hundred thousand.
        """
        if name not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                return self._exactly(name) or Resolution(None)
            found = self._exactly(name) or Resolution(None, self._alike(name_key(name)))
            if len(name) > _LONGEST_NAME:
                return found
            self._known[name] = found
        return self._known[name]

    def _exactly(self, name: str) -> Resolution | None:
        return Resolution(name.strip()) if name.strip() in self.registry else self._choose(name_key(name))

    def mentions(self, text: str) -> list[Mention]:
        """Every known name in ``text``, longest first at each place, on word boundaries."""
        folded, origins = fold_with_offsets(text)
        folded = one_sound(folded)
        best: dict[int, int] = {}
        for last, name in self.registry.automaton.iter(folded):
            first = last - len(name) + 1
            if _is_whole_word(folded, first, last + 1):
                best[first] = max(best.get(first, 0), last + 1)
        found: list[Mention] = []
        reached = 0
        for first in sorted(best, key=lambda start: (start, -best[start])):
            if first < reached:
                continue
            reached = best[first]
            start, end = origins[first], origins[reached - 1] + 1
            choice = self._choose(folded[first:reached]) or Resolution(None)
            found.append(Mention(start, end, text[start:end], choice.body_id, choice.candidates))
        return found

    def _choose(self, key: str) -> Resolution | None:
        """The body with exactly this name (``name_key``): one alive today, else the one that ever had it."""
        listed = self.registry.lexicon.get(key, ())
        derived = self.registry.abbreviations.get(key, ())
        alive = [i for i in listed if self.is_valid(i)] or [i for i in derived if self.is_valid(i)]
        fitting = alive or list(listed or derived)
        if not fitting:
            return None
        named = [i for i in fitting if name_key(self.registry.get(i).name) == key]
        if len(fitting) == 1 or (self._valid is not None and len(named) == 1):
            return Resolution((named or fitting)[0])
        return Resolution(None, tuple(dict.fromkeys(named + fitting)))

    def _alike(self, key: str) -> tuple[str, ...]:
        if len(key) > _LONGEST_NAME:
            return ()
        from rapidfuzz import fuzz, process  # most readings never need it

        hits = process.extract(
            key, self.registry.keys, scorer=fuzz.ratio, score_cutoff=CANDIDATE_LIKENESS, limit=20
        )
        ranked: dict[str, None] = {}
        for name, _, _ in hits:
            ids = self.registry.lexicon[name]
            for body_id in [i for i in ids if self.is_valid(i)] or ids:
                ranked[body_id] = None
        return tuple(ranked)[:_MOST_CANDIDATES]


def _is_whole_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum() or (after == "&"))
