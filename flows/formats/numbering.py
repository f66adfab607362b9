"""The numbers that Word prints before list paragraphs and does not store in them.

A reader that loses "2.1" loses who is told what. The label is found from the paragraph through its
chain of styles to ``numPr``, then num -> abstractNum -> level. Levels are counted each for itself,
deeper ones start again, and ``lvlOverride`` restarts, linked styles and lists that share an abstract
one are honoured.
"""

from typing import Any

from flows.formats.docx_parts import W
from flows.formats.docx_styles import Styles, number_in
from flows.formats.docx_unlike import Noticed, Unlike
from flows.formats.number_formats import formatted
from flows.formats.numbering_lists import Level, NumberedList, read_lists

_LONGEST_BULLET = 3  # longer ones are words


class Numbering:
    """Gives each paragraph, asked once and in reading order, the label Word shows before it."""

    def __init__(self, styles: Styles, numbering: Any, noticed: Noticed) -> None:
        self._styles, self._noticed = styles, noticed
        self._lists = read_lists(numbering, lambda style: styles.number_of(style)[0])
        self._counters: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, paragraph: Any) -> str:
        """The label with its text ("2.1.", "a)", "-"), or "" for a paragraph without a number."""
        if not self._lists:
            return ""
        num_id, index = self._number_of(paragraph)
        entry = self._lists.get(num_id or "")
        level = entry.levels.get(index) if entry else None
        if num_id is None or entry is None or level is None:
            return ""
        self._count(num_id, entry, index, level)
        if level.is_cut:
            self._noticed.note(Unlike.UNREAD, level.text)
        if level.format == "bullet" and len(level.text) <= _LONGEST_BULLET:
            return level.text if level.text in ("+", "*") else "-"
        label = self._filled(entry, index, level).strip()
        if level.is_faint and label:
            self._noticed.note(Unlike.FAINT, label)
        return label

    def _filled(self, entry: NumberedList, index: int, level: Level) -> str:
        text, counters = level.text, self._counters[entry.abstract_id]
        for higher in range(index + 1):
            place = f"%{higher + 1}"
            if place in text:
                of = entry.levels.get(higher, level)
                shown = "decimal" if level.legal else of.format
                text = text.replace(place, formatted(counters.get(higher, of.start), shown))
        return text

    def _count(self, num_id: str, entry: NumberedList, index: int, level: Level) -> None:
        counters = self._counters.setdefault(entry.abstract_id, {})
        if index in entry.restarts and (num_id, index) not in self._restarted:
            self._restarted.add((num_id, index))
            counters[index] = entry.restarts[index] - 1
        counters[index] = counters.get(index, level.start - 1) + 1
        for deeper in [known for known in counters if known > index]:
            restart = entry.levels[deeper].restart_after if deeper in entry.levels else None
            if restart is None or index < restart:
                del counters[deeper]

    def _number_of(self, paragraph: Any) -> tuple[str | None, int]:
        properties = paragraph.find(W + "pPr")
        num_id, index = number_in(properties)
        named = properties.find(W + "pStyle") if properties is not None else None
        style = named.get(W + "val") if named is not None else self._styles.default
        if num_id is None or index is None:
            style_num, style_index = self._styles.number_of(style)
            num_id = style_num if num_id is None else num_id
            index = self._linked_level(num_id, style) if index is None else index
            index = style_index if index is None else index
        return (None if num_id == "0" else num_id), index or 0

    def _linked_level(self, num_id: str | None, style: str | None) -> int | None:
        """The level that the list itself ties to the style (headings numbered 1, 1.1, 1.1.1)."""
        entry = self._lists.get(num_id or "")
        return entry.linked.get(style) if entry and style else None
