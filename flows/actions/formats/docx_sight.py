"""Whether the words of a Word paragraph are seen: their look, their styles', what is behind them."""

import re
from typing import Any

from flows.actions.formats.docx_ground import Ground
from flows.actions.formats.docx_look import PLAIN, Look, look_of
from flows.actions.formats.docx_parts import W
from flows.actions.formats.docx_styles import Styles
from flows.actions.formats.work import counter

_PROPERTIES, _STYLE, _VAL = W + "rPr", W + "rStyle", W + "val"
_LOWEST_LINE = 60  # twentieths of a point: lines of three points
_WIDEST_INDENT = 15_000  # a sheet has 11,906
_PARAGRAPH = W + "pPr"
_UNSEEN_STYLE = re.compile(r"visibility\s{0,9}:\s{0,9}hidden|display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_SHAPES = ("}shape", "}rect", "}roundrect", "}oval", "}group", "}inline", "}anchor")


class Sight:
    """How the words of one paragraph look, asked run by run."""

    __slots__ = ("_ground", "_look", "_styles", "_thin", "hidden")

    def __init__(self, paragraph: Any, styles: Styles) -> None:
        self._styles = styles
        properties = next(paragraph.iterchildren(_PARAGRAPH), None)
        named = None if properties is None else next(properties.iterchildren(W + "pStyle"), None)
        style = styles.default if named is None else named.get(_VAL)
        self._look = styles.look_of(style).over(styles.usual_look())
        self._thin = properties is not None and _is_thin(properties)
        self._ground = Ground(paragraph, properties, styles)
        self.hidden = bool(self._look.hidden)

    def of_run(self, run: Any) -> "Sight":
        """The sight of a run's words."""
        properties = next(run.iterchildren(_PROPERTIES), None)
        if properties is None or not len(properties):
            return self
        look = look_of(properties)
        style = next(properties.iterchildren(_STYLE), None)
        if style is not None:
            look = look.over(self._styles.look_of(style.get(_VAL)))
        return self if look is PLAIN else self._with(look.over(self._look))

    def is_faint(self) -> bool:
        """Whether a reader does not find these words though they are shown."""
        return self._thin or (self._look is not PLAIN and self._look.is_faint(self._ground.colour))

    def hides(self, element: Any) -> bool:
        """Whether a drawing is not shown, with all that is written in it."""
        if not element.tag.endswith(_SHAPES):
            return False
        if _UNSEEN_STYLE.search(element.get("style", "")):
            return True
        return any(child.get("hidden") in ("1", "true") for child in element if child.tag.endswith("}docPr"))

    def _with(self, look: Look) -> "Sight":
        other = object.__new__(Sight)
        other._styles, other._thin, other._ground = self._styles, self._thin, self._ground
        other._look, other.hidden = look, bool(look.hidden)
        return other


def _is_thin(properties: Any) -> bool:
    """Whether the lines of a paragraph are too low for letters, or stand beside the sheet."""
    for child in properties:
        if child.tag == W + "spacing" and child.get(W + "lineRule") == "exact":
            if counter(child.get(W + "line"), _LOWEST_LINE + 1) <= _LOWEST_LINE:
                return True
        elif child.tag == W + "ind":
            left = child.get(W + "left") or child.get(W + "start") or ""
            if counter(left.lstrip("-"), 0) > _WIDEST_INDENT:
                return True
    return False
