"""Whether the words of a Word paragraph are seen: their look, their styles', what is behind them."""

import re
from typing import Any

from flows.formats.docx_ground import Ground
from flows.formats.docx_look import PLAIN, Look, Rare, look_of
from flows.formats.docx_page import is_lost
from flows.formats.docx_parts import W
from flows.formats.docx_styles import Styles
from flows.formats.work import counter

_PROPERTIES, _STYLE, _VAL = W + "rPr", W + "rStyle", W + "val"
_PARAGRAPH = W + "pPr"
_LONGEST_STYLE = 2_000
_UNSEEN_STYLE = re.compile(r"visibility\s{0,9}:\s{0,9}hidden|display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_SHAPES = ("}shape", "}rect", "}roundrect", "}oval", "}group", "}inline", "}anchor", "}wsp", "}wgp")
_NAMED = ("}docPr", "}cNvPr")
#: A box of no size, or one that is moved by more than a sheet.
_LOST_STYLE = re.compile(
    r"(?:^|;)\s{0,9}(?:(?:width|height)\s{0,9}:\s{0,9}0(?:\.0{1,9})?(?:pt|px|in|cm|mm)?\s{0,9}(?:;|$)"
    r"|(?:margin-)?(?:left|top)\s{0,9}:\s{0,9}-?[1-9]\d{3,9}(?:\.\d{0,9})?(?:pt|px)?\s{0,9}(?:;|$))",
    re.IGNORECASE,
)
_LEAST, _FARTHEST = 38_100, 9_500_000  # of a drawing's units, 12,700 a point


class Sight:
    """How the words of one paragraph look, asked run by run."""

    __slots__ = ("_ground", "_look", "_styles", "_thin", "hidden")

    def __init__(self, paragraph: Any, styles: Styles) -> None:
        self._styles = styles
        properties = next(paragraph.iterchildren(_PARAGRAPH), None)
        named = None if properties is None else next(properties.iterchildren(W + "pStyle"), None)
        style = styles.default if named is None else named.get(_VAL)
        self._look = styles.look_of(style).over(styles.usual_look())
        self._thin = properties is not None and is_lost(properties)
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

    def is_faint(self, letters: int) -> bool:
        """Whether a reader does not find so many letters though they are shown."""
        return self._thin or (self._look is not PLAIN and self._look.is_faint(self._behind, letters))

    @property
    def rare(self) -> Rare:
        """What few words have: struck out, turned round."""
        return self._look.rare

    def _behind(self) -> str | None:
        return self._ground.colour(self._look.rare.ground)

    def hides(self, element: Any) -> bool:
        """Whether a drawing is not shown, with all that is written in it."""
        if not element.tag.endswith(_SHAPES):
            return False
        if _UNSEEN_STYLE.search(element.get("style", "")[:_LONGEST_STYLE]):
            return True
        return any(child.get("hidden") in ("1", "true") for child in element if child.tag.endswith(_NAMED))

    def loses(self, element: Any) -> bool:
        """Whether a reader does not find a drawing that is shown: it has no size, or is off the sheet."""
        if not element.tag.endswith(_SHAPES):
            return False
        if _LOST_STYLE.search(element.get("style", "")[:_LONGEST_STYLE]):
            return True
        return any(_is_off_sheet(child) for child in element)

    def _with(self, look: Look) -> "Sight":
        other = object.__new__(Sight)
        other._styles, other._thin, other._ground = self._styles, self._thin, self._ground
        other._look, other.hidden = look, bool(look.hidden)
        return other


def _is_off_sheet(child: Any) -> bool:
    """Whether a drawing's extent is nothing, or its place none on a sheet."""
    if child.tag.endswith("}extent"):
        return any(counter(child.get(side), _LEAST, _FARTHEST) < _LEAST for side in ("cx", "cy"))
    if child.tag.endswith(("}positionH", "}positionV")):
        return any(
            counter((place.text or "").strip().lstrip("-"), 0) > _FARTHEST
            for place in child
            if place.tag.endswith("}posOffset")
        )
    return False
