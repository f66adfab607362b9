"""Which words of a PDF page nobody sees: not drawn, covered, cut off, in the colour of the paper.

pdfium hands out all words of a page, drawn or not. A cheap look over the objects finds those that
might not be seen; whether they are is told by drawing the page with and without them: words that
change no point of the picture are not there for its reader.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdfium2 import raw

from flows.formats.pdf_rules import MAX_OBJECTS, Effort, Place, through

_DEEPEST = 8
_LOWEST = 1.5  # points: nobody reads letters of this height
_LIGHT = 0xD0  # a colour that is lighter may be that of the paper
_ALIKE = 0x30  # what a colour and the one behind it may differ by in grey and still be looked at
_CLEAR = 32  # of 255: what is more transparent may not be seen
_MOST_COVERS = 300
_PIXELS = 1_500_000
_A_PICTURE = 20_000  # what drawing a page twice takes of the effort
_TOLD_APART = 32  # of 255 steps of grey
_OVERLAP = 0.1  # of the room of words, that something laid over them takes
_UNDRAWN = (3, 7)  # render modes "invisible" and "clip only"
_LAYER, _REPLACED = "OC", b"ActualText"
_MOST_CLIPS, _MOST_CORNERS = 4, 12  # a clip of more pieces is looked at on the picture
_SIDES = [ctypes.c_float() for _ in range(4)]  # what pdfium writes its answers to
_PARTS = [ctypes.c_uint() for _ in range(4)]
_LIGATURE = 3 * 2 + 2  # bytes of UTF-16: what stands for one glyph


class Box(NamedTuple):
    """Left, bottom, right and top in points of the page as it is written."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Box") -> bool:
        """Whether the other one lies within."""
        return (
            self.left - 1 <= other.left and other.right <= self.right + 1
            and self.bottom - 1 <= other.bottom and other.top <= self.top + 1
        )  # fmt: skip

    def is_low(self) -> bool:
        """Whether nobody reads letters in it."""
        return self.top - self.bottom < _LOWEST and self.right - self.left < _LOWEST * 40

    def covers(self, other: "Box") -> bool:
        """Whether it takes enough of the other one's room to hide letters."""
        across = min(self.right, other.right) - max(self.left, other.left)
        up = min(self.top, other.top) - max(self.bottom, other.bottom)
        room = (other.right - other.left) * (other.top - other.bottom)
        return across > 0 and up > 0 and across * up >= room * _OVERLAP

    def meets(self, other: "Box") -> bool:
        """Whether they share a point."""
        return (
            self.left < other.right and other.left < self.right
            and self.bottom < other.top and other.bottom < self.top
        )  # fmt: skip


class _Words(NamedTuple):
    item: Any
    box: Box
    order: int
    undrawn: bool  # for certain
    away: bool  # beside the sheet, or lower than anybody reads
    cut: bool  # in a layer or a clip that may leave them out
    pale: bool  # in a colour or a height that may not be seen
    grey: int


class _Found:
    __slots__ = ("covers", "deeper", "grounds", "images", "replaced", "words")

    def __init__(self) -> None:
        self.words: list[_Words] = []
        self.covers: list[tuple[int, Box]] = []
        self.grounds: list[tuple[int, Box, int | None]] = []
        self.images: list[Box] = []
        self.deeper = False
        self.replaced = False


class UnseenObjects(NamedTuple):
    """Addresses of text objects: not drawn, drawn and not to be seen, or lying unseen on a picture.

    ``replaced``: other letters stand for drawn ones; ``unchecked``: there is too much to tell them all.
    """

    gone: frozenset[int] = frozenset()
    faint: frozenset[int] = frozenset()
    on_picture: frozenset[int] = frozenset()
    replaced: bool = False
    unchecked: bool = False


