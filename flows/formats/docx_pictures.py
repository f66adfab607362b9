"""The pictures of a Word file: where each stands, how large it is shown, which part of the archive it is.

While the text is read a mark of signs that XML cannot hold keeps the place of a picture, so that nothing
that a stranger wrote is taken for one.
"""

import re
from dataclasses import dataclass
from typing import Any

from flows.formats.docx_parts import W
from flows.formats.work import Work, counter

BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_OBJECT = W + "object"
#: The attributes that name the part; whatever is only linked to lies outside and is not fetched.
_NAMED = ("}embed", "}id", "}relid")
_CROP = "{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect"
_SIDES = ("l", "t", "r", "b")
_VML_CROPS = ("croptop", "cropbottom", "cropleft", "cropright")
_HARDLY = 3_000  # thousandths of a percent: what a program's rounding leaves
_EDGE, _ZERO, _ONE = "\x03", "\x01", "\x02"
_MARK = re.compile(f"{_EDGE}([{_ZERO}{_ONE}]{{1,24}}){_EDGE}")
#: An emblem, a logo, a seal or a signature: no wider and no higher than 4.5 cm.
_EMBLEM = 1_620_000
_UNITS = {"pt": 12_700.0, "in": 914_400.0, "cm": 360_000.0, "mm": 36_000.0, "px": 9_525.0}
_STYLE_SIDE = re.compile(
    r"(?:^|;)\s{0,9}(width|height)\s{0,9}:\s{0,9}(\d{1,6}(?:\.\d{0,9})?)(pt|in|cm|mm|px)", re.I
)
_LONGEST_STYLE = 2_000
_MOST_CLIMBED = 24  # a picture lies nine elements deep in its paragraph


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its relation, its sides in a drawing's units (0: not told), and what is special."""

    relation: str
    width: int
    height: int
    cropped: bool
    of_object: bool  # only the look of an embedded object, which is named by itself

    @property
    def is_emblem(self) -> bool:
        """Whether it is shown too small to hold words that anybody is to read."""
        return 0 < self.width <= _EMBLEM and 0 < self.height <= _EMBLEM


class Pictures:
    """The pictures that were met, in reading order."""

    def __init__(self) -> None:
        self.met: list[Picture] = []

    def meet(self, element: Any, work: Work) -> str:
        """The mark that keeps the picture's place."""
        relation = next((value for key, value in element.items() if key.endswith(_NAMED)), "")
        self.met.append(_picture(element, relation, work))
        number = f"{len(self.met) - 1:b}".replace("0", _ZERO).replace("1", _ONE)
        return f"{_EDGE}{number}{_EDGE}"


def numbers_in(line: str) -> list[int]:
    """Which pictures stand in a line."""
    if _EDGE not in line:
        return []
    return [int(mark.replace(_ZERO, "0").replace(_ONE, "1"), 2) for mark in _MARK.findall(line)]


def without_marks(text: str) -> str:
    """The text as it is without its pictures."""
    return _MARK.sub("", text) if _EDGE in text else text


def _picture(element: Any, relation: str, work: Work) -> Picture:
    width = height = 0
    of_object = False
    ancestor, climbed = element.getparent(), 0
    while ancestor is not None and climbed < _MOST_CLIMBED:
        work.charge()
        of_object = of_object or ancestor.tag == _OBJECT
        if not width:
            width, height = _sides(ancestor)
        ancestor, climbed = ancestor.getparent(), climbed + 1
    return Picture(relation, width, height, _is_cropped(element), of_object)


def _sides(element: Any) -> tuple[int, int]:
    """How large a drawing or an old shape is shown; nothing where this element does not say."""
    if element.tag.endswith(("}inline", "}anchor")):
        extent = next((child for child in element if child.tag.endswith("}extent")), None)
        if extent is not None:
            return counter(extent.get("cx"), 0), counter(extent.get("cy"), 0)
    if element.tag.endswith(("}shape", "}rect")):
        said = {
            side.lower(): round(float(size) * _UNITS[unit.lower()])
            for side, size, unit in _STYLE_SIDE.findall(element.get("style", "")[:_LONGEST_STYLE])
        }
        return said.get("width", 0), said.get("height", 0)
    return 0, 0


def _is_cropped(element: Any) -> bool:
    """Whether a part of the picture is not shown."""
    crop = next((child for child in element.itersiblings(_CROP)), None)
    if crop is not None:
        return any(counter(crop.get(side), 0) > _HARDLY for side in _SIDES)
    return any(element.get(side, "0").lstrip("0.f") for side in _VML_CROPS)
