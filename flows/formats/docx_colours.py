"""The colour that Word shows, as six hexadecimal digits: a theme's, tinted or shaded, or a pattern's mixture.

Where a theme names a colour Word does not look at the digits beside it, so neither is believed here.
What cannot be told is UNKNOWN, which is like no other colour.
"""

from collections.abc import Iterable
from typing import Any

from flows.formats.docx_parts import W
from flows.formats.work import counter

PAPER, INK, UNKNOWN = "ffffff", "000000", "?"
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
TEXT_FILL = _WORD_2010 + "textFill"
_THEME = {
    "background1": PAPER, "light1": PAPER, "bg1": PAPER, "lt1": PAPER, "text1": INK, "dark1": INK, "tx1": INK,
    "dk1": INK, "background2": "e7e6e6", "light2": "e7e6e6", "bg2": "e7e6e6", "lt2": "e7e6e6",
}  # fmt: skip
_CLEAR = 80_000  # thousandths of a percent: what is more transparent nobody reads
_WHOLE = 100_000
_PLAIN_PATTERNS = (None, "clear", "nil")


def colour_of(element: Any) -> str:
    """The colour of a ``w:color``, or of the pattern of a ``w:shd``; "auto" stays so."""
    written = element.get(W + "color") if element.tag == W + "shd" else element.get(W + "val")
    return _themed(element, written or "auto", "themeColor", "themeTint", "themeShade")


def fill_of(shade: Any) -> str | None:
    """The colour that a ``w:shd`` lays behind words, or None where it has none of its own."""
    if shade is None:
        return None
    fill = _themed(shade, shade.get(W + "fill", "auto"), "themeFill", "themeFillTint", "themeFillShade")
    pattern = shade.get(W + "val")
    if pattern in _PLAIN_PATTERNS:
        return None if fill == "auto" else fill
    ink, paper = (_else(colour_of(shade), INK), _else(fill, PAPER))
    if pattern == "solid":
        return ink
    share = counter(pattern.removeprefix("pct"), -1, 100) if pattern.startswith("pct") else -1
    return UNKNOWN if share < 0 else _each(zip(_parts(ink), _parts(paper), strict=False), share / 100)


def text_fill(element: Any) -> str | None:
    """The colour of a ``w14:textFill``, which Word prefers to any other; None: words that are clear."""
    kind = next(iter(element), None)
    if kind is None or kind.tag == _WORD_2010 + "noFill":
        return None
    colour = next(iter(kind), None)
    if kind.tag != _WORD_2010 + "solidFill" or colour is None:
        return UNKNOWN
    val = colour.get(_WORD_2010 + "val", "").lower()
    changes = {change.tag: counter(change.get(_WORD_2010 + "val"), 0, _WHOLE) / _WHOLE for change in colour}
    if changes.get(_WORD_2010 + "alpha", 0) >= _CLEAR / _WHOLE:
        return None
    base = _THEME.get(val, UNKNOWN) if colour.tag == _WORD_2010 + "schemeClr" else val
    more, less = changes.get(_WORD_2010 + "lumOff", 0), changes.get(_WORD_2010 + "lumMod", 1)
    return _each(((part * less, 255) for part in _parts(base)), 1 - more) if more or less < 1 else base


def is_alike(one: str | None, other: str | None, most: int) -> bool:
    """Whether red, green and blue differ by no more than ``most``, so that both are one to the eye."""
    pairs = list(zip(_parts(one or ""), _parts(other or ""), strict=False))
    return bool(pairs) and all(abs(own - theirs) <= most for own, theirs in pairs)


def _themed(element: Any, written: str, named: str, tint: str, shade: str) -> str:
    theme = element.get(W + named)
    if theme is None or theme == "none":
        return written.lower()
    colour = _THEME.get(theme, written.lower())
    for change, towards in ((tint, 255), (shade, 0)):
        by = element.get(W + change)
        if by is not None:
            colour = _each(((part, towards) for part in _parts(colour)), _share(by))
    return colour


def _share(by: str) -> float:
    try:
        return min(max(int(by[:4], 16), 0), 255) / 255
    except ValueError:
        return 1.0


def _each(pairs: Iterable[tuple[float, float]], share: float) -> str:
    """Of each pair the first by ``share`` and the second by the rest."""
    mixed = [round(first * share + second * (1 - share)) for first, second in pairs]
    return "".join(f"{min(max(part, 0), 255):02x}" for part in mixed) or UNKNOWN


def _parts(colour: str) -> tuple[int, ...]:
    """Red, green and blue; empty for what is no colour of six digits."""
    try:
        return tuple(int(colour[at : at + 2], 16) for at in (0, 2, 4)) if len(colour) == 6 else ()
    except ValueError:
        return ()


def _else(colour: str, usual: str) -> str:
    return usual if colour == "auto" else colour
