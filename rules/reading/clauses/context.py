"""What a reading of one document keeps at hand: its views, names, deadlines and memory."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from rules.draft import DocumentKind, Party
from rules.people.registry import RegistryView
from rules.reading.dates.deadline_phrases import DeadlineReader
from rules.reading.layout.header import Header
from rules.reading.layout.speakers import is_departmental, is_of_the_state
from rules.reading.names.cast import cast_of
from rules.reading.names.identity import names_another_province
from rules.reading.names.mentions import mentions_in
from rules.reading.names.named import Named
from rules.reading.names.names import names_in
from rules.reading.text.limits import check_names
from rules.reading.text.normalise import Views
from rules.text.folding import fold
from rules.text.gaps import gaps

#: Kinds that receive reports and decide, and so are no addressee of their own conclusion.
UPPER_KINDS = frozenset({"ubnd", "dang", "dan-cu", "chuc-danh"})
_DISTRICT = "cap-huyen"
_PLACES = ("huyen", "thi xa", "thanh pho", "dia phuong")
#: So many names back a back-reference is looked for: further back nobody would understand it.
_FARTHEST = 60
#: "Các huyện còn lại" are those beside the ones told just before.
_NEAR = 14
#: Signs of the opening of a report, and how it says whom the chair went to see.
_OPENING = 1500
_VISITED = re.compile(
    gaps(
        r"\b(?:lam viec (?:voi|tai)|kiem tra tai|khao sat tai|tham va lam viec (?:voi|tai))\s+[^.;\n]{0,24}$"
    )
)


@dataclass
class Context:
    """One document being read; ``leads`` remembers the leads of directives already found."""

    views: Views
    view: RegistryView
    header: Header
    deadlines: DeadlineReader
    names: list[Named]
    issuer_id: str | None
    focus: str | None
    leads: list[tuple[Party, ...]] = field(default_factory=list)
    _parties: dict[int, tuple[Party, ...]] = field(default_factory=dict)  # of names that refer to nothing

    def names_between(self, start: int, end: int) -> list[int]:
        """Indexes of the names inside ``[start, end)``."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [i for i in range(first, last) if self.names[i].end <= end]

    @cached_property
    def _starts(self) -> list[int]:
        return [named.start for named in self.names]

    def is_within_name(self, at: int) -> bool:
        """Whether the character at ``at`` stands inside a name."""
        index = bisect_left(self._starts, at) - 1
        return index >= 0 and self.names[index].start < at < self.names[index].end

    def starts_counted(self, at: int) -> bool:
        """Whether "03 huyện" (a part of a collective) begins at ``at``."""
        index = bisect_left(self._starts, at)
        return index < len(self.names) and self._starts[index] == at and self.names[index].counted

    @cached_property
    def from_the_state(self) -> bool:
        """Whether the state's leaders speak here, so that "UBND tỉnh A bàn giao …" is an order to it."""
        return self.header.kind is DocumentKind.PRESS and is_of_the_state(self.views)

    @cached_property
    def from_a_department(self) -> bool:
        """Whether a ministry or department is the highest that asks in a report."""
        return self.header.kind is DocumentKind.PRESS and is_departmental(self.views)

    def kind_of(self, body_id: str) -> str:
        """The register's kind of a body."""
        return self.view.registry.get(body_id).kind

    def is_upper(self, named: Named) -> bool:
        """Whether the name means only bodies that decide (the UBND, a chair's title)."""
        return (
            named.upper
            or bool(named.body_ids)
            and all(self.kind_of(b) in UPPER_KINDS for b in named.body_ids)
        )

    def parties_of(self, index: int, sentence_start: int) -> tuple[Party, ...]:
        """The parties that a name means here, back-references and remainders resolved."""
        named = self.names[index]
        if named.refers_to:
            return self._referred(index, sentence_start)
        if index not in self._parties:
            self._parties[index] = self._meant(index)
        return self._parties[index]

    def _meant(self, index: int) -> tuple[Party, ...]:
        named = self.names[index]
        remainder = self._remainder(index)
        if remainder:
            return tuple(
                replace(p, body_id=b, candidates=()) for p in named.parties(self.views)[:1] for b in remainder
            )
        if self.focus and self._is_singular_place(named):
            return (replace(named.parties(self.views)[0], body_id=self.focus),)
        return named.parties(self.views)

    def _is_singular_place(self, named: Named) -> bool:
        words = fold(self.views.text[named.start : named.end])
        before = self.views.folded[max(0, named.start - 4) : named.start]
        return words == "dia phuong" and not before.endswith("cac ")

    def _referred(self, index: int, sentence_start: int) -> tuple[Party, ...]:
        """ "Sở này": the nearest such body of the sentence, else the last lead, else the nearest."""
        named = self.names[index]
        noun = named.refers_to or ""
        near = next(self._earlier(index, noun, sentence_start), None)
        place = self.focus if noun in _PLACES else None
        leads = (p.body_id for lead in reversed(self.leads[-_FARTHEST:]) for p in reversed(lead) if p.body_id)
        recent = next((i for i in leads if self._is_a(i, noun)), None)
        own = self.issuer_id if self.issuer_id and self._is_a(self.issuer_id, noun) else None
        found = near or place or recent or next(self._earlier(index, noun, 0), None) or own
        if found is None and (office := self._named_office(noun)):
            return office
        found = found or next(iter(self._office(noun)), None)
        party = replace(named, refers_to=None).parties(self.views)[0]
        return (replace(party, body_id=found),)

    def _earlier(self, index: int, noun: str, start: int) -> Iterator[str]:
        """Bodies of the noun's kind named before, nearest first, not before ``start``."""
        for named in reversed(self.names[max(0, index - _FARTHEST) : index]):
            if named.start < start:
                return
            if named.body_ids and self._is_a(named.body_ids[-1], noun):
                yield named.body_ids[-1]

    def _named_office(self, noun: str) -> tuple[Party, ...] | None:
        """The office that the document names in full, though no register has it: "Văn phòng HĐND và UBND
        phường" is "Văn phòng" in that ward's minutes."""
        if noun not in ("van phong", "vp"):
            return None
        named = (n for n in self.names if n.stranger and self.views.folded.startswith("van phong ", n.start))
        return next((n.parties(self.views) for n in named), None)

    def _office(self, noun: str) -> list[str]:
        if noun not in ("van phong", "vp"):
            return []
        ids = [
            self.view.resolve(name).body_id for name in ("Văn phòng UBND tỉnh", "Văn phòng UBND thành phố")
        ]
        return [i for i in ids if i and self.view.is_valid(i)][:1]

    def _is_a(self, body_id: str, noun: str) -> bool:
        body = self.view.registry.get(body_id)
        if noun in ("don vi", "co quan"):
            return body.kind not in UPPER_KINDS
        if noun in ("huyen", "thi xa", "thanh pho", "dia phuong"):
            return body.kind == _DISTRICT
        if noun in ("xa", "phuong"):
            return body.kind == "cap-xa"
        noun = {"vp": "van phong", "bcd": "ban chi dao"}.get(noun, noun)
        return _folded(body.name).startswith(noun) and not body.is_collective

    def _remainder(self, index: int) -> list[str]:
        """ "các huyện còn lại", "các địa phương nêu trên": the subset that the text determines."""
        named = self.names[index]
        if len(named.body_ids) != 1:
            return []
        after = self.views.folded[named.end : named.end + 16]
        if not re.match(gaps(r"\s+(?:con lai|neu tren|noi tren|tren\b|nay\b)"), after):
            return []
        members = self.view.registry.members(named.body_ids[0], self.header.date)
        far = _NEAR if "con lai" in after else _FARTHEST
        before = [b for n in self.names[max(0, index - far) : index] for b in n.body_ids]
        told = [m for m in members if m in before]
        if not told:
            return []
        return [m for m in members if m not in told] if "con lai" in after else told


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return fold(name)