def unseen(page: Any, effort: Effort) -> UnseenObjects:
    """The text objects that nobody sees."""
    found = _Found()
    sheet = Box(*page.get_cropbox())
    for order, (item, kind, place) in enumerate(_objects(page, None, effort, 0)):
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            words = _words(item, _box(item, place), order, found, sheet)
            found.words.append(words if place is None else words._replace(cut=True))
            if words.pale:
                found.covers.append((order, words.box))
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            found.deeper = True
        else:
            _keep(found, item, kind, _box(item, place), order)
    covers = found.covers[-_MOST_COVERS:]
    lost = [words for words in found.words if words.undrawn or words.away]
    doubtful = [words for words in found.words if not (words.undrawn or words.away)]
    doubtful = [words for words in doubtful if words.cut or words.pale or _is_under(words, covers, found)]
    if doubtful and effort.spend(_A_PICTURE):
        lost += _not_drawn(page, doubtful)
    pictured = {address(words.item) for words in lost if any(box.holds(words.box) for box in found.images)}
    gone = {address(words.item) for words in lost if words.undrawn or words.cut} - pictured
    faint = {address(words.item) for words in lost} - gone - pictured
    unchecked = found.deeper or effort.left < 0 or raw.FPDFPage_CountObjects(page) > MAX_OBJECTS
    return UnseenObjects(frozenset(gone), frozenset(faint), frozenset(pictured), found.replaced, unchecked)


def _keep(found: _Found, item: Any, kind: int, box: Box, order: int) -> None:
    """A picture or a filled path, which may cover words or lie behind them."""
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        found.images.append(box)
    elif min(box.right - box.left, box.top - box.bottom) <= _LOWEST * 2:
        return
    found.covers.append((order, box))
    if len(found.grounds) < _MOST_COVERS:
        grey = _grey(item) if kind == raw.FPDF_PAGEOBJ_PATH else None
        found.grounds.append((order, box, grey))


def _is_under(words: _Words, covers: list[tuple[int, Box]], found: _Found) -> bool:
    """Whether something that is drawn later lies over the words, or something of their colour behind them."""
    later = covers if covers and covers[-1][0] > words.order else []
    return any(words.order < at and box.covers(words.box) for at, box in later) or any(
        at < words.order and (grey is None or abs(grey - words.grey) < _ALIKE) and box.covers(words.box)
        for at, box, grey in found.grounds
    )


def _grey(item: Any) -> int:
    """The brightness of what an object is filled with, of 255; -255 where it has no plain colour."""
    if not raw.FPDFPageObj_GetFillColor(item, *_PARTS):
        return -255
    red, green, blue, _ = (part.value for part in _PARTS)
    return (red * 3 + green * 6 + blue) // 10


def address(item: Any) -> int:
    """What tells one object of a page from another."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _objects(
    holder: Any, place: Place | None, effort: Effort, depth: int
) -> Iterator[tuple[Any, int, Place | None]]:
    """All objects in the order of drawing; ``place`` None: they are in the page's own coordinates."""
    count, get = (
        (raw.FPDFFormObj_CountObjects(holder), raw.FPDFFormObj_GetObject)
        if depth
        else (raw.FPDFPage_CountObjects(holder), raw.FPDFPage_GetObject)
    )
    for number in range(min(count, MAX_OBJECTS)):
        if not effort.spend(1):
            return
        item = get(holder, number)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _objects(item, through(item, place or _as_it_is), effort, depth + 1)
        else:
            yield item, kind, place


def _as_it_is(x: float, y: float) -> tuple[float, float]:
    return x, y


def _words(item: Any, box: Box, order: int, found: _Found, sheet: Box) -> _Words:
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    layer = False
    if raw.FPDFPageObj_CountMarks(item):
        layer, replaced = _marks(item)
        found.replaced |= replaced
    away = box.is_low() or not box.meets(sheet)
    cut, pale = layer or _is_cut(item, box), _is_pale(item, mode) or raw.FPDFPageObj_HasTransparency(item)
    return _Words(item, box, order, mode in _UNDRAWN, away, cut, bool(pale), _grey(item))


