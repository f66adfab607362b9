"""How much room a picture takes once it is unpacked, told from its head: a small file may hold a huge one."""

import struct

#: A page in grey at 600 dpi and more, or in colour at 400 dpi: tesseract then stays under 300 MB.
MAX_UNPACKED = 54_000_000
_TIFF = {b"II*\x00": "<", b"MM\x00*": ">"}
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOURED = (2, 4, 6)  # of a PNG: what is clear in grey is unpacked as colour too
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_WIDTH, _HEIGHT, _SAMPLES, _SHORT = 256, 257, 277, 3
_MOST_PAGES = 60
_MOST_MARKERS = 2_000
_MOST_TAGS = 4_096  # of one page of a TIFF; a scanner writes 20
_PARTS = b"\xff\xda"  # begins a pass over the whole of a JPEG; a progressive one takes ten
_MOST_PASSES = 100
_ABSURD = MAX_UNPACKED + 1  # refused like a picture too large


def unpacked_bytes(data: bytes) -> int:
    """The bytes of a picture's largest page: one a pixel in grey, three in colour; 0 if none can be told."""
    try:
        if data.startswith(_PNG):
            width, height, _, colour = struct.unpack_from(">IIBB", data, 16)
            return int(width * height * (3 if colour in _COLOURED else 1))
        if data[:4] in _TIFF:
            return max((_tiff_page(data, _TIFF[data[:4]], at) for at in tiff_pages(data)), default=0)
        return _jpeg(data) if data.count(_PARTS) <= _MOST_PASSES else _ABSURD
    except struct.error:
        return 0


def tiff_pages(data: bytes) -> list[int]:
    """Where the pages of a TIFF are described: they form a chain, which is followed only so far."""
    order = _TIFF.get(data[:4])
    if order is None:
        return []
    pages: list[int] = []
    at = struct.unpack_from(f"{order}I", data, 4)[0] if len(data) >= 8 else 0
    while 0 < at <= len(data) - 6 and len(pages) < _MOST_PAGES:
        pages.append(at)
        after = at + 2 + 12 * struct.unpack_from(f"{order}H", data, at)[0]
        at = struct.unpack_from(f"{order}I", data, after)[0] if after <= len(data) - 4 else 0
    return pages


def _tiff_page(data: bytes, order: str, at: int) -> int:
    found = {_WIDTH: 0, _HEIGHT: 0, _SAMPLES: 1}
    tags = struct.unpack_from(f"{order}H", data, at)[0]
    if tags > _MOST_TAGS:
        return _ABSURD
    for number in range(tags):
        entry = at + 2 + 12 * number
        tag, kind = struct.unpack_from(f"{order}HH", data, entry)
        if tag in found:
            width = "H" if kind == _SHORT else "I"
            found[tag] = max(found[tag], struct.unpack_from(f"{order}{width}", data, entry + 8)[0])
    return found[_WIDTH] * found[_HEIGHT] * (3 if found[_SAMPLES] > 1 else 1)


def _jpeg(data: bytes) -> int:
    """The first frame of a JPEG; what stands before it is skipped by its own length."""
    at = 2
    for _ in range(_MOST_MARKERS):
        start, marker, length = struct.unpack_from(">BBH", data, at)
        if start != 0xFF:
            return 0
        if marker in _FRAMES:
            height, width, samples = struct.unpack_from(">HHB", data, at + 5)
            return int(width * height * (3 if samples > 1 else 1))
        at += 1 if marker == 0xFF else 2 + length
    return 0
