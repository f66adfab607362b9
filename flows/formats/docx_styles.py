"""What Word's styles hand on to paragraphs and words: their list, and how the words look.

A style rests on another one. Each is resolved once, whatever stands on it, and a chain is followed so
far and no further, also where it comes back to itself.
"""

from dataclasses import dataclass
from typing import Any

from flows.formats.docx_colours import PAPER, fill_of
from flows.formats.docx_look import PLAIN, Look, Rare, look_of
from flows.formats.docx_page import is_lost
from flows.formats.docx_parts import W
from flows.formats.work import MAX_LEVELS, counter

#: Numbers of a paragraph: numId, and its level from 0; a level that no list has is none.
Number = tuple[str | None, int | None]
_DEEPEST = 20  # no template that people made has a chain of ten
_SHADE = W + "shd"
_NO_NUMBER: Number = (None, None)
_Resolved = tuple[Number, Look, bool, bool]


@dataclass(frozen=True, slots=True)
class _Style:
    number: Number
    look: Look
    shaded: bool
    unseen: bool
    base: str | None


class Styles:
    """The styles of a file by their ids; ``root`` None: it has none."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._resolved: dict[str | None, _Resolved] = {}
        self.default: str | None = None
        self.usual_table: str | None = None
        self.is_doubled = False  # one name for two looks
        self.last_ground: tuple[Any, str | None] = (None, None)  # of ``docx_ground``
        usual = None if root is None else root.find(W + "docDefaults")
        self._usual = PLAIN if usual is None else _look_in(usual, "rPrDefault/", "pPrDefault/")
        for style in () if root is None else root.iterfind(W + "style"):
            self._keep(style)

    def number_of(self, style: str | None) -> Number:
        """The list that a style puts its paragraphs into."""
        return self._found(style)[0]

    def look_of(self, style: str | None) -> Look:
        """How a style shows its words, without what holds for the whole document."""
        return self._found(style)[1]

    def usual_look(self) -> Look:
        """How words of no style look."""
        return self._usual

    def shades(self, style: str | None) -> bool:
        """Whether a table's style fills cells with a colour."""
        return self._found(style)[2]

    def hides_table(self, style: str | None) -> bool:
        """Whether a table's style may hide the words in it: all of them, or a row's or a column's."""
        return self._found(style or self.usual_table)[3]

    def _found(self, style: str | None) -> _Resolved:
        known = self._resolved.get(style)
        if known is None:
            known = self._resolved[style] = self._resolve(style)
        return known

    def _resolve(self, style_id: str | None) -> _Resolved:
        number, look, shaded, unseen = _NO_NUMBER, PLAIN, False, False
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id or "")
            if style is None:
                break
            (num, level), (lent, lent_level) = number, style.number
            number = (lent if num is None else num, lent_level if level is None else level)
            look, shaded, unseen = look.over(style.look), shaded or style.shaded, unseen or style.unseen
            style_id = style.base
        return number, look, shaded, unseen

    def _keep(self, style: Any) -> None:
        style_id, base = style.get(W + "styleId"), style.find(W + "basedOn")
        if style_id is None:
            return
        is_table, before = style.get(W + "type") == "table", self._styles.get(style_id)
        shaded = is_table and any(_fills(shade) for shade in style.iter(_SHADE))
        found = self._styles[style_id] = _Style(
            number_in(style.find(W + "pPr")),
            _look_in(style),
            shaded,
            is_table and any(_is_unseen(look_of(found), shaded) for found in style.iter(W + "rPr")),
            base.get(W + "val") if base is not None else None,
        )
        self.is_doubled |= before is not None and before != found
        if style.get(W + "default") in ("1", "true", "on"):
            self.default = style_id if style.get(W + "type") == "paragraph" else self.default
            self.usual_table = style_id if is_table else self.usual_table


def number_in(properties: Any) -> Number:
    """The list that the properties of a paragraph or style name themselves."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return _NO_NUMBER
    num, index = found.find(W + "numId"), found.find(W + "ilvl")
    level = counter(index.get(W + "val"), -1, MAX_LEVELS) if index is not None else -1
    return (num.get(W + "val") if num is not None else None), (None if level < 0 else level)


def _look_in(style: Any, words: str = "", paragraphs: str = "") -> Look:
    """The look of a style's words, with what the paragraphs that they stand in do to it."""
    look, properties = look_of(style.find(_at(words, "rPr"))), style.find(_at(paragraphs, "pPr"))
    if properties is None:
        return look
    ground, lost = fill_of(properties.find(_SHADE)), is_lost(properties)
    return look.over(Look(rare=Rare(lost=lost, ground=ground))) if ground or lost else look


def _at(within: str, tag: str) -> str:
    return f"{W}{within}{W}{tag}" if within else W + tag


def _fills(shade: Any) -> bool:
    return fill_of(shade) not in (None, PAPER)


def _is_unseen(look: Look, shaded: bool) -> bool:
    return bool(look.hidden) or look.is_faint(lambda: None if shaded else PAPER)
