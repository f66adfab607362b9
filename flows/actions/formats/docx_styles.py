"""What Word's styles hand on to paragraphs and words: their list, and how the words look.

A style rests on another one. Each is resolved once, whatever stands on it, and a chain is followed so
far and no further, also where it comes back to itself.
"""

from dataclasses import dataclass
from typing import Any

from flows.actions.formats.docx_look import PLAIN, Look, look_of
from flows.actions.formats.docx_parts import W
from flows.actions.formats.work import MAX_LEVELS, counter

#: Numbers of a paragraph: numId, and its level from 0; a level that no list has is none.
Number = tuple[str | None, int | None]
_DEEPEST = 20  # no template that people made has a chain of ten
_SHADE = W + "shd"
_NO_NUMBER: Number = (None, None)


@dataclass(frozen=True, slots=True)
class _Style:
    number: Number
    look: Look
    shaded: bool
    base: str | None


class Styles:
    """The styles of a file by their ids; ``root`` None: it has none."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, _Style] = {}
        self._resolved: dict[str | None, tuple[Number, Look, bool]] = {}
        self.default: str | None = None
        self.last_ground: tuple[Any, str | None] = (None, None)  # of ``docx_ground``
        usual = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._usual = look_of(usual)
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

    def _found(self, style: str | None) -> tuple[Number, Look, bool]:
        known = self._resolved.get(style)
        if known is None:
            known = self._resolved[style] = self._resolve(style)
        return known

    def _resolve(self, style_id: str | None) -> tuple[Number, Look, bool]:
        number, look, shaded = _NO_NUMBER, PLAIN, False
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id or "")
            if style is None:
                break
            (num, level), (lent, lent_level) = number, style.number
            number = (lent if num is None else num, lent_level if level is None else level)
            look, shaded = look.over(style.look), shaded or style.shaded
            style_id = style.base
        return number, look, shaded

    def _keep(self, style: Any) -> None:
        style_id, base = style.get(W + "styleId"), style.find(W + "basedOn")
        if style_id is None:
            return
        self._styles[style_id] = _Style(
            number_in(style.find(W + "pPr")),
            look_of(style.find(W + "rPr")),
            style.get(W + "type") == "table" and any(_fills(shade) for shade in style.iter(_SHADE)),
            base.get(W + "val") if base is not None else None,
        )
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            self.default = style_id


def number_in(properties: Any) -> Number:
    """The list that the properties of a paragraph or style name themselves."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return _NO_NUMBER
    num, index = found.find(W + "numId"), found.find(W + "ilvl")
    level = counter(index.get(W + "val"), -1, MAX_LEVELS) if index is not None else -1
    return (num.get(W + "val") if num is not None else None), (None if level < 0 else level)


def _fills(shade: Any) -> bool:
    return shade.get(W + "fill", "auto").lower() not in ("auto", "ffffff")
