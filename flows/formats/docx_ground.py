"""The colour that a Word paragraph stands on: its own, its cell's or table's, else that of the paper."""

import re
from itertools import islice
from typing import Any

from flows.formats.docx_colours import PAPER, fill_of
from flows.formats.docx_parts import W
from flows.formats.docx_styles import Styles

_NEAREST = 6  # elements from a box to its shape
_VML = "{urn:schemas-microsoft-com:vml}"
_NEAREST, _FEW = 6, 12  # elements from a box to its shape; children before the one that is sought
_VML = "{urn:schemas-microsoft-com:vml}"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_SHAPE, _SHAPE_PROPERTIES, _SHAPE_STYLE = (_WORD_2010 + tag for tag in ("wsp", "spPr", "style"))
_CELL, _TABLE, _BOX, _BODY = W + "tc", W + "tbl", W + "txbxContent", W + "body"
_SHADE, _STYLE = W + "shd", W + "tblStyle"
_PROPERTIES = {_CELL: W + "tcPr", _TABLE: W + "tblPr"}
_NOT_LOOKED_FOR = "-"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FILLS = tuple(_DRAWING + kind for kind in ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_HEX = re.compile(r"#([0-9a-f]{6})\b", re.IGNORECASE)
_OFF = ("f", "false", "0")


class Ground:
    """What is behind one paragraph, looked for when it is first asked; ``properties`` is its ``w:pPr``."""

    __slots__ = ("_colour", "_paragraph", "_properties", "_styles")

    def __init__(self, paragraph: Any, properties: Any, styles: Styles) -> None:
        self._paragraph, self._properties, self._styles = paragraph, properties, styles
        self._colour: str | None = _NOT_LOOKED_FOR

    def colour(self, of_style: str | None) -> str | None:
        """Six hexadecimal digits; None where a table's style or a drawing decides it.

        ``of_style`` is what the paragraph's style fills it with.
        """
        if self._colour == _NOT_LOOKED_FOR:
            own = None if self._properties is None else _own(self._properties)
            self._colour = own or of_style or self._around()
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
            return _of_page(holder)
        if holder.tag == _BOX:
            return _of_box(holder)
        properties = _first(holder, _PROPERTIES[holder.tag])
        if properties is None:
            continue
        fill = _own(properties)
        if fill is not None:
            return fill
        style = _first(properties, _STYLE)
        if style is not None and styles.shades(style.get(W + "val")):
            return None
    return PAPER


def _of_page(body: Any) -> str | None:
    """The colour that a document gives its pages on the screen."""
    document = body.getparent()
    page = None if document is None else _first(document, W + "background")
    colour = "auto" if page is None else page.get(W + "color", "auto").lower()
    return PAPER if colour == "auto" or page is None or page.get(W + "themeColor") else colour


def _of_box(box: Any) -> str | None:
    """What a text box is filled with: paper unless it says so; None where its words do not tell."""
    for holder in islice(box.iterancestors(), _NEAREST):
        if holder.tag == _SHAPE:
            return _of_shape(holder)
        if holder.tag.startswith(_VML) and not holder.tag.endswith("}textbox"):
            written = holder.get("fillcolor", "")
            found = _HEX.match(written)
            if holder.get("filled") in _OFF or not written:
                return PAPER
            return found[1].lower() if found else None
    return None


def _of_shape(shape: Any) -> str | None:
    """The fill of a drawn shape: its own, else what its style lends it."""
    own, style = _first(shape, _SHAPE_PROPERTIES), _first(shape, _SHAPE_STYLE)
    fill = next((found for kind in _FILLS if (found := _first(own, kind)) is not None), None)
    if fill is not None:
        colour = _first(fill, _DRAWING + "srgbClr")
        return None if colour is None else colour.get("val", "").lower()
    lent = _first(style, _DRAWING + "fillRef")
    return None if lent is not None and lent.get("idx") != "0" else PAPER


def _first(holder: Any, tag: str) -> Any:
    """The child of this name among the first ones, where Word puts it; None if there is none."""
    return next((child for child in islice(() if holder is None else holder, _FEW) if child.tag == tag), None)


def _own(properties: Any) -> str | None:
    return fill_of(next(properties.iterchildren(_SHADE), None))