def _box(item: Any, place: Place | None) -> Box:
    raw.FPDFPageObj_GetBounds(item, *_SIDES)
    left, bottom, right, top = _SIDES[0].value, _SIDES[1].value, _SIDES[2].value, _SIDES[3].value
    if place is None:
        return Box(left, bottom, right, top)
    corners = [place(x, y) for x in (left, right) for y in (bottom, top)]
    across, up = zip(*corners, strict=True)
    return Box(min(across), min(up), max(across), max(up))


def _is_pale(item: Any, mode: int) -> bool:
    drawn = raw.FPDFPageObj_GetStrokeColor if mode in (1, 5) else raw.FPDFPageObj_GetFillColor
    if not drawn(item, *_PARTS):
        return True  # a pattern
    red, green, blue, alpha = _PARTS
    if alpha.value < _CLEAR:
        return True
    return bool(red.value * 3 + green.value * 6 + blue.value > _LIGHT * 10)


def _is_cut(item: Any, box: Box) -> bool:
    """Whether what the words are clipped to may leave them out."""
    path = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    if count <= 0:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(count, _MOST_CLIPS + 1)):
        corners = raw.FPDFClipPath_CountPathSegments(path, number)
        if number == _MOST_CLIPS or not 0 < corners <= _MOST_CORNERS:
            return True
        points = []
        for corner in range(corners):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, number, corner), x, y)
            points.append((x.value, y.value))
        across, up = zip(*points, strict=True)
        if not Box(min(across), min(up), max(across), max(up)).meets(box):
            return True
    return False


def _marks(item: Any) -> tuple[bool, bool]:
    """Whether the object belongs to a layer that may be off, and whether other letters stand for its own."""
    layer = replaced = False
    for number in range(min(raw.FPDFPageObj_CountMarks(item), 8)):
        mark = raw.FPDFPageObj_GetMark(item, number)
        length = ctypes.c_ulong()
        name = ctypes.create_string_buffer(32)
        raw.FPDFPageObjMark_GetName(mark, ctypes.cast(name, ctypes.POINTER(raw.FPDF_WCHAR)), 32, length)
        layer |= name.raw[: max(length.value - 2, 0)].decode("utf-16-le", "replace") == _LAYER
        given = raw.FPDFPageObjMark_GetParamStringValue(mark, _REPLACED, None, 0, length)
        replaced |= bool(given) and length.value > _LIGATURE
    return layer, replaced


def _not_drawn(page: Any, doubtful: list[_Words]) -> list[_Words]:
    """Those without which the page looks the same."""
    width, height = page.get_size()
    scale = min(1.0, (_PIXELS / max(width * height, 1.0)) ** 0.5)
    whole = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    for words in doubtful:
        raw.FPDFPageObj_SetIsActive(words.item, False)
    without = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    for words in doubtful:
        raw.FPDFPageObj_SetIsActive(words.item, True)
    return [words for words in doubtful if not _differ(page, whole, without, words.box)]


def _differ(page: Any, one: Any, other: Any, box: Box) -> bool:
    corners = [_point(page, one, x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)]
    across, down = zip(*corners, strict=True)
    left, right = max(min(across) - 1, 0), min(max(across) + 2, one.width)
    views = (memoryview(bitmap.buffer).cast("B") for bitmap in (one, other))
    first, second = views
    for row in range(max(min(down) - 1, 0), min(max(down) + 2, one.height)):
        start = row * one.stride
        ours, theirs = first[start + left : start + right], second[start + left : start + right]
        if ours != theirs and any(abs(a - b) > _TOLD_APART for a, b in zip(ours, theirs, strict=True)):
            return True
    return False


def _point(page: Any, bitmap: Any, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, bitmap.width, bitmap.height, 0, x, y, across, down)
    return across.value, down.value
