"""The colour that a Word paragraph stands on: its own, its cell's or table's, else that of the paper."""

from typing import Any

from flows.actions.formats.docx_look import fill_of
from flows.actions.formats.docx_parts import W
from flows.actions.formats.docx_styles import Styles

_CELL, _TABLE, _BOX, _BODY = W + "tc", W + "tbl", W + "txbxContent", W + "body"
_SHADE, _STYLE = W + "shd", W + "tblStyle"
_PROPERTIES = {_CELL: W + "tcPr", _TABLE: W + "tblPr"}
_PAPER, _NOT_LOOKED_FOR = "ffffff", "?"


class Ground:
    """What is behind one paragraph, looked for when it is first asked; ``properties`` is its ``w:pPr``."""

    __slots__ = ("_colour", "_paragraph", "_properties", "_styles")

    def __init__(self, paragraph: Any, properties: Any, styles: Styles) -> None:
        self._paragraph, self._properties, self._styles = paragraph, properties, styles
        self._colour: str | None = _NOT_LOOKED_FOR

    def colour(self) -> str | None:
        """Six hexadecimal digits; None where a table's style or a drawing decides it."""
        if self._colour == _NOT_LOOKED_FOR:
            own = None if self._properties is None else _own(self._properties)
            self._colour = own or self._around()
        return self._colour

    def _around(self) -> str | None:
        parent = self._paragraph.getparent()
        known, colour = self._styles.last_ground  # neighbours in one cell stand on the same
        if parent is not known:
            colour = _of_holders(self._paragraph, self._styles)
            self._styles.last_ground = (parent, colour)
        return colour


def _of_holders(paragraph: Any, styles: Styles) -> str | None:
    for holder in paragraph.iterancestors(_CELL, _TABLE, _BOX, _BODY):
        if holder.tag == _BODY:
            break
        if holder.tag == _BOX:
            return None
        properties = next(holder.iterchildren(_PROPERTIES[holder.tag]), None)
        if properties is None:
            continue
        fill = _own(properties)
        if fill is not None:
            return fill
        style = next(properties.iterchildren(_STYLE), None)
        if style is not None and styles.shades(style.get(W + "val")):
            return None
    return _PAPER


def _own(properties: Any) -> str | None:
    return fill_of(next(properties.iterchildren(_SHADE), None))
