"""The sectors of an old Office file, walked once before a program gets it that trusts them.

A compound file ([MS-CFB]) is a small file system: chains of sectors, and a tree of names. A chain that
comes back to itself, or a count beyond the file, costs whoever follows it; two equal names are two
documents.
"""

import struct
from collections.abc import Iterator

from flows.formats.content import SAVE_AS, DocumentError
from flows.formats.one_archive import two_readings

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_HEAD = 109  # FAT sectors that the head names itself
_SPECIAL = 0xFFFFFFFA  # and above: no sector, but the end of a chain or the like
_ENTRY, _NAME = 128, 64
_NOBODY = 0xFFFFFFFF
_WORD = "worddocument"
_SMALL = 4_096  # shorter streams lie in sectors of 64 bytes within the root's


class _Broken(Exception):
    """The sectors contradict themselves."""


def check_compound(name: str, data: bytes) -> None:
    """Raises DocumentError, naming the file, where its sectors do not hang together as one Word file."""
    try:
        names = _names_in_root(data)
    except (_Broken, struct.error) as error:
        raise _refused(name) from error
    if len(names) != len(set(names)):
        raise two_readings(name, "có hai luồng dữ liệu cùng tên")
    if _WORD not in names:
        raise _refused(name)


def _refused(name: str) -> DocumentError:
    return DocumentError(f"Tệp “{name}” bị hỏng hoặc không phải tệp Word (.doc). {SAVE_AS}")


def _names_in_root(data: bytes) -> list[str]:
    """The names of what the root holds, in small letters; all chains are walked on the way."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise _Broken
    first = struct.unpack_from("<I", data, 48)[0]
    fat = _table(data, shift)
    directory = b"".join(_sector(data, shift, at) for at in _chain(fat, first, len(fat)))
    left = 2 * len(fat)  # sectors that the chains of all streams may have together
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        kind = directory[at + 66]
        start, size = struct.unpack_from("<IQ" if shift == 12 else "<II", directory, at + 116)
        if kind in (2, 5) and (size >= _SMALL or kind == 5):
            left -= sum(1 for _ in _chain(fat, start, left))
    return list(_siblings(directory))


def _table(data: bytes, shift: int) -> tuple[int, ...]:
    """The FAT: for each sector the next one of its chain."""
    sectors = len(data) >> shift
    count, chain, more = struct.unpack_from("<I", data, 44)[0], *struct.unpack_from("<2I", data, 68)
    if count > sectors or more > sectors:
        raise _Broken
    places = list(struct.unpack_from(f"<{_IN_HEAD}I", data, 76))
    width = (1 << shift) // 4
    for _ in range(more):
        if chain >= _SPECIAL:
            break
        *named, chain = struct.unpack(f"<{width}I", _sector(data, shift, chain))
        places += named
    used = [place for place in places if place < _SPECIAL][:count]
    if len(set(used)) != len(used):
        raise _Broken
    return tuple(
        entry for place in used for entry in struct.unpack(f"<{width}I", _sector(data, shift, place))
    )


def _sector(data: bytes, shift: int, number: int) -> bytes:
    start = (number + 1) << shift
    if start >= len(data):
        raise _Broken
    return data[start : start + (1 << shift)].ljust(1 << shift, b"\0")


def _chain(fat: tuple[int, ...], first: int, most: int) -> Iterator[int]:
    """The sectors of a chain; one of more than ``most`` goes in circles."""
    at = first
    while at < _SPECIAL:
        if most <= 0 or at >= len(fat):
            raise _Broken
        yield at
        at, most = fat[at], most - 1


def _siblings(directory: bytes) -> Iterator[str]:
    """The names in the tree below the root."""
    waiting, known = [struct.unpack_from("<I", directory, 76)[0]], set[int]()
    while waiting:
        number = waiting.pop()
        if number == _NOBODY:
            continue
        at = number * _ENTRY
        if number in known or at + _ENTRY > len(directory):
            raise _Broken
        known.add(number)
        length = struct.unpack_from("<H", directory, at + _NAME)[0]
        written = directory[at : at + min(max(length - 2, 0), _NAME)]
        yield written.decode("utf-16-le", "replace").casefold()
        waiting += struct.unpack_from("<2I", directory, at + 68)
