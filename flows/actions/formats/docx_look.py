"""How words in a Word file look, as far as it decides whether anybody sees them.

Hidden is what Word does not show at all (``w:vanish``). Faint is what it shows and no reader finds:
letters of three points and less, squeezed to a tenth, or in the colour of what is behind them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.actions.formats.docx_parts import W
from flows.actions.formats.work import counter

_VAL, _FILL = W + "val", W + "fill"
_OFF = ("0", "false", "off")
_SMALLEST = 6  # half points
_NARROWEST = 10  # percent of a letter's width
_ALIKE = 0x18  # what red, green and blue may differ by and still be one colour to the eye
_PAPER = "ffffff"
_MARKERS = {
    "white": "ffffff", "black": "000000", "yellow": "ffff00", "lightgray": "c0c0c0", "none": _PAPER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is said of words; None: nothing. Colours are six hexadecimal digits, "auto" is readable."""

    hidden: bool | None = None
    colour: str | None = None
    behind: str | None = None
    half_points: int | None = None
    width: int | None = None

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
        )

    def is_faint(self, behind: Callable[[], str | None]) -> bool:
        """Whether no reader finds such words; ``behind`` is asked for the colour that they stand on.

        None stands for a colour that is not known.
        """
        if (self.half_points or _SMALLEST + 1) <= _SMALLEST or (self.width or 100) <= _NARROWEST:
            return True
        if self.colour in (None, "auto"):
            return False
        return _is_alike(self.colour, self.behind or behind())


PLAIN = Look()


def look_of(properties: Any) -> Look:
    """What a ``w:rPr`` says itself; PLAIN for None and for what decides nothing."""
    if properties is None or not len(properties):
        return PLAIN
    said: dict[str, Any] = {}
    for child in properties:
        reader = _READERS.get(child.tag)
        if reader is not None:
            said |= reader(child)
    return Look(**said) if said else PLAIN


def fill_of(shade: Any) -> str | None:
    """The colour of a ``w:shd``, or None where it has none of its own."""
    fill = shade.get(_FILL, "auto").lower() if shade is not None else "auto"
    return None if fill == "auto" else fill


def _hidden(element: Any) -> dict[str, Any]:
    return {"hidden": element.get(_VAL) not in _OFF}


def _colour(element: Any) -> dict[str, Any]:
    theme = element.get(W + "themeColor", "")
    if theme in ("background1", "light1") and element.get(W + "themeShade") is None:
        return {"colour": _PAPER}
    return {"colour": element.get(_VAL, "auto").lower()}


def _behind(element: Any) -> dict[str, Any]:
    fill = fill_of(element)
    return {} if fill is None else {"behind": fill}


def _marker(element: Any) -> dict[str, Any]:
    return {"behind": _MARKERS.get(element.get(_VAL, "").lower(), "?")}


def _size(element: Any) -> dict[str, Any]:
    return {"half_points": counter(element.get(_VAL), 24, 4_000) or 1}


def _width(element: Any) -> dict[str, Any]:
    return {"width": counter(element.get(_VAL, "").removesuffix("%"), 100, 600) or 100}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    W + "vanish": _hidden, W + "specVanish": _hidden, W + "color": _colour, W + "shd": _behind,
    W + "highlight": _marker, W + "sz": _size, W + "w": _width,
}  # fmt: skip


def _is_alike(one: str | None, other: str | None) -> bool:
    try:
        pairs = [(int((one or "")[at : at + 2], 16), int((other or "")[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return False
    return all(abs(own - theirs) <= _ALIKE for own, theirs in pairs)
