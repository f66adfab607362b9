"""Chains and counts of old Word files, before LibreOffice gets to trust them."""

import struct

import pytest

from flows.actions.reading.read_document import DocumentError
from flows.formats.compound_file import MAGIC, check_compound

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SECTOR = 512


def entry(
    name: str, kind: int, left: int = FREE, right: int = FREE, child: int = FREE, start: int = END
) -> bytes:
    written = name.encode("utf-16-le").ljust(64, b"\0")
    head = written + struct.pack("<HBB3I", 2 * len(name) + 2, kind, 1, left, FREE, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, 5_000 if kind == 2 else 0)


def compound(
    *entries: bytes,
    chains: tuple[int, ...] = (FAT, END, END),
    count: int = 1,
    more: tuple[int, int] = (END, 0),
) -> bytes:
    """Sector 0 is the FAT, 1 the directory, 2 a stream."""
    head = MAGIC.ljust(24, b"\0") + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(44, b"\0") + struct.pack("<3I", count, 1, 0)
    head = head.ljust(56, b"\0") + struct.pack("<5I", 4096, END, 0, *more)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    fat = struct.pack("<128I", *chains, *[FREE] * (128 - len(chains)))
    return head + fat + b"".join(entries).ljust(SECTOR, b"\0") + b"x" * SECTOR


ROOT = entry("Root Entry", 5, child=1)
WORD = entry("WordDocument", 2, start=2)


def test_a_sound_file_goes_on() -> None:
    check_compound("a.doc", compound(ROOT, WORD))


@pytest.mark.parametrize(
    "data",
    [
        compound(ROOT, WORD, chains=(FAT, 1, END)),
        compound(ROOT, WORD, chains=(FAT, END, 2)),
        compound(ROOT, WORD, chains=(FAT, 77, END)),
        compound(ROOT, WORD, count=99_999_999),
        compound(ROOT, WORD, more=(0, 99_999_999)),
        compound(ROOT, WORD, more=(99_999_999, 1)),
        compound(ROOT, entry("WordDocument", 2, left=1, start=2)),
        compound(entry("Root Entry", 5, child=99), WORD),
        compound(ROOT, entry("Workbook", 2, start=2)),
        compound(ROOT, WORD)[:600],
        MAGIC,
    ],
    ids=["directory in circles", "stream in circles", "beyond the table", "too many sectors",
         "too many tables", "table beyond the file", "tree in circles", "child beyond the directory",
         "no Word file", "cut", "nothing"],
)  # fmt: skip
def test_sectors_that_lie_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="“a.doc” bị hỏng"):
        check_compound("a.doc", data)


def test_two_streams_of_one_name_are_two_documents() -> None:
    twin = entry("WORDDOCUMENT", 2, start=2)
    data = compound(ROOT, entry("WordDocument", 2, left=2, start=2), twin)
    with pytest.raises(DocumentError, match="hai luồng dữ liệu cùng tên"):
        check_compound("a.doc", data)
