"""Damage to bytes and to text, by a random source that the seed decides."""

from collections.abc import Sequence
from random import Random

#: Words that have broken somebody's program before.
NASTY: Sequence[str] = (
    "", " ", "\t", "\n", "\r\n", "\x00", "\x1b[31m", "\x9b", "\u202e", "\u200b", "\ufeff", "\ud800",
    "\udcff", "a\u0301" * 40, "\U000e0041", "\ufffe", "0", "-1", "1", "00", "+5", "1e3", "1e999", "NaN",
    "inf", "0x_", "٣", "9" * 19, "9223372036854775807", "9223372036854775808", "9" * 400, "9" * 5000,
    "31/02/2023", "0000-00-00", "9999-12-31", "1/1/1", "2022-08-29T09:00:00-23:59",
    "9999-12-31T23:59:59-12:00", "29/8/2022", "<dondoc-canary>", "\"><dondoc-canary>", "'--", "{{7*7}}",
    "${7*7}", "%s%n", "=cmd|' /C calc'!A0", "@SUM(1)", "../../etc/passwd", "/dev/zero",
    "file:///etc/passwd", "C:\\x", "\r\nX-Dondoc-Canary: 1", "Sở Y tế", "Sở Y tế", "SỞ Y TẾ", "UBND",
    "GN-0001", "GN-9999", "GN-"+"9" * 30, "null", "true", "[]", "{}", "*a", "&a", "!!int x", " " * 3000,
    "a" * 10_000, "ạ" * 4000, "\n" * 500, "x\t" * 2000, "1. " * 1500, "a) " * 800,
    "ngày 1/1/2023 " * 200,
)  # fmt: skip

_NUMBERS = (
    "0",
    "-1",
    "1",
    "9",
    "64",
    "255",
    "65535",
    "2147483648",
    "99999999",
    "4294967295",
    "9" * 19,
    "1e9",
    "0x7f",
)


def word(random: Random) -> str:
    """A word that is nasty, or two of them."""
    found = random.choice(NASTY)
    return found + random.choice(NASTY) if random.random() < 0.1 else found


def some_bytes(random: Random, data: bytes, most: int = 8) -> bytes:
    """The bytes with a few places flipped, cut, doubled, moved or overwritten."""
    kept = bytearray(data)
    for _ in range(random.randint(1, most)):
        at = random.randrange(len(kept) + 1)
        piece = bytes(kept[at : at + random.choice((1, 2, 4, 16, 256))])
        match random.randrange(7):
            case 0 if piece:
                kept[at] ^= 1 << random.randrange(8)
            case 1:
                del kept[at : at + len(piece)]
            case 2:
                kept[at:at] = piece * random.choice((1, 2, 50))
            case 3:
                kept[at : at + len(piece)] = random.randbytes(len(piece))
            case 4:
                kept[at : at + 4] = random.choice(
                    (b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff", b"\0\0\0\x80")
                )
            case 5:
                target = random.randrange(len(kept) + 1)
                kept[target:target] = piece
            case _:
                del kept[at + len(kept) // 2 :]
    return bytes(kept)


def some_text(random: Random, text: str, most: int = 6) -> str:
    """The text with a few lines, words, numbers or signs changed."""
    for _ in range(random.randint(1, most)):
        at = random.randrange(len(text) + 1)
        match random.randrange(7):
            case 0:
                text = text[:at] + word(random) + text[at:]
            case 1:
                text = text[:at] + text[at + random.randrange(40) :]
            case 2:
                text = _a_number(random, text, at)
            case 3:
                lines = text.split("\n")
                one = random.randrange(len(lines))
                lines[one:one] = [lines[random.randrange(len(lines))]] * random.choice((1, 2, 30))
                text = "\n".join(lines)
            case 4:
                lines = text.split("\n")
                del lines[random.randrange(len(lines))]
                text = "\n".join(lines)
            case 5:
                start = random.randrange(len(text) + 1)
                text = text[:at] + text[start : start + random.randrange(300)] + text[at:]
            case _:
                text = (
                    text[:at]
                    + random.choice("[]{}:,-#&*!|>'\"%@`?\\\t \0") * random.choice((1, 1, 2, 300))
                    + text[at:]
                )
    return text


def _a_number(random: Random, text: str, at: int) -> str:
    """The next number in the text, replaced."""
    start = next((place for place in range(at, len(text)) if text[place].isdigit()), None)
    if start is None:
        return text
    stop = start
    while stop < len(text) and text[stop].isdigit():
        stop += 1
    return text[:start] + random.choice(_NUMBERS) + text[stop:]


def pathlike(random: Random, text: str) -> str:
    """A name of a file as a stranger writes it."""
    return random.choice(("../", "", "\\\\x\\", "\0", "a/" * 50, "‮", "")) + text
