"""Pictures for tests, written by hand from grey pixels."""

import zlib
from collections.abc import Sequence


def png(width: int, height: int, grey: bytes) -> bytes:
    """The least PNG that holds the picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return len(content).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = b"".join(b"\x00" + grey[row * width : (row + 1) * width] for row in range(height))
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(pages: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Uncompressed grey pages, one after the other."""
    written, after = b"II*\x00\x00\x00\x00\x00", 4
    for width, height, grey in pages:
        at = len(written) + len(grey) + len(grey) % 2
        tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, len(written)), (277, 1),
                (278, height), (279, len(grey))]  # fmt: skip
        written = written[:after] + at.to_bytes(4, "little") + written[after + 4 :]
        written += grey + b"\x00" * (len(grey) % 2) + len(tags).to_bytes(2, "little")
        for tag, value in tags:
            written += tag.to_bytes(2, "little") + b"\x04\x00" + (1).to_bytes(4, "little")
            written += value.to_bytes(4, "little")
        after = len(written)
        written += b"\x00" * 4
    return written