def context_of(
    views: Views, view: RegistryView, header: Header, calendar: object | None, day: date | None
) -> Context:
    """Prepare a document for reading. Raises TooMuchToRead."""
    mentions = mentions_in(views, view)
    check_names(len(mentions))
    names = names_in(views, view, cast_of(views, mentions), mentions, day)
    check_names(len(names))
    issuer = _issuer_id(header, view)
    focus = issuer if issuer and view.registry.get(issuer).kind == _DISTRICT else _focus(names, view)
    focus = focus or _visited(views, names, view)
    return Context(views, view, header, DeadlineReader(views, day, calendar), names, issuer, focus)


def _issuer_id(header: Header, view: RegistryView) -> str | None:
    """The body of the letterhead: all of it, its office before its owner, its last or first line."""
    lines = header.issuer_lines
    tries = [header.issuer or ""]
    if lines:
        tries += [f"{lines[-1]} {lines[0]}", lines[-1], lines[0]]
    if names_another_province(view.registry, " ".join((header.issuer or "", *lines))):
        return None  # "UBND tỉnh" there is not ours
    tries += [
        re.sub(gaps(r"\s+(?:TỈNH|THÀNH PHỐ)\s+.*$"), tail, name) for name in tries for tail in (" tỉnh", "")
    ]
    return next((i for i in (view.resolve(name).body_id for name in tries if name) if i), None)


def _visited(views: Views, names: list[Named], view: RegistryView) -> str | None:
    """The one district that the opening of a report says was visited, if it names no other there."""
    opening = [named for named in names if named.start < _OPENING and len(named.body_ids) == 1]
    districts = {n.body_ids[0] for n in opening if view.registry.get(n.body_ids[0]).kind == _DISTRICT}
    visited = any(
        n.body_ids[0] in districts and _VISITED.search(views.folded, max(0, n.start - 40), n.start)
        for n in opening
    )
    return next(iter(districts)) if visited and len(districts) == 1 else None


def _focus(names: list[Named], view: RegistryView) -> str | None:
    """The one district that a report is about, if there is one: then "huyện" means it."""
    counts: dict[str, int] = {}
    for named in names:
        for body_id in named.body_ids:
            if view.registry.get(body_id).kind == _DISTRICT:
                counts[body_id] = counts.get(body_id, 0) + 1
    if not counts:
        return None
    best = max(counts, key=lambda body_id: counts[body_id])
    return best if counts[best] >= 3 and counts[best] >= 0.6 * sum(counts.values()) else None
