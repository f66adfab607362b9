"""How words in a Word file look, as far as it decides whether anybody sees them.

Hidden is what Word does not show at all (``w:vanish``). Faint is what it shows and no reader finds:
letters of three points and less, squeezed, moved away, clear, or in the colour of what is behind them.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from flows.formats.docx_colours import PAPER, TEXT_FILL, colour_of, fill_of, is_alike, text_fill
from flows.formats.docx_parts import W
from flows.formats.work import counter

_VAL = W + "val"
_OFF = ("0", "false", "off")
_SMALLEST = 6  # half points
_NARROWEST = 10  # percent of a letter's width
_NARROWEST_LETTER = 20  # twentieths of a point
_CLOSEST = 60  # twentieths of a point that letters are drawn together
_FARTHEST = 100  # half points that letters are moved up or down
_ALIKE = 0x18  # what red, green and blue may differ by and still be one colour to the eye
_MARKERS = {
    "white": PAPER, "black": "000000", "yellow": "ffff00", "lightgray": "c0c0c0", "none": PAPER,
}  # fmt: skip


class Rare(NamedTuple):
    """What few words have: not to be found, a colour before all others, a width, a ground."""

    lost: bool = False
    filled: str | None = None
    fits: int | None = None  # twentieths of a point for the whole run
    ground: str | None = None
    struck: bool = False
    turned: bool = False

    def over(self, below: "Rare") -> "Rare":
        """Both, this one first."""
        return Rare(
            self.lost or below.lost,
            self.filled or below.filled,
            self.fits or below.fits,
            self.ground or below.ground,
            self.struck or below.struck,
            self.turned or below.turned,
        )


_COMMON = Rare()


class Look(NamedTuple):
    """What is said of words; None: nothing. Colours are six hexadecimal digits, "auto" is readable."""

    hidden: bool | None = None
    colour: str | None = None
    behind: str | None = None
    half_points: int | None = None
    width: int | None = None
    rare: Rare = _COMMON

    def over(self, below: "Look") -> "Look":
        """This look where it says something, else the one below it."""
        if self is PLAIN:
            return below
        if below is PLAIN:
            return self
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            self.colour or below.colour,
            self.behind or below.behind,
            self.half_points or below.half_points,
            self.width or below.width,
            below.rare if self.rare is _COMMON else self.rare.over(below.rare),
        )

    def is_faint(self, behind: Callable[[], str | None], letters: int = 1) -> bool:
        """Whether no reader finds so many such letters; ``behind`` is asked for what they stand on.

        None stands for a colour that is not known.
        """
        if (self.half_points or _SMALLEST + 1) <= _SMALLEST or (self.width or 100) <= _NARROWEST:
            return True
        colour = self.colour
        if self.rare is not _COMMON:  # nearly all are
            if self.rare.lost or (self.rare.fits or _FARTHEST * letters) < _NARROWEST_LETTER * letters:
                return True
            colour = self.rare.filled or colour
        if colour in (None, "auto"):
            return False
        return is_alike(colour, self.behind or behind(), _ALIKE)


PLAIN = Look()


def look_of(properties: Any) -> Look:
    """What a ``w:rPr`` says itself; PLAIN for None and for what decides nothing."""
    if properties is None or not len(properties):
        return PLAIN
    look = PLAIN
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            look = reader(child).over(look)
    return look


def is_on(element: Any) -> bool:
    """Whether a property that is there holds."""
    return element.get(_VAL) not in _OFF


def _hidden(element: Any) -> Look:
    return Look(hidden=is_on(element))


def _colour(element: Any) -> Look:
    return Look(colour=colour_of(element))


def _behind(element: Any) -> Look:
    fill = fill_of(element)
    return PLAIN if fill is None else Look(behind=fill)


def _marker(element: Any) -> Look:
    return Look(behind=_MARKERS.get(element.get(_VAL, "").lower(), "?"))


def _size(element: Any) -> Look:
    return Look(half_points=counter(element.get(_VAL), 24, 4_000) or 1)


def _width(element: Any) -> Look:
    return Look(width=counter(element.get(_VAL, "").removesuffix("%"), 100, 600) or 100)


def _rare(rare: Rare) -> Look:
    return Look(rare=rare) if any(rare) else PLAIN


def _filled(element: Any) -> Look:
    colour = text_fill(element)
    return _rare(Rare(lost=colour is None, filled=colour))


def _moved(element: Any) -> Look:
    return _rare(Rare(lost=counter(element.get(_VAL, "").lstrip("-"), 0) >= _FARTHEST))


def _drawn_together(element: Any) -> Look:
    written = element.get(_VAL, "")
    return _rare(Rare(lost=written.startswith("-") and counter(written[1:], 0) >= _CLOSEST))


def _fitted(element: Any) -> Look:
    return _rare(Rare(fits=max(counter(element.get(_VAL), 1), 1)))


def _struck(element: Any) -> Look:
    return _rare(Rare(struck=is_on(element)))


def _turned(element: Any) -> Look:
    return _rare(Rare(turned=is_on(element)))


_READERS: dict[str, Callable[[Any], Look]] = {
    W + "vanish": _hidden, W + "specVanish": _hidden, W + "color": _colour, W + "shd": _behind,
    W + "highlight": _marker, W + "sz": _size, W + "w": _width, TEXT_FILL: _filled, W + "position": _moved,
    W + "spacing": _drawn_together, W + "fitText": _fitted, W + "strike": _struck, W + "dstrike": _struck,
    W + "rtl": _turned,
}  # fmt: skip
